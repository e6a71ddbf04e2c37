"""The calendar file: named windows, school terms, and working days that were published or added.

`rules/calendar.yaml` is shipped; an office's own `calendar.yaml` extends it, line by line.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from problems import Objection, all_of, said
from rules.frequency import DayOfPeriod
from rules.model import Model, Words


def _years(value: Any) -> Any:
    """Keys of a file are text; those of these mappings are years."""
    if not isinstance(value, dict):
        return value
    for key in value:
        if isinstance(key, str) and not (key.isascii() and key.isdigit() and len(key) == 4):
            raise Objection(said("not_a_year", key=key), said("year_form"))
    return {int(key): line for key, line in value.items()}


ByYear = BeforeValidator(_years)


class WindowDays(Model):
    """First and last day of a window in one year."""

    first: date
    last: date


class WindowLine(Model):
    """One named window. Exactly one of these says its days:

    `from`/`to` (days of every year, may cross New Year), `lunar` (a lunar day `MM-DD`, with `days`
    how many from it), `solar_term` (清明), `holiday` (a statutory holiday, with its published days
    off), `days_before` (ends the day before another window begins, `lead_days` long), `each_of`
    (stands for each of several windows), or only `years` (days given year by year, which also
    override the others). `unit`: the line holds for that unit and below it.
    """

    from_: DayOfPeriod | None = Field(default=None, alias="from")
    to: DayOfPeriod | None = None
    lunar: str | None = Field(default=None, pattern=r"^\d\d-\d\d$")
    solar_term: str | None = None
    holiday: str | None = None
    days: int = Field(default=1, ge=1, le=60)
    each_of: Words = ()
    years: Annotated[dict[int, WindowDays], ByYear] = Field(default_factory=dict)
    lead_days: int = Field(default=15, ge=1, le=120)
    unit: str | None = None
    en: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [
            name
            for name, given in (
                ("from", self.from_),
                ("lunar", self.lunar),
                ("solar_term", self.solar_term),
                ("holiday", self.holiday),
                ("each_of", self.each_of),
            )
            if given
        ]
        if len(ways) > 1:
            raise Objection(said("window_has_one_of", ways=all_of(ways)))
        if not ways and not self.years:
            raise Objection(said("window_needs"))
        if (self.from_ is None) != (self.to is None):
            raise Objection(said("from_and_to_go_together"))
        return self


class WorkdayYear(Model):
    """A year's published days: `off` on weekdays, `on` at weekends."""

    off: tuple[date, ...] = ()
    on: tuple[date, ...] = ()


class CalendarFile(Model):
    """Windows by name, one or more lines each (lines with a `unit` hold for that unit only)."""

    windows: dict[str, tuple[WindowLine, ...]] = Field(default_factory=dict)
    school_terms: dict[str, tuple[WindowLine, ...]] = Field(default_factory=dict)
    school_year: tuple[WindowLine, ...] = ()
    workdays: Annotated[dict[int, WorkdayYear], ByYear] = Field(default_factory=dict)
    weekend: Literal["saturday_sunday"] = "saturday_sunday"
