"""What kinds of periods there are: all that rules, verdicts and reports know of each, in one row.

A new kind is a row here, its word on the two pages of the rule language, and its tests. `engine/`
cuts the calendar as the row says and writes and reads the labels; wordings take their words here.
Source: SEMANTICS, sections 1 and 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from problems import Objection, Said, did_you_mean, names, said


@dataclass(frozen=True)
class Runs:
    """Runs of so many days, one after another from Monday, 1 January of the year 1."""

    days: int


@dataclass(frozen=True)
class MonthParts:
    """The parts of every month that begin on these days of it."""

    begins: tuple[int, ...]


@dataclass(frozen=True)
class Months:
    """So many whole months at a time: from January, or of several years from a stated year."""

    count: int


class Given(StrEnum):
    """What gives the days of a period that the calendar alone does not decide."""

    SCHOOL = "school"
    TENURE = "tenure"
    CAMPAIGN = "campaign"


Cut = Runs | MonthParts | Months | Given


@dataclass(frozen=True, kw_only=True)
class PeriodKind:
    """One kind of period.

    `label` is filled from the period: `year`, `month`, `day` of its first day, `last_year`,
    `last_month`; `iso_year` and `week`; its `number` in the year (or month), that as a `letter`,
    or its name in `zh_names`. `zh_label` is what a clerk calls it; blank: its days are said.
    """

    word: str
    """What rule files call it."""
    cut: Cut
    days: int
    """Its usual length, to tell the longest."""
    every: tuple[str, ...] = ()
    """The lengths that `reading: calendar` reads as this kind."""
    worked: bool = False
    """Whether only working days are periods of it."""
    rests: bool = False
    """Whether it asks nothing of a post where it has no working day."""
    label: str = "{first}..{last}"
    zh_label: str = ""
    zh_names: tuple[str, ...] = ()
    zh_each: str
    zh: str
    zh_next: str = ""
    """The one after it (`下季度`); blank: `zh` and 结束后."""
    en_each: str
    en: str
    several: Said | None = None
    """What several of them are called, to say how far the number in a label may go."""

    @property
    def by_calendar(self) -> bool:
        """Whether the calendar alone decides its days (of `N years`, with a stated year)."""
        return not isinstance(self.cut, Given)

    @property
    def months(self) -> int | None:
        """How many whole months it has; None where it is not made of months."""
        return self.cut.count if isinstance(self.cut, Months) else None

    @property
    def is_fine(self) -> bool:
        """Whether it is shorter than a month."""
        return self.days < 30

    @property
    def is_week(self) -> bool:
        """Whether each weekday is one day of it."""
        return self.cut == Runs(7)

    @property
    def needs_since(self) -> bool:
        """Whether a year must be stated from which it is counted."""
        return (self.months or 0) > 12


_DAY = "{year:04}-{month:02}-{day:02}"
_MONTH = "{year:04}-{month:02}"

PERIOD_KINDS = (
    PeriodKind(
        word="day",
        cut=Runs(1),
        days=1,
        every=("1 day",),
        rests=True,
        label=_DAY,
        zh_each="每日",
        zh="日",
        en_each="a day",
        en="day",
    ),
    PeriodKind(
        word="workday",
        cut=Runs(1),
        days=1,
        worked=True,
        label=_DAY,
        zh_each="每个工作日",
        zh="工作日",
        en_each="a working day",
        en="working day",
    ),
    PeriodKind(
        word="week",
        cut=Runs(7),
        days=7,
        every=("7 days",),
        rests=True,
        label="{iso_year:04}-W{week:02}",
        zh_label="{iso_year:04}年第{week}周",
        zh_each="每周",
        zh="周",
        zh_next="下周",
        en_each="a week",
        en="week",
    ),
    PeriodKind(
        word="ten_days",
        cut=MonthParts((1, 11, 21)),
        days=10,
        every=("10 days",),
        rests=True,
        label=f"{_MONTH}-X{{number}}",
        zh_each="每旬",
        zh="旬",
        en_each="every ten days of a month",
        en="ten days",
        several=said("ten_days"),
    ),
    PeriodKind(
        word="half_month",
        cut=MonthParts((1, 16)),
        days=15,
        every=("15 days",),
        label=f"{_MONTH}-{{letter}}",
        zh_each="每半月",
        zh="半月",
        en_each="a half month",
        en="half month",
    ),
    PeriodKind(
        word="month",
        cut=Months(1),
        days=30,
        every=("30 days", "1 month"),
        label=_MONTH,
        zh_label="{year:04}年{month}月",
        zh_each="每月",
        zh="月",
        zh_next="次月",
        en_each="a month",
        en="month",
    ),
    PeriodKind(
        word="quarter",
        cut=Months(3),
        days=91,
        every=("3 months",),
        label="{year:04}-Q{number}",
        zh_label="{year:04}年{name}",
        zh_names=("一季度", "二季度", "三季度", "四季度"),
        zh_each="每季度",
        zh="季度",
        zh_next="下季度",
        en_each="a quarter",
        en="quarter",
        several=said("quarters"),
    ),
    PeriodKind(
        word="half_year",
        cut=Months(6),
        days=182,
        every=("6 months",),
        label="{year:04}-H{number}",
        zh_label="{year:04}年{name}",
        zh_names=("上半年", "下半年"),
        zh_each="每半年",
        zh="半年",
        zh_next="下半年度",
        en_each="a half-year",
        en="half-year",
        several=said("half_years"),
    ),
    PeriodKind(
        word="year",
        cut=Months(12),
        days=366,
        every=("12 months", "1 year"),
        label="{year:04}",
        zh_label="{year:04}年",
        zh_each="每年",
        zh="年",
        zh_next="次年",
        en_each="a year",
        en="year",
    ),
    PeriodKind(
        word="school_term",
        cut=Given.SCHOOL,
        days=150,
        zh_each="每学期",
        zh="学期",
        en_each="a school term",
        en="school term",
    ),
    PeriodKind(
        word="school_year",
        cut=Given.SCHOOL,
        days=366,
        zh_each="每学年",
        zh="学年",
        en_each="a school year",
        en="school year",
    ),
    PeriodKind(
        word="term_of_office",
        cut=Given.TENURE,
        days=1826,
        zh_each="每届任期",
        zh="任期",
        en_each="a term of office",
        en="term of office",
    ),
    PeriodKind(
        word="campaign",
        cut=Given.CAMPAIGN,
        days=4000,
        zh_each="期间内",
        zh="期间",
        en_each="over the campaign",
        en="campaign",
    ),
)
"""Every kind that has a word of its own; those of the calendar from the finest to the longest.

