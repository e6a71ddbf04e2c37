"""One person's whole record, over all their posts."""

from __future__ import annotations

from dataclasses import dataclass

from data.likeness import MOST_OF_ONE_NAME
from data.store.person_subset import people_called
from engine.alerting.alerts import Alert
from engine.alerting.rules_engine import EngineCrashed
from engine.judging.world import World
from problems import BadInput, Place, Problem, clauses, said
from reports.i18n import Lang
from reports.leader.facts import LeaderRecord, leader_record
from reports.leader.pages import leader_html
from services.alerts import concluded, notices_by
from services.look import Progress, When, Whose, look
from services.naming import PEOPLE, NameResolver
from services.office import Office, office_rulebook, policy_of, store_of
from services.papers import templates_of


@dataclass(frozen=True)
class Leader:
    """The records of all who are called so, by id. `no_alerts`: why they are without alerts, where
    the rules engine fails.
    """

    world: World
    records: tuple[LeaderRecord, ...]
    no_alerts: EngineCrashed | None = None


def leader(
    office: Office,
    when: When,
    name: str,
    span: str | None = None,
    progress: Progress | None = None,
) -> Leader:
    """The records of whoever has this name or id. Raises BadInput where nobody has."""
    naming = NameResolver(store_of(office), office_rulebook(office))
    named = _meant(naming, name)
    it = look(office, when, Whose(lambda _: named))
    # Of a day of knowledge before he was entered there is nobody yet.
    people = [one for one in named if one in it.records.people]
    if not people:
        unknown = said("no_such_person", person=name)
        raise BadInput([Problem(Place("NAME"), unknown, naming.unknown(name, PEOPLE))])
    chosen = it.span(span) if span else None
    judged = it.judged_around(people, progress)
    policy = policy_of(office)
    alerts: tuple[Alert, ...] = ()
    failed: EngineCrashed | None = None
    try:
        alerts = concluded(it, judged, policy, notices_by(office, it)).alerts
    except EngineCrashed as error:
        failed = error
    records = [
        leader_record(it.world, judged, alerts, person, chosen, policy.levels) for person in people
    ]
    return Leader(it.world, tuple(records), failed)


def _meant(naming: NameResolver, name: str) -> list[str]:
    """The ids of all who are called so; else of the one whose name sounds so, in pinyin or its
    initials. Raises BadInput where several sound so.
    """
    people = people_called(naming.store, name)
    if people:
        return people
    book = naming.book.book(PEOPLE)
    found = sorted(book.meant(name)) or book.sounding(name)
    if len(found) > 1 and not book.meant(name):
        told = said("several_sound_so", name=name)
        listed = clauses(book.shown(one) for one in found[:MOST_OF_ONE_NAME])
        raise BadInput([Problem(Place("NAME"), told, said("these_are", things=listed))])
    return found


def leader_page(office: Office, found: Leader, lang: Lang) -> str:
    """The records as a page to print, by the office's own template where it has one."""
    return leader_html(found.world, found.records, lang, templates_of(office))
