"""The rules across rows and tables: each with the place, the value and the hint that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from data.intake.imports import record_activity
from data.keeping.making import create_store
from data.store.journal import Doing
from data.words import ANY_WORDS, Words
from problems import BadInput
from tests.helpers.factory_store import LATER, NOON, OFFICE, Rows, office, take, told
from tests.helpers.sentences import sentence

ACT = ("activity", "kind", "day", "holder")


def acts(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> dict[str, Rows]:
    return {"activities": [[*ACT, *more], *rows]}


def appointed(*rows: tuple[str, ...]) -> dict[str, Rows]:
    return {"appointments": [["person", "post", "first", "last", "acting"], *rows]}


BAD: list[tuple[str, Mapping[str, Rows], str, str]] = [
    (
        "an unknown holder",
        acts(("b1", "检查", "2023-03-01", "镇长1")),
        "activities.csv:2:4: unknown holder '镇长1'",
        "did you mean '镇长'",
    ),
    (
        "a person by a name that nobody has",
        acts(("b1", "检查", "2023-03-01", "镇长", "章三"), more=("person",)),
        "activities.csv:2:5: unknown person '章三'",
        "perhaps '张三' (p1)",
    ),
    (
        "an unknown subject in a list",
        acts(("b1", "检查", "2023-03-01", "镇长", "厂；电梯2"), more=("subjects",)),
        "activities.csv:2:5: unknown subject '电梯2'",
        "did you mean '电梯1'?",
    ),
    (
        "an unknown event",
        acts(("b1", "检查", "2023-03-01", "镇长", "赛2"), more=("event",)),
        "activities.csv:2:5: unknown event '赛2'",
        "did you mean '赛1'?",
    ),
    (
        "an event of one unit known and one unknown",
        {"events": [["event", "type", "day", "unit"], ["赛9", "赛事", "2023-05-01", "镇;镇2"]]},
        "events.csv:2:4: unknown unit '镇2'",
        "did you mean '镇'?",
    ),
    (
        "an unknown post to act for",
        acts(("b1", "检查", "2023-03-01", "副镇长", "镇"), more=("on_behalf_of",)),
        "activities.csv:2:5: unknown on_behalf_of '镇'",
        "'镇' is a unit; here stands the id of a post",
    ),
    (
        "an unknown act to replace",
        acts(("b1", "检查", "2023-03-01", "镇长", "a9"), more=("supersedes",)),
        "activities.csv:2:5: unknown supersedes 'a9'",
        "",
    ),
    (
        "acts that replace each other",
        acts(
            ("b1", "检查", "2023-03-01", "镇长", "b2"),
            ("b2", "检查", "2023-03-01", "镇长", "b1"),
            more=("supersedes",),
        ),
        "activities.csv:2:5: the activities supersede each other: b1 → b2 → b1",
        "never itself",
    ),
    (
        "the unit of a post",
        {"posts": [["post", "unit", "class"], ["书记", "镇政府", "主要负责人"]]},
        "posts.csv:2:2: unknown unit '镇政府'",
        "did you mean '镇'?",
    ),
    (
        "the parent of a unit",
        {"units": [["unit", "name", "type", "parent"], ["村", "村", "村", "示例乡镇"]]},
        "units.csv:2:4: unknown parent '示例乡镇'",
        "perhaps '示例镇' (镇)",
    ),
    (
        "the boss of a post",
        {"posts": [["post", "unit", "class", "reports_to"], ["书记", "镇", "x", "区长"]]},
        "posts.csv:2:4: unknown reports_to '区长'",
        "did you mean",
    ),
    (
        "the person of an appointment",
        appointed(("p4", "副镇长", "2022-01-01", "2022-02-01", "")),
        "appointments.csv:2:1: unknown person 'p4'",
        "did you mean",
    ),
    (
        "the post of an appointment",
        appointed(("p1", "县长", "2022-01-01", "2022-02-01", "")),
        "appointments.csv:2:2: unknown post '县长'",
        "",
    ),
    (
        "the unit of an adoption",
        {"adoptions": [["document", "unit"], ["park_2022", "县"]]},
        "adoptions.csv:2:2: unknown unit '县'",
        "enter the unit first",
    ),
    (
        "the unit of a subject",
        {"subjects": [["subject", "name", "type", "unit"], ["s", "s", "s", "厂子"]]},
        "subjects.csv:2:4: unknown unit '厂子'",
        "did you mean '厂'?",
    ),
    (
        "the unit and subject of an event",
        {"events": [["event", "type", "day", "subject"], ["e", "e", "2023-05-01", "电梯9"]]},
        "events.csv:2:4: unknown subject '电梯9'",
        "did you mean '电梯1'?",
    ),
    (
        "the holder of a waiver",
        {
            "waivers": [
                ["waiver", "holder", "first", "last", "reason"],
                ["w2", "村长", "2023-01-01", "2023-01-02", "病假"],
            ]
        },
        "waivers.csv:2:2: unknown holder '村长'",
        "did you mean",
    ),
    (
        "a waiver on a person that names a unit",
        {
            "waivers": [
                ["waiver", "holder", "first", "last", "reason", "person"],
                ["w2", "镇", "2023-01-01", "2023-01-02", "病假", "p1"],
            ]
        },
        "waivers.csv:2:6: a waiver on a person names a post as holder, but '镇' is a unit",
        "write the person's post under holder",
    ),
    (
        "one id for a person and a unit",
        {"people": [["person", "name"], ["厂", "厂"]]},
        "people.csv:2:1: '厂' is the id of a unit and of a person",
        "unique together",
    ),
    (
        "a circle of units",
        {"units": [["unit", "name", "type", "parent"], ["区", "示例区", "区县", "厂"]]},
        "units.csv:2:4: the units stand in a circle: 区 → 厂 → 镇 → 区",
        "take one 'parent' of it away",
    ),
    (
        "a reporting line in a circle",
        {"posts": [["post", "unit", "class", "reports_to"], ["镇长", "镇", "x", "副镇长"]]},
        "posts.csv:2:4: the reporting line runs in a circle: 镇长 → 副镇长 → 镇长",
        "take one 'reports_to' of it away",
    ),
    (
        "an appointment that ends before it starts",
        appointed(("p1", "副镇长", "2022-02-01", "2022-01-01", "")),
        "appointments.csv:2:4: the appointment ends on 2022-01-01, before it starts on 2022-02-01",
        "'last' is the last day",
    ),
    (
        "an event that ends before it starts",
        {"events": [["event", "type", "day", "last"], ["e", "e", "2023-05-02", "2023-05-01"]]},
        "events.csv:2:4: the event ends on 2023-05-01, before it starts on 2023-05-02",
        "",
    ),
    (
        "an act that ends before it starts",
        acts(("b1", "x", "2023-03-01", "镇", "2023-03-02"), more=("first_day",)),
        "activities.csv:2:5: the activity ends on 2023-03-01, before it starts on 2023-03-02",
        "",
    ),
    (
        "a body's term",
        {
            "units": [
                ["unit", "name", "type", "term_first", "term_last"],
                ["委", "委", "委员会", "2023-01-01", "2022-01-01"],
            ]
        },
        "units.csv:2:5: the term of office ends on 2022-01-01, before it starts on 2023-01-01",
        "",
    ),
    (
        "two people side by side in one post",
        appointed(("p1", "副镇长", "2023-05-01", "2023-05-02", "")),
        "appointments.csv:2:3: 'p3' and 'p1' hold the post '副镇长' side by side from 2023-05-01"
        " to 2023-05-02, neither acting",
        "a handover may share one day",
    ),
    (
        "two people side by side without end",
        appointed(("p1", "副镇长", "2023-05-01", "", "")),
        "appointments.csv:2:3: 'p3' and 'p1' hold the post '副镇长' side by side from 2023-05-01"
        " on, neither acting",
        "write yes under acting",
    ),
    (
        "a person who did not hold the post",
        acts(("b1", "x", "2023-03-01", "镇长", "p2"), more=("person",)),
        "activities.csv:2:5: 'p2' did not hold the post '镇长' on 2023-03-01; 'p1' did",
        "enter the missing appointment first",
    ),
    (
        "an act on a handover day that names nobody",
        acts(("b1", "x", "2023-06-15", "镇长", ""), more=("person",)),
        "activities.csv:2:5: on 2023-06-15 the post '镇长' passed between 'p1' and 'p2', and the"
        " act names nobody",
        "write under person who of them did it",
    ),
    (
        "more than the whole",
        acts(("b1", "x", "2023-03-01", "镇", "10", "9.5"), more=("quantity", "out_of")),
        "activities.csv:2:6: a quantity of 10 out of 9.5",
        "not smaller",
    ),
    (
        "a whole without a part",
        acts(("b1", "x", "2023-03-01", "镇", "9"), more=("out_of",)),
        "activities.csv:2:5: out of 9, but no quantity",
        "how many of them were reached",
    ),
    (
        "a negative quantity",
        acts(("b1", "x", "2023-03-01", "镇", "-1"), more=("quantity",)),
        "activities.csv:2:5: '-1' is not a number above 0",
        "above 0",
    ),
    (
        "an empty required cell",
        acts(("b1", "x", "2023-03-01", "")),
        "activities.csv:2:4: 'holder' is empty",
        "every activity needs activity, kind, day, holder",
    ),
    (
        "an unknown setting",
        {"settings": [["key", "value"], ["time_zone", "Asia/Shanghai"]]},
        "settings.csv:2:1: unknown setting 'time_zone'",
        "did you mean 'timezone'?",
    ),
    (
        "an unknown time zone",
        {"settings": [["key", "value"], ["timezone", "Beijing"]]},
        "settings.csv:2:2: 'Beijing' is not a time zone",
        "Asia/Shanghai",
    ),
    (
        "a first day that is none",
        {"settings": [["key", "value"], ["records_from", "2023-02-29"]]},
        "settings.csv:2:2: '2023-02-29' is not a day",
        "February 2023 has 28 days",
    ),
    (
        "a record from the future",
        acts(("b1", "x", "2023-03-01", "镇", "2023-07-16"), more=("recorded_at",)),
        "activities.csv:2:5: '2023-07-16' lies after the moment of this import, 2023-07-15 09:30",
        "never a day to come",
    ),
    (
        "a void without a reason",
        acts(("a1", "x", "2023-03-01", "镇", "2023-07-02"), more=("voided_at",)),
        "activities.csv:2: a row is declared void without a reason",
        "write into void_reason",
    ),
    (
        "a void without a day",
        acts(("a1", "x", "2023-03-01", "镇", "误录"), more=("void_reason",)),
        "activities.csv:2:5: a void without its day",
        "write into voided_at",
    ),
    (
        "one key twice",
        acts(("b1", "x", "2023-03-01", "镇"), ("b1", "y", "2023-03-01", "镇")),
        "activities.csv:3:1: 'b1' stands twice in this table, first in row 2",
        "each carry their own recorded_at",
    ),
    (
        "a void post that acts name",
        {
            "appointments": [
                ["person", "post", "first", "acting", "voided_at", "void_reason"],
                ["p3", "副镇长", "2023-03-01", "", "2023-07-10", "撤销"],
            ],
            "posts": [
                ["post", "unit", "class", "reports_to", "voided_at", "void_reason"],
                ["副镇长", "镇", "分管负责人", "镇长", "2023-07-10", "撤销"],
            ],
        },
        "posts.csv:2:1: '副镇长' cannot be void: activity 'a3' names it",
        "declare it void too",
    ),
    (
        "a void unit that posts name",
        {
            "units": [
                ["unit", "name", "type", "parent", "voided_at", "void_reason"],
                ["镇", "示例镇", "乡镇", "区", "2023-07-10", "撤销"],
            ]
        },
        "units.csv:2:1: '镇' cannot be void: post '镇长' names it",
        "correct that post, or declare it void too",
    ),
]


@sentence(
    (
        "Two people side by side in one post, neither acting, for more than a day are a "
        "problem at import"
    ),
)
@pytest.mark.parametrize(
    ("tables", "line", "hint"), [one[1:] for one in BAD], ids=[one[0] for one in BAD]
)
def test_what_does_not_fit_the_office_is_told_by_place(
    tmp_path: Path, tables: Mapping[str, Rows], line: str, hint: str
) -> None:
    store = office(tmp_path)
    before = store.read_records()
    found = told(store, tmp_path / "in", tables)
    matching = [one for one in found if one.split("\n")[0] == line]
    assert matching, found
    assert hint in matching[0]
    assert store.read_records() == before


FINE: list[tuple[str, Mapping[str, Rows]]] = [
    ("a handover that shares one day", appointed(("p1", "副镇长", "2023-01-01", "2023-03-01", ""))),
    ("somebody acting beside", appointed(("p1", "副镇长", "2023-05-01", "2023-05-31", "yes"))),
    (
        "one person twice in one post",
        appointed(("p3", "副镇长", "2023-01-01", "2023-04-01", "")),
    ),
    (
        "an act before any appointment",
        acts(("b1", "x", "2022-03-01", "镇长", "p2"), more=("person",)),
    ),
    ("an act on a day to come", acts(("b1", "x", "2024-03-01", "镇"))),
    ("an act by a unit", acts(("b1", "x", "2023-03-01", "厂", "p3"), more=("person",))),
    (
        "posts and people among subjects",
        acts(("b1", "x", "2023-03-01", "厂", "镇长;p1"), more=("subjects",)),
    ),
]


@pytest.mark.parametrize("tables", [one[1] for one in FINE], ids=[one[0] for one in FINE])
def test_what_is_unusual_but_right_is_stored(tmp_path: Path, tables: Mapping[str, Rows]) -> None:
    assert told(office(tmp_path), tmp_path / "in", tables) == []


def test_while_somebody_acts_an_unnamed_act_on_a_handover_day_is_stored(tmp_path: Path) -> None:
    store = office(tmp_path)
    tables = {
        **appointed(("p3", "镇长", "2023-06-10", "2023-06-20", "是")),
        **acts(("b1", "x", "2023-06-15", "镇长")),
    }
    assert told(store, tmp_path / "in", tables) == []


def test_an_act_that_was_there_before_the_second_appointment_stays(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "one", acts(("b1", "x", "2023-07-05", "副镇长")), LATER)
    moved = appointed(
        ("p3", "副镇长", "2023-03-01", "2023-07-05", ""), ("p1", "副镇长", "2023-07-05", "", "")
    )
    assert told(store, tmp_path / "two", moved) == []


WORDS = Words(
    kinds=frozenset({"带队检查", "安委会会议"}),
    roles=frozenset({"带队", "主持"}),
    post_classes=frozenset({"主要负责人"}),
    event_types=frozenset({"生产安全事故"}),
)


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        (
            acts(("b1", "带对检查", "2023-03-01", "厂")),
            "activities.csv:2:2: unknown kind '带对检查'\n  hint: did you mean '带队检查'?",
        ),
        (
            acts(("b1", "带队检查", "2023-03-01", "厂", "主待"), more=("role",)),
            "activities.csv:2:5: unknown role '主待'\n  hint: did you mean '主持'?",
        ),
        (
            {"posts": [["post", "unit", "class"], ["书记", "镇", "主要负责"]]},
            "posts.csv:2:3: unknown post class '主要负责'\n  hint: did you mean '主要负责人'?",
        ),
        (
            {"events": [["event", "type", "day"], ["e", "安全事故", "2023-03-01"]]},
            "events.csv:2:2: unknown type '安全事故'\n  hint: did you mean '生产安全事故'?",
        ),
    ],
)
def test_unknown_words_get_a_did_you_mean(
    tmp_path: Path, tables: Mapping[str, Rows], line: str
) -> None:
    assert told(office(tmp_path), tmp_path / "in", tables, words=WORDS) == [line]


def test_all_problems_of_all_tables_come_at_once_and_in_order(tmp_path: Path) -> None:
    store = create_store(str(tmp_path / "s.db"), None, Doing(NOON))
    tables = dict(OFFICE)
    tables["people"] = [["person", "name"], ["p1", ""], ["p2", "李四"], ["p3", "王五"]]
    tables["waivers"] = [
        ["waiver", "holder", "first", "last", "reason"],
        ["w1", "镇长", "2022-02-30", "2023-02-10", "病假"],
    ]
    tables["activities"] = [["activity", "kind", "day", "holder"], ["a1", "x", "0", "镇长2"]]
    found = told(store, tmp_path / "in", tables)
    assert [one.split(" ")[0] for one in found] == [
        "activities.csv:2:3:",
        "activities.csv:2:4:",
        "people.csv:2:2:",
        "waivers.csv:2:3:",
    ]


def test_a_typed_act_has_its_columns_as_places(tmp_path: Path) -> None:
    store = office(tmp_path)
    row = {"kind": "x", "day": "2023-02-30", "holder": "镇长1", "quantity": "0"}
    with pytest.raises(BadInput) as caught:
        record_activity(store, row, words=ANY_WORDS, doing=Doing(LATER))
    assert [one.place.file for one in caught.value.problems] == ["day", "holder", "quantity"]
