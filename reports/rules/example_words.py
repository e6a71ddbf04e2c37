"""A worked example in one line: what is done and given in it, in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.judging.verdict import State
from reports.codes import STATES, BilingualWord
from reports.i18n import Lang, translator
from rules.duty import Example

KEYS: Mapping[str, BilingualWord] = {
    "first_day": BilingualWord("第一天", "first day"),
    "day": BilingualWord("日期", "day"),
    "time": BilingualWord("时刻", "time"),
    "kind": BilingualWord("种类", "kind"),
    "role": BilingualWord("角色", "role"),
    "by": BilingualWord("由", "by"),
    "by_unit": BilingualWord("登记在单位名下", "under the unit"),
    "on_behalf_of": BilingualWord("受委托", "on the holder's behalf"),
    "person": BilingualWord("人员", "person"),
    "for_period": BilingualWord("属于", "for"),
    "event": BilingualWord("对应", "answers"),
    "makes_up": BilingualWord("补办", "makes up"),
    "quantity": BilingualWord("数量", "quantity"),
    "out_of": BilingualWord("总数", "out of"),
    "unit": BilingualWord("计量单位", "unit"),
    "subjects": BilingualWord("对象", "subjects"),
    "subject": BilingualWord("对象", "subject"),
    "attributes": BilingualWord("属性", "attributes"),
    "evidence": BilingualWord("佐证", "evidence"),
    "recorded": BilingualWord("登记于", "recorded"),
    "from": BilingualWord("自", "from"),
    "to": BilingualWord("至", "to"),
    "successor_from": BilingualWord("接任自", "a successor from"),
    "leaves": BilingualWord("离任于", "somebody leaves on"),
    "acting": BilingualWord("代理期间", "somebody acts"),
    "term": BilingualWord("届期", "term"),
    "tags": BilingualWord("标签", "tags"),
    "facts": BilingualWord("情况", "facts"),
    "type": BilingualWord("类型", "type"),
    "industry": BilingualWord("行业", "industry"),
    "waived": BilingualWord("豁免", "waived"),
    "events": BilingualWord("触发事项", "events"),
    "members": BilingualWord("应覆盖对象", "members"),
    "records_from": BilingualWord("台账起算", "records from"),
    "assigned": BilingualWord("包保自", "assigned from"),
    "class": BilingualWord("职务类别", "class"),
    "first": BilingualWord("自", "from"),
    "last": BilingualWord("至", "to"),
    "status": BilingualWord("状态", "status"),
    "title": BilingualWord("名称", "title"),
}
"""What the keys of an example are called."""

_STATUS: Mapping[str, BilingualWord] = {
    "planned": BilingualWord("计划", "planned"),
    "moved": BilingualWord("改期", "moved"),
    "cancelled": BilingualWord("取消", "cancelled"),
    "done": BilingualWord("已办", "done"),
}


def example_text(example: Example, lang: Lang = "zh") -> str:
    """The day, what is done and given, and what comes of it."""
    _ = translator(lang)
    comma = _(", ")
    done = comma.join(_done(one, lang) for one in example.done) or _("nothing")
    given = comma.join(_pair(key, value, lang) for key, value in example.world.items())
    states = {state.value: STATES[state].in_(lang) for state in State}
    expected = comma.join(
        f"{label} {states.get(state, state)}" for label, state in example.expect.items()
    )
    parts = [
        example.name or "",
        _("on {day}").format(day=example.as_of),
        _("done {acts}").format(acts=done),
        given,
    ]
    return _("; ").join(part for part in parts if part) + f" → {expected}"


def _done(one: date | dict[str, Any], lang: Lang) -> str:
    if not isinstance(one, dict):
        return str(one)
    rest = {key: value for key, value in one.items() if key != "day"}
    return _with(str(one.get("day", "")), rest, lang)


def _with(what: str, rest: Mapping[str, Any], lang: Lang) -> str:
    """Something with what is said of it in brackets."""
    said = translator(lang)(", ").join(_pair(key, value, lang) for key, value in rest.items())
    if not said:
        return what
    return f"{what}（{said}）" if lang == "zh" else f"{what} ({said})"


def _pair(key: str, value: Any, lang: Lang) -> str:
    word = KEYS[key].in_(lang) if key in KEYS else key
    if key == "assigned" and value is False:
        return "未包保" if lang == "zh" else "not assigned"
    if value is True:
        return word
    if key == "status":
        return f"{word} {_STATUS[value].in_(lang)}" if value in _STATUS else f"{word} {value}"
    return f"{word} {_plain(value, lang)}"


def _plain(value: Any, lang: Lang) -> str:
    if isinstance(value, dict):
        if "id" in value:
            rest = {key: one for key, one in value.items() if key != "id"}
            return _with(str(value["id"]), rest, lang)
        return translator(lang)(", ").join(f"{key}={one}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        if len(value) == 2 and all(isinstance(one, date) for one in value):
            return f"{value[0]}..{value[1]}"
        return ("、" if lang == "zh" else ", ").join(_plain(one, lang) for one in value)
    return str(value)
