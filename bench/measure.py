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

from bench.office import AS_OF, MONTH_END, rulebook
from bench.rivals import by_objects, by_pandas
from bench.server import OnServer, measure_on_server
from bench.timed import MONTH_SPAN, WARM_RUNS, YEAR_SPAN, audit, read_columns
from data.records import Records
from data.store import open_store
from engine.columns import MASK, FastAudit


@dataclass(frozen=True)
class Measured:
    """Seconds for one store; `checksums` are those of the whole year, of every way."""

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
    checksums: dict[str, int]
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


def once(run: Callable[[], object]) -> tuple[float, object]:
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
    assert isinstance(register, Records)
    year = audit(store, register, AS_OF, YEAR_SPAN, arrears=True)
    posts = sorted(register.posts)
    some = posts[:: max(1, len(posts) // sample)][:sample]
    objects_took, objects_sum = once(lambda: by_objects(store, rulebook(), some))
    part = _checksum_of_some(year, set(some))
    pandas_took, pandas_sum = once(lambda: by_pandas(store, rulebook()))
    assert isinstance(objects_sum, int) and isinstance(pandas_sum, int)
    return Measured(
        activities=sum(len(batch.day) for batch in store.stream_columns(date.min, date.max)),
        holders=len(posts),
        verdicts=year.verdicts,
        read=warm(lambda: read_columns(store)),
        register=register_took,
        audit=warm(lambda: audit(store, register, AS_OF, YEAR_SPAN, arrears=True)),
        month_end=warm(lambda: audit(store, register, MONTH_END, MONTH_SPAN, arrears=False)),
        pandas=pandas_took,
        objects=objects_took * len(posts) / len(some),
        sampled=len(some),
        memory_mb=memory_of(file) if memory else 0.0,
        checksums={
            "counted": year.checksum,
            "pandas": pandas_sum,
            "counted, sample": part,
            "objects, sample": objects_sum,
        },
        server=measure_on_server(file) if server else None,
    )


def _checksum_of_some(audit: FastAudit, posts: set[str]) -> int:
    """The checksum of these holders' verdicts alone, from the lines of the audit."""
    from engine.columns import STATES, value_of, weight_of, weight_of_period

    total = 0
    for block, column in audit.in_span():
        for at, row in enumerate(block.rows.tolist()):
            lone = audit.lone[row]
            if lone.holder not in posts:
                continue
            one = column.one
            state = STATES[int(column.state[at])]
            value = value_of(one.required, STATES.index(state), int(column.done[at]))
            weight = weight_of(f"{lone.holder}/{lone.person}")
            total += value * weight * weight_of_period(block.duty, one.stretch.period)
    return total & MASK


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
