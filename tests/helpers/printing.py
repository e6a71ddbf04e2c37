"""Which machines papers can be printed on, and what stands where on a printed one."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from reports.papers.faces import SYSTEM_FOLDERS, Faces, FaceUse, faces_in
from reports.papers.pdf import Press

MM = 72 / 25.4
"""Points to a millimetre."""


@cache
def faces() -> Faces:
    """Those in the folder that DUTYCLOCK_TEST_FACES names, else of the machine."""
    named = os.environ.get("DUTYCLOCK_TEST_FACES")
    return faces_in([*([Path(named)] if named else []), *SYSTEM_FOLDERS])


@cache
def press() -> Press:
    """One for all tests: it reads the faces once."""
    return Press(faces())


@cache
def not_printed() -> str | None:
    """Why no PDF can be made on this machine; None where it can."""
    if faces().missing or FaceUse.RARE not in faces().files:
        return "the faces of papers are not here: see DUTYCLOCK_TEST_FACES"
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return "WeasyPrint does not run here: it needs Pango"
    return None


@dataclass(frozen=True)
class Line:
    """A line of a page, by its baseline: points from the top, and from where to where it runs."""

    down: float
    left: float
    right: float
    text: str


def letters_of(pdf: bytes, page: int) -> list[Line]:
    """Every letter of a page, from its top."""
    import pypdfium2
    from pypdfium2 import raw

    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        text = sheet.get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        letters = []
        for at in range(text.count_chars()):
            letter = text.get_text_range(at, 1)
            if letter.strip():
                raw.FPDFText_GetCharOrigin(text, at, x, y)
                right = text.get_charbox(at)[2]
                letters.append(Line(sheet.get_height() - y.value, x.value, right, letter))
    return sorted(letters, key=lambda one: (round(one.down), one.left))


def lines_of(pdf: bytes, page: int) -> list[Line]:
    """The lines of a page, from its top; empty where it is."""
    lines = []
    for _, same in groupby(letters_of(pdf, page), key=lambda one: round(one.down)):
        row = list(same)
        text = "".join(one.text for one in row)
        lines.append(Line(row[0].down, row[0].left, max(one.right for one in row), text))
    return lines


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the faces that its text is set in."""
    import pypdfium2
    from pypdfium2 import raw

    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in document:
            for one in sheet.get_objects((raw.FPDF_PAGEOBJ_TEXT,)):
                font = raw.FPDFTextObj_GetFont(one)
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                found.add(name.value.decode().rpartition("+")[2])
    return found


def rules_of(pdf: bytes, page: int) -> list[float]:
    """How far down each drawn line of a page is, in points."""
    import pypdfium2
    from pypdfium2 import raw

    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        drawn = [one for one in sheet.get_objects() if one.type == raw.FPDF_PAGEOBJ_PATH]
        return [sheet.get_height() - one.get_bounds()[1] for one in drawn]


def sheets_in(pdf: bytes) -> int:
    """How many pages it has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
