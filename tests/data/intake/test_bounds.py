"""What comes in by the million, from where no file is, or with odd days: told, and no more."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from data.intake import sources, table_rows
from data.intake.imports import import_path
from data.intake.preview import preview_path
from data.intake.sources import read_source
from data.keeping.evidence import attach
from data.keeping.making import create_store
from data.keeping.restore import restore_store
from data.store.journal import Doing
from data.words import ANY_WORDS
from engine.alerting.policy import load_policy
from files import content_of
from problems import MOST_OF_A_KIND, BadInput, Gathered, Place, Problem, said
from reports.problem_words import MOST_TOLD, problem_texts
from rules.loader import load_rulebook
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, told, write
from tests.helpers.printed import left_in_english, printed


def refused(*, of: object) -> str:
    """What was said of what cannot be taken."""
    assert isinstance(of, BadInput)
    assert not left_in_english(*(one.said for one in of.problems))
    return printed(of)


def test_problems_of_one_kind_are_kept_up_to_a_number_and_counted() -> None:
    found = Gathered()
    place = [Place("a.csv", at + 1, 1) for at in range(MOST_OF_A_KIND + 5)]
    found += [Problem(one, said("no_such_file")) for one in place]
    found.append(Problem(Place("b.csv", 1), said("no_such_file")))
    error = BadInput(found)
    assert len(error.problems) == MOST_OF_A_KIND + 1
    assert error.more == {("a.csv", 1, "no_such_file"): 5}
    lines = list(problem_texts(error, "en"))
    assert len(lines) == MOST_TOLD + 2
    rest = MOST_OF_A_KIND + 5 - MOST_TOLD
    assert lines[-1] == f"a.csv: {rest} more of the same kind, such as: no such file"
    assert lines[-2] == "b.csv:1: no such file"


def test_what_was_counted_stays_counted_where_problems_are_put_together() -> None:
    one = [Problem(Place("a.csv", at + 1), said("no_such_file")) for at in range(MOST_OF_A_KIND)]
    both = Gathered(Gathered([*one, *one]))
    assert both.more == {("a.csv", 0, "no_such_file"): MOST_OF_A_KIND}


def test_a_file_of_bad_rows_is_told_with_the_first_of_each_kind(tmp_path: Path) -> None:
    rows = "".join(f"p{at},n{at},2024-13-01\n" for at in range(MOST_OF_A_KIND + 7))
    (tmp_path / "people.csv").write_text(f"person,name,recorded_at\n{rows}p@,x,\n")
    with pytest.raises(BadInput) as caught:
        import_path(
            create_store("sqlite://", None, Doing(NOON)),
            tmp_path / "people.csv",
            words=ANY_WORDS,
            doing=Doing(NOON),
        )
    kinds = {one.code for one in caught.value.problems}
    assert kinds == {"not_a_day", "identifier_has_bad_character"}
    assert sum(caught.value.more.values()) == 7


def test_a_preview_counts_the_rest_too(tmp_path: Path) -> None:
    rows = "".join(f"p{at},n,2024-13-01\n" for at in range(MOST_OF_A_KIND + 3))
    (tmp_path / "people.csv").write_text(f"person,name,recorded_at\n{rows}")
    store = create_store("sqlite://", None, Doing(NOON))
    found = preview_path(store, tmp_path / "people.csv", words=ANY_WORDS, now=NOON)
    assert dict(found.more) == {(str(tmp_path / "people.csv"), 3, "not_a_day"): 3}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


KINDS = {
    "a folder": Path.mkdir,
    "a pipe": pipe,
    "a socket": plug,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.fixture(params=list(KINDS))
def odd(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The kind of thing that stands at `odd` in the folder that the test is in."""
    monkeypatch.chdir(tmp_path)
    kind: str = request.param
    KINDS[kind](Path("odd"))
    return kind


