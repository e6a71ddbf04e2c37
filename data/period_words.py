"""Periods as people write and read them (2024年4月, 二季度, 2024.4), as the labels they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.dates import flat

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_FORMS = (
    (re.compile(r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})月份?"), "{0}-{1:02}"),
    (re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})"), "{0}-{1:02}"),
    (re.compile(r"(?:([0-9]{4})年?)?第?([一二三四1-4])季度"), "{0}-Q{1}"),
    (re.compile(r"([0-9]{4})[-年]?[Qq]([1-4])"), "{0}-Q{1}"),
    (re.compile(r"(?:([0-9]{4})年?)?([上下])半年"), "{0}-H{1}"),
    (re.compile(r"([0-9]{4})[-年]?[Hh]([12])"), "{0}-H{1}"),
    (re.compile(r"([0-9]{4})年度?()"), "{0}"),
)
"""How a period is written, with its year and number, and its label."""


def label_meant(text: str, year: int | None = None) -> str:
    """The label of the period that a text names, else the text itself. `year` is that of periods
    that name none (None: those are no labels).
    """
    return next(_labels(flat(text), year), text)


def _labels(plain: str, year: int | None) -> Iterator[str]:
    for form, label in _FORMS:
        found = form.fullmatch(plain)
        if found and (found[1] or year):
            number = found[2] and _NUMBERS.get(found[2], found[2])
            yield label.format(found[1] or f"{year:04}", int(number or 0))
