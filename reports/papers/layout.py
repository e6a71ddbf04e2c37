"""How one notice is laid out on paper: what stands where, and how tightly. Source: PAPERS, 2 to 4.

Every number and day is the notice's own; here is only where they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import cast

from reports.figures import NOTHING, day_text
from reports.i18n import Lang, translator
from reports.notice.context import Notice, RefusedRow
from reports.papers.context import PaperLayout, PaperRow, Tightness

MOST_IN_LETTER = 3
"""So many lines of its table a paper has in its text; more go to an annex."""


def layout_of(notice: Notice, tightness: Tightness) -> PaperLayout:
    """The notice laid out so tightly."""
    lang = cast("Lang", notice.lang)
    most = 40 if notice.form == "letter" else 62
    mark = min(Fraction(most), Fraction(436) / max(Fraction(1), _units(notice.mark)))
    name, day = _width(notice.signed), _width(notice.dated)
    centre = max(_DATE_RIGHT + day / 2, _CHARACTER + name / 2)
    line = Fraction(26) if tightness >= Tightness.LINES else _LINE
    lines_above = 1 if notice.closing or tightness is Tightness.ANNEX else 2
    blank = Fraction(38) if tightness >= Tightness.LINES else _LINE * lines_above
    in_letter = len(notice.rows) <= MOST_IN_LETTER and tightness < Tightness.ANNEX
    stands_in_text = in_letter or notice.form == "slip"
    # A paper with a red head is answered by a report of its own.
    has_receipt = notice.wants_reply and notice.form != "red_head"
    return PaperLayout(
        notice=notice,
        rows=tuple(PaperRow(one, _due(one.due)) for one in notice.rows),
        tightness=tightness,
        is_loose=tightness is Tightness.LOOSE or not stands_in_text,
        is_table_tight=in_letter and tightness >= Tightness.TABLE,
        are_lines_tight=in_letter and tightness >= Tightness.LINES,
        is_title_tight=in_letter and tightness >= Tightness.TITLE,
        in_letter=stands_in_text,
        is_overdue=any(one.days_overdue != NOTHING for one in notice.rows),
        asks=("" if lang == "zh" else " ").join(
            one for one in (*notice.asks, notice.consequence) if one
        ),
        annexes=notice.annexes if has_receipt else notice.annexes[:1],
        has_receipt=has_receipt,
        laws=laws_text(notice, lang),
        refused=refused_text(
            notice.refused, lang, is_short=in_letter and tightness >= Tightness.REFUSED
        ),
        mark_size=_points(mark),
        lines_at=_points(mark - _MM * 3),
        head=_points(mark - _MM * 3 + 14),
        name_right=_points(centre - name / 2),
        date_right=_points(centre - day / 2),
        seal_right=_points(centre - _SEAL / 2),
        seal_top=_points(blank + 2 * line - _SEAL),
        blank=_points(blank),
    )


def laws_text(notice: Notice, lang: Lang) -> str:
    """《title》（number） clause: “quote”; a document is named once for clauses that follow."""
    _ = translator(lang)
    parts: list[str] = []
    before = ("", "")
    for law in notice.laws:
        document = (law.title, law.number)
        if document != before:
            parts.append(_("《{title}》").format(title=law.title))
            parts.append(_(" ({number})").format(number=law.number) if law.number else "")
        before = document
        parts.append(_(" {clause}").format(clause=law.clause).strip())
        parts.append(_(": ") + f"“{law.quote}”")
    return "".join(parts)


def refused_text(refused: tuple[RefusedRow, ...], lang: Lang, *, is_short: bool = False) -> str:
    """What was recorded and does not count, with why: each record, or shortly by reason."""
    if not refused:
        return ""
    _ = translator(lang)
    if is_short:
        days: dict[str, list[str]] = defaultdict(list)
        for one in refused:
            days[one.reasons].append(_day(one, lang))
        said = [
            _("{reason} ({days})").format(reason=reason, days=_(", ").join(on))
            for reason, on in days.items()
        ]
    else:
        said = [
            _("{day} {what}: {reason}").format(
                day=_day(one, lang), what=one.what, reason=one.reasons
            )
            for one in refused
        ]
    text = _("{count} recorded, but not counted: {records}.")
    return text.format(count=len(refused), records=_("; ").join(said))


def _day(one: RefusedRow, lang: Lang) -> str:
    return day_text(date.fromisoformat(one.day), lang)


_MM = Fraction(7200, 2540)
_LINE = Fraction("28.98")
_CHARACTER = Fraction("31.6")
_DATE_RIGHT = Fraction("63.2")
_SEAL = Fraction(119)
_YEAR_FIRST = re.compile(r"(\d{4}年)(\d.*)")


def _due(text: str) -> tuple[str, ...]:
    """A day after its year, and an hour after its day, on lines of their own."""
    day, _, hour = text.partition(" ")
    found = _YEAR_FIRST.fullmatch(day)
    parts = found.groups() if found else (day,)
    return (*parts, hour) if hour else parts


def _units(text: str) -> Fraction:
    """How many Chinese characters wide a text is."""
    return sum((Fraction(1) if ord(one) > 0x2E80 else Fraction(11, 20) for one in text), Fraction())


def _width(text: str) -> Fraction:
    """How wide it is at 16 points: a digit is half a character."""
    return sum((Fraction(16) if ord(one) > 0x2E80 else Fraction(8) for one in text), Fraction()) - (
        Fraction("0.21") * len(text)
    )


def _points(length: Fraction) -> str:
    """A length as the style sheet has it."""
    return f"{round(length, 2).__float__():.2f}"
