"""Reading a document as a person has it — plain text, a Word file, a saved web page — as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from files import opened
from problems import BadInput, Place, Problem, Said, bare, reason_of, said

MAX_BYTES = 64 << 20
"""No document is larger; what is unpacked from a Word file is held to four times that."""

_BLOCKS = re.findall(
    r"\w+",
    "address article aside blockquote br caption dd div dl dt figcaption footer form h1 h2 h3 h4 h5"
    " h6 header hr li main nav ol option p pre section table tr ul",
)
_UNSEEN = ("script", "style", "noscript", "template", "head")
_OTHERS = {
    ".doc": said("save_in_word"),
    ".wps": said("save_in_wps"),
    ".pdf": said("save_as_txt_or_docx"),
    ".ofd": said("save_as_txt_or_docx"),
    ".rtf": said("save_in_word"),
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_text(path: Path) -> str:
    """The text of a .docx, an .html or any other file as plain text (UTF-8 or GB18030).

    Paragraphs are lines; the cells of a table's row stand in one line with ` | ` between them.
    Raises BadInput where there is no such file or it is none of these.
    """
    hint = _OTHERS.get(path.suffix.lower())
    if hint and path.exists():
        raise _bad(path, said("cannot_read_such_file", kind=bare(path.suffix.lower())), hint)
    try:
        with opened(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _bad(path, said("no_such_file")) from None
    except OSError as error:
        raise _bad(path, said("cannot_be_read", reason=reason_of(error))) from None
    if len(raw) > MAX_BYTES:
        raise _bad(
            path,
            said("file_too_large", megabytes=MAX_BYTES >> 20),
            said("is_it_the_document"),
        )
    if path.suffix.lower() == ".docx":
        text = _docx_text(path, raw)
    elif path.suffix.lower() in (".html", ".htm", ".xhtml"):
        text = _html_text(raw)
    else:
        text = _plain_text(path, raw)
    if not text.strip():
        raise _bad(path, said("no_text_in_file"), said("type_scanned_page"))
    return text


def _bad(path: Path, message: Said, hint: Said | None = None) -> BadInput:
    return BadInput([Problem(Place(str(path)), message, hint)])


def _plain_text(path: Path, raw: bytes) -> str:
    if b"\0" not in raw:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return _lines(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
    elif raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return _lines(raw.decode("utf-16"))
        except UnicodeDecodeError:
            pass
    message = said("neither_utf8_nor_gb18030")
    raise _bad(path, message, said("save_as_text_docx_html"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _docx_text(path: Path, raw: bytes) -> str:
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(item.file_size for item in packed.infolist()) > 4 * MAX_BYTES:
                raise _bad(path, said("file_too_large_unpacked", megabytes=4 * MAX_BYTES >> 20))
        document = Document(io.BytesIO(raw))
        return "\n".join(_blocks(document.element.body))
    except BadInput:
        raise
    except Exception:
        # python-docx, zipfile and lxml have an error of their own for each way to be broken.
        hint = said("save_anew")
        raise _bad(path, said("not_a_word_document"), hint) from None


def _blocks(parent: Any) -> Iterator[str]:
    """The lines of a Word body or cell, in order: paragraphs and rows of tables."""
    for element in parent.iterchildren():
        if element.tag == f"{_W}p":
            yield from _words(element).split("\n")
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is not element:
                    continue  # a table within a cell is read with its cell
                cells = [" ".join(_blocks(cell)) for cell in row.iter(f"{_W}tc") if _own(cell, row)]
                yield " | ".join(cells)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(element)


def _own(cell: Any, row: Any) -> bool:
    return next(cell.iterancestors(f"{_W}tr")) is row


def _words(paragraph: Any) -> str:
    """The text of a paragraph as it stands: with what was inserted, without what was deleted."""
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if any(above.tag in (_FALLBACK, f"{_W}pPr") for above in element.iterancestors()):
            continue  # a text box stands there twice; tab stops are no text
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        else:
            parts.append(" " if element.tag == f"{_W}tab" else "\n")
    return "".join(parts)


def _html_text(raw: bytes) -> str:
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, Tag

    page = BeautifulSoup(_markup(raw), "html.parser")
    for unseen in page.find_all(_UNSEEN):
        unseen.decompose()
    parts: list[str] = []
    for element in page.descendants:
        before = element.previous_sibling
        if isinstance(element, Tag):
            if element.name in _BLOCKS:
                parts.append("\n")
            elif element.name in ("td", "th") and element.find_previous_sibling(["td", "th"]):
                parts.append(" | ")
        elif type(element) is NavigableString:
            # What follows a block stands below it; comments are of another type.
            if isinstance(before, Tag) and before.name in _BLOCKS and element.strip():
                parts.append("\n")
            parts.append(" ".join(re.split(r"\s+", element)))
    lines = (re.sub(r"[ \xa0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _markup(raw: bytes) -> str | bytes:
    """The page as text; as bytes, for the parser to guess at, where nothing fits."""
    found = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", raw[:4096], re.IGNORECASE)
    named = found[1].decode().lower() if found else "utf-8"
    usual = named.startswith(("utf", "gb"))
    for encoding in ("utf-8-sig", "gb18030") if usual else (named,):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw
