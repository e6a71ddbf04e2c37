"""Named windows, holidays and school terms, year by year and unit by unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import rules
from engine.calendar.periods import Period
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from rules.calendar import CalendarFile
from tests.helpers.sentences import sentence


def on(text: str) -> date:
    return date.fromisoformat(text)


def run(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(on(first), on(last or first))


def calendar(**parts: Any) -> CalendarFile:
    return CalendarFile.model_validate(parts)


WINDOWS: dict[str, Any] = {
    "安全生产月": [{"from": "06-01", "to": "06-30"}],
    "岁末年初": [{"from": "12-01", "to": "01-31"}],
    "防灾减灾日": [{"from": "05-12", "to": "05-12"}],
    "咨询日": [{"years": {2024: {"first": "2024-06-16", "last": "2024-06-16"}}}],
    "不存在的月": [{"lunar": "13-01"}],
    "二月": [{"from": "02-01", "to": "02-last"}],
    "森林防火期": [{"from": "11-15", "to": "04-15"}],
    "汛期": [
        {"from": "05-01", "to": "09-30"},
        {"from": "04-01", "to": "10-31", "unit": "south"},
        {"from": "06-01", "to": "08-31", "unit": "town", "lead_days": 10},
        {"years": {2024: {"first": "2024-03-20", "last": "2024-11-05"}}, "unit": "coast"},
    ],
    "汛前": [{"from": "03-01", "to": "04-30"}],
    "两会": [
        {
            "from": "03-03",
            "to": "03-17",
            "years": {2020: {"first": "2020-05-21", "last": "2020-05-28"}},
        }
    ],
    "展会": [{"years": {2024: {"first": "2024-09-10", "last": "2024-09-12"}}}],
    "元宵": [{"lunar": "01-15"}],
    "除夕": [{"lunar": "12-30"}],
    "腊八": [{"lunar": "12-08"}],
    "清明当日": [{"solar_term": "清明", "days": 2}],
    "冬至": [{"solar_term": "冬至"}],
    "元旦": [{"holiday": "元旦"}],
    "春节": [{"holiday": "春节"}],
    "清明": [{"holiday": "清明节"}],
    "五一": [{"holiday": "五一"}],
    "端午": [{"holiday": "端午"}],
    "中秋": [{"holiday": "中秋"}],
    "国庆": [{"holiday": "国庆"}],
    "小长假": [{"each_of": ["清明", "端午"]}],
    "重要节点": [{"each_of": ["小长假", "国庆", "重要节点"]}],
    "小长假后": [{"from": "05-08", "to": "05-09"}],
}
CALENDAR = calendar(windows=WINDOWS)
KNOWN = WindowCalendar(CALENDAR, Workdays(CALENDAR))


@sentence(
    (
        "lunar and solar-term (春节, 除夕, 元宵, 清明, 端午, 中元节, 中秋), statutory "
        "holidays with their make-up working days"
    ),
)
@pytest.mark.parametrize(
    ("name", "year", "days"),
    [
        ("安全生产月", 2024, "2024-06-01..2024-06-30"),
        ("安全生产月", 2099, "2099-06-01..2099-06-30"),
        ("防灾减灾日", 2024, "2024-05-12"),
        ("咨询日", 2024, "2024-06-16"),
        ("不存在的月", 2024, None),
        ("元宵", 1899, None),
        ("元宵", 1900, "1900-02-14"),
        ("元宵", 2199, "2199-02-10"),
        ("元宵", 2200, None),
        ("冬至", 1899, None),
        ("冬至", 2200, None),
        ("防灾减灾日", 1, None),
        ("防灾减灾日", 9998, None),
        ("二月", 2024, "2024-02-01..2024-02-29"),
        ("二月", 2023, "2023-02-01..2023-02-28"),
        # crossing New Year: the year it starts in
        ("岁末年初", 2024, "2024-12-01..2025-01-31"),
        ("森林防火期", 2023, "2023-11-15..2024-04-15"),
        ("两会", 2024, "2024-03-03..2024-03-17"),
        ("两会", 2020, "2020-05-21..2020-05-28"),
        ("展会", 2024, "2024-09-10..2024-09-12"),
        ("展会", 2025, None),
        ("元宵", 2024, "2024-02-24"),
        ("除夕", 2024, "2024-02-09"),
        ("除夕", 2025, "2025-01-28"),  # the 29th of a short month
        ("腊八", 2022, "2022-01-10"),
        ("清明当日", 2024, "2024-04-04..2024-04-05"),
        ("冬至", 2024, "2024-12-21"),
        ("国庆", 2024, "2024-10-01..2024-10-07"),
        ("春节", 2024, "2024-02-10..2024-02-17"),
        ("春节", 2026, "2026-02-15..2026-02-23"),
        ("五一", 2024, "2024-05-01..2024-05-05"),
        ("清明", 2023, "2023-04-05"),
        ("端午", 2024, "2024-06-08..2024-06-10"),  # with the weekend beside it
        # two holidays in one break
        ("中秋", 2023, "2023-09-29"),
        ("国庆", 2023, "2023-09-30..2023-10-06"),
        ("中秋", 2025, "2025-10-06"),
        ("国庆", 2025, "2025-10-01..2025-10-08"),
        ("中秋", 2020, "2020-10-01..2020-10-08"),  # the tables call all of it 国庆
        # around New Year: the year of the holiday itself
        ("元旦", 2024, "2023-12-30..2024-01-01"),
        ("元旦", 2023, "2022-12-31..2023-01-02"),
        ("元旦", 2022, "2022-01-01..2022-01-03"),
        ("国庆", 2099, None),
        ("元旦", 2003, None),
        ("小长假", 2024, None),
        ("没有的", 2024, None),
    ],
)
def test_a_window_has_its_days_in_each_year(name: str, year: int, days: str | None) -> None:
    assert KNOWN.days_of(name, year) == (run(days) if days else None)


@sentence(
    (
        "regional (汛期, 汛前, 森林防火期, 迎峰度夏, 迎峰度冬, 岁末年初 12-01..01-31, "
        "寒假, 暑假, 两会)"
    ),
)
@pytest.mark.parametrize(
    ("name", "units", "days"),
    [
        ("汛期", (), "2024-05-01..2024-09-30"),
        ("汛期", ("elsewhere",), "2024-05-01..2024-09-30"),
        ("汛期", ("village", "south"), "2024-04-01..2024-10-31"),
        ("汛期", ("village", "town", "south"), "2024-06-01..2024-08-31"),
        ("汛期", ("coast", "south"), "2024-03-20..2024-11-05"),
        ("汛期前", ("town", "south"), "2024-05-22..2024-05-31"),
        ("汛期前", (), "2024-04-16..2024-04-30"),
    ],
)
def test_the_line_of_the_nearest_unit_wins(name: str, units: tuple[str, ...], days: str) -> None:
    assert KNOWN.days_of(name, 2024, units) == run(days)


def test_a_unit_without_days_for_a_year_takes_those_of_the_unit_above() -> None:
    assert KNOWN.days_of("汛期", 2025, ("coast", "south")) == run("2025-04-01..2025-10-31")


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("国庆前", "2024-09-16..2024-09-30"),
        ("国庆后", "2024-10-08..2024-10-22"),
        ("国庆前后", "2024-09-16..2024-10-22"),
        ("春节前", "2024-01-26..2024-02-09"),
        ("元旦前", "2023-12-15..2023-12-29"),
        ("汛前", "2024-03-01..2024-04-30"),  # a line of that very name
        ("小长假后", "2024-05-08..2024-05-09"),
        ("没有的前", None),
    ],
)
def test_the_days_before_and_after_a_window(name: str, days: str | None) -> None:
    assert KNOWN.days_of(name, 2024) == (run(days) if days else None)


def test_before_a_window_without_days_there_are_none() -> None:
    assert KNOWN.days_of("国庆前", 2099) is None


def test_the_lead_days_are_those_of_the_line() -> None:
    file = calendar(windows={"国庆": [{"holiday": "国庆", "lead_days": 3}]})
    found = WindowCalendar(file, Workdays(file)).days_of("国庆前后", 2024)
    assert found == run("2024-09-28..2024-10-10")


@sentence(
    "小长假 (each of them)",
)
@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("国庆", ("国庆",)),
        ("小长假", ("清明", "端午")),
        ("小长假前", ("清明前", "端午前")),
        ("小长假后", ("小长假后",)),
        ("重要节点", ("清明", "端午", "国庆")),
        ("没有的", ("没有的",)),
    ],
)
def test_a_name_stands_for_its_parts(name: str, members: tuple[str, ...]) -> None:
    assert KNOWN.members_of(name) == members


def test_the_calendar_knows_its_names_and_those_beside_them() -> None:
    assert all(KNOWN.has(name) for name in ("国庆", "国庆前", "国庆后", "国庆前后", "小长假前"))
    assert not any(KNOWN.has(name) for name in ("前", "没有的", "没有的前"))


def test_the_office_gives_a_holiday_its_own_days() -> None:
    file = calendar(
        windows={
            "国庆": [
                {"holiday": "国庆"},
                {"holiday": "国庆", "years": {2099: {"first": "2099-10-01", "last": "2099-10-05"}}},
            ],
            "五一": [{"holiday": "劳动节"}],
        },
        workdays={2099: {"off": ["2099-05-01", "2099-05-04"]}},
    )
    own = WindowCalendar(file, Workdays(file))
    assert own.days_of("国庆", 2099) == run("2099-10-01..2099-10-05")
    assert own.days_of("国庆", 2024) == run("2024-10-01..2024-10-07")
    assert own.days_of("五一", 2099) == run("2099-05-01..2099-05-04")


def test_an_office_that_moved_a_holiday_has_the_days_it_moved_to() -> None:
    off = ["2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04"]
    file = calendar(windows={"国庆": [{"holiday": "国庆"}]}, workdays={2024: {"off": off}})
    # 10-05 and 10-06 are a weekend; 10-07 is worked
    assert WindowCalendar(file, Workdays(file)).days_of("国庆", 2024) == run(
        "2024-10-01..2024-10-06"
    )


def test_school_terms_and_years_belong_to_the_year_they_start_in() -> None:
    file = calendar(
        school_terms={
            "秋季学期": [{"from": "09-01", "to": "01-20"}],
            "春季学期": [
                {"from": "02-20", "to": "07-05"},
                {"from": "02-26", "to": "07-10", "unit": "north"},
            ],
        },
        school_year=[{"from": "09-01", "to": "08-31"}],
    )
    school = WindowCalendar(file, Workdays(file))
    assert school.terms(2024) == [
        ("春季学期", run("2024-02-20..2024-07-05")),
        ("秋季学期", run("2024-09-01..2025-01-20")),
    ]
    assert school.terms(2024, ("north",))[0] == ("春季学期", run("2024-02-26..2024-07-10"))
    assert school.school_year(2024) == run("2024-09-01..2025-08-31")
    assert KNOWN.school_year(2024) is None
    assert KNOWN.terms(2024) == []


def test_every_shipped_window_has_days_in_a_published_year() -> None:
    text = (Path(rules.__file__).parent / "calendar.yaml").read_text(encoding="utf-8")
    file = CalendarFile.model_validate(yaml.safe_load(text))
    shipped = WindowCalendar(file, Workdays(file))
    parts = [part for name in file.windows for part in shipped.members_of(name)]
    assert "国庆" in parts
    assert [part for part in parts if shipped.days_of(part, 2024) is None] == []
    assert shipped.terms(2024)
    assert shipped.school_year(2024)
