"""Where an office's store, rules and own folder are; the store opened, the rules loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from data.keeping.kept_rules import KeptFile
from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import Words
from engine.alerting.policy import DEFAULT_POLICY, Policy, load_policy
from engine.calendar.labels import FORMS, parse_label
from problems import BadInput, Place, Problem, Said, reason_of, said
from rules.files import BUILTIN, hashes_of
from rules.loader import load_rulebook, rule_files
from rules.rulebook import Rulebook
from rules.vocabulary import MADE_EVENTS
from services.naming import documents_named, duties_named

DEFAULT_TIMEZONE = "Asia/Shanghai"
"""Of an office that has no store yet."""


@dataclass(frozen=True)
class Office:
    """An office as it was named: its store, the folders of its rules, its own folder (rulings,
    words, policy, templates; None: it has none), and a folder for what can be made again.

    Nothing is looked at before it is asked for. `is_usual`: the store lies where it does unless it
    is told otherwise, so its folder is made with it.
    """

    store: str
    rules: tuple[Path, ...] = (BUILTIN,)
    folder: Path | None = None
    cache: Path | None = None
    is_usual: bool = False


def store_of(office: Office) -> Store:
    """The store, opened. Raises BadInput where there is none."""
    if office.is_usual and not Path(office.store).parent.exists():
        hint = said("make_one_with_init")
        raise BadInput([Problem(Place(office.store), said("no_store_here"), hint)])
    return open_store(office.store)


def made_store_of(office: Office, doing: Doing, records_from: date | None = None) -> Store:
    """The store, made when there is none."""
    make_room(office)
    doing = done_at(doing)
    return create_store(office.store, records_from, doing)


def make_room(office: Office) -> None:
    """Makes the folder of a store that lies where it usually does. Raises BadInput."""
    if not office.is_usual:
        return
    folder = Path(office.store).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Problem(
            Place(str(folder)),
            said("cannot_be_made", reason=reason_of(error)),
            said("name_another_place_with_db"),
        )
        raise BadInput([problem]) from None


def store_in_words(office: Office) -> Mapping[str, str]:
    """What the store is and holds, in words. Raises BadInput where there is none."""
    return store_of(office).describe()


def own_folder(office: Office) -> Path | None:
    """The office's own folder. Raises BadInput where the named one is not there."""
    folder = office.folder
    if folder is not None and not folder.is_dir():
        hint = said("name_office_folder")
        raise BadInput([Problem(Place(str(folder)), said("no_such_folder"), hint)])
    return folder


def office_rulebook(office: Office) -> Rulebook:
    """The rules, checked. Raises BadInput with all their problems."""
    return load_rulebook(office.rules, own_folder(office), office.cache)


def rule_files_of(office: Office, rulebook: Rulebook) -> list[KeptFile]:
    """The files of the rulebook, to be kept. Raises BadInput where they are others by now."""
    files = rule_files(office.rules, own_folder(office))
    if hashes_of(files) != rulebook.hashes:
        told = said("rule_files_changed_meanwhile")
        raise BadInput([Problem(Place("--rules"), told, said("run_it_again"))])
    return [KeptFile(file.role, file.label, file.document, file.raw) for file in files]


def policy_of(office: Office) -> Policy:
    """The office's alert policy, else the shipped one."""
    return load_policy(policy_file(office))


def policy_file(office: Office) -> Path:
    """Where the policy in force stands."""
    folder = own_folder(office)
    own = folder / "policy.yaml" if folder else None
    return own if own is not None and os.path.lexists(own) else DEFAULT_POLICY


def words_of(rulebook: Rulebook) -> Words:
    """The vocabulary's words, as imports check them, and what the rules hold by name."""
    vocabulary = rulebook.vocabulary
    return Words(
        documents=documents_named(rulebook),
        duties=duties_named(rulebook),
        kinds=frozenset(vocabulary.kinds),
        roles=frozenset(vocabulary.roles),
        post_classes=frozenset(vocabulary.post_classes),
        event_types=frozenset(vocabulary.event_types),
        made_events=MADE_EVENTS,
        label_forms=period_forms,
    )


def period_forms(text: str) -> Said | None:
    """How a period's label is written; None where the text is one."""
    return None if parse_label(text) else said("period_written", forms=FORMS)


def local(moment: datetime, store: Store | None = None) -> datetime:
    """The moment, to the second, on the clocks where the store is (None: where there is none yet);
    one without a time zone stands for that already.
    """
    if moment.tzinfo is not None:
        zone = store.timezone() if store else DEFAULT_TIMEZONE
        moment = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.replace(microsecond=0)


def done_at(doing: Doing, store: Store | None = None) -> Doing:
    """Who changes the store and why, with the moment on the clocks where the store is."""
    return replace(doing, now=local(doing.now, store))
