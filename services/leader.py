"""One person's whole record, over all their posts."""

from __future__ import annotations

from dataclasses import dataclass

from data.import_columns import SINGULAR
from data.store.person_subset import people_called
from engine.alerting.alerts import Alert
from engine.alerting.rules_engine import EngineError
from engine.judging.world import World
from problems import BadInput, Place, Problem, did_you_mean, said
from reports.i18n import Lang
from reports.leader.facts import LeaderRecord, leader_record
from reports.leader.pages import leader_html
from services.alerts import concluded
from services.look import Look, Progress, When, Whose, look
from services.office import Office, policy_of
from services.papers import templates_of


@dataclass(frozen=True)
class Leader:
    """The records of all who are called so, by id. `no_alerts`: why they are without alerts, where
    the rules engine cannot run.
    """

    world: World
    records: tuple[LeaderRecord, ...]
    no_alerts: EngineError | None = None


def leader(
    office: Office,
    when: When,
    name: str,
    span: str | None = None,
    progress: Progress | None = None,
) -> Leader:
    """The records of whoever has this name or id. Raises BadInput where nobody has."""
    it = look(office, when, Whose(lambda state: people_called(state, name)))
    people = _called(it, name)
    chosen = it.span(span) if span else None
    judged = it.judged_around(people, progress)
    policy = policy_of(office)
    alerts: tuple[Alert, ...] = ()
    missing: EngineError | None = None
    try:
        alerts = concluded(it, judged, policy)
    except EngineError as error:
        missing = error
    records = [
        leader_record(it.world, judged, alerts, person, chosen, policy.levels) for person in people
    ]
    return Leader(it.world, tuple(records), missing)


def _called(it: Look, name: str) -> list[str]:
    rows = it.records.people.values()
    people = sorted(row.person for row in rows if name in (row.name, row.person))
    if not people:
        hint = did_you_mean(name, sorted({row.name for row in rows}))
        unnamed = said("enter_it_first", things=SINGULAR["people"])
        hint = hint or (said("name_is_a_person") if rows else unnamed)
        raise BadInput([Problem(Place("NAME"), said("no_such_person", person=name), hint)])
    return people


def leader_page(office: Office, found: Leader, lang: Lang) -> str:
    """The records as a page to print, by the office's own template where it has one."""
    return leader_html(found.world, found.records, lang, templates_of(office))
