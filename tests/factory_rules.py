"""A small good world of rules for tests: one document, its words, and an office's folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rules.coverage import Passage, cover
from rules.loader import load_rulebook
from rules.rulebook import Rulebook

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


def source_pieces(text: str, passages: Sequence[Passage]) -> str:
    """The sentences of a source that have a mark or a quote, in its order and its lines.

    It is what `tests/source_pieces/` keeps of a document: no more than its rules speak of.
    """
    covered = cover(text, passages)
    kept = [(one.first, one.first + len(one.text)) for one in covered.sentences]
    kept += [(one.first, one.last) for one in covered.settled]
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        pieces = re.finditer(r"[^。;；!！?？\n]*[。;；!！?？]?", line)
        spans = [(at + piece.start(), at + piece.end(), piece[0]) for piece in pieces]
        here = [
            said
            for first, last, said in spans
            if any(first < end and begin < last for begin, end in kept)
        ]
        if here:
            lines.append("".join(here).strip())
        at += len(line)
    return "\n".join(lines) + "\n"