`N months` and `N years` are made where they are asked for.
"""

PERIOD_WORDS = tuple(kind.word for kind in PERIOD_KINDS)

_BY_WORD = {kind.word: kind for kind in PERIOD_KINDS}
_BY_LENGTH = {length: kind for kind in PERIOD_KINDS for length in kind.every}
_SEVERAL = re.compile(r"([2-9]|[1-9]\d) (months|years)")


@cache
def period_kind(word: str) -> PeriodKind:
    """The kind that `word` names: a row, or one made for `N months` (N divides 12) or `N years`.

    Raises Objection, for the person who wrote it, where it names none.
    """
    if word in _BY_WORD:
        return _BY_WORD[word]
    several = _SEVERAL.fullmatch(word)
    if several and (several[2] == "years" or 12 % int(several[1]) == 0):
        return _several(word, int(several[1]), several[2] == "years")
    near = None if word[:1].isdigit() else did_you_mean(word, PERIOD_WORDS)
    known = said("periods_are", periods=names(PERIOD_WORDS))
    nearest = said("near_of_periods", near=near, periods=names(PERIOD_WORDS)) if near else known
    raise Objection(said("not_a_period", text=word), nearest)


def period_read_from(length: str) -> PeriodKind | None:
    """The kind that `every: LENGTH` means where the calendar reads it; None where none does."""
    if length in _BY_LENGTH:
        return _BY_LENGTH[length]
    return period_kind(length) if is_period(length) else None


def is_period(word: str) -> bool:
    """Whether `word` names a kind of period."""
    try:
        return bool(period_kind(word))
    except Objection:
        return False


def _several(word: str, n: int, years: bool) -> PeriodKind:
    months = f"{_MONTH}..{{last_year:04}}-{{last_month:02}}"
    zh = f"{n}{'年' if years else '个月'}"
    return PeriodKind(
        word=word,
        cut=Months(12 * n if years else n),
        days=n * (366 if years else 30),
        label="{year:04}..{last_year:04}" if years else months,
        zh_each=f"每{zh}",
        zh=zh,
        en_each=f"every {word}",
        en=word,
    )
