"""A notice of the register as the paper that it is: frozen when it was drafted, numbered when it
was issued. Source: FORMATS, section 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

from data.notice_register import NoticeStage, RegisteredNotice
from data.unreadable import as_written, json_read
from engine.alerting.policy import PaperForm
from reports.figures import day_text
from reports.i18n import LANGS, Lang, translator
from reports.notice.context import Law, Notice, NoticeRow, RefusedRow
from reports.notice.words import asks_by

_PARTS: Mapping[str, type] = {"laws": Law, "rows": NoticeRow, "refused": RefusedRow}


@dataclass(frozen=True)
class NoticeContent:
    """What a notice printed when it was drafted, the sentences of what it asks with their braces,
    and the beginning of its files' name. `is_signed`: the office had set who sends it.
    """

    notice: Notice
    asked: tuple[str, ...]
    name: str
    is_signed: bool = False

    def text(self) -> str:
        """The content as it is kept, the same for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def content_read(text: str) -> NoticeContent:
    """The content as it was kept; what a notice of today says besides is empty."""
    told = json_read(text)
    content = NoticeContent(
        _notice(told["notice"]), tuple(told["asked"]), told["name"], told["is_signed"]
    )
    if not isinstance(content.name, str) or content.notice.lang not in LANGS:
        raise ValueError(content.name)
    PaperForm(content.notice.form)
    return content


def registered_content(registered: RegisteredNotice) -> NoticeContent:
    """What a notice of the register printed. Raises BadInput where somebody else wrote it."""
    with as_written("register_notices", registered.notice):
        return content_read(registered.content)


def _notice(told: Mapping[str, Any]) -> Notice:
    known = {one.name for one in fields(Notice)}
    values: dict[str, Any] = dict.fromkeys(known, "")
    for name in known & told.keys():
        value = told[name]
        if name in _PARTS:
            value = tuple(_PARTS[name](**row) for row in value)
        values[name] = tuple(value) if isinstance(value, list) else value
    return Notice(**values)


def printed(registered: RegisteredNotice) -> Notice:
    """The paper as it stands now: an issued one keeps its number, day, limit and figures whenever
    it is printed.
    """
    with as_written("register_notices", registered.notice):
        return _printed(registered, content_read(registered.content))


def _printed(registered: RegisteredNotice, content: NoticeContent) -> Notice:
    notice = content.notice
    lang = cast("Lang", notice.lang)
    _ = translator(lang)
    if registered.stage is NoticeStage.APPROVED:
        return replace(notice, urgency=_("approved: not issued yet"))
    issued, days = registered.issued, registered.reply_working_days
    if issued is None or registered.number is None:
        return notice
    is_void = registered.stage is NoticeStage.WITHDRAWN
    until = registered.printed_until or issued
    return replace(
        notice,
        number=registered.number,
        dated=day_text(issued, lang),
        urgency=_("void") if is_void else "",
        asks=asks_by(content.asked, days, issued, until, lang),
    )
