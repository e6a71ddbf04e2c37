"""`python -m bench.mix [--against REVISION]`: the everyday questions, in processor time.

They are asked of the made-up district and of a city of ten copies of it. Both sides import the same
tables into stores of their own and are asked in turns. What any command costs before it looks into
a store (`rules list`) is taken off and told apart. Source: ENGINE, section 3.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from data.import_columns import REFERENCES, TABLES
from rules.loader import BUILTIN, load_rulebook
from samples.demo import WORLDS
from samples.district import leader_of, write_district
from samples.district_duties import tasks_of
from samples.district_world import DOCUMENT, LAST, world_of_district

COPIES = 10
HERE = Path(__file__).parent.parent
DISTRICT = WORLDS["district"]
START_UP = "rules list"
MANY = ";"
"""What parts several ids in one cell."""


@dataclass(frozen=True)
class Side:
    """A tree of the program, the interpreter that runs it, and where it keeps its stores."""

    name: str
    tree: Path
    python: Path
    folder: Path

    def run(self, *words: str) -> tuple[float, float, bytes]:
        """Processor seconds, megabytes at the peak and the output of one command."""
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(
                [self.python, "-m", "cli", *words],
                cwd=self.tree,
                env={**os.environ, "XDG_CACHE_HOME": str(self.folder)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            _, status, used = os.wait4(process.pid, 0)
            out.seek(0)
            told = out.read()
        code = process.returncode = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):  # 1: something is overdue
            raise SystemExit(f"{self.name}: {' '.join(words)}\n{told.decode()}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told

    def store(self, world: str, tables: Path) -> str:
        """A store with these tables."""
        file = self.folder / f"{world}.db"
        if not file.exists():
            self.run("init", "--records-from", DISTRICT.first_day, "--db", str(file))
            self.run("import", str(tables), "--db", str(file))
        return str(file)


def write_district_tables(folder: Path) -> str:
    """The tables of the district, where they are not there; the id of a person to ask about."""
    records = world_of_district()
    if not folder.exists():
        tasks = tasks_of(records, load_rulebook([BUILTIN]), DOCUMENT, LAST, None)
        write_district(folder, records, tasks)
    name = leader_of(records)
    return next(row.person for row in records.people.values() if name in (row.name, row.person))


def write_copies(tables: Path, folder: Path) -> None:
    """The tables of so many districts that differ in their ids alone; the first keeps its own."""
    folder.mkdir()
    for file in sorted(tables.glob("*.csv")):
        named = {column for table, column, _ in REFERENCES if table == file.stem}
        own = TABLES[file.stem].key[:1] if file.stem != "settings" else ()
        with file.open(encoding="utf-8-sig", newline="") as lines:
            head, *rows = csv.reader(lines)
        at = [number for number, name in enumerate(head) if name in {*named, *own} - {"document"}]
        with (folder / file.name).open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([head, *_copied(rows, at if own else [])])


def _copied(rows: Sequence[list[str]], at: Sequence[int]) -> Iterator[list[str]]:
    for copy in range(COPIES if at else 1):
        mark = str(copy) if copy else ""
        for row in rows:
            made = list(row)
            for number in at:
                ids = made[number].split(MANY)
                made[number] = MANY.join(f"{mark}{one}" if one else "" for one in ids)
            yield made


def questions(person: str, verdict: str) -> dict[str, tuple[str, ...]]:
    """What is asked of a store, by what it is called."""
    day = ("--as-of", DISTRICT.last_day)
    return {
        "audit": ("audit", *day),
        "audit --json": ("audit", *day, "--json"),
        "alerts": ("alerts", *day),
        "leader": ("leader", person, *day),
        "calendar": ("calendar", *day),
        "why": ("why", verdict, *day),
    }


def side_of(revision: str, folder: Path) -> Side:
    """That revision in a worktree with an environment of its own, left there for the next run."""
    tree = folder / revision
    if not tree.exists():
        made = ["git", "worktree", "add", "--detach", str(tree), revision]
        subprocess.run(made, cwd=HERE, check=True, stdout=sys.stderr)
    subprocess.run(["make", ".venv/ready"], cwd=tree, check=True, stdout=sys.stderr)
    own = folder / f"{revision}_stores"
    own.mkdir(exist_ok=True)
    return Side(revision, tree, tree / ".venv/bin/python", own)


def compare(sides: Sequence[Side], worlds: dict[str, Path], person: str, rounds: int) -> bool:
    """Prints a line for each question; whether both sides said the same."""
    for side in sides:
        side.run(*START_UP.split())  # what it keeps of the rules is kept from then on
    start = {
        side.name: median(side.run(*START_UP.split())[0] for _ in range(rounds)) for side in sides
    }
    print("start-up (taken off below): " + ", ".join(f"{n} {s:.2f} s" for n, s in start.items()))
    print(f"{'':10}{'':14}" + "".join(f"{side.name:>12} s{'MB':>7}" for side in sides) + "   times")
    same = True
    for world, tables in worlds.items():
        stores = {side.name: side.store(world, tables) for side in sides}
        verdict = _some_verdict(sides[0], stores[sides[0].name])
        for name, words in questions(person, verdict).items():
            took: dict[str, list[tuple[float, float]]] = {side.name: [] for side in sides}
            told = set()
            for _ in range(rounds):
                for side in sides:
                    seconds, mb, text = side.run(*words, "--db", stores[side.name])
                    took[side.name].append((seconds - start[side.name], mb))
                    told.add(text.replace(stores[side.name].encode(), b""))
            same = same and len(told) == 1
            middle = [median(seconds for seconds, _ in took[side.name]) for side in sides]
            peaks = [max(mb for _, mb in took[side.name]) for side in sides]
            figures = "".join(f"{s:12.2f} s{mb:7.0f}" for s, mb in zip(middle, peaks, strict=True))
            times = f"{middle[-1] / middle[0]:8.1f}" if len(sides) > 1 else ""
            print(
                f"{world:10}{name:14}{figures}{times}{'' if len(told) == 1 else '  DIFFERENT'}",
                flush=True,
            )
    return same


def _some_verdict(side: Side, store: str) -> str:
    """The id of a verdict in the middle of the audit's."""
    _, _, table = side.run("audit", "--as-of", DISTRICT.last_day, "--json", "--db", store)
    ids: list[str] = [one["id"] for one in json.loads(table)["verdicts"]]
    return ids[len(ids) // 2]


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 where two sides don't say the same."""
    asked = argparse.ArgumentParser(prog="python -m bench.mix")
    asked.add_argument("--against", metavar="REVISION")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument(
        "--folder", type=Path, help="kept for the next run: tables, stores, worktrees"
    )
    asked.add_argument("--district", action="store_true", help="without the city")
    told = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as gone:
        folder = (told.folder or Path(gone)).absolute()
        own = folder / "here_stores"
        own.mkdir(parents=True, exist_ok=True)
        district, city = folder / "district", folder / "city"
        person = write_district_tables(district)
        worlds = {"district": district}
        if not told.district:
            if not city.exists():
                write_copies(district, city)
            worlds["city"] = city
        sides = [Side("here", HERE, Path(sys.executable), own)]
        if told.against:
            sides.append(side_of(told.against, folder))
        same = compare(sides, worlds, person, told.rounds)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
