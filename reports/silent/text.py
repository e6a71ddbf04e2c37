"""Who owes something and records nothing, as a table and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.figures import NOTHING, day_text, iso
from reports.i18n import Lang, translator
from reports.jsonio import Json
from reports.names import Names
from reports.silent.facts import Silence, Silent
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

MOST_LINES = 20


def print_silence(
    console: Console, it: Silence, names: Names, lang: Lang = "zh", *, every: bool = False
) -> None:
    """Prints the silent units, then the silent posts of others; `every` line, or the first ones."""
    _ = translator(lang)
    days = _("from {first} to {last}").format(
        first=day_text(it.since, lang), last=day_text(it.as_of, lang)
    )
    print_line(console, _("No record {days}").format(days=days), "bold")
    text = _("{silent} of the {asked} units that owe something have no record at all")
    print_line(console, text.format(silent=len(it.units), asked=it.asked))
    print_line(console)
    for title, rows in (
        (_("Units without a record"), it.units),
        (_("Posts without a record, in units that have some"), it.posts),
    ):
        _print_rows(console, title, rows, names, lang, every)
    if it.units or it.posts:
        print_line(
            console, _("Ask whether the records are still to come before anybody is blamed.")
        )


def _print_rows(
    console: Console, title: str, rows: Sequence[Silent], names: Names, lang: Lang, every: bool
) -> None:
    if not rows:
        return
    _ = translator(lang)
    columns = [
        *map(Column, (_("unit"), _("post"), _("person"), _("telephone"))),
        Column(_("owed"), right=True),
        Column(_("overdue"), right=True),
        Column(_("last record")),
    ]
    shown = rows if every else rows[:MOST_LINES]
    lines = [
        [
            names.unit(one.unit),
            names.post(one.post) if one.post else _("the whole unit"),
            ("、" if lang == "zh" else ", ").join(map(names.person, one.people)) or NOTHING,
            one.phone or NOTHING,
            str(one.owed),
            str(one.overdue),
            day_text(one.last, lang) if one.last else _("never"),
        ]
        for one in shown
    ]
    print_table(console, f"{title} ({len(rows)})", columns, lines)
    if len(rows) > len(shown):
        more = _("and {count} more: --all lists them").format(count=len(rows) - len(shown))
        print_line(console, more)
        print_line(console)


def silence_json(it: Silence) -> Json:
    """The silent units and posts as plain values, in the order in which they are printed."""
    return {
        "since": iso(it.since),
        "as_of": iso(it.as_of),
        "asked": it.asked,
        "units": [_silent_json(one) for one in it.units],
        "posts": [_silent_json(one) for one in it.posts],
    }


def _silent_json(one: Silent) -> Json:
    return {
        "unit": one.unit,
        "post": one.post,
        "people": list(one.people),
        "phone": one.phone,
        "owed": one.owed,
        "overdue": one.overdue,
        "last": iso(one.last),
    }
