"""What stands differently than on an earlier day, as it was known then, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.keeping.kept_rules import hashes_in_force
from data.records import Records
from data.store.opening import Store
from engine.judging.audit import Judged, judge_all, world_of
from problems import BadInput
from reports.changes.causes import Cause, Changes, Stage, explained, record_stages
from reports.names import Names
from rules.loader import rule_files
from rules.loader import rulebook_of as rulebook_of_files
from rules.rulebook import Rulebook
from services.binding import must_bind
from services.daily import check_since
from services.kept_audits import kept_rule_sources, kept_rulebook
from services.look import Progress, When, no_such_unit
from services.naming import unit_named
from services.office import Office, office_rulebook, own_folder, store_of


@dataclass(frozen=True)
class ChangesTold:
    """What changed, and the names of whom it is about."""

    changes: Changes
    names: Names


def changes(
    office: Office,
    when: When,
    since: date,
    unit: str | None = None,
    progress: Progress | None = None,
) -> ChangesTold:
    """What stands differently on the day, with all that the store holds, than on `since` as it was
    known by its end; in the unit and those below it (None: in all). Raises BadInput.
    """
    rulebook = office_rulebook(office)
    store = store_of(office)
    unit = unit_named(store, rulebook, unit)
    with store.snapshot() as state:
        day = when.day(state)
        check_since(since, day)
        before, now = state.read_records(since), state.read_records()
        rules = _rules_then(office, state, rulebook, since)
    must_bind(rulebook, world_of(rulebook, now, day, None).adoptions)
    if unit is not None and unit not in now.units:
        raise BadInput([no_such_unit(unit, now.units)])
    steps = _Steps(since, day, unit, progress)
    stages = steps.judged(before, now, rules.steps if rules else [(None, rulebook)])
    found = explained(stages, before, now)
    acts = {act.activity: act for act in now.activities}
    names = Names(now, rulebook.vocabulary)
    return ChangesTold(Changes(since, day, found, rules is not None, acts), names)


RuleSteps = list[tuple[Cause | None, Rulebook]]


@dataclass(frozen=True)
class _RulesThen:
    """The rules of then first, then those that came, with what each step is called."""

    steps: RuleSteps


def _rules_then(office: Office, store: Store, rulebook: Rulebook, since: date) -> _RulesThen | None:
    """From the rules that were kept last by the end of that day to those of now; None where none
    were kept by then.
    """
    hashes = hashes_in_force(store, since)
    if hashes is None:
        return None
    differing = {name for name in hashes if vars(rulebook.hashes)[name] != hashes[name]}
    if not differing:
        return _RulesThen([(None, rulebook)])
    sources = kept_rule_sources(store, hashes)
    try:
        old = kept_rulebook(store, hashes)
    except BadInput:
        # Kept by an earlier program, and no longer to be read.
        return None
    if sources is None or old is None:
        return None
    steps: RuleSteps = [(None, old)]
    if differing == {"rulings"}:
        return _RulesThen([*steps, (Cause.RULINGS, rulebook)])
    whole = Cause.CALENDAR if differing == {"calendar"} else Cause.RULES
    if "rulings" not in differing:
        return _RulesThen([*steps, (whole, rulebook)])
    files = [one for one in rule_files(office.rules, own_folder(office)) if one.role != "rulings"]
    try:
        between = rulebook_of_files([*files, *(one for one in sources if one.role == "rulings")])
    except BadInput:
        # The rulings of then speak of duties that are no more.
        return _RulesThen([*steps, (whole, rulebook)])
    return _RulesThen([*steps, (Cause.RULES, between), (Cause.RULINGS, rulebook)])


@dataclass(frozen=True)
class _Steps:
    """How one gets from one day to the other: each step judged."""

    since: date
    day: date
    unit: str | None
    progress: Progress | None

    def judged(self, before: Records, now: Records, rules: RuleSteps) -> Iterator[Stage]:
        (_, first), *later = rules
        yield None, self._judge(first, before, self.since)
        if self.day != self.since:
            yield Cause.DAY, self._judge(first, before, self.day)
        last = first
        for cause, last in later:
            yield cause, self._judge(last, before, self.day)
        for cause, records in record_stages(before, now):
            yield cause, self._judge(last, records, self.day)

    def _judge(self, rulebook: Rulebook, records: Records, day: date) -> list[Judged]:
        world = world_of(rulebook, records, day, None)
        return judge_all(world, unit=self.unit, progress=self.progress)
