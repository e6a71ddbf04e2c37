"""The stretches of days that a measure covers: its periods, windows and limits, one by one.

A stretch knows nothing of holders' tenures; `engine/judging/owing.py` cuts it to them.
Source: SEMANTICS, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from data.records import Event
from engine.calendar.cutting import periods_of
from engine.calendar.days import Days
from engine.calendar.limits import add_length, end_of_limit, move, start_of_limit
from engine.calendar.periods import ONE_DAY, Named, Period, day_in_period, months_from
from engine.calendar.workdays import Workdays
from engine.judging.in_force import Holder, HolderSort
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import REST_DAYS, Measure, Shape
from rules.model import Adjust, Length
from rules.period_kinds import Given
from rules.vocabulary import LEAVING_OFFICE, MADE_EVENTS, TAKING_OFFICE


class Timing(StrEnum):
    """What tells when a measure is to be done; its amount is another matter."""

    PERIOD = "period"
    WINDOW = "window"
    ROLLING = "rolling"
    BY_DAY = "by_day"
    RECURRING = "recurring"
    AFTER_PERIOD = "after_period"
    BEFORE_EVENT = "before_event"
    AFTER_EVENT = "after_event"
    TO_BE_RULED = "to_be_ruled"


@dataclass(frozen=True)
class Stretch:
    """One thing to be done in time: what it is called, and its days.

    `period` is what the label names; `days` is where an act is in time by its day; both ends of
    `window` (its hull) count. `due` is the day before moving (None: to be ruled). `next_due` is
    the due day after it, for stretches whose unnamed late acts count until then. `moment` is the
    limit's own moment where it has one. `counted_days` are the days that pro-rating counts.
    `moved` is the due day after moving of a stretch of one day, whose window moves with it.
    """

    label: str
    period: Period
    days: Days
    window: Period
    due: date | None
    counted_days: Days
    event: Event | None = None
    moment: datetime | None = None
    next_due: date | None = None
    moves: bool = False
    backward: bool = False
    ruled: bool = True
    moved: date | None = None


def timing_of(measure: Measure) -> Timing:
    """When a measure is to be done, told by its keys."""
    if measure.shape is Shape.TO_BE_RULED:
        return Timing.TO_BE_RULED
    if measure.before:
        return Timing.BEFORE_EVENT
    if measure.after:
        return Timing.AFTER_EVENT
    if measure.about:
        return Timing.AFTER_PERIOD
    if measure.due:
        return Timing.RECURRING
    if measure.by:
        return Timing.BY_DAY
    if measure.windows:
        return Timing.WINDOW
    if measure.every and measure.reading == "rolling":
        return Timing.ROLLING
    return Timing.PERIOD


def parts_of(measure: Measure) -> list[tuple[int, Measure]]:
    """The measures of a nested one with their numbers from 1; a plain one has number 0."""
    return list(enumerate(measure.all, start=1)) if measure.all else [(0, measure)]


def nominal_days(measure: Measure) -> int:
    """How long the measure's periods are, to tell the longest; one-off ones are longest."""
    if measure.all:
        return max(nominal_days(part) for part in measure.all)
    timing = timing_of(measure)
    if timing in (Timing.BY_DAY, Timing.ROLLING):
        return 10_000
    if timing in (Timing.WINDOW, Timing.TO_BE_RULED):
        return 366
    kind = measure.period
    if kind is None and measure.every:
        return measure.every.count * {"days": 1, "months": 30, "years": 366}[measure.every.unit]
    return kind.days if kind else 0


