"""The demo's district, written and judged once for all tests that look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from commands.demo_tasks import tasks_of
from commands.edge import period_forms
from data.district import write_district
from data.district_tasks import Task
from data.district_world import DOCUMENT, LAST, world_of_district
from data.imports import ImportReport, import_path
from data.records import Records
from data.store import create_store
from data.words import Words
from engine.audit import Judged, audit_of, judge_all, world_of
from engine.verdict import Audit
from engine.world import World
from rules.loader import BUILTIN, load_rulebook

AS_OF = date(2026, 1, 1)


@dataclass(frozen=True, repr=False)
class District:
    """The district's tables, what they were written from, and every verdict on the last day.

    It has no repr: that of all its records would be shown with every failing test.
    """

    tables: Path
    tasks: list[Task]
    report: ImportReport
    records: Records
    world: World
    judged: list[Judged]
    month: Audit


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """The district, imported into a store of its own."""
    folder = tmp_path_factory.mktemp("district")
    rulebook = load_rulebook([BUILTIN])
    plain = world_of_district()
    tasks = list(tasks_of(plain, rulebook, DOCUMENT, LAST))
    write_district(folder / "tables", plain, tasks)
    known = rulebook.vocabulary
    words = Words(
        frozenset(known.kinds),
        frozenset(known.roles),
        frozenset(known.post_classes),
        frozenset(known.event_types),
        period_forms,
    )
    now = datetime(2026, 1, 1, 9)  # noqa: DTZ001 - the store's own local time
    store = create_store(f"sqlite:///{folder / 'district.db'}", None, now)
    report = import_path(store, folder / "tables", words=words, now=now)
    records = store.read_records()
    store.close()
    world = world_of(rulebook, records, AS_OF, None)
    judged = judge_all(world)
    return District(
        folder / "tables", tasks, report, records, world, judged, audit_of(world, judged)
    )
