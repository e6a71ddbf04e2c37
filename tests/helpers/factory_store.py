"""A small office as import tables, for the tests of the store."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from data.intake.imports import import_path
from data.intake.prepared import ImportReport
from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import ANY_WORDS, Words
from problems import BadInput
from tests.helpers.databases import address, made_once
from tests.helpers.printed import printed

NOON = datetime.fromisoformat("2023-07-01T12:00")
LATER = datetime.fromisoformat("2023-07-15T09:30")

Rows = Sequence[Sequence[str]]
OFFICE: Mapping[str, Rows] = {
    "units": [
        ["unit", "name", "type", "parent"],
        ["区", "示例区", "区县", ""],
        ["镇", "示例镇", "乡镇", "区"],
        ["厂", "示例厂", "企业", "镇"],
    ],
    "people": [
        ["person", "name"],
        ["p1", "张三"],
        ["p2", "李四"],
        ["p3", "王五"],
    ],
    "posts": [
        ["post", "unit", "class", "reports_to"],
        ["镇长", "镇", "主要负责人", ""],
        ["副镇长", "镇", "分管负责人", "镇长"],
    ],
    "appointments": [
        ["person", "post", "first", "last", "acting"],
        ["p1", "镇长", "2023-01-01", "2023-06-15", ""],
        ["p2", "镇长", "2023-06-15", "", ""],
        ["p3", "副镇长", "2023-03-01", "", "否"],
    ],
    "subjects": [["subject", "name", "type", "unit"], ["电梯1", "一号电梯", "电梯", "厂"]],
    "events": [["event", "type", "day"], ["赛1", "赛事", "2023-05-18"]],
    "waivers": [
        ["waiver", "holder", "first", "last", "reason", "person"],
        ["w1", "镇长", "2023-02-01", "2023-02-10", "病假", "p1"],
    ],
    "activities": [
        ["activity", "kind", "day", "holder", "person", "subjects", "quantity", "evidence"],
        ["a1", "检查", "2023-03-01", "镇长", "p1", "电梯1;厂", "", "照片"],
        ["a2", "检查", "2023-06-15", "镇长", "p2", "", "2.50", ""],
        ["a3", "会议", "2023-04-02", "副镇长", "", "", "", ""],
    ],
}
"""Sound tables: everything below them changes one thing."""


def write(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """The tables as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    return folder


def take(
    store: Store,
    folder: Path,
    tables: Mapping[str, Rows],
    now: datetime = NOON,
    words: Words = ANY_WORDS,
    recorded_as_dated: bool = False,
) -> ImportReport:
    """Imports tables that were just written into `folder`."""
    return import_path(
        store,
        write(folder, tables),
        words=words,
        doing=Doing(now),
        recorded_as_dated=recorded_as_dated,
    )


def told(
    store: Store,
    folder: Path,
    tables: Mapping[str, Rows],
    now: datetime = LATER,
    words: Words = ANY_WORDS,
) -> list[str]:
    """The problems of an import, as printed, without the folder; empty when there is none."""
    try:
        take(store, folder, tables, now, words)
    except BadInput as error:
        return [printed(problem).replace(f"{folder}/", "") for problem in error.problems]
    return []


def office(folder: Path) -> Store:
    """A store that holds OFFICE, imported on 2023-07-01 at noon."""
    path = folder / "office.db"

    def make() -> None:
        store = create_store(address(path), None, Doing(NOON))
        take(store, folder / "office", OFFICE)
        store.close()

    write(folder / "office", OFFICE)
    made_once("office", path, make)
    return open_store(address(path))
