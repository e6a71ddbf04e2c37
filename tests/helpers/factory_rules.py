"""A small good world of rules for tests: one document, its words, and an office's folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from rules.coverage import Passage, cover
from rules.duty_marks import marks_of
from rules.loader import BUILTIN, load_rulebook
from rules.rulebook import Rulebook

BAD = Path(__file__).parents[1] / "bad_rules"
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


@cache
def shipped_rules() -> Rulebook:
    """The rules that are shipped, read once: nobody can change them."""
    return load_rulebook([BUILTIN])


def world(folder: Path, **texts: str) -> Path:
    """A folder with one good document `demo`, and files beside it (`a__b` is `a/b.yaml`)."""
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


NAMES = frozenset(
    (
        "c67d5b2c0c35c3ca",
        "92a054e84d6e2e13",
        "243d0a7eae47fd73",
        "02c361bc3329432b",
        "f8ca549542db2a96",
        "6134582d6b094c14",
        "4c6d0c4fa92c2069",
        "d612cf4a67109840",
        "0a7baa50ad2b4f24",
        "cec115f408f65fd0",
        "4356d4d2a886ff4e",
        "d4ed8dd584b07e83",
        "644254ee2ef4825f",
    )
)
"""SHA-256, cut short, of the people's names in the sources, so that no name stands here either."""


def names_in(text: str) -> list[tuple[int, int]]:
    """Where names of the sources stand in a text, though readings may stand between: 张(zhāng).

    Whatever stands in brackets without a Chinese character counts as a reading.
    """
    spots = [place for place, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    unseen = {
        place
        for one in re.finditer(r"\([^\u4e00-\u9fff]*?\)", text)
        for place in range(*one.span())
    }
    found = []
    for at in range(len(spots)):
        for length in (2, 3):
            run = spots[at : at + length]
            between = set(range(run[0], run[-1] + 1)) - set(run)
            if len(run) == length and between <= unseen:
                word = "".join(text[place] for place in run)
                if sha256(word.encode()).hexdigest()[:16] in NAMES:
                    found.append((run[0], run[-1] + 1))
    return found


def source_pieces(text: str, passages: Sequence[Passage]) -> str:
    """The clauses of a source, cut at its commas and stops, that have a mark or a part of a quote.

    They stand in its order and in its lines; names are made 某. It is what `tests/source_pieces/`
    keeps of a document: no more than its rules speak of.
    """
    for first, last in names_in(text):
        text = text[:first] + "某" * (last - first) + text[last:]
    kept = [(one.first, one.last) for one in cover(text, passages).settled]
    kept += [(mark.first, mark.last) for mark in marks_of(text)]
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        pieces = re.finditer(r"[^\n,，。;；!！?？]+[,，。;；!！?？]?|[,，。;；!！?？]", line)
        here = [
            piece[0]
            for piece in pieces
            if any(at + piece.start() < last and first < at + piece.end() for first, last in kept)
        ]
        if here:
            lines.append("".join(here).strip())
        at += len(line)
    return "\n".join(lines) + "\n"
