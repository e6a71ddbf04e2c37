"""The journal in words: entries, what they changed, and what is broken in the chain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from data.keeping.verify import Broken, Fault
from data.store.changes import RowChange
from data.store.journal import JournalEntry
from problems import Place, Problem, bare, said
from reports.i18n import Lang, mark, translator

ACTS = {
    "made": mark("the store was made"),
    "import": mark("import"),
    "record": mark("typed record"),
    "upgrade": mark("upgrade of the store"),
    "audit": mark("audit kept"),
    "rules": mark("rules kept"),
    "notices": mark("notices written"),
}
"""What an entry's act is called."""


def broken_problem(broken: Broken) -> Problem:
    """What is wrong at an entry, and what to do."""
    entry, told = broken.entry, bare(broken.told)
    faults = {
        Fault.NUMBER: said("entry_before_is_missing", entry=entry, number=told),
        Fault.PREVIOUS: said("entry_does_not_follow", entry=entry),
        Fault.HASH: said("entry_changed", entry=entry),
        Fault.CONTENT: said("rows_of_entry_changed", entry=entry, rows=told),
        Fault.MADE: said("first_facts_changed", entry=entry, fact=told),
        Fault.STRAY: said("rows_without_entry", entry=entry, rows=told),
        Fault.COLUMNS: said("counting_columns_wrong", activity=broken.told, entry=entry),
    }
    hint = said("verify_rebuilds") if broken.fault is Fault.COLUMNS else said("journal_shows_entry")
    return Problem(Place("journal"), faults[broken.fault], hint)


def entry_lines(entry: JournalEntry, lang: Lang) -> list[str]:
    """The entry in one line, then its counts and hash."""
    say = translator(lang)
    act = say(ACTS.get(entry.act, entry.act))
    parts = [f"{entry.entry:>6}", entry.moment[:19], act, entry.who or "—"]
    if entry.source not in (entry.act, ""):
        parts.append(entry.source)
    if entry.why:
        parts.append(entry.why)
    return ["  ".join(parts), *_counts(json.loads(entry.counts or "{}")), f"        {entry.hash}"]


def _counts(counts: Mapping[str, Any]) -> Iterable[str]:
    for name, told in counts.items():
        words = (
            " ".join(f"{key} {value}" for key, value in told.items())
            if isinstance(told, dict)
            else str(told)
        )
        yield f"        {name}: {words}"


def change_lines(changes: Iterable[RowChange], lang: Lang) -> Iterable[str]:
    """Each change in a line for what it is, and one for each cell that differs."""
    say = translator(lang)
    for change in changes:
        key = ", ".join(change.key)
        if change.void is not None:
            at, by, why = change.void
            text = say("{table} {key}: void from {day}, by {who}: {why}")
            yield text.format(
                table=change.table, key=key, day=at[:10], who=by or "—", why=why or "—"
            )
            continue
        text = say("{table} {key}: corrected") if change.before else say("{table} {key}: new")
        yield text.format(table=change.table, key=key)
        for column in dict.fromkeys((*change.before, *change.after)):
            was, now_is = change.before.get(column), change.after.get(column)
            if was == now_is:
                continue
            told = f"{was or '—'} → {now_is or '—'}" if change.before else now_is
            yield f"    {column}: {told}"
