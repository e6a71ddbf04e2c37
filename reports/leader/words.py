"""A leader's record put into words: the rows of its tables, for terminal and page alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from data.likeness import tidy
from data.records import Delegation, Waiver
from engine.calendar.periods import Period
from engine.judging.verdict import State, Verdict
from reports.audit.statistics import overdue_first
from reports.codes import (
    SHORT_STATES,
    STATES,
    exempt_word,
    flag_words,
    light_word,
    state_word,
)
from reports.context import DelegationRow, OverdueRow, WaiverRow
from reports.figures import NOTHING, amount, day_text, number, percent, period_text, span_text
from reports.i18n import Lang, mark, translator
from reports.leader.context import (
    ActRow,
    AlertRow,
    Cell,
    DutyRow,
    Grid,
    GridRow,
    LeaderFile,
    PostRow,
    SumRow,
)
from reports.leader.facts import NOISE, ActLine, DutyLine, LeaderRecord
from reports.names import Names
from reports.proof import proof_line
from reports.refusals import act_refused
from rules.duty import Document
from rules.rulebook import Hashes
from rules.wording import measure_in_words


def rate_line(record: LeaderRecord, lang: Lang = "zh") -> str:
    """What fell due, the rates over it, and how many stand in which state."""
    _ = translator(lang)
    head = _("due {due}: on time {rate}, done {done}").format(
        due=record.due, rate=percent(record.rate), done=percent(record.rate_done)
    )
    counts = _(", ").join(
        f"{state_word(state, lang)} {record.states[state]}"
        for state in STATES
        if record.states.get(state)
    )
    return f"{head}{_('; ')}{counts}" if counts else head


WAIVER_COLUMNS = (mark("first and last day"), mark("what"), mark("reason"), mark("document"))
DELEGATION_COLUMNS = (
    mark("first and last day"),
    mark("for"),
    mark("acts for it"),
    mark("what"),
    mark("reason"),
    mark("document"),
)


def waiver_row(waiver: Waiver, titles: Mapping[str, str], lang: Lang = "zh") -> WaiverRow:
    """A waiver in words; `titles` are those of duties by id."""
    _ = translator(lang)
    return WaiverRow(
        days=span_text(Period(waiver.first, waiver.last), lang),
        what=titles.get(waiver.duty, waiver.duty) if waiver.duty else _("all duties"),
        reason=waiver.reason,
        document=waiver.document or "",
    )


def delegation_row(
    row: Delegation, titles: Mapping[str, str], names: Names, lang: Lang = "zh"
) -> DelegationRow:
    """A delegation in words; `titles` are those of duties by id."""
    _ = translator(lang)
    if row.last is None:
        days = _("from {first} on").format(first=day_text(row.first, lang))
    else:
        days = span_text(Period(row.first, row.last), lang)
    return DelegationRow(
        days=days,
        holder=names.post(row.holder),
        delegate=names.post(row.delegate),
        what=titles.get(row.duty, row.duty) if row.duty else _("what the clauses allow"),
        reason=row.reason or "",
        document=row.document or "",
    )


class LeaderWords:
    """The tables of one record in one language."""

    def __init__(
        self,
        record: LeaderRecord,
        lang: Lang = "zh",
        documents: Mapping[str, Document] | None = None,
    ) -> None:
        self.record = record
        self.lang = lang
        self.documents = documents or {}
        self.names = record.names
        self._ = translator(lang)
        every = (*record.verdicts, *record.shared)
        self._by_id: Mapping[str, Verdict] = {verdict.id: verdict for verdict in every}

    def heading(self) -> str:
        """Who it is; the id, unit and post tell people of one name apart."""
        record, _ = self.record, self._
        posts = _(", ").join(
            dict.fromkeys(f"{row.unit_name} {row.title}" for row in record.appointments)
        )
        return _("{name} [{person}] {posts}, as of {day}").format(
            name=tidy(record.person.name),
            person=record.person.person,
            posts=posts or _("no post"),
            day=day_text(record.as_of, self.lang),
        )

    def posts(self) -> list[PostRow]:
        """A row for each of his appointments."""
        _ = self._
        return [
            PostRow(
                unit=row.unit_name,
                post=row.title,
                post_class=row.post_class,
                days=_("{first} to {last}").format(
                    first=day_text(row.first, self.lang),
                    last=day_text(row.last, self.lang) if row.last else _("today"),
                ),
                acting=_("acting") if row.acting else "",
                document=row.document or "",
                reason=row.reason or "",
            )
            for row in self.record.appointments
        ]

    def duties(self) -> list[DutyRow]:
        """Each duty of each post once, with its first clause."""
        rows: list[DutyRow] = []
        for line in self.record.duties:
            verdict = line.verdicts[-1]
            document = self.documents.get(verdict.duty.document)
            title = f"《{document.title}》" if document else verdict.duty.document
            if document and document.number:
                title += self._(" ({number})").format(number=document.number)
            rows.append(
                DutyRow(
                    no=len(rows) + 1,
                    duty=line.title,
                    post=self._post(line),
                    measure=measure_in_words(verdict.measure, self.lang),
                    law=title + self._(" {clause}").format(clause=verdict.duty.clause),
                    quote=verdict.duty.quote,
                )
            )
        return rows

    def grids(self) -> list[Grid]:
        """A grid for each year in which something fell due."""
        years = sorted({int(month[:4]) for month in self.record.months})
        return [
            Grid(
                year,
                tuple(
                    GridRow(
                        line.title,
                        self._post(line),
                        tuple(
                            self._cell(line.months.get(f"{year:04d}-{month:02d}"))
                            for month in range(1, 13)
                        ),
                    )
                    for line in self.record.duties
                    if any(int(month[:4]) == year for month in line.months)
                ),
            )
            for year in years
        ]

    def _cell(self, verdict: Verdict | None) -> Cell:
        if verdict is None:
            return Cell("", "", "", "")
        return Cell(
            SHORT_STATES[verdict.state].in_(self.lang),
            light_word(verdict.light, self.lang),
            verdict.light,
            f"{number(verdict.done)}/{number(verdict.required)}",
        )

    def sums(self) -> list[SumRow]:
        """The sums by duty and post."""
        rows = []
        for line in self.record.duties:
            many = partial(amount, measure=line.verdicts[-1].measure, lang=self.lang)
            rows.append(
                SumRow(
                    duty=line.title,
                    post=self._post(line),
                    due=line.due,
                    required=many(line.required),
                    done=many(line.done),
                    made_up=line.made_up,
                    overdue=line.overdue,
                    short=many(line.short),
                    rate=percent(line.rate),
                )
            )
        return rows

    def overdue(self) -> list[OverdueRow]:
        """What is overdue, the longest first."""
        return [self._verdict(one) for one in overdue_first(self.record.verdicts, self.names)]

    def shared(self) -> list[OverdueRow]:
        """What groups owe that he belongs to."""
        return [self._verdict(one) for one in self.record.shared]

    def _verdict(self, verdict: Verdict) -> OverdueRow:
        remarks = [
            state_word(verdict.state, self.lang),
            exempt_word(verdict.reason, self.lang),
            flag_words(verdict.flags, self.lang),
        ]
        return OverdueRow(
            verdict=verdict.id,
            duty=verdict.duty.title,
            post=self.names.holder_post(verdict),
            period=period_text(verdict.called, verdict.period, self.lang),
            required=amount(verdict.required, verdict.measure, self.lang),
            done=amount(verdict.done, verdict.measure, self.lang),
            due=verdict.due.isoformat() if verdict.due else NOTHING,
            days=verdict.days_overdue or 0,
            remarks=self._(", ").join(part for part in remarks if part),
        )

    def acts(self) -> list[ActRow]:
        """What was done, by day, with what each counts for and what not."""
        return [self._act(line) for line in self.record.activities]

    def _act(self, line: ActLine) -> ActRow:
        act = line.act
        day = act.day.isoformat()
        if act.first_day and act.first_day != act.day:
            day = f"{act.first_day.isoformat()}..{day}"
        own = [item for item in line.counts_for if item.is_own]
        others = len(line.counts_for) - len(own)
        counts = [self._about(item.verdict) for item in own]
        if others:
            counts.append(self._("{count} of others").format(count=others))
        return ActRow(
            activity=act.activity,
            day=day,
            kind=act.kind,
            role=act.role or "",
            post=self._recorded_under(act.holder),
            subjects=self.names.subjects(act),
            evidence="、".join(act.proofs_in_words),
            recorded_on=act.recorded_on.isoformat(),
            note=act.note or "",
            counts_for=self._("; ").join(counts),
            refused=self._refused(line, bool(line.counts_for)),
        )

    def _recorded_under(self, holder: str) -> str:
        """The post or unit, where he has more than one that it could be."""
        if len({row.post for row in self.record.appointments} | {holder}) == 1:
            return ""
        posts = self.names.records.posts
        return self.names.post(holder) if holder in posts else self.names.unit(holder)

    def _refused(self, line: ActLine, counts: bool) -> str:
        """The reasons with what they are about; one that counts needs no plain ones beside it."""
        waiting = self._to_be_ruled(line.act.kind)
        if waiting and not counts and all(item.reason in NOISE for item in line.refused):
            return self._("its duty is to be ruled: {duty}").format(duty=waiting)
        reasons: dict[str, list[str]] = {}
        for item in line.refused:
            if counts and item.reason in NOISE:
                continue
            verdict = self._by_id[item.verdict]
            word = act_refused(line.act, item.reason, verdict, self.lang)
            told = "" if item.reason in NOISE else self._about(item.verdict)
            reasons.setdefault(word, []).append(told)
        said = []
        for word, about in reasons.items():
            named = list(dict.fromkeys(one for one in about if one))
            more = len(named) - 2
            text = self._(", ").join(named[:2])
            if more > 0:
                text = self._("{these} and {count} more").format(these=text, count=more)
            said.append(f"{word}{self._(' (')}{text}{self._(')')}" if text else word)
        if not said and not line.counts_for:
            return self._("no duty of his asks for it")
        return self._("; ").join(said)

    def _to_be_ruled(self, kind: str) -> str:
        """The title of a duty of his that asks for the kind, but is not judged yet; or empty."""
        is_kind = self.names.vocabulary.is_kind
        for verdict in self.record.verdicts:
            rule = verdict.duty.activity if verdict.state is State.TO_BE_RULED else None
            if rule and any(is_kind(kind, one) for one in rule.kind):
                return verdict.duty.title
        return ""

    def _about(self, name: str) -> str:
        verdict = self._by_id[name]
        return f"{verdict.duty.title} {verdict.called}"

    def waivers(self) -> list[WaiverRow]:
        """The waivers that touch his days."""
        return [waiver_row(row, self._titles, self.lang) for row in self.record.waivers]

    def delegations(self) -> list[DelegationRow]:
        """The delegations from and to his posts."""
        return [
            delegation_row(row, self._titles, self.names, self.lang)
            for row in self.record.delegations
        ]

    @property
    def _titles(self) -> dict[str, str]:
        return {verdict.duty.id: verdict.duty.title for verdict in self.record.verdicts}

    def alerts(self) -> list[AlertRow]:
        """The alerts of the day that are about him."""
        rows = []
        for alert in self.record.alerts:
            about = [self._about(name) for name in alert.verdicts if name in self._by_id]
            rows.append(
                AlertRow(
                    paper=self.record.levels[alert.level].short_name(self.lang),
                    what=self._(", ").join(about) or alert.called,
                    due=alert.due.isoformat() if alert.due else NOTHING,
                )
            )
        return rows

    def file(self, hashes: Hashes) -> LeaderFile:
        """All tables of the record, as its template is given them."""
        record = self.record
        first = record.records_from
        span = record.span or Period(min(first, record.as_of), record.as_of)
        return LeaderFile(
            lang=self.lang,
            name=tidy(record.person.name),
            person=record.person.person,
            is_name_shared=record.is_name_shared,
            posts=tuple(self.posts()),
            span=span_text(span, self.lang),
            as_of=day_text(record.as_of, self.lang),
            rate=percent(record.rate),
            rate_done=percent(record.rate_done),
            due=record.due,
            counts=rate_line(record, self.lang),
            duties=tuple(self.duties()),
            grids=tuple(self.grids()),
            sums=tuple(self.sums()),
            overdue=tuple(self.overdue()),
            shared=tuple(self.shared()),
            acts=tuple(self.acts()),
            waivers=tuple(self.waivers()),
            delegations=tuple(self.delegations()),
            alerts=tuple(self.alerts()),
            proof=proof_line(record.as_of, hashes, self.lang),
        )

    def _post(self, line: DutyLine) -> str:
        return self.names.post(line.post) if line.post else self.names.unit(line.unit)
