"""The made-up year of the demo, as import tables: an industrial park and three towns of 示例市.

`write_world` writes what an office would have typed in from 2022-07-01 to 2023-07-01: 22 enterprises
and 8 departments, some 40 people in posts, about 3,000 records. All names are invented. It knows no
rules: the words are those that an office would use, and what they come to is for the audit to say.

The stories in it (`samples/office_stories.py`; days are those of the records):

| who | what happened | what the audit should say |
|---|---|---|
| 园区书记 | 周启明 left on 2022-11-18 without an inspection in November, 顾南川 came that day | 周 overdue; 顾, 13 days of 30, exempt |
| 园区主任 | 沈立诚's deputy chaired the committee on his behalf in 2022-Q3, in his own name in 2023-Q1 | Q3 met; Q1 overdue (`holder`) |
| 园区主任 | 顾南川 held both posts from 2023-03-16 to 05-07 | acts under one count for both |
| 园区主任 | 韩雪松's inspection of June 2023 waits for its role | overdue, `records_incomplete` |
| 园区分管副主任 | 何敏 stood in from 2023-05-08 to 06-02 | May is hers; 许正川 exempt |
| 园区分管副主任 | took part in the analysis of 2023-02, did not organise it | overdue (`role`) |
| 园区副主任甲 | 陆文海 forgot the report of 2022-Q4, made it up on 2023-02-14; one photo for two inspections; May's record corrected | made up, 45 days late; `evidence_reused`; met |
| 园区副主任乙 | 秦岚 was ill from 2022-10-10 to 11-21; no inspections in May and June 2023, July's entered in advance | exempt (waived); overdue twice running (`future`) |
| 园区副主任丙 | empty from 2023-02-13 to 03-26, six weeks; an act entered for the empty post | vacancy; counts for nobody |
| 园区纪工委书记 | 宋怀远 took part in September 2022, a record voided in October, the Q4 report named late | overdue; met by another; made up |
| 天泽燃气 | fell silent from 2022-10-08 to 11-27, made two weeks up; 一线责任制 five days late | overdue, `no_data`; made up |
| 恒泰化工, 宏拓建设 | stood still with a waiver | exempt (waived) |
| 安全生产部, 宏拓建设 | the three-year campaign was closed on 2023-01-12; 一线责任制 never | made up, 12 days late; overdue |
| 石桥镇镇长 | 孟昭 heard the third quarter's report before he left; 罗青 acting, confirmed on 2023-01-12; one list never issued | met; one tenure; overdue |
| 柳湾街道主任 | 江小帆 at the party school; one committee of two visited in 2022; no hearing in 2023-Q2 | pro-rated; met; overdue |
| 李伟 | one heads 规划建设部, another 天泽燃气 | two people, told apart |
"""  # noqa: E501 - a table

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from samples import office_people as office
from samples.office_diary import Act, Diary, follow, numbered
from samples.office_habits import departments, enterprises, officials
from samples.office_stories import TOLD, tell

SEED = 20230701

ACTIVITY_COLUMNS = (
    *("activity", "kind", "day", "holder", "time", "person", "role", "subjects"),
    *("on_behalf_of", "for_period", "event", "makes_up", "attributes", "evidence", "note"),
    *("recorded_by", "recorded_at", "supersedes", "voided_at", "voided_by", "void_reason"),
)


def activities(seed: int) -> list[office.Row]:
    """The records of the year in the order of entering, numbered in it from 履0001 on."""
    diary = Diary(seed)
    follow(diary, officials(), TOLD)
    follow(diary, departments(), TOLD)
    enterprises(diary)
    tell(diary)
    return [office_row(act) for act in numbered(diary.acts)]


def office_row(act: Act) -> office.Row:
    """An act as a row of the activities table."""
    row = {
        "activity": f"履{act.number:04}",
        "kind": act.kind,
        "day": act.day.isoformat(),
        "holder": act.holder,
        "recorded_at": act.entered.isoformat(" ", "seconds"),
    }
    if act.earlier and act.supersedes:
        row["supersedes"] = f"履{act.earlier.number:04}"
    return row | act.cells


def write_table(path: Path, rows: Iterable[office.Row], columns: Iterable[str]) -> None:
    """A CSV file as spreadsheets like it: UTF-8 with BOM, lines ended the same on every system."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def write_world(folder: Path, seed: int = SEED) -> None:
    """Write the import tables of the made-up year into `folder`, made if it is not there.

    The same seed gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "settings": office.SETTINGS,
        "units": office.UNITS,
        "adoptions": office.ADOPTIONS,
        "people": office.PEOPLE,
        "posts": office.POSTS,
        "appointments": office.appointments(),
        "subjects": office.SUBJECTS,
        "events": office.EVENTS,
        "waivers": office.WAIVERS,
    }
    for name, rows in tables.items():
        columns = dict.fromkeys(column for row in rows for column in row)
        write_table(folder / f"{name}.csv", rows, columns)
    write_table(folder / "activities.csv", activities(seed), ACTIVITY_COLUMNS)
