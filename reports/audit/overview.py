"""What the page of an audit on a terminal tells, whatever the size of the store.

Made from the verdicts of everybody, or from columns that count them; of what columns do not know,
the flags, just the verdicts that are listed are judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import TYPE_CHECKING

from engine.calendar.periods import Period
from engine.counting.eligible import counts_plainly
from engine.judging.audit import is_arrear, is_in_span, vacancies
from engine.judging.verdict import Audit, State, Summary, Vacancy, Verdict, VerdictFlag
from reports.audit.statistics import (
    Counted,
    counted_by_class,
    counted_by_duty,
    counted_by_unit,
    duties_of,
    line_of,
    overdue_together,
)
from reports.names import Names
from rules.duty import Duty
from rules.rulebook import Hashes

if TYPE_CHECKING:
    from engine.counting.verdict_columns import Block, Cells, FastAudit, Ints, VerdictColumn

MOST_LINES = 30
"""How many lines of what is overdue are listed; the rest are counted."""


@dataclass(frozen=True)
class Listed:
    """What is overdue, the longest first: the verdicts of each line that is listed, and how many
    there are with those that are not.
    """

    lines: tuple[tuple[Verdict, ...], ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not listed."""
        return self.total - sum(map(len, self.lines))


@dataclass(frozen=True)
class Overview:
    """One audit. `arrears` are those that can still be made up, `closed` counts the others;
    `by_class` has the classes of groups joined, and "" for units themselves; `duties` are those of
    `by_duty`. `example` is an id to ask `why` about: of the worst, else the first of all.
    """

    as_of: date
    known_on: date | None
    records_from: date
    span: Period
    hashes: Hashes
    summary: Summary
    by_unit: Counted
    by_class: Counted
    by_duty: Counted
    duties: Mapping[str, Duty]
    overdue: Listed
    arrears: Listed
    closed: int
    vacancies: tuple[Vacancy, ...]
    example: str | None

    @property
    def to_be_ruled(self) -> int:
        """How many duties wait for a ruling."""
        return sum(one.states[State.TO_BE_RULED] > 0 for one in self.by_duty.values())


def overview_of(audit: Audit, names: Names, most: int = MOST_LINES) -> Overview:
    """The overview of an audit that has every verdict."""
    alive = _alive(audit.arrears)
    overdue = Listed(_lines(audit.verdicts, names, most), audit.summary.states[State.OVERDUE])
    arrears = Listed(_lines(alive, names, most), len(alive))
    return Overview(
        as_of=audit.as_of,
        known_on=audit.known_on,
        records_from=audit.records_from,
        span=audit.span,
        hashes=audit.hashes,
        summary=audit.summary,
        by_unit=counted_by_unit(audit.verdicts),
        by_class=counted_by_class(audit.verdicts, names),
        by_duty=counted_by_duty(audit.verdicts),
        duties=duties_of(audit.verdicts),
        overdue=overdue,
        arrears=arrears,
        closed=len(audit.arrears) - len(alive),
        vacancies=audit.vacancies,
        example=_worst(overdue, arrears) or next((one.id for one in audit.verdicts), None),
    )


def _worst(overdue: Listed, arrears: Listed) -> str | None:
    lines = overdue.lines or arrears.lines
    return lines[0][0].id if lines else None


def overview_from_columns(counted: FastAudit, names: Names, most: int = MOST_LINES) -> Overview:
    """The overview of an audit whose verdicts were counted in columns."""
    world, span = counted.world, counted.span
    duties = {duty.id: duty for duty in world.rulebook.duties}
    can_be_made_up, closed = counted.arrears
    late, alive = counted.exact_in_span, _alive(counted.exact_arrears)
    places = _places(counted, names)
    listed = {
        pair
        for cells in (counted.in_span, can_be_made_up)
        for pair in _first_lines(counted, cells, places, most)
    } | {
        (one.duty.id, one.post or one.unit)
        for verdicts in (late, alive)
        for one, *_ in overdue_together(verdicts, names)[:most]
        if counts_plainly(one.duty)
    }
    again = counted.apart.again(listed)
    overdue = Listed(
        _lines([*late, *(one for one in again if is_in_span(one, span))], names, most),
        counted.summary.states[State.OVERDUE],
    )
    arrears = Listed(
        _lines([*alive, *_alive(one for one in again if is_arrear(one, span))], names, most),
        len(alive) + sum(len(column.overdue) for _, column in can_be_made_up),
    )
    by_duty = counted.by_duty
    return Overview(
        as_of=world.as_of,
        known_on=None,
        records_from=world.records.records_from,
        span=span,
        hashes=world.rulebook.hashes,
        summary=counted.summary,
        by_unit=counted.by_holder(lambda lone: lone.unit, lambda one: one.unit),
        by_class=counted.by_holder(
            lambda lone: names.post_class(lone.holder if lone.person else None),
            names.post_classes,
        ),
        by_duty=by_duty,
        duties={key: duties[key] for key in by_duty},
        overdue=overdue,
        arrears=arrears,
        closed=len(counted.exact_arrears)
        - len(alive)
        + sum(len(column.overdue) for _, column in closed),
        vacancies=vacancies(world, span, unit=counted.unit, document=counted.document),
        example=_worst(overdue, arrears) or counted.first_id,
    )


def _alive(arrears: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that can still be made up."""
    return [one for one in arrears if VerdictFlag.CLOSED not in one.flags]


def _lines(verdicts: Iterable[Verdict], names: Names, most: int) -> tuple[tuple[Verdict, ...], ...]:
    """The first lines of what is overdue; of two verdicts of one id the later one is taken."""
    return tuple(overdue_together({one.id: one for one in verdicts}.values(), names)[:most])


def _places(counted: FastAudit, names: Names) -> Ints:
    """Where each row is listed: its place among all."""
    import numpy as np

    order = [names.place_of(x.unit, x.holder if x.person else None, x.person) for x in counted.lone]
    places = np.empty(len(order), dtype=np.int64)
    places[sorted(range(len(order)), key=order.__getitem__)] = np.arange(len(order))
    return places


def _first_lines(
    counted: FastAudit, cells: Cells, places: Ints, most: int
) -> Iterable[tuple[str, str]]:
    """The duties and holders of the first lines that tell what is overdue in these columns."""
    import numpy as np

    by_days: dict[int, list[tuple[Block, VerdictColumn]]] = defaultdict(list)
    for block, column in cells:
        if column.one.deadline is not None:
            by_days[(counted.world.as_of - column.one.deadline).days].append((block, column))
    found: dict[str, tuple[str, str]] = {}
    for days in sorted(by_days, reverse=True):
        here: dict[str, tuple[int, str, tuple[str, str]]] = {}
        for block, column in by_days[days]:
            one, rows = column.one, block.rows[column.overdue]
            # Twice as many as may be listed: at most so many of them have a line already.
            for row in rows[np.argsort(places[rows])][: 2 * most].tolist():
                lone = counted.lone[row]
                name = block.id_of(column, lone)
                line = line_of(name, one.stretch.event, one.stretch.period)
                told = int(places[row]), name, (block.duty, lone.holder)
                if line not in found:
                    here[line] = min(told, here.get(line, told))
        first = nsmallest(most - len(found), here.items(), key=lambda pair: pair[1])
        found |= {line: told[2] for line, told in first}
        if len(found) == most:
            break
    return found.values()
