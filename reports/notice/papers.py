"""Alerts put into words, one paper to each addressee and level. Source: FORMATS, sections 2, 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope
from engine.alerting.policy import Level, PaperForm, Policy, Recipient
from engine.judging.audit import Judged
from engine.judging.stretches import Timing
from engine.judging.verdict import Verdict, VerdictFlag
from engine.judging.world import World
from reports.codes import flag_words, light_word, state_word
from reports.figures import (
    NOTHING,
    amount,
    day_text,
    period_text,
)
from reports.i18n import Lang, Translate, translator
from reports.names import Names
from reports.notice.context import Index, IndexRow, Law, Notice, NoticeRow, RefusedRow
from reports.notice.words import Batch, Wording
from reports.own_templates import PaperToFill, filled
from reports.proof import known_text, proof_line
from reports.refusals import Refusals, refusal_word
from reports.render import put, safe_name
from rules.wording import measure_in_words


@dataclass(frozen=True)
class Sender:
    """Who sends the papers, as the office's settings say; what is not given stays an empty place.

    `mark` and `seal` are the sender's own name where they are not given; `copies` get every paper
    that is sealed, parted by ；.
    """

    name: str = ""
    contact: str = ""
    phone: str = ""
    mark: str = ""
    code: str = ""
    seal: str = ""
    copies: str = ""


@dataclass(frozen=True)
class Paper:
    """A file of a run: its name and text, and whose paper it is (the index has no level)."""

    file: str
    text: str
    level: str = ""
    addressee: str = ""


def write_papers(folder: Path, papers: Iterable[Paper]) -> None:
    """Writes the papers into a folder."""
    for paper in papers:
        put(folder / paper.file, paper.text)


def notice_papers(
    world: World,
    judged: Sequence[Judged],
    alerts: Sequence[Alert],
    policy: Policy,
    lang: Lang = "zh",
    templates: Path | None = None,
    *,
    known_on: date | None = None,
    sender: Sender = Sender(),
) -> list[Paper]:
    """The index first, then a page and a text for each notice.

    The highest level first, then in the order of units.
    """
    writing = NoticeWriting(world, judged, policy, lang, known_on, sender)
    taken = {"index"}
    rows: list[IndexRow] = []
    papers: list[Paper] = []
    sheets: list[PaperToFill] = []
    for batch in writing.batches(alerts):
        notice = writing.notice(batch)
        if notice is None:
            continue
        name = safe_name("-".join(_name_parts(batch)), taken)
        for form in ("html", "txt"):
            own = (f"notice-{batch.level}.{form}.j2", f"notice.{form}.j2")
            sheets.append(PaperToFill(own, {"notice": notice}))
            papers.append(Paper(f"{name}.{form}", "", batch.level, batch.addressee))
        rows.append(
            IndexRow(
                len(rows) + 1,
                notice.paper,
                notice.addressee,
                len(notice.rows),
                f"{name}.html",
                f"{name}.txt",
                policy.levels[batch.level].approval,
            )
        )
    sheets.insert(0, PaperToFill(("index.html.j2",), {"index": writing.index(rows)}))
    texts = filled(sheets, lang, templates)
    named = [Paper("index.html", ""), *papers]
    return [replace(paper, text=text) for paper, text in zip(named, texts, strict=True)]


def _name_parts(batch: Batch) -> list[str]:
    parts = [batch.level, batch.addressee]
    if batch.scope is Scope.UNIT:
        return [*parts, "all"]
    return [*parts, "own"] if batch.to_unit else parts


class NoticeWriting:
    """What all notices of one run share."""

    def __init__(
        self,
        world: World,
        judged: Sequence[Judged],
        policy: Policy,
        lang: Lang,
        known_on: date | None,
        sender: Sender,
    ) -> None:
        self.world = world
        self.judged = {one.verdict.id: one for one in judged}
        self.policy = policy
        self.lang = lang
        self.known_on = known_on
        self.sender = sender
        self.names = Names.of_world(world)
        self.refusals = Refusals(world, judged)
        self._: Translate = translator(lang)

    def batches(self, alerts: Iterable[Alert]) -> list[Batch]:
        """Alerts of one level to one addressee together, the highest level first."""
        found: dict[tuple[str, str, bool, Scope], list[Alert]] = defaultdict(list)
        for alert in alerts:
            level = self.policy.levels[alert.level]
            own = alert.to_unit and level.for_unit is not None
            found[alert.level, alert.addressee, own, alert.scope].append(alert)
        ladder = list(self.policy.levels)
        places = self.names.unit_order

        def order(batch: Batch) -> tuple[int, int, str, bool, str]:
            unit = batch.alerts[0].unit
            rank = -ladder.index(batch.level)
            place = places.get(unit, len(places))
            return rank, place, batch.addressee, batch.to_unit, batch.scope

        return sorted(
            (
                Batch(*key, tuple(sorted(group, key=lambda alert: alert.key)))
                for key, group in found.items()
            ),
            key=order,
        )

    def notice(self, batch: Batch) -> Notice | None:
        """The paper of a batch; None when nothing in it may be held against anybody."""
        level = self.policy.levels[batch.level]
        rows = self._chosen(batch)
        if not rows:
            return None
        verdicts = [one.verdict for one in rows]
        paper = level.title(batch.to_unit, self.lang)
        wording = Wording(
            self.world, self.names, self.policy, self.lang, batch, level, verdicts, paper
        )
        refused = self._refused(rows)
        annexes = [self._("The obligations")]
        annexes += [self._("Receipt and reply")] if level.reply_working_days is not None else []
        return Notice(
            lang=self.lang,
            level=batch.level,
            form=level.form,
            paper=paper,
            title_lines=wording.title(),
            mark=self._mark(),
            mark_points=self._mark_points(level),
            number=self._number(),
            urgency=self._("proposal: a person approves it before it leaves")
            if level.approval
            else self._("draft: neither signed nor numbered"),
            addressee=self._addressee(batch, level, verdicts),
            matter=wording.matter(),
            opening=wording.opening(),
            triggers=wording.triggers(),
            laws=self._laws(verdicts),
            rows=tuple(self._row(at, one, bool(level.gentle)) for at, one in enumerate(rows, 1)),
            refused=refused,
            previous=wording.previous(),
            asks=wording.asks(sum(bool(self._past_making_up(one)) for one in rows)),
            consequence=wording.consequence(),
            closing=wording.closing(),
            annexes=tuple(annexes),
            signed=self.sender.name or self._("[sender]"),
            dated=self._("[day of signing]"),
            has_seal=level.seal,
            seal=self.sender.seal or self.sender.name or self._("seal"),
            contact=self._("contact: {name}, telephone: {phone}").format(
                name=self.sender.contact or self._("[contact]"),
                phone=self.sender.phone or self._("[telephone]"),
            ),
            copies=self._copies(level),
            wants_reply=level.reply_working_days is not None,
            proof=self.proof(),
        )

    def index(self, rows: Sequence[IndexRow]) -> Index:
        """The list of all notices."""
        day = day_text(self.world.as_of, self.lang)
        return Index(
            lang=self.lang,
            title=self._("Notices of {day}").format(day=day),
            proof=self.proof(),
            rows=tuple(rows),
            nothing="" if rows else self._("There is nothing to be sent."),
        )

    def proof(self) -> str:
        """Audit day, knowledge day and short hashes of what the papers rest on."""
        return proof_line(
            self.world.as_of,
            self.world.rulebook.hashes,
            self.lang,
            known=known_text(self.known_on, self.lang),
            policy=self.policy.digest,
        )

    def _chosen(self, batch: Batch) -> list[Judged]:
        """The obligations it may speak of: none that is closed, and none that only lacks fields
        in a paper that accuses. The longest overdue first, then the next due."""
        gentle = self.policy.levels[batch.level].gentle
        found: dict[str, Judged] = {}
        for alert in batch.alerts:
            for name in alert.verdicts:
                flags = self.judged[name].verdict.flags
                if VerdictFlag.CLOSED in flags:
                    continue
                if VerdictFlag.RECORDS_INCOMPLETE in flags and not gentle:
                    continue
                found[name] = self.judged[name]

        def order(one: Judged) -> tuple[int, date, tuple[int, tuple[int, int, int], str, str]]:
            verdict = one.verdict
            place = self.names.order_of(verdict)
            return -(verdict.days_overdue or 0), verdict.due or date.max, place

        return sorted(found.values(), key=order)

    def _mark_points(self, level: Level) -> str:
        most = {PaperForm.RED_HEAD: 62, PaperForm.LETTER: 44, PaperForm.SLIP: 20}[level.form]
        return f"{min(Fraction(most), Fraction(436, max(1, len(self._mark())))).__floor__()}"

    def _mark(self) -> str:
        return self.sender.mark or self.sender.name or self._("[sender]")

    def _number(self) -> str:
        if not self.sender.code:
            return self._("No. [    ]")
        return self._("No. {code} [    ]").format(code=self.sender.code)

    def _addressee(self, batch: Batch, level: Level, verdicts: Sequence[Verdict]) -> str:
        verdict = verdicts[0]
        unit = self.names.unit(batch.alerts[0].unit)
        if level.to is Recipient.HOLDER:
            return self.names.holder(verdict, self.lang)
        if level.to is Recipient.UNIT_HEAD:
            return self._("the head of {unit}").format(unit=unit)
        if level.to is Recipient.ALL_UNITS:
            return self._("all units")
        if level.to is Recipient.DISCIPLINE:
            return self._("the discipline inspection office")
        return unit

    def _laws(self, verdicts: Sequence[Verdict]) -> tuple[Law, ...]:
        found: dict[Law, None] = {}
        for verdict in verdicts:
            for source in verdict.duty.sources:
                name = source.document or verdict.duty.document
                document = self.world.rulebook.documents.get(name)
                law = Law(
                    title=document.title if document else name,
                    number=(document.number or "") if document else "",
                    clause=source.clause,
                    quote=source.quote,
                )
                found[law] = None
        return tuple(found)

    def _row(self, at: int, one: Judged, is_gentle: bool) -> NoticeRow:
        verdict, names, lang = one.verdict, self.names, self.lang
        measure = verdict.measure
        past = "" if is_gentle else self._past_making_up(one)
        remarks = [flag_words(verdict.flags, lang), past, self._left(one)]
        return NoticeRow(
            no=at,
            verdict=verdict.id,
            person=names.holder_person(verdict) or NOTHING,
            post=names.holder_post(verdict) or NOTHING,
            duty=verdict.duty.title,
            period=period_text(verdict.called, verdict.period, lang),
            measure=measure_in_words(measure, lang),
            required=amount(verdict.required, measure, lang),
            done=amount(verdict.done, measure, lang),
            short=amount(verdict.shortfall, measure, lang),
            due=due_text(one, lang),
            days_overdue=str(verdict.days_overdue) if verdict.days_overdue else NOTHING,
            clause=verdict.duty.clause,
            state=state_word(verdict.state, lang),
            light=light_word(verdict.light, lang),
            colour=verdict.light,
            missing=self._("; ").join(names.member(member) for member in verdict.missing),
            remarks=self._("; ").join(part for part in remarks if part),
            why=self._why(verdict),
        )

    def _why(self, verdict: Verdict) -> str:
        """Asked as the audit asked: on another day it might answer otherwise."""
        known = f" --known-on {self.known_on}" if self.known_on else ""
        return f"dutyclock why '{verdict.id}' --as-of {self.world.as_of}{known}"

    def _left(self, one: Judged) -> str:
        """Says that who owes it has left the post, and when; empty where he is still there."""
        who, post, today = one.verdict.person, one.verdict.post, self.world.as_of
        held = [
            row.last or date.max
            for row in self.world.records.appointments
            if (row.person, row.post) == (who, post) and row.first <= today
        ]
        if not held or max(held) >= today:
            return ""
        return self._("left this post on {day}").format(day=day_text(max(held), self.lang))

    def _past_making_up(self, one: Judged) -> str:
        """Says that what had to come before an event that is over can't be made up; else empty."""
        if one.slot is None or one.slot.obligation.timing is not Timing.BEFORE_EVENT:
            return ""
        event = one.slot.obligation.stretch.event
        if event is None or event.day > self.world.as_of:
            return ""
        return self._("cannot be made up any more: please explain")

    def _refused(self, rows: Sequence[Judged]) -> tuple[RefusedRow, ...]:
        reasons: dict[str, dict[str, None]] = defaultdict(dict)
        about: dict[str, dict[str, None]] = defaultdict(dict)
        for one in rows:
            verdict = one.verdict
            for refusal in self.refusals.telling(verdict.id):
                act = refusal.activity.activity
                period = period_text(verdict.called, verdict.period, self.lang)
                reasons[act][refusal_word(refusal, self.lang)] = None
                about[act][f"{verdict.duty.title} {period}"] = None
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

    def _copies(self, level: Level) -> str:
        own = self.sender.copies.split("；") if level.seal and self.sender.copies else []
        copied = dict.fromkeys([*level.copy_to, *own])
        return self._(", ").join(copied) + self._(".") if copied else ""


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
