"""The lines of a notice: a matter each, as its table prints it, and what does not count for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from data.records import Event
from engine.alerting.alerts import Alert
from engine.alerting.matters import Holding, Matter, matters_of
from engine.alerting.policy import Policy
from engine.judging.audit import Judged
from engine.judging.stretches import Timing
from engine.judging.verdict import VerdictFlag
from engine.judging.world import World
from reports.codes import flag_words, light_word, state_word
from reports.figures import NOTHING, amount, day_text
from reports.i18n import Lang, Translate, translator
from reports.names import Names
from reports.notice.context import Law, NoticeRow, RefusedRow
from reports.notice.periods import matter_named
from reports.refusals import Refusals, refusal_word
from rules.wording import measure_in_words


@dataclass(frozen=True)
class Line:
    """A matter with what was judged of it. Not `is_own`: it is only counted by a threshold."""

    matter: Matter
    judged: tuple[Judged, ...]
    is_own: bool = True


class Lines:
    """What the lines of all notices of a run share."""

    def __init__(
        self,
        world: World,
        judged: Sequence[Judged],
        policy: Policy,
        lang: Lang,
        known_on: date | None,
    ) -> None:
        self.world = world
        self.policy = policy
        self.lang = lang
        self.known_on = known_on
        self.judged = {one.verdict.id: one for one in judged}
        self.names = Names.of_world(world)
        self.refusals = Refusals(world, judged)
        self._: Translate = translator(lang)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """The events of the records, by id."""
        return {event.event: event for event in self.world.records.events}

    @cached_property
    def _matters(self) -> Mapping[tuple[str, bool], Matter]:
        holding = Holding(self.world.as_of, self.world.workdays, self.policy.hold_working_days)
        ordered = [self.judged[name].verdict for name in sorted(self.judged)]
        found = matters_of(ordered, holding, self.policy.short_period_misses)
        return {(one.id, not one.only_lacks): one for one in found}

    def chosen(self, alerts: Sequence[Alert], *, gentle: bool) -> list[Line]:
        """The lines that a notice may have: none that is closed, and none that only lacks fields in
        a paper that accuses; with them what their thresholds counted. Empty where none is left. The
        longest overdue first, then the next due.
        """
        own: dict[tuple[str, bool], Matter] = {}
        counted: dict[str, None] = {}
        for alert in alerts:
            about = [self.judged[name].verdict for name in alert.verdicts]
            keys = {(self._by_verdict[one.id], self._lacks(one.flags)) for one in about}
            for name, lacks in sorted(keys):
                matter = self._matters[name, not lacks]
                if VerdictFlag.CLOSED in matter.verdict.flags or (lacks and not gentle):
                    continue
                own[name, lacks] = matter
                counted |= dict.fromkeys(alert.counted)
        lines = [self._line(matter, True) for matter in own.values()]
        there = {matter.id for matter in own.values()}
        for name in counted:
            found = self._matters.get((name, True))
            if lines and name not in there and found is not None and found.told:
                lines.append(self._line(found, False))
        return sorted(lines, key=self._order)

    @cached_property
    def _by_verdict(self) -> Mapping[str, str]:
        return {row.id: matter.id for matter in self._matters.values() for row in matter.laid}

    @staticmethod
    def _lacks(flags: Sequence[VerdictFlag]) -> bool:
        return VerdictFlag.RECORDS_INCOMPLETE in flags

    def _line(self, matter: Matter, is_own: bool) -> Line:
        return Line(matter, tuple(self.judged[one.id] for one in matter.told), is_own)

    def _order(self, line: Line) -> tuple[int, date, tuple[int, tuple[int, int, int], str, str]]:
        verdict = line.matter.verdict
        place = self.names.order_of(verdict)
        return -line.matter.days_overdue, verdict.due or date.max, place

    def row(self, at: int, line: Line, is_gentle: bool) -> NoticeRow:
        """A line of the table."""
        matter, names, lang = line.matter, self.names, self.lang
        verdict, measure = matter.verdict, matter.verdict.measure
        remarks = [
            flag_words(verdict.flags, lang),
            "" if is_gentle else self.past_making_up(line),
            self._left(line),
        ]
        due = day_text(matter.deadline, lang) if matter.month else due_text(line.judged[0], lang)
        return NoticeRow(
            no=at,
            verdict=verdict.id,
            person=names.holder_person(verdict) or NOTHING,
            post=names.holder_post(verdict) or NOTHING,
            duty=verdict.duty.title,
            period=matter_named(matter, self.events, lang),
            measure=measure_in_words(measure, lang),
            required=amount(matter.required, measure, lang),
            done=amount(matter.done, measure, lang),
            short=amount(matter.shortfall, measure, lang),
            due=due,
            days_overdue=str(matter.days_overdue) if matter.days_overdue else NOTHING,
            clause=verdict.duty.clause,
            state=state_word(verdict.state, lang),
            light=light_word(verdict.light, lang),
            colour=verdict.light,
            missing=self._("; ").join(
                dict.fromkeys(names.member(one) for row in matter.told for one in row.missing)
            ),
            remarks=self._("; ").join(part for part in remarks if part),
            why=self._why(verdict.id),
        )

    def _why(self, verdict: str) -> str:
        """Asked as the audit asked: on another day it might answer otherwise."""
        known = f" --known-on {self.known_on}" if self.known_on else ""
        return f"dutyclock why '{verdict}' --as-of {self.world.as_of}{known}"

    def _left(self, line: Line) -> str:
        """Says that who owes it has left the post, and when; empty where he is still there."""
        verdict, today = line.matter.verdict, self.world.as_of
        held = [
            row.last or date.max
            for row in self.world.records.appointments
            if (row.person, row.post) == (verdict.person, verdict.post) and row.first <= today
        ]
        if not held or max(held) >= today:
            return ""
        return self._("left this post on {day}").format(day=day_text(max(held), self.lang))

    def past_making_up(self, line: Line) -> str:
        """Says that what had to come before an event that is over can't be made up; else empty."""
        one = line.judged[0]
        if one.slot is None or one.slot.obligation.timing is not Timing.BEFORE_EVENT:
            return ""
        event = one.slot.obligation.stretch.event
        if event is None or event.day > self.world.as_of:
            return ""
        return self._("cannot be made up any more: please explain")

    def laws(self, lines: Sequence[Line]) -> tuple[Law, ...]:
        """The clauses that the lines rest on, each once."""
        found: dict[Law, None] = {}
        for line in lines:
            duty = line.matter.verdict.duty
            for source in duty.sources:
                name = source.document or duty.document
                document = self.world.rulebook.documents.get(name)
                law = Law(
                    title=document.title if document else name,
                    number=(document.number or "") if document else "",
                    clause=source.clause,
                    quote=source.quote,
                )
                found[law] = None
        return tuple(found)

    def refused(self, lines: Sequence[Line]) -> tuple[RefusedRow, ...]:
        """What was recorded and does not count for them, by day."""
        reasons: dict[str, dict[str, None]] = defaultdict(dict)
        about: dict[str, dict[str, None]] = defaultdict(dict)
        for line in lines:
            period = matter_named(line.matter, self.events, self.lang)
            for one in line.judged:
                for refusal in self.refusals.telling(one.verdict.id):
                    act = refusal.activity.activity
                    reasons[act][refusal_word(refusal, self.lang)] = None
                    about[act][f"{one.verdict.duty.title} {period}"] = None
        acts = self.refusals.acts
        return tuple(
            RefusedRow(
                activity=act,
                day=acts[act].day.isoformat(),
                what=" ".join(
                    part
                    for part in (
                        acts[act].kind,
                        acts[act].role or "",
                        self.names.doer(acts[act]),
                        self.names.subjects(acts[act]),
                    )
                    if part
                ),
                reasons=self._("; ").join(reasons[act]),
                about=self._("; ").join(about[act]),
            )
            for act in sorted(reasons, key=lambda name: (acts[name].day, name))
        )


def due_text(one: Judged, lang: Lang) -> str:
    """The due day after moving, with the hour of a limit that has one."""
    verdict = one.verdict
    text = day_text(verdict.due, lang)
    moment = one.slot.obligation.stretch.moment if one.slot else None
    if moment is not None and verdict.measure.within and moment.date() == verdict.due:
        length = getattr(verdict.measure.within, "length", None)
        if length is not None and length.by_clock:
            text += f" {moment:%H:%M}"
    return text
