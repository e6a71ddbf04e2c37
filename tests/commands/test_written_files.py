"""What commands write out never takes the place of something that is not theirs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.outputs import MANIFEST
from tests.helpers.factory_cli import Line, cache, call, db, good, refused

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

DAY = ("--as-of", "2022-10-20")
WRITES: dict[str, Callable[[Path], Line]] = {
    "audit --csv": lambda out: ("audit", *DAY, "--csv", out),
    "audit --html": lambda out: ("audit", *DAY, "--html", out),
    "leader --html": lambda out: ("leader", "p3", *DAY, "--html", out),
    "handover --html": lambda out: ("handover", "主任", "--on", "2022-11-16", "--html", out),
    "rules page": lambda out: ("rules", "page", "park_2022", "--out", out.with_suffix(".html")),
    "template": lambda out: ("template", out.with_suffix(".xlsx")),
    "evidence": lambda out: ("evidence", "a1", "--get", "photo", "--out", out),
}


@pytest.fixture
def office(tmp_path: Path, db: Path) -> Path:
    """A store with a file of evidence."""
    (tmp_path / "photo").write_text("a photo", encoding="utf-8")
    good("attach", "a1", tmp_path / "photo", "--db", db)
    return db


@pytest.mark.parametrize("name", WRITES)
def test_a_command_writes_again_what_it_wrote_and_nothing_that_was_changed(
    tmp_path: Path, office: Path, name: str
) -> None:
    (tmp_path / "new").mkdir()
    words = (*WRITES[name](tmp_path / "new" / "out"), "--db", office)
    code = call(*words).code
    assert code in (0, 1)
    (made,) = [path for path in (tmp_path / "new").iterdir() if path.name != MANIFEST]
    first = made.read_bytes()
    assert call(*words).code == code
    assert made.read_bytes() == first
    made.write_bytes(first + b"a note of the reader")
    by = name.partition(" --")[0]
    assert f"{made}: this file was changed since it was written by '{by}'" in refused(*words)
    assert made.read_bytes() == first + b"a note of the reader"


@pytest.mark.parametrize(
    "name", [name for name in WRITES if name not in ("rules page", "template")]
)
def test_no_command_writes_over_the_store(office: Path, name: str) -> None:
    before = office.read_bytes()
    words = (*WRITES[name](office), "--db", office)
    assert f"{office}: there is a file of this name" in refused(*words)
    assert office.read_bytes() == before
    good("verify", "--db", office)


def test_of_two_files_none_is_written_where_one_is_the_readers_own(
    tmp_path: Path, office: Path
) -> None:
    (tmp_path / "month.html").write_text("mine", encoding="utf-8")
    files = ("--csv", tmp_path / "month.csv", "--html", tmp_path / "month.html")
    refused("audit", *DAY, *files, "--db", office)
    assert not (tmp_path / "month.csv").exists()
    assert (tmp_path / "month.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("notices", *DAY, "--out"),
        ("export",),
        ("export", "--files"),
        ("evidence", "a1", "--get", "photo", "--out"),
    ],
    ids=" ".join,
)
def test_a_folder_that_holds_the_store_stays_as_it_is(
    tmp_path: Path, office: Path, words: Line
) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    assert "the store 'park.db' lies in this folder" in refused(*words, tmp_path, "--db", office)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_corrected_export_is_not_exported_over(tmp_path: Path, office: Path) -> None:
    out = tmp_path / "out"
    good("export", out, "--current", "--db", office)
    people = (out / "people.csv").read_text(encoding="utf-8")
    (out / "people.csv").write_text(people.replace("王五", "王武"), encoding="utf-8")
    assert "people.csv: this file was changed since" in refused("export", out, "--db", office)
    good("import", out, "--db", office)
    shutil.rmtree(out)
    good("export", out, "--db", office)
    assert "王武" in (out / "people.csv").read_text(encoding="utf-8")


def test_tables_that_were_typed_are_not_exported_over(tmp_path: Path, office: Path) -> None:
    before = (tmp_path / "park" / "people.csv").read_bytes()
    said = refused("export", tmp_path / "park", "--db", office)
    assert "park/people.csv: there is a file of this name" in said
    assert (tmp_path / "park" / "people.csv").read_bytes() == before


def test_a_kept_file_that_was_changed_in_an_export_is_told(tmp_path: Path, office: Path) -> None:
    out = tmp_path / "out"
    good("export", out, "--files", "--db", office)
    (kept,) = [path for path in (out / "files").rglob("*") if path.is_file()]
    good("export", out, "--files", "--db", office)
    kept.write_text("changed", encoding="utf-8")
    assert "this file was changed since" in refused("export", out, "--files", "--db", office)
    assert kept.read_text(encoding="utf-8") == "changed"


def test_a_name_of_evidence_that_is_no_name_is_refused(tmp_path: Path, office: Path) -> None:
    sha256 = next(
        path.name for path in office.with_name("park.db.files").rglob("*") if path.is_file()
    )
    rows = f"attachment,activity,sha256,name,size\nF,a2,{sha256},..,7\n"
    (tmp_path / "attachments.csv").write_text(rows, encoding="utf-8")
    said = refused("import", tmp_path / "attachments.csv", "--db", office)
    assert "attachments.csv:2:4: '..' is not the name of a file" in said
