"""Files as evidence: kept once by their hash, told where lost, and judged as any other proof."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import update

from data.intake.imports import import_path, import_row
from data.intake.preview import preview_path
from data.intake.voids import void_record
from data.keeping.evidence import (
    FilesBeside,
    attach,
    check_files,
    evidence_of,
    export_files,
    write_out,
)
from data.keeping.export import export_tables
from data.keeping.making import create_store, set_records_from
from data.keeping.verify import verify_store
from data.store.feed import StoreFeed
from data.store.files import Folder, place_text
from data.store.journal import Doing, journal_entries
from data.store.opening import Store
from data.store.tables import sql_table
from data.words import ANY_WORDS
from engine.calendar.periods import Period
from engine.counting.fast import audit_summary
from engine.judging.audit import judge_all, world_of
from engine.judging.verdict import State, Verdict
from problems import BadInput
from rules.rulebook import Rulebook
from tests.helpers.factory_reports import duty, rulebook
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, take
from tests.helpers.printed import printed

CLERK = Doing(LATER, "示例文员")
AS_OF = date(2023, 7, 15)


def photo(folder: Path, name: str = "现场.jpg", said: bytes = b"a photo") -> Path:
    path = folder / name
    path.write_bytes(said)
    return path


def hash_of(said: bytes = b"a photo") -> str:
    return hashlib.sha256(said).hexdigest()


def kept(folder: Path, said: bytes = b"a photo") -> Path:
    name = hash_of(said)
    return folder / "office.db.files" / name[:2] / name


def stored(folder: Path) -> list[str]:
    return sorted(one.name for one in (folder / "office.db.files").rglob("*") if one.is_file())


def problems(error: BadInput) -> list[str]:
    return [printed(one.said) for one in error.problems]


def test_a_file_is_kept_by_its_hash_beside_the_store(tmp_path: Path) -> None:
    store = office(tmp_path)
    [one] = attach(store, "a1", [photo(tmp_path)], CLERK)
    assert (one.is_new, one.elsewhere) == (True, ())
    assert kept(tmp_path).read_bytes() == b"a photo"
    [(file, is_kept)] = evidence_of(store, "a1")
    assert is_kept
    assert (file.name, file.size, file.type) == ("现场.jpg", 7, "image/jpeg")
    assert (file.recorded_by, file.recorded_at[:16]) == ("示例文员", "2023-07-15 09:30")
    with store.reading() as connection:
        last = list(journal_entries(connection))[-1]
    assert (last.act, last.who, last.source) == ("record", "示例文员", "attach")
    assert verify_store(store).broken == ()


def test_nothing_but_the_file_is_left_in_its_folder(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path), photo(tmp_path, "二.jpg", b"two")], CLERK)
    assert stored(tmp_path) == sorted([hash_of(), hash_of(b"two")])


def test_the_same_file_is_stored_once_and_attached_once(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    before = store.head()
    [again] = attach(store, "a1", [photo(tmp_path, "别名.png")], CLERK)
    assert (again.is_new, again.file.name, stored(tmp_path)) == (False, "现场.jpg", [hash_of()])
    assert store.head() == before


def test_two_names_of_one_file_in_one_command_are_one_file(tmp_path: Path) -> None:
    store = office(tmp_path)
    found = attach(store, "a1", [photo(tmp_path), photo(tmp_path, "二.jpg")], CLERK)
    assert [one.is_new for one in found] == [True, False]
    assert len(evidence_of(store, "a1")) == 1


def test_a_file_that_proves_another_act_is_said_with_its_day(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    [one] = attach(store, "a3", [photo(tmp_path, "会议.png")], CLERK)
    assert (one.is_new, one.elsewhere) == (True, (("a1", "2023-03-01"),))
    void_record(store, "attachments", [evidence_of(store, "a1")[0][0].attachment], "错", CLERK)
    [two] = attach(store, "a2", [photo(tmp_path)], CLERK)
    assert two.elsewhere == (("a3", "2023-04-02"),)


@pytest.mark.parametrize(
    ("activity", "named", "said"),
    [
        ("a9", "现场.jpg", ["there is no activity 'a9'"]),
        ("a1", "没有.jpg", ["cannot be read: No such file or directory"]),
        ("a1", ".", ["this is a folder, not a plain file"]),
        ("a1", "空.txt", ["the file is empty"]),
        ("void", "现场.jpg", ["the activity 'void' was declared void on 2023-07-01"]),
    ],
)
def test_what_cannot_be_attached_is_told_and_nothing_is_kept(
    tmp_path: Path, activity: str, named: str, said: list[str]
) -> None:
    store = office(tmp_path)
    row = {"activity": "void", "kind": "检查", "day": "2023-05-05", "holder": "镇长"}
    void = {"voided_at": "2023-07-01", "void_reason": "误"}
    import_row(store, "activities", row | void, name="t", words=ANY_WORDS, doing=Doing(NOON))
    photo(tmp_path)
    photo(tmp_path, "空.txt", b"")
    with pytest.raises(BadInput) as error:
        attach(store, activity, [photo(tmp_path, "好.jpg", b"good"), tmp_path / named], CLERK)
    assert problems(error.value) == said
    assert not (tmp_path / "office.db.files").exists()


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        attach(office(tmp_path), "a9", [tmp_path / "x", photo(tmp_path, "空", b"")], CLERK)
    assert len(error.value.problems) == 3


def test_a_struck_out_file_proves_nothing_and_may_be_attached_anew(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    [(file, _)] = evidence_of(store, "a1")
    void_record(store, "attachments", [file.attachment], "附错了", CLERK)
    assert evidence_of(store, "a1") == ()
    assert all(one.files == () for one in store.read_records().activities)
    [again] = attach(store, "a1", [photo(tmp_path)], CLERK)
    assert again.is_new
    assert again.file.attachment == f"{file.attachment}-2"
    assert check_files(store).files == 1


def test_a_file_that_was_moved_to_another_act_is_of_that_one_alone(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    [(file, _)] = evidence_of(store, "a1")
    row = {name: str(getattr(file, name)) for name in ("attachment", "sha256", "name", "size")}
    moved = {**row, "type": file.type or "", "activity": "a3"}
    import_row(store, "attachments", moved, name="t", words=ANY_WORDS, doing=Doing(LATER))
    assert evidence_of(store, "a1") == ()
    [(there, is_kept)] = evidence_of(store, "a3")
    found = (there.attachment, there.recorded_at, is_kept)
    assert found == (file.attachment, file.recorded_at, True)
    told = {one.activity: len(one.files) for one in store.read_records().activities}
    assert told == {"a1": 0, "a2": 0, "a3": 1}


def test_a_file_is_written_out_as_it_was(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path), photo(tmp_path, "二.jpg", b"two")], CLERK)
    out = tmp_path / "out"
    out.mkdir()
    for asked in ("现场.jpg", hash_of(), hash_of()[:6]):
        file, path = write_out(store, "a1", asked, out)
        assert (file.name, path) == ("现场.jpg", out / "现场.jpg")
        assert path.read_bytes() == b"a photo"
    assert write_out(store, "a1", "二.jpg", tmp_path / "名")[1].read_bytes() == b"two"
    with pytest.raises(BadInput, match=r"no_such_evidence file=三\.jpg activity=a1"):
        write_out(store, "a1", "三.jpg", out)
    assert [one.name for one in out.iterdir() if one.name[0] != "."] == ["现场.jpg"]


def test_a_file_whose_name_leads_elsewhere_stays_in_the_folder_asked_for(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    (out := tmp_path / "out").mkdir()
    # Stores of before may hold any name.
    odd = {"../../恶.jpg": "恶.jpg", "a\x1bb": "a_x1bb"}
    for name, written in (odd | dict.fromkeys(("..", "x/..", "..\\"), hash_of())).items():
        with store.writing() as connection:
            connection.execute(sql_table("attachments").update().values(name=name))
        assert write_out(store, "a1", name, out)[1] == out / written


def test_a_full_disk_leaves_the_file_that_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    out = tmp_path / "out"
    out.mkdir()
    (out / "现场.jpg").write_bytes(b"an older one")

    def full(_read: object, written: IO[bytes]) -> None:
        written.write(b"a ph")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.keeping.evidence.copyfileobj", full)
    with pytest.raises(OSError, match="No space left"):
        write_out(store, "a1", "现场.jpg", out)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == {"现场.jpg": b"an older one"}


@pytest.mark.parametrize(("fault", "said"), [("missing", None), ("changed", b"forged")])
def test_verify_names_a_file_that_is_not_what_it_was(
    tmp_path: Path, fault: str, said: bytes | None
) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path), photo(tmp_path, "二.jpg", b"two")], CLERK)
    kept(tmp_path).unlink()
    if said is not None:
        kept(tmp_path).write_bytes(said)
    found = check_files(store)
    assert (found.files, found.bytes) == (1, 3)
    assert [(one.activity, one.name, one.sha256, one.fault) for one in found.lost] == [
        ("a1", "现场.jpg", hash_of(), fault)
    ]
    with pytest.raises(BadInput, match=f"evidence_{fault} name=现场.jpg activity=a1"):
        write_out(store, "a1", "现场.jpg", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    attach(store, "a1", [photo(tmp_path)], CLERK)
    assert check_files(store).lost == ()


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = office(tmp_path), photo(tmp_path)
    sound = Folder.put

    def put(self: Folder, opened, sha256: str, source: str) -> bool:  # type: ignore[no-untyped-def]
        path.write_bytes(b"another photo")
        return sound(self, opened, sha256, source)

    monkeypatch.setattr(Folder, "put", put)
    with pytest.raises(BadInput, match="file_changed_meanwhile"):
        attach(store, "a1", [path], CLERK)
    assert evidence_of(store, "a1") == ()
    assert not [one for one in (tmp_path / "office.db.files").rglob("*") if one.is_file()]


def test_a_full_disk_leaves_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = office(tmp_path)

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="files_unreachable reason=system_disk_full"):
        attach(store, "a1", [photo(tmp_path)], CLERK)
    assert evidence_of(store, "a1") == ()
    assert not [one for one in (tmp_path / "office.db.files").rglob("*") if one.is_file()]


def placed(folder: Path, place: str) -> Store:
    store = office(folder)
    row = {"key": "files", "value": place}
    import_row(store, "settings", row, name="t", words=ANY_WORDS, doing=Doing(NOON))
    return store


@pytest.mark.parametrize("place", ["证据", "memory://dutyclock-test/files"])
def test_the_setting_says_where_files_are_kept(tmp_path: Path, place: str) -> None:
    store = placed(tmp_path, place)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    assert not (tmp_path / "office.db.files").exists()
    assert check_files(store).files == 1
    assert write_out(store, "a1", "现场.jpg", tmp_path / "out")[1].read_bytes() == b"a photo"
    is_beside = (tmp_path / place / hash_of()[:2] / hash_of()).is_file()
    assert is_beside is (place == "证据")


def test_an_absolute_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    store = placed(tmp_path, str(tmp_path / "别处"))
    attach(store, "a1", [photo(tmp_path)], CLERK)
    assert (tmp_path / "别处" / hash_of()[:2] / hash_of()).is_file()


def test_a_place_that_nothing_reaches_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not_a_place_for_files text=s4://b/f"):
        placed(tmp_path, "s4://b/f")
    assert place_text("s3://bucket/files") == "s3://bucket/files"


def test_a_store_without_a_file_must_say_where_files_are_kept(tmp_path: Path) -> None:
    store = create_store("sqlite://", None, Doing(NOON))
    take(store, tmp_path / "tables", OFFICE)
    with pytest.raises(BadInput, match="store_without_folder"):
        attach(store, "a1", [photo(tmp_path)], CLERK)
    assert check_files(store).files == 0


def test_an_export_with_files_is_taken_in_whole(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path), photo(tmp_path, "二.jpg", b"two")], CLERK)
    export_tables(store, tmp_path / "out")
    assert export_files(store, tmp_path / "out" / "files") == 2
    photo(tmp_path / "out" / "files", "说明.txt", b"no evidence of anything")
    copy = create_store(str(tmp_path / "copy.db"), None, Doing(LATER))
    beside = FilesBeside(copy, tmp_path / "out" / "files")
    import_path(copy, tmp_path / "out", words=ANY_WORDS, doing=Doing(LATER), finishing=beside)
    assert beside.count == 2
    assert check_files(copy).files == 2
    assert copy.read_records() == store.read_records()
    names = {one.name for one in (tmp_path / "copy.db.files").rglob("*") if one.is_file()}
    assert names == {hash_of(), hash_of(b"two")}


def test_a_forged_file_beside_the_tables_stops_the_whole_import(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    export_tables(store, tmp_path / "out")
    export_files(store, tmp_path / "out" / "files")
    (tmp_path / "out" / "files" / hash_of()[:2] / hash_of()).write_bytes(b"forged")
    copy = create_store(str(tmp_path / "copy.db"), None, Doing(LATER))
    beside = FilesBeside(copy, tmp_path / "out" / "files")
    would = preview_path(copy, tmp_path / "out", words=ANY_WORDS, now=LATER)
    assert [one.code for one in beside.wrong(would.files)] == ["evidence_is_not_its_name"]
    with pytest.raises(BadInput, match="evidence_is_not_its_name"):
        import_path(copy, tmp_path / "out", words=ANY_WORDS, doing=Doing(LATER), finishing=beside)
    assert copy.read_records().activities == ()
    assert not (tmp_path / "copy.db.files").exists()


def test_an_export_with_a_lost_file_is_refused(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    kept(tmp_path).unlink()
    with pytest.raises(BadInput, match="evidence_missing"):
        export_files(store, tmp_path / "out")


def rules(*, asks_evidence: bool) -> Rulebook:
    """One duty that a check or meeting of a quarter meets."""
    shown = duty(
        "shown",
        "有佐证的检查",
        "第一条",
        "每季度至少检查1次",
        holder={"posts": ["主要负责人", "分管负责人"]},
        activity={"kind": ["检查", "会议"], "evidence": asks_evidence},
        frequency={"at_least": 1, "per": "quarter"},
    )
    book = rulebook()
    document = book.documents["park"].model_copy(update={"signed": date(2022, 1, 1)})
    return replace(book, duties=(shown,), documents={"park": document})


def verdicts(store: Store, book: Rulebook) -> dict[str, Verdict]:
    world = world_of(book, store.read_records(), AS_OF, None)
    return {one.verdict.id: one.verdict for one in judge_all(world)}


HEAD = "park.list.shown@镇长/p1@2023-Q1"
DEPUTY = "park.list.shown@副镇长/p3@2023-Q2"


def bare_office(folder: Path) -> Store:
    """An office whose records begin with 2023 and whose acts prove nothing in writing."""
    store = office(folder)
    set_records_from(store, date(2023, 1, 1), Doing(NOON))
    head, first, *_ = OFFICE["activities"]
    row = dict(zip(head, first, strict=True)) | {"evidence": ""}
    import_row(store, "activities", row, name="t", words=ANY_WORDS, doing=Doing(NOON))
    return store


def test_one_photo_under_two_acts_of_different_days_is_reused_evidence(tmp_path: Path) -> None:
    store, book = bare_office(tmp_path), rules(asks_evidence=False)
    before = verdicts(store, book)
    assert "no_evidence" in before[HEAD].flags
    attach(store, "a1", [photo(tmp_path)], CLERK)
    alone = verdicts(store, book)[HEAD]
    assert not {"no_evidence", "evidence_reused"} & set(alone.flags)
    attach(store, "a3", [photo(tmp_path, "会议记录.png")], CLERK)
    after = verdicts(store, book)
    assert "evidence_reused" in after[HEAD].flags
    assert "evidence_reused" in after[DEPUTY].flags
    [(file, _)] = evidence_of(store, "a3")
    void_record(store, "attachments", [file.attachment], "附错了", CLERK)
    last = verdicts(store, book)
    assert "evidence_reused" not in last[HEAD].flags
    assert "no_evidence" in last[DEPUTY].flags


def test_a_file_satisfies_a_duty_that_asks_for_evidence(tmp_path: Path) -> None:
    store, book = bare_office(tmp_path), rules(asks_evidence=True)
    span = Period(date(2023, 1, 1), date(2023, 6, 30))

    def states() -> tuple[str, str, int]:
        found = verdicts(store, book)
        register = store.read_records(with_activities=False)
        counted = audit_summary(book, register, StoreFeed(store), AS_OF, span=span)
        states = counted.summary.states
        exact = [one for one in found.values() if one.due in (span.last, date(2023, 3, 31))]
        met = sum(str(one.state) == "met" for one in exact)
        assert states[State.MET] == met
        return str(found[HEAD].state), str(found[DEPUTY].state), met

    assert states() == ("overdue", "overdue", 0)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    assert states() == ("met", "overdue", 1)
    attach(store, "a3", [photo(tmp_path, "二", b"two")], CLERK)
    assert states() == ("met", "met", 2)


def test_the_day_of_knowledge_decides_whether_a_file_was_there(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    files = {
        known: {one.activity: one.files for one in store.read_records(known).activities}["a1"]
        for known in (date(2023, 7, 14), date(2023, 7, 15))
    }
    assert [len(one) for one in files.values()] == [0, 1]


def test_an_older_version_of_a_record_is_no_proof_of_the_act_that_it_named(tmp_path: Path) -> None:
    store = office(tmp_path)
    attach(store, "a1", [photo(tmp_path)], CLERK)
    [(file, _)] = evidence_of(store, "a1")
    row = {"attachment": file.attachment, "activity": "a3", "sha256": file.sha256,
           "name": file.name, "size": "7"}  # fmt: skip
    later = datetime.combine(date(2023, 7, 16), time(9))
    import_row(store, "attachments", row, name="t", words=ANY_WORDS, doing=Doing(later))
    [one] = attach(store, "a2", [photo(tmp_path)], Doing(later))
    assert one.elsewhere == (("a3", "2023-04-02"),)
    table = sql_table("attachments")
    with store.writing() as connection:
        connection.execute(update(table).values(sha256="0" * 64).where(table.c.row_id == 1))
    assert verify_store(store).broken[0].fault == "content"
