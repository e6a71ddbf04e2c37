"""Rule files are read whole or refused with every problem named."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from problems import BadInput, Problem, said
from rules.cache import read_cached, write_cached
from rules.files import BUILTIN, gather
from rules.listing import list_entries
from rules.loader import load_rulebook
from rules.wording import act_in_words, english_names, holder_in_words, measure_in_words
from rules.yaml_tree import MAX_BYTES, read_tree
from tests.helpers.factory_rules import BAD, DOCUMENT, GOOD, WORDS, load, world
from tests.helpers.printed import left_in_english, printed
from tests.helpers.sentences import sentence

PLACES = {
    "lists": "rules/demo/list.yaml",
    "document": "rules/demo/document.yaml",
    "vocabulary": "office/vocabulary.yaml",
    "calendar": "office/calendar.yaml",
    "rulings": "office/rulings.yaml",
    "adoptions": "office/adoptions.yaml",
}


def problems_of(broken: Path, folder: Path) -> list[Problem]:
    """What loading says of a broken file, put into an otherwise good world."""
    world(folder)
    shutil.copy(broken, folder / PLACES[broken.parent.name])
    try:
        load(folder)
    except BadInput as error:
        return list(error.problems)
    return []


BROKEN = sorted(path for part in PLACES for path in (BAD / part).glob("*.yaml"))


@sentence(
    (
        "the office's own dated decision on an unclear clause, with author and document "
        "number, kept in a file beside the rules"
    ),
)
@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_broken_file_gives_the_message_of_its_first_line(broken, tmp_path):
    first, second = broken.read_text(encoding="utf-8").splitlines()[:2]
    problems = problems_of(broken, tmp_path)
    assert not left_in_english(*(part for one in problems for part in (one.said, one.hint)))
    told = [
        (
            f"# {one.place.line}:{one.place.column}: {printed(one.said)}",
            f"# hint: {printed(one.hint)}".rstrip(),
        )
        for one in problems
    ]
    assert told == [(first, second)]


def test_broken_files_of_every_kind_are_there():
    assert len(BROKEN) > 120
    assert {path.parent.name for path in BROKEN} == set(PLACES)


def test_all_problems_of_all_files_come_at_once_sorted_by_place(tmp_path):
    world(
        tmp_path,
        rules__demo__list=GOOD.replace("title: 带队检查", "title: 1").replace(
            "role: 带队", "rol: x"
        ),
        rules__demo__other=GOOD.replace("per: month", "per: moon"),
        office__adoptions="adoptions: [{document: nobody, unit: 园区}]\n",
    )
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    told = [(Path(one.place.file).name, one.place.line) for one in caught.value.problems]
    assert told == [("adoptions.yaml", 1), ("list.yaml", 5), ("list.yaml", 7), ("other.yaml", 8)]


def test_a_broken_duty_does_not_hide_the_problems_of_the_others(tmp_path):
    again = GOOD.split("duties:\n")[1].replace("  check:", "  again:").replace("检查", "检察")
    world(tmp_path, rules__demo__list=GOOD.replace("per: month", "per: moon") + again)
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    told = [printed(problem.said) for problem in caught.value.problems]
    assert told == [
        "'moon' is not a period for 'per' in duty 'check'",
        "unknown activity kind '检察' in duty 'again'",
    ]


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        ("list: 清单\nduties: ".encode() + b"\xff\n", 2, 9, "byte 0xff is not UTF-8"),
        ("list: 清单\n".encode("gb18030"), 1, 7, "byte 0xc7 is not UTF-8"),
        (b"list: a\x07b\n", 1, 8, "control character U+0007 in the text"),
        (b"# only a comment\n---\n", 1, 1, "the file is empty"),
        (b"x" * (MAX_BYTES + 1), 0, 0, "the file has 10,000,001 bytes; a rule file has at most"),
    ],
)
def test_bytes_that_are_no_text_are_refused_at_their_place(raw, line, column, message):
    tree, problems = read_tree("f.yaml", raw)
    assert tree is None
    assert [(one.place.line, one.place.column) for one in problems] == [(line, column)]
    assert printed(problems[0].said).startswith(message)


def test_a_scalar_is_text_unless_it_is_plainly_a_number_day_truth_or_nothing():
    text = (
        "a: 1\nb: 1.50\nc: 010\nd: 14:00\ne: 2024-06-30\nf: '2024-06-30'\ng: true\nh: ~\n"
        "i: 1_000\nj: 0x1F\nk: 1e3\nl: .nan\nm: 2024-06-30 14:00\nn: '1'\no: 十\n"
    )
    tree, problems = read_tree("f.yaml", text.encode())
    assert not problems
    assert tree is not None
    assert tree.data == {
        "a": 1,
        "b": Decimal("1.50"),
        "c": "010",
        "d": "14:00",
        "e": date(2024, 6, 30),
        "f": "2024-06-30",
        "g": True,
        "h": None,
        "i": "1_000",
        "j": "0x1F",
        "k": "1e3",
        "l": ".nan",
        "m": "2024-06-30 14:00",
        "n": "1",
        "o": "十",
    }
    assert isinstance(tree.data["b"], Decimal)


def test_deep_nesting_is_a_problem_and_not_a_crash():
    tree, problems = read_tree("f.yaml", b"a: " + b"[" * 200_000)
    assert tree is None
    assert problems[0].said == said("nested_too_deep", most=40)


def test_an_alias_repeats_a_value_at_its_own_place():
    tree, problems = read_tree("f.yaml", b"a: &x [1, 2]\nb: *x\n")
    assert not problems
    assert tree is not None
    assert tree.data == {"a": (1, 2), "b": (1, 2)}
    assert str(tree.place(("b",))) == "f.yaml:2:4"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda root: (root / "rules/demo/document.yaml").unlink(), "no_such_file"),
        (
            lambda root: (root / "rules/demo/good.yaml").unlink(),
            "document_without_list",
        ),
        (
            lambda root: (root / "rules/demo/more.yml").write_text("x"),
            "rule_file_ending",
        ),
        (lambda root: (root / "rules/demo/a b.yaml").write_text("x"), "no_list_name"),
        (
            lambda root: (root / "rules/lists.yaml").write_text("x"),
            "rule_file_outside_document",
        ),
        (lambda root: (root / "rules/demo").rename(root / "rules/a.b"), "no_document_id"),
        (lambda root: shutil.rmtree(root / "rules"), "no_such_folder"),
        (lambda root: shutil.rmtree(root / "office"), "no_such_folder"),
        (lambda root: shutil.rmtree(root / "rules/demo"), "no_rules_in_folder"),
        (lambda root: (root / "office/ruling.yaml").write_text("x"), "unknown_office_file"),
    ],
)
def test_folders_that_would_be_read_wrongly_are_problems(change, message, tmp_path):
    change(world(tmp_path))
    with pytest.raises(BadInput, match=message):
        load(tmp_path)


def test_one_document_twice_is_a_problem(tmp_path):
    world(tmp_path / "a")
    world(tmp_path / "b")
    with pytest.raises(BadInput, match="second_document document=demo"):
        load_rulebook([tmp_path / "a/rules", tmp_path / "b/rules/demo"], shipped=WORDS)


def test_a_single_documents_folder_loads_like_its_root(tmp_path):
    world(tmp_path)
    one = load_rulebook([tmp_path / "rules" / "demo"], shipped=WORDS)
    assert one.duties == load(tmp_path).duties
    assert [duty.id for duty in one.duties] == ["demo.good.check"]
    assert one.adoptions is None


def test_a_lists_holder_and_days_hold_for_duties_that_name_none(tmp_path):
    text = """\
