"""What the codes of verdicts are called in both languages. Source: SEMANTICS, sections 4, 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.judging.verdict import ExemptReason, Reason, State, VerdictFlag
from reports.i18n import Lang


class BilingualWord(NamedTuple):
    """What one thing is called in both languages."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The word in that language."""
        return self.en if lang == "en" else self.zh


STATES: Mapping[State, BilingualWord] = {
    State.TO_BE_RULED: BilingualWord("待明确", "to be ruled"),
    State.EXEMPT: BilingualWord("免除", "exempt"),
    State.EXCEEDED: BilingualWord("超出上限", "exceeded"),
    State.MET: BilingualWord("已完成", "met"),
    State.MADE_UP: BilingualWord("逾期补办", "made up"),
    State.UPCOMING: BilingualWord("未开始", "upcoming"),
    State.DUE_SOON: BilingualWord("临期", "due soon"),
    State.BEHIND: BilingualWord("进度滞后", "behind"),
    State.OPEN: BilingualWord("进行中", "open"),
    State.OVERDUE: BilingualWord("逾期未完成", "overdue"),
}

SHORT_STATES: Mapping[State, BilingualWord] = {
    State.TO_BE_RULED: BilingualWord("待定", "to rule"),
    State.EXEMPT: BilingualWord("免除", "exempt"),
    State.EXCEEDED: BilingualWord("超限", "over"),
    State.MET: BilingualWord("完成", "met"),
    State.MADE_UP: BilingualWord("补办", "made up"),
    State.UPCOMING: BilingualWord("未始", "later"),
    State.DUE_SOON: BilingualWord("临期", "soon"),
    State.BEHIND: BilingualWord("滞后", "behind"),
    State.OPEN: BilingualWord("进行", "open"),
    State.OVERDUE: BilingualWord("逾期", "overdue"),
}
"""Two characters, for the cells of a month grid."""

LIGHTS: Mapping[str, BilingualWord] = {
    "red": BilingualWord("红", "red"),
    "yellow": BilingualWord("黄", "yellow"),
    "green": BilingualWord("绿", "green"),
    "blue": BilingualWord("蓝", "blue"),
    "grey": BilingualWord("灰", "grey"),
    "white": BilingualWord("白", "white"),
}

EXEMPT_REASONS: Mapping[ExemptReason, BilingualWord] = {
    ExemptReason.NOT_IN_FORCE: BilingualWord(
        "当时台账未起算，或职责未生效、已失效", "not in force"
    ),
    ExemptReason.HOLIDAY: BilingualWord("期间全为休息日", "no working day in it"),
    ExemptReason.TENURE: BilingualWord("在任时间不足", "too little of it in the post"),
    ExemptReason.WAIVED: BilingualWord("经批准豁免", "waived"),
    ExemptReason.NO_MEMBERS: BilingualWord("没有应覆盖的对象", "no members to reach"),
}

