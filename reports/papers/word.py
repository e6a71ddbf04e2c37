"""Papers as Word documents, which an office goes on editing: the same notice, the same bytes.

Faces and the grid of 22 lines of 28 characters stand in the templates. Source: PAPERS, section 6.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import cast

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from reports.harmless import harmless
from reports.i18n import Lang, translator
from reports.notice.context import Notice
from reports.papers.context import Tightness
from reports.papers.layout import layout_of

FORMS: Mapping[str, str] = {
    "letter": "letter.docx",
    "red_head": "red_head.docx",
    "slip": "slip.docx",
}
"""The shipped template of each form, beside this file."""

_SOME_TIME = (1980, 1, 1, 0, 0, 0)


class WordMissing(Exception):
    """docxtpl, which fills Word templates in, is not on this machine."""


def word_document(notice: Notice) -> bytes:
    """The notice as a .docx. Raises WordMissing."""
    try:
        from docxtpl import DocxTemplate, RichText
    except ImportError as error:
        raise WordMissing(str(error)) from error
    lang = cast("Lang", notice.lang)
    layout = layout_of(notice, Tightness.LOOSE)
    made = DocxTemplate(Path(__file__).with_name(FORMS[notice.form]))
    half_points = int(Fraction(layout.mark_size) * 2)
    mark = RichText(
        harmless(notice.mark), size=half_points, color="D00000", font="eastAsia:方正小标宋简体"
    )
    values = {"paper": layout, "notice": notice, "mark": mark, "_": translator(lang)}
    filling = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    made.render(values, filling, autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return dated_alike(out.getvalue())


def _shown(value: object) -> object:
    """A text as it may stand on a paper."""
    return harmless(value) if type(value) is str else value


def dated_alike(document: bytes) -> bytes:
    """The document with every part packed as of the same time: nothing tells when it was made."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, _SOME_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            again.writestr(info, parts.read(name))
    return out.getvalue()
