"""A made-up office of any size, written straight into a store: for measuring, not for looking at.

Everything follows from the number of activities: 100 of them a holder in the year, ten posts in a
unit, twenty duties that all posts owe. The rows are those that an import would have written.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import Store
from data.store.tables import sql_table
from rules.calendar import CalendarFile
from rules.duty import ActRule, Document, Duty, HolderRule, Source
from rules.frequency import Frequency
from rules.rulebook import Rulebook
from rules.vocabulary import Kind, Vocabulary, Word

if TYPE_CHECKING:
    import numpy as np

YEAR = 2024
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
AS_OF = date(YEAR + 1, 1, 1)
MONTH_END = date(YEAR, 12, 1)
"""The day of the short audit: November is due, and no quarter, half-year or year."""

ACTS_A_HOLDER = 100
POSTS_A_UNIT = 10
SEED = 20_240_101
CLASSES = ("主要负责人", "分管负责人", "其他负责人")
PERIODS = ("month",) * 11 + ("quarter",) * 5 + ("half_year",) * 2 + ("year",) * 2
"""Twenty duties, 158 obligations of each holder in the year."""

_ENTRY = 3  # after the store's making and its first day
_MADE = datetime.fromisoformat(f"{YEAR}-01-01 08:00:00")


def rulebook() -> Rulebook:
    """Twenty duties, each about a kind of its own and done in one role."""
    kinds = {f"履职{n:02}": Kind(en=f"act {n}") for n in range(len(PERIODS))}
    duties = tuple(
        Duty(
            id=f"bench.list.duty_{n:02}",
            document="bench",
            title=f"第{n}项",
            sources=(Source(clause=f"第{n}条", quote="应当履职", document="bench"),),
            holder=HolderRule(posts=CLASSES),
            activity=ActRule(kind=(f"履职{n:02}",), role=("带队",)),
            frequency=Frequency.model_validate({"at_least": 1, "per": per}),
        )
        for n, per in enumerate(PERIODS)
    )
    return Rulebook(
        documents={"bench": Document(id="bench", title="测量用", signed=date(YEAR - 1, 6, 1))},
        duties=duties,
        vocabulary=Vocabulary(
            kinds=kinds,
            roles={"带队": Word(en="leads"), "参加": Word(en="takes part")},
            post_classes={name: Word(en=name) for name in CLASSES},
            unit_types={"乡镇": Word(en="township")},
        ),
        calendar=CalendarFile(),
    )


def make_store(file: Path, activities: int) -> Store:
    """The store of a year with so many activities. The same number gives the same rows."""
    file.unlink(missing_ok=True)
    made_store(str(file)).close()
    holders = max(1, activities // ACTS_A_HOLDER)
    _write(file, holders, activities)
    return create_store(str(file), None, Doing(_MADE))


def made_store(url: str) -> Store:
    """A store as it is before the rows come: made, and its first day set."""
    return create_store(url, FIRST, Doing(_MADE))


def _write(file: Path, holders: int, activities: int) -> None:
    import adbc_driver_sqlite.dbapi as adbc
    import pyarrow as pa

    with adbc.connect(str(file), autocommit=True) as connection, connection.cursor() as cursor:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -200000"):
            cursor.execute(f"PRAGMA {pragma}")
            cursor.fetchall()
        # The rows are not hashed: what is timed here reads them and never walks the chain.
        cursor.execute(
            "INSERT INTO journal (entry, moment, act, source, sha256, counts, content, previous,"
            f" hash) VALUES ({_ENTRY}, '{_MADE}.000000', 'import', 'bench', '', '{{}}', '', '', '')"
        )
        for statement in _people(holders):
            cursor.execute(statement)
        indexes = sorted(sql_table("activities").indexes, key=lambda index: str(index.name))
        for index in indexes:
            cursor.execute(f"DROP INDEX {index.name}")
        first_row = 0
        for low in range(0, holders, 20_000):
            high = min(holders, low + 20_000)
            count = activities * high // holders - activities * low // holders
            columns = _acts(low, high, count)
            table = pa.table({name: pa.array(column) for name, column in columns.items()})
            cursor.adbc_ingest("narrow", table, mode="create")
            cursor.execute(_ACTS_FROM_NARROW.format(first_row=first_row, entry=_ENTRY))
            cursor.execute("DROP TABLE narrow")
            first_row += count
        for statement in _index_statements(indexes):
            cursor.execute(statement)


def _index_statements(indexes: list[Any]) -> list[str]:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex

    return [str(CreateIndex(index).compile(dialect=sqlite.dialect())) for index in indexes]


def _acts(low: int, high: int, count: int) -> dict[str, np.ndarray[Any, Any]]:
    """So many acts of the holders `low`..`high` (left out), in the order of their days.

    Kinds that are asked for monthly are done most; one act in twenty is in a role that counts for
    nothing. The minute of the day keeps acts of one kind and day apart.
    """
    import numpy as np

    chance = np.random.default_rng([SEED, low])
    weights = np.array([{"month": 14, "quarter": 5, "half_year": 3, "year": 2}[p] for p in PERIODS])
    kind = chance.choice(len(PERIODS), size=count, p=weights / weights.sum())
    day = chance.integers(FIRST.toordinal(), LAST.toordinal() + 1, size=count)
    order = np.argsort(day, kind="stable")
    holder = low + np.arange(count, dtype=np.int64) % (high - low)
    return {
        "holder_no": holder[chance.permutation(count)],
        "kind": kind.astype(np.int64),
        "class_no": (kind * 2 + (chance.random(count) < 0.05)).astype(np.int64),
        "day_no": day[order].astype(np.int64),
        # Stepping by one through the day: no two acts of a batch that could meet are alike.
        "minute": np.arange(count, dtype=np.int64) % 86_400,
        "proved": (chance.random(count) >= 0.3).astype(np.int64),
    }


_ACTS_FROM_NARROW = """
INSERT INTO activities (
    row_id, activity, kind, day, holder, time, role, evidence, note, recorded_by, recorded_at,
    entry, day_no, holder_no, class_no, flags
)
SELECT
    {first_row} + rowid, printf('a%09d', {first_row} + rowid), printf('履职%02d', kind),
    date((day_no - 719163) * 86400, 'unixepoch'), printf('岗%07d', holder_no),
    time(minute, 'unixepoch'), CASE class_no % 2 WHEN 0 THEN '带队' ELSE '参加' END,
    CASE proved WHEN 1 THEN printf('照片%09d', {first_row} + rowid) END, '按要求开展，已记录。',
    '办公室', date((day_no - 719163) * 86400, 'unixepoch') || ' 18:00:00.000000', {entry},
    day_no, holder_no, class_no, 0