REASONS: Mapping[Reason, BilingualWord] = {
    Reason.VOIDED: BilingualWord("记录已作废", "the record was voided"),
    Reason.SUPERSEDED: BilingualWord("记录已被更正替代", "the record was superseded"),
    Reason.FUTURE: BilingualWord("日期在审计日之后", "its day lies after the audit day"),
    Reason.NOT_KNOWN_YET: BilingualWord(
        "截至认知日尚未登记", "not recorded yet by the knowledge day"
    ),
    Reason.HOLDER: BilingualWord("不是责任主体本人所为", "not done by the holder"),
    Reason.DELEGATION_NOT_ALLOWED: BilingualWord(
        "条款不允许由该职务代办", "the clause allows no such delegate"
    ),
    Reason.KIND: BilingualWord("活动类型不符", "not the kind of activity asked for"),
    Reason.ROLE: BilingualWord("履职角色不符", "not the role asked for"),
    Reason.ATTRIBUTE: BilingualWord("活动要素不符", "not the manner asked for"),
    Reason.SUBJECT: BilingualWord("对象不符", "not a subject asked for"),
    Reason.UNIT: BilingualWord("计量单位不符", "not the unit of quantity asked for"),
    Reason.OUTSIDE_TENURE: BilingualWord("不在任职期间", "outside the tenure"),
    Reason.NOT_IN_FORCE: BilingualWord("职责当时未生效", "the duty was not in force that day"),
    Reason.OUTSIDE_PERIOD: BilingualWord("不在本期时间内", "outside the period"),
    Reason.MAKE_UP_ELSEWHERE: BilingualWord("已注明补办其他期", "makes up another period"),
    Reason.OTHER_EVENT: BilingualWord("属于另一触发事项", "belongs to another event"),
    Reason.EVIDENCE: BilingualWord("缺少要求的佐证", "lacks the evidence asked for"),
    Reason.TOO_SMALL: BilingualWord("单次数量不足", "less than one act must be"),
    Reason.DUPLICATE: BilingualWord("与另一记录重复", "the same as another record"),
    Reason.TOO_SOON: BilingualWord("距上一次间隔不足", "too soon after the last one"),
    Reason.USED_ELSEWHERE: BilingualWord("已计入其他期", "counts for another period"),
}

FLAGS: Mapping[VerdictFlag, BilingualWord] = {
    VerdictFlag.RECORDED_LATE: BilingualWord("迟录", "recorded late"),
    VerdictFlag.RECORDED_EARLY: BilingualWord("提前登记", "recorded early"),
    VerdictFlag.BUNCHED: BilingualWord("集中在一天或期末", "all on one day or at the end"),
    VerdictFlag.NO_EVIDENCE: BilingualWord("缺佐证", "no evidence"),
    VerdictFlag.EVIDENCE_REUSED: BilingualWord("佐证重复使用", "evidence reused"),
    VerdictFlag.RECORDS_INCOMPLETE: BilingualWord("登记不全", "records incomplete"),
    VerdictFlag.NO_DATA: BilingualWord(
        "本期全单位无履职记录", "no record of the unit in the period"
    ),
    VerdictFlag.CLOSED: BilingualWord("补办期已过", "past making up"),
    VerdictFlag.BY_SUCCESSOR: BilingualWord("由继任者补办", "made up by a successor"),
    VerdictFlag.OVER_RANGE: BilingualWord("超过建议次数", "over the range"),
    VerdictFlag.HEDGED: BilingualWord("弹性要求", "said with a hedge"),
    VerdictFlag.NO_ROSTER: BilingualWord("无名册", "no roster"),
    VerdictFlag.QUANTITY_MISSING: BilingualWord("缺数量", "quantity missing"),
    VerdictFlag.TIME_MISSING: BilingualWord("缺时刻", "time missing"),
    VerdictFlag.HOLIDAY_TABLE_MISSING: BilingualWord("缺放假安排表", "no holiday table"),
}


def state_word(state: State, lang: Lang = "zh") -> str:
    """The word for a state: `已完成` for `met`."""
    return STATES[state].in_(lang)


def light_word(light: str, lang: Lang = "zh") -> str:
    """The word for a colour: `红` for `red`."""
    return LIGHTS[light].in_(lang)


def reason_word(reason: Reason, lang: Lang = "zh") -> str:
    """Why an act does not count."""
    return REASONS[reason].in_(lang)


def exempt_word(reason: ExemptReason | None, lang: Lang = "zh") -> str:
    """Why an obligation asks nothing; empty where it asks something."""
    return EXEMPT_REASONS[reason].in_(lang) if reason else ""


def flag_word(flag: VerdictFlag, lang: Lang = "zh") -> str:
    """The words for a flag."""
    return FLAGS[flag].in_(lang)


def flag_words(flags: tuple[VerdictFlag, ...], lang: Lang = "zh") -> str:
    """All flags, joined; empty when there is none."""
    return ("、" if lang == "zh" else ", ").join(flag_word(flag, lang) for flag in flags)
