"""`why` without an id: the number of a row that was printed last, or words."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.helpers.factory_cli import HEARD, Said, cache, call, db, good, refused

__all__ = ["cache", "db"]

OCTOBER = ("--as-of", "2022-11-01")


def first_line(said: Said) -> str:
    """The id of the verdict that is explained."""
    assert said.code == 0, said
    return said.out.partition("\n")[0]


@pytest.mark.parametrize(
    ("line", "is_numbered"),
    [
        (("audit", *OCTOBER), True),
        (("calendar", "--as-of", "2022-10-05"), True),
        (("leader", "王五", *OCTOBER), True),
        (("handover", "主任", "--on", "2022-11-16"), True),
        (("alerts", "--as-of", "2022-12-20"), True),
        (("audit", *OCTOBER, "--json"), False),
        (("leader", "王五", *OCTOBER, "--json"), False),
    ],
)
def test_tables_of_verdicts_are_numbered_for_why(
    db: Path, line: tuple[str, ...], is_numbered: bool
) -> None:
    shown = call(*line, "--db", db)
    if not is_numbered:
        assert "no table of verdicts was printed yet" in refused("why", "1", "--db", db)
        return
    assert "no.  " in shown.out
    kept = json.loads(next(db.parent.glob(".*.shown")).read_text(encoding="utf-8"))
    assert kept["verdicts"], shown.out
    asked = good("why", str(len(kept["verdicts"])), "--db", db)
    assert first_line(asked) == kept["verdicts"][-1]
    assert f"as of {kept['as_of']}" in asked.out


def test_a_row_is_asked_on_the_days_of_its_table(db: Path) -> None:
    call("audit", "--as-of", "2022-12-01", "--known-on", "2199-01-01", "--db", db)
    (file,) = db.parent.glob(".*.shown")
    assert file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert (kept["as_of"], kept["known_on"]) == ("2022-12-01", "2199-01-01")
    by_id = good("why", kept["verdicts"][0], "--as-of", "2022-12-01", "--known-on", "2199-01-01",
                 "--db", db)  # fmt: skip
    assert good("why", "1", "--db", db) == good("why", "１", "--db", db) == by_id
    # A day that is asked for goes before that of the table; what is printed last is what counts.
    assert "as of 2022-12-05" in good("why", "1", "--as-of", "2022-12-05", "--db", db).out
    call("audit", "--as-of", "2022-12-01", "--db", db)
    assert json.loads(file.read_text(encoding="utf-8"))["known_on"] is None


@pytest.mark.usefixtures("database")
def test_rows_are_known_again_wherever_the_store_is(db: Path) -> None:
    shown = call("audit", *OCTOBER, "--db", db)
    assert (shown.code, shown.err) == (1, "")
    assert "overdue (red), as of 2022-11-01" in good("why", "1", "--db", db).out


def test_a_list_that_is_not_of_this_store_is_said(db: Path, tmp_path: Path) -> None:
    call("audit", *OCTOBER, "--db", db)
    assert "has no row 99\n  hint: its rows go from 1 to" in refused("why", "99", "--db", db)
    (file,) = db.parent.glob(".*.shown")
    (tmp_path / "moved").mkdir()
    for path in (db, file):
        shutil.copy(path, tmp_path / "moved" / path.name)
    moved = tmp_path / "moved" / db.name
    assert "of another store, or the store was moved" in refused("why", "1", "--db", moved)
    file.write_text("{}", encoding="utf-8")
    assert "was printed yet" in refused("why", "1", "--db", db)
    call("alerts", "--as-of", "2022-07-02", "--db", db)
    assert "showed no verdict" in refused("why", "1", "--db", db)
    kept = file.read_text(encoding="utf-8")
    for text in ("[" * 100_000, kept.replace("2022-07-02", "0001-01-01"), kept + "\udcff"):
        file.write_text(text, encoding="utf-8", errors="surrogateescape")
        assert "was printed yet" in refused("why", "1", "--db", db)
    file.unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(file)
    assert "was printed yet" in refused("why", "1", "--db", db)
    call("audit", *OCTOBER, "--db", db)
    assert file.is_file()


def test_where_nothing_can_be_written_beside_the_store_the_own_folder_keeps_the_list(
    db: Path,
) -> None:
    call("audit", *OCTOBER, "--db", db)
    (file,) = db.parent.glob(".*.shown")
    file.unlink()
    file.mkdir()
    (file / "x").touch()
    assert call("audit", "--as-of", "2022-12-01", "--db", db).err == ""
    assert "as of 2022-12-01" in good("why", "1", "--db", db).out
    (file / "x").unlink()
    file.rmdir()
    call("audit", *OCTOBER, "--db", db)
    assert "as of 2022-11-01" in good("why", "1", "--db", db).out


@pytest.mark.parametrize(
    "words",
    [
        ("张三", "听取", "2022-Q3"),
        ("张三 听取 2022-Q3",),
        ("zs", "听取班子成员安全生产履职专题汇报", "2022-09"),
        ("zhangsan", "hear_reports", "2022年三季度"),
        ("主任", "听取履职汇报", "2022.9.30"),
        ("园区", "听取", "2022-Q3"),
        ("張三", "听取", "2022-Q3", "已完成"),
    ],
)
def test_words_find_the_verdict(db: Path, words: tuple[str, ...]) -> None:
    assert first_line(good("why", *words, *OCTOBER, "--db", db)) == HEARD


def test_several_that_fit_are_listed_and_asked_by_number(db: Path) -> None:
    listed = good("why", "王五", "2022-10", *OCTOBER, "--db", db)
    assert listed.out.startswith("2 obligations fit, as of 2022-11-01\nno.  ")
    assert "park_2022.deputy" in first_line(good("why", "2", "--db", db))
    said = refused("why", "王五", "2022-10", *OCTOBER, "--json", "--db", db)
    assert "2 obligations fit\n  hint: ask by the id of one: park_2022.deputy" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("王武", "2022-10"),
            "nothing is called '王武', or named by it\n  hint: did you mean '王五'",
        ),
        (("王五", "2031-10"), "no obligation lies in 2031-10\n  hint: those there are lie between"),
        (
            ("王五", "听取"),
            "no obligation fits all of these words: '王五' or '听取'\n  hint: without",
        ),
        (("王五", "2022-02-30"), "'2022-02-30' is not a day\n  hint: February 2022 has 28 days"),
        (("",), "nothing is asked"),
        (("0",), "was printed yet"),
    ],
)
def test_words_that_find_nothing_are_told_what_is_near(
    db: Path, words: tuple[str, ...], told: str
) -> None:
    assert told in refused("why", *words, *OCTOBER, "--db", db)
