"""The office's own templates checked, and papers written to the files that were asked for.

A file that cannot be written, and a template of the office that does not work, are told with their
place; a template of ours that fails is our own mistake.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data.outputs import check_outputs, output_file
from files import content_of
from problems import BadInput, Place, Problem, did_you_mean, reason_of, said
from reports.own_templates import LONGEST_TEMPLATE, hindrance
from reports.render import SHIPPED
from services.office import Office, own_folder, policy_of


def templates_of(office: Office) -> Path | None:
    """The office's own templates, where it has some; checked."""
    folder = own_folder(office)
    if folder is None:
        return None
    own = folder / "templates"
    if not os.path.lexists(own):
        return None
    if not own.resolve().is_relative_to(folder.resolve()):
        told = said("link_leads_out", folder=folder.name)
        raise BadInput([Problem(Place(str(own)), told, said("copy_it_there"))])
    if not any(own.glob("*.j2")):
        return None
    check_templates(own, tuple(policy_of(office).levels))
    return own


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Tells what hinders the writing of `path`, or of a file in it, as a problem of that place."""
    try:
        yield
    except OSError as error:
        where = Path(error.filename or path)
        hint = said("name_another_place")
        if path.is_file() and where.is_relative_to(path):
            hint = said("name_a_folder_not_file")
        elif path.is_dir() and where == path:
            hint = said("name_a_file_not_folder")
        elif not path.absolute().parent.exists():
            hint = said("no_folder_make_first", folder=str(path.parent))
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(Place(str(where)), unwritten, hint)]) from None


def write_paper(path: Path, content: str | bytes, by: str) -> None:
    """Writes a file that the command `by` was asked for, with the same bytes on every system.

    Raises BadInput where it cannot, or where there is something that it must not write over.
    """
    if isinstance(content, str):
        content = content.encode()
    with writable(path), output_file(path, by) as part:
        part.write_bytes(content)


def write_papers_at(papers: Mapping[Path, str], by: str) -> None:
    """Writes several files that one command was asked for: none where one of them may not be.

    Raises BadInput as `write_paper` does.
    """
    contents = {path: text.encode() for path, text in papers.items()}
    check_outputs(contents, by)
    for path, content in contents.items():
        write_paper(path, content, by)


def check_templates(folder: Path, levels: tuple[str, ...]) -> None:
    """Raises BadInput for files that no paper would ever be made from: mistyped, or not UTF-8.

    A notice may have a template for each level of the policy, on sheets too; others are included by
    these.
    """
    known = set(SHIPPED)
    known |= {f"notice-{level}.{form}.j2" for level in levels for form in ("html", "txt")}
    known |= {f"paper-{level}.html.j2" for level in levels}
    included = set()
    problems: list[Problem] = []
    files = sorted(folder.glob("*.j2"))
    for path in files:
        why = hindrance(path, folder)
        if why is not None:
            problems.append(Problem(Place(str(path)), why, said("copy_it_there")))
            continue
        try:
            text = content_of(path, LONGEST_TEMPLATE).decode()
        except BadInput as error:
            problems += error.problems
            continue
        except UnicodeDecodeError:
            problems.append(Problem(Place(str(path)), said("not_utf8"), said("save_as_utf8")))
            continue
        included |= {one.name for one in files if one.name != path.name and one.name in text}
    for path in files:
        if path.name not in known | included:
            hint = did_you_mean(path.name, known)
            problems.append(Problem(Place(str(path)), said("no_paper_of", file=path.name), hint))
    if problems:
        raise BadInput(problems)
