"""The register as a table, and a notice with all its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.notice_register import NoticeStage, RegisteredNotice, RegisterStep, steps_from
from reports.figures import iso
from reports.i18n import Lang, mark, translator
from reports.jsonio import Json
from reports.notice.registered import printed
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

STAGES = {
    NoticeStage.DRAFTED: mark("drafted"),
    NoticeStage.APPROVED: mark("approved"),
    NoticeStage.ISSUED: mark("issued"),
    NoticeStage.DELIVERED: mark("delivered"),
    NoticeStage.REPLIED: mark("reply came"),
    NoticeStage.CLOSED: mark("closed"),
    NoticeStage.ARCHIVED: mark("archived"),
    NoticeStage.WITHDRAWN: mark("void, withdrawn"),
    NoticeStage.DROPPED: mark("put aside"),
}
STEPS = {
    RegisterStep.DRAFT: mark("drafted"),
    RegisterStep.APPROVE: mark("approved"),
    RegisterStep.ISSUE: mark("issued"),
    RegisterStep.DELIVERED: mark("delivered"),
    RegisterStep.REPLY: mark("reply came"),
    RegisterStep.RETURN: mark("reply sent back"),
    RegisterStep.CLOSE: mark("closed"),
    RegisterStep.ARCHIVE: mark("archived"),
    RegisterStep.WITHDRAW: mark("void, withdrawn"),
    RegisterStep.DROP: mark("put aside"),
}
"""What a stage and a step are called."""


def print_register(
    console: Console, notices: Sequence[RegisteredNotice], lang: Lang = "zh"
) -> None:
    """Prints a line for each notice, in the order given."""
    _ = translator(lang)
    if not notices:
        print_line(console, _("There is no such notice in the register."))
        return
    rows = [
        [
            str(one.notice),
            one.number or "",
            one.paper,
            printed(one).addressee,
            str(len(one.items)),
            _(STAGES[one.stage]),
            str(one.steps[-1].day),
            iso(one.until) or "",
        ]
        for one in notices
    ]
    heads = [_("No."), _("number"), _("paper"), _("addressee"), _("lines"), _("stands at"),
             _("since"), _("reply by")]  # fmt: skip
    print_table(console, _("Register of notices"), [Column(one) for one in heads], rows)


def print_notice(console: Console, notice: RegisteredNotice, lang: Lang = "zh") -> None:
    """Prints one notice: what it says, what it is about, its steps, and which may follow."""
    _ = translator(lang)
    paper = printed(notice)
    title = "".join(paper.title_lines)
    print_line(console, f"{notice.notice}  {notice.number or ''}  {title}")
    print_line(console, f"{paper.addressee}{_(':')}{paper.opening}")
    for text in (*paper.asks, paper.previous):
        if text:
            print_line(console, text)
    rows = [[str(row.no), row.person, row.duty, row.period, row.short, row.due]
            for row in paper.rows]  # fmt: skip
    heads = [_("No."), _("person"), _("duty"), _("period"), _("short"), _("due")]
    print_table(console, "", [Column(one) for one in heads], rows)
    steps = [
        [_(STEPS[one.step]), str(one.day), one.who or "", one.number or "", iso(one.until) or "",
         one.note or ""]
        for one in notice.steps
    ]  # fmt: skip
    heads = [_("step"), _("day"), _("by"), _("number"), _("reply by"), _("note")]
    print_table(console, "", [Column(one) for one in heads], steps)
    possible = steps_from(notice.stage, notice.needs_approval)
    if possible:
        text = _("What may follow: {steps}")
        print_line(console, text.format(steps=", ".join(one.value for one in possible)))


def notice_json(notice: RegisteredNotice) -> Json:
    """A notice of the register as plain values."""
    return {
        "notice": notice.notice,
        "level": notice.level,
        "addressee": notice.addressee,
        "paper": notice.paper,
        "unit": notice.unit,
        "as_of": iso(notice.as_of),
        "known_on": iso(notice.known_on),
        "stage": notice.stage.value,
        "number": notice.number,
        "issued": iso(notice.issued),
        "until": iso(notice.until),
        "approval": notice.needs_approval,
        "items": [
            {"matter": one.matter, "verdicts": list(one.verdicts), "own": one.is_own}
            for one in notice.items
        ],
        "steps": [
            {
                "step": one.step.value,
                "day": iso(one.day),
                "by": one.who,
                "note": one.note,
                "number": one.number,
                "until": iso(one.until),
            }
            for one in notice.steps
        ],
        "possible": [one.value for one in steps_from(notice.stage, notice.needs_approval)],
    }
