"""The lists of every day: whom to call, what turned red, who is silent, what changed and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.factory_cli import HEARD, PARK, cache, call, good, refused, write

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

RULED = """\
rulings:
  - duty: park_2022.principal.hear_reports
    on: 2022-07-01
    frequency: {at_least: 3, per: quarter}
    author: 园区安委办
    document: 园安办〔2022〕3号
"""


@pytest.fixture
def db(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The park, of which each row is known since its own day, and telephone numbers."""
    if "database" in request.fixturenames:
        request.getfixturevalue("database")
    people = [["person", "name", "phone"], ["p1", "张三", "010-1"], ["p2", "李四", "010-2"],
              ["p3", "王五", ""], ["p4", "张三", ""]]  # fmt: skip
    path = tmp_path / "daily.db"
    tables = write(tmp_path / "daily", {**PARK, "people": people})
    good("import", tables, "--recorded-as-dated", "--db", path)
    return path


def test_today_names_whom_to_call_and_why_and_what_turned_red(db: Path) -> None:
    words = ("today", "--as-of", "2022-10-10", "--db", db)
    found = good(*words, "--json").data
    # The day before was a Sunday at work; the month's inspection had its day in the holidays.
    assert (found["since"], found["workday"]) == ("2022-10-09", True)
    [leader] = [one for one in found["calls"] if one["person"] == "p1"]
    assert (leader["phone"], leader["post"], leader["left"]) == ("010-1", "主任", False)
    assert "park_2022.principal.lead_inspection@主任/p1@2022-09" in leader["verdicts"]
    assert leader["latest"] == "2022-10-12"
    assert found["turned_red"] == []
    said = good(*words, "--lang", "zh").out
    assert said.startswith("2022年10月10日（星期一）要办的事\n\n要打的电话 (")
    assert "做了请补登记，没做请补办" in said
    assert "缺电话，请补上" in said
    first = good("today", "--as-of", "2022-10-01", "--db", db)
    assert "a day of rest; the next working day is 2022-10-08" in first.out
    assert "Turned red since 2022-09-30 (" in first.out


def test_today_heads_its_last_day_as_a_day(db: Path) -> None:
    told = good("today", "--as-of", "2022-10-10", "--lang", "zh", "--db", db).out
    assert "最迟" in told
    assert "经办" not in told


def test_what_falls_due_stands_in_no_line_as_overdue(db: Path) -> None:
    found = good("today", "--as-of", "2022-09-26", "--json", "--db", db).data
    assert {one["due"] for one in found["due"]} == {"2022-09-30"}
    assert not {one["state"] for one in found["due"]} & {"overdue", "met", "exempt"}
    assert {one["latest"] for one in found["calls"]} <= {"2022-09-27"}


def test_who_records_nothing_is_named_units_before_posts(db: Path) -> None:
    words = ("--as-of", "2022-10-20", "--db", db)
    month = good("silent", *words, "--json").data
    assert (month["since"], month["asked"], month["units"]) == ("2022-09-20", 1, [])
    assert [(one["post"], one["last"]) for one in month["posts"]] == [("副主任", None)]
    whole = good("silent", "--since", "10月1日", *words, "--json").data
    [unit] = whole["units"]
    assert (unit["unit"], unit["last"], unit["people"]) == ("园区", "2022-09-30", ["p1"])
    assert "the whole unit" in good("silent", "--since", "2022.10.1", *words).out
    assert "lies after 2022-10-20" in refused("silent", "--since", "2022-10-21", *words)
    for odd in ("10月1日", "10.1"):
        # Neither the name of a unit nor two years at once say which year is meant.
        also = ("--unit", "2021年专班") if odd == "10.1" else ()
        assert "the year too" in refused("silent", "--as-of", odd, *also, "--db", db)
    two = ("silent", "--since", "6月1日", "--as-of", "2022-10-01", "--known-on", "2023-01-01")
    assert "the year too" in refused(*two, "--db", db)


