"""Verdicts as columns: the same obligations of many holders who stand alike, and their states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zlib import crc32

from engine.audit import is_in_span, summarise
from engine.obligations import Obligation
from engine.paths import Lone
from engine.periods import Period
from engine.verdict import State, Summary, Verdict

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[Any]]

STATES = tuple(State)
MASK = (1 << 64) - 1
_STATE, _REQUIRED, _DONE = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
_OF_REQUIRED, _OF_DONE = 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63


@dataclass(frozen=True)
class Line:
    """One verdict of a block: what is needed to print it."""

    duty: str
    holder: str
    unit: str
    label: str
    due: date | None
    required: Fraction
    done: Fraction
    state: State
    days_overdue: int | None

    @property
    def id(self) -> str:
        """`DUTY@HOLDER@LABEL`."""
        return f"{self.duty}@{self.holder}@{self.label}"


@dataclass(frozen=True)
class Column:
    """One obligation of all holders of a block. `states[n]` is the state after n acts."""

    one: Obligation
    states: tuple[State, ...]
    done: Ints

    @cached_property
    def state(self) -> Ints:
        """The state of each holder, as a place in STATES."""
        import numpy as np

        table = np.array([STATES.index(state) for state in self.states], dtype=np.uint8)
        return table[np.minimum(self.done, len(self.states) - 1)]

    def counts(self) -> Counter[State]:
        """How many holders are in each state."""
        import numpy as np

        after = np.bincount(np.minimum(self.done, len(self.states) - 1), minlength=len(self.states))
        found: Counter[State] = Counter()
        for state, number in zip(self.states, after.tolist(), strict=True):
            if number:
                found[state] += number
        return found


@dataclass(frozen=True)
class Block:
    """The verdicts of one duty on holders who stand alike: `rows` are theirs in the roster."""

    duty: str
    rows: Ints
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class FastAudit:
    """An audit in columns: what was counted, and the verdicts that were judged one by one."""

    as_of: date
    span: Period
    lone: tuple[Lone, ...]
    blocks: tuple[Block, ...]
    exact: tuple[Verdict, ...]

    def in_span(self) -> Iterator[tuple[Block, Column]]:
        """The columns whose day lies in the span."""
        for block in self.blocks:
            for column in block.columns:
                if column.one.stretch.due is not None and column.one.stretch.due in self.span:
                    yield block, column

    @cached_property
    def exact_in_span(self) -> tuple[Verdict, ...]:
        """The verdicts judged one by one whose day lies in the span."""
        return tuple(verdict for verdict in self.exact if is_in_span(verdict, self.span))

    @cached_property
    def verdicts(self) -> int:
        """How many verdicts the span has."""
        return len(self.exact_in_span) + sum(len(block.rows) for block, _ in self.in_span())

    @cached_property
    def summary(self) -> Summary:
        """Counts and rates over the span, as `engine.audit.summarise` gives them."""
        judged = summarise(self.exact_in_span)
        states = Counter(judged.states)
        due = Counter(one.state for one in self.exact_in_span if one.is_due)
        for _, column in self.in_span():
            counted = column.counts()
            states.update(counted)
            if column.one.deadline is not None and self.as_of > column.one.deadline:
                due.update({state: n for state, n in counted.items() if state in _IN_RATES})
        return _summary({state: states[state] for state in State}, due)

    @cached_property
    def arrears(self) -> int:
        """How many verdicts from before the span are still overdue."""
        judged = sum(
            verdict.state is State.OVERDUE
            and verdict.due_unmoved is not None
            and verdict.due_unmoved < self.span.first
            for verdict in self.exact
        )
        return judged + sum(
            column.counts()[State.OVERDUE]
            for block in self.blocks
            for column in block.columns
            if column.one.stretch.due is not None and column.one.stretch.due < self.span.first
        )

    def counts_by(self, group: Callable[[Lone, str], str]) -> dict[str, Counter[State]]:
        """The states of the counted verdicts of the span, by what `group` makes of a holder and a
        duty (a unit, a duty, a post's class).
        """
        import numpy as np

        found: dict[str, Counter[State]] = {}
        for block, column in self.in_span():
            names: dict[str, int] = {}
            numbers = np.array(
                [
                    names.setdefault(group(self.lone[row], block.duty), len(names))
                    for row in block.rows.tolist()
                ],
                dtype=np.int64,
            )
            table = np.bincount(
                numbers * len(STATES) + column.state, minlength=len(names) * len(STATES)
            )
            for name, counts in zip(names, table.reshape(-1, len(STATES)).tolist(), strict=True):
                found.setdefault(name, Counter()).update(
                    {state: n for state, n in zip(STATES, counts, strict=True) if n}
                )
        return found

    def lines(self, wanted: Callable[[State], bool]) -> Iterator[Line]:
        """The counted verdicts of the span in a wanted state, in the order of duty and day."""
        import numpy as np

        for block, column in self.in_span():
            codes = [at for at, state in enumerate(STATES) if wanted(state)]
            for at in np.flatnonzero(np.isin(column.state, codes)).tolist():
                yield self._line(block, column, at)

    def _line(self, block: Block, column: Column, at: int) -> Line:
        lone, one = self.lone[int(block.rows[at])], column.one
        state = STATES[int(column.state[at])]
        overdue = None
        if state is State.OVERDUE and one.deadline is not None:
            overdue = (self.as_of - one.deadline).days
        return Line(
            duty=block.duty,
            holder=key_of(lone),
            unit=lone.unit,
            label=one.stretch.label,
            due=one.due,
            required=one.required,
            done=Fraction(int(column.done[at])),
            state=state,
            days_overdue=overdue,
        )

    @cached_property
    def checksum(self) -> int:
        """`checksum_of` all verdicts of the span, without making them."""
        import numpy as np

        total = checksum_of(self.exact_in_span)
        names = [crc32(key_of(lone).encode()) for lone in self.lone]
        weights = _mixed_all(np.array(names, dtype=np.uint64)) | np.uint64(1)
        for block, column in self.in_span():
            one = column.one
            own = weights[block.rows]
            table = np.array(
                [value_of(one.required, STATES.index(x), 0) & MASK for x in column.states],
                dtype=np.uint64,
            )
            values = table[np.minimum(column.done, len(table) - 1)]
            values += column.done.astype(np.uint64) * np.uint64(_DONE)
            values *= own
            part = int(values.sum(dtype=np.uint64))
            total += part * weight_of_period(block.duty, one.stretch.period)
        return total & MASK


_IN_RATES = (State.MET, State.MADE_UP, State.OVERDUE, State.EXCEEDED)


def _summary(states: dict[State, int], due: Counter[State]) -> Summary:
    total = sum(due[state] for state in _IN_RATES)
    if not total:
        return Summary(0, states, None, None)
    met, made_up = due[State.MET], due[State.MADE_UP]
    return Summary(total, states, Fraction(met, total), Fraction(met + made_up, total))


def key_of(lone: Lone) -> str:
    """HOLDER in the ids of a lone holder's obligations."""
    return lone.holder if lone.person is None else f"{lone.holder}/{lone.person}"


def value_of(required: Fraction | int, state: int, done: Fraction | int) -> int:
    """What a verdict's numbers bring to a checksum; `state` is a place in STATES."""
    return (
        1
        + _REQUIRED * required.numerator
        + _OF_REQUIRED * required.denominator
        + _STATE * (1 + state)
        + _DONE * done.numerator
        + _OF_DONE * done.denominator
    )


def weight_of(name: str) -> int:
    """An odd number of 64 bits that stands for a name in a checksum."""
    return _mixed(crc32(name.encode())) | 1


def weight_of_period(duty: str, period: Period) -> int:
    """The same of a duty and the days of a period."""
    days = period.first.toordinal() * 4_000_037 + period.last.toordinal()
    return _mixed(_mixed(crc32(duty.encode())) + days) | 1


def _mixed(number: int) -> int:
    """A number of 64 bits well stirred (the finish of splitmix64)."""
    number = (number + _STATE) & MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


def _mixed_all(numbers: Ints) -> Ints:
    """`_mixed` of many."""
    import numpy as np

    numbers = numbers + np.uint64(_STATE)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Ints = numbers ^ (numbers >> np.uint64(31))
    return mixed


def checksum_of(verdicts: Iterable[Verdict]) -> int:
    """A number that changes with any verdict's state, required, done, holder, duty or period.

    A sum, so the order of the verdicts does not matter.
    """
    total = 0
    for one in verdicts:
        duty, holder, _ = one.id.split("@")
        value = value_of(one.required, STATES.index(one.state), one.done)
        total += value * weight_of(holder) * weight_of_period(duty, one.period)
    return total & MASK
