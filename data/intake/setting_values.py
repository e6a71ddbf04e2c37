"""What a setting may say, whoever sets it: a table, a workbook or a command line."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.cell_values import NO_BEGINNING, in_the_years, shown
from data.dates import day_of
from data.settings import SETTINGS, paper_text, setting_names
from data.store.files import place_text
from problems import Objection, any_of, did_you_mean, said


def setting_value(key: str, text: str, year: int | None = None) -> str:
    """What the setting says, as it is kept; `year` is that of a day which names none. Raises
    Objection.
    """
    if key == "records_from":
        return text if text == NO_BEGINNING else in_the_years(day_of(text, year))
    if key == "timezone":
        return _zone(text)
    if key == "files":
        return place_text(text)
    return paper_text(key, text)


def unknown_setting(key: str) -> Objection:
    """What is said of a key that is none."""
    near = did_you_mean(key, setting_names())
    every = said("settings_are", settings=any_of(SETTINGS))
    return Objection(said("unknown_setting", key=shown(key)), near or every)


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Objection(said("not_a_zone", text=shown(text)), said("write_zone")) from None
