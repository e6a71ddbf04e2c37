"""The policy in words, and what it would fire on a day: `policy show`, `policy try`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from engine.alerting.alerts import Alert
from engine.alerting.policy import Policy, Rule
from engine.alerting.recipient_words import Recipient
from engine.judging.world import World
from reports.i18n import Lang, mark, translator
from reports.jsonio import Json
from reports.names import Names
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

GOES_TO = {
    Recipient.HOLDER: mark("who owes it"),
    Recipient.UNIT: mark("the unit"),
    Recipient.UNIT_HEAD: mark("the unit's head"),
    Recipient.SUPERIOR: mark("who stands over him"),
    Recipient.ALL_UNITS: mark("all units"),
    Recipient.DISCIPLINE: mark("the discipline inspection office"),
}


def print_policy(console: Console, policy: Policy, lang: Lang = "zh") -> None:
    """Prints the levels, the lowest first, and the rules, those of the highest priority first."""
    _ = translator(lang)
    rows = [
        [
            name,
            level.title(False, lang),
            _(GOES_TO[level.to]),
            _(", ").join(_(GOES_TO[Recipient(one)]) if one in GOES_TO else one
                         for one in level.copy_to),
            str(level.reply_working_days or ""),
            _("yes") if level.approval else "",
            policy.levels[level.next].title(False, lang) if level.next in policy.levels else "",
        ]
        for name, level in policy.levels.items()
    ]  # fmt: skip
    columns = [_("level"), _("paper"), _("to"), _("copies"), _("working days to reply"),
               _("approval"), _("then")]  # fmt: skip
    print_table(console, _("Levels"), [Column(one) for one in columns], rows)
    print_line(console)
    ordered = sorted(policy.rules.items(), key=lambda pair: (pair[1].scope, -pair[1].priority))
    rules = [
        [
            name,
            _rule_words(name, rule, lang),
            policy.levels[rule.conclude].title(False, lang),
            str(rule.priority),
            "" if rule.active else _("off"),
        ]
        for name, rule in ordered
    ]
    heads = [_("rule"), _("fires when"), _("paper"), _("priority"), _("remarks")]
    print_table(console, _("Rules"), [Column(one) for one in heads], rules)


def _rule_words(name: str, rule: Rule, lang: Lang) -> str:
    return (rule.en if lang == "en" else rule.zh) or name


def print_tried(
    console: Console,
    world: World,
    alerts: Sequence[Alert],
    new: Collection[str],
    policy: Policy,
    lang: Lang = "zh",
) -> None:
    """Prints what would be drafted, the highest level first, and why; then how much was told
    before. `new` are the keys of the alerts that no notice tells.
    """
    _ = translator(lang)
    names = Names.of_world(world)
    titles = {duty.id: duty.title for duty in world.rulebook.duties}
    ladder = list(policy.levels)
    drafted = [alert for alert in alerts if alert.key in new]
    ordered = sorted(drafted, key=lambda alert: (-ladder.index(alert.level), alert.key))
    rows = [
        [
            policy.levels[alert.level].title(alert.to_unit, lang),
            names.subject(alert.addressee),
            " ".join(
                part
                for part in (names.unit(alert.unit), names.post(alert.post),
                             names.person(alert.person))
                if part
            ),
            titles.get((alert.duty or "").partition("#")[0], ""),
            alert.called,
            str(len(alert.counted)),
            _("; ").join(
                _rule_words(name, policy.rules[name], lang)
                for name in alert.rules
                if policy.rules[name].conclude == alert.level
            ),
        ]
        for alert in ordered
    ]  # fmt: skip
    heads = [_("paper"), _("addressee"), _("holder"), _("duty"), _("period"), _("lines"),
             _("fires when")]  # fmt: skip
    if rows:
        title = _("What would be drafted on {day}").format(day=world.as_of)
        print_table(console, title, [Column(one) for one in heads], rows)
    else:
        print_line(console, _("Nothing would be drafted on {day}.").format(day=world.as_of))
    before = len(alerts) - len(drafted)
    if before:
        text = _("{count} more are told by a notice already, or by one of a higher level")
        print_line(console, text.format(count=before))


def tried_json(alerts: Sequence[Alert], new: Collection[str], policy: Policy) -> list[Json]:
    """The alerts as plain values, with why they fire and whether a notice would be drafted."""
    return [
        {
            "key": alert.key,
            "level": alert.level,
            "addressee": alert.addressee,
            "copies": list(alert.copies),
            "matter": alert.matter,
            "counted": list(alert.counted),
            "verdicts": sorted(alert.verdicts),
            "rules": [one for one in alert.rules if policy.rules[one].conclude == alert.level],
            "facts": dict(alert.reason_facts),
            "approval": policy.levels[alert.level].approval,
            "drafted": alert.key in new,
        }
        for alert in alerts
    ]
