"""What is to be done on a day, on a terminal: what `dutyclock today` prints."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.judging.verdict import State, Verdict, VerdictFlag
from reports.codes import flag_words, state_word
from reports.figures import (
    NOTHING,
    amount,
    day_text,
    day_with_weekday,
    days_told,
    period_text,
    periods_told,
)
from reports.i18n import Lang, Translate, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, Row, print_line, print_table
from reports.today.facts import Call, DueTogether, Today

if TYPE_CHECKING:
    from rich.console import Console

MOST_CALLS = 8
MOST_LINES = 12
MOST_NAMES = 3


def print_today(
    console: Console,
    it: Today,
    names: Names,
    numbers: RowNumbers,
    lang: Lang = "zh",
    *,
    every: bool = False,
) -> None:
    """Prints whom to call, what turned red and what falls due; `every` line, or the first ones."""
    _TodayText(console, it, names, numbers, lang, every).print()


class _TodayText:
    def __init__(
        self,
        console: Console,
        it: Today,
        names: Names,
        numbers: RowNumbers,
        lang: Lang,
        every: bool,
    ) -> None:
        self.console = console
        self.it = it
        self.names = names
        self.numbers = numbers
        self.lang = lang
        self.every = every
        self._: Translate = translator(lang)

    def print(self) -> None:
        _, it = self._, self.it
        day = day_with_weekday(it.as_of, self.lang)
        print_line(self.console, _("To be done on {day}").format(day=day), "bold")
        if not it.is_workday:
            following = day_with_weekday(it.next_workday, self.lang)
            text = _("a day of rest; the next working day is {day}")
            print_line(self.console, text.format(day=following))
        print_line(self.console)
        self._calls()
        self._turned()
        self._due()
        if it.to_send:
            text = _(
                "{count} more are overdue long enough for papers: dutyclock notices --as-of {day} "
                "--out FOLDER"
            )
            print_line(self.console, text.format(count=len(it.to_send), day=it.as_of))

    def _table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        about: Sequence[Verdict],
        most: int,
        empty: str,
    ) -> None:
        if not rows:
            print_line(self.console, empty)
            print_line(self.console)
            return
        shown = rows if self.every else rows[:most]
        ids = [one.id for one in about[: len(shown)]]
        columns = [number_column(self.lang), *columns]
        numbered = self.numbers.rows(ids, shown)
        print_table(self.console, f"{title} ({len(rows)})", columns, numbered)
        if len(rows) > len(shown):
            text = self._("and {count} more: --all lists them")
            print_line(self.console, text.format(count=len(rows) - len(shown)))
            print_line(self.console)

    def _calls(self) -> None:
        _ = self._
        columns = [
            Column(_("whom")),
            Column(_("telephone")),
            Column(_("why")),
            Column(_("at the latest")),
        ]
        rows = [
            [self._whom(one), one.phone or _("no number: add it"), self._why(one),
             day_text(one.latest, self.lang)]
            for one in self.it.calls
        ]  # fmt: skip
        about = [one.matters[0] for one in self.it.calls]
        empty = _("Nobody has to be called.")
        self._table(_("To be called"), columns, rows, about, MOST_CALLS, empty)

    def _whom(self, one: Call) -> str:
        _, names = self._, self.names
        where = names.unit(one.unit)
        if one.post:
            where += ("" if self.lang == "zh" else " ") + names.post(one.post)
        who = names.person(one.person) if one.person else _("nobody in the post")
        if one.has_left:
            where += _("; ") + _("has left the post")
        if one.for_unit:
            where += _("; ") + _("for the unit")
        return who + _(" ({number})").format(number=where)

    def _why(self, one: Call) -> str:
        """The most pressing matter, how many more there are, and what to ask for."""
        _, first = self._, one.matters[0]
        period = period_text(first.called, first.period, self.lang)
        short = amount(first.shortfall, first.measure, self.lang)
        day = day_text(first.due, self.lang)
        text = _("{duty}, {period}: {short} short, due {day}")
        told = text.format(duty=first.duty.title, period=period, short=short, day=day)
        if len(one.matters) > 1:
            told += _("; ") + _("and {count} more").format(count=len(one.matters) - 1)
        asks = _("to be done and recorded in time")
        if VerdictFlag.RECORDS_INCOMPLETE in first.flags:
            asks = _("the record lacks something: complete it")
        elif first.state is State.OVERDUE:
            asks = _("if done, record it; if not, make it up")
        return told + _("; ") + asks

    def _turned(self) -> None:
        _, names, lang = self._, self.names, self.lang
        columns = [
            *map(Column, (_("owed by"), _("duty"), _("period"))),
            Column(_("short"), right=True),
            *map(Column, (_("due"), _("remarks"))),
        ]
        rows = [
            [
                names.holder(group[0], lang),
                group[0].duty.title,
                periods_told(group[0].called, len(group), lang),
                _short(group, lang),
                days_told([one.due for one in group if one.due], lang),
                flag_words(tuple(dict.fromkeys(x for one in group for x in one.flags)), lang),
            ]
            for group in self.it.turned
        ]
        since = day_text(self.it.since, lang)
        title = _("Turned red since {day}").format(day=since)
        empty = _("Nothing turned red since {day}.").format(day=since)
        about = [group[0] for group in self.it.turned]
        self._table(title, columns, rows, about, MOST_LINES, empty)

    def _due(self) -> None:
        _ = self._
        columns = [
            *map(Column, (_("due"), _("duty"), _("unit"), _("owed by"))),
            Column(_("short"), right=True),
            Column(_("state")),
        ]
        rows = [self._due_row(one) for one in self.it.due]
        empty = _("Nothing falls due in seven days.")
        about = [one.verdicts[0] for one in self.it.due]
        self._table(_("Due in seven days"), columns, rows, about, MOST_LINES, empty)

    def _due_row(self, group: DueTogether) -> list[str]:
        names, lang, first = self.names, self.lang, group.verdicts[0]
        who = dict.fromkeys(
            names.holder_person(one) or names.holder_post(one) or NOTHING for one in group.verdicts
        )
        states = sorted({one.state for one in group.verdicts}, key=[*State].index)
        return [
            days_told([one.due for one in group.verdicts if one.due], lang),
            first.duty.title,
            self._some([names.unit(one) for one in group.units], len(group.units)),
            self._some([*who], group.holders),
            _short(group.verdicts, lang),
            ("、" if lang == "zh" else ", ").join(state_word(one, lang) for one in states),
        ]

    def _some(self, told: Sequence[str], count: int) -> str:
        """The first names, and how many there are in all."""
        names = ("、" if self.lang == "zh" else ", ").join(told[:MOST_NAMES])
        if count <= MOST_NAMES or names == NOTHING:
            return names
        return self._("{names} and others, {count}").format(names=names, count=count)


def _short(group: Sequence[Verdict], lang: Lang) -> str:
    total = sum((one.shortfall for one in group), Fraction(0))
    return amount(total, group[0].measure, lang)
