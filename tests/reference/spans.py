"""The stretches that a measure asks about, and the slot that each becomes for a holder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from engine.calendar.cutting import period_around
from engine.calendar.limits import backward_limit, end_of_limit, move, start_of_limit
from engine.calendar.periods import Period, add_months, day_in_period, months_from
from rules.duty import Duty
from rules.frequency import Measure, Shape
from rules.period_kinds import period_kind
from tests.reference.office import DAY, Office, days
from tests.reference.one_day import day_of, is_one_day, window_of
from tests.reference.own import LEAVING, TAKING, leavings, takings
from tests.reference.terms import given_runs

COUNTING = (Shape.COUNT, Shape.RANGE, Shape.QUOTA, Shape.WINDOW)


@dataclass
class Stretch:
    """A period, window, event or day of a measure, before anybody is asked to hold it."""

    label: str
    first: date
    last: date
    whole: list[date]
    due: date
    deadline: date
    moved: date
    open: date
    moment: datetime | None = None
    event: Any = None
    next_due: date | None = None
    bounded: bool = False
    among: list[Stretch] = field(default_factory=list, repr=False, compare=False)
    every: list[date] = field(default_factory=list)
    """The whole days with those that are not worked, of a share of the working days."""
    named: date | None = None
    """The day that the clause names, where the window of one day has moved from it."""

    @property
    def asked(self) -> date:
        """The due day before moving."""
        return self.named or self.due


@dataclass
class Slot:
    """One obligation, and what the acts make of it."""

    duty: Duty
    part: int
    measure: Measure
    unit: str
    post: str | None
    person: str | None
    group: tuple[str, ...]
    at: Stretch
    holder: str
    force: set[date] = field(default_factory=set)
    required: Fraction = Fraction(0)
    reason: str | None = None
    members: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    to_be_ruled: bool = False
    acts: list[Any] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    roster_missing: bool = False
    fixed: tuple[date, date] | None = None
    then: Callable[[set[date]], list[set[date]]] | None = None
    """Of a duty with variants those of its periods that meet some days, by the measure that held
    for each.
    """

    @property
    def asked_days(self) -> list[date]:
        """The days of the period, and those of the window."""
        at = self.at
        return [*days(at.first, at.last), *at.whole]

    def near(self, said: set[date]) -> list[set[date]]:
        """The days of those of the duty's periods that may meet these, not his alone."""
        if self.then is not None:
            return self.then(said)
        windows = bool(self.measure.windows)
        return [
            set(at.every or at.whole) if windows else set(days(at.first, at.last))
            for at in self.at.among
        ]

    @property
    def by_himself(self) -> bool:
        """Whether a result is owed by a person's own acts alone: where the text insists, and where
        it is his taking office that asks.
        """
        taken = self.at.event is not None and self.at.event.type == TAKING
        return self.person is not None and (self.measure.acts_of == "person" or taken)

    @property
    def id(self) -> str:
        part = f"#{self.part}" if self.part else ""
        return f"{self.duty.id}{part}@{self.holder}@{self.at.label}"


