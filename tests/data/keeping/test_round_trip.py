"""A made-up year, exported and imported into an empty store: the same audits for every day."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from data.intake.imports import import_path
from data.keeping.export import export_tables
from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import Store
from data.words import ANY_WORDS
from engine.calendar.periods import Period
from problems import BadInput
from reports.audit.as_json import audit_json
from reports.jsonio import dump_json
from rules.loader import BUILTIN, load_rulebook
from rules.rulebook import Rulebook
from tests.helpers.audited import audited
from tests.helpers.factory_cli import PARK, Rows
from tests.helpers.factory_store import write

FIRST = date(2022, 7, 1)
DAYS = 240
KINDS = (
    ("听取履职汇报", "听取"),
    ("专题研究", "主持"),
    ("安全检查", "带队"),
    ("安委会会议", "主持"),
)
SHA = "0123456789abcdef" * 4


def year(folder: Path, seed: int) -> Store:
    """A store into which something is taken every few days: acts, corrections, voids, make-ups,
    supersessions, files, waivers, delegations, a handover, other settings.
    """
    chance = random.Random(seed)
    begun = datetime.combine(FIRST, datetime.min.time()) + timedelta(hours=9)
    store = create_store(str(folder / "year.db"), None, Doing(begun))
    names = [name for name in PARK if name != "activities"]
    take(store, folder / "0", {name: PARK[name] for name in names}, begun)
    known: list[list[str]] = []
    for number in range(1, DAYS // 4):
        sound = False
        now = begun + timedelta(days=4 * number, minutes=chance.randrange(600))
        tables: dict[str, list[list[str]]] = {"activities": [list(ACT)]}
        for n in range(chance.randint(1, 4)):
            row = new_act(chance, f"r{number}-{n}", now.date(), known)
            tables["activities"].append(row)
        for row in chance.sample(known, min(len(known), chance.randint(0, 2))):
            tables["activities"].append(changed(chance, row, now.date()))
        more = others(chance, number, now.date(), known)
        for some in (*({name: rows} for name, rows in more.items()), tables):
            # Where something is wrong, nothing is changed; what is sound comes on another day.
            with suppress(BadInput):
                take(store, folder / f"{number}-{min(some)}", some, now)
                sound |= some is tables
        if not sound:
            continue
        known += [row for row in tables["activities"][1:] if not row[-2]]
    return store


ACT = (
    *("activity", "kind", "day", "holder", "person", "role", "quantity", "for_period", "makes_up"),
    *("evidence", "supersedes", "recorded_at", "voided_at", "void_reason"),
)


def new_act(chance: random.Random, name: str, today: date, known: list[list[str]]) -> list[str]:
    kind, role = chance.choice(KINDS)
    day = today - timedelta(days=chance.choice((0, 1, 3, 12, 40)))
    holder = chance.choice(("主任", "副主任"))
    month = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    recorded = chance.choice(("", "", "", (today - timedelta(days=1)).isoformat()))
    return [
        name, kind, day.isoformat(), holder, "", role, chance.choice(("", "2", "1.5")),
        chance.choice(("", "", "", f"{day:%Y-%m}")), chance.choice(("", "", "", month)),
        chance.choice(("", f"照片{chance.randrange(9)};纪要")),
        chance.choice((*[""] * 5, chance.choice(known)[0])) if known else "", recorded, "", "",
    ]  # fmt: skip


def changed(chance: random.Random, row: list[str], today: date) -> list[str]:
    """A correction of an act, or its void."""
    new = [*row]
    new[-3] = ""
    if chance.random() < 0.4:
        return [*new[:-2], today.isoformat(), "误录"]
    new[9] = f"补照片{chance.randrange(99)}"
    new[2] = (date.fromisoformat(row[2]) - timedelta(days=chance.randint(0, 2))).isoformat()
    return new


def others(
    chance: random.Random, number: int, today: date, known: list[list[str]]
) -> dict[str, Rows]:
    """What else is taken in on some days."""
    day, later = today.isoformat(), (today + timedelta(days=9)).isoformat()
    found: dict[str, Rows] = {}
    if number % 7 == 1:
        head = ["waiver", "holder", "first", "last", "reason"]
        found["waivers"] = [head, [f"w{number}", "主任", day, later, "病假"]]
    if number % 7 == 2:
        head = ["waiver", "holder", "first", "last", "reason", "voided_at", "void_reason"]
        old = (today - timedelta(days=4)).isoformat()
        end = (today + timedelta(days=5)).isoformat()
        row = [f"w{number - 1}", "主任", old, end, "病假", day, "提前返岗"]
        found["waivers"] = [head, row]
    if number % 9 == 3:
        head = ["delegation", "holder", "delegate", "first", "last", "reason"]
        found["delegations"] = [head, [f"d{number}", "主任", "副主任", day, later, "出差"]]
    if number % 11 == 4:
        head = ["holder", "member", "first", "last", "voided_at", "void_reason"]
        row = ["主任", "区", "2022-06-01", later, "", ""]
        found["assignments"] = [head, row if number < 20 else [*row[:4], day, "调整"]]
    if number % 3 == 0 and known:
        head = ["attachment", "activity", "sha256", "name", "size", "type"]
        row = [f"f{number}", chance.choice(known)[0], SHA, "照片.jpg", "20480", "image/jpeg"]
        found["attachments"] = [head, row]
    if number == 30:
        found["settings"] = [["key", "value"], ["records_from", "2022-08-01"]]
    if number == 20:
        found["people"] = [["person", "name", "facts"], ["p2", "李四", "带班=是@2022-09-01"]]
    if number == 35:
        head = ["person", "post", "first", "last", "acting"]
        found["appointments"] = [head, ["p3", "副主任", "2022-03-01", "2022-12-31", ""]]
    return found


def take(store: Store, folder: Path, tables: Mapping[str, Rows], now: datetime) -> None:
    import_path(store, write(folder, tables), words=ANY_WORDS, doing=Doing(now))


@cache
def rules() -> Rulebook:
    return load_rulebook([BUILTIN / "park_2022"])


def audits(store: Store, known_on: date | None) -> list[str]:
    """Three audits with what was known on a day, as they are printed."""
    records = store.read_records(known_on)
    spans = (None, Period(date(2022, 7, 1), date(2022, 12, 31)), None)
    days = (date(2022, 10, 1), date(2023, 1, 1), date(2023, 2, 1))
    return [
        dump_json(audit_json(audited(rules(), records, as_of, known_on=known_on, span=span)))
        for as_of, span in zip(days, spans, strict=True)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_gives_the_same_audits_after_a_round_trip(tmp_path: Path, seed: int) -> None:
    store = year(tmp_path, seed)
    held = store.describe()
    for table in ("activities", "waivers", "delegations", "attachments", "assignments", "settings"):
        assert int(held[f"{table} (versions)"]) > 1, table
    export_tables(store, tmp_path / "out")
    at_last = datetime.fromisoformat("2024-01-01")
    copy = create_store(str(tmp_path / "copy.db"), None, Doing(at_last))
    import_path(copy, tmp_path / "out", words=ANY_WORDS, doing=Doing(at_last))
    standings = set()
    for number in range(-2, DAYS + 2):
        known_on = FIRST + timedelta(days=number)
        there, here = store.read_records(known_on), copy.read_records(known_on)
        assert there == here, known_on
        standings |= {act.standing for act in there.activities}
    assert standings == {"live", "voided", "superseded", "not_known_yet"}
    different = set()
    for known in [*(FIRST + timedelta(days=n) for n in range(60, DAYS, 30)), None]:
        printed = audits(store, known)
        assert printed == audits(copy, known), known
        different.update(printed)
    assert len(different) >= 15  # what was known makes a difference in these audits
    export_tables(copy, tmp_path / "again")
    for file in (tmp_path / "out").glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines()
        again = (tmp_path / "again" / file.name).read_text(encoding="utf-8").splitlines()
        assert sorted(lines) == sorted(again), file.name  # versions of one record stand together
    store.close()
    copy.close()
