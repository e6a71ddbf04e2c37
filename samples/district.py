"""The import tables of the demo's second world: a district, its departments and enterprises.

`write_district` writes what the offices of 示例区 would have typed in from 2024-06-01 to
2025-12-31: some 370 units, 850 people in posts, 20,000 records. All names are invented. Who is who
stands in `samples/district_world.py`; what they were to do is handed in, as tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from data.records import Records, Tag
from samples.district_diary import DistrictDiary, rows_of
from samples.district_extras import extras
from samples.district_habits import write_diary
from samples.district_tasks import Task
from samples.district_world import FIRST, LAST
from samples.office import ACTIVITY_COLUMNS, write_table

SEED = 20260101

COLUMNS = (
    *ACTIVITY_COLUMNS[: ACTIVITY_COLUMNS.index("on_behalf_of")],
    *("quantity", "out_of", "unit_of_quantity"),
    *ACTIVITY_COLUMNS[ACTIVITY_COLUMNS.index("on_behalf_of") :],
)
BEGUN = "2024-06-03 08:40:00"
"""When the offices entered what they had: the morning of their first working day."""
Row = dict[str, str]


def write_district(folder: Path, records: Records, tasks: Iterable[Task], seed: int = SEED) -> None:
    """Write the import tables of `records` and of the acts that come of `tasks` into `folder`.

    The same seed and tasks give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _tables(records).items():
        full = [{"recorded_at": BEGUN, **row} for row in rows]
        write_table(folder / f"{name}.csv", full, dict.fromkeys(key for row in full for key in row))
    diary = DistrictDiary(records, seed, LAST)
    write_diary(diary, tasks)
    extras(diary, records)
    write_table(folder / "activities.csv", rows_of(diary.acts), COLUMNS)


def leader_of(records: Records) -> str:
    """Whose record the demo shows: the head of the first shipping company, who owes the most."""
    company = next(row.unit for row in records.units.values() if row.industry == "航运")
    post = next(row.post for row in records.posts.values() if row.unit == company)
    return next(one.person for one in records.appointments if one.post == post)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _tags(tags: Iterable[Tag]) -> str:
    return ";".join(tag.name for tag in tags)


def _entered(day: date, hour: str = "09:10:00") -> str:
    """When something of that day was entered: never before the office began."""
    return BEGUN if day <= date(2024, 6, 3) else f"{min(day, LAST)} {hour}"


def _tables(records: Records) -> dict[str, list[Row]]:
    """Every table but the activities, as rows."""
    return {
        "settings": [
            {"key": "records_from", "value": str(FIRST)},
            {"key": "timezone", "value": "Asia/Shanghai"},
            {"key": "sender", "value": "示例区安全生产委员会办公室"},
            {"key": "code", "value": "示安委办"},
            {"key": "contact", "value": "周示例"},
            {"key": "phone", "value": "000-5550099"},
        ],
        "units": [
            {
                "unit": row.unit,
                "name": row.name,
                "type": row.type,
                "parent": _text(row.parent),
                "tags": _tags(row.tags),
                "industry": _text(row.industry),
                "records_from": _text(row.records_from),
            }
            for row in records.units.values()
        ],
        "adoptions": [
            {"document": row.document, "unit": row.unit, "first": _text(row.first)}
            for row in records.adoptions or ()
        ],
        "people": [
            {
                "person": row.person,
                "name": row.name,
                "phone": _text(row.phone),
                "email": _text(row.email),
            }
            for row in records.people.values()
        ],
        "posts": [
            {
                "post": row.post,
                "unit": row.unit,
                "class": row.post_class,
                "title": _text(row.title),
                "reports_to": _text(row.reports_to),
            }
            for row in records.posts.values()
        ],
        "appointments": list(_appointments(records)),
        "subjects": [
            {
                "subject": row.subject,
                "name": row.name,
                "type": row.type,
                "unit": _text(row.unit),
                "tags": _tags(row.tags),
            }
            for row in records.subjects.values()
        ],
        "events": [
            {
                "event": row.event,
                "type": row.type,
                "day": str(row.day),
                "last": _text(row.last),
                "time": f"{row.time:%H:%M}" if row.time else "",
                "status": row.status,
                "unit": ";".join(row.units),
                "recorded_at": _entered(row.day),
            }
            for row in records.events
        ],
        "waivers": [
            {
                "waiver": row.waiver,
                "holder": row.holder,
                "first": str(row.first),
                "last": str(row.last),
                "reason": row.reason,
                "person": _text(row.person),
                "document": _text(row.document),
                "recorded_at": _entered(row.first),
            }
            for row in records.waivers
        ],
    }


def _appointments(records: Records) -> Iterable[Row]:
    """Each tenure as the office learned of it: entered without an end, which came later."""
    for one in records.appointments:
        row = {
            "person": one.person,
            "post": one.post,
            "first": str(one.first),
            "last": "",
            "acting": "1" if one.acting else "",
            "recorded_at": _entered(one.first),
        }
        if one.acting or one.last is None:
            yield row | {"last": _text(one.last)}
            continue
        yield row
        yield row | {"last": str(one.last), "recorded_at": _entered(one.last, "17:30:00")}
