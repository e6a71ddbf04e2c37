"""On which days acts carry the same evidence as some others: out of a store of any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, select, text

from data.cell_values import items
from data.flags import standing_sql
from data.records import Activity
from data.store.newest import newest, parts
from data.store.tables import LISTED, PROVED, sql_table
from data.unreadable import as_written

_ACTS = sql_table("activities")
_STANDS = text(standing_sql())
_LISTS = {
    # Left to itself SQLite walks along all acts.
    name: f"SELECT evidence, day FROM activities{way} WHERE {standing_sql()} AND {LISTED[name]}"
    for name, way in (("sqlite", " INDEXED BY activities_listed"), ("postgresql", ""))
}
"""All live acts with several items of evidence."""


def days_of_proofs(
    connection: Connection, acts: Iterable[Activity], most: int | None = None
) -> dict[str, frozenset[date]] | None:
    """The days of all live acts that carry the evidence of these; None where more than `most` acts
    carry several items.
    """
    acts = list(acts)
    wanted = {item for act in acts for item in act.proofs}
    found: dict[str, set[date]] = defaultdict(set)
    query = select(_ACTS.c.evidence, _ACTS.c.day).where(_STANDS)
    for part in parts({item for act in acts for item in act.evidence}):
        same = query.where(text(PROVED), _ACTS.c.evidence.in_(part))
        for item, day in connection.execute(same):
            found[item].add(_day(day))
    limit = "" if most is None else f" LIMIT {most + 1}"
    lists = connection.execute(text(_LISTS[connection.dialect.name] + limit)) if wanted else ()
    for at, (evidence, day) in enumerate(lists):
        if at == most:
            return None
        for item in wanted.intersection(items(evidence)):
            found[item].add(_day(day))
    _add_file_days(connection, wanted, found)
    return {item: frozenset(days) for item, days in found.items()}


def _day(text: str) -> date:
    with as_written("activities", text):
        return date.fromisoformat(text)


def _add_file_days(
    connection: Connection, wanted: Collection[str], found: dict[str, set[date]]
) -> None:
    files = {one.removeprefix("sha256:") for one in wanted if one.startswith("sha256:")}
    bearing: dict[str, list[str]] = defaultdict(list)
    for row in newest(connection, "attachments", "sha256", files):
        bearing[row[1]].append(row[2])
    for part in parts(bearing):
        query = select(_ACTS.c.activity, _ACTS.c.day).where(_ACTS.c.activity.in_(part), _STANDS)
        for activity, day in connection.execute(query):
            for sha256 in bearing[activity]:
                found[f"sha256:{sha256}"].add(_day(day))
