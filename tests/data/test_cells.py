"""What one cell may say, and what is said about one that may not."""

from __future__ import annotations

import pytest

from data.cell_values import canonical
from data.import_columns import CellKind
from problems import Objection
from tests.helpers.printed import printed


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("day", " 2024-02-29 ", "2024-02-29"),
        ("time", "9:05", "09:05"),
        ("time", "14:30:00", "14:30"),
        ("time", "14:30:07", "14:30:07"),
        ("moment", "2023-05-01", "2023-05-01 00:00:00.000000"),
        ("moment", "2023-05-01T08:09", "2023-05-01 08:09:00.000000"),
        ("moment", "2023-05-01 08:09:10.5", "2023-05-01 08:09:10.500000"),
        ("number", "003.50", "3.5"),
        ("number", "12345678901234567890.1", "12345678901234567890.1"),
        ("flag", "是", "yes"),
        ("flag", "FALSE", "no"),
        ("flag", "", "no"),
        ("status", "", "planned"),
        ("refs", " a；b ;; c", "a;b;c"),
        ("pairs", "b=2；a=1", "a=1;b=2"),
        ("tags", "涉客; 高危@2024-11-01", "涉客;高危@2024-11-01"),
        ("facts", "级别=处@2020-01-01;级别=科", "级别=处@2020-01-01;级别=科"),
        ("text", "  ", None),
        ("id", "一号-甲", "一号-甲"),
    ],
)
def test_a_cell_is_kept_in_one_way_of_writing(kind: CellKind, text: str, kept: str | None) -> None:
    assert canonical(kind, text) == kept


@pytest.mark.parametrize(
    ("kind", "text", "message", "hint"),
    [
        ("day", "2022-02-30", "'2022-02-30' is not a day", "February 2022 has 28 days; dates are"),
        ("day", "2022-13-01", "'2022-13-01' is not a day", "a year has 12 months"),
        ("day", "2022/3/1", "'2022/3/1' is not a day", "did you mean '2022-03-01'?"),
        ("day", "20220301", "'20220301' is not a day", "did you mean '2022-03-01'?"),
        ("day", "2022年3月1日", "'2022年3月1日' is not a day", "did you mean '2022-03-01'?"),
        ("day", "soon", "'soon' is not a day", "dates are written YYYY-MM-DD, such as"),
        ("day", "２０２２-03-01", "'２０２２-03-01' is not a day", "dates are written"),
        ("time", "25:00", "'25:00' is not a time of day", "times are written HH:MM"),
        ("moment", "2023-05-01 08:09+08:00", "is not a day or moment", "without a zone"),
        ("number", "-3", "'-3' is not a number above 0", "a number here is above 0"),
        ("number", "0.0", "'0.0' is not a number above 0", "a number here is above 0"),
        ("number", "1,5", "'1,5' is not a number above 0", "at most one decimal point"),
        ("number", "1e3", "'1e3' is not a number above 0", "write digits"),
        ("flag", "maybe", "'maybe' is neither yes nor no", "write 'yes', 'no', '是'"),
        ("id", "a@b", "has a character that identifiers may not have", "without @ # / ;"),
        ("id", "a；b", "has a character that identifiers may not have", "without @ # / ;"),
        ("id", " a", "the identifier ' a' begins or ends with a space", "take the space away"),
        ("id", "x" * 201, "has 201 characters", "at most 200"),
        ("status", "canceled", "unknown status 'canceled'", "did you mean 'cancelled'"),
        ("pairs", "a:1", "'a:1' is not a pair", "key=value;key=value"),
        ("pairs", "a=1;a=2", "the key 'a' stands twice", "one value"),
        ("tags", "高危;高危@2024-01-01", "the tag '高危' stands twice", "one first day"),
        ("tags", "高危@2024-02-30", "'2024-02-30' is not a day", "February 2024 has 29 days"),
        ("facts", "级别@2020-01-01", "is not a dated fact", "key=value@day"),
        ("note", "字" * 10_001, "has 10,001 characters", "a note has at most 10,000 characters"),
        ("text", "x" * 1_000_001, "has 1,000,001 characters", "at most 1,000,000 characters"),
        ("text", "a\0b", "'a\\0b' has a NUL character", "save the file as UTF-8 text"),
    ],
)
def test_a_wrong_cell_says_what_is_written_and_what_would_be_right(
    kind: CellKind, text: str, message: str, hint: str
) -> None:
    with pytest.raises(Objection) as caught:
        canonical(kind, text)
    assert message in printed(caught.value.said)
    assert hint in printed(caught.value.hint)


def test_a_long_value_is_shown_cut() -> None:
    with pytest.raises(Objection) as caught:
        canonical("note", "字" * 20_000)
    assert len(printed(caught.value.said)) < 120
