"""What a clerk reads on the terminal after the audit of a large store: counts, and the worst first.

The verdicts stand in columns; flags are not worked out. `dutyclock why` explains each one whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from heapq import nsmallest
from typing import TYPE_CHECKING

from data.records import Records
from engine.columns import FastAudit, Line
from engine.paths import Lone
from engine.verdict import State, Verdict
from reports.figures import NOTHING, day_text, number, percent, span_text
from reports.i18n import Lang, translator
from reports.names import Names
from reports.tables import Column, print_line, print_table
from reports.words import state_word
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    from rich.console import Console

WORST = 30
_COUNTED = (State.OVERDUE, State.MADE_UP, State.EXCEEDED, State.MET, State.OPEN)


def print_large_summary(
    found: FastAudit, rulebook: Rulebook, records: Records, console: Console, lang: Lang = "zh"
) -> None:
    """Prints the counts of the span, its units and duties, and the longest overdue."""
    _ = translator(lang)
    names = Names(records, rulebook.vocabulary)
    span = span_text(found.span, lang)
    day = day_text(found.as_of, lang)
    print_line(console, _("Audit as of {day}, span {span}").format(day=day, span=span), "bold")
    print_line(
        console,
        _("known: {known}; records from {first}").format(
            known=_("everything in the store"), first=day_text(records.records_from, lang)
        ),
    )
    summary = found.summary
    counts = ("，" if lang == "zh" else ", ").join(
        f"{state_word(state, lang)} {summary.states[state]}"
        for state in State
        if summary.states[state]
    )
    print_line(console, counts)
    print_line(
        console,
        _("due {due}: on time {rate}, done {done}").format(
            due=summary.due, rate=percent(summary.rate), done=percent(summary.rate_done)
        ),
    )
    if found.arrears:
        print_line(console, _("arrears, in no rate: {count}").format(count=found.arrears))
    _print_worst(found, names, rulebook, console, lang)
    titles = {duty.id: duty.title for duty in rulebook.duties}
    units = _counts(found, lambda lone, _duty: lone.unit, lambda verdict: verdict.unit)
    _print_counts(console, _("By unit"), _("unit"), units, names.unit, lang)
    duties = _counts(
        found, lambda _lone, duty: duty.partition("#")[0], lambda verdict: verdict.duty.id
    )
    _print_counts(
        console, _("By duty"), _("duty"), duties, lambda duty: titles.get(duty, duty), lang
    )


def _print_worst(
    found: FastAudit, names: Names, rulebook: Rulebook, console: Console, lang: Lang
) -> None:
    """The longest overdue of the span, with the name to ask `dutyclock why` about."""
    _ = translator(lang)
    titles = {duty.id: duty.title for duty in rulebook.duties}
    late: list[tuple[int, str, str, str, Fraction, Fraction]] = [
        _told(line, titles) for line in found.lines(lambda state: state is State.OVERDUE)
    ]
    late += [
        (
            -(one.days_overdue or 0),
            one.id,
            one.unit,
            one.duty.title,
            one.required,
            one.done,
        )
        for one in found.exact_in_span
        if one.state is State.OVERDUE
    ]
    if not late:
        return
    columns = (
        Column(_("days overdue"), right=True),
        Column(_("unit")),
        Column(_("duty")),
        Column(_("required"), right=True),
        Column(_("done"), right=True),
        Column(_("obligation")),
    )
    rows = [
        [str(-days), names.unit(unit), title, number(required), number(done), name]
        for days, name, unit, title, required, done in nsmallest(WORST, late)
    ]
    print_table(console, f"{_('Overdue in this span')} ({len(late)})", columns, rows)
    if len(late) > WORST:
        more = _("and {count} more: --json or --csv lists all").format(count=len(late) - WORST)
        print_line(console, more)


def _told(line: Line, titles: dict[str, str]) -> tuple[int, str, str, str, Fraction, Fraction]:
    title = titles.get(line.duty.partition("#")[0], line.duty)
    name = f"{line.duty}@{line.holder}@{line.label}"
    return -(line.days_overdue or 0), name, line.unit, title, Fraction(line.required), line.done


def _counts(
    found: FastAudit, of_lone: Callable[[Lone, str], str], of_verdict: Callable[[Verdict], str]
) -> dict[str, Counter[State]]:
    """The states of all verdicts of the span, by group."""
    counts = found.counts_by(of_lone)
    for verdict in found.exact_in_span:
        counts.setdefault(of_verdict(verdict), Counter())[verdict.state] += 1
    return counts


def _print_counts(
    console: Console,
    title: str,
    what: str,
    counts: dict[str, Counter[State]],
    name: Callable[[str], str],
    lang: Lang,
) -> None:
    """The groups with the most overdue first."""
    rows = [
        [name(key), *(str(states[state] or NOTHING) for state in _COUNTED)]
        for key, states in sorted(
            counts.items(), key=lambda pair: (-pair[1][State.OVERDUE], pair[0])
        )[:WORST]
    ]
    columns = (
        Column(what),
        *(Column(state_word(state, lang), right=True) for state in _COUNTED),
    )
    if rows:
        print_table(console, title, columns, rows)
