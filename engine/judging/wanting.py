"""What an act would have to say for a duty to take it: the column, what is asked, what it says."""

from __future__ import annotations

from collections.abc import Iterator

from data.records import Activity
from engine.judging.verdict import Reason, Want
from rules.duty import ActRule
from rules.frequency import Measure


def wants(
    rule: ActRule | None, measure: Measure, act: Activity, reason: Reason
) -> tuple[Want, ...]:
    """What the act would have to say instead, where it fails for that reason; empty where the
    reason is none of a word that is asked for. Under a role also the attributes, which are asked
    after it: whoever mends the record mends it once.
    """
    if rule is None:
        return ()
    if reason is Reason.ROLE:
        return (Want("role", None, rule.role, act.role), *_attributes(rule, act))
    if reason is Reason.ATTRIBUTE:
        return tuple(_attributes(rule, act))
    unit = measure.unit if reason is Reason.UNIT else None
    if reason is Reason.TOO_SMALL and measure.least_amount and act.quantity is not None:
        unit = measure.least_amount.unit
    if unit and unit != act.unit_of_quantity:
        return (Want("unit_of_quantity", None, (unit,), act.unit_of_quantity),)
    return ()


def _attributes(rule: ActRule, act: Activity) -> Iterator[Want]:
    given = dict(act.attributes)
    for key, asked in rule.attributes.items():
        if given.get(key) not in asked:
            yield Want("attributes", key, asked, given.get(key))
