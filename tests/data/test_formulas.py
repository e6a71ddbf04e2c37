"""No cell that goes out is a formula, and each comes back as it was."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formulas import guarded, guarded_row, is_formula, unguarded
from data.grids.csv_files import csv_rows
from data.grids.workbooks import read_grids
from tests.helpers.factory_cli import PARK, Rows, cache, call, contents, good, write

__all__ = ["cache"]

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
TEXTS = st.text(st.sampled_from("'=+-@\t\r＝＋－＠ a1\""), max_size=6) | st.text(max_size=8)


@given(TEXTS)
def test_a_text_comes_back_as_it_went_out(text: str) -> None:
    out = guarded(text)
    assert not is_formula(out)
    assert out[:1] not in BEGINNINGS
    assert unguarded(out) == text


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_rows_of_a_csv_file_come_back_as_they_went_out(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(map(guarded_row, rows))
    raw = file.getvalue().encode("utf-8", "surrogatepass")
    try:
        raw.decode()
    except UnicodeDecodeError:
        return
    assert csv_rows("f.csv", raw, []) == list(enumerate(rows, 1))


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("=1+1", "'=1+1"),
        ("-1", "'-1"),
        ("'=1+1", "''=1+1"),
        ("＝1", "'＝1"),
        ("1=1", "1=1"),
        ("'s", "'s"),
        ("", ""),
    ],
)
def test_one_apostrophe_stands_before_what_begins_as_a_formula(text: str, out: str) -> None:
    assert guarded(text) == out


EVIL: dict[str, Rows] = {
    **PARK,
    "people": [
        ["person", "name", "phone"],
        ["p1", "=cmd|'/c calc'!A0", "+86 10"],
        ["p2", "'=1+1", "-1"],
        ["p3", "@SUM(1)", "''"],
        ["p4", "张三", "'x"],
    ],
    "units": [
        ["unit", "name", "type", "parent"],
        ["区", '=HYPERLINK("http://x","y")', "区县", ""],
        ["园区", "－园区", "园区", "区"],
    ],
}


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("more", [(), ("--current",)], ids=["history", "current"])
def test_an_export_holds_no_formula_and_is_imported_as_it_was(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    db, again = tmp_path / "one.db", tmp_path / "two.db"
    # The cells as they would be typed: what begins with an apostrophe has one more.
    typed = {name: [guarded_row(row) for row in rows] for name, rows in EVIL.items()}
    good("import", write(tmp_path / "evil", typed), "--db", db)
    out = tmp_path / "out"
    good("export", out, *more, "--db", db)
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if is_formula(cell)]
    names = dict(row[:2] for row in csv.reader((out / "people.csv").open(encoding="utf-8")))
    assert (names["p1"], names["p2"]) == ("'=cmd|'/c calc'!A0", "''=1+1")
    if more:
        assert "nothing changed" in good("import", out, "--db", db).out
        return
    good("import", out, "--db", again)
    assert contents(again, tmp_path / "two") == contents(db, tmp_path / "one")


@pytest.mark.usefixtures("cache")
def test_a_workbook_of_records_holds_no_formula_and_changes_nothing(tmp_path: Path) -> None:
    db, book = tmp_path / "one.db", tmp_path / "book.xlsx"
    typed = {name: [guarded_row(row) for row in rows] for name, rows in EVIL.items()}
    good("import", write(tmp_path / "evil", typed), "--db", db)
    good("template", "--with-records", book, "--db", db)
    cells = {
        cell for grid in read_grids(book, book.read_bytes()) for row in grid.rows for cell in row
    }
    assert {"=cmd|'/c calc'!A0", "''=1+1", "@SUM(1)", "'x"} <= cells
    with zipfile.ZipFile(book) as parts:
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name)
    assert "nothing changed" in good("import", book, "--db", db).out


@pytest.mark.usefixtures("cache")
def test_the_table_of_verdicts_holds_no_formula(tmp_path: Path) -> None:
    db, table = tmp_path / "one.db", tmp_path / "v.csv"
    good("import", write(tmp_path / "evil", EVIL), "--db", db)
    words = ("audit", "--as-of", "2022-10-01", "--document", "park_2022", "--csv", table)
    assert call(*words, "--db", db).code == 1
    with table.open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert "'=cmd|'/c calc'!A0" in cells
    assert not [cell for cell in cells if is_formula(cell)]
