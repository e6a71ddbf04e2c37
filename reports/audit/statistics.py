"""Counts, rates and places of verdicts by unit, post class or duty. Source: FORMATS, section 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from data.records import Activity
from engine.calendar.periods import Period
from engine.judging.audit import summarise_by
from engine.judging.verdict import LIGHTS, NOTHING_COUNTED, State, Summary, Verdict
from reports.names import Names
from rules.duty import Duty


@dataclass(frozen=True)
class VerdictGroup:
    """The verdicts of one unit, class or duty, counted. `due`, `met` … are those in the rates."""

    key: str
    name: str
    obligations: int
    due: int
    met: int
    made_up: int
    overdue: int
    running: int
    shortfall: Fraction
    red: int
    yellow: int
    green: int
    rate: Fraction | None
    rate_done: Fraction | None

    @property
    def standing(self) -> tuple[Fraction, int, Fraction]:
        """What it is ranked by: the highest rate, then the fewest overdue, the least shortfall."""
        return -(self.rate if self.rate is not None else Fraction(-1)), self.overdue, self.shortfall


def group_of(key: str, name: str, counted: Summary) -> VerdictGroup:
    """The counts under a name."""
    states, rated = counted.states, counted.rated
    lights: Counter[str] = Counter()
    for state, count in states.items():
        lights[LIGHTS[state]] += count
    obligations = states.total() - states[State.EXEMPT] - states[State.TO_BE_RULED]
    return VerdictGroup(
        key=key,
        name=name,
        obligations=obligations,
        due=counted.due,
        met=rated[State.MET],
        made_up=rated[State.MADE_UP],
        overdue=rated[State.OVERDUE],
        running=obligations - counted.due,
        shortfall=counted.shortfall,
        red=lights["red"],
        yellow=lights["yellow"],
        green=lights["green"],
        rate=counted.rate,
        rate_done=counted.rate_done,
    )


Counted = Mapping[str, Summary]
"""Verdicts counted by the unit, the post class or the duty that they are of."""


def counted_by_unit(verdicts: Iterable[Verdict]) -> Counted:
    """The counts of each unit."""
    return summarise_by(verdicts, lambda one: one.unit)


def counted_by_class(verdicts: Iterable[Verdict], names: Names) -> Counted:
    """The counts of each post class, a group's joined; what units owe themselves is under ""."""
    return summarise_by(verdicts, names.post_classes)


def duties_of(verdicts: Iterable[Verdict]) -> dict[str, Duty]:
    """The duties that the verdicts are about, by id."""
    return {one.duty.id: one.duty for one in verdicts}


def counted_by_duty(verdicts: Iterable[Verdict]) -> Counted:
    """The counts of each duty, all its parts and measures together."""
    return summarise_by(verdicts, lambda one: one.duty.id)


def by_unit(counted: Counted, names: Names) -> list[VerdictGroup]:
    """One group a unit, in the order of the tree."""
    places = names.unit_order
    ordered = sorted(counted, key=lambda unit: (places.get(unit, 10**9), unit))
    return [group_of(unit, names.unit(unit), counted[unit]) for unit in ordered]


def by_post_class(counted: Counted, names: Names, of_units: str) -> list[VerdictGroup]:
    """One group a post class, heads first; what units owe themselves, which is of no class, goes
    under `of_units`.
    """
    places = names.class_order
    ordered = sorted(counted, key=lambda name: (places.get(name, 10**8 if name else 10**9), name))
    return [group_of(name, name or of_units, counted[name]) for name in ordered]


def by_duty(counted: Counted, duties: Mapping[str, Duty]) -> list[VerdictGroup]:
    """One group a duty, the worst first. Duties of one title are told apart by their clauses."""
    seen = Counter(duties[key].title for key in counted)

    def name(duty: Duty) -> str:
        return duty.title if seen[duty.title] == 1 else f"{duty.title}（{duty.clause}）"

    groups = [group_of(key, name(duties[key]), counted[key]) for key in counted]
    return sorted(groups, key=_worst_first)


def by_supervisor(counted: Counted, duties: Mapping[str, Duty]) -> list[VerdictGroup]:
    """One group for each department that watches over duties, worked out from those who owe them.

    A duty that several departments watch stands under each. SEMANTICS, section 2, "joint".
    """
    watched: dict[str, Summary] = {}
    for key, summary in counted.items():
        for department in duties[key].holder.supervised_by:
            watched[department] = watched.get(department, NOTHING_COUNTED) + summary
    return [group_of(name, name, watched[name]) for name in sorted(watched)]


def _worst_first(group: VerdictGroup) -> tuple[bool, Fraction, int, str]:
    rate = group.rate if group.rate is not None else Fraction(0)
    return group.rate is None, rate, -group.overdue, group.key


def ranked(groups: Iterable[VerdictGroup]) -> list[VerdictGroup]:
    """The groups by standing, those of which nothing was due last. The order given decides between
    equals.
    """
    return sorted(groups, key=lambda one: one.standing)


def places(groups: Iterable[VerdictGroup]) -> dict[str, int]:
    """The place of each group by its standing, from 1: equals share one, nothing due has none."""
    import pandas as pd

    standing = {one.key: one.standing for one in groups if one.rate is not None}
    # As objects, so that exact fractions are compared; pandas makes floats of the ranks alone.
    ranks = pd.Series(standing, dtype=object).rank(method="min")
    return {key: int(place) for key, place in zip(standing, ranks, strict=True)}


def overdue_first(verdicts: Iterable[Verdict], names: Names) -> list[Verdict]:
    """Those overdue, the longest first; equals in the order of units and posts."""
    late = [verdict for verdict in verdicts if verdict.state is State.OVERDUE]
    return sorted(late, key=lambda one: (-(one.days_overdue or 0), *names.order_of(one)))


SHORT_DAYS = 28
"""Periods of less than so many days are told together where several of them are overdue."""


def line_of(name: str, event: object, period: Period) -> str:
    """What the verdicts of one line have in common, from an obligation's id, event and period."""
    return name.rpartition("@")[0] if event is None and len(period) < SHORT_DAYS else name


def overdue_together(verdicts: Iterable[Verdict], names: Names) -> list[tuple[Verdict, ...]]:
    """Those overdue, the longest first: one group for each line of a list.

    Days, weeks and the like of one duty and holder stand together, in the order of their due
    days, where the first of them would stand; every longer period stands alone.
    """
    found: dict[str, list[Verdict]] = {}
    for one in overdue_first(verdicts, names):
        found.setdefault(line_of(one.id, one.event, one.period), []).append(one)
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
