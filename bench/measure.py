"""One measurement of one store: seconds of processor time, and memory in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

from bench.office import AS_OF, MONTH_END, rulebook
from bench.rivals import by_objects, by_pandas
from bench.server import OnServer, measure_on_server
from bench.timed import (
    MONTH_SPAN,
    WARM_RUNS,
    YEAR_SPAN,
    Counts,
    Verdicts,
    counts_of,
    read_columns,
    timed_audit,
)
from data.store.opening import open_store
from engine.counting.verdict_columns import STATES, FastAudit

T = TypeVar("T")


@dataclass(frozen=True)
class Measured:
    """Seconds for one store; `counts` are those of the whole year, `sample` the verdicts of
    some posts, each by every way that tells them.
    """

    activities: int
    holders: int
    verdicts: int
    read: float
    register: float
    audit: float
    month_end: float
    pandas: float
    objects: float
    sampled: int
    memory_mb: float
    counts: dict[str, Counts]
    sample: dict[str, Verdicts]
    server: OnServer | None = None


def warm(run: Callable[[], object]) -> float:
    """The median of three runs after one that is not counted."""
    run()
    took = []
    for _ in range(WARM_RUNS):
        begun = process_time()
        run()
        took.append(process_time() - begun)
    return median(took)


def once(run: Callable[[], T]) -> tuple[float, T]:
    """One run, for what takes long."""
    begun = process_time()
    found = run()
    return process_time() - begun, found


def measure(file: Path, sample: int, memory: bool = True, server: bool = True) -> Measured:
    """Every way over the store in `file`; the objects' way for `sample` holders, scaled. `server`:
    also over PostgreSQL, where one answers.
    """
    store = open_store(str(file))
    register_took, register = once(lambda: store.read_records(with_activities=False))
    year = timed_audit(store, register, AS_OF, YEAR_SPAN)
    posts = sorted(register.posts)
    some = posts[:: max(1, len(posts) // sample)][:sample]
    objects_took, by_object = once(lambda: by_objects(store, rulebook(), some))
    pandas_took, by_panda = once(lambda: by_pandas(store, rulebook()))
    return Measured(
        activities=sum(len(batch.day) for batch in store.stream_columns(date.min, date.max)),
        holders=len(posts),
        verdicts=year.summary.states.total(),
        read=warm(lambda: read_columns(store)),
        register=register_took,
        audit=warm(lambda: timed_audit(store, register, AS_OF, YEAR_SPAN)),
        month_end=warm(lambda: timed_audit(store, register, MONTH_END, MONTH_SPAN)),
        pandas=pandas_took,
        objects=objects_took * len(posts) / len(some),
        sampled=len(some),
        memory_mb=memory_of(file) if memory else 0.0,
        counts={"counted": counts_of(year), "pandas": by_panda},
        sample={"counted": _of_posts(year, set(some)), "objects": by_object},
        server=measure_on_server(file) if server else None,
    )


def _of_posts(audit: FastAudit, posts: set[str]) -> Verdicts:
    """The verdicts of these posts alone."""
    return {
        (block.duty, audit.lone[row].holder, column.one.stretch.period): (
            STATES[int(column.state[at])],
            int(column.done[at]),
        )
        for block, column in audit.in_span
        for at, row in enumerate(block.rows.tolist())
        if audit.lone[row].holder in posts
    }


def memory_of(file: Path) -> float:
    """Megabytes that an audit of the year takes beyond its imports, at its peak."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(file)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    return float(json.loads(told.stdout)["mb"])