FROM narrow ORDER BY rowid
"""

_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers LIMIT {n})"


def _people(holders: int) -> list[str]:
    """Units, posts, people, appointments and the dictionaries of the narrow columns."""
    units = -(-holders // POSTS_A_UNIT)
    moment = f"'{YEAR}-01-01 08:00:00.000000', {_ENTRY}"
    few, many = _NUMBERS.format(n=units), _NUMBERS.format(n=holders)
    classes = _NUMBERS.format(n=2 * len(PERIODS))
    post_class = "CASE n % 10 WHEN 0 THEN '{}' WHEN 1 THEN '{}' ELSE '{}' END".format(*CLASSES)
    return [
        f"{few} INSERT INTO units (row_id, unit, name, type, recorded_at, entry)"
        f" SELECT n + 1, printf('镇%06d', n), printf('第%06d镇', n), '乡镇', {moment} FROM numbers",
        f"{many} INSERT INTO posts (row_id, post, unit, class, recorded_at, entry)"
        f" SELECT n + 1, printf('岗%07d', n), printf('镇%06d', n / {POSTS_A_UNIT}), {post_class},"
        f" {moment} FROM numbers",
        f"{many} INSERT INTO people (row_id, person, name, recorded_at, entry)"
        f" SELECT n + 1, printf('人%07d', n), printf('张%07d', n), {moment} FROM numbers",
        f"{many} INSERT INTO appointments (row_id, person, post, first, acting, recorded_at, entry)"
        f" SELECT n + 1, printf('人%07d', n), printf('岗%07d', n), '{YEAR - 3}-07-01', 'no',"
        f" {moment} FROM numbers",
        f"{many} INSERT INTO holders SELECT n, printf('岗%07d', n) FROM numbers",
        f"{classes} INSERT INTO act_classes SELECT n, printf('履职%02d', n / 2),"
        " CASE n % 2 WHEN 0 THEN '带队' ELSE '参加' END, NULL FROM numbers",
    ]
