"""The settings of an office as a table, a line for what papers lack, and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from data.settings import SETTINGS, Setting
from problems import names
from reports.figures import NOTHING
from reports.i18n import Lang, translator
from reports.jsonio import Json
from reports.problem_words import in_words
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_settings(console: Console, told: Mapping[str, str | None], lang: Lang = "zh") -> None:
    """Prints every setting with what it says and what it is for, then what papers lack."""
    _ = translator(lang)
    rows = []
    for key, setting in SETTINGS.items():
        value = told.get(key)
        empty = _("MISSING") if setting.is_needed else NOTHING
        rows.append([setting_name(setting, lang), value or empty, _(setting.help)])
    columns = [Column(_("setting")), Column(_("says")), Column(_("what it is for"))]
    print_table(console, _("Settings of the office"), columns, rows)
    missing = lacking(told)
    if missing:
        print_line(console, lacking_line(missing, lang))


def lacking(told: Mapping[str, str | None]) -> tuple[Setting, ...]:
    """The settings that papers need and that say nothing."""
    return tuple(one for one in SETTINGS.values() if one.is_needed and not told.get(one.key))


def lacking_line(missing: Iterable[Setting], lang: Lang = "zh") -> str:
    """What papers lack, and the command that mends it."""
    _ = translator(lang)
    named = [setting_name(one, lang) for one in missing]
    text = _("papers have an empty place for {settings}: dutyclock office --set {first}=…")
    return text.format(settings=in_words(names(named), lang), first=named[0])


def setting_name(setting: Setting, lang: Lang) -> str:
    """What a setting is called: its key, or the Chinese word for it."""
    return setting.key if lang == "en" else setting.words[0]


def settings_json(told: Mapping[str, str | None]) -> Json:
    """Every setting by key, absent ones null, and the keys of those that papers lack."""
    return {
        "settings": {key: told.get(key) for key in SETTINGS},
        "missing": [one.key for one in lacking(told)],
    }