def whole(path: Path) -> None:
    """Reads all that is handed in. Raises BadInput with what is wrong with its form."""
    found = read_source(path).problems
    if found:
        raise BadInput(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
class TestWhatIsNoFile:
    def test_import(self, odd: str) -> None:
        Path("odd").rename("people.csv")
        if odd != "a folder":
            with pytest.raises(BadInput) as caught:
                whole(Path("people.csv"))
            assert f"people.csv: this is {odd}, not a plain file" in refused(of=caught.value)
        with pytest.raises(BadInput) as caught:
            whole(Path())
        assert f"people.csv: this is {odd}, not a plain file" in refused(of=caught.value)

    def test_attach(self, odd: str, tmp_path: Path) -> None:
        store = office(tmp_path)
        Path("sound").write_text("x")
        with pytest.raises(BadInput) as caught:
            attach(store, "a1", [Path("sound"), Path("odd")], Doing(LATER))
        assert f"odd: this is {odd}, not a plain file" in refused(of=caught.value)

    def test_restore(self, odd: str) -> None:
        with pytest.raises(BadInput) as caught:
            restore_store(Path("odd"), "sqlite:///new.db")
        assert f"odd: this is {odd}, not a" in refused(of=caught.value)
        assert not Path("new.db").exists()

    def test_policy(self, odd: str) -> None:
        with pytest.raises(BadInput) as caught:
            load_policy(Path("odd"))
        assert f"odd: this is {odd}, not a plain file" in refused(of=caught.value)

    def test_store(self, odd: str) -> None:
        with pytest.raises(BadInput) as caught:
            create_store("sqlite:///odd", None, Doing(NOON))
        assert f"odd: this is {odd}" in refused(of=caught.value)

    def test_rules(self, odd: str) -> None:
        if odd == "a folder":
            pytest.skip("a folder among rule files is a document's")
        Path("doc_1").mkdir()
        Path("odd").rename("doc_1/document.yaml")
        with pytest.raises(BadInput) as caught:
            load_rulebook([Path("doc_1")])
        assert f"doc_1/document.yaml: this is {odd}, not a plain" in refused(of=caught.value)


def test_links_that_lead_in_a_circle_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    Path("people.csv").symlink_to("people.csv")
    for path in (Path("people.csv"), Path()):
        with pytest.raises(BadInput) as caught:
            whole(path)
        said = refused(of=caught.value)
        assert said == "people.csv: cannot be read: its links lead in a circle"
    with pytest.raises(BadInput) as caught:
        load_rulebook([Path("a")])
    assert "a: no such folder" in refused(of=caught.value)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(10))
    assert content_of(path, 10) == bytes(10)
    with pytest.raises(BadInput) as caught:
        content_of(path, 9)
    assert refused(of=caught.value).startswith(
        f"{path}: the file has 10 bytes; no more than 9 are read"
    )


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("COLUMNS", "people.csv:1:2: the header has 3 columns; no more than 1 are read"),
        ("CELLS", "people.csv:3: there are 9 cells, rows times columns; no more than 1 are read"),
        ("TABLE_BYTES", "people.csv: the file has 25 bytes; no more than 1 are read"),
    ],
)
def test_a_table_is_read_up_to_its_limits(
    limit: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("person,name,\np1,a\np2,bcd\n")
    home = sources if hasattr(sources, limit) else table_rows
    monkeypatch.setattr(home, limit, 1)
    with pytest.raises(BadInput) as caught:
        whole(path)
    assert refused(of=caught.value).replace(f"{tmp_path}/", "").startswith(said)


ODD_DAYS = ["0000-00-00", "2024-02-31", "9999-12-30", "0001-01-02", "1899-12-31", "2200-01-01"]


@pytest.mark.parametrize("day", ODD_DAYS)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("activities", "day"),
        ("appointments", "first"),
        ("appointments", "last"),
        ("events", "day"),
        ("waivers", "first"),
    ],
)
def test_a_day_that_is_none_or_never_judged_is_told(
    table: str, column: str, day: str, tmp_path: Path
) -> None:
    head, *rows = OFFICE[table]
    at = head.index(column)
    wrong = [head, [*rows[0][:at], day, *rows[0][at + 1 :]], *rows[1:]]
    said = told(office(tmp_path), tmp_path / "in", {table: wrong})
    assert any(one.startswith(f"{table}.csv:2:{at + 1}: '{day}' ") for one in said)


def test_the_last_day_of_all_stands_for_no_end(tmp_path: Path) -> None:
    head, *rows = OFFICE["appointments"]
    open_ended = [head, *rows[:1], [*rows[1][:3], "9999-12-31", *rows[1][4:]]]
    assert told(office(tmp_path), tmp_path / "in", {"appointments": open_ended}) == []
    acts = [OFFICE["activities"][0], ["a9", "检查", "9999-12-31", "镇长", "p2", "", "", ""]]
    assert (
        "lies outside the years 1900 to 2199"
        in told(create_store("sqlite://", None, Doing(NOON)), tmp_path, {"activities": acts})[0]
    )


@pytest.mark.parametrize("number", ["9" * 40, "NaN", "inf", "1e400", "-1", "0", "0x10"])
def test_a_number_that_is_none_is_told(number: str, tmp_path: Path) -> None:
    acts = [["activity", "kind", "day", "holder", "quantity"], ["a9", "检查", "2023-07-01", "镇长"]]
    acts[1].append(number)
    said = told(office(tmp_path), tmp_path / "in", {"activities": acts})
    assert said[0].startswith(f"activities.csv:2:5: '{number}' is not a number above 0")


def test_no_time_is_the_end_of_a_day(tmp_path: Path) -> None:
    acts = [["activity", "kind", "day", "holder", "time"], ["a9", "检查", "2023-07-01", "镇长"]]
    acts[1].append("24:00")
    said = told(office(tmp_path), tmp_path / "in", {"activities": acts})
    assert said[0].startswith("activities.csv:2:5: '24:00' is not a time")


def test_an_event_of_nothing_known_is_told_where_the_store_has_none(tmp_path: Path) -> None:
    store = create_store(f"sqlite:///{tmp_path}/a.db", None, Doing(NOON))
    tables = {name: OFFICE[name] for name in ("units", "people", "posts", "appointments")}
    tables["waivers"] = [
        ["waiver", "holder", "first", "last", "reason", "subject"],
        ["w1", "镇长", "2023-02-01", "2023-02-10", "x", "nobody"],
    ]
    write(tmp_path / "in", tables)
    with pytest.raises(BadInput) as caught:
        import_path(store, tmp_path / "in", words=ANY_WORDS, doing=Doing(NOON))
    assert "unknown subject 'nobody'" in refused(of=caught.value)
