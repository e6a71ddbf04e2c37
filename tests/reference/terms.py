"""Periods whose days are given: school terms and years, terms of office, and campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.duty import Duty
from tests.reference.office import Office
from tests.reference.windows import YEARS, school_runs

Named = tuple[str, date, date]


def term_held(office: Office, posts: tuple[str, ...], unit: str, person: str | None) -> list[date]:
    """First and last day on which the posts (or the unit itself) are held; empty where never."""
    places = [(office.records.posts[post].first, office.records.posts[post].last) for post in posts]
    row = office.records.units[unit]
    runs = []
    for post, place in zip(posts, places, strict=True):
        for one in office.records.appointments:
            if one.post == post and person in (None, one.person):
                runs.append([(one.first, one.last), place, (row.first, row.last)])
    if not posts:
        runs.append([(row.first, row.last)])
    ends = [
        (max(a or date.min for a, _ in run), min(b or date.max for _, b in run)) for run in runs
    ]
    ends = [(first, last) for first, last in ends if first <= last]
    return [min(a for a, _ in ends), max(b for _, b in ends)] if ends else []


def given_runs(
    office: Office, duty: Duty, word: str, unit: str, held: list[date]
) -> Iterator[Named]:
    """The periods of that word for a holder in a unit, `held` being the days on which he holds."""
    if word == "campaign":
        document = office.rulebook.documents[duty.document]
        first, last = duty.valid.first or document.first, duty.valid.last or document.last
        if last is not None:
            yield f"{first}..{last}", first, last
    elif word == "term_of_office":
        row = office.records.units[unit]
        body = row.term_first, row.term_last
        if body[0] is not None and office.reads("term_of_body"):
            # a body's term is also that of those who sit in it
            if body[1] is not None:
                yield f"{body[0]}..{body[1]}", body[0], body[1]
        elif held and held[-1] < date.max and office.reads("term_of_person"):
            yield f"{held[0]}..{held[-1]}", held[0], held[-1]
    else:
        for year in YEARS:
            for label, (first, last) in school_runs(office.named, word, year, office.chain(unit)):
                yield label, first, last
