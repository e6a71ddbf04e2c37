"""Commands that record what changes a judgement: each says what it changes, and never doubles."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from commands import context
from data.intake import staffing
from tests.helpers.factory_cli import cache, call, contents, db, good, more, refused, write

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

AS_OF = ("--as-of", "2022-11-20")
PAPER = ("--document", "园组〔2022〕9号", "--reason", "脱产培训")
WAIVE = ("waive", "主任", "--first", "2022-09-01", "--last", "2022-09-30", *PAPER)
SEPTEMBER = "park_2022.principal.lead_inspection@主任/p1@2022-09"
CJK = re.compile(r"[\u4e00-\u9fff]")


def state(db: Path, verdict: str, as_of: str = "2022-11-20") -> str:
    return str(good("why", verdict, "--as-of", as_of, "--json", "--db", db).data["state"])


def kept(db: Path, table: str) -> list[str]:
    """The rows of a table, as the export has them."""
    text = contents(db, db.parent / f"export-{table}").get(f"{table}.csv", b"").decode()
    return text.splitlines()[1:]


def last_entry(db: Path) -> dict[str, object]:
    found: dict[str, object] = good("journal", "--json", "--db", db).data[-1]
    return found


def test_a_waiver_says_which_obligations_it_changes(db: Path) -> None:
    assert state(db, SEPTEMBER) == "overdue"
    lines = good(*WAIVE, *AS_OF, "--db", db).out.splitlines()
    assert lines[0] == "recorded the waiver 免20220901-1"
    assert lines[1].startswith("obligations that stand differently today: ")
    assert "   1  带队开展安全生产检查  2022-09  张三（p1）  overdue → exempt (waived)" in lines
    assert state(db, SEPTEMBER) == "exempt"
    entry = last_entry(db)
    assert (entry["act"], entry["why"]) == ("record", "脱产培训")


def test_the_same_waiver_twice_is_said_and_stored_once(db: Path) -> None:
    good(*WAIVE, *AS_OF, "--db", db)
    before = last_entry(db)
    said = good(*WAIVE, *AS_OF, "--db", db).out
    assert said == "the waiver 免20220901-1 says so already: nothing changed\n"
    assert last_entry(db) == before


def test_a_waiver_of_the_same_days_with_other_words_is_refused_or_corrects(db: Path) -> None:
    good(*WAIVE, *AS_OF, "--db", db)
    other = [*WAIVE[:-1], "住院", *AS_OF, "--db", db]
    said = refused(*other)
    assert "'免20220901-1' says that of the same days already, with other words" in said
    assert "'--waiver 免20220901-1' corrects it" in said
    told = good(*other, "--waiver", "免20220901-1").out
    assert told.splitlines()[0] == "corrected the waiver 免20220901-1"
    assert [row.split(",")[4] for row in kept(db, "waivers")] == ["脱产培训", "住院"]


def test_waivers_of_one_day_have_ids_of_their_own(db: Path) -> None:
    good(*WAIVE, *AS_OF, "--db", db)
    said = good(*WAIVE, "--duty", "park_2022.principal.lead_inspection", *AS_OF, "--db", db).out
    assert said.startswith("recorded the waiver 免20220901-2\nno obligation stands differently")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("waive", "主人", "--first", "2022-09-30", "--last", "2022-09-01", *PAPER,
          "--duty", "park_2022.principal.lead_inspections", "--person", "p9"),
         ["unknown holder '主人'", "there is no duty 'park_2022.principal.lead_inspections'",
          "the waiver ends on 2022-09-01, before it starts on 2022-09-30", "unknown person 'p9'"]),
        (("waive", "园区", "--first", "2022-09-01", "--last", "2022-09-30", *PAPER,
          "--person", "p1"),
         ["a waiver on a person names a post as holder, but '园区' is a unit"]),
        (("appoint", "p9", "总管", "--first", "2022-09-01", *PAPER),
         ["there is no person 'p9'", "there is no post '总管'"]),
        (("appoint", "王五", "主任", "--first", "2022-09-01", *PAPER),
         ["hold the post '主任' side by side"]),
        (("appoint", "张三", "主任", "--first", "2022-09-01", *PAPER),
         ["'张三' is the name of several: write the id that is meant, "
          "p1 (示例园区主要负责人 2022-01-01..2022-11-15); p4"]),
        (("appoint", "王　武", "副主任", "--first", "2022-09-01", *PAPER),
         ["there is no person '王　武'", "perhaps '王五' (p3)"]),
        (("appoint", "p3", "主任", "--first", "2022-09-01", "--name", "赵六", *PAPER),
         ["'p3' is the id of 王五, not of 赵六", "hold the post '主任' side by side"]),
        (("appoint", "p3", "副主任", "--first", "2022-09-01", *PAPER),
         ["王五 (p3) holds the post 分管负责人 (副主任) already, from 2022-03-01 on"]),
        (("leave", "p1", "主任", "--last", "2023-01-31", *PAPER),
         ["张三 (p1) does not hold the post 主要负责人 (主任) on 2023-01-31",
          "the appointment runs from 2022-01-01 to 2022-11-15"]),
        (("leave", "p3", "主任", "--last", "2023-01-31", *PAPER),
         ["no such appointment is recorded"]),
        (("delegate", "主任", "主任", "--first", "2022-09-01", "--last", "2022-08-01",
          "--duty", "x", *PAPER),
         ["a post cannot act for itself", "there is no duty 'x'",
          "the delegation ends on 2022-08-01, before it starts on 2022-09-01"]),
        (("void", "acts", "a1", "--reason", "误"), ["'acts' is not a table"]),
        (("void", "activities", "a9", "--reason", "误"), ["there is no activity 'a9'"]),
        (("void", "appointments", "p1", "主任", "--reason", "误"),
         ["the key of table 'appointments' has 3 parts, not 2", "give person, post, first"]),
        (("void", "posts", "副主任", "--reason", "误"), ["'副主任' cannot be void"]),
        (("void", "activities", "a1", "--reason", " "),
         ["a row is declared void without a reason"]),
        (("make-up", "--kind", "安全检查", "--day", "2022-10-20", "--holder", "主任",
          "--makes-up", "2022-13"), ["'2022-13' names no period"]),
        (("make-up", "--kind", "听取履职汇报", "--day", "2022-10-20", "--holder", "主任",
          "--role", "听取", "--makes-up", "2022-Q3"),
         ["no obligation of 主要负责人 (主任) for '2022-Q3' that '听取履职汇报' makes good"]),
        (("make-up", "--kind", "安全检察", "--day", "2022-10-20", "--holder", "主人",
          "--makes-up", "2022-Q3"), ["unknown kind '安全检察'", "unknown holder '主人'"]),
        (("evidence", "a9"), ["there is no activity 'a9'"]),
        (("evidence", "a1", "--get", "x"), ["--get and --out go together"]),
        (("attach", "a9", "no.jpg"), ["there is no activity 'a9'", "cannot be read"]),
        (("handover", "主人", "--on", "2022-11-16"), ["there is no post '主人'"]),
        (("handover", "主任", "--on", "2020-11-16"),
         ["nobody holds or takes the post 主要负责人 (主任) around 2020-11-16",
          "its appointments: 张三 (p1) 2022-01-01..2022-11-15"]),
    ],
    ids=lambda words: " ".join(words[:3]) if isinstance(words, tuple) else "",
)  # fmt: skip
def test_everything_wrong_is_told_at_once_and_nothing_changes(
    db: Path, words: tuple[str, ...], told: list[str]
) -> None:
    before = last_entry(db)
    said = refused(*words, "--db", db)
    for sentence in told:
        assert sentence in said, said
    assert last_entry(db) == before
    chinese = call(*words, "--db", db, "--lang", "zh")
    assert chinese.code == 2
    for line in chinese.err.splitlines():
        assert CJK.search(line), line


def test_an_appointment_brings_a_new_person_and_says_what_he_owes(db: Path) -> None:
    leave = ("leave", "p3", "副主任", "--last", "2022-10-31", *PAPER, *AS_OF, "--db", db)
    lines = good(*leave).out.splitlines()
    assert lines[0] == "the appointment p3 副主任 2022-03-01 ends on 2022-10-31"
    assert "      分管负责人带队检查安全生产工作  2022-11  王五  open → not owed" in lines
    assert good(*leave).out.endswith("ends on 2022-10-31 already: nothing changed\n")
    words = ("appoint", "p9", "副主任", "--first", "2022-11-01", "--name", "赵六", "--document",
             "园组〔2022〕10号", "--reason", "任命", *AS_OF, "--db", db)  # fmt: skip
    lines = good(*words).out.splitlines()
    assert lines[0] == "recorded the appointment p9 副主任 2022-11-01"
    assert "   2  分管负责人带队检查安全生产工作  2022-11  赵六  not owed → open" in lines
    assert good(*words).out == (
        "the appointment p9 副主任 2022-11-01 stands there already: nothing changed\n"
    )
    [told] = good("leader", "赵六", *AS_OF, "--json", "--db", db).data
    assert told["appointments"][0]["document"] == "园组〔2022〕10号"
    assert "园组〔2022〕10号" in good("leader", "赵六", *AS_OF, "--db", db).out


def test_leaving_keeps_the_paper_of_the_appointment(db: Path) -> None:
    good("appoint", "p4", "主任", "--first", "2022-10-01", "--acting", "--document", "甲",
         "--reason", "代理", *AS_OF, "--db", db)  # fmt: skip
    good("leave", "p4", "主任", "--last", "2022-10-31", "--document", "乙", "--reason", "期满",
         *AS_OF, "--db", db)  # fmt: skip
    row = next(row for row in reversed(kept(db, "appointments")) if row.startswith("p4"))
    assert row.startswith("p4,主任,2022-10-01,2022-10-31,yes,甲；乙,代理；期满,")


def test_a_delegation_says_what_the_clauses_allow(db: Path) -> None:
    words = ("delegate", "主任", "副主任", "--first", "2022-10-01", "--last", "2022-12-31", *PAPER,
             *AS_OF, "--db", db)  # fmt: skip
    said = good(*words).out
    assert said.splitlines() == [
        "recorded the delegation 委20221001-1",
        "no obligation stands differently today",
        "the clauses allow it; each act names whom it is done for (on_behalf_of):",
        "  召开安全生产委员会工作会议",
    ]
    assert good(*words).out == "the delegation 委20221001-1 says so already: nothing changed\n"
    other = good(*words, "--duty", "park_2022.principal.lead_inspection").out
    assert "no clause allows it: what 副主任 does will not count for 主任" in other
    back = good("delegate", "副主任", "主任", "--first", "2022-10-01", *PAPER, *AS_OF, "--db", db)
    assert "no clause allows it" in back.out


def test_delegations_stand_in_the_leaders_record_and_file(db: Path) -> None:
    good("delegate", "主任", "副主任", "--first", "2022-10-01", *PAPER, *AS_OF, "--db", db)
    page = db.parent / "leader.html"
    for person in ("王五", "李四"):
        said = good("leader", person, *AS_OF, "--html", page, "--db", db).out
        assert "Delegations" in said
        assert "what the clauses allow" in said
        assert "what the clauses allow" in page.read_text("utf-8")
        [told] = good("leader", person, *AS_OF, "--json", "--db", db).data
        assert [one["delegation"] for one in told["delegations"]] == ["委20221001-1"]


def test_a_make_up_turns_the_period_that_it_names(db: Path) -> None:
    words = ("make-up", "--kind", "安全检查", "--day", "2022-10-20", "--holder", "主任", "--role",
             "带队", "--makes-up", "2022-09", "--subjects", "园区", "--db", db)  # fmt: skip
    said = good(*words).out
    assert said.splitlines()[0] == "recorded A20221020-1"
    assert "   1  带队开展安全生产检查  2022-09  张三（p1）  made up" in said
    assert state(db, SEPTEMBER) == "made_up"
    assert "is unmet" in refused(*words)


def test_a_period_within_an_unmet_one_may_be_made_up(db: Path) -> None:
    good("make-up", "--kind", "安委会会议", "--day", "2022-10-20", "--holder", "主任", "--role",
         "主持", "--makes-up", "2022-08", "--db", db)  # fmt: skip
    assert kept(db, "activities")[-1].startswith("A20221020-1,安委会会议,")


@pytest.mark.parametrize(
    ("words", "verdict", "before", "after"),
    [
        (("activities", "a1"), "park_2022.principal.hear_reports@主任/p1@2022-Q3", "met",
         "overdue"),
        (("appointments", "p3", "副主任", "2022-03-01"), "", "", ""),
        (("people", "p4"), "", "", ""),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)  # fmt: skip
def test_a_record_of_any_table_is_struck_out_with_its_reason(
    db: Path, words: tuple[str, ...], verdict: str, before: str, after: str
) -> None:
    if verdict:
        assert state(db, verdict) == before
    said = good("void", *words, "--reason", "重复登记", "--by", "示例文员", *AS_OF, "--db", db).out
    assert said.startswith(f"struck out {words[0]} {' '.join(words[1:])}: 重复登记\n")
    if verdict:
        assert f"{before} → {after}" in said
        assert state(db, verdict) == after
    entry = last_entry(db)
    assert (entry["who"], entry["why"]) == ("示例文员", "重复登记")
    row = next(row for row in kept(db, words[0]) if row.startswith(",".join(words[1:])))
    assert row.endswith(",示例文员,重复登记")
    assert "was declared void" in refused("void", *words, "--reason", "再次", "--db", db)


def test_a_waiver_that_is_struck_out_excuses_nobody_and_can_be_given_anew(db: Path) -> None:
    good(*WAIVE, *AS_OF, "--db", db)
    said = good("void", "waivers", "免20220901-1", "--reason", "误", *AS_OF, "--db", db).out
    assert "exempt (waived) → overdue" in said
    assert state(db, SEPTEMBER) == "overdue"
    assert good(*WAIVE, *AS_OF, "--db", db).out.startswith("recorded the waiver 免20220901-2\n")


def test_files_are_attached_listed_taken_out_and_verified(db: Path) -> None:
    photo = db.parent / "现场.jpg"
    photo.write_bytes(b"a photo")
    said = good("attach", "a1", photo, "--by", "示例文员", "--db", db).out
    assert said.startswith("attached to a1: 现场.jpg  7 bytes  image/jpeg  ")
    said = good("attach", "a3", photo, "--db", db).out
    assert "the same file proves a1 of 2022-09-30 too; audits flag" in said
    assert "already, nothing changed" in good("attach", "a3", photo, "--db", db).out
    assert "attached by 示例文员 at" in good("evidence", "a1", "--db", db).out
    [told] = good("evidence", "a1", "--json", "--db", db).data
    assert (told["name"], told["is_kept"]) == ("现场.jpg", True)
    assert good("evidence", "a2", "--db", db).out == "a2 has no files\n"
    good("evidence", "a1", "--get", "现场.jpg", "--out", db.parent / "out.jpg", "--db", db)
    assert (db.parent / "out.jpg").read_bytes() == b"a photo"
    said = refused(
        "evidence", "a1", "--get", "现场.jpg", "--out", db.parent / "no" / "x", "--db", db
    )
    assert "there is no folder" in said
    assert "1 files of evidence, 7 bytes: unchanged" in good("verify", "--db", db).out
    heard = "park_2022.principal.hear_reports@主任/p1@2022-Q3"
    why = good("why", heard, "--as-of", "2022-12-31", "--db", db).out
    assert "evidence 现场.jpg" in why
    assert "evidence reused" in why
    assert "现场.jpg" in good("leader", "p1", *AS_OF, "--json", "--db", db).out
    page = db.parent / "month.html"
    call("audit", "--as-of", "2022-10-10", "--span", "2022-Q3", "--html", page, "--db", db)
    assert "现场.jpg" in page.read_text("utf-8")


def test_verify_names_lost_files_unless_told_not_to_read_them(db: Path) -> None:
    photo = db.parent / "现场.jpg"
    photo.write_bytes(b"a photo")
    good("attach", "a1", photo, "--db", db)
    [file] = [one for one in Path(f"{db}.files").rglob("*") if one.is_file()]
    file.write_bytes(b"forged")
    assert f"the file '现场.jpg' of activity 'a1' was changed ({file.name})" in refused(
        "verify", "--db", db
    )
    assert "files of evidence" not in good("verify", "--no-files", "--db", db).out
    told = call("verify", "--json", "--db", db)
    assert (told.code, told.data["files"]["lost"][0]["fault"]) == (2, "changed")


def test_an_export_with_files_moves_an_office_whole(db: Path, tmp_path: Path) -> None:
    photo = db.parent / "现场.jpg"
    photo.write_bytes(b"a photo")
    good("attach", "a1", photo, "--db", db)
    out = tmp_path / "out"
    assert (
        f"1 files of evidence in {out / 'files'}" in good("export", out, "--files", "--db", db).out
    )
    second = tmp_path / "second.db"
    assert "1 files of evidence taken in" in good("import", out, "--db", second).out
    assert "1 files of evidence, 7 bytes" in good("verify", "--db", second).out
    good("init", "--files", tmp_path / "elsewhere", "--db", second)
    assert "is missing" in refused("verify", "--db", second)
    good("attach", "a1", photo, "--db", second)
    assert "1 files of evidence, 7 bytes" in good("verify", "--db", second).out


def test_the_same_file_under_an_act_of_the_same_day_is_said_too(db: Path, tmp_path: Path) -> None:
    rows = more("activities", ["b1", "专题研究", "2022-09-30", "主任", "p1", "主持"])
    good("import", write(tmp_path / "more", {"activities": rows["activities"]}), "--db", db)
    photo = tmp_path / "p.png"
    photo.write_bytes(b"x")
    good("attach", "a1", photo, "--db", db)
    assert "proves a1 of 2022-09-30 too" in good("attach", "b1", photo, "--db", db).out
    flags = call("audit", "--as-of", "2022-10-10", "--span", "2022-Q3", "--json", "--db", db).data
    assert not [one for one in flags["verdicts"] if "evidence_reused" in one["flags"]]


def test_a_handover_is_shown_printed_and_given_as_data(db: Path) -> None:
    page = db.parent / "handover.html"
    words = ("handover", "主任", "--on", "2022-11-16", "--db", db)
    said = good(*words, "--html", page).out
    assert said.startswith("Handover of 示例园区 主要负责人, 2022-11-16\n")
    assert "the successor can make it up, with a record that makes up 2022-10" in said
    assert "Taken over by: " in page.read_text("utf-8")
    told = good(*words, "--json").data
    assert [one["person"] for one in told["leaves"]] == ["p1"]
    assert [one["person"] for one in told["comes"]] == ["p2"]
    by_id = {one["id"]: one["remedy"] for one in told["undone"]}
    assert by_id["park_2022.principal.lead_inspection@主任/p1@2022-10"] == "make_up"
    assert by_id["park_2022.principal.lead_inspection@主任/p1@2022-07"] == "closed"
    good("make-up", "--kind", "安全检查", "--day", "2022-11-20", "--holder", "主任", "--role",
         "带队", "--makes-up", "2022-10", "--subjects", "园区", "--db", db)  # fmt: skip
    assert state(db, "park_2022.principal.lead_inspection@主任/p1@2022-10") == "made_up"


def test_two_clerks_never_get_the_same_id(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good(*WAIVE, *AS_OF, "--db", db)
    free = staffing.free_id
    given = iter(["免20220901-1"])
    monkeypatch.setattr(staffing, "free_id", lambda *asked: next(given, None) or free(*asked))
    other = ("waive", "副主任", *WAIVE[2:], *AS_OF, "--db", db)
    assert good(*other).out.startswith("recorded the waiver 免20220901-2\n")
    assert [row.split(",")[:2] for row in kept(db, "waivers")] == [
        ["免20220901-1", "主任"],
        ["免20220901-2", "副主任"],
    ]


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the next command run an hour later than it does."""
    sound = context.now
    monkeypatch.setattr(context, "now", lambda: sound() + timedelta(hours=1))