class Stretches:
    """Makes the stretches of a measure in one world."""

    def __init__(self, office: Office, horizon: date) -> None:
        self.office, self.horizon = office, horizon
        rows = [unit.records_from for unit in office.records.units.values() if unit.records_from]
        self.start = min([office.records.records_from, *rows])

    # stretches of a measure

    def stretches(self, duty: Duty, measure: Measure, unit: str, held: list[date]) -> list[Stretch]:
        """All stretches of the measure from the year before the records on, by due day.

        `held` are the days on which the holder holds, for terms of office.
        """
        found = list(self._stretches(duty, measure, unit, held))
        found.sort(key=lambda s: (s.due, s.first))
        for one in found:
            one.among = found
        if measure.of == "workdays":
            for one in found:
                one.every = one.whole
                one.whole = [day for day in one.whole if self.office.workdays.is_workday(day)]
        for this, following in pairwise(found):
            this.next_due = following.due
        return found

    def _stretches(
        self, duty: Duty, measure: Measure, unit: str, held: list[date]
    ) -> Iterator[Stretch]:
        shape = measure.shape
        if shape is Shape.EVENT:
            yield from self._events(duty, measure, unit)
        elif measure.by is not None:
            yield from self._by(duty, measure, unit)
        elif measure.windows:
            yield from self._windows(measure, unit)
        elif measure.while_:
            yield from self._while(measure, unit)
        else:
            kind = measure.period
            assert kind is not None, measure
            word = kind.word
            named = list(self.periods(duty, word, measure.since, unit, held))
            for label, first, last in named:
                if shape is Shape.RECURRING_DEADLINE:
                    yield from self._recurring(duty, measure, label, first, last)
                elif shape is Shape.AFTER_PERIOD:
                    yield self._after(duty, measure, label, first, last)
                elif is_one_day(measure):
                    yield from self._one_day(duty, measure, label, first, last, unit)
                else:
                    yield from self._within(measure, label, first, last, unit)

    def periods(
        self, duty: Duty, word: str, since: int | None, unit: str, held: list[date]
    ) -> Iterator[tuple[str, date, date]]:
        """The periods of that name, with a margin of a year before the records begin."""
        if not period_kind(word).by_calendar:
            yield from given_runs(self.office, duty, word, unit, held)
            return
        day = date(self.start.year - 1, 1, 1)
        end = self.horizon.replace(year=self.horizon.year + 1)
        while day <= end:
            around = period_around(word, day, since=since)
            if around is None:
                day = date(day.year + 1, 1, 1)
                continue
            label, period = around
            if word != "workday" or self.office.workdays.is_workday(day):
                yield label, period.first, period.last
            day = period.last + DAY

    def _plain(self, label: str, first: date, last: date, due: date, **said: Any) -> Stretch:
        whole = said.pop("whole", None)
        opens = said.pop("opens", first)
        if whole is None:
            whole = days(opens, due)
        deadline = said.pop("deadline", due)
        moved = said.pop("moved", due)
        return Stretch(label, first, last, whole, due, deadline, moved, opens, **said)

    def _within(
        self, measure: Measure, label: str, first: date, last: date, unit: str
    ) -> Iterator[Stretch]:
        begin, end = first, last
        if measure.between:
            one, other = measure.between
            a = day_in_period(one, Period(first, last))
            b = day_in_period(other, Period(first, last))
            if a is None or b is None:
                return
            begin, end = a, b
        whole = [day for day in days(begin, end) if not self._excepted(measure, day, unit)]
        deadline = end + measure.grace * DAY
        yield self._plain(label, first, last, end, whole=whole, opens=begin, deadline=deadline)

    def _one_day(
        self, duty: Duty, measure: Measure, label: str, first: date, last: date, unit: str
    ) -> Iterator[Stretch]:
        assert measure.between is not None
        named = day_of(measure.between[0], first, last)
        if named is None:
            return
        adjust = measure.adjust or self.office.rulebook.documents[duty.document].adjust
        begin, end = window_of(self.office, measure, named, adjust)
        whole = [day for day in days(begin, end) if not self._excepted(measure, day, unit)]
        deadline = end + measure.grace * DAY
        yield self._plain(
            label,
            first,
            last,
            end,
            whole=whole,
            opens=begin,
            moved=end,
            deadline=deadline,
            named=named,
        )

    def _excepted(self, measure: Measure, day: date, unit: str) -> bool:
        for name in measure.except_:
            if name == "休息日":
                if not self.office.workdays.is_workday(day):
                    return True
                continue
            if self.office.in_window(name, unit, day) and self.office.reads("except"):
                return True
        return False

    def _moved(self, duty: Duty, measure: Measure, due: date, backward: bool = False) -> date:
        adjust = measure.adjust or self.office.rulebook.documents[duty.document].adjust
        moved = move(due, adjust, self.office.workdays, backward)
        if moved == due or not self.office.reads("moved"):
            return due
        if backward and adjust == "next_workday" and not self.office.reads("backward"):
            return move(due, adjust, self.office.workdays)
        return moved

    def _recurring(
        self, duty: Duty, measure: Measure, label: str, first: date, last: date
    ) -> Iterator[Stretch]:
        dues = sorted(day for spec in measure.due if (day := day_of(spec, first, last)))
        opens = first
        for due in dues:
            moved = self._moved(duty, measure, due)
            name = label if len(dues) == 1 else f"{opens}..{due}"
            lo, hi = (first, last) if len(dues) == 1 else (opens, due)
            yield self._plain(
                name, lo, hi, due, opens=opens, moved=moved, deadline=moved + measure.grace * DAY
            )
            opens = due + DAY

    def _after(self, duty: Duty, measure: Measure, label: str, first: date, last: date) -> Stretch:
        if measure.due:
            spec = measure.due[0]
            if spec.nth:
                month = months_from(last.year, last.month + (spec.month or 1))
                found = day_of(spec.model_copy(update={"month": None}), month.first, month.last)
                assert found is not None
                due = found
            elif spec.weekday:
                names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
                names += ("sunday",)
                due = last + DAY
                while names[due.weekday()] != spec.weekday:
                    due += DAY
            else:
                month = months_from(last.year, last.month + (spec.month or 1))
                n = spec.day
                due = (
                    month.last
                    if n == "last"
                    else min(month.last, month.first + (int(n or 1) - 1) * DAY)
                )
            moves = True
        else:
            assert measure.within and not isinstance(measure.within, str)
            due = end_of_limit(last, None, measure.within, self.office.workdays).day
            length = measure.within.length
            moves = length is None or (length.unit != "workdays" and length.count > 0)
        moved = self._moved(duty, measure, due) if moves else due
        return self._plain(
            label,
            first,
            last,
            due,
            opens=last + DAY,
            moved=moved,
            deadline=moved + measure.grace * DAY,
        )

    def _by(self, duty: Duty, measure: Measure, unit: str) -> Iterator[Stretch]:
        due = measure.by
        assert due is not None
        moved = self._moved(duty, measure, due)
        opens = next(
            (d for d in days(date(2015, 1, 1), due) if self.office.valid(duty, unit, d)), None
        )
        later = days(due, self.horizon)
        if opens is None and not any(self.office.valid(duty, unit, d) for d in later):
            return
        yield self._plain(
            f"{opens or due}..{due}",
            opens or due,
            due,
            due,
            opens=opens or due,
            moved=moved,
            deadline=moved + measure.grace * DAY,
        )

    def _windows(self, measure: Measure, unit: str) -> Iterator[Stretch]:
        assert measure.windows
        named = self.office.named
        for year in range(self.start.year - 1, self.horizon.year + 2):
            if measure.windows.any:
                every = [part for name in measure.windows.any for part in named.parts(name)]
                yield from self._window(
                    measure, f"{year}/{'+'.join(measure.windows.any)}", every, year, unit
                )
            parts_of_each = [part for name in measure.windows.each for part in named.parts(name)]
            for part in dict.fromkeys(parts_of_each):
                yield from self._window(measure, f"{year}/{part}", [part], year, unit)

    def _window(
        self, measure: Measure, label: str, names: list[str], year: int, unit: str
    ) -> Iterator[Stretch]:
        """The days of all these windows as one stretch; none where one of them has no days."""
        runs = [self.office.named.days_of(name, year, self.office.chain(unit)) for name in names]
        if None in runs:
            return
        inside = sorted({day for run in runs if run for day in days(*run)})
        first, last = inside[0], inside[-1]
        deadline = last + measure.grace * DAY
        yield self._plain(label, first, last, last, whole=inside, deadline=deadline)

    def lacks_days(self, name: str, year: int, unit: str) -> bool:
        """Whether the calendar has no days of that window in that year."""
        return self.office.named.days_of(name, year, self.office.chain(unit)) is None

    def _is_concerned(self, event: Any, unit: str) -> bool:
        if not event.units or unit in event.units:
            return True
        return not self.office.reads("concerned_units")

    def _while(self, measure: Measure, unit: str) -> Iterator[Stretch]:
        months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
        lengths = {"day": 1, "week": 7, "ten_days": 10}
        word = measure.per or ""
        for event in self.office.records.events:
            if event.type != measure.while_ or event.status == "cancelled":
                continue
            if not self._is_concerned(event, unit):
                continue
            last, n, begin = event.last or event.day, 1, event.day
            while begin <= last:
                if word in lengths:
                    after = event.day + n * lengths[word] * DAY
                else:
                    k = months.get(word) or int(word.split()[0])
                    after = add_months(event.day, n * k)
                whole = days(begin, after - DAY)
                end = after - DAY
                yield self._plain(
                    f"{event.event}/{begin}..{end}",
                    begin,
                    end,
                    end,
                    whole=whole,
                    event=event,
                    bounded=True,
                    deadline=end + measure.grace * DAY,
                )
                begin, n = after, n + 1

    def _events(self, duty: Duty, measure: Measure, unit: str) -> Iterator[Stretch]:
        types = (*measure.before, *measure.after)
        made = list(leavings(self.office, unit)) if LEAVING in types else []
        if TAKING in types:
            posts = [p for p, u in self.office.unit_of.items() if u == unit]
            made += [event for post in posts for event in takings(self.office, post)]
        for event in (*self.office.records.events, *made):
            if event.type not in types or event.status == "cancelled":
                continue
            if not self._is_concerned(event, unit):
                continue
            last = event.last or event.day
            if measure.before:
                limit = backward_limit(event.day, event.time, measure.ahead, self.office.workdays)
                due, moment = limit.day, limit.moment
                length = measure.ahead
                opens = start_of_limit(due, measure.no_earlier_than, self.office.workdays)
            else:
                assert measure.within and not isinstance(measure.within, str)
                limit = end_of_limit(last, event.time, measure.within, self.office.workdays)
                due, moment = limit.day, limit.moment
                length = measure.within.length  # type: ignore[assignment]
                opens = event.day
            if (
                length is not None
                and length.unit not in ("hours", "minutes")
                and not (measure.before and length.count == 0)
            ):
                moment = None
            still = length is not None and (
                length.count == 0 or length.unit in ("minutes", "hours", "workdays")
            )
            moved = due if still else self._moved(duty, measure, due, bool(measure.before))
            yield self._plain(
                event.event,
                opens,
                due,
                due,
                opens=opens,
                moved=moved,
                moment=moment,
                event=event,
                deadline=moved + measure.grace * DAY,
            )
