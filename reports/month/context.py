"""What the template of the tables of a span is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import OverdueRow, told


@dataclass(frozen=True)
class StatRow:
    """One holder and duty (履职情况统计表)."""

    no: int = told("its number, from 1")
    unit: str = told("the unit")
    person: str = told("who owes it; — where nobody is named")
    post: str = told("the post; — for a unit")
    post_class: str = told("the post's class")
    duty: str = told("what is owed")
    measure: str = told("how often or by when")
    required: str = told("how much is owed in the span")
    done: str = told("how much counts")
    made_up: str = told("how much of it came late")
    short: str = told("how much is short")
    rate: str = told("the on-time rate; — where nothing fell due")
    light: str = told("the colour's word")
    colour: str = told("the colour's code")
    state: str = told("the state in words")
    days_overdue: str = told("days since the due day; — while it is not overdue")
    running: str = told("how many periods in a row are unmet; — where none is")
    last_done: str = told("the last day on which something counts; — where nothing does")
    evidence: str = told("whether what counts has evidence")
    remarks: str = told("flags and reasons in words")


@dataclass(frozen=True)
class RankRow:
    """One unit, post class or duty."""

    place: str = told("its place; — where nothing fell due")
    name: str = told("what it is")
    obligations: int = told("how many obligations ask for something in the span")
    due: int = told("how many fell due")
    met: int = told("how many were met in time")
    made_up: int = told("how many were made up late")
    overdue: int = told("how many are overdue")
    short: str = told("how much is short, all together")
    rate: str = told("the on-time rate; — where nothing fell due")
    rate_done: str = told("the done rate; — where nothing fell due")
    before: str = told("its place in the span before; — where it had none")
    moved: str = told("how many places up or down since; — where there is nothing to compare")
    lights: str = told("how many are red, yellow and green")


@dataclass(frozen=True)
class GapRow:
    """A population that was not reached whole (覆盖缺口表)."""

    unit: str = told("the unit that owes it")
    post: str = told("the post; — for a unit")
    duty: str = told("what is owed")
    period: str = told("the period")
    required: str = told("how many are required")
    done: str = told("how many were reached")
    missing: str = told("the members that were not")


@dataclass(frozen=True)
class MarkedRow:
    """A list of what bears a flag (超出上限, 集中在一天或期末, 迟录)."""

    flag: str = told("what it is listed for")
    unit: str = told("the unit")
    who: str = told("post and person")
    duty: str = told("what is owed")
    period: str = told("the period")
    done: str = told("how much counts, of how much")


@dataclass(frozen=True)
class Month:
    """The tables of a span."""

    lang: str = told("zh or en")
    title: str = told("the title, with the span")
    reporter: str = told("who reports: an empty place")
    span: str = told("first and last day")
    as_of: str = told("the day on which it was judged")
    overall: str = told("what fell due, and the rates over it")
    units: tuple[RankRow, ...] = told("the units by their places")
    classes: tuple[RankRow, ...] = told("the post classes, heads first")
    duties: tuple[RankRow, ...] = told("the duties, the worst first")
    lines: tuple[StatRow, ...] = told("one line a holder and duty; of very many the notable ones")
    left_out: str = told("how many lines are not shown, in words; empty: none")
    overdue: tuple[OverdueRow, ...] = told("overdue in the span, the longest first")
    arrears: tuple[OverdueRow, ...] = told("due earlier and still overdue, the longest first")
    closed: int = told("how many arrears are past making up, and not listed")
    gaps: tuple[GapRow, ...] = told("populations not reached whole")
    marked: tuple[MarkedRow, ...] = told("what bears a flag that is to be looked at")
    vacancies: tuple[str, ...] = told("posts that nobody held, with days")
    how_counted: str = told("how the rates are counted")
    proof: str = told("audit day, knowledge day and short hashes")