def changes(db: Path, since: str, as_of: str, *words: str | Path) -> dict[str, Any]:
    """What changed, by verdict: the states, and the causes with what they are made of."""
    found = good("changes", "--since", since, "--as-of", as_of, "--json", "--db", db, *words).data[
        "changes"
    ]
    return {
        one["verdict"]: (
            one["before"] and one["before"]["state"],
            one["after"] and one["after"]["state"],
            [(cause["cause"], *cause["items"]) for cause in one["causes"]],
        )
        for one in found
    }


def test_each_change_tells_why(db: Path) -> None:
    september = "park_2022.principal.lead_inspection@主任/p1@2022-09"
    found = changes(db, "2022-09-30", "2022-10-05")
    assert found[HEARD] == ("due_soon", "met", [("new_record", "a1")])
    assert found[september] == ("due_soon", "overdue", [("day",)])
    paper = ("--document", "园组〔2022〕9号", "--reason", "脱产培训", "--as-of", "2022-10-05")
    good("waive", "主任", "--first", "2022-09-01", "--last", "2022-09-30", *paper,
         "--duty", "park_2022.principal.lead_inspection", "--db", db)  # fmt: skip
    good("void", "activities", "a1", "--reason", "误录", "--db", db)
    found = changes(db, "2022-10-05", "2022-10-05")
    assert found.pop(HEARD) == ("met", "overdue", [("void", "a1")])
    assert found.pop(september) == ("overdue", "exempt", [("waiver", "免20220901-1")])
    # Without its only record the unit is one that records nothing: a remark, and no other state.
    assert ("overdue", "overdue", [("records",)]) in found.values()
    said = good("changes", "--since", "2022-10-05", "--as-of", "2022-10-05", "--lang", "zh",
                "--db", db).out  # fmt: skip
    [line] = [line for line in said.splitlines() if "已完成 → 逾期未完成" in line]
    assert line.endswith("作废（a1 2022-09-30 听取履职汇报）")
    assert "当时的规则没有留存" in said
    earlier = ("changes", "--as-of", "2022-10-01", "--since", "2022-10-02", "--db", db)
    assert "lies after 2022-10-01" in refused(*earlier)


@pytest.mark.usefixtures("database")
def test_changes_of_rules_and_appointments_are_told_as_such(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as clock:
        clock.setattr("commands.context.now", lambda: datetime(2022, 10, 4, tzinfo=UTC))
        good("rules", "keep", "--db", db)
    own = tmp_path / "office"
    own.mkdir()
    (own / "rulings.yaml").write_text(RULED, encoding="utf-8")
    good("leave", "p3", "副主任", "--last", "2022-09-12", "--document", "x", "--reason", "调离",
         "--as-of", "2022-10-05", "--db", db)  # fmt: skip
    days = ("2022-10-05", "2022-10-05")
    found = changes(db, *days, "--office", own)
    assert found[HEARD] == ("met", "overdue", [("rulings",)])
    others = [causes for name, (*_, causes) in found.items() if "@副主任/p3@" in name]
    assert others
    assert all(causes == [("appointment", "p3 副主任 2022-03-01")] for causes in others)
    said = call("changes", "--since", days[0], "--as-of", days[1], "--db", db, "--office", own)
    assert "not kept" not in said.out
    assert "met → overdue  " in said.out
    assert "  a ruling\n" in said.out


def test_a_calendar_fits_a_screen_and_says_its_day(db: Path) -> None:
    words = ("calendar", "--span", "2022", "--as-of", "2022-09-12", "--db", db)
    short, whole = good(*words).out, good(*words, "--all").out
    assert short.startswith("Due in 2022-01-01 to 2022-12-31, as of 2022-09-12\n")
    assert "more: --all lists them" in short
    assert "--all" not in whole
    late = [one for one in good(*words, "--json").data if one["due"] >= "2022-09-12"]
    assert late
    assert not [one for one in late if one["state"] == "overdue"]


def test_a_calendar_writes_its_days_as_a_clerk_does(db: Path) -> None:
    words = ("calendar", "--span", "二季度", "--as-of", "2023-04-01", "--lang", "zh", "--db", db)
    told = good(*words).out
    assert told.startswith("2023年4月1日至6月30日到期事项（截至2023年4月1日）\n")
    assert "放假的工作日：2023年4月5日、2023年5月1日至5月3日" in told
    assert "2023-04-0" not in told
