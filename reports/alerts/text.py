"""The alerts of a day as a table: what `dutyclock alerts` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.alerting.alerts import Alert
from engine.alerting.fact_names import facts_of
from engine.alerting.policy import Policy
from engine.judging.verdict import State, VerdictFlag
from engine.judging.world import World
from reports.codes import FLAGS, flag_word, state_word
from reports.i18n import Lang, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_alerts(
    console: Console,
    world: World,
    alerts: Sequence[Alert],
    policy: Policy,
    numbers: RowNumbers,
    lang: Lang = "zh",
) -> None:
    """Prints the alerts, the highest level first, with what the rules found; those about a single
    obligation with its number.
    """
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
            numbers.of(alert.verdicts[0] if len(alert.verdicts) == 1 else None),
            policy.levels[alert.level].title(alert.to_unit, lang),
            names.unit(alert.unit),
            names.post(alert.post),
            names.person(alert.person),
            titles.get((alert.duty or "").partition("#")[0], ""),
            alert.called,
            str(alert.deadline or ""),
            _found(alert, policy, lang),
            alert.key,
        ]
        for alert in ordered
    ]
    columns = [
        number_column(lang),
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
    """What the rules asked about and found: `逾期天数 12`. What is not so is left out."""
    facts = facts_of(alert.scope, policy.levels)
    parts = []
    for name, value in alert.reason_facts:
        if name == "state":
            parts.append(state_word(State(str(value)), lang))
        elif name in FLAGS:
            parts += [flag_word(VerdictFlag(name), lang)] if value else []
        elif value is not False:
            known = facts.get(name)
            word = name if known is None else (known.en if lang == "en" else known.zh)
            parts.append(word if value is True else f"{word} {value}")
    return "；".join(parts) if lang == "zh" else "; ".join(parts)
