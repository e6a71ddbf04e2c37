"""The plan of the house: which package, which room and which paper may ask which. Source: HOUSE."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]

BELOW_SERVICES = frozenset({"problems", "files", "rules", "data", "engine", "reports"})
MAY_IMPORT: dict[str, frozenset[str]] = {
    "problems": frozenset(),
    "files": frozenset({"problems"}),
    "rules": frozenset({"problems", "files"}),
    "data": frozenset({"problems", "files"}),
    "engine": frozenset({"problems", "files", "rules", "data"}),
    "reports": frozenset({"problems", "files", "rules", "data", "engine"}),
    "services": BELOW_SERVICES,
    "samples": BELOW_SERVICES | {"services"},
    "commands": BELOW_SERVICES | {"services", "samples"},
    "web": BELOW_SERVICES | {"services"},
    "cli": BELOW_SERVICES | {"services", "samples", "commands", "web"},
}
"""Which of our own packages each of them may import, besides itself: one way only."""

EDGE = frozenset({"cli", "commands", "web"})

_JUDGING = frozenset({"engine.calendar", "engine.judging"})
_PAPERS: dict[str, frozenset[str]] = {
    "alerts": frozenset(),
    "audit": frozenset(),
    "books": frozenset(),
    "calendar": frozenset({"reports.audit"}),
    "changes": frozenset(),
    "coverage": frozenset({"reports.rules"}),
    "handover": frozenset({"reports.leader"}),
    "journal": frozenset(),
    "leader": frozenset({"reports.alerts", "reports.audit"}),
    "month": frozenset({"reports.audit"}),
    "notice": frozenset(),
    "papers": frozenset({"reports.notice"}),
    "policy": frozenset(),
    "register": frozenset({"reports.notice"}),
    "rules": frozenset(),
    "settings": frozenset(),
    "silent": frozenset(),
    "today": frozenset({"reports.audit"}),
    "why": frozenset(),
}
"""Which other papers each paper asks for facts, besides what all of them share."""

ROOMS: dict[str, dict[str, frozenset[str]]] = {
    "rules": {"rules": frozenset(), "rules.wording": frozenset({"rules"})},
    "data": {
        "data": frozenset(),
        "data.store": frozenset({"data"}),
        "data.grids": frozenset({"data"}),
        "data.intake": frozenset({"data", "data.store", "data.grids"}),
        "data.keeping": frozenset({"data", "data.store", "data.intake"}),
    },
    "engine": {
        "engine.calendar": frozenset(),
        "engine.judging": frozenset({"engine.calendar"}),
        "engine.counting": _JUDGING,
        "engine.alerting": _JUDGING,
        "engine": _JUDGING | {"engine.counting", "engine.alerting"},
    },
    "reports": {
        "reports": frozenset(),
        **{f"reports.{paper}": asks | {"reports"} for paper, asks in _PAPERS.items()},
    },
}
"""Which rooms of its package each room may import; the package's name is what stands above them."""

MOST_MODULES = 25
"""How many modules a folder has flat in it at most."""
