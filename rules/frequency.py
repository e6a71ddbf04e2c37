"""The measure in a duty: how often, how much, or by when. Source: SEMANTICS, section 2.

A frequency is written the way its clause is read aloud: `{at_least: 1, per: quarter}`. Which keys
stand in it decides its shape; `shape` names that, and keys of two shapes together are a problem.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from problems import Objection, said
from rules.model import AdjustWord, Amount, Length, Model, Share, Words, word_of
from rules.period_kinds import PeriodKind, period_kind, period_read_from


class Shape(StrEnum):
    """The forms that a requirement takes."""

    COUNT = "count"
    RANGE = "range"
    QUOTA = "quota"
    SHARE = "share"
    SHARE_OF_DAYS = "share_of_days"
    COVERAGE = "coverage"
    RECURRING_DEADLINE = "recurring_deadline"
    AFTER_PERIOD = "after_period"
    DEADLINE = "deadline"
    WINDOW = "window"
    EVENT = "event"
    ROLLING = "rolling"
    NESTED = "nested"
    TO_BE_RULED = "to_be_ruled"


CONDUCT = frozenset(
    {Shape.COUNT, Shape.RANGE, Shape.QUOTA, Shape.SHARE_OF_DAYS, Shape.WINDOW, Shape.ROLLING}
)
"""Shapes that belong to the person; the others belong to the post. SEMANTICS, section 3."""

DAYS = "天"
"""The unit under which calendar days are counted, not acts. SEMANTICS, section 2, "days"."""

REST_DAYS = "休息日"
"""The built-in word for days that are not working days; it needs no line in a calendar."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = ("first", "second", "third", "fourth", "last")


class PopulationScope(StrEnum):
    """Whose members are meant: the unit's, the unit's above it, everybody's, or those assigned."""

    UNIT = "unit"
    PARENT = "parent"
    ALL = "all"
    ASSIGNED = "assigned"


class TenureRule(StrEnum):
    """What a holder of some days of a period owes: a share, the whole, or nothing."""

    PRORATE = "prorate"
    FULL = "full"
    EXCUSE = "excuse"


class Condition(Model):
    """What a unit, subject or person must be. All keys given must hold.

    `type` and `industry` name any of theirs, `tags` all of them; `facts` are a person's.
    """

    type: Words = ()
    industry: Words = ()
    tags: Words = ()
    facts: dict[str, str] = Field(default_factory=dict)
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    not_: Condition | None = Field(default=None, alias="not")


class Population(Condition):
    """The members that a coverage or share must reach; the holder himself is never one.

    Subjects by `type` and `tags`; units by `unit_type`; posts by their classes in `posts`, people
    by the classes of the posts they hold in `people` (both in units of `unit_type`). `scope`:
    the holder's `unit` and below, its `parent` and below, `all` of the office, or subjects and
    units that are `assigned` to the holder.
    """

    posts: Words = ()
    people: Words = ()
    unit_type: Words = ()
    scope: Annotated[PopulationScope, word_of(PopulationScope)] = PopulationScope.UNIT

    @property
    def members(self) -> Literal["posts", "people", "units", "subjects"]:
        """What sort of thing the members are: subjects, units, posts or people."""
        if self.posts:
            return "posts"
        if self.people:
            return "people"
        return "units" if self.unit_type else "subjects"

    @model_validator(mode="after")
    def _one_sort(self) -> Self:
        if self.posts and self.people:
            raise Objection(said("posts_and_people_together"))
        if self.scope == PopulationScope.ASSIGNED and (self.posts or self.people):
            raise Objection(said("assigned_posts"))
        if self.unit_type and self.type:
            raise Objection(said("type_or_unit_type"))
        if not (self.posts or self.people or self.unit_type or self.type or self.tags):
            raise Objection(said("population_needs_members"))
        return self


class DayOfPeriod(Model):
    """A day inside a period: `20`, `last`, `06-30`, `friday`, `last friday`, or by its parts.

    `month` counts the months of the period from 1 (None: the period is at most a month long);
    `day` is a day of that month, or `last`; `weekday` that of a week, or with `nth` the first,
    second, third, fourth or last one of that month (None: of the period).
    """

    month: int | None = Field(default=None, ge=1, le=24)
    day: int | Literal["last"] | None = None
    weekday: Literal[WEEKDAYS] | None = None  # type: ignore[valid-type]
    nth: Literal[ORDINALS] | None = None  # type: ignore[valid-type]

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return {"day": value}
        if isinstance(value, str):
            if value == "last":
                return {"day": "last"}
            if value in WEEKDAYS:
                return {"weekday": value}
            nth, _, weekday = value.partition(" ")
            if nth in ORDINALS and weekday in WEEKDAYS:
                return {"nth": nth, "weekday": weekday}
            yearly = re.fullmatch(r"(\d\d)-(\d\d|last)", value)
            if yearly:
                day: int | str = "last" if yearly[2] == "last" else int(yearly[2])
                return {"month": int(yearly[1]), "day": day}
            raise Objection(
                said("not_a_day_of_a_period", value=value), said("day_of_a_period_form")
            )
        return value

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.day is None) == (self.weekday is None):
            raise Objection(said("period_day_needs_day_or_weekday"))
        if self.nth is not None and self.weekday is None:
            raise Objection(said("nth_of_nothing", nth=self.nth), said("nth_goes_with_weekday"))
        if isinstance(self.day, int) and not 1 <= self.day <= 31:
            raise Objection(said("not_a_day_of_a_month", day=str(self.day)))
        return self


