"""The tables of a month or another span: holders, units, classes, duties. Source: FORMATS, 4."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from engine.alerting.matters import periods_running
from engine.calendar.cutting import period_around
from engine.calendar.periods import ONE_DAY, Period, add_months
from engine.judging.audit import is_in_span, judge_all, summarise
from engine.judging.verdict import WORST_FIRST, Audit, State, Verdict, VerdictFlag
from engine.judging.world import World
from reports.audit.statistics import (
    VerdictGroup,
    by_duty,
    by_post_class,
    by_unit,
    counted_by_class,
    counted_by_duty,
    counted_by_unit,
    duties_of,
    made_up_amount,
    overdue_together,
    places,
    ranked,
)
from reports.audit.verdict_table import evidence_text, last_done
from reports.codes import exempt_word, flag_word, flag_words, light_word, state_word
from reports.context import OverdueRow
from reports.figures import (
    NOTHING,
    amount,
    day_text,
    number,
    percent,
    period_text,
    periods_told,
    span_text,
)
from reports.i18n import Lang, mark, translator
from reports.month.context import GapRow, MarkedRow, Month, RankRow, StatRow
from reports.names import Names
from reports.own_templates import page_filled
from reports.proof import known_text, proof_line
from rules.period_kinds import PERIOD_KINDS
from rules.wording import measure_in_words

LOOKED_AT = (VerdictFlag.OVER_RANGE, VerdictFlag.BUNCHED, VerdictFlag.RECORDED_LATE)
"""Flags that have a list of their own."""

_AS_IT_SHOULD = frozenset({State.MET, State.TO_BE_RULED})

MOST_LINES = 600
"""Lines of holders and duties that a page prints whole: some 40 sheets."""


def month_html(
    world: World,
    audit: Audit,
    lang: Lang = "zh",
    templates: Path | None = None,
    *,
    history: Iterable[Verdict] | None = None,
) -> str:
    """The tables of the audit's span as an A4 landscape page.

    `history` are all verdicts of the audit's day, for earlier places and runs of unmet periods;
    without it they are judged here.
    """
    month = MonthTables(world, audit, lang, history).month()
    return page_filled("month.html.j2", lang, templates, month=month)


def span_before(span: Period) -> Period:
    """The stretch before it: as many whole months, else as many days."""
    ends = span.last + ONE_DAY
    if span.first.day == 1 and ends.day == 1:
        months = (ends.year - span.first.year) * 12 + ends.month - span.first.month
        return Period(add_months(span.first, -months), span.first - ONE_DAY)
    return Period(span.first - timedelta(days=len(span)), span.first - ONE_DAY)


class MonthTables:
    """All tables of one audit in one language."""

    def __init__(
        self, world: World, audit: Audit, lang: Lang, history: Iterable[Verdict] | None
    ) -> None:
        self.world = world
        self.audit = audit
        self.lang = lang
        self.names = Names.of_world(world)
        self.acts = {act.activity: act for act in world.records.activities}
        self._ = translator(lang)
        if history is None:
            history = (one.verdict for one in judge_all(world))
        self.history = list(history)
        self.running: Mapping[str, int] = periods_running(self.history)

    def month(self) -> Month:
        """Everything that the page shows."""
        _, audit, lang = self._, self.audit, self.lang
        alive = [one for one in audit.arrears if VerdictFlag.CLOSED not in one.flags]
        summary = audit.summary
        return Month(
            lang=lang,
            title=_("Safety duties of {span}: how they stand").format(
                span=span_title(audit.span, lang)
            ),
            reporter=_("[reporting unit]"),
            span=span_text(audit.span, lang),
            as_of=day_text(audit.as_of, lang),
            overall=_("due {due}: on time {rate}, done {done}").format(
                due=summary.due, rate=percent(summary.rate), done=percent(summary.rate_done)
            ),
            units=self.units(),
            classes=self._unranked(
                by_post_class(
                    counted_by_class(audit.verdicts, self.names), self.names, _("unit itself")
                ),
            ),
            duties=self._unranked(
                by_duty(counted_by_duty(audit.verdicts), duties_of(audit.verdicts))
            ),
            lines=tuple(self.lines()),
            left_out=self.left_out(),
            overdue=tuple(self._overdue(audit.verdicts)),
            arrears=tuple(self._overdue(alive)),
            closed=len(audit.arrears) - len(alive),
            gaps=tuple(self._gaps()),
            marked=tuple(self._marked()),
            vacancies=tuple(
                f"{self.names.unit(row.unit)} {self.names.post(row.post)} "
                f"{span_text(Period(row.first, row.last), lang)}"
                for row in audit.vacancies
            ),
            how_counted=_(HOW_COUNTED),
            proof=proof_line(
                audit.as_of, audit.hashes, lang, known=known_text(audit.known_on, lang)
            ),
        )

    def units(self) -> tuple[RankRow, ...]:
        """The units by their places, with the places they had in the span before."""
        audit = self.audit
        documents = {one.duty.document for one in audit.verdicts}
        before = span_before(audit.span)
        earlier = [
            one
            for one in self.history
            if is_in_span(one, before) and one.duty.document in documents
        ]
        counted = counted_by_unit(audit.verdicts)
        groups = by_unit(counted, self.names)
        now = places(groups)
        then = places(
            by_unit(counted_by_unit(one for one in earlier if one.unit in counted), self.names)
        )
        return tuple(
            self._rank(group, now.get(group.key), then.get(group.key))
            for group in ranked(groups)
            if group.obligations
        )

    def _unranked(self, groups: Sequence[VerdictGroup]) -> tuple[RankRow, ...]:
        return tuple(self._rank(group, None, None) for group in groups if group.obligations)

    def _rank(self, group: VerdictGroup, place: int | None, before: int | None) -> RankRow:
        moved = NOTHING
        if place is not None and before is not None:
            up = before - place
            moved = f"↑{up}" if up > 0 else f"↓{-up}" if up < 0 else "="
        return RankRow(
            place=str(place) if place is not None else NOTHING,
            name=group.name,
            obligations=group.obligations,
            due=group.due,
            met=group.met,
            made_up=group.made_up,
            overdue=group.overdue,
            short=number(group.shortfall),
            rate=percent(group.rate),
            rate_done=percent(group.rate_done),
            before=str(before) if before is not None else NOTHING,
            moved=moved,
            lights=f"{group.red}/{group.yellow}/{group.green}",
        )

    def lines(self) -> list[StatRow]:
        """One line a holder and duty: what is owed by the same person, post or unit together."""
        groups = self._holders_and_duties()
        return [self._line(at, group) for at, group in enumerate(self._shown(groups), 1)]

    def left_out(self) -> str:
        """Which lines a long page leaves to the CSV file, in words; empty where it has all."""
        groups = self._holders_and_duties()
        count = len(groups) - len(self._shown(groups))
        if not count:
            return ""
        return self._(
            "{count} more lines, on which all is done in time or is to be ruled, are not listed "
            "here: --csv lists all"
        ).format(count=count)

    def _holders_and_duties(self) -> list[list[Verdict]]:
        groups: dict[tuple[str, str, int], list[Verdict]] = defaultdict(list)
        for verdict in self.audit.verdicts:
            holder = verdict.id.split("@", 2)[1]
            groups[holder, verdict.duty.id, verdict.part].append(verdict)
        return sorted(groups.values(), key=lambda group: self.names.order_of(group[0]))

    def _shown(self, groups: list[list[Verdict]]) -> list[list[Verdict]]:
        """All of them, or on a page that would be too long those that somebody has to look at."""
        if len(groups) <= MOST_LINES:
            return groups
        return [group for group in groups if not all(one.state in _AS_IT_SHOULD for one in group)]

    def _line(self, at: int, group: Sequence[Verdict]) -> StatRow:
        lang, names = self.lang, self.names
        first = min(group, key=lambda one: (WORST_FIRST.index(one.state), -(one.days_overdue or 0)))
        measure = first.measure
        flags = tuple(dict.fromkeys(flag for one in group for flag in one.flags))
        reasons = dict.fromkeys(exempt_word(one.reason, lang) for one in group)
        days = [one for one in (last_done(one, self.acts) for one in group) if one]
        running = max((self.running.get(one.id, 0) for one in group), default=0)

        def many(values: Iterable[Fraction]) -> str:
            return amount(sum(values, Fraction(0)), measure, lang)

        return StatRow(
            no=at,
            unit=names.unit(first.unit),
            person=names.holder_person(first) or NOTHING,
            post=names.holder_post(first) or NOTHING,
            post_class=names.post_classes(first) or NOTHING,
            duty=first.duty.title,
            measure=measure_in_words(measure, lang),
            required=many(one.required for one in group),
            done=many(one.done for one in group),
            made_up=many(made_up_amount(one, self.acts) for one in group),
            short=many(one.shortfall for one in group),
            rate=percent(summarise(group).rate),
            light=light_word(first.light, lang),
            colour=first.light,
            state=state_word(first.state, lang),
            days_overdue=str(first.days_overdue) if first.days_overdue else NOTHING,
            running=str(running) if running else NOTHING,
            last_done=max(days) if days else NOTHING,
            evidence=evidence_text(group, self.acts, lang),
            remarks=self._("; ").join(part for part in (*reasons, flag_words(flags, lang)) if part),
        )

    def _overdue(self, verdicts: Sequence[Verdict]) -> list[OverdueRow]:
        names = self.names
        return [self._overdue_row(group) for group in overdue_together(verdicts, names)]

    def _overdue_row(self, group: Sequence[Verdict]) -> OverdueRow:
        lang, first = self.lang, group[0]
        period = period_text(first.called, first.period, lang)
        flags = tuple(dict.fromkeys(flag for one in group for flag in one.flags))
        return OverdueRow(
            verdict=first.id,
            duty=first.duty.title,
            post=self.names.holder(first, lang),
            period=periods_told(period, len(group), lang),
            required=amount(sum((x.required for x in group), Fraction(0)), first.measure, lang),
            done=amount(sum((x.done for x in group), Fraction(0)), first.measure, lang),
            due=first.due.isoformat() if first.due else NOTHING,
            days=first.days_overdue or 0,
            remarks=flag_words(flags, lang),
        )

    def _gaps(self) -> list[GapRow]:
        names, lang = self.names, self.lang
        return [
            GapRow(
                unit=names.unit(one.unit),
                post=names.holder_post(one) or NOTHING,
                duty=one.duty.title,
                period=period_text(one.called, one.period, lang),
                required=amount(one.required, one.measure, lang),
                done=amount(one.done, one.measure, lang),
                missing=self._(", ").join(names.member(member) for member in one.missing),
            )
            for one in sorted(self.audit.verdicts, key=names.order_of)
            if one.missing
        ]

    def _marked(self) -> list[MarkedRow]:
        names, lang = self.names, self.lang
        found = []
        ordered = sorted(self.audit.verdicts, key=names.order_of)
        for sort in (State.EXCEEDED, *LOOKED_AT):
            word = state_word(sort, lang) if isinstance(sort, State) else flag_word(sort, lang)
            for one in ordered:
                if one.state is sort or sort in one.flags:
                    who = [names.holder_post(one), names.holder_person(one)]
                    asked = amount(one.required, one.measure, lang)
                    found.append(
                        MarkedRow(
                            flag=word,
                            unit=names.unit(one.unit),
                            who=" ".join(part for part in who if part) or NOTHING,
                            duty=one.duty.title,
                            period=period_text(one.called, one.period, lang),
                            done=f"{amount(one.done, one.measure, lang)}/{asked}",
                        )
                    )
        return found


def span_title(span: Period, lang: Lang) -> str:
    """A whole month, quarter or year by its name, otherwise its days."""
    for kind in PERIOD_KINDS:
        if kind.months:
            named = period_around(kind.word, span.first)
            if named and named[1] == span:
                return period_text(*named, lang)
    return span_text(span, lang)


HOW_COUNTED = mark(
    "On time: met ÷ (met + made up late + overdue + over the cap); done: (met + made up late) ÷ "
    "the same, over what fell due. Places: by the on-time rate, then by what is overdue, then by "
    "what is short; equals share one. Where nothing fell due: —."
)
