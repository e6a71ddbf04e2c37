"""Notices as the papers that an office signs, beside their pages: PDF, Word, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from problems import Said, bare, names, said
from reports.notice.papers import NoticeSheet, sheet_names
from reports.papers.faces import SYSTEM_FOLDERS, WANTED, Faces, FaceUse, faces_in
from reports.papers.pdf import Press, PrinterMissing
from reports.papers.pictures import picture_of
from reports.papers.printing import printed_notices
from reports.papers.word import WordMissing, word_document
from services.office import Office, own_folder
from services.papers import templates_of

FACES_FOLDER = "faces"
"""The folder of an office's own folder in which its faces lie."""


@dataclass(frozen=True)
class PapersAsked:
    """Which papers are made besides pages and texts; `faces` is a folder of faces that goes before
    all others (None: there is none).
    """

    pdf: bool = False
    word: bool = False
    pictures: bool = False
    faces: Path | None = None


@dataclass(frozen=True)
class PapersMade:
    """The files by name, and what could not be made, or not whole, with what would help."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    lacking: tuple[tuple[Said, Said], ...] = ()


def papers_made(office: Office, sheets: Sequence[NoticeSheet], asked: PapersAsked) -> PapersMade:
    """The papers of these notices, as far as the machine has what makes them: one that it cannot
    make is told, and the others are made. Raises BadInput where a template of the office's fails.
    """
    files: dict[str, bytes] = {}
    lacking: list[tuple[Said, Said]] = []
    if asked.pdf and sheets:
        made = _pdfs(office, sheets, asked)
        files |= made.files
        lacking += made.lacking
    if asked.word and sheets:
        made = _documents(sheets)
        files |= made.files
        lacking += made.lacking
    return PapersMade(files, tuple(lacking))


def _documents(sheets: Sequence[NoticeSheet]) -> PapersMade:
    """A Word document of each paper that is sealed: slips are printed as they are."""
    try:
        files = {
            f"{name}.docx": word_document(sheet.notice)
            for name, sheet in zip(sheet_names(sheets), sheets, strict=True)
            if sheet.notice.has_seal
        }
    except WordMissing:
        return PapersMade(
            lacking=((said("no_word_without_docxtpl"), said("install_papers_extra")),)
        )
    return PapersMade(files)


def faces_of(office: Office, folder: Path | None = None) -> Faces:
    """The faces in a folder, in the office's own, and on this machine, the first found."""
    own = own_folder(office)
    return faces_in(
        [
            *([folder] if folder else []),
            *([own / FACES_FOLDER] if own else []),
            *SYSTEM_FOLDERS,
        ]
    )


def _pdfs(office: Office, sheets: Sequence[NoticeSheet], asked: PapersAsked) -> PapersMade:
    faces = faces_of(office, asked.faces)
    if faces.missing:
        wanted = [WANTED[use] for use in faces.missing]
        told = said("no_pdf_without_faces", faces=names(one.called for one in wanted))
        packages = " ".join(dict.fromkeys(one.package for one in wanted))
        called = names(one.files[0] for one in wanted)
        hint = said("put_faces_there", files=called, folder=bare(FACES_FOLDER),
                    packages=bare(packages))  # fmt: skip
        return PapersMade(lacking=((told, hint),))
    try:
        press = Press(faces)
    except PrinterMissing:
        told, hint = said("no_pdf_without_weasyprint"), said("install_weasyprint")
        return PapersMade(lacking=((told, hint),))
    notices = [one.notice for one in sheets]
    printed = printed_notices(notices, templates_of(office), press)
    files: dict[str, bytes] = {}
    nowhere: set[str] = set()
    for name, one in zip(sheet_names(sheets), printed, strict=True):
        content = one.printed.pdf()
        nowhere |= one.printed.nowhere
        files[f"{name}.pdf"] = content
        picture = picture_of(content) if asked.pictures else None
        if picture is not None:
            files[f"{name}.png"] = picture
    lacking = []
    if nowhere:
        told = said("no_face_has", characters=names(sorted(nowhere)))
        package = bare(WANTED[FaceUse.RARE].package)
        lacking.append((told, said("install_rare_face", file=bare(WANTED[FaceUse.RARE].files[0]),
                                   package=package)))  # fmt: skip
    if asked.pictures and not any(name.endswith(".png") for name in files):
        lacking.append((said("no_pictures_without_pypdfium2"), said("install_papers_extra")))
    return PapersMade(files, tuple(lacking))
