"""What nobody can judge yet: clauses without a measure, and windows without days in a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from rules.duty import Duty
from rules.frequency import Measure, Shape
from tests.reference.judging import Expected
from tests.reference.measures import parts
from tests.reference.office import days
from tests.reference.owing import Owing
from tests.reference.spans import Stretch

Year = tuple[Expected, date, date]
"""A verdict that is to be ruled, and first and last day of its year."""


def all_unruled(owing: Owing) -> Iterator[Year]:
    """One verdict for each holder and year in which he stands in a post that the duty binds."""
    for duty in owing.office.rulebook.duties:
        measures: list[Measure] = [*duty.frequency.variants, duty.frequency]
        for which, measure in enumerate(measures):
            for part, leaf in parts(measure):
                for unit, posts, person in _holders(owing, duty):
                    yield from _years(owing, duty, which, part, leaf, unit, posts, person)


def _holders(owing: Owing, duty: Duty) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """The units, groups, or people in posts that the duty may bind."""
    office, rule = owing.office, duty.holder
    posts = [p for p, row in office.records.posts.items() if row.post_class in rule.posts]
    for unit in office.records.units:
        own = tuple(sorted(post for post in posts if office.unit_of[post] == unit))
        if not rule.posts:
            yield unit, (), None
        elif rule.joint != "each_of":
            if own:
                yield unit, own, None
        else:
            for post in own:
                for person in office.people_of(post):
                    yield unit, (post,), person


def _years(
    owing: Owing,
    duty: Duty,
    which: int,
    part: int,
    leaf: Measure,
    unit: str,
    posts: tuple[str, ...],
    person: str | None,
) -> Iterator[Year]:
    office = owing.office
    for year in range(owing.start.year - 1, owing.horizon.year + 1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        bound = [
            day
            for day in days(first, last)
            if office.in_law(duty, unit, day) and _stands(owing, unit, posts, person, day)
        ]
        if not bound:
            continue
        at = Stretch(str(year), first, last, days(first, last), last, last, last, first)
        if not owing.chosen(duty, which, unit, posts, person, at):
            continue
        for label in _labels(owing, duty, leaf, unit, year):
            number = f"#{part}" if part else ""
            holder = unit if person is None else f"{posts[0]}/{person}"
            verdict = Expected(
                f"{duty.id}{number}@{holder}@{label}",
                "to_be_ruled",
                None,
                Fraction(0),
                Fraction(0),
                None,
                None,
                None,
                person,
                (),
                {"hedged"} if duty.hedged else set(),
                {},
            )
            yield verdict, first, last


def _stands(owing: Owing, unit: str, posts: tuple[str, ...], person: str | None, day: date) -> bool:
    office = owing.office
    if not posts:
        return office.unit_exists(unit, day)
    if person is not None:
        return person in office.responsible(posts[0], day)
    return any(office.holders(post, day) for post in posts)


def _labels(owing: Owing, duty: Duty, leaf: Measure, unit: str, year: int) -> Iterator[str]:
    """What of the year is to be ruled: all of it, or the windows without days."""
    reads = owing.office.reads
    if leaf.shape is Shape.TO_BE_RULED:
        if reads("unruled_year"):
            yield str(year)
        return
    lacking = (
        [
            [part for part in owing.office.named.parts(name) if owing.lacks_days(part, year, unit)]
            for name in (*leaf.windows.each, *leaf.windows.any)
        ]
        if leaf.windows
        else []
    )
    if not any(lacking) or not reads("window_without_days"):
        return
    assert leaf.windows is not None
    if leaf.windows.any:
        yield f"{year}/{'+'.join(leaf.windows.any)}"
    else:
        for part in dict.fromkeys(part for parts_of_it in lacking for part in parts_of_it):
            yield f"{year}/{part}"
