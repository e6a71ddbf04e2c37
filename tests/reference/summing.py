"""What an audit adds up: the states and the rates of a span, and the posts that stood empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from engine.calendar.periods import Period
from rules.duty import Duty
from tests.reference.office import DAY, Office, days


@dataclass
class Sums:
    """The state counts of the verdicts; the rates of those that were due, and what these lack."""

    states: Counter[str] = field(default_factory=Counter)
    due: int = 0
    rate: Fraction | None = None
    rate_done: Fraction | None = None
    shortfall: Fraction = Fraction(0)


def sums(found: Iterable[Any], as_of: date) -> Sums:
    """The summary of the verdicts of a span."""
    said = Sums()
    on_time = done = 0
    for one in found:
        said.states[one.state] += 1
        if one.deadline is None or as_of <= one.deadline:
            continue
        if one.state in ("met", "made_up", "overdue", "exceeded"):
            said.due += 1
            on_time += one.state == "met"
            done += one.state in ("met", "made_up")
            said.shortfall += one.shortfall
    if said.due:
        said.rate, said.rate_done = Fraction(on_time, said.due), Fraction(done, said.due)
    return said


def vacancies(office: Office, span: Period) -> list[tuple[str, date, date]]:
    """The runs of days of the span on which a post that owes a duty was held by nobody, sorted."""
    found: list[tuple[str, date, date]] = []
    for post in sorted(office.records.posts):
        run: list[date] = []
        for day in [*days(span.first, span.last), span.last + DAY]:
            if day in span and _is_vacant(office, post, day):
                run.append(day)
            elif run:
                found.append((post, run[0], run[-1]))
                run = []
    return found


def _is_vacant(office: Office, post: str, day: date) -> bool:
    if not office.post_exists(post, day) or office.holders(post, day):
        return False
    return any(_owes(office, duty, post, day) for duty in office.rulebook.duties)


def _owes(office: Office, duty: Duty, post: str, day: date) -> bool:
    row = office.records.posts[post]
    return (
        row.post_class in duty.holder.posts
        and office.in_law(duty, row.unit, day)
        and office.unit_matches(duty.holder.units, row.unit, None, day)
        and office.unit_matches(duty.holder.when, row.unit, None, day)
    )
