"""Which rows of a sheet are no records: titles above, totals, signatures, heads that come again.

What is passed over here is always told; a row of which this cannot be said is read as a record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from data.cell_traces import is_blank, seen
from data.dates import Figure
from data.grids.cells import SheetCells
from data.intake.headings import plain_heading, plain_text
from problems import Place, Problem, Said, Several, names, said

HEADER_ROWS = 50
"""The headings of a sheet stand in one of so many rows."""

_SEVERAL = 3
_DAY = re.compile(
    r"'?[0-9]{1,4}[-/.年月][0-9]{1,2}|[12][0-9]{7}$|[〇零一二三四五六七八九十]{1,4}[年月]"
)
_TOTALS = re.compile(
    r"(?:本?(?:页|月|季度?|年度?|周|表|期)|全年|[上下]半年|[0-9]{1,2}月份?|[0-9]{4}年.{0,6}|第?[一二三四]季度)?"
    r"(?:合计|小计|总计|共计|累计|汇总|总和)(?P<rest>.{0,30})|(?:grand|sub)?-?total(?P<more>\W.{0,30})?"
)
_SIGNED = re.compile(
    r"(?:(?:填表|填报|制表|编制|审核|审批|审签|审定|签发|复核|校对|经办|经手|报送|上报|统计|录入|打印|导出|联系"
    r"|负责|分管|主管|主要|单位|部门|领导|电话|手机|传真|邮箱|日期|时间|盖章|公章|签字|签名)[^:]{0,12}"
    r"(?::.*|签字|签名|盖章|签章|公章|\((?:签字|签名|盖章|签章|公章)\):?.*)"
    r"|\((?:盖章|公章|签字|签章)\).*|(?:注|备注|说明|附注|附|附件|填表说明|注意事项|数据来源)[0-9]?:.*"
    r"|(?:填表|填报|制表|编制|审核|审批|复核|经办|统计|录入|报送|上报|联系|负责)(?:人员?|单位|部门|日期|时间)"
    r"|\(?(?:以下空白|以下无正文|此页无正文)\)?"
    r"|第[0-9]+页.{0,12}|[-—][0-9]+[-—])"
)
_LABEL = re.compile("[^:]+:?")
"""A label whose value stands in the next cell."""
_LONG = 12
_SUSPECT = re.compile("计|汇总|总和|total|:|：", re.IGNORECASE)
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}、.*|\([一二三四五六七八九十]{1,3}\).*"
    r"|(?:[0-9]{4}年)?(?:第?[一二三四]季度|[0-9]{1,2}月份?|[上下]半年)"
)


class RowKind(StrEnum):
    """What a row is that holds no record."""

    TOTALS = "totals"
    FOOT = "foot"
    HEAD = "head"
    SECTION = "section"
    ABOVE = "above"


_TOLD = {
    RowKind.TOTALS: said("rows_of_totals"),
    RowKind.FOOT: said("rows_of_signatures"),
    RowKind.HEAD: said("rows_of_headings"),
    RowKind.SECTION: said("rows_of_sections"),
    RowKind.ABOVE: said("rows_above_headings"),
}


@dataclass(frozen=True)
class Layout:
    """How a sheet stands: its headings by the index of their column, which of these columns a
    record needs (alternatives together), which hold its day, and what stands above its headings.
    """

    headings: Mapping[int, str]
    needed: Sequence[Collection[int]]
    days: Collection[int] = ()
    above: frozenset[str] = frozenset()
    wide: Collection[int] = ()
    """The numbers of rows whose one text is merged across many columns."""
    first: str = ""
    """The first heading, as it is written."""
    passed: dict[RowKind, list[int]] = field(default_factory=lambda: defaultdict(list))

    def is_record(self, number: int, cells: Sequence[str]) -> bool:
        """Whether a row is to be read as a record; what is filled and none is noted in `passed`."""
        if all(map(is_blank, cells)):
            return False
        kind = self._kind(number, cells)
        if kind is not None:
            self.passed[kind].append(number)
        return kind is None

    def is_plain(self, cells: Sequence[str]) -> bool:
        """Whether a row is a record at first sight: all that is needed is there, and nothing in its
        first cell speaks against it.
        """
        first = cells[0] if cells else ""
        if not first or first == self.first or _SUSPECT.search(first) is not None:
            return False
        return len(cells) >= self._width and all(map(cells.__getitem__, self._alone))

    @cached_property
    def _alone(self) -> list[int]:
        return [at for one in self.needed for at in one]

    @cached_property
    def _width(self) -> int:
        return 1 + max(self._alone, default=0)

    def _kind(self, number: int, cells: Sequence[str]) -> RowKind | None:
        filled = [at for at, text in enumerate(cells) if text and not is_blank(text)]
        heads = [
            at
            for at, heading in self.headings.items()
            if at < len(cells) and cells[at] and plain_heading(cells[at]) == heading
        ]
        if heads and len(heads) == sum(at in self.headings for at in filled):
            return RowKind.HEAD
        if len(filled) == 1 and RowKind.FOOT in self.passed:
            return RowKind.FOOT
        if any(at < len(cells) and _is_day(cells[at]) for at in self.days):
            return None
        first = plain_text(seen(cells[filled[0]])).replace("\n", "")
        is_whole = bool(self.needed) and all(
            any(at < len(cells) and cells[at].strip() for at in one) for one in self.needed
        )
        totals = _TOTALS.fullmatch(first)
        if totals and not ((totals["rest"] or totals["more"]) and is_whole):
            return RowKind.TOTALS
        if _SIGNED.fullmatch(first) and not (is_whole and self._has_other(cells, filled)):
            return RowKind.FOOT
        if is_whole:
            return None
        if len(filled) == 1:
            return self._of_one(number, filled[0], cells[filled[0]], first)
        return None

    @staticmethod
    def _has_other(cells: Sequence[str], filled: Iterable[int]) -> bool:
        """Whether something stands in a row beside signatures, days and names behind labels."""
        is_named = False
        for at in filled:
            text = plain_text(seen(cells[at]))
            if _SIGNED.fullmatch(text) is not None:
                is_named = _LABEL.fullmatch(text) is not None
            elif is_named or _is_day(cells[at]):
                is_named = False
            else:
                return True
        return False

    def _of_one(self, number: int, at: int, text: str, plain: str) -> RowKind | None:
        """What a row with a single text is."""
        if plain in self.above:
            return RowKind.HEAD
        if number in self.wide or _SECTION.fullmatch(plain):
            return RowKind.SECTION
        is_below = RowKind.FOOT in self.passed or RowKind.TOTALS in self.passed
        is_aside = at not in self.headings or at in self.days
        if is_aside and (is_below or len(plain) >= _LONG):
            return RowKind.FOOT
        return RowKind.FOOT if _is_day(text) and at not in self.days else None

    def remarks(self, file: str) -> list[Problem]:
        """What is told of the rows that were passed over."""
        return [
            Problem(
                Place(file, lines[0]),
                said("rows_passed_over", what=_TOLD[kind], rows=row_numbers(lines)),
            )
            for kind, lines in self.passed.items()
        ]


def _is_day(text: str) -> bool:
    """Whether a cell begins as a day does."""
    return isinstance(text, Figure) or _DAY.match(plain_text(seen(text))) is not None


def above_of(file: str, rows: Iterable[tuple[int, Sequence[str]]]) -> list[Problem]:
    """What is told of rows above the headings that look like more than a title."""
    lines = [number for number, cells in rows if sum(not is_blank(one) for one in cells) > _SEVERAL]
    layout = Layout({}, ())
    if lines:
        layout.passed[RowKind.ABOVE].extend(lines)
    return layout.remarks(file)


def texts_above(rows: Iterable[Sequence[str]]) -> frozenset[str]:
    """What stands above the headings of a sheet, as `Layout.above` wants it."""
    return frozenset(
        plain_text(seen(cell)).replace("\n", "") for row in rows for cell in row if cell.strip()
    )


_TALKING = frozenset(
    {"填表说明", "填写说明", "填报说明", "使用说明", "注意事项", "填报须知", "目录", "封面"}
)


def is_prose(grid: SheetCells, is_nearly_a_table: bool) -> bool:
    """Whether a sheet is there to be read by people: it is called so, or no two rows of it hold
    three cells or more and it is not called nearly as a table.
    """
    if plain_text(grid.name) in _TALKING:
        return True
    return (
        not is_nearly_a_table
        and sum(sum(not is_blank(one) for one in row) >= _SEVERAL for row in grid.rows) < 2
    )


def wide_rows(merged: Iterable[tuple[int, int, int, int]]) -> frozenset[int]:
    """The rows in which a cell is merged across at least three columns."""
    return frozenset(
        top for top, left, bottom, right in merged if top == bottom and right - left >= 2
    )


def hidden_rows(file: str, lines: Sequence[int]) -> list[Problem]:
    """What is told of rows that are not shown, and were read like the others."""
    if not lines:
        return []
    told = said("hidden_rows_read", rows=row_numbers(lines))
    return [Problem(Place(file, lines[0]), told, _HIDDEN)]


def hidden_sheet(file: str) -> Problem:
    """What is told of a sheet that is not shown, and was read like the others."""
    return Problem(Place(file), said("hidden_sheet_read"), _HIDDEN)


_HIDDEN: Said = said("delete_what_is_hidden")
_MOST = 20


def row_numbers(lines: Sequence[int]) -> Several:
    """`3, 5-8`: numbers in their order, the first ones of many."""
    runs: list[list[int]] = []
    for one in sorted(set(lines)):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    texts = [str(one) if one == last else f"{one}-{last}" for one, last in runs[:_MOST]]
    return names([*texts, "…"] if len(runs) > _MOST else texts)
