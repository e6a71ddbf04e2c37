"""`python -m bench.taking_in [ACTIVITIES]`: what an import of a whole year's tables takes.

The tables are those of `bench.office` as CSV files; the import is that of `data.intake.imports`
into an empty SQLite store, with all its checks, hashes and indexes, in a process of its own.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from time import perf_counter, process_time

from bench.memory import peak_mb
from bench.office import CLASSES, FIRST, POSTS_A_UNIT, YEAR, rulebook
from data.store.journal import Doing
from data.words import Words

ACTS_A_HOLDER = 100
NOW = datetime.fromisoformat(f"{YEAR + 1}-01-01 08:00:00")


def write_tables(folder: Path, activities: int) -> None:
    """The tables of an office with so many activities. The same number gives the same bytes."""
    holders = max(1, activities // ACTS_A_HOLDER)
    units = -(-holders // POSTS_A_UNIT)
    tables: dict[str, Iterator[list[object]]] = {
        "settings": iter([["key", "value"], ["records_from", FIRST]]),
        "units": _rows(
            "unit,name,type", ([f"镇{n:06}", f"第{n:06}镇", "乡镇"] for n in range(units))
        ),
        "posts": _rows("post,unit,class", (_post(n) for n in range(holders))),
        "people": _rows("person,name", ([f"人{n:07}", f"张{n:07}"] for n in range(holders))),
        "appointments": _rows(
            "person,post,first",
            ([f"人{n:07}", f"岗{n:07}", f"{YEAR - 3}-07-01"] for n in range(holders)),
        ),
        "activities": _rows(
            "activity,kind,day,holder,time,person,role,evidence,note,recorded_by,recorded_at",
            (_act(n, holders) for n in range(activities)),
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)


def _rows(header: str, body: Iterator[list[object]]) -> Iterator[list[object]]:
    yield list(header.split(","))
    yield from body


def _post(n: int) -> list[object]:
    return [f"岗{n:07}", f"镇{n // POSTS_A_UNIT:06}", CLASSES[min(n % 10, 2)]]


def _act(n: int, holders: int) -> list[object]:
    """Acts in the order of their days; every third without evidence, one in twenty a mere visitor,
    every second one names its person.
    """
    holder = n * 7919 % holders
    day = date.fromordinal(FIRST.toordinal() + n * 366 // max(1, ACTS_A_HOLDER * holders) % 366)
    minute = n % 1440
    return [
        f"a{n:09}", f"履职{n * 31 % 20:02}", day, f"岗{holder:07}",
        f"{minute // 60:02}:{minute % 60:02}", f"人{holder:07}" if n % 2 else "",
        "参加" if n % 20 == 19 else "带队", f"照片{n:09}" if n % 3 else "",
        f"按要求开展，已记录第{n % 5000}号。", "办公室", f"{day} 18:00",
    ]  # fmt: skip


def office_words() -> Words:
    """The words of the bench's office, which the import checks."""
    vocabulary = rulebook().vocabulary
    return Words(
        kinds=frozenset(vocabulary.kinds),
        roles=frozenset(vocabulary.roles),
        post_classes=frozenset(vocabulary.post_classes),
        event_types=frozenset(vocabulary.event_types),
    )


def take_in(folder: Path, file: Path) -> dict[str, float]:
    """Imports the tables; seconds by the clock and by the processor, and megabytes at the peak."""
    from data.intake.imports import import_path
    from data.keeping.making import create_store

    known = office_words()
    store = create_store(str(file), None, Doing(NOW))
    begun, worked = perf_counter(), process_time()
    report = import_path(store, folder, words=known, doing=Doing(NOW))
    took = {"seconds": perf_counter() - begun, "processor": process_time() - worked}
    store.close()
    return {
        **took,
        "mb": peak_mb(),
        "new": report.total("new"),
        "file_mb": file.stat().st_size / 1e6,
    }


def import_figures(activities: int) -> dict[str, float]:
    """The figures of an import of so many activities, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        write_tables(Path(name) / "tables", activities)
        words = [sys.executable, "-m", "bench.taking_in", "--from", name]
        told = subprocess.run(
            words, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent
        )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main(arguments: list[str]) -> None:
    """Prints the figures; `--from FOLDER` is the process that imports."""
    if arguments[:1] == ["--from"]:
        folder = Path(arguments[1])
        print(json.dumps(take_in(folder / "tables", folder / "office.db")))
        return
    for activities in [int(one.replace("_", "")) for one in arguments] or [100_000]:
        found = import_figures(activities)
        told = ", ".join(f"{name} {figure:,.1f}" for name, figure in found.items())
        print(f"{activities:,} activities: {told}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
