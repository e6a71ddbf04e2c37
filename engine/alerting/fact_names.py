"""The facts that a policy rule may ask: their names, their kinds, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from engine.judging.in_force import HolderSort
from engine.judging.verdict import LIGHTS, ExemptReason, State, VerdictFlag
from rules.frequency import Shape

Kind = Literal["number", "text", "truth"]


class Scope(StrEnum):
    """What a rule is about: an obligation, or a unit as a whole."""

    OBLIGATION = "obligation"
    UNIT = "unit"


@dataclass(frozen=True)
class FactName:
    """One fact: its kind, what it says, and its values where they are few (empty: any)."""

    name: str
    kind: Kind
    zh: str
    en: str
    values: tuple[str, ...] = ()


def _named(*facts: FactName) -> dict[str, FactName]:
    return {fact.name: fact for fact in facts}


OBLIGATION_FACTS: Mapping[str, FactName] = _named(
    FactName("state", "text", "状态", "state of the verdict", tuple(State)),
    FactName("light", "text", "亮灯", "its colour", tuple(sorted(set(LIGHTS.values())))),
    FactName("reason", "text", "免除原因", "why it is exempt", ("none", *ExemptReason)),
    FactName("shape", "text", "要求类型", "shape of the measure", tuple(Shape)),
    FactName("holder_kind", "text", "责任主体类别", "what owes it", tuple(HolderSort)),
    FactName("duty", "text", "职责编号", "id of the duty"),
    FactName("document", "text", "依据文件编号", "id of the document"),
    FactName("unit", "text", "单位编号", "id of the holder's unit"),
    FactName("unit_type", "text", "单位类型", "type of the holder's unit"),
    FactName("post", "text", "职务编号", "id of the post; empty for units and groups"),
    FactName("post_class", "text", "职务类别", "class of the post; empty for units"),
    FactName("named", "truth", "有具体责任人", "a person is named"),
    FactName("in_post", "truth", "仍在任", "the holder is there on the day of the audit"),
    FactName("held", "truth", "等待补录中", "overdue, and hold_working_days have not passed"),
    FactName(
        "short_periods",
        "truth",
        "短周期按月合并",
        "a month of periods shorter than it, told at once",
    ),
    FactName("days_overdue", "number", "逾期天数", "days overdue; 0 when not"),
    FactName(
        "working_days_overdue", "number", "逾期工作日数", "working days after it, to the audit's"
    ),
    FactName("days_to_due", "number", "距到期天数", "days to the due day with grace; 0 when past"),
    FactName("days_to_open", "number", "距开始天数", "days to the first day; 0 when begun"),
    FactName("days_late", "number", "补办迟延天数", "days late, when made up; otherwise 0"),
    FactName("window_days", "number", "窗口天数", "days from first to last day in force"),
    FactName("period_days", "number", "周期天数", "days of the period"),
    FactName("required", "number", "应完成（取整）", "required, rounded up"),
    FactName("done", "number", "已完成（取整）", "done, rounded down"),
    FactName("shortfall", "number", "差额（取整）", "shortfall, rounded up"),
    FactName("missing", "number", "未覆盖成员数", "members not reached"),
    FactName("periods_due", "number", "到期期数", "periods due; 1 but for a month of short ones"),
    FactName("periods_missed", "number", "未完成期数", "of these, missed"),
    FactName(
        "periods_running", "number", "连续未完成期数", "periods overdue in a row, this one included"
    ),
    FactName(
        "missed_this_quarter", "number", "本季度累计未完成期数", "overdue in the quarter, up to it"
    ),
    FactName(
        "missed_this_half_year",
        "number",
        "本半年累计未完成期数",
        "overdue in the half-year, up to it",
    ),
    FactName(
        "missed_this_year", "number", "本年累计未完成期数", "overdue this year, up to this one"
    ),
    FactName("late_this_year", "number", "本年累计逾期期数", "the same with those made up since"),
    *(FactName(flag, "truth", f"标记 {flag}", f"flag {flag}") for flag in VerdictFlag),
)

UNIT_FACTS: Mapping[str, FactName] = _named(
    FactName("unit", "text", "单位编号", "id of the unit"),
    FactName("unit_type", "text", "单位类型", "its type"),
    FactName("due", "number", "到期事项数", "obligations due in the settled span"),
    FactName("overdue", "number", "逾期未完成数", "of these, overdue"),
    FactName("red_permille", "number", "逾期千分比", "overdue of due, in permille, rounded down"),
    FactName("holders_due", "number", "到期责任主体数", "holders with something due"),
    FactName("holders_red", "number", "亮红灯责任主体数", "of these, with something overdue"),
    FactName(
        "holders_red_permille", "number", "红灯责任主体千分比", "the same in permille, rounded down"
    ),
    FactName("duties_red", "number", "逾期职责数", "distinct duties overdue"),
    FactName("place", "number", "同类单位名次", "place among units of its type; 0: none"),
    FactName("place_from_last", "number", "倒数名次", "place from the last one; 0: none"),
    FactName("units_ranked", "number", "参加排名单位数", "how many units have a place"),
)


def count_of(level: str) -> str:
    """The name of the unit's fact that counts its obligations at a level: `count_supervise`."""
    return f"count_{level}"


def sent_of(level: str) -> str:
    """The name of the fact that a notice of a level was issued about it: `sent_remind`."""
    return f"sent_{level}"


def lapsed_of(level: str) -> str:
    """The name of the fact that the limit of one passed, and nothing came of it."""
    return f"lapsed_{level}"


def facts_of(scope: Scope, levels: Iterable[str]) -> dict[str, FactName]:
    """All facts that a rule of that scope may ask: what the notices before came to, and for units
    also how many stand at each level.
    """
    levels = tuple(levels)
    found = dict(OBLIGATION_FACTS if scope is Scope.OBLIGATION else UNIT_FACTS)
    if scope is Scope.UNIT:
        counts = (
            FactName(
                count_of(one), "number", f"处于 {one} 的事项数", f"obligations standing at {one}"
            )
            for one in levels
        )
        found |= _named(*counts)
    for one in levels:
        found |= _named(
            FactName(sent_of(one), "truth", f"已发过 {one}", f"{one} was issued"),
            FactName(lapsed_of(one), "truth", f"{one} 逾期未办结", f"{one} lapsed"),
        )
    return found
