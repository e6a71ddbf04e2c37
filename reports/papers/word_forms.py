"""The shipped Word templates, made anew: `python -m reports.papers.word_forms`.

Faces stand in them by name, the office's own machine has them. Source: PAPERS, section 6.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.papers.word import FORMS, dated_alike

TEXT, TITLE, HEAD, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
RED = RGBColor(0xD0, 0, 0)
_WIDTHS = (19, 38, 38, 94, 53, 28, 28, 27, 44, 28, 45)
"""Points of the eleven columns."""
_CENTRE = 300
"""The middle of name and date: a name of 14 characters ends two before the margin."""


def form_made(form: str) -> bytes:
    """The template of letters, red heads or slips."""
    made = Document()
    _page(made)
    if form == "slip":
        _line(made, "{{ notice.paper }}", TITLE, 20, centred=True)
        _line(made, "{{ notice.number }}", right=True)
    else:
        mark = _line(made, "{{r mark }}", TITLE, 36, centred=True, colour=RED, is_exact=False)
        if form == "letter":
            _ruled(mark, "thinThickSmallGap", 36)
            _line(made, "{{ notice.number }}", right=True)
        else:
            _ruled(_line(made, "{{ notice.number }}", centred=True), "single", 12)
        _line(made, "")
        _tag(made, "{%p for line in notice.title_lines %}")
        _line(made, "{{ line }}", TITLE, 22, centred=True, is_exact=False)
        _tag(made, "{%p endfor %}")
        _line(made, "")
    _shown_if(made, "notice.urgency", "{{ notice.urgency }}", size=10.5)
    _line(made, "{{ notice.addressee }}{{ _(':') }}")
    _line(made, "{{ notice.opening }}", indent=True)
    _tag(made, "{%p if paper.in_letter %}")
    _table(made, with_reasons=True)
    _line(made, "{{ notice.matter }}{{ _('; ') }}{{ notice.proof }}", size=9, is_exact=False)
    _tag(made, "{%p endif %}")
    _shown_if(made, "notice.previous", "{{ notice.previous }}", indent=True)
    _line(made, "{{ paper.asks }}", indent=True)
    _shown_if(made, "notice.closing", "{{ notice.closing }}", indent=True)
    _tag(made, "{%p if not paper.in_letter %}")
    _line(made, "")
    _tag(made, "{%p for annex in paper.annexes %}")
    first = "{% if loop.first %}{{ _('Annexes: ') }}{% else %}　　　{% endif %}"
    _line(made, first + "{{ loop.index }}. {{ annex }}", indent=True)
    _tag(made, "{%p endfor %}")
    _tag(made, "{%p endif %}")
    _line(made, "")
    for text in ("\t{{ notice.signed }}", "\t{{ notice.dated }}"):
        signed = _line(made, text)
        signed.paragraph_format.tab_stops.add_tab_stop(Pt(_CENTRE), WD_TAB_ALIGNMENT.CENTER)
        signed.paragraph_format.keep_with_next = True
    _line(made, "{{ _('(') }}{{ notice.contact }}{{ _(')') }}", indent=True)
    _tag(made, "{%p if not paper.in_letter %}")
    _annex(made)
    _tag(made, "{%p endif %}")
    _tag(made, "{%p if paper.has_receipt %}")
    _receipt(made)
    _tag(made, "{%p endif %}")
    _shown_if(made, "notice.copies", "{{ _('Copies: ') }}{{ notice.copies }}", size=14)
    if form == "red_head":
        _line(made, "{{ notice.signed }}　　{{ _('{day} issued').format(day=notice.dated) }}",
              size=14)  # fmt: skip
    out = io.BytesIO()
    made.save(out)
    return dated_alike(out.getvalue())


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    found = section._sectPr.find(qn("w:docGrid"))
    grid = OxmlElement("w:docGrid") if found is None else found
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{name}"), value)
    if found is None:
        section._sectPr.append(grid)
    _face(made.styles["Normal"], TEXT, 16)
    layout = made.styles["Normal"].paragraph_format
    layout.space_after = layout.space_before = Pt(0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = footer.add_run(text or "")
        _face(run, TEXT, 14)
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run._r.addnext(field)


def _face(of: Any, face: str, size: float) -> None:
    of.font.name, of.font.size = LATIN, Pt(size)
    fonts = of.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)


def _line(
    at: Any,
    text: str,
    face: str = TEXT,
    size: float = 16,
    *,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
    is_exact: bool = True,
    colour: RGBColor | None = None,
) -> Any:
    line = at.add_paragraph()
    run = line.add_run(text)
    _face(run, face, size)
    if colour is not None:
        run.font.color.rgb = colour
    if centred or right:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        line.paragraph_format.first_line_indent = Pt(32)
    if is_exact:
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(28.95)
    return line


def _tag(at: Any, tag: str) -> None:
    at.add_paragraph(tag)


def _shown_if(at: Any, what: str, text: str, **said: Any) -> None:
    _tag(at, f"{{%p if {what} %}}")
    _line(at, text, **said)
    _tag(at, "{%p endif %}")


def _ruled(line: Any, kind: str, eighths: int) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", kind), ("sz", str(eighths)), ("space", "4"), ("color", "D00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""What follows borders among a paragraph's properties: Word asks for their order."""


def _filled(cell: Any, text: str, *, face: str = TEXT, centred: bool = True) -> None:
    line = cell.paragraphs[0]
    _face(line.add_run(text), face, 10.5)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT


_HEADS = (
    *("No.", "person", "post", "duty", "measure", "required", "done", "short", "due"),
    *("days overdue", "clause"),
)
_CELLS = (
    *("{{ one.row.no }}", "{{ one.row.person }}", "{{ one.row.post }}"),
    "{{ one.row.duty }}{{ _(' (') }}{{ one.row.period }}{% if one.row.remarks %}{{ _('; ') }}"
    "{{ one.row.remarks }}{% endif %}{% if one.row.missing %}{{ _('; ') }}"
    "{{ _('not reached: {members}').format(members=one.row.missing) }}{% endif %}{{ _(')') }}",
    *("{{ one.row.measure }}", "{{ one.row.required }}", "{{ one.row.done }}"),
    *("{{ one.row.short }}", "{{ one.row.due }}", "{{ one.row.days_overdue }}"),
    "{{ one.row.clause }}",
)


def _grid(at: Any, rows: int, widths: tuple[int, ...]) -> Any:
    table = at.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
    return table


def _table(at: Any, *, with_reasons: bool) -> None:
    table = _grid(at, 8 if with_reasons else 4, _WIDTHS)
    _repeated(table.rows[0])
    for cell, word in zip(table.rows[0].cells, _HEADS, strict=True):
        _filled(cell, f"{{{{ _('{word}') }}}}", face=HEAD)
    _filled(table.rows[1].cells[0], "{%tr for one in paper.rows %}")
    for number, (cell, text) in enumerate(zip(table.rows[2].cells, _CELLS, strict=True)):
        _filled(cell, text, centred=number not in (3, 4))
    _filled(table.rows[3].cells[0], "{%tr endfor %}")
    if with_reasons:
        _wide(table.rows[4], "{{ _('On whose word') }}", "{{ paper.laws }}")
        _filled(table.rows[5].cells[0], "{%tr if paper.refused %}")
        _wide(table.rows[6], "{{ _('not counted') }}", "{{ paper.refused }}")
        _filled(table.rows[7].cells[0], "{%tr endif %}")


def _wide(row: Any, label: str, text: str) -> None:
    _filled(row.cells[0].merge(row.cells[1]), label)
    _filled(row.cells[2].merge(row.cells[10]), text, centred=False)


def _repeated(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _annex(at: Any) -> None:
    first = _line(at, "{{ _('Annex ') }}1", HEAD)
    first.paragraph_format.page_break_before = True
    _line(at, "{{ _('The obligations') }}", TITLE, 22, centred=True, is_exact=False)
    _line(at, "{{ notice.matter }}", size=10.5, is_exact=False)
    _table(at, with_reasons=False)
    _line(at, "{{ notice.proof }}", size=9, is_exact=False)
    _line(at, "{{ _('On whose word') }}{{ _(': ') }}{{ paper.laws }}", size=12, is_exact=False)
    _tag(at, "{%p if notice.triggers %}")
    text = "{{ _('Led to this: {rules}').format(rules=notice.triggers | join(_('; '))) }}"
    _line(at, text, size=12, is_exact=False)
    _tag(at, "{%p endif %}")
    _shown_if(at, "paper.refused", "{{ paper.refused }}", size=12, is_exact=False)


def _receipt(at: Any) -> None:
    first = _line(at, "{{ _('Receipt and reply') }}", TITLE, 22, centred=True, is_exact=False)
    first.paragraph_format.page_break_before = True
    table = _grid(at, 3, (75, 146, 75, 146))
    for row, (left, text, right, other) in zip(
        table.rows,
        (
            ("number", "{{ notice.number }}", "received by (unit)", "{{ notice.addressee }}"),
            ("received by", "", "received at", ""),
            ("contact person", "", "telephone", ""),
        ),
        strict=True,
    ):
        labelled = (f"{{{{ _('{left}') }}}}", text, f"{{{{ _('{right}') }}}}", other)
        for cell, said in zip(row.cells, labelled, strict=True):
            _filled(cell, said)
    _line(at, "")
    answers = _grid(at, 4, (27, 119, 53, 62, 53, 71, 57))
    heads = (
        *("No.", "matter", "made up on", "record no.", "evidence given", "reason if not done"),
        "to be done by",
    )
    _repeated(answers.rows[0])
    for cell, word in zip(answers.rows[0].cells, heads, strict=True):
        _filled(cell, f"{{{{ _('{word}') }}}}", face=HEAD)
    _filled(answers.rows[1].cells[0], "{%tr for one in paper.rows %}")
    _filled(answers.rows[2].cells[0], "{{ one.row.no }}")
    matter = (
        "{% if one.row.person != '—' %}{{ one.row.person }} {% endif %}{{ one.row.duty }}"
        "{{ _(', ') }}{{ one.row.period }}{{ _(', ') }}{{ _('short') }} {{ one.row.short }}"
    )
    _filled(answers.rows[2].cells[1], matter, centred=False)
    _filled(answers.rows[3].cells[0], "{%tr endfor %}")
    _line(at, "{{ _('Signed by the head: ') }}　　　　　　{{ _('unit (stamp)') }}{{ _(':') }}",
          size=12, is_exact=False)  # fmt: skip


def main() -> None:
    """Writes the templates to their places."""
    for form, name in FORMS.items():
        (Path(__file__).parent / name).write_bytes(form_made(form))


if __name__ == "__main__":
    main()
