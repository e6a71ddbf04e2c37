"""Which alerts no notice has told yet: what a run may draft, so that nothing is said twice.

A notice is known by its level, addressee, duty, holder and period. Source: FORMATS, section 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from data.notice_register import WAITING, NoticeStage, RegisteredNotice
from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope
from engine.alerting.policy import Policy


def undrafted(
    alerts: Sequence[Alert], notices: Iterable[RegisteredNotice], policy: Policy
) -> tuple[Alert, ...]:
    """The alerts that are to be drafted, in their order.

    Left out is what a notice of the same level and addressee tells; what one of a level further up
    tells, or counts today; and more of a month of short periods that was told before it was over,
    until it is. A withdrawn notice is not drafted again, and hides no lower level.
    """
    told: dict[str, list[tuple[RegisteredNotice, frozenset[str]]]] = defaultdict(list)
    for notice in notices:
        if notice.stage is not NoticeStage.DROPPED:
            for item in notice.items:
                told[item.matter].append((notice, frozenset(item.verdicts)))
    counting: dict[str, list[Alert]] = defaultdict(list)
    for alert in alerts:
        withdrawn = any(
            notice.level == alert.level and notice.stage is NoticeStage.WITHDRAWN
            for notice, _ in told[alert.matter]
        )
        if alert.scope is Scope.OBLIGATION and not withdrawn:
            for matter in alert.counted:
                counting[matter].append(alert)
    return tuple(
        alert
        for alert in alerts
        if not _is_told(alert, told[alert.matter])
        and not _is_told_above(alert, told[alert.matter], policy)
        and not _is_counted_above(alert, counting[alert.matter], policy)
    )


def still_stands(notice: RegisteredNotice, alerts: Iterable[Alert]) -> bool:
    """Whether a notice that waits to be issued says what the alerts of its level say today."""
    assert notice.stage in WAITING
    standing = {
        (alert.matter, verdict)
        for alert in alerts
        if alert.level == notice.level and alert.addressee == notice.addressee
        for verdict in alert.verdicts
    }
    return all(
        (item.matter, verdict) in standing
        for item in notice.items
        if item.is_own
        for verdict in item.verdicts
    )


def _is_told(alert: Alert, told: Sequence[tuple[RegisteredNotice, frozenset[str]]]) -> bool:
    same = [
        verdicts
        for notice, verdicts in told
        if notice.level == alert.level and notice.addressee == alert.addressee
    ]
    if not same:
        return False
    # A unit's alert over a span is known by that span, however many it counts by now.
    if alert.scope is Scope.UNIT or not alert.is_whole:
        return True
    return frozenset(alert.verdicts) <= frozenset[str]().union(*same)


def _is_told_above(
    alert: Alert, told: Sequence[tuple[RegisteredNotice, frozenset[str]]], policy: Policy
) -> bool:
    if alert.scope is Scope.UNIT or policy.levels[alert.level].gentle:
        return False
    above = policy.above(alert.level)
    listed = [
        verdicts
        for notice, verdicts in told
        if notice.level in above and notice.stage is not NoticeStage.WITHDRAWN
    ]
    return bool(listed) and frozenset(alert.verdicts) <= frozenset[str]().union(*listed)


def _is_counted_above(alert: Alert, counting: Sequence[Alert], policy: Policy) -> bool:
    above = policy.above(alert.level)
    return any(other.level in above and other.matter != alert.matter for other in counting)