class Until(Model):
    """The end of a limit: a `Length` from day 0, or a calendar day `years` later (次年3月31日)."""

    length: Length | None = None
    years: int = Field(default=0, ge=0, le=5)
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | Literal["last"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"length": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if (self.length is None) == (self.month is None):
            raise Objection(said("limit_form"))
        if self.month is not None and self.day is None:
            raise Objection(said("limit_needs_month_and_day"))
        return self


class Windows(Model):
    """Named stretches of each year: in `each` of them, or in `any` of them."""

    each: Words = ()
    any: Words = ()

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if bool(self.each) == bool(self.any):
            raise Objection(said("windows_form"))
        return self


class LeastAmount(Model):
    """How much one act must be to count at all: 每次不少于30分钟."""

    amount: Amount
    unit: str


class Measure(Model):
    """One measure: the keys that a clause's frequency may have, alone or combined."""

    # how many, how much
    at_least: Amount | None = None
    at_most: Amount | None = None
    cap: bool = False
    unit: str | None = None
    each: Population | None = None
    share: Share | None = None
    of: Population | Literal["workdays"] | None = None
    distinct: Literal["subjects", "days"] | None = None
    least_amount: LeastAmount | None = None
    least_interval: Length | None = None
    # when
    per: str | None = None
    since: int | None = Field(default=None, ge=1949, le=2999)
    between: tuple[DayOfPeriod, DayOfPeriod] | None = None
    due: tuple[DayOfPeriod, ...] = ()
    about: str | None = None
    by: date | None = None
    windows: Windows | None = None
    before: Words = ()
    ahead: Length = Length(count=0, unit="days")
    no_earlier_than: Length = Length(count=30, unit="days")
    after: Words = ()
    within: Until | Literal["to_be_ruled"] | None = None
    every: Length | None = None
    reading: Literal["rolling", "calendar"] | None = None
    while_: str | None = Field(default=None, alias="while")
    except_: Words = Field(default=(), alias="except")
    holidays: Literal["exempt", "count"] = "exempt"
    # how it is asked
    tenure: Annotated[TenureRule, word_of(TenureRule)] = TenureRule.PRORATE
    acts_of: Literal["post", "person"] = "post"
    adjust: AdjustWord | None = None
    grace: int = Field(default=0, ge=0, le=366)
    warn: int = Field(default=7, ge=0, le=366)
    all: tuple[Measure, ...] = ()

    @field_validator("due", mode="before")
    @classmethod
    def _listed_days(cls, value: Any) -> Any:
        return value if isinstance(value, (list, tuple)) else (value,)

    @field_validator("between", mode="before")
    @classmethod
    def _one_day_is_both_ends(cls, value: Any) -> Any:
        return value if value is None or isinstance(value, (list, tuple)) else (value, value)

    @field_validator("per", "about")
    @classmethod
    def _a_period(cls, value: str | None) -> str | None:
        return None if value is None else period_kind(value).word

    @property
    def period(self) -> PeriodKind | None:
        """The kind of period that it runs in, with `every N` read by the calendar."""
        word = self.per or self.about
        if word:
            return period_kind(word)
        if self.every and self.reading == "calendar":
            return period_read_from(str(self.every))
        return None

    @property
    def one_day(self) -> DayOfPeriod | None:
        """The day of each period that is all of its stretch; None: it has none, or a longer one."""
        if self.between is None or self.between[0] != self.between[1]:
            return None
        return self.between[0]

    @cached_property
    def shape(self) -> Shape:
        """The form of this measure, told by its keys."""
        if self.all:
            return Shape.NESTED
        if self.within == "to_be_ruled" or (self.every and not self.reading):
            return Shape.TO_BE_RULED
        if self.share is not None:
            return Shape.SHARE_OF_DAYS if self.of == "workdays" else Shape.SHARE
        if self.each is not None:
            return Shape.COVERAGE
        if self.before or self.after:
            return Shape.EVENT
        if self.about:
            return Shape.AFTER_PERIOD
        if self.due:
            return Shape.RECURRING_DEADLINE
        if self.by:
            return Shape.DEADLINE
        if self.windows:
            return Shape.WINDOW
        if self.every and self.reading == "rolling":
            return Shape.ROLLING
        if self.unit:
            return Shape.QUOTA
        if self.per or self.every:
            return Shape.RANGE if self.at_most is not None else Shape.COUNT
        return Shape.TO_BE_RULED

    @property
    def covers_members(self) -> bool:
        """Whether members are counted, not occasions or quantities."""
        return self.shape in (Shape.COVERAGE, Shape.SHARE)

    @property
    def population(self) -> Population | None:
        """Whom a coverage or a share is about."""
        return self.each or (self.of if isinstance(self.of, Population) else None)

    @property
    def counts_days(self) -> bool:
        """Whether calendar days are counted: an act of several days gives each of its days."""
        return self.unit == DAYS or self.of == "workdays"

    @property
    def owed_by_person(self) -> bool:
        """Whether it is conduct (the person's) and not a result (the post's)."""
        return self.shape in CONDUCT


class Variant(Measure):
    """Another measure for holders that match `when`; the first that matches replaces the base."""

    when: Condition


class Frequency(Measure):
    """A duty's whole measure: the base, and its variants in order."""

    variants: tuple[Variant, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _to_be_ruled(cls, value: Any) -> Any:
        return {} if value == "to_be_ruled" else value

    def for_shape(self) -> tuple[Measure, ...]:
        """The base and every variant."""
        return (self, *self.variants)

    @property
    def is_unruled(self) -> bool:
        """Whether nothing of it, for nobody, can be judged before a ruling."""
        return all(
            part.shape is Shape.TO_BE_RULED
            for measure in self.for_shape()
            for part in (measure.all or (measure,))
        )
