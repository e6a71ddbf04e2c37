"""Counts, rates and places of verdicts by unit, post class or duty. Source: FORMATS, section 4."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.records import Activity
from engine.audit import summarise
from engine.verdict import State, Summary, Verdict
from reports.names import Names


@dataclass(frozen=True)
class Group:
    """The verdicts of one unit, class or duty, counted. `due`, `met` … are those in the rates."""

    key: str
    name: str
    obligations: int
    due: int
    met: int
    made_up: int
    overdue: int
    exceeded: int
    running: int
    shortfall: Fraction
    red: int
    yellow: int
    green: int
    rate: Fraction | None
    rate_done: Fraction | None

    @property
    def standing(self) -> tuple[Fraction, int, Fraction]:
        """What decides its place: rate falling, overdue rising, shortfall rising."""
        return -(self.rate if self.rate is not None else Fraction(-1)), self.overdue, self.shortfall


def group_of(key: str, name: str, verdicts: Sequence[Verdict]) -> Group:
    """The counts of some verdicts."""
    summary: Summary = summarise(verdicts)
    due = [verdict for verdict in verdicts if verdict.is_due]
    states: dict[State, int] = defaultdict(int)
    lights: dict[str, int] = defaultdict(int)
    for verdict in due:
        states[verdict.state] += 1
    for verdict in verdicts:
        lights[verdict.light] += 1
    asked = [v for v in verdicts if v.state not in (State.EXEMPT, State.TO_BE_RULED)]
    return Group(
        key=key,
        name=name,
        obligations=len(asked),
        due=summary.due,
        met=states[State.MET],
        made_up=states[State.MADE_UP],
        overdue=states[State.OVERDUE],
        exceeded=states[State.EXCEEDED],
        running=len(asked) - summary.due,
        shortfall=sum((verdict.shortfall for verdict in due), Fraction(0)),
        red=lights["red"],
        yellow=lights["yellow"],
        green=lights["green"],
        rate=summary.rate,
        rate_done=summary.rate_done,
    )


def grouped(
    verdicts: Iterable[Verdict],
    key: Callable[[Verdict], str],
    name: Callable[[str], str],
    order: Callable[[str], object] | None = None,
) -> list[Group]:
    """A group for each key, in the order of `order`, else in that of the keys."""
    by_key: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_key[key(verdict)].append(verdict)
    keys = sorted(by_key, key=order) if order else sorted(by_key)  # type: ignore[arg-type]
    return [group_of(one, name(one), by_key[one]) for one in keys]


def by_unit(verdicts: Iterable[Verdict], names: Names) -> list[Group]:
    """One group a unit, in the order of the tree."""
    places = names.unit_order
    return grouped(
        verdicts, lambda one: one.unit, names.unit, lambda unit: (places.get(unit, 10**9), unit)
    )


def by_post_class(verdicts: Iterable[Verdict], names: Names, of_units: str) -> list[Group]:
    """One group a post class, heads first; what units owe themselves goes under `of_units`."""
    places = names.class_order

    def place(name: str) -> tuple[int, str]:
        return places.get(name, 10**9 if name == of_units else 10**8), name

    return grouped(verdicts, lambda one: names.post_classes(one) or of_units, str, place)


def by_duty(verdicts: Iterable[Verdict]) -> list[Group]:
    """One group a duty (all its parts and measures together), the worst first.

    Duties of one title are told apart by their clauses.
    """
    listed = list(verdicts)
    duties = {verdict.duty.id: verdict.duty for verdict in listed}
    seen = Counter(duty.title for duty in duties.values())

    def name(key: str) -> str:
        duty = duties[key]
        return duty.title if seen[duty.title] == 1 else f"{duty.title}（{duty.clause}）"

    return sorted(grouped(listed, lambda one: one.duty.id, name), key=_worst_first)


def by_supervisor(verdicts: Iterable[Verdict]) -> list[Group]:
    """One group for each department that watches over duties, worked out from those who owe them.

    A duty that several departments watch stands under each. SEMANTICS, section 2, "joint".
    """
    watched: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for department in verdict.duty.holder.supervised_by:
            watched[department].append(verdict)
    return [group_of(name, name, watched[name]) for name in sorted(watched)]


def _worst_first(group: Group) -> tuple[bool, Fraction, int, str]:
    rate = group.rate if group.rate is not None else Fraction(0)
    return group.rate is None, rate, -group.overdue, group.key


def ranked(groups: Sequence[Group]) -> list[tuple[int | None, Group]]:
    """The groups by standing with their places; equals share one, nothing due has none.

    The order given decides between equals.
    """
    placed: list[tuple[int | None, Group]] = []
    with_rate = sorted((one for one in groups if one.rate is not None), key=lambda g: g.standing)
    for at, group in enumerate(with_rate):
        before = placed[-1] if placed else None
        same = before is not None and before[1].standing == group.standing
        placed.append((before[0] if before and same else at + 1, group))
    return placed + [(None, group) for group in groups if group.rate is None]


def overdue_first(verdicts: Iterable[Verdict], names: Names) -> list[Verdict]:
    """Those overdue, the longest first; equals in the order of units and posts."""
    late = [verdict for verdict in verdicts if verdict.state is State.OVERDUE]
    return sorted(late, key=lambda one: (-(one.days_overdue or 0), *names.order_of(one)))


SHORT_DAYS = 28
"""Periods of less than so many days are told together where several of them are overdue."""


def overdue_together(verdicts: Iterable[Verdict], names: Names) -> list[tuple[Verdict, ...]]:
    """Those overdue, the longest first: one group for each line of a list.

    Days, weeks and the like of one duty and holder stand together, in the order of their due
    days, where the first of them would stand; every longer period stands alone.
    """
    found: dict[str, list[Verdict]] = {}
    for one in overdue_first(verdicts, names):
        short = one.event is None and len(one.period) < SHORT_DAYS
        found.setdefault(one.id.rpartition("@")[0] if short else one.id, []).append(one)
    return [tuple(group) for group in found.values()]


def made_up_amount(verdict: Verdict, acts: Mapping[str, Activity]) -> Fraction:
    """How much of what counts came after the deadline.

    Where a limit by the clock was missed on its own day, what was done on that day came after it.
    """
    deadline = verdict.deadline
    if deadline is None:
        return Fraction(0)
    late = [item for item in verdict.counted if acts[item.activity].day > deadline]
    if not late and verdict.state is State.MADE_UP:
        late = [item for item in verdict.counted if acts[item.activity].day == deadline]
    return sum((item.quantity for item in late), Fraction(0))
