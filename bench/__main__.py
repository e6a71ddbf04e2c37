"""`make bench`, `python -m bench [ACTIVITIES …]` or BENCH=10000000: the table of ratios."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench.measure import Measured, measure
from bench.office import make_store

SIZES = (100_000, 1_000_000)
SAMPLE = 40


def sizes(arguments: list[str], environment: str | None) -> tuple[int, ...]:
    """The numbers of activities asked for."""
    asked = arguments or (environment.replace(",", " ").split() if environment else [])
    return tuple(int(one.replace("_", "")) for one in asked) or SIZES


def lines(found: Measured, smaller: Measured | None) -> list[tuple[str, str, str]]:
    """What is printed of one store: a name, a figure, and the goal where there is one."""
    told = [
        ("activities", f"{found.activities:,}", ""),
        ("holders, verdicts", f"{found.holders:,}, {found.verdicts:,}", ""),
        ("ADBC read of the columns", f"{found.read:.2f} s", ""),
        ("audit of the year", f"{found.audit:.2f} s", ""),
        ("audit / read", f"{found.audit / found.read:.2f}", "<= 1.3"),
        ("pandas Period + groupby", f"{found.pandas:.1f} s", ""),
        ("pandas / audit", f"{found.pandas / found.audit:.1f}", ">= 8"),
        (f"ORM + rrule, {found.sampled} holders scaled", f"{found.objects:.0f} s", ""),
        ("ORM + rrule / audit", f"{found.objects / found.audit:.0f}", ">= 400"),
        ("month-end / year", f"{found.month_end / found.audit:.2f}", "<= 0.2"),
        ("memory beyond imports", f"{found.memory_mb:.0f} MB", "<= 250 at 10,000,000"),
        ("reading who is who, beside that", f"{found.register:.2f} s", ""),
    ]
    if found.server is None:
        told.append(("over PostgreSQL", "left out: no server", ""))
    else:
        over = found.server
        told += [
            (f"PostgreSQL {over.version}: read, by the clock", f"{over.read:.2f} s", ""),
            ("PostgreSQL: audit, by the clock", f"{over.audit:.2f} s", ""),
            ("PostgreSQL: audit / read", f"{over.audit / over.read:.2f}", "<= 1.4"),
        ]
    if smaller is not None:
        times, growth = found.activities / smaller.activities, found.audit / smaller.audit
        goal = "<= 10.5" if round(times) == 10 else ""
        told.append((f"growth for {times:.0f} times the rows", f"{growth:.1f}", goal))
    counts, sample = found.counts, found.sample
    same = counts["counted"] == counts["pandas"] and sample["counted"] == sample["objects"]
    same = same and (found.server is None or found.server.counts == counts["counted"])
    told.append(("counts and verdicts", "the same" if same else "DIFFERENT", "the same"))
    return told


def main(asked: tuple[int, ...]) -> int:
    """Prints a table for each size; 1 where two ways don't agree."""
    print("Seconds are processor time; audits and reads are the median of 3 warm runs.")
    smaller: Measured | None = None
    wrong = False
    with tempfile.TemporaryDirectory() as folder:
        for activities in asked:
            file = Path(folder) / f"bench_{activities}.db"
            make_store(file, activities).close()
            found = measure(file, SAMPLE)
            print()
            for name, figure, goal in lines(found, smaller):
                print(f"{name:<36} {figure:>24}   {goal}", flush=True)
                wrong = wrong or figure.startswith("DIFFERENT")
            smaller = found
            file.unlink()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sizes(sys.argv[1:], os.environ.get("BENCH"))))
