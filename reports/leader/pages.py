"""A leader's record for people: on the terminal, and as a file to print. Source: FORMATS, 5."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.judging.world import World
from reports.context import OverdueRow
from reports.figures import NOTHING
from reports.i18n import Lang, mark, translator
from reports.leader.context import SumRow
from reports.leader.facts import LeaderRecord, leader_record
from reports.leader.words import DELEGATION_COLUMNS, WAIVER_COLUMNS, LeaderWords, rate_line
from reports.numbered import RowNumbers, number_column
from reports.own_templates import page_filled
from reports.tables import Column, Row, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["leader_html", "leader_record", "print_leader"]


def leader_html(
    world: World,
    records: Sequence[LeaderRecord],
    lang: Lang = "zh",
    templates: Path | None = None,
) -> str:
    """One A4 page file with a part for each person, each beginning on a new sheet."""
    hashes = world.rulebook.hashes
    files = [
        LeaderWords(record, lang, world.rulebook.documents).file(hashes)
        for record in sorted(records, key=lambda one: one.person.person)
    ]
    return page_filled("leader.html.j2", lang, templates, files=files)


_POSTS = (mark("unit"), mark("post"), mark("post class"), mark("days held"), mark("acting"))
_PAPERS = (mark("document"), mark("reason"))
_SUMS = (
    mark("fallen due"),
    mark("required"),
    mark("done"),
    mark("made up late"),
    mark("overdue"),
    mark("short"),
    mark("on time"),
)
_VERDICTS = (
    mark("duty"),
    mark("post"),
    mark("period"),
    mark("required"),
    mark("done"),
    mark("due"),
    mark("days"),
    mark("remarks"),
)
_ACTS = (
    mark("record"),
    mark("day"),
    mark("kind"),
    mark("role"),
    mark("subjects"),
    mark("counts for"),
    mark("does not count"),
)
_ALERTS = (mark("paper"), mark("what"), mark("due"))


def print_leader(
    console: Console, record: LeaderRecord, numbers: RowNumbers, lang: Lang = "zh"
) -> None:
    """The whole record: posts, rates, grid, sums, what is overdue, acts, waivers, alerts."""
    _ = translator(lang)
    words = LeaderWords(record, lang)

    def table(title: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        if rows:
            print_table(console, title, columns, rows)

    def named(names: Sequence[str], *, right: bool = False) -> list[Column]:
        return [Column(_(name), right) for name in names]

    print_line(console, words.heading(), "bold")
    print_line(console, rate_line(record, lang))
    print_line(console)
    posts = words.posts()
    held = [[row.unit, row.post, row.post_class, row.days, row.acting] for row in posts]
    with_papers = any(row.document or row.reason for row in posts)
    if with_papers:
        held = [[*cells, row.document, row.reason] for cells, row in zip(held, posts, strict=True)]
    table(_("Appointments"), named(_POSTS + _PAPERS if with_papers else _POSTS), held)
    for grid in words.grids():
        months = [f"{month}月" if lang == "zh" else str(month) for month in range(1, 13)]
        title = _("Month by duty, {year}").format(year=grid.year)
        cells = [[row.duty, *(cell.word for cell in row.cells)] for row in grid.rows]
        table(title, [Column(_("duty")), *map(Column, months)], cells)
    columns = [Column(_("duty")), Column(_("post")), *named(_SUMS, right=True)]
    table(_("By duty"), columns, [_sum_cells(row) for row in words.sums()])
    numbered = [number_column(lang), *named(_VERDICTS)]
    overdue = [_verdict_cells(row, numbers) for row in words.overdue()]
    table(_("Overdue"), numbered, overdue)
    shared = [_verdict_cells(row, numbers) for row in words.shared()]
    table(_("Owed together with others (in nobody's own rate)"), numbered, shared)
    acts = [
        [row.activity, row.day, row.kind, row.role, row.subjects, row.counts_for, row.refused]
        for row in words.acts()
    ]
    table(_("What was done"), named(_ACTS), acts)
    waivers = [[row.days, row.what, row.reason, row.document] for row in words.waivers()]
    table(_("Waivers"), named(WAIVER_COLUMNS), waivers)
    delegations = [
        [row.days, row.holder, row.delegate, row.what, row.reason, row.document]
        for row in words.delegations()
    ]
    table(_("Delegations"), named(DELEGATION_COLUMNS), delegations)
    about = [one.verdicts[0] if len(one.verdicts) == 1 else None for one in record.alerts]
    alerts = numbers.rows(about, [[row.paper, row.what, row.due] for row in words.alerts()])
    table(_("Alerts"), [number_column(lang), *named(_ALERTS)], alerts)


def _sum_cells(row: SumRow) -> list[str]:
    counts = [row.required, row.done, str(row.made_up), str(row.overdue), row.short]
    return [row.duty, row.post, str(row.due), *counts, row.rate]


def _verdict_cells(row: OverdueRow, numbers: RowNumbers) -> list[str]:
    days, number = str(row.days or NOTHING), numbers.of(row.verdict)
    return [
        number,
        row.duty,
        row.post,
        row.period,
        row.required,
        row.done,
        row.due,
        days,
        row.remarks,
    ]
