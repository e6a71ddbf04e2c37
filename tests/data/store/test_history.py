"""Corrections and voids never erase: what was known on each day. SEMANTICS, sections 4 and 6."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from data.keeping.making import create_store, set_records_from
from data.records import Activity, Tag
from data.store.journal import Doing
from data.store.opening import Store
from tests.helpers.databases import address
from tests.helpers.factory_store import LATER, NOON, OFFICE, Rows, office, take, told
from tests.helpers.sentences import sentence

pytestmark = pytest.mark.usefixtures("database")

BEFORE, AFTER = date(2023, 7, 14), date(2023, 7, 15)
ACT = ("activity", "kind", "day", "holder")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def acts(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> dict[str, Rows]:
    return {"activities": [[*ACT, *more], *rows]}


def act(store: Store, name: str, known_on: date | None = None) -> Activity:
    return {one.activity: one for one in store.read_records(known_on).activities}[name]


def test_records_hold_what_the_tables_say(tmp_path: Path) -> None:
    records = office(tmp_path).read_records()
    assert list(records.units) == ["区", "镇", "厂"]
    assert records.posts["副镇长"].reports_to == "镇长"
    assert [one.acting for one in records.appointments] == [False, False, False]
    one = records.activities[1]
    assert (one.activity, one.day, one.quantity) == ("a2", date(2023, 6, 15), Fraction(5, 2))
    assert records.activities[0].subjects == ("电梯1", "厂")
    assert records.adoptions is None
    assert records.records_from == date(2023, 7, 1)
    assert records.timezone == "Asia/Shanghai"


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    store = office(tmp_path)
    before, told_before = store.read_records(), store.describe()
    report = take(store, tmp_path / "again", OFFICE, LATER)
    assert (report.total("new"), report.total("changed"), report.entry) == (0, 0, None)
    assert report.total("unchanged") == sum(len(rows) - 1 for rows in OFFICE.values())
    assert store.read_records() == before
    assert store.describe() == told_before


def test_a_changed_row_is_a_correction_and_the_earlier_version_stays(tmp_path: Path) -> None:
    store = office(tmp_path)
    report = take(store, tmp_path / "in", acts(("a3", "检查", "2023-04-02", "副镇长")), LATER)
    assert report.counts["activities"] == {"new": 0, "changed": 1, "voided": 0, "unchanged": 0}
    assert act(store, "a3", BEFORE).kind == "会议"
    assert act(store, "a3", AFTER).kind == "检查"
    assert act(store, "a3").recorded_at == NOON


def test_the_knowledge_day_takes_in_the_whole_day(tmp_path: Path) -> None:
    store = office(tmp_path)
    late = moment("2023-07-15T23:59:59.999999")
    take(store, tmp_path / "in", acts(("a3", "检查", "2023-04-02", "副镇长")), late)
    assert act(store, "a3", date(2023, 7, 15)).kind == "检查"


def test_an_act_recorded_later_is_not_known_yet(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "in", acts(("b1", "检查", "2023-04-02", "镇")), LATER)
    assert act(store, "b1", BEFORE).standing == "not_known_yet"
    assert act(store, "b1", BEFORE).kind == "检查"
    assert act(store, "b1", AFTER).standing == "live"


def test_a_void_is_known_from_its_day_on(tmp_path: Path) -> None:
    store = office(tmp_path)
    void = ("voided_at", "voided_by", "void_reason")
    row = ("a3", "会议", "2023-04-02", "副镇长", "2023-07-10", "赵六", "误录")
    report = take(store, tmp_path / "in", acts(row, more=void), LATER)
    assert report.total("voided") == 1
    assert act(store, "a3", date(2023, 7, 9)).standing == "live"
    assert act(store, "a3", date(2023, 7, 10)).standing == "voided"
    again = take(store, tmp_path / "again", acts(row, more=void), LATER)
    assert again.total("unchanged") == 1
    without = take(store, tmp_path / "old", acts(("a3", "会议", "2023-04-02", "副镇长")), LATER)
    assert without.total("unchanged") == 1
    assert act(store, "a3").standing == "voided"


def test_a_void_need_not_copy_the_whole_record(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = act(store, "a2")
    struck = ("a2", before.kind, "2023-06-15", before.holder, "2023-07-15", "重复登记")
    report = take(store, tmp_path / "in", acts(struck, more=("voided_at", "void_reason")), LATER)
    assert report.counts["activities"] == {"new": 0, "changed": 0, "voided": 1, "unchanged": 0}
    assert act(store, "a2").standing == "voided"
    assert act(store, "a2").quantity == before.quantity


def test_a_void_is_never_changed(tmp_path: Path) -> None:
    store = office(tmp_path)
    more = ("voided_at", "void_reason")
    row = ("a3", "会议", "2023-04-02", "副镇长")
    take(store, tmp_path / "in", acts((*row, "2023-07-10", "误录"), more=more), LATER)
    found = told(store, tmp_path / "two", acts((*row, "2023-07-11", "重复"), more=more))
    assert found[0].startswith(
        "activities.csv:2:5: 'a3' was declared void on 2023-07-10 already\n  hint:"
    )


def test_a_voided_row_leaves_the_records_of_every_other_table(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [list(row) for row in OFFICE["waivers"]]
    rows[0] += ["voided_at", "void_reason"]
    rows[1] += ["2023-07-10", "撤回"]
    take(store, tmp_path / "in", {"waivers": rows}, LATER)
    assert len(store.read_records(date(2023, 7, 9)).waivers) == 1
    assert store.read_records(date(2023, 7, 10)).waivers == ()


def test_a_superseded_act_stands_from_when_that_was_known(tmp_path: Path) -> None:
    store = office(tmp_path)
    row = ("b3", "检查", "2023-04-02", "副镇长", "a3")
    take(store, tmp_path / "in", acts(row, more=("supersedes",)), LATER)
    assert act(store, "a3", BEFORE).standing == "live"
    assert act(store, "a3", AFTER).standing == "superseded"
    assert act(store, "b3").standing == "live"
    assert act(store, "b3").recorded_at == NOON  # that of the first of the chain
    more = ("supersedes", "voided_at", "void_reason")
    void = (*row, "2023-07-20", "误录")
    take(store, tmp_path / "v", acts(void, more=more), moment("2023-07-21"))
    assert act(store, "a3", date(2023, 7, 19)).standing == "superseded"
    assert act(store, "a3", date(2023, 7, 20)).standing == "live"


@sentence(
    "(a correction has the recording day of the first of its chain)",
)
def test_a_chain_keeps_its_first_moment(tmp_path: Path) -> None:
    store = office(tmp_path)
    more = ("supersedes",)
    take(store, tmp_path / "1", acts(("b1", "x", "2023-04-02", "副镇长", "a3"), more=more), LATER)
    last = moment("2023-07-20T08:00")
    take(store, tmp_path / "2", acts(("b2", "x", "2023-04-02", "副镇长", "b1"), more=more), last)
    assert [act(store, name).standing for name in ("a3", "b1", "b2")] == [
        "superseded",
        "superseded",
        "live",
    ]
    assert act(store, "b2").recorded_at == NOON


def test_a_row_may_name_its_own_moment(tmp_path: Path) -> None:
    store = office(tmp_path)
    row = ("b1", "检查", "2023-04-02", "镇", "2023-04-03 08:30")
    take(store, tmp_path / "in", acts(row, more=("recorded_at",)), LATER)
    assert act(store, "b1").recorded_at == moment("2023-04-03T08:30")
    assert act(store, "b1", date(2023, 4, 2)).standing == "not_known_yet"
    assert act(store, "b1", date(2023, 4, 3)).standing == "live"


def test_a_changed_row_that_keeps_an_old_moment_is_recorded_now(tmp_path: Path) -> None:
    store = office(tmp_path)
    more = ("recorded_at",)
    for kind, now in (("检查", NOON), ("会议", LATER)):
        row = ("b1", kind, "2023-04-02", "镇", "2023-04-03")
        take(store, tmp_path / kind, acts(row, more=more), now)
    assert act(store, "b1", BEFORE).kind == "检查"
    assert act(store, "b1", AFTER).kind == "会议"


def test_two_corrections_in_one_moment_are_both_kept_in_order(tmp_path: Path) -> None:
    store = office(tmp_path)
    for kind in ("检查", "演练"):
        take(store, tmp_path / kind, acts(("a3", kind, "2023-04-02", "副镇长")), LATER)
    assert act(store, "a3").kind == "演练"
    assert store.describe()["activities (versions)"] == "5"


def test_versions_of_one_key_in_one_file_are_told_apart_by_their_moments(tmp_path: Path) -> None:
    store = office(tmp_path)
    more = ("recorded_at",)
    history = acts(
        ("b1", "会议", "2023-04-02", "镇", "2023-05-01"),
        ("b1", "检查", "2023-04-02", "镇", "2023-04-03"),
        ("b1", "检查", "2023-04-02", "镇", "2023-06-01"),
        more=more,
    )
    report = take(store, tmp_path / "in", history, LATER)
    assert report.counts["activities"] == {"new": 1, "changed": 2, "voided": 0, "unchanged": 0}
    kinds = [act(store, "b1", date(2023, month, 15)).kind for month in (4, 5, 6)]
    assert kinds == ["检查", "会议", "检查"]
    assert take(store, tmp_path / "again", history, LATER).total("unchanged") == 3


def test_a_history_that_came_too_late_is_not_taken_twice(tmp_path: Path) -> None:
    store = office(tmp_path)
    history = acts(
        ("a3", "检查", "2023-04-02", "副镇长", "2023-04-03"),
        ("a3", "演练", "2023-04-02", "副镇长", "2023-05-03"),
        more=("recorded_at",),
    )
    assert take(store, tmp_path / "in", history, LATER).total("changed") == 2
    assert take(store, tmp_path / "again", history, LATER).total("unchanged") == 2


def test_a_voided_record_may_be_entered_anew(tmp_path: Path) -> None:
    store = office(tmp_path)
    row = ("a3", "会议", "2023-04-02", "副镇长")
    more = ("voided_at", "void_reason", "recorded_at")
    take(store, tmp_path / "v", acts((*row, "2023-07-10", "误录", ""), more=more), LATER)
    take(store, tmp_path / "r", acts((*row, "", "", "2023-07-12"), more=more), LATER)
    standings = [act(store, "a3", date(2023, 7, day)).standing for day in (9, 11, 12)]
    assert standings == ["live", "voided", "live"]


@pytest.mark.parametrize(
    ("table", "rows", "known"),
    [
        ("activities", [list(ACT), ["b1", "x", "2023-04-02", "U"]], "2023-04-02"),
        ("activities", [list(ACT), ["b1", "x", "2023-12-02", "U"]], "2023-07-15"),
        ("people", [["person", "name"], ["b1", "x"]], "2022-08-01"),
        ("subjects", [["subject", "name", "type", "first"], ["b1", "x", "x", "2023-01-09"]],
         "2023-01-09"),
    ],
)  # fmt: skip
def test_recorded_as_dated_takes_the_rows_own_day(
    tmp_path: Path, table: str, rows: Rows, known: str
) -> None:
    store = create_store(address(tmp_path / "s.db"), None, Doing(NOON))
    tables = {
        "settings": [["key", "value"], ["records_from", "2022-08-01"]],
        "units": [["unit", "name", "type"], ["U", "U", "U"]],
        table: rows,
    }
    take(store, tmp_path / "in", tables, LATER, recorded_as_dated=True)
    with store.reading() as connection:
        query = f"SELECT recorded_at FROM {table}"
        assert connection.exec_driver_sql(query).scalar_one()[:10] == known
    assert store.read_records(date(2022, 8, 1)).records_from == date(2022, 8, 1)


def test_the_first_day_is_set_and_what_held_before_stays(tmp_path: Path) -> None:
    store = office(tmp_path)
    set_records_from(store, date(2022, 1, 1), Doing(LATER))
    assert store.read_records(BEFORE).records_from == date(2023, 7, 1)
    assert store.read_records(AFTER).records_from == date(2022, 1, 1)
    assert store.read_records(date(2020, 1, 1)).records_from == date(2023, 7, 1)


def test_the_first_day_may_be_given_when_the_store_is_made(tmp_path: Path) -> None:
    store = create_store(address(tmp_path / "s.db"), date(2022, 7, 1), Doing(NOON))
    assert store.read_records().records_from == date(2022, 7, 1)
    assert store.read_records(date(2022, 7, 1)).records_from == date(2022, 7, 1)
    assert create_store(
        address(tmp_path / "s.db"), None, Doing(LATER)
    ).read_records().records_from == date(2022, 7, 1)


@sentence(
    "binds the units that **adopted** it (a unit and all below it)",
)
def test_adoptions_are_none_until_there_is_a_row(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "in", {"adoptions": [["document", "unit"], ["d", "区"]]}, LATER)
    assert store.read_records(BEFORE).adoptions is None
    adoptions = store.read_records().adoptions
    assert adoptions is not None
    assert [(one.document, one.unit) for one in adoptions] == [("d", "区")]


@sentence(
    "tags (`高危`, `涉客` …)",
    "A tag may carry its first day (`高危@2024-11-01`)",
)
def test_tags_keep_their_first_day(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [["unit", "name", "type", "tags"], ["店", "店", "企业", "高危@2024-11-01；涉客"]]
    take(store, tmp_path / "in", {"units": rows}, LATER)
    assert set(store.read_records().units["店"].tags) == {
        Tag("高危", date(2024, 11, 1)),
        Tag("涉客"),
    }