def stretches(
    world: World, duty: Duty, measure: Measure, holder: Holder, valid: Days, held: Days
) -> Iterator[Stretch]:
    """Every stretch of a measure for a holder, that `valid` or `held` may meet, in order.

    `valid` are the days of duty, document and adoption; `held` the tenure for terms of office.
    Rolling gaps depend on acts and are made in `engine/judging/rolling.py`.
    """
    timing, unit = timing_of(measure), holder.unit
    if timing is Timing.BY_DAY:
        yield _by_day(measure, valid)
    elif timing in (Timing.BEFORE_EVENT, Timing.AFTER_EVENT):
        yield from _around_events(world, measure, holder)
    elif timing is Timing.WINDOW:
        for one in _windows(world, measure, unit, _reach(world, valid)):
            yield _on_workdays(world, measure, one)
    elif timing is Timing.TO_BE_RULED:
        reach = _reach(world, valid)
        for label, year in periods_of("year", reach.first, reach.last):
            days = Days.of(year.first, year.last)
            yield Stretch(label, year, days, year, None, days, ruled=False)
    elif measure.while_:
        for one in _while(world, duty, measure, holder):
            yield _on_workdays(world, measure, one)
    elif timing is not Timing.ROLLING:
        yield from _periodic(world, duty, measure, unit, valid, held)


def _reach(world: World, valid: Days) -> Period:
    """The days in which stretches are looked for: from the first one that is valid and not before
    the world's first day, to the horizon.
    """
    first = max(world.first_day, valid.first or world.first_day)
    return Period(min(first, world.horizon), world.horizon)


def _by_day(measure: Measure, valid: Days) -> Stretch:
    assert measure.by is not None
    opens = valid.first
    first = measure.by if opens is None or opens > measure.by else opens
    window = Period(first, measure.by)
    days = Days.of(first, measure.by)
    return Stretch(str(window), window, days, window, measure.by, days, moves=True)


def _periodic(
    world: World, duty: Duty, measure: Measure, unit: str, valid: Days, held: Days
) -> Iterator[Stretch]:
    named = list(_named_periods(world, duty, measure, unit, valid, held))
    if measure.about:
        found = [_after(measure, label, period, world.workdays) for label, period in named]
    elif measure.due:
        found = [one for label, period in named for one in _due_inside(measure, label, period)]
    else:
        for label, period in named:
            one = _whole(world, duty, measure, label, period, unit)
            yield _on_workdays(world, measure, one)
        return
    for at, one in enumerate(found):
        following = found[at + 1].due if at + 1 < len(found) else None
        yield replace(one, next_due=following)


def _named_periods(
    world: World, duty: Duty, measure: Measure, unit: str, valid: Days, held: Days
) -> Iterator[Named]:
    kind = measure.period
    assert kind is not None
    reach = _reach(world, valid)
    if kind.cut is Given.CAMPAIGN:
        document = world.rulebook.documents[duty.document]
        first = duty.valid.first or document.first
        last = duty.valid.last or document.last or date.max
        yield f"{first}..{last}", Period(first, last)
    elif kind.cut is Given.TENURE:
        row = world.records.units[unit]
        if row.term_first:
            term = Period(row.term_first, row.term_last or date.max)
        elif held:
            term = Period(held.first or date.min, held.last or date.max)
        else:
            return
        yield str(term), term
    elif kind.cut is Given.SCHOOL:
        for year in range(reach.first.year - 1, reach.last.year + 1):
            yield from world.windows.school_periods(kind.word, year, world.chain(unit))
    else:
        # One period more than asked for: the last one's late acts count until the next due day.
        beyond = reach.last + timedelta(days=2 * kind.days + 2)
        last = beyond if measure.due or measure.about else reach.last
        before = reach.first - timedelta(days=kind.days) if measure.about else None
        yield from periods_of(
            kind.word, before or reach.first, last, since=measure.since, workdays=world.workdays
        )


def _whole(
    world: World, duty: Duty, measure: Measure, label: str, period: Period, unit: str
) -> Stretch:
    window, due, moved = period, period.last, None
    if measure.between:
        first, last = (day_in_period(day, period) for day in measure.between)
        if first and last:
            window, due = Period(first, last), last
            if measure.one_day:
                window = _around_one_day(world, duty, measure, first)
                moved = window.last
    days = Days.of(window.first, window.last)
    counted = days - _excepted(world, measure, window, unit)
    return Stretch(label, period, days, window, due, counted, moved=moved)


