"""What is set of an office: its first day, and who its papers come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.cell_values import canonical
from data.intake.imports import import_rows
from data.intake.parsing import setting_value, unknown_setting
from data.settings import SETTINGS, setting_key
from data.store.journal import Doing
from data.store.opening import Store
from data.store.reading import LATEST, known_rows, settings_known_on
from data.words import ANY_WORDS
from problems import BadInput, Objection, Place, Problem, bare, said
from services.office import Office, done_at, store_of

SET = "--set"
_PARTED = re.compile("[=＝]")


@dataclass(frozen=True)
class OfficeSet:
    """What was set just now, by key: `new`, `changed` or `same`; and what every setting says
    (None: nothing).
    """

    done: Mapping[str, str]
    settings: Mapping[str, str | None]


def office_settings(office: Office) -> OfficeSet:
    """Every setting of the office as it stands. Raises BadInput where there is no store."""
    return OfficeSet({}, _told(store_of(office)))


def set_office(office: Office, doing: Doing, given: Sequence[str]) -> OfficeSet:
    """Sets what `given` says (`key=value`, a text each), all of it or nothing. Raises BadInput with
    every problem.
    """
    wanted = settings_given(given)
    store = store_of(office)
    before = _told(store)
    changed = {key: value for key, value in wanted.items() if before[key] != value}
    if changed:
        done = done_at(doing, store)
        # With its moment it may say again what was struck out before.
        moment = done.now.isoformat(sep=" ", timespec="seconds")
        rows = [
            {"key": key, "value": value, "recorded_at": moment} for key, value in changed.items()
        ]
        import_rows(store, {"settings": rows}, name="office", words=ANY_WORDS, doing=done)
    outcomes = {
        key: "same" if key not in changed else "new" if before[key] is None else "changed"
        for key in wanted
    }
    return OfficeSet(outcomes, _told(store))


def paper_settings(store: Store, given: Sequence[str] = ()) -> Mapping[str, str]:
    """What papers are told of the office, by key: as `given` for this once, else as it is set.

    Raises BadInput for what cannot be set.
    """
    wanted = settings_given(given, papers_only=True)
    told = {**_told(store), **wanted}
    return {key: told[key] or "" for key, one in SETTINGS.items() if one.on_papers}


def settings_given(given: Sequence[str], *, papers_only: bool = False) -> dict[str, str]:
    """The settings that were typed, each `key=value`, as they are kept. Raises BadInput with all
    that is wrong in them.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for text in given:
        name, *rest = _PARTED.split(text, maxsplit=1)
        key = setting_key(name)
        try:
            if not rest:
                raise Objection(said("setting_without_value", text=text), said("setting_form"))
            if key not in SETTINGS:
                raise unknown_setting(name.strip())
            if papers_only and not SETTINGS[key].on_papers:
                raise Objection(said("no_setting_of_papers", key=name), said("set_it_by_office"))
            if key in found:
                raise Objection(said("setting_twice", key=name.strip()), said("give_it_once"))
            plain = canonical("text", rest[0])
            if plain is None:
                hint = said("void_takes_a_setting_away", key=bare(key))
                raise Objection(said("setting_says_nothing", text=text), hint)
            found[key] = setting_value(key, plain)
        except Objection as error:
            problems.append(Problem(Place(SET), error.said, error.hint))
    if problems:
        raise BadInput(problems)
    return found


def _told(store: Store) -> dict[str, str | None]:
    with store.reading() as connection:
        rows = known_rows(connection, "settings", LATEST)
        told: dict[str, str | None] = {str(row[0]): row[1] for row in rows}
        told |= settings_known_on(connection, None)
    return {key: told.get(key) for key in SETTINGS}
