"""Rule files are read whole or refused with every problem named."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from problems import BadInput, Problem
from rules.cache import read_cached, write_cached
from rules.files import BUILTIN, gather
from rules.frequency import Frequency
from rules.listing import list_entries
from rules.loader import load_rulebook
from rules.places import MAX_BYTES, read_tree
from rules.rulebook import Rulebook
from rules.schema import rule_schema
from rules.wording import duty_in_words, measure_in_words

BAD = Path(__file__).parent / "bad_rules"
WORDS = BAD / "words"
DOCUMENT = "title: 文件\nnumber: 安委〔2024〕1号\nsigned: 2024-01-01\n"
GOOD = """\
list: 清单
holder: {posts: 主要负责人}
duties:
  check:
    title: 带队检查
    source: {clause: 第一条, quote: 每月至少1次带队检查}
    activity: {kind: 检查, role: 带队}
    frequency: {at_least: 1, per: month}
"""
PLACES = {
    "lists": "rules/demo/list.yaml",
    "document": "rules/demo/document.yaml",
    "vocabulary": "office/vocabulary.yaml",
    "calendar": "office/calendar.yaml",
    "rulings": "office/rulings.yaml",
    "adoptions": "office/adoptions.yaml",
}


def world(folder: Path, **texts: str) -> Path:
    """A folder with one good document `demo`, and files over or beside it (`a__b` is `a/b.yaml`)."""
    (folder / "rules" / "demo").mkdir(parents=True, exist_ok=True)
    (folder / "office").mkdir(exist_ok=True)
    (folder / "rules" / "demo" / "document.yaml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "rules" / "demo" / "good.yaml").write_text(GOOD, encoding="utf-8")
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def load(folder: Path, cache: Path | None = None) -> Rulebook:
    return load_rulebook([folder / "rules"], folder / "office", cache, shipped=WORDS)


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


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_broken_file_gives_the_message_of_its_first_line(broken, tmp_path):
    first, second = broken.read_text(encoding="utf-8").splitlines()[:2]
    told = [
        (f"# {one.place.line}:{one.place.column}: {one.message}", f"# hint: {one.hint}".rstrip())
        for one in problems_of(broken, tmp_path)
    ]
    assert told == [(first, second)]