def _around_one_day(world: World, duty: Duty, measure: Measure, day: date) -> Period:
    """The window of a stretch of one day: from the earlier to the later of it and where it moves.

    One named by weekday may on a rest day be done until the same weekday of the next week.
    """
    days = [day, move(day, adjust_of(world, duty, measure), world.workdays)]
    named = measure.one_day
    if named and named.weekday and not world.workdays.is_workday(day):
        days.append(day + timedelta(days=7))
    return Period(min(days), max(days))


def adjust_of(world: World, duty: Duty, measure: Measure) -> Adjust:
    """How days that the clause names move: as the measure says, else its document."""
    return measure.adjust or world.rulebook.documents[duty.document].adjust


def _on_workdays(world: World, measure: Measure, one: Stretch) -> Stretch:
    """The stretch where only working days count; as it is for any other measure."""
    if measure.of != "workdays":
        return one
    rest = world.workdays.days_off(one.window.first, one.window.last)
    return replace(one, counted_days=one.counted_days - rest)


def _excepted(world: World, measure: Measure, window: Period, unit: str) -> Days:
    """The days of the windows and rest days that `except` names."""
    out = Days.none()
    for name in measure.except_:
        if name == REST_DAYS:
            out |= world.workdays.days_off(window.first, window.last)
            continue
        # What comes before a holiday of the next year lies in this one.
        for year in range(window.first.year - 1, window.last.year + 2):
            for part in world.windows.members_of(name):
                found = world.windows.days_of(part, year, world.chain(unit))
                if found:
                    out |= Days.of(found.first, found.last)
    return out


def _due_inside(measure: Measure, label: str, period: Period) -> Iterator[Stretch]:
    days = sorted(
        day for spec in measure.due if (day := day_in_period(spec, period)) and day in period
    )
    first = period.first
    for due in days:
        window = Period(first, due)
        reach = Days.of(first, due)
        if len(measure.due) == 1:
            yield Stretch(label, period, reach, window, due, reach, moves=True)
        else:
            yield Stretch(str(window), window, reach, window, due, reach, moves=True)
        first = due + ONE_DAY


def _after(measure: Measure, label: str, period: Period, workdays: Workdays) -> Stretch:
    if measure.due:
        spec = measure.due[0]
        if spec.weekday and not spec.nth:
            following = Period(period.last + ONE_DAY, period.last + timedelta(days=7))
            due = day_in_period(spec, following) or following.last
        else:
            month = months_from(period.last.year, period.last.month + (spec.month or 1))
            due = day_in_period(spec.model_copy(update={"month": None}), month) or month.last
    else:
        assert measure.within is not None and measure.within != "to_be_ruled"
        due = end_of_limit(period.last, None, measure.within, workdays).day
    window = Period(period.last + ONE_DAY, due)
    days = Days.of(window.first, window.last)
    moves = not (_length(measure) and _length(measure).unit == "workdays")  # type: ignore[union-attr]
    return Stretch(label, period, days, window, due, days, moves=moves)


def _length(measure: Measure) -> Length | None:
    within = measure.within
    return within.length if within is not None and within != "to_be_ruled" else None


def _windows(world: World, measure: Measure, unit: str, reach: Period) -> Iterator[Stretch]:
    for year in range(reach.first.year - 1, reach.last.year + 1):
        yield from windows_of_year(world, measure, unit, year)
    # What comes before a holiday of the next year may begin in this one.
    following = min(reach.last.year + 1, date.max.year)
    for one in windows_of_year(world, measure, unit, following):
        if following > reach.last.year and one.ruled and one.window.first <= reach.last:
            yield one


def windows_of_year(world: World, measure: Measure, unit: str, year: int) -> Iterator[Stretch]:
    """The windows that a measure names, in one year, those without days in it too."""
    windows = measure.windows
    assert windows is not None
    units = world.chain(unit)
    # A window that is named beside one that stands for it too is asked for once.
    each = dict.fromkeys(x for name in windows.each for x in world.windows.members_of(name))
    for part in each:
        yield _window(f"{year}/{part}", year, [world.windows.days_of(part, year, units)])
    if windows.any:
        parts = [part for name in windows.any for part in world.windows.members_of(name)]
        label = f"{year}/{'+'.join(windows.any)}"
        yield _window(label, year, [world.windows.days_of(x, year, units) for x in parts])


