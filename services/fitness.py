"""Whether a machine and an office are fit for the work: libraries, rules, working days, store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

from engine.alerting.rules_engine import EngineMissing, engine_missing
from engine.calendar.workdays import Workdays
from problems import BadInput, Problem
from rules.rulebook import Rulebook
from services.keeping import open_to_others
from services.office import Office, local, office_rulebook, policy_of, store_in_words


@dataclass(frozen=True)
class Fitness:
    """What was found. `no_engine` says why there are no alerts (None: the rules engine runs).

    `fast_reader` names the package that reads the office's sort of store fast, and `has_reader`
    tells whether it is there. `rulebook` is None where the rules or the policy have
    `rule_problems`. `year` is the running one, and `knows_year` tells whether its working days are
    published (False without a rulebook). `store` is where the store is, in words; None where
    `store_problem` says what is wrong.
    """

    no_engine: EngineMissing | None
    fast_reader: str
    has_reader: bool
    rulebook: Rulebook | None
    rule_problems: tuple[Problem, ...]
    year: int
    knows_year: bool
    store: str | None
    store_problem: Problem | None
    open_files: tuple[Path, ...]
    """The store's files that others on the machine may read."""


def fitness(office: Office, now: datetime) -> Fitness:
    """What is there and what is missing, at this moment. Raises nothing for what is missing."""
    reader = f"adbc_driver_{'postgresql' if office.store.startswith('postgres') else 'sqlite'}"
    has_reader = find_spec(reader) is not None and find_spec("pyarrow") is not None
    year = local(now).year
    rulebook, rule_problems = _rules(office)
    is_known = rulebook is not None and Workdays(rulebook.calendar).is_published(date(year, 12, 31))
    store, store_problem = _store(office)
    return Fitness(
        engine_missing(),
        reader.replace("_", "-"),
        has_reader,
        rulebook,
        rule_problems,
        year,
        is_known,
        store,
        store_problem,
        open_to_others(office) if store_problem is None else (),
    )


def _rules(office: Office) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    try:
        rulebook = office_rulebook(office)
        policy_of(office)
    except BadInput as error:
        return None, tuple(error.problems)
    return rulebook, ()


def _store(office: Office) -> tuple[str | None, Problem | None]:
    try:
        return store_in_words(office)["store"], None
    except BadInput as error:
        return None, error.problems[0]
