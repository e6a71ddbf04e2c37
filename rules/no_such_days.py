"""Which days a period cannot have: why there is no such day, and what to write instead."""

from __future__ import annotations

from calendar import monthrange

from problems import Said, bare, said
from rules.frequency import DayOfPeriod
from rules.period_kinds import PeriodKind, period_kind


def no_such_day(day: DayOfPeriod, per: str) -> tuple[Said, Said] | None:
    """Why a period of this sort has no such day, with a hint; None when it has one.

    In a month the 29th to 31st are taken: in a shorter month they are its last day.
    """
    kind = period_kind(per)
    if kind.days == 1:
        return said("day_inside_of", per=bare(per)), said("take_it_away")
    if kind.is_week:
        if day.weekday and not day.nth:
            return None
        word = f"{day.nth} {day.weekday}" if day.nth else str(day.day)
        return said("not_a_day_of_a_week", day=word), said("write_friday")
    if day.nth:
        return _no_such_weekday(day, kind)
    if day.weekday:
        wrong = said("not_a_day_of_per", day=day.weekday, per=bare(per))
        return wrong, said("weekday_needs_per_week")
    if kind.is_fine:
        if day.day == "last":
            return None
        return said("not_a_day_of_per", day=str(day.day), per=bare(per)), said("write_last")
    if day.month is None:
        if kind.months == 1:
            return None
        alone = said("day_without_month", day=str(day.day), per=bare(per))
        return alone, said("write_month_with_day")
    if kind.months is not None and day.month > kind.months:
        beyond = said("per_has_no_month", per=bare(per), month=day.month)
        return beyond, said("its_months", last=kind.months)
    if per == "year" and day.day is not None:
        return no_such_day_of_month(day.month, day.day)
    return None


def _no_such_weekday(day: DayOfPeriod, kind: PeriodKind) -> tuple[Said, Said] | None:
    """Why not every period of the kind has that n-th weekday: a half month may have 13 days."""
    if kind.is_fine and (day.month is not None or day.nth not in ("first", "last")):
        word = f"{day.nth} {day.weekday}"
        return said("not_in_every_per", day=word, per=bare(kind.word)), said("write_first_friday")
    if day.month is not None and kind.months is not None and day.month > kind.months:
        beyond = said("per_has_no_month", per=bare(kind.word), month=day.month)
        return beyond, said("its_months", last=kind.months)
    return None


def no_such_day_of_month(month: int, day: int | str) -> tuple[Said, Said] | None:
    """Why no year or not every year has this day; 2023 is any year that is not a leap year."""
    last = monthrange(2023, month)[1]
    if isinstance(day, int) and day > last:
        last_day = f"{month:02d}-last"
        wrong = said("day_not_in_every_year", day=bare(f"{month:02d}-{day:02d}"))
        return wrong, said("write_day", day=last_day)
    return None


def season_mistake(day: DayOfPeriod) -> tuple[Said, Said] | None:
    """Why a day is no end of a season; None when it is."""
    if day.weekday or day.month is None:
        return said("season_of_year_days"), said("season_form")
    return no_such_day(day, "year")
