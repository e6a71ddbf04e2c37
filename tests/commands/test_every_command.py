"""Every command of the program: its name, its options, its exit code, and the keys of its JSON."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from commands.command_line import cli
from commands.context import Edge
from tests.helpers.databases import shown
from tests.helpers.factory_cli import (
    HEARD,
    PARK,
    Said,
    cache,
    call,
    contents,
    db,
    good,
    more,
    write,
)
from tests.helpers.sentences import sentence

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

SHARED = {"--db", "--rules", "--office", "--lang"}
COMMANDS: dict[str, set[str]] = {
    "init": {"--records-from"},
    "office": {"--set", "--json"},
    "import": {"--recorded-as-dated"},
    "record": {"--kind", "--day", "--holder", "--person", "--role", "--makes-up", "--evidence"},
    "export": set(),
    "rules check": set(),
    "rules list": {"--document", "--holder", "--kind", "--shape", "--json"},
    "rules show": set(),
    "rules schema": {"--document"},
    "rules coverage": {"--document", "--html", "--json", "--all"},
    "rules page": {"--out"},
    "rules words": set(),
    "rules diff": {"--json"},
    "audit": {"--as-of", "--known-on", "--span", "--unit", "--document", "--keep", "--json",
              "--again"},
    "why": {"--as-of", "--known-on", "--json"},
    "leader": {"--as-of", "--known-on", "--span", "--json"},
    "alerts": {"--as-of", "--verify", "--json"},
    "notices": {"--as-of", "--out", "--preview", "--set"},
    "register list": {"--stage", "--unit", "--json"},
    "register show": {"--out", "--json"},
    **{f"register {step}": {"--on", "--note", "--by", "--json"} for step in (
        "approve", "delivered", "reply", "return", "close", "archive", "withdraw")},
    "register issue": {"--on", "--note", "--by", "--json", "--code"},
    "policy check": set(),
    "policy show": set(),
    "policy try": {"--as-of", "--known-on", "--json"},
    "today": {"--as-of", "--known-on", "--unit", "--all", "--json"},
    "silent": {"--since", "--as-of", "--known-on", "--unit", "--all", "--json"},
    "changes": {"--since", "--as-of", "--unit", "--all", "--json"},
    "calendar": {"--span", "--all", "--json"},
    "doctor": set(),
    "demo": {"--out"},
}  # fmt: skip
VERDICT = {
    *("id", "duty", "document", "clause", "unit", "post", "person", "members", "event", "period"),
    *("due", "required", "done", "state", "reason", "light", "shortfall", "days_overdue"),
    *("days_late", "flags", "missing", "counted"),
}
SUMMARY = {
    *("due", "met", "made_up", "overdue", "exceeded", "open", "behind", "due_soon", "exempt"),
    *("upcoming", "to_be_ruled", "rate", "rate_done"),
}
LISTED = {
    *("id", "document", "number", "clause", "quote", "title", "holder", "activity", "shape"),
    *("at_least", "at_most", "per", "unit", "due", "each", "when", "first", "last", "status"),
    "measure",
}
LEADER = {
    *("person", "name", "appointments", "verdicts", "activities", "alerts", "rate", "rate_done"),
}
SHAPES = {
    *("count", "range", "quota", "share", "coverage", "recurring_deadline", "after_period"),
    *("deadline", "window", "event", "rolling", "to_be_ruled"),
}


def command(name: str) -> click.Command:
    found: click.Command = cli
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.commands[word]
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_its_options_and_those_that_all_share(name: str) -> None:
    options = {
        text
        for param in command(name).params
        if isinstance(param, click.Option)
        for text in param.opts
    }
    assert COMMANDS[name] | SHARED <= options
    assert good(*name.split(), "--help").out.startswith(f"Usage: dutyclock {name} ")


def test_shared_options_may_stand_before_or_after_the_command(db: Path) -> None:
    words = ("why", HEARD, "--as-of", "2022-10-01")
    assert good("--db", db, *words) == good(*words, "--db", db)


@pytest.mark.usefixtures("database")
def test_an_audit_ends_with_0_when_nothing_in_its_span_is_overdue_and_1_otherwise(
    db: Path,
) -> None:
    words = ("audit", "--document", "park_2022", "--unit", "园区", "--json", "--db", db)
    ends = {}
    for day, span in (("2022-10-01", "2022-08"), ("2022-08-01", "2022-Q3"), ("2022-01-01", "2022")):
        said = call(*words, "--as-of", day, "--span", span)
        ends[day] = (said.code, said.data["summary"]["overdue"] > 0)
    assert ends["2022-10-01"] == (1, True)
    assert ends["2022-01-01"] == (0, False)
    assert all(code == int(overdue) for code, overdue in ends.values())


@pytest.mark.usefixtures("database")
def test_an_audit_has_the_keys_of_the_interface(db: Path) -> None:
    found = call("audit", "--as-of", "2022-10-01", "--span", "2022-Q3", "--json", "--db", db).data
    assert list(found) == [
        *("as_of", "known_on", "records_from", "span", "hashes", "summary", "verdicts"),
        *("arrears", "vacancies"),
    ]
    assert found["as_of"] == "2022-10-01"
    assert found["known_on"] is None
    assert found["records_from"] == "2022-07-01"
    assert found["span"] == {"first": "2022-07-01", "last": "2022-09-30"}
    assert set(found["hashes"]) == {"rules", "rulings", "calendar"}
    assert set(found["summary"]) == SUMMARY
    assert found["verdicts"]
    for one in found["verdicts"]:
        assert set(one) >= VERDICT
        assert set(one["period"]) == {"label", "first", "last"}
    states = [one["state"] for one in found["verdicts"]]
    for state in SUMMARY - {"due", "rate", "rate_done"}:
        assert states.count(state) == found["summary"][state]
    ids = [one["id"] for one in found["verdicts"]]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.usefixtures("database")
def test_an_audits_table_has_a_line_for_each_verdict(tmp_path: Path, db: Path) -> None:
    words = ("audit", "--as-of", "2022-10-01", "--db", db)
    rows = call(*words, "--csv", tmp_path / "v.csv", "--json").data["verdicts"]
    table = (tmp_path / "v.csv").read_text("utf-8-sig").splitlines()
    assert len(table) == len(rows) + 1


@sentence(
    "So a month is judged on the first of the next",
    "The default span of an audit is the month of the day before D",
)
def test_the_default_span_is_the_month_of_the_day_before(db: Path) -> None:
    for day, first, last in (
        ("2022-10-01", "2022-09-01", "2022-09-30"),
        ("2022-10-02", "2022-10-01", "2022-10-31"),
        ("2023-01-01", "2022-12-01", "2022-12-31"),
    ):
        found = call("audit", "--as-of", day, "--json", "--db", db).data
        assert found["span"] == {"first": first, "last": last}


def test_a_unit_and_a_document_narrow_an_audit(db: Path) -> None:
    words = ("audit", "--as-of", "2022-10-01", "--span", "2022-Q3", "--json", "--db", db)
    whole = call(*words).data["verdicts"]
    park = call(*words, "--document", "park_2022", "--unit", "园区").data["verdicts"]
    assert park == [
        one for one in whole if one["document"] == "park_2022" and one["unit"] == "园区"
    ]
    assert 0 < len(park) <= len(whole)
    assert call(*words, "--unit", "区").data["verdicts"] == whole


@pytest.mark.usefixtures("database")
def test_why_has_the_verdict_and_what_stands_behind_it(db: Path) -> None:
    found = good("why", HEARD, "--as-of", "2022-10-05", "--json", "--db", db).data
    assert VERDICT | {"clause", "quote", "window", "counted", "not_counted"} <= set(found)
    assert set(found["window"]) == {"first", "last", "due"}
    assert found["counted"] == [{"activity": "a1", "quantity": 1}]
    assert {"activity": "a2", "reason": "kind", "wants": []} in found["not_counted"]
    text = good("why", HEARD, "--as-of", "2022-10-05", "--db", db).out
    assert found["quote"] in text
    assert "met" in text


@pytest.mark.usefixtures("database")
def test_leader_has_an_entry_for_each_person_of_the_name(db: Path) -> None:
    found = good("leader", "张三", "--as-of", "2022-10-05", "--json", "--db", db).data
    assert [one["person"] for one in found] == ["p1", "p4"]
    for one in found:
        assert set(one) >= LEADER
    acts = {act["activity"]: act for act in found[0]["activities"]}
    assert HEARD in acts["a1"]["counts_for"]
    assert found[1]["activities"] == found[1]["verdicts"] == []
    assert good("leader", "p1", "--as-of", "2022-10-05", "--json", "--db", db).data == found[:1]
    text = good("leader", "张三", "--as-of", "2022-10-05", "--db", db).out
    assert "p1" in text
    assert "p4" in text


def test_a_leaders_span_cuts_the_verdicts(db: Path) -> None:
    words = ("leader", "p1", "--as-of", "2022-11-01", "--json", "--db", db)
    whole = good(*words).data[0]["verdicts"]
    cut = good(*words, "--span", "2022-Q3").data[0]["verdicts"]
    assert {one["id"] for one in cut} < {one["id"] for one in whole}
    assert HEARD in {one["id"] for one in cut}


def test_alerts_are_a_list_and_name_verdicts_that_can_be_explained(db: Path) -> None:
    found = good("alerts", "--as-of", "2022-12-20", "--json", "--db", db).data
    assert found
    levels = {one["level"] for one in found}
    assert levels <= {"tip", "remind", "supervise", "warn", "circulate", "talk", "refer", "rectify"}
    for one in found[:8]:
        for verdict in one["verdicts"]:
            good("why", verdict, "--as-of", "2022-12-20", "--json", "--db", db)
    said = good("alerts", "--as-of", "2022-12-20", "--verify", "--db", db)
    assert f"the rules engine and plain Python agree on {len(found)} alerts" in said.out


def test_the_list_of_rules_has_the_keys_and_shapes_of_the_interface() -> None:
    found = good("rules", "list", "--json").data
    assert len(found) > 80
    for one in found:
        assert set(one) == LISTED
        assert one["shape"] in SHAPES
        assert one["status"] in ("active", "to_be_ruled")
        assert (one["shape"] == "to_be_ruled") <= (one["status"] == "to_be_ruled")
        assert one["quote"]
        assert one["measure"]
    assert len({one["id"] for one in found}) == len(found)


def test_one_duty_is_shown_in_plain_words_with_its_clause() -> None:
    english = good("rules", "show", "park_2022.principal.hear_reports").out
    assert "at least once a quarter" in english
    chinese = good("rules", "show", "park_2022.principal.hear_reports", "--lang", "zh").out
    assert "附件1 主要负责人（二）" in english
    assert "附件1 主要负责人（二）" in chinese
    assert english != chinese


def test_the_schema_of_a_rule_file_is_json(tmp_path: Path) -> None:
    found = good("rules", "schema").data
    assert found["$schema"].startswith("https://json-schema.org/")
    assert good("rules", "schema", "--lang", "zh").data == found
    assert not list(tmp_path.iterdir())


def test_rules_read_another_folder_and_builtin_stands_for_the_shipped_ones(
    tmp_path: Path,
) -> None:
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
    own = good("rules", "list", "--json", "--rules", tmp_path / "own").data
    assert [one["id"] for one in own] == ["own.heads.meet"]
    both = ("--rules", tmp_path / "own", "--rules", "builtin")
    shipped = good("rules", "list", "--json").data
    assert good("rules", "list", "--json", *both).data == own + shipped
    assert "own.heads.meet" in good("rules", "list", *both).out


@pytest.mark.usefixtures("database")
def test_an_activity_is_recorded_with_an_id_and_says_what_it_counts_for(
    tmp_path: Path, db: Path
) -> None:
    words = ("record", "--kind", "专题研究", "--day", "2022-10-11", "--holder", "主任",
             "--role", "主持", "--db", db)  # fmt: skip
    said = good(*words, "--evidence", "纪要〔2022〕8号", "--note", "研究冬季安全")
    assert said.out.splitlines()[0] == "recorded A20221011-1"
    assert said.out.splitlines()[1:3] == [
        "it counts for:",
        "   1  研究安全生产工作  2022-Q4  张三（p1）  met",
    ]
    assert good(*words).out.startswith("recorded A20221011-2\n")
    stored = contents(db, tmp_path / "out")["activities.csv"].decode()
    assert "A20221011-1,专题研究,2022-10-11,主任" in stored
    assert "纪要〔2022〕8号" in stored


def test_a_record_that_counts_for_nothing_says_so(db: Path) -> None:
    said = good(
        "record", "--kind", "专题研究", "--day", "2021-10-11", "--holder", "主任", "--db", db
    )
    assert "it counts for nothing yet" in said.out


def test_a_calendar_shows_what_is_due_and_the_working_days(db: Path) -> None:
    said = good("calendar", "--span", "2022-09-26..2022-10-07", "--db", db).out
    assert "2022-09-30" in said
    assert "2022-10-03 to 2022-10-07" in said
    assert "5 working days" in said


@pytest.mark.usefixtures("database")
def test_init_makes_a_store_once_and_sets_the_first_day_again(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert good("init", "--records-from", "2022-07-01", "--db", path).out == (
        f"store {shown(path)}: records count from 2022-07-01\n"
    )
    assert "2022-07-01" in good("init", "--db", path).out
    assert "2022-01-01" in good("init", "--records-from", "2022-01-01", "--db", path).out


def test_without_db_the_store_is_made_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setattr("commands.context.data_folder", lambda: tmp_path / "data" / "dutyclock")
    good("import", write(tmp_path / "park"))
    assert (tmp_path / "data" / "dutyclock" / "dutyclock.db").exists()
    assert good("why", HEARD, "--as-of", "2022-10-05").out


@pytest.mark.usefixtures("database")
def test_the_doctor_looks_at_everything_and_ends_with_0(db: Path) -> None:
    said = good("doctor", "--db", db).out
    for part in ("Python", "durable-rules", "ADBC", "rules", "working days", "store", shown(db)):
        assert part in said


def missing(said: Said) -> list[str]:
    """What the doctor found missing, by name."""
    lines = [line for line in said.out.splitlines() if line.startswith("[MISSING]")]
    return [line.removeprefix("[MISSING] ").partition(":")[0] for line in lines]


def test_the_doctor_ends_with_2_where_something_is_missing_that_a_command_needs(
    db: Path, tmp_path: Path
) -> None:
    none, spoilt = ("--db", tmp_path / "none.db"), ("--rules", tmp_path)
    lost = call("doctor", *none)
    assert (lost.code, missing(lost)) == (2, ["store"])
    assert "there is no store here" in lost.out
    assert "'dutyclock init'" in lost.out
    for command_, ends in (("audit", 2), ("verify", 2), ("init", 0), ("rules", 0)):
        assert (command_, call("doctor", command_, *none).code) == (command_, ends)
    for command_, ends in (("audit", 2), ("record", 2), ("rules", 2), ("verify", 0), ("init", 0)):
        said = call("doctor", command_, "--db", db, *spoilt)
        assert (command_, said.code, missing(said)) == (command_, ends, ["rules"])


def test_the_doctor_is_well_without_what_only_makes_it_faster(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.fitness.find_spec", lambda _name: None)
    said = good("doctor", "--db", db)
    assert missing(said) == ["fast reader (ADBC)"]
    wrong = call("doctor", "adit", "--db", db)
    assert (wrong.code, "did you mean 'audit'" in wrong.err) == (2, True)


def test_chinese_is_spoken_unless_english_is_asked_for(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("why", HEARD, "--as-of", "2022-10-05", "--db", db)
    english, chinese = good(*words), good(*words, "--lang", "zh")
    assert "not counted" in english.out
    assert "不计入" in chinese.out
    assert good(*words, "--json").out == good(*words, "--json", "--lang", "zh").out
    wrong = call("why", "x", "--db", db, "--lang", "zh")
    assert (wrong.code, wrong.err.startswith("判定: 没有什么叫做“x”")) == (2, True)


@pytest.mark.usefixtures("database")
def test_recording_a_known_id_again_says_that_it_is_a_correction(db: Path) -> None:
    words = ("record", "--activity", "a2", "--kind", "专题研究", "--day", "2022-08-16")
    words += (
        "--holder",
        "主任",
        "--person",
        "p1",
        "--role",
        "主持",
        "--lang",
        "en",
        "--db",
        db,
    )
    assert good(*words).out.startswith("corrected a2: what it said before stays in the history\n")
    assert good(*words).code == 0


@pytest.mark.usefixtures("database")
def test_old_papers_may_count_as_recorded_on_their_own_day(tmp_path: Path) -> None:
    rows = more("activities", ["b1", "专题研究", "2022-08-20", "主任", "p1", "主持"])
    known = ("why", "park_2022.principal.study_safety@主任/p1@2022-Q3", "--as-of", "2022-10-01",
             "--known-on", "2022-08-31", "--json", "--db")  # fmt: skip
    for name, extra, counted in (
        ("a.db", ["--recorded-as-dated"], ["a2", "b1"]),
        ("b.db", [], None),
    ):
        good("import", write(tmp_path / "old", rows), "--db", tmp_path / name, *extra)
        said = call(*known, tmp_path / name)
        if counted is None:
            assert said.code == 2  # nobody was known by then, so nothing was asked
        else:
            assert [one["activity"] for one in said.data["counted"]] == counted


@pytest.mark.usefixtures("database")
def test_every_table_of_the_park_is_exported_as_it_would_be_imported(
    tmp_path: Path, db: Path
) -> None:
    assert set(contents(db, tmp_path / "out")) == {f"{name}.csv" for name in PARK}


@pytest.mark.parametrize(
    ("edge", "typed"),
    [
        (Edge(), ""),
        (Edge(rules=("builtin", "our rules")), "--rules builtin --rules 'our rules'"),
        (Edge(db="a.db", folder="office"), "--db a.db --office office"),
        (Edge(db="postgresql://clerk:secret@server/duties", rules=("r",)), "--rules r"),
    ],
)
def test_what_a_command_was_asked_of_is_typed_again_without_an_address_that_may_hold_a_password(
    edge: Edge, typed: str
) -> None:
    assert edge.asked_of == typed
