"""What a clerk reads on the terminal after an audit: the worst first, then counts and rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.judging.verdict import WORST_FIRST, State, Verdict, VerdictFlag
from reports.audit.overview import MOST_LINES, Listed, Overview
from reports.audit.statistics import (
    VerdictGroup,
    by_duty,
    by_post_class,
    by_supervisor,
    by_unit,
    ranked,
)
from reports.codes import flag_word, light_word, state_word
from reports.figures import NOTHING, amount, day_text, number, percent, periods_told, span_text
from reports.i18n import Lang, Translate, mark, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.proof import EVERYTHING, hashes_line
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 150
"""Columns of a terminal from which on each thing has a column of its own."""

_GROUP_COLUMNS = (
    mark("obligations"),
    mark("fallen due"),
    mark("met"),
    mark("made up late"),
    mark("overdue"),
    mark("on time"),
    mark("done rate"),
)


def print_summary(
    overview: Overview,
    names: Names,
    console: Console,
    numbers: RowNumbers,
    lang: Lang = "zh",
    *,
    limit: int = MOST_LINES,
    asked_of: str = "",
) -> None:
    """Prints what an audit comes to. `limit` is how many groups of a sort are listed, where some of
    them are as they should be; `asked_of` are the options that named the store and the rules, as
    they are typed, so that the question at the end is put to the same ones.
    """
    _Summary(overview, names, console, numbers, lang, limit, asked_of).print()


class _Summary:
    """One audit, told part by part."""

    def __init__(
        self,
        overview: Overview,
        names: Names,
        console: Console,
        numbers: RowNumbers,
        lang: Lang,
        limit: int,
        asked_of: str,
    ) -> None:
        self.overview = overview
        self.names = names
        self.console = console
        self.numbers = numbers
        self.lang = lang
        self.limit = limit
        self.asked_of = asked_of
        self._: Translate = translator(lang)

    def print(self) -> None:
        self._head()
        anything = self.overview.summary.states.total()
        if not anything:
            self._nothing()
        else:
            self._totals()
        _ = self._
        self._overdue(_("Overdue in this span"), self.overview.overdue)
        self._arrears(_("Arrears: due earlier, still overdue (in no rate)"))
        if anything:
            self._groups()
        self._vacancies()
        self._to_be_ruled()
        self._hint()

    def _line(self, text: str = "", style: str | None = None) -> None:
        print_line(self.console, text, style)

    def _head(self) -> None:
        _, audit, lang = self._, self.overview, self.lang
        self._line(
            _("Audit as of {day}, span {span}").format(
                day=day_text(audit.as_of, lang), span=span_text(audit.span, lang)
            ),
            "bold",
        )
        known = day_text(audit.known_on, lang) if audit.known_on else _(EVERYTHING)
        self._line(
            _("known: {known}; records from {first}").format(
                known=known, first=day_text(audit.records_from, lang)
            )
        )
        self._line(hashes_line(audit.hashes, lang))
        self._line()

    def _nothing(self) -> None:
        _, audit = self._, self.overview
        self._line(_("No obligation falls due in this span."), "yellow")
        if audit.span.first < audit.records_from:
            self._line(
                _(
                    "Nobody is judged on days before {first}, when the records begin. If they "
                    "reach further back, say so: dutyclock init --records-from DAY, or the line "
                    "records_from in the table of settings."
                ).format(first=day_text(audit.records_from, self.lang))
            )
        self._line()

    def _totals(self) -> None:
        _, summary, lang = self._, self.overview.summary, self.lang
        self._line(
            _("due {due}: on time {rate}, done {done}").format(
                due=summary.due, rate=percent(summary.rate), done=percent(summary.rate_done)
            ),
            "bold" if summary.states[State.MET] else None,
        )
        counts = [
            f"{state_word(state, lang)} {summary.states[state]}"
            for state in WORST_FIRST
            if summary.states[state]
        ]
        self._line(("，" if lang == "zh" else ", ").join(counts))
        self._line()

    def _arrears(self, title: str) -> None:
        """Those that can still be made up are listed, the others counted."""
        self._overdue(title, self.overview.arrears)
        if self.overview.closed:
            self._line(
                self._("{count} arrears are past making up: --json or --csv lists them").format(
                    count=self.overview.closed
                )
            )
            self._line()

    def _overdue(self, title: str, listed: Listed) -> None:
        if not listed.lines:
            return
        _ = self._
        narrow = self.console.is_terminal and self.console.width < WIDE
        columns = [
            number_column(self.lang),
            Column(_("days"), right=True),
            *(
                [Column(_("owed by"))]
                if narrow
                else map(Column, (_("unit"), _("post"), _("person")))
            ),
            Column(_("duty")),
            Column(_("period")),
            Column(_("required"), right=True),
            Column(_("done"), right=True),
            Column(_("short"), right=True),
            Column(_("due")),
            *([] if narrow else [Column(_("clause"))]),
            Column(_("remarks")),
        ]
        rows = [self._overdue_row(line, narrow) for line in listed.lines]
        styles = [
            "yellow" if all(VerdictFlag.RECORDS_INCOMPLETE in one.flags for one in line) else "red"
            for line in listed.lines
        ]
        print_table(self.console, f"{title} ({listed.total})", columns, rows, styles)
        if listed.left_out:
            self._line(
                _("and {count} more: --json or --csv lists all").format(count=listed.left_out)
            )

    def _overdue_row(self, group: Sequence[Verdict], narrow: bool) -> list[str]:
        names, lang, verdict = self.names, self.lang, group[0]
        who = [
            names.unit(verdict.unit),
            names.holder_post(verdict) or NOTHING,
            names.holder_person(verdict) or NOTHING,
        ]
        if narrow:
            who = [" ".join(part for part in who if part != NOTHING)]
        required = sum((one.required for one in group), Fraction(0))
        return [
            self.numbers.of(verdict.id),
            str(verdict.days_overdue),
            *who,
            verdict.duty.title,
            periods_told(verdict.called, len(group), lang),
            amount(required, verdict.measure, lang),
            number(sum((one.done for one in group), Fraction(0))),
            number(sum((one.shortfall for one in group), Fraction(0))),
            verdict.due.isoformat() if verdict.due else NOTHING,
            *([] if narrow else [verdict.duty.clause]),
            self._remarks(group),
        ]

    def _remarks(self, group: Sequence[Verdict]) -> str:
        """The flags of a line; of those that not all of its periods have, how many do."""
        _, told = self._, []
        for flag in dict.fromkeys(flag for one in group for flag in one.flags):
            word, times = flag_word(flag, self.lang), sum(flag in one.flags for one in group)
            told.append(
                word
                if times == len(group)
                else _("{remark} ({count})").format(remark=word, count=times)
            )
        return ("、" if self.lang == "zh" else ", ").join(told)

    def _groups(self) -> None:
        _, audit, names = self._, self.overview, self.names
        self._group_table(_("By unit"), _("unit"), ranked(by_unit(audit.by_unit, names)))
        classes = by_post_class(audit.by_class, names, _("unit itself"))
        self._group_table(_("By post class"), _("post class"), classes)
        self._group_table(_("By duty"), _("duty"), by_duty(audit.by_duty, audit.duties))
        watching = by_supervisor(audit.by_duty, audit.duties)
        self._group_table(_("By the department that watches"), _("department"), watching)

    def _group_table(self, title: str, what: str, groups: Sequence[VerdictGroup]) -> None:
        lang = self.lang
        asked = [group for group in groups if group.obligations]
        shown = asked
        if len(asked) > self.limit:
            shown = [group for group in asked if group.rate is not None and group.rate < 1]
        columns = (
            Column(what),
            *(Column(self._(name), right=True) for name in _GROUP_COLUMNS),
            Column("/".join(light_word(light, lang) for light in ("red", "yellow", "green"))),
        )
        rows = [
            [
                group.name,
                str(group.obligations),
                str(group.due),
                str(group.met),
                str(group.made_up),
                str(group.overdue),
                percent(group.rate),
                percent(group.rate_done),
                f"{group.red}/{group.yellow}/{group.green}",
            ]
            for group in shown
        ]
        if rows:
            print_table(self.console, title, columns, rows)
        if len(asked) > len(shown):
            self._line(
                self._(
                    "and {count} more, with nothing late or nothing due: --html lists all"
                ).format(count=len(asked) - len(shown))
            )
            self._line()

    def _vacancies(self) -> None:
        rows = self.overview.vacancies
        if not rows:
            return
        _ = self._
        columns = (
            Column(_("unit")),
            Column(_("post")),
            Column(_("first day")),
            Column(_("last day")),
        )
        lines = [
            [
                self.names.unit(row.unit),
                self.names.post(row.post),
                row.first.isoformat(),
                row.last.isoformat(),
            ]
            for row in rows
        ]
        print_table(self.console, _("Vacant posts that owe duties"), columns, lines)

    def _to_be_ruled(self) -> None:
        count = self.overview.to_be_ruled
        if count:
            self._line(
                self._(
                    "{count} duties are to be ruled: their clauses give no number or day, and the "
                    "office's rulings.yaml decides them."
                ).format(count=count)
            )

    def _hint(self) -> None:
        name, day = self.overview.example, self.overview.as_of.isoformat()
        if name is not None:
            self._line(self._("Why? Ask for any of them:"))
            where = f" {self.asked_of}" if self.asked_of else ""
            # A row that is listed has a number; of what none is shown, the whole id is asked.
            if name in self.numbers.verdicts:
                self._line(f"  dutyclock why {self.numbers.of(name)}{where}")
            else:
                self._line(f"  dutyclock why '{name}' --as-of {day}{where}")