def _window(label: str, year: int, parts: list[Period | None]) -> Stretch:
    days = Days.from_periods(part for part in parts if part)
    if not all(parts):
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        return Stretch(label, whole, days, whole, None, days, ruled=False)
    hull = Period(days.first or date.min, days.last or date.max)
    return Stretch(label, hull, days, hull, hull.last, days)


def _around_events(world: World, measure: Measure, holder: Holder) -> Iterator[Stretch]:
    for event in events_of(world, measure.before or measure.after, holder):
        yield (
            _before(measure, event, world) if measure.before else _following(measure, event, world)
        )


def events_of(world: World, types: Collection[str], holder: Holder) -> Iterator[Event]:
    """The events of these types that concern a holder: those of its unit that were not cancelled,
    and those that the appointments make: 任职 is a post's, 离任 a unit's own.
    """
    entered = frozenset(types) - MADE_EVENTS
    for event in world.records.events:
        if event.type in entered and event.status != "cancelled" and event.concerns(holder.unit):
            yield event
    if TAKING_OFFICE in types:
        for post in holder.posts:
            yield from world.takings.get(post, ())
    if LEAVING_OFFICE in types and holder.sort is HolderSort.UNIT:
        yield from world.leavings.get(holder.unit, ())


def _before(measure: Measure, event: Event, world: World) -> Stretch:
    due = start_of_limit(event.day, measure.ahead, world.workdays)
    moment = None
    if event.time and (measure.ahead.by_clock or measure.ahead.count == 0):
        moment = datetime.combine(event.day, event.time) - timedelta(minutes=measure.ahead.minutes)
        due = moment.date()
    window = Period(start_of_limit(due, measure.no_earlier_than, world.workdays), due)
    days = Days.of(window.first, window.last)
    moves = measure.ahead.count > 0 and measure.ahead.unit in ("days", "months", "years")
    return Stretch(
        event.event, window, days, window, due, days, event, moment, moves=moves, backward=True
    )


def _following(measure: Measure, event: Event, world: World) -> Stretch:
    assert measure.within is not None and measure.within != "to_be_ruled"
    limit = end_of_limit(event.last or event.day, event.time, measure.within, world.workdays)
    window = Period(event.day, max(event.day, limit.day))
    days = Days.of(window.first, window.last)
    length = _length(measure)
    moves = length is None or (length.count > 0 and length.unit in ("days", "months", "years"))
    return Stretch(
        event.event, window, days, window, window.last, days, event, limit.moment, moves=moves
    )


def _while(world: World, duty: Duty, measure: Measure, holder: Holder) -> Iterator[Stretch]:
    """Periods anchored at an event's first day, up to its last. SEMANTICS, section 2, "while".

    Their labels carry the event: two events of one day ask for the same days twice.
    """
    step = _step(measure)
    assert measure.while_ is not None
    for event in events_of(world, (measure.while_,), holder):
        runs = Days.of(event.day, event.last or event.day)
        turn, first = 1, event.day
        while first <= (event.last or event.day):
            following = add_length(event.day, step, turn)
            period = Period(first, following - ONE_DAY)
            one = _whole(world, duty, measure, f"{event.event}/{period}", period, holder.unit)
            yield replace(one, days=one.days & runs, event=event)
            first, turn = following, turn + 1


def _step(measure: Measure) -> Length:
    kind = measure.period
    if kind is None:
        assert measure.every is not None
        return measure.every
    return Length(count=kind.months or kind.days, unit="days" if kind.months is None else "months")


def moved_due(stretch: Stretch, adjust: Adjust, workdays: Workdays) -> date | None:
    """The due day after moving. SEMANTICS, section 3, "Moved due days"."""
    if stretch.moved is not None:
        return stretch.moved
    if stretch.due is None or not stretch.moves:
        return stretch.due
    return move(stretch.due, adjust, workdays, backward=stretch.backward)
