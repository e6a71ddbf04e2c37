"""The alerts of a day as a table: what `dutyclock alerts` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.alerts import Alert
from engine.factnames import facts_of
from engine.policy import Policy
from engine.world import World
from reports.i18n import Lang, translator
from reports.names import Names
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_alerts(
    console: Console, world: World, alerts: Sequence[Alert], policy: Policy, lang: Lang = "zh"
) -> None:
    """Prints the alerts, the highest level first, with what the rules found."""
    _ = translator(lang)
    if not alerts:
        print_line(console, _("No alert on {day}.").format(day=world.as_of))
        return
    names = Names(world.records, world.rulebook.vocabulary)
    titles = {duty.id: duty.title for duty in world.rulebook.duties}
    ladder = list(policy.levels)
    ordered = sorted(alerts, key=lambda alert: (-ladder.index(alert.level), alert.key))
    rows = [
        [
            policy.levels[alert.level].title(alert.to_unit, lang),
            names.unit(alert.unit),
            names.post(alert.post),
            names.person(alert.person),
            titles.get((alert.duty or "").partition("#")[0], ""),
            alert.label,
            str(alert.deadline or ""),
            _found(alert, policy, lang),
            alert.key,
        ]
        for alert in ordered
    ]
    columns = [
        Column(_("paper")),
        Column(_("unit")),
        Column(_("post")),
        Column(_("person")),
        Column(_("duty")),
        Column(_("period")),
        Column(_("due")),
        Column(_("found")),
        Column(_("alert")),
    ]
    print_table(console, _("Alerts on {day}").format(day=world.as_of), columns, rows)


def _found(alert: Alert, policy: Policy, lang: Lang) -> str:
    """What the rules asked about and found: `逾期天数 12`."""
    parts = []
    facts = facts_of(alert.scope, policy.levels)
    for name, value in alert.reason_facts:
        known = facts.get(name)
        word = name if known is None else (known.en if lang == "en" else known.zh)
        shown = {True: "√", False: "×"}.get(value, value) if isinstance(value, bool) else value
        parts.append(f"{word} {shown}")
    return "；".join(parts) if lang == "zh" else "; ".join(parts)
