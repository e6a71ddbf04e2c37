"""What changed, in words: obligations before a decision and after it, or on two days with why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.judging.verdict import Verdict
from reports.changes.causes import (
    Cause,
    CauseFound,
    Changes,
    ExplainedChange,
    counts_of_days,
)
from reports.changes.facts import Changed
from reports.codes import exempt_word, flag_words, state_word
from reports.figures import amount, day_text, iso
from reports.i18n import Lang, mark, translator
from reports.jsonio import Json, verdict_json
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

MOST = 12
MOST_LINES = 20
MOST_ITEMS = 3

CAUSES = {
    Cause.DAY: mark("the day passed"),
    Cause.RULES: mark("rule files changed"),
    Cause.RULINGS: mark("a ruling"),
    Cause.CALENDAR: mark("the calendar changed"),
    Cause.SETTINGS: mark("the settings changed"),
    Cause.OFFICE: mark("units, posts or subjects changed"),
    Cause.APPOINTMENT: mark("an appointment"),
    Cause.EVENT: mark("an event"),
    Cause.WAIVER: mark("a waiver"),
    Cause.NEW_RECORD: mark("a new record"),
    Cause.CORRECTION: mark("a correction"),
    Cause.VOID: mark("struck out"),
    Cause.RECORDS: mark("other records changed"),
}
"""What each cause is called."""


def changed_lines(
    found: Sequence[Changed], names: Names, numbers: RowNumbers, lang: Lang
) -> list[str]:
    """A numbered line for each, at most MOST of them; one that says so where nothing changes."""
    _ = translator(lang)
    if not found:
        return [_("no obligation stands differently today")]
    lines = [_("obligations that stand differently today: {count}").format(count=len(found))]
    for one in found[:MOST]:
        verdict = one.verdict
        before, after = side_told(one.before, one, lang), side_told(one.after, one, lang)
        who = names.holder_person(verdict) or names.holder_post(verdict) or names.unit(verdict.unit)
        number = numbers.of(verdict.id if one.after else None).rjust(2)
        told = f"{verdict.duty.title}  {verdict.called}  {who}  {before} → {after}"
        lines.append(f"  {number}  {told}")
    if len(found) > MOST:
        lines.append(_("  … and {count} more").format(count=len(found) - MOST))
    return lines


def side_told(one: Verdict | None, pair: Changed, lang: Lang) -> str:
    """The state in words; with the numbers or flags where the state alone is the same."""
    _ = translator(lang)
    if one is None:
        return _("not owed")
    said = state_word(one.state, lang)
    before, after = pair.before, pair.after
    if one.reason:
        return said + _(" ({number})").format(number=exempt_word(one.reason, lang))
    if before is None or after is None or before.state != after.state:
        return said
    if (before.required, before.done) != (after.required, after.done):
        told = _("{done} of {required}").format(
            done=amount(one.done, one.measure, lang),
            required=amount(one.required, one.measure, lang),
        )
        return said + _(" ({number})").format(number=told)
    return said + _(" ({number})").format(number=flag_words(one.flags, lang) or _("no flag"))


def print_changes(
    console: Console,
    it: Changes,
    names: Names,
    numbers: RowNumbers,
    lang: Lang = "zh",
    *,
    every: bool = False,
) -> None:
    """Prints what stands differently and why; `every` line, or the first ones."""
    _ = translator(lang)
    title = _("What changed from {since} to {as_of}").format(
        since=day_text(it.since, lang), as_of=day_text(it.as_of, lang)
    )
    print_line(console, title, "bold")
    then = _("{day} as it was known by the end of that day").format(day=day_text(it.since, lang))
    print_line(console, then)
    if not it.rules_known:
        print_line(console, _("the rules of then are not kept: both days are judged by today's"))
    print_line(console)
    told = [one for one in it.found if every or not one.is_day_alone]
    if not it.found:
        print_line(console, _("No obligation stands differently."))
        return
    shown = told if every else told[:MOST_LINES]
    if shown:
        heads = (_("duty"), _("period"), _("owed by"), _("change"), _("why"))
        columns = [number_column(lang), *map(Column, heads)]
        rows = [_change_row(one, it, names, lang) for one in shown]
        about = [one.change.after.id if one.change.after else None for one in shown]
        title = f"{_('Changes')} ({len(told)})"
        print_table(console, title, columns, numbers.rows(about, rows))
    if len(told) > len(shown):
        more = _("and {count} more: --all lists them").format(count=len(told) - len(shown))
        print_line(console, more)
        print_line(console)
    if not every:
        for (before, after), count in sorted(counts_of_days(it.found).items(), key=str):
            was = state_word(before, lang) if before else _("not owed")
            text = _("for the days that passed, {count}: {before} → {after}")
            if before is after:
                text = _("for the days that passed, {count} have other remarks: {after}")
            print_line(console, text.format(count=count, before=was, after=state_word(after, lang)))


def _change_row(one: ExplainedChange, it: Changes, names: Names, lang: Lang) -> list[str]:
    _ = translator(lang)
    verdict, pair = one.change.verdict, one.change
    before, after = side_told(pair.before, pair, lang), side_told(pair.after, pair, lang)
    return [
        verdict.duty.title,
        verdict.called,
        names.holder(verdict, lang),
        f"{before} → {after}",
        _("; ").join(_cause_told(cause, it, lang) for cause in one.causes),
    ]


def _cause_told(found: CauseFound, it: Changes, lang: Lang) -> str:
    """The cause, with what it is made of: an act with its day and kind, else ids."""
    _ = translator(lang)
    told = []
    for item in found.items[:MOST_ITEMS]:
        act = it.acts.get(item)
        told.append(f"{item} {act.day} {act.kind}" if act else item)
    if len(found.items) > MOST_ITEMS:
        told.append(_("and {count} more").format(count=len(found.items) - MOST_ITEMS))
    word = _(CAUSES[found.cause])
    return word + (_(" ({number})").format(number=_(", ").join(told)) if told else "")


def changes_json(it: Changes) -> Json:
    """What stands differently as plain values, in the order in which it is printed."""
    return {
        "since": iso(it.since),
        "as_of": iso(it.as_of),
        "rules_known": it.rules_known,
        "changes": [
            {
                "verdict": one.change.verdict.id,
                "before": verdict_json(one.change.before) if one.change.before else None,
                "after": verdict_json(one.change.after) if one.change.after else None,
                "causes": [
                    {"cause": str(found.cause), "items": list(found.items)} for found in one.causes
                ],
            }
            for one in it.found
        ],
    }
