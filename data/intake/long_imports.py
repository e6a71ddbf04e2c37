"""Taking in a table of activities that is too long to be held whole: in parts, one transaction.

What holds for a short table holds here: every problem of all parts is told at once, and nothing is
changed where there is any. What was written before the first problem is undone with the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from data.import_columns import TABLES
from data.intake.act_checks import ActChecks
from data.intake.checks import (
    Progress,
    Register,
    build_world,
    check_part,
    check_world,
    world_of_part,
)
from data.intake.long_sheets import LongSheet
from data.intake.parsing import parse
from data.intake.prepared import (
    Finishing,
    ImportReport,
    Taking,
    check_odd_days,
    examples_in,
    first_day_after,
    merged_with,
    put_ids,
    silent,
)
from data.intake.sources import ImportSource
from data.intake.versions import Merged, merge
from data.intake.writing import ActWriter, write
from data.name_book import NameBook
from data.store.backdating import newest_day
from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.standing import stored_versions
from data.store.tables import sql_table
from data.words import Words
from problems import BadInput, Gathered, Problem


def import_long(
    store: Store,
    act: JournalAct,
    source: ImportSource,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool,
    progress: Progress | None,
    finishing: Finishing | None,
    asked: Taking,
) -> ImportReport:
    """Imports a source whose activities come in parts. Raises BadInput with every problem."""
    assert source.long is not None
    problems: list[Problem] = Gathered(source.problems)
    tell = progress or silent
    parsed = {sheet.table.name: parse(sheet, doing.now, problems) for sheet in source.sheets}
    total = sum(len(one.values) for one in parsed.values()) + source.long.count
    tell(0, total, "")
    with store.writing() as connection:
        first_day = first_day_after(connection, parsed) if recorded_as_dated else None
        stored, merged = merged_with(connection, parsed, doing.now, first_day, words, problems)
        if not asked.odd_days:
            check_odd_days(merged, doing.now.date(), problems)
        world = build_world(merged, stored, source.unread)
        check_world(world, words, problems)
        day = newest_day(connection)
        long = _Long(connection, act, source, doing, first_day, words, problems, day, asked)
        checks = ActChecks(world, stored, words, problems)
        long.take(source.long, world, checks, merged, (tell, total))
        if problems:
            raise BadInput(problems)
        counts = {
            name: dict(long.counts) if name == "activities" else merged[name].counts()
            for name in TABLES
            if name == "activities" or name in merged
        }
        writing = long.writing
        if writing is not None:
            writing.finish(counts)
        if finishing:
            finishing(connection)
        tell(total, total, "")
    return ImportReport(
        source.name,
        source.sha256,
        counts,
        writing.entry if writing is not None else None,
        examples_in(merged) + long.examples,
        back_dated=long.back_dated
        + (sum(one.dated_before(day) for one in merged.values()) if day else 0),
        manners=checks.manners(),
        remarks=(*source.remarks, *long.remarks),
    )


@dataclass
class _Long:
    """What the parts share. `writing` is there from the first change on."""

    connection: Connection
    act: JournalAct
    source: ImportSource
    doing: Doing
    first_day: str | None
    words: Words
    problems: list[Problem]
    newest_day: str | None
    asked: Taking
    writing: Writing | None = None
    back_dated: int = 0
    examples: int = 0
    remarks: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(
        default_factory=lambda: Counter(new=0, changed=0, voided=0, unchanged=0)
    )

    def take(
        self,
        long: LongSheet,
        world: Register,
        checks: ActChecks,
        merged: dict[str, Merged],
        telling: tuple[Progress, int],
    ) -> None:
        """Checks and writes all tables, those before the activities first. After the first problem
        nothing more is written, only checked.
        """
        connection, problems = self.connection, self.problems
        acts = sql_table("activities")
        is_first = connection.execute(select(acts.c.row_id).limit(1)).first() is None
        names = list(TABLES)
        before = names[: names.index("activities")]
        if not problems:
            self._write([name for name in before if name in merged], merged)
        writer: ActWriter | None = None
        called = NameBook(world.rows)
        for sheet in long.parts(problems):
            self.examples += sheet.examples
            self.remarks += sheet.remarks
            rows = parse(sheet, self.doing.now, problems)
            put_ids(rows, called, self.words)
            keys = [] if is_first else [key[0] for key in rows.keys if key is not None]
            existing = stored_versions(connection, TABLES["activities"], keys) if keys else {}
            part = merge(rows, existing, self.doing.now, self.first_day, problems)
            if not self.asked.odd_days:
                check_odd_days({"activities": part}, self.doing.now.date(), problems)
            here = world_of_part(world, part)
            check_part(here, self.words, problems)
            checks.part(here)
            self.counts.update(part.counts())
            self.back_dated += part.dated_before(self.newest_day) if self.newest_day else 0
            if problems or not (part.fresh or part.voidings):
                continue
            if writer is None:
                tell, total = telling
                writer = ActWriter(connection, self._entry(), (tell, 0, total))
            writer.write(part)
        if writer is not None and not problems:
            writer.finish()
        checks.finish(connection, long.has)
        if not problems:
            self._write([name for name in names if name not in before and name in merged], merged)

    def _entry(self) -> Writing:
        if self.writing is None:
            source = self.source
            self.writing = Writing(
                self.connection, self.act, source.name, source.sha256, self.doing
            )
        return self.writing

    def _write(self, names: list[str], merged: dict[str, Merged]) -> None:
        for name in names:
            if merged[name].fresh or merged[name].voidings:
                write(self.connection, name, merged[name], self._entry())