def test_what_was_struck_out_can_be_decided_again(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("appoint", "p9", "主任", "--first", "2022-10-01", "--acting", "--name", "赵六", *PAPER,
             *AS_OF, "--db", db)  # fmt: skip
    good(*words)
    good("void", "appointments", "p9", "主任", "2022-10-01", "--reason", "误", *AS_OF, "--db", db)
    good("void", "people", "p9", "--reason", "误", *AS_OF, "--db", db)
    given = (*WAIVE, "--waiver", "病1", *AS_OF, "--db", db)
    good(*given)
    good("void", "waivers", "病1", "--reason", "误", *AS_OF, "--db", db)
    good("init", "--files", "一", "--db", db)
    good("void", "settings", "files", "--reason", "误", "--db", db)
    later(monkeypatch)
    assert good(*words).out.startswith("recorded the appointment p9 主任 2022-10-01\n")
    assert "赵六" in good("leader", "p9", *AS_OF, "--db", db).out
    assert good(*given).out.startswith("corrected the waiver 病1\n")
    assert state(db, SEPTEMBER) == "exempt"
    good("init", "--files", "一", "--db", db)
    assert any(row.startswith("files,一") for row in kept(db, "settings"))
    photo = db.parent / "p.png"
    photo.write_bytes(b"x")
    good("attach", "a1", photo, "--db", db)
    assert len([one for one in (db.parent / "一").rglob("*") if one.is_file()]) == 1


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("s4://bucket/files", "'s4://bucket/files' is not a place for files"),
        ("sftp://me:secret@host/files", "the URL of the files holds a password"),
    ],
)
def test_a_place_for_files_that_cannot_be_is_refused(db: Path, place: str, told: str) -> None:
    said = refused("init", "--files", place, "--db", db)
    assert told in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("appoint", "赵六", "主任", "--first", "2023-01-01", *PAPER),
        ("leave", "赵六", "主任", "--last", "2022-11-30", *PAPER),
    ],
)
def test_a_name_that_two_people_bear_is_never_taken_for_one_of_them(
    tmp_path: Path, db: Path, words: tuple[str, ...]
) -> None:
    good(
        "import",
        write(tmp_path / "two", more("people", ["p7", "赵六"], ["p8", "赵六"])),
        "--db",
        db,
    )
    before = contents(db, tmp_path / "before")
    said = refused(*words, "--db", db)
    assert "there is no person '赵六'" in said
    assert "the name of several: write the id that is meant, p7; p8" in said
    assert contents(db, tmp_path / "after") == before
