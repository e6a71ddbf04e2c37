"""Days and times as people write them, and what is offered where they may mean several."""

from __future__ import annotations

import pytest

from data.dates import Figure, split_clock, understood
from data.import_columns import CellKind
from problems import Objection, said
from tests.helpers.printed import left_in_english, printed


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-03",
        " 2024-6-3 ",
        "2024.6.3",
        "2024/6/3",
        "2024/06/03 0:00:00",
        "2024-06-03 00:00",
        "2024年6月3日",
        "2024 年 6 月 3 日",
        "2024年06月03号",
        "２０２４－６－３",
        "２０２４年６月３日",
        "2024。6。3",
        "2024—6—3",
        "20240603",
        "二〇二四年六月三日",
        "二○二四年六月三日",
        "二零二四年六月三日",
        "2024年6月3日（星期一）",
        "2024.6.3 周一",
    ],
)
def test_a_day_with_its_year_is_read_in_every_usual_form(text: str) -> None:
    assert understood("day", text) == "2024-06-03"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("二〇二三年十月二十日", "2023-10-20"),
        ("二〇二四年二月廿九日", "2024-02-29"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        (Figure("45446"), "2024-06-03"),
        (Figure("20240603"), "2024-06-03"),
    ],
)
def test_days_at_the_edges_are_read(text: str, day: str) -> None:
    assert understood("day", text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月3日", "2024-06-03"),
        ("六月三日", "2024-06-03"),
        ("6.3", "2024-06-03"),
        ("6/30", "2024-06-30"),
        ("12-1", "2024-12-01"),
        ("2月29日", "2024-02-29"),
        (Figure("6.4"), "2024-06-04"),
        (Figure("6.15"), "2024-06-15"),
    ],
)
def test_a_day_without_a_year_is_read_where_the_year_is_stated(text: str, day: str) -> None:
    assert understood("day", text, 2024) == day
    with pytest.raises(Objection) as caught:
        understood("day", text)
    assert caught.value.hint == said("day_needs_year")


@pytest.mark.parametrize(
    ("text", "year", "hint"),
    [
        ("03/06/2024", None, "it may be '2024-03-06' or '2024-06-03': write the one"),
        ("13/06/2024", None, "did you mean '2024-06-13'?"),
        ("24.6.3", None, "did you mean '2024-06-03'?"),
        ("240603", None, "did you mean '2024-06-03'?"),
        ("45446", None, "did you mean '2024-06-03'?"),
        ("0603", 2024, "did you mean '2024-06-03'?"),
        ("0603", None, "write it as YYYY-MM-DD"),
        (Figure("6.3"), 2024, "it may be '2024-06-03' or '2024-06-30': write the one"),
        (Figure("10.1"), 2024, "it may be '2024-10-01' or '2024-10-10': write the one"),
        ("2月29日", 2023, "February 2023 has 28 days"),
        ("2024年6月", None, "it names a month: write the day too"),
        ("2024年6月3日上午9点", None, "write the day alone; the time of day has a column"),
        ("2024-02-30", None, "February 2024 has 29 days"),
        ("2024.13.1", None, "a year has 12 months"),
        ("2024年6月3日星期二", None, "2024-06-03 is a 星期一"),
        ("上周五", None, "write it as YYYY-MM-DD"),
    ],
)
def test_a_day_that_is_none_or_may_be_several_is_told_with_its_readings(
    text: str, year: int | None, hint: str
) -> None:
    with pytest.raises(Objection) as caught:
        understood("day", text, year)
    assert caught.value.said == said("not_a_day", text=text)
    assert hint in printed(caught.value.hint)
    assert not left_in_english(caught.value.said, caught.value.hint)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("9:30", "09:30"),
        ("9：30", "09:30"),
        ("９：３０", "09:30"),
        ("09:30:00", "09:30"),
        ("14:30:07", "14:30:07"),
        ("9时30分", "09:30"),
        ("9时", "09:00"),
        ("9点半", "09:30"),
        ("九点半", "09:30"),
        ("上午9点半", "09:30"),
        ("上午 9:30", "09:30"),
        ("下午2点一刻", "14:15"),
        ("下午十二点三刻", "12:45"),
        ("下午14:00", "14:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("晚上8点", "20:00"),
        ("凌晨12点10分", "00:10"),
        ("9:30 AM", "09:30"),
        ("12:05pm", "12:05"),
        (Figure("0.3958333333333333"), "09:30"),
    ],
)
def test_a_time_is_read_in_every_usual_form(text: str, kept: str) -> None:
    assert understood("time", text) == kept


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("3点", "it may be '03:00' or '15:00': write the one that is meant"),
        ("晚上12点", "times are written HH:MM"),
        ("上午14:00", "times are written HH:MM"),
        ("25:00", "times are written HH:MM"),
        ("9:75", "times are written HH:MM"),
        ("9", "did you mean '09:00'?"),
        ("930", "did you mean '09:30'?"),
        ("9.30", "did you mean '09:30'?"),
        ("饭后", "times are written HH:MM"),
    ],
)
def test_a_time_that_is_none_or_may_be_several_is_told(text: str, hint: str) -> None:
    with pytest.raises(Objection) as caught:
        understood("time", text)
    assert caught.value.said == said("not_a_time", text=text)
    assert hint in printed(caught.value.hint)
    assert not left_in_english(caught.value.said, caught.value.hint)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2023/5/1", "2023-05-01 00:00:00.000000"),
        ("2023年5月1日 上午8:09", "2023-05-01 08:09:00.000000"),
        ("2023.5.1 8:09:10", "2023-05-01 08:09:10.000000"),
        ("2023-05-01 08:09:10.5", "2023-05-01 08:09:10.500000"),
    ],
)
def test_a_moment_is_read_in_every_usual_form(text: str, kept: str) -> None:
    assert understood("moment", text) == kept


def test_a_moment_that_is_none_says_how_moments_are_written() -> None:
    with pytest.raises(Objection) as caught:
        understood("moment", "2023-05-01 08:09+08:00")
    assert caught.value.hint == said("moment_form")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2024年6月3日上午9:30", ("2024年6月3日", "上午9:30")),
        ("2024.6.3 9:30-11:00", ("2024.6.3", "9:30-11:00")),
        ("2024-06-03 09:30:00", ("2024-06-03", "09:30:00")),
        ("6月3日 14时", ("6月3日", "14时")),
        ("2024年6月3日（星期一）下午3点", ("2024年6月3日(星期一)", "下午3点")),
        ("2024-06-03", ("2024-06-03", "")),
        ("2024-06-13", ("2024-06-13", "")),
    ],
)
def test_a_day_and_the_time_behind_it_are_parted(text: str, parts: tuple[str, str]) -> None:
    assert split_clock(text) == parts


@pytest.mark.parametrize("kind", ["id", "text", "number", "flag"])
def test_other_cells_are_read_as_ever(kind: CellKind) -> None:
    assert understood(kind, "1") == {"flag": "yes"}.get(kind, "1")
