"""Verdicts as columns: the same obligations of many holders who stand alike, and their states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING, Any

from engine.calendar.periods import Period
from engine.counting.apart import Apart
from engine.counting.eligible import SoleHolder
from engine.judging.audit import is_arrear, is_in_span, summarise_by
from engine.judging.closing import closes_for_good
from engine.judging.obligations import Obligation
from engine.judging.verdict import NOTHING_COUNTED, RATED, State, Summary, Verdict
from engine.judging.world import World

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[Any]]

STATES = tuple(State)
_OVERDUE = STATES.index(State.OVERDUE)


@dataclass(frozen=True)
class VerdictColumn:
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

    @property
    def overdue(self) -> Ints:
        """The places in the block of the holders in whose case it is overdue."""
        import numpy as np

        return np.flatnonzero(self.state == _OVERDUE)


@dataclass(frozen=True)
class Block:
    """The verdicts of one duty on holders who stand alike: `rows` are theirs in the roster."""

    duty: str
    rows: Ints
    columns: tuple[VerdictColumn, ...]

    def id_of(self, column: VerdictColumn, lone: SoleHolder) -> str:
        """The id of a holder's verdict in a column: `DUTY@HOLDER@LABEL`."""
        return f"{self.duty}@{key_of(lone)}@{column.one.stretch.label}"


Cells = Sequence[tuple[Block, VerdictColumn]]


@dataclass(frozen=True)
class FastAudit:
    """An audit in columns: what was counted, and the verdicts that were judged one by one.

    `world` has the register and no acts; `apart` judges whom a page lists once more. Where `unit`
    or `document` is told, it is of that unit and those below it, and of that document's duties.
    """

    world: World
    span: Period
    lone: tuple[SoleHolder, ...]
    blocks: tuple[Block, ...]
    exact: tuple[Verdict, ...]
    apart: Apart
    unit: str | None = None
    document: str | None = None

    @cached_property
    def in_span(self) -> Cells:
        """The columns whose day lies in the span."""
        return [
            (block, column)
            for block, column in self._columns()
            if column.one.stretch.due is not None and column.one.stretch.due in self.span
        ]

    def _columns(self) -> Iterator[tuple[Block, VerdictColumn]]:
        return ((block, column) for block in self.blocks for column in block.columns)

    @cached_property
    def exact_in_span(self) -> tuple[Verdict, ...]:
        """The verdicts judged one by one whose day lies in the span."""
        return tuple(verdict for verdict in self.exact if is_in_span(verdict, self.span))

    @cached_property
    def exact_arrears(self) -> tuple[Verdict, ...]:
        """Those of them that are still overdue from before the span."""
        return tuple(verdict for verdict in self.exact if is_arrear(verdict, self.span))

    @cached_property
    def summary(self) -> Summary:
        """Counts and rates over the span, as `engine.judging.audit.summarise` gives them."""
        return reduce(add, self.by_duty.values(), NOTHING_COUNTED)

    @cached_property
    def by_duty(self) -> Mapping[str, Summary]:
        """Counts and rates over the span of each duty."""
        import numpy as np

        counts: dict[str, _Counts] = defaultdict(lambda: _Counts(1))
        for block, column in self.in_span:
            all_one = np.zeros(len(block.rows), dtype=np.int64)
            counts[block.duty].add(all_one, column, self._is_due(column))
        counted = {duty: own.summaries()[0] for duty, own in counts.items()}
        return merged(counted, summarise_by(self.exact_in_span, lambda one: one.duty.id))

    def by_holder(
        self, of_lone: Callable[[SoleHolder], str], of_verdict: Callable[[Verdict], str]
    ) -> Mapping[str, Summary]:
        """Counts and rates over the span of each group of holders (a unit, a post's class)."""
        import numpy as np

        numbers: dict[str, int] = {}
        groups = np.array(
            [numbers.setdefault(of_lone(lone), len(numbers)) for lone in self.lone], dtype=np.int64
        )
        counts = _Counts(len(numbers))
        for block, column in self.in_span:
            counts.add(groups[block.rows], column, self._is_due(column))
        counted = dict(zip(numbers, counts.summaries(), strict=True))
        asked = {name: one for name, one in counted.items() if one != NOTHING_COUNTED}
        return merged(asked, summarise_by(self.exact_in_span, of_verdict))

    def _is_due(self, column: VerdictColumn) -> bool:
        deadline = column.one.deadline
        return deadline is not None and self.world.as_of > deadline

    @cached_property
    def arrears(self) -> tuple[Cells, Cells]:
        """The columns whose day lies before the span, by what is overdue in them: where it can
        still be made up, and where that is past.
        """
        found: tuple[list[tuple[Block, VerdictColumn]], list[tuple[Block, VerdictColumn]]] = (
            [],
            [],
        )
        for block, column in self._columns():
            one = column.one
            if one.stretch.due is not None and one.stretch.due < self.span.first:
                closed = self.world.as_of > closes_for_good(self.world, one)
                found[closed].append((block, column))
        return found

    @cached_property
    def first_id(self) -> str | None:
        """The first of all ids of the span; None where it has no verdicts."""
        ids = [verdict.id for verdict in self.exact_in_span]
        firsts: dict[int, SoleHolder] = {}
        for block, column in self.in_span:
            if id(block) not in firsts:
                # With the `@` behind them keys sort as whole ids do.
                holders = (self.lone[row] for row in block.rows.tolist())
                firsts[id(block)] = min(holders, key=lambda lone: f"{key_of(lone)}@")
            ids.append(block.id_of(column, firsts[id(block)]))
        return min(ids, default=None)


