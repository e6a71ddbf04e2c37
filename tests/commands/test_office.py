"""The office's own folder: each of its files takes effect, and enters the hashes of an audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import HEARD, cache, call, db, good, more, refused, write

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

AUDIT = ("audit", "--as-of", "2022-10-10", "--span", "2022-Q3", "--json")


def hashes(db: Path, *more_words: str | Path) -> dict[str, str]:
    found: dict[str, str] = call(*AUDIT, "--db", db, *more_words).data["hashes"]
    return found


def office(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_words_of_its_own_may_be_recorded(tmp_path: Path, db: Path) -> None:
    folder = office(tmp_path, vocabulary="kinds:\n  夜学: {under: 专题研究, en: evening class}\n")
    words = ("record", "--kind", "夜学", "--day", "2022-10-11", "--holder", "主任",
             "--role", "主持", "--db", db)  # fmt: skip
    assert "unknown kind '夜学'" in refused(*words)
    said = good(*words, "--office", folder).out
    assert "研究安全生产工作  2022-Q4  张三（p1）  met" in said
    tables = {"activities": more("activities", ["b1", "夜学", "2022-10-12", "主任"])["activities"]}
    good("import", write(tmp_path / "more", tables), "--db", db, "--office", folder)


def test_a_calendar_line_holds_for_its_unit_and_enters_the_hash(tmp_path: Path, db: Path) -> None:
    folder = office(
        tmp_path,
        calendar="windows:\n  汛期:\n    - {from: 06-01, to: 06-05, unit: 园区}\n"
        "  本地周: [{from: 09-01, to: 09-07}]\n",
    )
    plain, own = hashes(db), hashes(db, "--office", folder)
    assert plain["calendar"] != own["calendar"]
    assert plain["rulings"] == own["rulings"]
    words = ("audit", "--as-of", "2022-10-10", "--json", "--db", db, "--office", folder, "--span")
    span = call(*words, "2022/汛期", "--unit", "园区").data["span"]
    assert span == {"first": "2022-06-01", "last": "2022-06-05"}
    assert call(*words, "2022/汛期").data["span"] == {"first": "2022-04-01", "last": "2022-10-31"}
    assert call(*words, "2022/本地周").data["span"] == {"first": "2022-09-01", "last": "2022-09-07"}


def test_a_ruling_gives_a_measure_from_its_day_and_enters_the_hash(
    tmp_path: Path, db: Path
) -> None:
    tables = {
        "posts": [["post", "unit", "class"], ["行政", "园区", "行政主要负责人"]],
        "appointments": [["person", "post", "first"], ["p4", "行政", "2022-01-01"]],
    }
    good("import", write(tmp_path / "more", tables), "--db", db)
    unclear = "town_2021.principal.hold_drills"
    folder = office(
        tmp_path,
        rulings=f"rulings:\n  - duty: {unclear}\n    on: 2022-07-01\n    first: 2022-07-01\n"
        "    author: 园区安委办\n    document: 园安办〔2022〕3号\n"
        "    frequency: {at_least: 2, per: month}\n",
    )
    plain, own = hashes(db), hashes(db, "--office", folder)
    assert plain["rulings"] != own["rulings"]
    assert (plain["calendar"], plain["rules"]) == (own["calendar"], own["rules"])
    found = {
        name: [
            (one["period"]["label"], one["state"], one["required"])
            for one in call(*AUDIT, "--db", db, *more_words).data["verdicts"]
            if one["duty"] == unclear
        ]
        for name, more_words in (("before", ()), ("ruled", ("--office", folder)))
    }
    assert [label_and_state[:2] for label_and_state in found["before"]] == [("2022", "to_be_ruled")]
    assert found["ruled"] == [(label, "overdue", 2) for label in ("2022-07", "2022-08", "2022-09")]


def test_adoptions_of_the_office_bind_its_units_alone(tmp_path: Path, db: Path) -> None:
    folder = office(
        tmp_path,
        adoptions="adoptions:\n  - {document: park_2022, unit: 园区, first: 2022-08-10}\n",
    )
    found = call(*AUDIT, "--db", db, "--office", folder).data
    assert {one["document"] for one in found["verdicts"]} == {"park_2022"}
    assert hashes(db) != found["hashes"]
    said = good("why", HEARD, "--as-of", "2022-10-10", "--json", "--db", db, "--office", folder)
    assert said.data["state"] == "met"


def test_a_policy_of_the_office_takes_the_place_of_the_shipped_one(
    tmp_path: Path, db: Path
) -> None:
    folder = office(
        tmp_path,
        policy="hold_working_days: 0\nunit_span: month\nlevels:\n  remind:\n    zh: 提醒函\n"
        "    en: letter of reminder\n    to: holder\n    form: slip\nrules:\n  all_overdue:\n"
        "    scope: obligation\n    priority: 1\n    when: {state: overdue}\n"
        "    conclude: remind\n",
    )
    words = ("alerts", "--as-of", "2022-10-03", "--json", "--db", db)
    shipped = good(*words).data
    own = good(*words, "--office", folder).data
    assert {one["level"] for one in own} == {"remind"}
    assert {rule for one in own for rule in one["rules"]} == {"all_overdue"}
    overdue = {
        one["id"]
        for one in call("audit", "--as-of", "2022-10-03", "--span", "2022-07..2022-09", "--json",
                        "--db", db).data["verdicts"]
        if one["state"] == "overdue"
    }  # fmt: skip
    assert overdue & {name for one in own for name in one["verdicts"]}
    assert own != shipped
    good("alerts", "--as-of", "2022-10-03", "--verify", "--db", db, "--office", folder)


def test_templates_of_the_office_are_used_and_decide_nothing(tmp_path: Path, db: Path) -> None:
    folder = office(tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates" / "notice.txt.j2").write_text("致 {{ notice.addressee }}", "utf-8")
    words = ("notices", "--as-of", "2022-12-20", "--db", db, "--out")
    good(*words, tmp_path / "plain")
    good(*words, tmp_path / "own", "--office", folder)
    plain = {path.name: path.read_bytes() for path in (tmp_path / "plain").iterdir()}
    own = {path.name: path.read_bytes() for path in (tmp_path / "own").iterdir()}
    assert plain.keys() == own.keys()
    hashes = ".dutyclock-files.json"
    assert plain.pop(hashes) != own.pop(hashes)
    texts = [name for name in own if name.endswith(".txt")]
    assert texts
    assert all(own[name].decode().startswith("致 ") for name in texts)
    assert all(own[name] == plain[name] for name in own if name not in texts)


def test_the_office_folder_may_come_from_the_environment(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = office(tmp_path, calendar="windows:\n  本地周: [{from: 09-01, to: 09-07}]\n")
    asked = hashes(db, "--office", folder)
    monkeypatch.setenv("DUTYCLOCK_OFFICE", str(folder))
    assert hashes(db) == asked


def test_another_rule_file_enters_the_hash_of_the_rules(tmp_path: Path, db: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "document.yaml").write_text(
        "title: 本区文件\nsigned: 2022-01-01\n", "utf-8"
    )
    (tmp_path / "own" / "heads.yaml").write_text(
        "list: 清单\nholder: {posts: [主要负责人]}\n\nduties:\n  meet:\n    title: 开会\n"
        "    source: {clause: 第一条, quote: 每年1次会议}\n    activity: {kind: 会议}\n"
        "    frequency: {at_least: 1, per: year}\n",
        "utf-8",
    )
    own = hashes(db, "--rules", tmp_path / "own", "--rules", "builtin")
    plain = hashes(db)
    assert own["rules"] != plain["rules"]
    assert (own["rulings"], own["calendar"]) == (plain["rulings"], plain["calendar"])
