"""The handover sheet in words: on the terminal, and as a page to print and sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.records import Appointment
from engine.judging.making_up import Remedy, remedy_of
from engine.judging.verdict import Verdict
from reports.codes import exempt_word, state_word
from reports.figures import NOTHING, amount, day_text, day_with_weekday, period_text
from reports.handover.context import (
    HandoverSheet,
    NextRow,
    OpenClauseRow,
    PersonRow,
    RunningRow,
    UndoneRow,
)
from reports.handover.facts import Handover
from reports.i18n import Lang, mark, translator
from reports.leader.words import (
    DELEGATION_COLUMNS,
    WAIVER_COLUMNS,
    delegation_row,
    waiver_row,
)
from reports.numbered import NUMBER, RowNumbers
from reports.own_templates import page_filled
from reports.proof import proof_line
from reports.tables import Column, print_line, print_table
from rules.wording import measure_in_words

if TYPE_CHECKING:
    from rich.console import Console

_MOST_ACTS = 3
_OLD_DAYS = 365
REMEDIES: dict[Remedy, str] = {
    Remedy.MAKE_UP: mark("the successor can make it up, with a record that makes up {label}"),
    Remedy.DO_LATE: mark("to be done late by whoever holds the post"),
    Remedy.CLOSED: mark("past making up"),
    Remedy.NEVER: mark("cannot be made up: its day is over"),
}


def handover_sheet(it: Handover, lang: Lang = "zh") -> HandoverSheet:
    """The handover put into words: all that the sheet shows."""
    world, names = it.world, it.names
    row = world.records.posts[it.post]
    titles = {duty.id: duty.title for duty in world.rulebook.duties}
    hashes = world.rulebook.hashes
    listed = [one for one in it.undone if not _is_old(one)]
    return HandoverSheet(
        lang=lang,
        unit=names.unit(row.unit),
        post=names.post(it.post),
        post_class=row.post_class,
        on=day_text(it.on, lang),
        leaves=tuple(_person(it, one, lang) for one in it.leaves),
        comes=tuple(_person(it, one, lang) for one in it.comes),
        running=tuple(_running(it, one, lang) for one in it.running),
        undone=tuple(_undone(it, one, lang) for one in listed),
        closed=len(it.undone) - len(listed),
        next=tuple(_next(one, lang) for one in it.next),
        waivers=tuple(waiver_row(one, titles, lang) for one in it.waivers),
        delegations=tuple(delegation_row(one, titles, names, lang) for one in it.delegations),
        open_clauses=tuple(_clause(it, one, lang) for one in it.open_clauses),
        proof=proof_line(it.on, hashes, lang),
    )


def _is_old(one: Verdict) -> bool:
    """Whether it is past making up, and was due more than a year ago: his own file has it."""
    return remedy_of(one) is Remedy.CLOSED and (one.days_overdue or 0) > _OLD_DAYS


def _person(it: Handover, row: Appointment, lang: Lang) -> PersonRow:
    _ = translator(lang)
    if row.last is None or row.last.year == date.max.year:
        days = _("from {first} on").format(first=day_text(row.first, lang))
    else:
        days = _("{first} to {last}").format(
            first=day_text(row.first, lang), last=day_text(row.last, lang)
        )
    return PersonRow(
        name=it.names.person(row.person),
        days=days,
        acting=_("acting") if row.acting else "",
        document=row.document or "",
        reason=row.reason or "",
    )


def _running(it: Handover, one: Verdict, lang: Lang) -> RunningRow:
    _ = translator(lang)
    acts = it.world.acts_by_id
    done_by = []
    for item in one.counted:
        act = acts[item.activity]
        people = "、".join(it.names.person(person) for person in it.world.doers(act))
        done_by.append(f"{act.day} {people or it.names.doer(act)}")
    more = len(done_by) - _MOST_ACTS
    if more > 0:
        # The newest tell more: whoever comes goes on from them.
        done_by = [_("{count} earlier ones").format(count=more), *done_by[-_MOST_ACTS:]]
    state = state_word(one.state, lang)
    if one.reason:
        state += _(" ({number})").format(number=exempt_word(one.reason, lang))
    return RunningRow(
        verdict=one.id,
        duty=one.duty.title,
        measure=measure_in_words(one.measure, lang),
        period=period_text(one.called, one.period, lang),
        person=it.names.holder_person(one) or NOTHING,
        required=amount(one.required, one.measure, lang),
        done=amount(one.done, one.measure, lang),
        done_by=tuple(done_by),
        due=one.due.isoformat() if one.due else NOTHING,
        state=state,
        colour=one.light,
    )


def _undone(it: Handover, one: Verdict, lang: Lang) -> UndoneRow:
    remedy = translator(lang)(REMEDIES[remedy_of(one)]).format(label=one.label)
    return UndoneRow(
        verdict=one.id,
        duty=one.duty.title,
        period=period_text(one.called, one.period, lang),
        person=it.names.holder_person(one) or NOTHING,
        required=amount(one.required, one.measure, lang),
        done=amount(one.done, one.measure, lang),
        due=one.due.isoformat() if one.due else NOTHING,
        days=one.days_overdue or 0,
        remedy=remedy,
        label=one.label,
    )


def _next(one: Verdict, lang: Lang) -> NextRow:
    return NextRow(
        verdict=one.id,
        duty=one.duty.title,
        period=period_text(one.called, one.period, lang),
        measure=measure_in_words(one.measure, lang),
        due=day_with_weekday(one.due, lang) if one.due else NOTHING,
    )


def _clause(it: Handover, one: Verdict, lang: Lang) -> OpenClauseRow:
    _ = translator(lang)
    document = it.world.rulebook.documents.get(one.duty.document)
    title = f"《{document.title}》" if document else one.duty.document
    if document and document.number:
        title += _(" ({number})").format(number=document.number)
    return OpenClauseRow(
        duty=one.duty.title,
        law=title + _(" {clause}").format(clause=one.duty.clause),
        quote=one.duty.quote,
    )


def handover_html(sheet: HandoverSheet, lang: Lang = "zh", templates: Path | None = None) -> str:
    """The sheet as a page to print and sign."""
    return page_filled("handover.html.j2", lang, templates, sheet=sheet)


_CLOSED = mark("{count} more are past making up for over a year: 'dutyclock leader' has them")
_PEOPLE = (
    mark("who"),
    mark("name"),
    mark("days held"),
    mark("acting"),
    mark("document"),
    mark("reason"),
)
_RUNNING = (
    mark("duty"),
    mark("period"),
    mark("whose share"),
    mark("required"),
    mark("done"),
    mark("done by"),
    mark("due"),
    mark("state"),
)
_UNDONE = (
    mark("duty"),
    mark("period"),
    mark("owed by"),
    mark("required"),
    mark("done"),
    mark("due"),
    mark("days overdue"),
    mark("how it is made good"),
)
_NEXT = (mark("duty"), mark("period"), mark("measure"), mark("due"))
_CLAUSES = (mark("duty"), mark("document and clause"), mark("quote"))


def print_handover(
    console: Console, sheet: HandoverSheet, numbers: RowNumbers, lang: Lang = "zh"
) -> None:
    """Prints the sheet on the terminal; an empty part says that it is empty."""
    _ = translator(lang)

    def table(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        if rows:
            columns = [Column(_(name), right=name == NUMBER) for name in names]
            print_table(console, title, columns, rows)
        else:
            print_line(console, _("{title}: none").format(title=title))
            print_line(console)

    heading = _("Handover of {unit} {post}, {on}")
    heading = heading.format(unit=sheet.unit, post=sheet.post, on=sheet.on)
    print_line(console, heading, "bold")
    print_line(console)
    people = [
        [who, row.name, row.days, row.acting, row.document, row.reason]
        for who, rows in ((_("leaves"), sheet.leaves), (_("comes"), sheet.comes))
        for row in rows
    ]
    table(_("Who leaves, who comes"), _PEOPLE, people)
    if not sheet.comes:
        print_line(console, _("nobody is appointed to come yet"))
        print_line(console)
    running = [
        [numbers.of(row.verdict), row.duty, row.period, row.person, row.required, row.done,
         _(", ").join(row.done_by) or NOTHING, row.due, row.state]
        for row in sheet.running
    ]  # fmt: skip
    table(_("Running periods"), (NUMBER, *_RUNNING), running)
    undone = [
        [numbers.of(row.verdict), row.duty, row.period, row.person, row.required, row.done,
         row.due, str(row.days), row.remedy]
        for row in sheet.undone
    ]  # fmt: skip
    table(_("Left undone"), (NUMBER, *_UNDONE), undone)
    if sheet.closed:
        print_line(console, _(_CLOSED).format(count=sheet.closed))
        print_line(console)
    table(
        _("What comes next"),
        (NUMBER, *_NEXT),
        [
            [numbers.of(row.verdict), row.duty, row.period, row.measure, row.due]
            for row in sheet.next
        ],
    )
    waivers = [[row.days, row.what, row.reason, row.document] for row in sheet.waivers]
    table(_("Waivers"), WAIVER_COLUMNS, waivers)
    delegations = [
        [row.days, row.holder, row.delegate, row.what, row.reason, row.document]
        for row in sheet.delegations
    ]
    table(_("Delegations"), DELEGATION_COLUMNS, delegations)
    clauses = [[row.duty, row.law, row.quote] for row in sheet.open_clauses]
    table(_("Clauses to be ruled"), _CLAUSES, clauses)