list: 清单
holder: {posts: 主要负责人}
valid: {first: 2024-03-01, last: 2026-12-31}
duties:
  plain:
    title: 甲
    source: {clause: 一, quote: 每月1次}
    activity: {kind: 检查}
    frequency: {per: month}
  own:
    title: 乙
    source: {clause: 二, quote: 每月1次}
    holder: {posts: 分管负责人}
    activity: {kind: 检查}
    frequency: {per: month}
    valid: {first: 2024-05-01, season: [03-01, 12-last]}
    replaces: plain
"""
    world(tmp_path, rules__demo__list=text)
    document = tmp_path / "rules/demo/document.yaml"
    document.write_text(DOCUMENT + "last: 2025-12-31\n", encoding="utf-8")
    duties = {duty.id: duty for duty in load(tmp_path).duties}
    plain, own = duties["demo.list.plain"], duties["demo.list.own"]
    assert plain.holder.posts == ("主要负责人",)
    assert own.holder.posts == ("分管负责人",)
    assert (plain.valid.first, plain.valid.last) == (date(2024, 3, 1), date(2025, 12, 31))
    assert (own.valid.first, own.valid.last) == (date(2024, 5, 1), date(2025, 12, 31))
    assert own.valid.season is not None
    assert own.replaces == "demo.list.plain"


@sentence(
    "Named windows live in a calendar file that an office can edit: fixed",
)
def test_an_office_adds_words_and_replaces_lines_of_the_calendar(tmp_path):
    world(
        tmp_path,
        office__vocabulary="kinds:\n  夜查: {en: night inspection, under: 检查}\n",
        office__calendar=(
            "windows:\n"
            "  汛期:\n"
            "    - {years: {2025: {first: 2025-05-01, last: 2025-09-30}}}\n"
            "    - {unit: 北乡, from: 06-01, to: 09-30}\n"
            "  国庆: [{from: 10-01, to: 10-08}]\n"
            "workdays:\n  2027: {off: [2027-01-01]}\n"
        ),
        office__rulings=(
            "rulings:\n  - duty: demo.good.check\n    on: 2024-03-01\n    author: 安委办\n"
            "    document: 安委办〔2024〕3号\n    frequency: {at_least: 1, per: quarter}\n"
        ),
        office__adoptions="adoptions:\n  - {document: demo, unit: 园区, first: 2024-02-01}\n",
    )
    rulebook = load(tmp_path)
    assert rulebook.vocabulary.is_kind("夜查", "检查")
    everywhere, north = rulebook.calendar.windows["汛期"]
    assert everywhere.from_ is not None
    assert everywhere.years[2025].first == date(2025, 5, 1)
    assert north.unit == "北乡"
    (national,) = rulebook.calendar.windows["国庆"]
    assert national.to is not None
    assert national.to.day == 8
    assert rulebook.calendar.workdays[2027].off == (date(2027, 1, 1),)
    assert rulebook.rulings[0].since == date(2024, 3, 1)
    assert rulebook.adoptions is not None
    assert rulebook.adoptions[0].unit == "园区"


def test_each_hash_changes_with_its_own_files_and_not_with_the_place(tmp_path):
    before = load(world(tmp_path / "a")).hashes
    assert before == load(world(tmp_path / "b")).hashes
    world(tmp_path / "b", office__adoptions="adoptions: [{document: demo, unit: 园区}]\n")
    ruled = load(tmp_path / "b").hashes
    assert (ruled.rules, ruled.calendar) == (before.rules, before.calendar)
    assert ruled.rulings != before.rulings
    world(tmp_path / "b", office__calendar="windows:\n  汛前: [{from: 03-01, to: 03-31}]\n")
    dated = load(tmp_path / "b").hashes
    assert (dated.rules, dated.rulings) == (ruled.rules, ruled.rulings)
    assert dated.calendar != ruled.calendar
    world(tmp_path / "b", office__vocabulary="tags:\n  涉客: {en: passengers}\n")
    assert load(tmp_path / "b").hashes.rules != before.rules


def test_a_cached_rulebook_is_the_same_and_a_broken_cache_is_ignored(tmp_path):
    world(tmp_path, rules__demo__list=GOOD.replace("per: month", "per: month, between: [1, 20]"))
    cache = tmp_path / "cache"
    fresh = load(tmp_path, cache)
    (kept,) = cache.glob("*.pickle")
    again = load(tmp_path, cache)
    assert again == fresh
    assert list_entries(again) == list_entries(fresh)
    assert [d.frequency.model_fields_set for d in again.duties] == [
        d.frequency.model_fields_set for d in fresh.duties
    ]
    kept.write_bytes(b"no pickle")
    assert load(tmp_path, cache) == fresh
    world(tmp_path, rules__demo__list=GOOD)
    assert load(tmp_path, cache) != fresh
    assert len(list(cache.glob("*.pickle"))) == 2
    assert not list(cache.glob("*.part"))


def test_a_cache_makes_nothing_but_rules(tmp_path, capfd):
    files, _ = gather([world(tmp_path) / "rules"], None, WORDS)
    cache = tmp_path / "cache"
    write_cached(cache, files, load(tmp_path))
    (kept,) = cache.glob("*.pickle")
    kept.write_bytes(b"cos\nsystem\n(S'echo hacked'\ntR.")
    assert read_cached(cache, files) is None
    assert "hacked" not in capfd.readouterr().out


def test_a_cache_that_cannot_be_written_is_no_problem(tmp_path):
    world(tmp_path)
    (tmp_path / "file").write_text("")
    assert load(tmp_path, tmp_path / "file" / "cache").duties


def test_the_shipped_rules_load_without_a_problem():
    rulebook = load_rulebook([BUILTIN])
    assert rulebook.duties
    assert {duty.document for duty in rulebook.duties} == set(rulebook.documents)
    names = english_names(rulebook)
    for duty in rulebook.duties:
        for spoken in (("zh", None), ("en", names)):
            assert holder_in_words(duty.holder, *spoken)
            assert measure_in_words(duty.frequency, *spoken)
            assert duty.activity is None or act_in_words(duty.activity, *spoken)


def test_lists_stand_in_the_order_that_their_document_names(tmp_path):
    other = GOOD.replace("  check:", "  again:")
    ordered = f"{DOCUMENT}lists: [second, good]\n"
    rulebook = load(world(tmp_path, rules__demo__second=other, rules__demo__document=ordered))
    assert [duty.id for duty in rulebook.duties] == ["demo.second.again", "demo.good.check"]
    assert list(rulebook.lists) == ["demo.second", "demo.good"]
    assert rulebook.lists["demo.good"].name == "清单"


def test_a_list_that_its_document_leaves_out_is_told(tmp_path):
    other = GOOD.replace("  check:", "  again:")
    ordered = f"{DOCUMENT}lists: [good]\n"
    with pytest.raises(BadInput) as caught:
        load(world(tmp_path, rules__demo__second=other, rules__demo__document=ordered))
    (problem,) = caught.value.problems
    assert problem.said == said("list_left_out", list="second")
    assert (Path(problem.place.file).name, problem.place.line) == ("document.yaml", 4)
    assert problem.hint == said("name_all_lists")


def test_passages_that_are_no_duty_are_kept_with_their_document_and_list(tmp_path):
    passage = "ruled_out: [{clause: 第二条, quote: 及时整改, reason: 没有期限}]\n"
    world(tmp_path, rules__demo__good=passage + GOOD, rules__demo__document=DOCUMENT + passage)
    found = load(tmp_path).ruled_out
    assert [(part, one.quote) for part, one in found["demo"]] == [
        ("", "及时整改"),
        ("demo.good", "及时整改"),
    ]


def test_lists_and_passages_come_back_from_the_cache(tmp_path):
    passage = "ruled_out: [{clause: 第二条, quote: 及时整改, reason: 没有期限}]\n"
    world(tmp_path, rules__demo__good=passage + GOOD, rules__demo__document=DOCUMENT + passage)
    cache = tmp_path / "cache"
    fresh = load(tmp_path, cache)
    kept = load(tmp_path, cache)
    assert len(list(cache.glob("*.pickle"))) == 1
    assert kept == fresh and kept.lists == fresh.lists
    assert kept.ruled_out == fresh.ruled_out and len(kept.ruled_out["demo"]) == 2
