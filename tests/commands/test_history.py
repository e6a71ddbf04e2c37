"""The same inputs give the same bytes; corrections and later records stay told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.databases import beside
from tests.helpers.factory_cli import (
    HEARD,
    PARK,
    cache,
    call,
    changed,
    contents,
    db,
    good,
    more,
    write,
)
from tests.helpers.sentences import sentence

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache", "database")

AUDIT = ("audit", "--as-of", "2022-10-10", "--span", "2022-Q3", "--document", "park_2022", "--db")
EVERY = (
    ("audit", "--as-of", "2022-10-10", "--json"),
    ("audit", "--as-of", "2022-10-10"),
    ("why", HEARD, "--as-of", "2022-10-10", "--json"),
    ("leader", "张三", "--as-of", "2022-10-10", "--json"),
    ("alerts", "--as-of", "2022-10-10", "--json"),
    ("calendar", "--span", "2022-10"),
    ("rules", "list", "--json"),
)


@sentence(
    "on nothing else: same inputs, same bytes",
)
@pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(words[:1] + words[-1:]))
def test_the_same_inputs_give_the_same_bytes(db: Path, words: tuple[str, ...]) -> None:
    assert call(*words, "--db", db) == call(*words, "--db", db)


def test_papers_come_out_with_the_same_bytes(tmp_path: Path, db: Path) -> None:
    for name in ("one", "two"):
        good("notices", "--as-of", "2022-12-20", "--out", tmp_path / name, "--db", db)
        call("audit", "--as-of", "2022-10-10", "--html", tmp_path / name / "m.html", "--db", db)
        good("leader", "张三", "--as-of", "2022-10-10", "--html", tmp_path / name / "l.html",
             "--db", db)  # fmt: skip
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
                for name in ("one", "two"))  # fmt: skip
    assert len(one) > 4
    assert one == two


def test_an_export_taken_in_again_gives_the_same_audits_for_every_knowledge_day(
    tmp_path: Path, db: Path
) -> None:
    tables = changed("activities", 1, "kind", "听取汇报")
    head, first, *others = tables["activities"]
    corrected = {**tables, "activities": [head, [*first[:-1], "2022-10-06"], *others]}
    good("import", write(tmp_path / "corrected", corrected), "--db", db)
    other = tmp_path / "other.db"
    exported = contents(db, tmp_path / "out")
    good("import", tmp_path / "out", "--db", other)
    again = contents(other, tmp_path / "again")
    assert {name: sorted(text.splitlines()) for name, text in again.items()} == {
        name: sorted(text.splitlines()) for name, text in exported.items()
    }
    for known in ([], ["--known-on", "2022-10-03"], ["--known-on", "2022-10-08"]):
        said = call(*AUDIT, db, *known, "--json")
        assert call(*AUDIT, other, *known, "--json") == said
        assert said.data["verdicts"] or known


def whole_history(tmp_path: Path) -> Path:
    """A store in which everything was known when it happened, and a1 was corrected on 10-06."""
    first = {
        name: [[*row, "recorded_at" if not at else "2022-07-01"] for at, row in enumerate(rows)]
        if name != "activities"
        else [list(row) for row in rows]
        for name, rows in more("activities").items()
    }
    first["activities"].append([*first["activities"][1][:-1], "2022-10-06"])
    first["activities"][-1][1] = "听取汇报"
    path = tmp_path / "history.db"
    good("import", write(tmp_path / "history", first), "--db", path)
    return path


def test_an_earlier_knowledge_day_shows_what_was_known_then(tmp_path: Path) -> None:
    path = whole_history(tmp_path)
    states = {}
    for known in ("2022-10-01", "2022-10-02", "2022-10-05", "2022-10-06"):
        found = good("why", HEARD, "--as-of", "2022-10-10", "--known-on", known, "--json",
                     "--db", path).data  # fmt: skip
        states[known] = found["state"]
        whole = call(*AUDIT, path, "--known-on", known, "--json").data
        assert whole["known_on"] == known
        assert [one["state"] for one in whole["verdicts"] if one["id"] == HEARD] == [found["state"]]
    assert states == {
        "2022-10-01": "overdue",
        "2022-10-02": "met",
        "2022-10-05": "met",
        "2022-10-06": "overdue",
    }


def test_a_kept_audit_comes_out_the_same_until_a_record_is_corrected(
    tmp_path: Path, db: Path
) -> None:
    kept = call(*AUDIT, db, "--keep")
    assert kept.code == 1
    assert "kept as audit 1; 'dutyclock audit --again 1' proves it" in kept.out
    again = ("audit", "--again", "1", "--db", db)
    assert good(*again).out == "audit 1 comes out the same\n"
    good("import", write(tmp_path / "c", changed("activities", 1, "kind", "听取汇报")), "--db", db)
    said = call(*again)
    assert said.code == 1
    assert said.out.startswith("audit 1 comes out differently\n")
    assert f"  {HEARD}: met → overdue\n" in said.out
    assert "changed since" not in said.out


def test_a_kept_audit_with_a_knowledge_day_is_proved_after_any_correction(tmp_path: Path) -> None:
    path = whole_history(tmp_path)
    kept = call(*AUDIT, path, "--known-on", "2022-10-05", "--keep", "--json")
    assert kept.code == 1
    assert kept.data["known_on"] == "2022-10-05"
    assert "kept as audit 1" in kept.err  # the JSON stays JSON
    late = more("activities", ["b9", "专题研究", "2022-07-20", "主任", "p1", "主持"])
    good("import", write(tmp_path / "late", late), "--db", path)
    assert good("audit", "--again", "1", "--db", path).out == "audit 1 comes out the same\n"


def test_a_kept_audit_says_which_of_its_files_has_changed(tmp_path: Path, db: Path) -> None:
    call(*AUDIT, db, "--keep")
    (tmp_path / "rulings.yaml").write_text(
        "rulings:\n  - duty: park_2022.principal.hear_reports\n    on: 2022-07-01\n"
        "    first: 2022-07-01\n    author: 园区安委办\n    document: 园安办〔2022〕3号\n"
        "    frequency: {at_least: 2, per: quarter}\n",
        "utf-8",
    )
    said = call("audit", "--again", "1", "--db", db, "--office", tmp_path)
    assert said.code == 1
    assert [line for line in said.out.splitlines() if "changed since" in line] == [
        "  changed since: rulings"
    ]
    assert f"  {HEARD}: met → overdue\n" in said.out


def test_a_kept_audit_says_what_came_in_since_and_changes_it(tmp_path: Path, db: Path) -> None:
    call(*AUDIT, db, "--keep")  # entry 3, of what the store held at entry 2
    unheard = more("activities", ["b1", "专题研究", "2022-05-20", "主任", "p1", "主持"])
    good("import", write(tmp_path / "other", unheard), "--db", db)
    wrong = write(tmp_path / "wrong", changed("activities", 1, "kind", "听取汇报"))
    good("import", wrong, "--db", db, "--by", "示例文员", "--why", "记错了")
    said = call("audit", "--again", "1", "--db", db)
    assert said.code == 1
    first, *_, same, since, entry = said.out.splitlines()
    assert first == "audit 1 comes out differently"
    assert same == "with what the store held then (entry 2) it comes out the same"
    assert since == "what came in since and changes it:"
    assert entry.split()[0] == "5"
    assert entry.endswith("示例文员  wrong  记错了")


def test_a_kept_audit_is_no_longer_proved_by_its_day_alone_after_a_back_dated_row(
    tmp_path: Path,
) -> None:
    path = whole_history(tmp_path)
    call(*AUDIT, path, "--known-on", "2022-10-05", "--keep")
    row = ["b9", "安全检查", "2022-07-20", "主任", "p1", "带队", "", "", "2022-07-21"]
    late = {"activities": [PARK["activities"][0], row]}
    told = good("import", write(tmp_path / "late", late), "--db", path).out
    assert "1 rows or voids are back-dated" in told
    said = call("audit", "--again", "1", "--db", path)
    assert said.code == 1
    assert "(entry 2) it comes out the same\nwhat came in since and changes it:\n" in said.out
    assert said.out.splitlines()[-1].split()[0] == "4"


def test_a_ruling_that_changed_an_audit_is_told_apart_from_records(
    tmp_path: Path, db: Path
) -> None:
    call(*AUDIT, db, "--keep")
    (tmp_path / "rulings.yaml").write_text(
        "rulings:\n  - duty: park_2022.principal.hear_reports\n    on: 2022-07-01\n"
        "    first: 2022-07-01\n    author: 园区安委办\n    document: 园安办〔2022〕3号\n"
        "    frequency: {at_least: 2, per: quarter}\n",
        "utf-8",
    )
    said = call("audit", "--again", "1", "--db", db, "--office", tmp_path)
    assert said.out.endswith("with the rule files as they were kept it comes out the same\n")


def test_an_audit_that_was_kept_before_it_told_its_entry_is_only_compared(
    tmp_path: Path, db: Path
) -> None:
    call(*AUDIT, db, "--keep")
    with beside(db) as run:
        run("UPDATE audits SET asked = replace(asked, '\"entry\": 2, ', '')")
    good("import", write(tmp_path / "c", changed("activities", 1, "kind", "听取汇报")), "--db", db)
    said = call("audit", "--again", "1", "--db", db)
    assert said.code == 1
    assert said.out.startswith("audit 1 comes out differently\n")
    assert "held then" not in said.out


def test_keeping_needs_no_reader_to_the_end_and_numbers_go_on(db: Path) -> None:
    for number in (1, 2):
        assert f"kept as audit {number};" in call(*AUDIT, db, "--keep").out
    assert good("audit", "--again", "2", "--db", db).out == "audit 2 comes out the same\n"


def test_a_void_takes_an_act_out_and_keeps_it_in_the_history(tmp_path: Path, db: Path) -> None:
    rows = [list(row) for row in more("activities")["activities"]]
    rows[0] += ["voided_at", "voided_by", "void_reason"]
    for row in rows[1:]:
        row += ["", "", ""]
    rows[1][-3:] = ["2022-10-04", "办公室", "记错了"]
    good("import", write(tmp_path / "void", {"activities": rows}), "--db", db)
    words = ("why", HEARD, "--as-of", "2022-10-10", "--json", "--db", db)
    found = good(*words).data
    assert (found["state"], found["counted"]) == ("overdue", [])
    assert {"activity": "a1", "reason": "voided", "wants": []} in found["not_counted"]
    assert b"2022-10-04" in contents(db, tmp_path / "out")["activities.csv"]


def test_why_takes_a_label_in_any_form_that_means_the_same_days(db: Path) -> None:
    by_label = good("why", HEARD, "--as-of", "2022-10-10", "--json", "--db", db).data
    by_days = HEARD.replace("2022-Q3", "2022-07-01..2022-09-30")
    assert good("why", by_days, "--as-of", "2022-10-10", "--json", "--db", db).data == by_label
    other = HEARD.replace("2022-Q3", "2022-07-01..2022-09-29")
    assert call("why", other, "--as-of", "2022-10-10", "--db", db).code == 2
