"""The journal in words: entries, what they changed, and what is broken in the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.cell_values import shown
from data.import_columns import column_term, table_term
from data.keeping.verify import Broken, Fault
from data.store.changes import RowChange
from data.store.journal import JournalEntry
from data.store.shape import TableFault
from problems import Place, Problem, Said, Value, bare, clauses, said
from reports.i18n import Lang, mark, translator
from reports.problem_words import in_words

ACTS = {
    "made": mark("the store was made"),
    "import": mark("import"),
    "record": mark("typed record"),
    "upgrade": mark("upgrade of the store"),
    "audit": mark("audit kept"),
    "rules": mark("rules kept"),
    "notices": mark("notices written"),
    "register": mark("register of notices"),
}
"""What an entry's act is called."""


FACTS = {
    "made_at": mark("made at"),
    "first_day": mark("records begin"),
    "as_of": mark("as of"),
    "sealed": mark("seal of the entries before"),
    "from": mark("version before"),
    "to": mark("version now"),
    "audits": mark("kept audits"),
    "rulebooks": mark("kept rules"),
    "rule_files": mark("kept rule files"),
    "notices": mark("kept notices"),
    "new": mark("new"),
    "changed": mark("corrected"),
    "voided": mark("voided"),
    "unchanged": mark("unchanged"),
}
"""What an entry's facts and the counts of its rows are called."""


MOST_TOLD = 20
"""So much of what is broken is told one by one: one change may break every entry behind it."""


def broken_problems(broken: Sequence[Broken]) -> list[Problem]:
    """What is wrong, each with its place, and how much more there is."""
    found = [broken_problem(one) for one in broken[:MOST_TOLD]]
    if len(broken) > MOST_TOLD:
        told = said("more_is_broken", count=len(broken) - MOST_TOLD)
        # Behind all the others, whatever entries they are of.
        found.append(Problem(Place("verify"), told, said("json_tells_all")))
    return found


def broken_problem(broken: Broken) -> Problem:
    """What is wrong at an entry, and what to do."""
    entry, told = broken.entry, _rows_in_words(broken.told)
    table, column, row = table_term(broken.table), bare(broken.column), bare(broken.row)
    if broken.fault is Fault.SHAPE:
        return _shape_problem(broken)
    faults = {
        Fault.CELL: said("cell_is_no_text", column=column, row=row),
        Fault.NUMBER: said("entry_before_is_missing", entry=entry, number=bare(broken.told)),
        Fault.PREVIOUS: said("entry_does_not_follow", entry=entry),
        Fault.HASH: said("entry_changed", entry=entry),
        Fault.CONTENT: said("rows_of_entry_changed", entry=entry, rows=told),
        Fault.MADE: said("first_facts_changed", fact=shown(broken.told)),
        Fault.SEAL: said("rows_before_seal_changed", entry=entry),
        Fault.STRAY: said("rows_without_entry", entry=entry, rows=told),
        Fault.MOVED: said("row_was_moved", table=table, row=row, entry=entry),
        Fault.COLUMNS: said("counting_columns_wrong", activity=shown(broken.told), entry=entry),
        Fault.DICTIONARY: said("counting_list_wrong"),
    }
    rebuilt = broken.fault in (Fault.COLUMNS, Fault.DICTIONARY)
    hint = said("verify_rebuilds") if rebuilt else said("journal_shows_entry")
    if not entry and not rebuilt:
        hint = said("use_last_backup")
    return Problem(Place(broken.table or "journal", entry), faults[broken.fault], hint)


def _rows_in_words(told: str) -> Value:
    """The tables of an entry with their numbers of rows, by what the reader calls them."""
    return clauses(_rows_of(*one.rpartition(" ")[::2]) for one in told.split(", ") if one)


def _rows_of(name: str, count: str) -> Said:
    table = name.removesuffix(" void")
    if table != name:
        return said("voids_of_table", table=table_term(table), count=bare(count))
    return said("rows_of_table", table=table_term(table), count=bare(count))


def _shape_problem(broken: Broken) -> Problem:
    table, name = bare(broken.table), shown(broken.column)
    shapes = {
        TableFault.NO_TABLE: said("table_is_gone"),
        TableFault.NO_COLUMN: said("column_is_gone", column=name),
        TableFault.NO_INDEX: said("index_is_gone", index=name),
        TableFault.MORE_TABLE: said("table_is_not_ours"),
        TableFault.MORE_COLUMN: said("column_is_not_ours", column=name),
        TableFault.TRIGGER: said("trigger_is_not_ours", trigger=name),
    }
    shape = TableFault(broken.told)
    extra = shape in (TableFault.MORE_TABLE, TableFault.MORE_COLUMN, TableFault.TRIGGER)
    hint = said("take_out_of_store") if extra else said("use_last_backup")
    return Problem(Place(shown(table.text)), shapes[shape], hint)


def entry_lines(entry: JournalEntry, lang: Lang) -> list[str]:
    """The entry in one line, then its counts and hash."""
    say = translator(lang)
    act = say(ACTS[entry.act]) if entry.act in ACTS else entry.act
    # Somebody may have written anything into the store: it is told as it stands.
    parts = [f"{entry.entry:>6}", shown(str(entry.moment))[:19], str(act), str(entry.who or "—")]
    if entry.source not in (entry.act, ""):
        parts.append(str(entry.source))
    if entry.why:
        parts.append(str(entry.why))
    return ["  ".join(parts), *_counts(entry.facts(), lang), f"        {entry.hash}"]


def _counts(counts: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    say = translator(lang)

    def called(name: str) -> str:
        return say(FACTS[name]) if name in FACTS else in_words(table_term(name), lang)

    for name, told in counts.items():
        words = (
            " ".join(f"{called(key)} {value}" for key, value in told.items())
            if isinstance(told, dict)
            else str(told)
        )
        yield f"        {called(name)}: {words}"


def change_lines(changes: Iterable[RowChange], lang: Lang) -> Iterable[str]:
    """Each change in a line for what it is, and one for each cell that differs."""
    say = translator(lang)
    for change in changes:
        key = ", ".join(change.key)
        table = in_words(table_term(change.table), lang)
        if change.void is not None:
            at, by, why = change.void
            text = say("{table} {key}: void from {day}, by {who}: {why}")
            yield text.format(table=table, key=key, day=at[:10], who=by or "—", why=why or "—")
            continue
        text = say("{table} {key}: corrected") if change.before else say("{table} {key}: new")
        yield text.format(table=table, key=key)
        for column in dict.fromkeys((*change.before, *change.after)):
            was, now_is = change.before.get(column), change.after.get(column)
            if was == now_is:
                continue
            told = f"{was or '—'} → {now_is or '—'}" if change.before else now_is
            yield f"    {in_words(column_term(change.table, column), lang)}: {told}"
