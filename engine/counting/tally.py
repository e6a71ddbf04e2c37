"""How many acts each holder did of each sort in each stretch of days: the counting of the mass.

Batches of narrow integer columns come in, dense cells come out; nothing here knows a duty or a
date. What the cells are cut by is said by `TallyAxes`. Source: ENGINE, section 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[Any]]
    Columns = tuple[Ints, Ints, Ints, Ints]


@dataclass(frozen=True)
class TallyAxes:
    """What one array of cells is cut by.

    `row_of_holder` and `group_of_class` are by number, -1 for what is not counted here; `cuts` are
    the first days of the stretches, in order, with the day after the last one at the end.
    """

    row_of_holder: Ints
    group_of_class: Ints
    cuts: tuple[int, ...]
    rows: int
    groups: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """Groups, stretches, rows: the order in which a stream sorted by day writes best."""
        return self.groups, len(self.cuts) - 1, self.rows

    @property
    def size(self) -> int:
        """The number of cells."""
        groups, stretches, rows = self.shape
        return groups * stretches * rows


@dataclass(frozen=True)
class Tally:
    """`cells[group, stretch, row]` of each grid; `unusual` tells the holders, by number, that have
    a standing act with one of the flags asked about.
    """

    cells: tuple[Ints, ...]
    unusual: Ints


class _Saturated(Exception):
    """Raised where a count is too large for the integer type of its cell."""


def tally(
    read: Callable[[], Iterable[Columns]],
    grids: Sequence[TallyAxes],
    *,
    first: int,
    last: int,
    dead: int,
    unusual: int,
) -> Tally:
    """Counts the standing acts of the days `first`..`last` into the cells of every grid.

    `read` gives the batches and may be called again: cells begin as bytes, and are counted anew in
    a wider type where one of them ran over. Acts with a flag of `dead` don't count; those with a
    flag of `unusual` mark their holder.
    """
    import numpy as np

    for kind in (np.uint8, np.uint16, np.uint32):
        try:
            return _counted(read(), grids, (first, last), dead, unusual, kind)
        except _Saturated:
            continue
    raise OverflowError("one holder has more acts than can be counted")


def _counted(
    batches: Iterable[Columns],
    grids: Sequence[TallyAxes],
    reach: tuple[int, int],
    dead: int,
    unusual: int,
    kind: Any,
) -> Tally:
    import numpy as np

    first, last = reach
    holders = max((len(grid.row_of_holder) for grid in grids), default=0)
    marked = np.zeros(holders, dtype=bool)
    offsets = [_offsets(grid, first, last) for grid in grids]
    cells = [np.zeros(grid.size + 1, dtype=kind) for grid in grids]
    counted = [0] * len(grids)
    one = kind(1)
    for holder, act_class, day, flags in batches:
        if (flags & (dead | unusual)).any():
            standing = (flags & dead) == 0
            holder, act_class, day = holder[standing], act_class[standing], day[standing]
            marked[holder[(flags[standing] & unusual) != 0]] = True
        since = day - first
        for at, (grid, (by_holder, by_class, by_day)) in enumerate(
            zip(grids, offsets, strict=True)
        ):
            code = by_holder[holder]
            code += by_class[act_class]
            code += by_day[since]
            # What is not counted lies past the end; all of it goes to the one spare cell.
            np.minimum(code, grid.size, out=code)
            np.add.at(cells[at], code, one)
            counted[at] += int(np.count_nonzero(code < grid.size))
    for grid, made, total in zip(grids, cells, counted, strict=True):
        # A count that was too large has wrapped around, so the sum of all cells comes out less.
        if int(made[: grid.size].sum(dtype=np.int64)) != total:
            raise _Saturated
    shaped = tuple(
        made[: grid.size].reshape(grid.shape) for grid, made in zip(grids, cells, strict=True)
    )
    return Tally(shaped, marked)


def _offsets(grid: TallyAxes, first: int, last: int) -> tuple[Ints, Ints, Ints]:
    """What a holder, a class and a day each add to the number of a cell."""
    import numpy as np

    _, stretches, rows = grid.shape
    days = np.arange(first, last + 1, dtype=np.int64)
    stretch = np.searchsorted(np.array(grid.cuts, dtype=np.int64), days, side="right") - 1
    stretch[stretch >= stretches] = -1

    def premultiplied(numbers: Ints, step: int) -> Ints:
        wide = numbers.astype(np.int64)
        return np.where(wide < 0, grid.size, wide * step)

    return (
        premultiplied(grid.row_of_holder, 1),
        premultiplied(grid.group_of_class, stretches * rows),
        premultiplied(stretch, rows),
    )


def grouped_classes(accepted: Ints) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    """Classes that the same duties accept are one group: the group of each class (-1: accepted by
    none), and the groups that each duty accepts. `accepted[duty, class]` is boolean.
    """
    import numpy as np

    columns = [tuple(column) for column in accepted.T.tolist()]
    groups: dict[tuple[bool, ...], int] = {}
    for column in columns:
        if any(column):
            groups.setdefault(column, len(groups))
    group_of_class = np.array([groups.get(column, -1) for column in columns], dtype=np.int64)
    by_duty = tuple(
        tuple(number for column, number in groups.items() if column[duty])
        for duty in range(accepted.shape[0])
    )
    return group_of_class, by_duty


def summed(cells: Ints, groups: Sequence[int], stretches: Sequence[tuple[int, int]]) -> Ints:
    """The acts of each row: the sum over these groups and these runs of stretches (end left out).

    A sum of several cells is as wide as it may have to be.
    """
    import numpy as np

    parts = [(group, run) for group in groups for run in stretches if run[0] < run[1]]
    if not parts:
        return np.zeros(cells.shape[2], dtype=np.uint8)
    if len(parts) == 1 and parts[0][1][1] - parts[0][1][0] == 1:
        group, (low, _) = parts[0]
        only: Ints = cells[group, low]
        return only
    made: Ints = np.zeros(cells.shape[2], dtype=np.uint32)
    for group, (low, high) in parts:
        for at in range(low, high):
            made += cells[group, at]
    return made.astype(np.uint16) if made.size and made.max() < 1 << 16 else made
