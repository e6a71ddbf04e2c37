"""The demo's district, made by the command and judged once for all tests that look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from data.records import Records
from data.store.opening import open_store
from engine.judging.audit import Judged, audit_of, judge_all, world_of
from engine.judging.verdict import Audit
from engine.judging.world import World
from samples.district_duties import tasks_of
from samples.district_tasks import Task
from samples.district_world import DOCUMENT, LAST, world_of_district
from tests.helpers.factory_cli import Said, call
from tests.helpers.factory_rules import shipped_rules

AS_OF = date(2026, 1, 1)


@dataclass(frozen=True, repr=False)
class District:
    """What the demo left, what its records were written from, and every verdict of the last day.

    It has no repr: that of all its records would be shown with every failing test.
    """

    folder: Path
    said: Said
    tasks: list[Task]
    records: Records
    world: World
    judged: list[Judged]
    month: Audit

    @property
    def tables(self) -> Path:
        return self.folder / "tables"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """The district, as `demo --world district` leaves it."""
    folder = tmp_path_factory.mktemp("work") / "demo"
    said = call("demo", "--world", "district", "--out", folder)
    rulebook = shipped_rules()
    tasks = list(tasks_of(world_of_district(), rulebook, DOCUMENT, LAST))
    store = open_store(str(folder / "dutyclock.db"))
    records = store.read_records()
    store.close()
    world = world_of(rulebook, records, AS_OF, None)
    judged = judge_all(world)
    return District(folder, said, tasks, records, world, judged, audit_of(world, judged))