class _Counts:
    """The states of columns and what is short in them, added up by the number of a group; `lacking`
    in whole numbers of each fraction that required amounts have.
    """

    def __init__(self, size: int) -> None:
        import numpy as np

        self.states = np.zeros((size, len(STATES)), dtype=np.int64)
        self.rated = np.zeros((size, len(STATES)), dtype=np.int64)
        self.lacking: dict[int, Ints] = defaultdict(lambda: np.zeros(size, dtype=np.int64))

    def add(self, groups: Ints, column: VerdictColumn, is_due: bool) -> None:
        """Counts a column whose holders are of these groups."""
        import numpy as np

        acts, (size, _) = len(column.states), self.states.shape
        code = groups * acts + np.minimum(column.done, acts - 1)
        told = np.bincount(code, minlength=size * acts).reshape(size, acts)
        for done, state in enumerate(column.states):
            self.states[:, STATES.index(state)] += told[:, done]
            if is_due:
                self.rated[:, STATES.index(state)] += told[:, done]
                short = column.one.required - done
                if short > 0:
                    self.lacking[short.denominator] += told[:, done] * short.numerator

    def summaries(self) -> list[Summary]:
        """One for each group, by its number."""
        short = [
            sum(
                (Fraction(int(some[at]), parts) for parts, some in self.lacking.items()), Fraction()
            )
            for at in range(len(self.states))
        ]
        return [
            Summary(
                Counter({state: n for state, n in zip(STATES, every, strict=True) if n}),
                Counter({s: n for s, n in zip(STATES, due, strict=True) if n and s in RATED}),
                lack,
            )
            for every, due, lack in zip(
                self.states.tolist(), self.rated.tolist(), short, strict=True
            )
        ]


def merged(*parts: Mapping[str, Summary]) -> dict[str, Summary]:
    """The summaries of all parts, those of one name added up."""
    found: dict[str, Summary] = {}
    for part in parts:
        for name, one in part.items():
            found[name] = found.get(name, NOTHING_COUNTED) + one
    return found


def key_of(lone: SoleHolder) -> str:
    """HOLDER in the ids of a lone holder's obligations."""
    return lone.holder if lone.person is None else f"{lone.holder}/{lone.person}"
