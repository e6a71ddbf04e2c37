"""What `alerts --json` prints: the alerts as plain values."""

from __future__ import annotations

from collections.abc import Sequence

from engine.alerting.alerts import Alert
from reports.figures import iso
from reports.jsonio import Json


def alert_json(alert: Alert) -> Json:
    """One alert as plain values."""
    return {
        "key": alert.key,
        "level": alert.level,
        "rules": list(alert.rules),
        "scope": alert.scope,
        "addressee": alert.addressee,
        "duty": alert.duty,
        "holder": alert.holder,
        "label": alert.label,
        "unit": alert.unit,
        "post": alert.post,
        "person": alert.person,
        "verdicts": sorted(alert.verdicts),
        "facts": dict(alert.reason_facts),
        "due": iso(alert.due),
        "deadline": iso(alert.deadline),
        "as_of": iso(alert.as_of),
    }


def alerts_json(alerts: Sequence[Alert]) -> list[Json]:
    """The alerts, obligations before units, by key."""
    return [alert_json(alert) for alert in alerts]
