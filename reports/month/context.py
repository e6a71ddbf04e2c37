"""What the template of the tables of a span is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import OverdueRow, described


@dataclass(frozen=True)
class StatRow:
    """One holder and duty (履职情况统计表)."""

    no: int = described("its number, from 1")
    unit: str = described("the unit")
    person: str = described("who owes it; — where nobody is named")
    post: str = described("the post; — for a unit")
    post_class: str = described("the post's class")
    duty: str = described("what is owed")
    measure: str = described("how often or by when")
    required: str = described("how much is owed in the span")
    done: str = described("how much counts")
    made_up: str = described("how much of it came late")
    short: str = described("how much is short")
    rate: str = described("the on-time rate; — where nothing fell due")
    light: str = described("the colour's word")
    colour: str = described("the colour's code")
    state: str = described("the state in words")
    days_overdue: str = described("days since the due day; — while it is not overdue")
    running: str = described("how many periods in a row are unmet; — where none is")
    last_done: str = described("the last day on which something counts; — where nothing does")
    evidence: str = described("whether what counts has evidence")
    remarks: str = described("flags and reasons in words")


@dataclass(frozen=True)
class RankRow:
    """One unit, post class or duty."""

    place: str = described("its place; — where nothing fell due")
    name: str = described("what it is")
    obligations: int = described("how many obligations ask for something in the span")
    due: int = described("how many fell due")
    met: int = described("how many were met in time")
    made_up: int = described("how many were made up late")
    overdue: int = described("how many are overdue")
    short: str = described("how much is short, all together")
    rate: str = described("the on-time rate; — where nothing fell due")
    rate_done: str = described("the done rate; — where nothing fell due")
    before: str = described("its place in the span before; — where it had none")
    moved: str = described("how many places up or down since; — where there is nothing to compare")
    lights: str = described("how many are red, yellow and green")


@dataclass(frozen=True)
class GapRow:
    """A population that was not reached whole (覆盖缺口表)."""

    unit: str = described("the unit that owes it")
    post: str = described("the post; — for a unit")
    duty: str = described("what is owed")
    period: str = described("the period")
    required: str = described("how many are required")
    done: str = described("how many were reached")
    missing: str = described("the members that were not")


@dataclass(frozen=True)
class MarkedRow:
    """A line of a list of flagged obligations (超出上限, 集中在一天或期末, 迟录)."""

    flag: str = described("what it is listed for")
    unit: str = described("the unit")
    who: str = described("post and person")
    duty: str = described("what is owed")
    period: str = described("the period")
    done: str = described("how much counts, of how much")


@dataclass(frozen=True)
class Month:
    """The tables of a span."""

    lang: str = described("zh or en")
    title: str = described("the title, with the span")
    reporter: str = described("who reports: an empty place")
    span: str = described("first and last day")
    as_of: str = described("the day on which it was judged")
    overall: str = described("what fell due, and the rates over it")
    units: tuple[RankRow, ...] = described("the units by their places")
    classes: tuple[RankRow, ...] = described("the post classes, heads first")
    duties: tuple[RankRow, ...] = described("the duties, the worst first")
    lines: tuple[StatRow, ...] = described(
        "one line a holder and duty; of very many the notable ones"
    )
    left_out: str = described("how many lines are not shown, in words; empty: none")
    overdue: tuple[OverdueRow, ...] = described("overdue in the span, the longest first")
    arrears: tuple[OverdueRow, ...] = described("due earlier and still overdue, the longest first")
    closed: int = described("how many arrears are past making up, and not listed")
    gaps: tuple[GapRow, ...] = described("populations not reached whole")
    marked: tuple[MarkedRow, ...] = described("what bears a flag that is to be looked at")
    vacancies: tuple[str, ...] = described("posts that nobody held, with days")
    how_counted: str = described("how the rates are counted")
    proof: str = described("audit day, knowledge day and short hashes")
