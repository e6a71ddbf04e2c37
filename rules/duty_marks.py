"""Which words of a text say how often, how much, by when or on whom: signs of a duty.

A mark is no duty yet. It makes a reader look at the sentence and say what became of it: see
`rules/coverage.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any


class MarkSort(StrEnum):
    """What the words of a mark tell: how often, how much, by when, on whom, or nothing clear."""

    PERIOD = "period"
    OCCASIONS = "occasions"
    DEADLINE = "deadline"
    COVERAGE = "coverage"
    WINDOW = "window"
    UNCLEAR = "unclear"


_NUMBER = r"[0-9一二两三四五六七八九十百]"

_WORDS: dict[MarkSort, str] = {
    MarkSort.PERIOD: (
        r"每|半年|季度?|[日周月旬季年]度?(?=排查|检查|巡查|调度|通报|报告|会商|例会|考核|排名|研判)"
        r"|年度|全年|逐年|双周|隔[日周]|周|旬|月|学[期年]|日周月"
    ),
    MarkSort.OCCASIONS: (
        rf"至少|不少于|不得少于|不低于|不得低于|不超过|{_NUMBER}+[—~-]?{_NUMBER}*次|次数|频次|次"
    ),
    MarkSort.DEADLINE: (
        r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初|之?前)(?=[,、完建实形基全])"
        r"|20\d\d年|[年月]底|底前|日前|月前|年前|[年日天]内|小时|工作日|之日起|按期|按时|如期|限期"
        r"|(?:开展|开工|复工|作业|使用|投用|投产|举办|离校|放假|启动|营业|施工|入场|进场|活动)前"
        r"|岗前|上岗|转岗|方可"
    ),
    MarkSort.COVERAGE: r"全覆盖|覆盖率|覆盖|\d+(?:\.\d+)?%|轮训|一遍|逐[一家个户]|率达",
    MarkSort.WINDOW: (
        r"汛[期前]|节前|节后|[春两]节|国庆|元旦|清明|五一|端午|中秋|中元|岁末年初|年末岁初|两会"
        r"|节假日|小长假|寒暑假|[寒暑]假|开学季?|防火期|迎峰度[夏冬]|高温|旺季|重要时段|重点时段"
        r"|(?:重要|关键|重大|敏感)(?:时间)?(?:节点|时段|时期|时间|活动期间)"
    ),
    MarkSort.UNCLEAR: (
        r"定期|不定期|适时|及时|立即|立刻|即刻|马上|第一时间|当场|经常|随时|尽快|实时|即时|常态"
    ),
}

_NO_MARK = (
    r"周[边密期全围知转报]|周密|全生命周期|寿命周期|层次|档次|其次|再次|梯次|依次|名次|历次|次生|次要"
    r"|20\d\d年?[—~-]+20\d\d年|〔20\d\d〕|季节|岁月|日常"
    r"|(?<![于在到至止])20\d\d年\d{1,2}月\d{1,2}日(?![之以]?[前内底起止完])"
    r"|20\d\d-\d\d|届(?:[、,]?[一二三四五六七八九十]+次)+全会|高温熔融"
)
"""Words that only look like a mark: 周边, 层次, a span in a title, a day of signing."""

_FOUND = re.compile(
    "|".join([f"(?P<none>{_NO_MARK})", *(f"(?P<{sort}>{words})" for sort, words in _WORDS.items())])
)


@dataclass(frozen=True)
class Mark:
    """Where a mark stands in its text: from `first` up to, and without, `last`."""

    first: int
    last: int
    sort: MarkSort


def marks_of(text: str) -> Iterator[Mark]:
    """The marks of a text in order; none runs over the end of a line.

    Traditional characters, full-width forms, blanks between characters (2024 年 6 月) and readings
    in brackets (季(jì)度) hide nothing.
    """
    line = Plain.of(text, skipped=_IN_A_LINE)
    for found in _FOUND.finditer(line.text):
        if found.lastgroup != "none":
            first, last = line.span(found.start(), found.end())
            yield Mark(first, last, MarkSort(found.lastgroup or ""))


def in_simplified(text: str) -> str:
    """The text in simplified characters and half-width forms, character for character."""
    return text.translate(_FOLD)


class _Fold(dict[int, str]):
    """Each character's folded form, worked out when it is first met and kept."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(code)
        return self[code]


_FOLD = _Fold()


def _folded(code: int) -> str:
    char = unicodedata.normalize("NFKC", chr(code))
    if len(char) != 1:
        return chr(code)
    if char < "\u3400":
        return {"–": "—", "―": "—", "－": "-"}.get(char, char)
    simple = str(_simplifier().convert(char))
    return simple if len(simple) == 1 else char


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


_READING = r"\([a-zà-üāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜɑɡ]+\)"
_SKIPPED = re.compile(_READING + r"|[\s|\u3000\u200b\ufeff]+")
_IN_A_LINE = re.compile(_READING + r"|[^\S\n]+|[\u200b\ufeff]+")


@dataclass(frozen=True)
class Plain:
    """A text as quotes are looked for in it, and where each of its characters stands.

    Spaces, line breaks, the bars of tables and readings in brackets — 産(chǎn), left by a bad
    conversion — are no part of it, so that a quote may run over the cells of a table.
    """

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str, skipped: re.Pattern[str] = _SKIPPED) -> Plain:
        """The plain form of a text, without what is `skipped`."""
        simple = in_simplified(text)
        kept: list[int] = []
        at = 0
        for found in skipped.finditer(simple):
            kept.extend(range(at, found.start()))
            at = found.end()
        kept.extend(range(at, len(simple)))
        return cls("".join(simple[place] for place in kept), tuple(kept))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where in the whole text a stretch of this one stands: from, up to and without."""
        return self.at[first], self.at[last - 1] + 1

    def places(self, quote: str) -> tuple[tuple[int, int], ...]:
        """Every place in the whole text where the quote stands, in order; none for an empty one."""
        plain = Plain.of(quote).text
        found: list[tuple[int, int]] = []
        at = self.text.find(plain) if plain else -1
        while at >= 0:
            found.append(self.span(at, at + len(plain)))
            at = self.text.find(plain, at + len(plain))
        return tuple(found)
