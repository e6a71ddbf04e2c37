"""What a clerk reads on the terminal after an audit: the worst first, then counts and rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from data.records import Records
from engine.verdict import Audit, State, Verdict, VerdictFlag
from reports.figures import NOTHING, amount, day_text, number, percent, periods_told, span_text
from reports.i18n import Lang, Translate, mark, translator
from reports.names import Names
from reports.statistics import (
    Group,
    by_duty,
    by_post_class,
    by_supervisor,
    by_unit,
    overdue_first,
    overdue_together,
    ranked,
)
from reports.tables import Column, print_line, print_table
from reports.words import flag_words, light_word, state_word
from rules.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 150
"""Columns of a terminal from which on each thing has a column of its own."""

_GROUP_COLUMNS = (
    mark("obligations"),
    mark("fallen due"),
    mark("met"),
    mark("made up"),
    mark("overdue"),
    mark("on time"),
    mark("done rate"),
)

_COUNTED = (
    State.OVERDUE,
    State.MADE_UP,
    State.EXCEEDED,
    State.MET,
    State.BEHIND,
    State.DUE_SOON,
    State.OPEN,
    State.UPCOMING,
    State.EXEMPT,
    State.TO_BE_RULED,
)


def print_summary(
    audit: Audit,
    records: Records,
    console: Console,
    lang: Lang = "zh",
    *,
    vocabulary: Vocabulary | None = None,
    limit: int = 30,
) -> None:
    """Prints the audit. `limit` is how many overdue lines are listed; the rest are counted."""
    _Summary(audit, Names(records, vocabulary), console, lang, limit).print()


class _Summary:
    """One audit, told part by part."""

    def __init__(
        self, audit: Audit, names: Names, console: Console, lang: Lang, limit: int
    ) -> None:
        self.audit = audit
        self.names = names
        self.console = console
        self.lang = lang
        self.limit = limit
        self._: Translate = translator(lang)

    def print(self) -> None:
        self._head()
        if not self.audit.verdicts:
            self._nothing()
        else:
            self._totals()
        _ = self._
        self._overdue(_("Overdue in this span"), self.audit.verdicts)
        self._arrears(_("Arrears: due earlier, still overdue (in no rate)"))
        if self.audit.verdicts:
            self._groups()
        self._vacancies()
        self._to_be_ruled()
        self._hint()

    def _line(self, text: str = "", style: str | None = None) -> None:
        print_line(self.console, text, style)

    def _head(self) -> None:
        _, audit, lang = self._, self.audit, self.lang
        self._line(
            _("Audit as of {day}, span {span}").format(
                day=day_text(audit.as_of, lang), span=span_text(audit.span, lang)
            ),
            "bold",
        )
        known = day_text(audit.known_on, lang) if audit.known_on else _("everything in the store")
        self._line(
            _("known: {known}; records from {first}").format(
                known=known, first=day_text(audit.records_from, lang)
            )
        )
        hashes = audit.hashes
        self._line(
            _("rules {rules}, rulings {rulings}, calendar {calendar}").format(
                rules=_short(hashes.rules),
                rulings=_short(hashes.rulings),
                calendar=_short(hashes.calendar),
            )
        )
        self._line()

    def _nothing(self) -> None:
        _, audit = self._, self.audit
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
        _, summary, lang = self._, self.audit.summary, self.lang
        met = summary.states.get(State.MET, 0)
        self._line(
            _("due {due}: on time {rate}, done {done}").format(
                due=summary.due, rate=percent(summary.rate), done=percent(summary.rate_done)
            ),
            "bold" if met else None,
        )
        counts = [
            f"{state_word(state, lang)} {summary.states.get(state, 0)}"
            for state in _COUNTED
            if summary.states.get(state, 0)
        ]
        self._line(("，" if lang == "zh" else ", ").join(counts))
        self._line()

    def _arrears(self, title: str) -> None:
        """Those that can still be made up are listed, the others counted."""
        arrears = self.audit.arrears
        alive = [verdict for verdict in arrears if VerdictFlag.CLOSED not in verdict.flags]
        self._overdue(title, alive)
        if len(arrears) > len(alive):
            self._line(
                self._("{count} arrears are past making up: --json or --csv lists them").format(
                    count=len(arrears) - len(alive)
                )
            )
            self._line()

    def _overdue(self, title: str, verdicts: Sequence[Verdict]) -> None:
        late = overdue_together(verdicts, self.names)
        if not late:
            return
        _ = self._
        narrow = self.console.is_terminal and self.console.width < WIDE
        columns = [
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
        shown = late[: self.limit]
        rows = [self._overdue_row(group, narrow) for group in shown]
        styles = [
            "yellow" if all(VerdictFlag.RECORDS_INCOMPLETE in one.flags for one in group) else "red"
            for group in shown
        ]
        print_table(self.console, f"{title} ({sum(map(len, late))})", columns, rows, styles)
        if len(late) > len(shown):
            self._line(
                _("and {count} more: --json or --csv lists all").format(
                    count=sum(map(len, late[self.limit :]))
                )
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
            str(verdict.days_overdue),
            *who,
            verdict.duty.title,
            periods_told(verdict.label, len(group), lang),
            amount(required, verdict.measure, lang),
            number(sum((one.done for one in group), Fraction(0))),
            number(sum((one.shortfall for one in group), Fraction(0))),
            verdict.due.isoformat() if verdict.due else NOTHING,
            *([] if narrow else [verdict.duty.clause]),
            flag_words(tuple(dict.fromkeys(flag for one in group for flag in one.flags)), lang),
        ]

    def _groups(self) -> None:
        _, verdicts, names = self._, self.audit.verdicts, self.names
        units = by_unit(verdicts, names)
        self._group_table(_("By unit"), _("unit"), [group for _at, group in ranked(units)])
        classes = by_post_class(verdicts, names, _("unit itself"))
        self._group_table(_("By post class"), _("post class"), classes)
        self._group_table(_("By duty"), _("duty"), by_duty(verdicts))
        watching = by_supervisor(verdicts)
        self._group_table(_("By the department that watches"), _("department"), watching)

    def _group_table(self, title: str, what: str, groups: Sequence[Group]) -> None:
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
        rows = self.audit.vacancies
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
        duties = {
            verdict.duty.id for verdict in self.audit.verdicts if verdict.state is State.TO_BE_RULED
        }
        if duties:
            self._line(
                self._(
                    "{count} duties are to be ruled: their clauses give no number or day, and the "
                    "office's rulings.yaml decides them."
                ).format(count=len(duties))
            )

    def _hint(self) -> None:
        audit = self.audit
        listed = [verdict for verdict in audit.arrears if VerdictFlag.CLOSED not in verdict.flags]
        worst = overdue_first(audit.verdicts, self.names) or overdue_first(listed, self.names)
        chosen = worst[0] if worst else (self.audit.verdicts or (None,))[0]
        if chosen:
            day = self.audit.as_of.isoformat()
            self._line(self._("Why? Ask for any of them:"))
            self._line(f"  dutyclock why '{chosen.id}' --as-of {day}")


def _short(digest: str) -> str:
    return digest[:8] or NOTHING
