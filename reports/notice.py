"""Alerts put into words, one paper to each addressee and level. Source: FORMATS, sections 2, 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from engine.alerts import Alert
from engine.audit import Judged
from engine.factnames import count_of, facts_of
from engine.policy import Level, Policy
from engine.stretches import Timing
from engine.verdict import Verdict
from engine.world import World
from reports.context import Index, IndexRow, Law, Notice, NoticeRow, RefusedRow
from reports.figures import (
    NOTHING,
    amount,
    day_text,
    day_with_weekday,
    period_text,
)
from reports.i18n import Lang, Translate, mark, translator
from reports.names import Names
from reports.refusals import Refusals, refusal_word
from reports.render import environment, put, rendered, safe_name
from reports.words import flag_words, light_word, state_word
from rules.wording import measure_in_words

GENTLE = frozenset({"tip", "ask_record"})
"""Levels that accuse nobody: only they may speak of an obligation whose records are incomplete."""


@dataclass(frozen=True)
class Sender:
    """Who sends the papers; what is not given stays an empty place."""

    name: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class _Batch:
    """The alerts that go out together: of one level, to one addressee."""

    level: str
    addressee: str
    to_unit: bool
    scope: str
    alerts: tuple[Alert, ...]


def render_notices(
    world: World,
    judged: Sequence[Judged],
    alerts: Sequence[Alert],
    policy: Policy,
    out: Path,
    lang: Lang = "zh",
    templates: Path | None = None,
    *,
    known_on: date | None = None,
    sender: Sender = Sender(),
) -> list[Path]:
    """Writes a page and a text for each notice, and `index.html`, which comes first in the answer.

    The highest level first, then in the order of units. Files of earlier runs are left alone.
    """
    out.mkdir(parents=True, exist_ok=True)
    writing = NoticeWriting(world, judged, policy, lang, known_on, sender)
    made = environment(lang, templates)
    taken = {"index"}
    rows: list[IndexRow] = []
    paths: list[Path] = []
    for batch in writing.batches(alerts):
        notice = writing.notice(batch)
        if notice is None:
            continue
        name = safe_name("-".join(_name_parts(batch)), taken)
        own = [f"notice-{batch.level}.html.j2", "notice.html.j2"]
        page = put(out / f"{name}.html", rendered(made, own, notice=notice))
        own = [f"notice-{batch.level}.txt.j2", "notice.txt.j2"]
        text = put(out / f"{name}.txt", rendered(made, own, notice=notice))
        paths += [page, text]
        approval = policy.levels[batch.level].approval
        rows.append(
            IndexRow(
                len(rows) + 1,
                notice.paper,
                notice.addressee,
                len(notice.rows),
                page.name,
                text.name,
                approval,
            )
        )
    index = writing.index(rows)
    return [put(out / "index.html", rendered(made, ["index.html.j2"], index=index)), *paths]


def _name_parts(batch: _Batch) -> list[str]:
    parts = [batch.level, batch.addressee]
    if batch.scope == "unit":
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

    def batches(self, alerts: Iterable[Alert]) -> list[_Batch]:
        """Alerts of one level to one addressee together, the highest level first."""
        found: dict[tuple[str, str, bool, str], list[Alert]] = defaultdict(list)
        for alert in alerts:
            level = self.policy.levels[alert.level]
            own = alert.to_unit and level.for_unit is not None
            found[alert.level, alert.addressee, own, alert.scope].append(alert)
        ladder = list(self.policy.levels)
        places = self.names.unit_order

        def order(batch: _Batch) -> tuple[int, int, str, bool, str]:
            unit = batch.alerts[0].unit
            rank = -ladder.index(batch.level)
            place = places.get(unit, len(places))
            return rank, place, batch.addressee, batch.to_unit, batch.scope

        return sorted(
            (
                _Batch(*key, tuple(sorted(group, key=lambda alert: alert.key)))
                for key, group in found.items()
            ),
            key=order,
        )

    def notice(self, batch: _Batch) -> Notice | None:
        """The paper of a batch; None when nothing in it may be held against anybody."""
        level = self.policy.levels[batch.level]
        rows = self._chosen(batch)
        if not rows:
            return None
        verdicts = [one.verdict for one in rows]
        paper = level.title(batch.to_unit, self.lang)
        wording = _Wording(self, batch, level, verdicts, paper)
        refused = self._refused(rows)
        annexes = [self._("The obligations")]
        annexes += [self._("Receipt and reply")] if level.reply_working_days is not None else []
        return Notice(
            lang=self.lang,
            level=batch.level,
            form=level.form,
            paper=paper,
            title_lines=wording.title(),
            mark=self.sender.name or self._("[sender]"),
            mark_points=self._mark_points(level),
            number=self._("No. [    ]"),
            urgency=self._("proposal: a person approves it before it leaves")
            if level.approval
            else self._("draft: neither signed nor numbered"),
            addressee=self._addressee(batch, level, verdicts),
            matter=wording.matter(),
            opening=wording.opening(),
            triggers=self._triggers(batch),
            laws=self._laws(verdicts),
            rows=tuple(self._row(at, one) for at, one in enumerate(rows, 1)),
            refused=refused,
            previous=wording.previous(),
            asks=wording.asks(),
            consequence=wording.consequence(),
            closing=wording.closing(),
            annexes=tuple(annexes),
            signed=self.sender.name or self._("[sender]"),
            dated=self._("[day of signing]"),
            has_seal=level.seal,
            contact=self._("contact: {name}, telephone: {phone}").format(
                name=self.sender.contact or "　　　　", phone=self.sender.phone or "　　　　"
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
        hashes = self.world.rulebook.hashes
        known = self.known_on.isoformat() if self.known_on else self._("everything in the store")
        return self._(
            "Proof: audit day {as_of}, known {known}, rules {rules}, rulings {rulings}, "
            "calendar {calendar}, policy {policy}"
        ).format(
            as_of=self.world.as_of.isoformat(),
            known=known,
            rules=hashes.rules[:8] or NOTHING,
            rulings=hashes.rulings[:8] or NOTHING,
            calendar=hashes.calendar[:8] or NOTHING,
            policy=self.policy.digest[:8],
        )

    def _chosen(self, batch: _Batch) -> list[Judged]:
        """The obligations it may speak of: none that is closed, and none that only lacks fields
        in a paper that accuses. The longest overdue first, then the next due."""
        found: dict[str, Judged] = {}
        for alert in batch.alerts:
            for name in alert.verdicts:
                flags = self.judged[name].verdict.flags
                if "closed" in flags:
                    continue
                if "records_incomplete" in flags and batch.level not in GENTLE:
                    continue
                found[name] = self.judged[name]

        def order(one: Judged) -> tuple[int, date, tuple[int, tuple[int, int, int], str, str]]:
            verdict = one.verdict
            place = self.names.order_of(verdict)
            return -(verdict.days_overdue or 0), verdict.due or date.max, place

        return sorted(found.values(), key=order)

    def _mark_points(self, level: Level) -> str:
        name = self.sender.name or self._("[sender]")
        most = {"red_head": 62, "letter": 44, "slip": 20}[level.form]
        return f"{min(Fraction(most), Fraction(436, max(1, len(name)))).__floor__()}"

    def _addressee(self, batch: _Batch, level: Level, verdicts: Sequence[Verdict]) -> str:
        verdict = verdicts[0]
        unit = self.names.unit(batch.alerts[0].unit)
        if level.to == "holder":
            return self.names.holder(verdict, self.lang)
        if level.to == "unit_head":
            return self._("the head of {unit}").format(unit=unit)
        if level.to == "all_units":
            return self._("all units")
        if level.to == "discipline":
            return self._("the discipline inspection office")
        return unit

    def rules_in_words(self, batch: _Batch) -> tuple[str, ...]:
        """What the policy's rules say that concluded this level, each once."""
        found: dict[str, None] = {}
        for alert in batch.alerts:
            for name in alert.rules:
                rule = self.policy.rules[name]
                if rule.conclude == alert.level:
                    found[(rule.en if self.lang == "en" else rule.zh) or name] = None
        return tuple(found)

    def _triggers(self, batch: _Batch) -> tuple[str, ...]:
        """What the rules say, and for a unit what they found."""
        counts = [self._found(alert) for alert in batch.alerts if alert.scope == "unit"]
        return (*self.rules_in_words(batch), *counts)

    def _found(self, alert: Alert) -> str:
        """The counts that the rules asked of a unit, but for shares that follow from them."""
        facts = facts_of(alert.scope, self.policy.levels)
        parts = []
        for name, value in alert.reason_facts:
            known = facts.get(name)
            words = name if known is None else (known.en if self.lang == "en" else known.zh)
            level = self.policy.levels.get(name.removeprefix(count_of("")))
            if level is not None:
                words = self._("under {paper}").format(paper=level.title(False, self.lang))
            if not name.endswith("permille"):
                parts.append(f"{words} {value}")
        return self._(", ").join(parts)

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

    def _row(self, at: int, one: Judged) -> NoticeRow:
        verdict, names, lang = one.verdict, self.names, self.lang
        measure = verdict.measure
        remarks = [flag_words(verdict.flags, lang), self._past_making_up(one)]
        return NoticeRow(
            no=at,
            verdict=verdict.id,
            person=names.holder_person(verdict) or NOTHING,
            post=names.holder_post(verdict) or NOTHING,
            duty=verdict.duty.title,
            period=period_text(verdict.label, verdict.period, lang),
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
        )

    def _past_making_up(self, one: Judged) -> str:
        """What had to come before an event that is over cannot be done any more."""
        if one.slot is None or one.slot.one.timing is not Timing.BEFORE_EVENT:
            return ""
        event = one.slot.one.stretch.event
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
                period = period_text(verdict.label, verdict.period, self.lang)
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
        if not level.copy_to:
            return ""
        return self._(", ").join(level.copy_to) + self._(".")


def _characters(text: str) -> float:
    """How many Chinese characters wide a text is; Latin letters and digits are half of one."""
    return sum(1 if ord(letter) > 0x2E80 else 0.5 for letter in text)


def due_text(one: Judged, lang: Lang) -> str:
    """The due day after moving, with the hour of a limit that has one."""
    verdict = one.verdict
    text = day_text(verdict.due, lang)
    moment = one.slot.one.stretch.moment if one.slot else None
    if moment is not None and verdict.measure.within and moment.date() == verdict.due:
        length = getattr(verdict.measure.within, "length", None)
        if length is not None and length.unit == "hours":
            text += f" {moment:%H:%M}"
    return text


@dataclass(frozen=True)
class _Wording:
    """The sentences of one notice."""

    writing: NoticeWriting
    batch: _Batch
    level: Level
    verdicts: Sequence[Verdict]
    paper: str

    def title(self) -> tuple[str, ...]:
        """One line where it has at most 20 characters, else broken by sense."""
        _ = self.writing._
        whole = _(_SUBJECTS.get(self.batch.level, OVERDUE_SUBJECT)).format(
            period=self._period(), paper=self.paper
        )
        lines = whole.split("|")
        together = "".join(lines)
        return (together,) if _characters(together) <= 20 else tuple(lines)

    def matter(self) -> str:
        writing = self.writing
        return writing._("Period: {period}; data until {as_of}; source: {records}").format(
            period=self._period(),
            as_of=day_text(writing.world.as_of, writing.lang),
            records=writing._("the records kept in this system"),
        )

    def opening(self) -> str:
        writing, verdict = self.writing, self.verdicts[0]
        _ = writing._
        texts = _OPENINGS.get(self.batch.level, _OVERDUE_OPENINGS)
        one = len(self.verdicts) == 1 and self.batch.scope != "unit"
        document = writing.world.rulebook.documents.get(verdict.duty.document)
        return _(texts[0] if one else texts[1]).format(
            law=_("《{title}》").format(title=document.title if document else ""),
            clause=verdict.duty.clause,
            who=writing.names.holder(verdict, writing.lang),
            unit=writing.names.unit(self.batch.alerts[0].unit),
            period=period_text(verdict.label, verdict.period, writing.lang),
            duty=verdict.duty.title,
            required=amount(verdict.required, verdict.measure, writing.lang),
            done=amount(verdict.done, verdict.measure, writing.lang),
            short=amount(verdict.shortfall, verdict.measure, writing.lang),
            days=verdict.days_overdue or 0,
            due=day_with_weekday(verdict.due, writing.lang) if verdict.due else NOTHING,
            as_of=day_text(writing.world.as_of, writing.lang),
            count=len(self.verdicts),
            rules=_("; ").join(writing.rules_in_words(self.batch)),
            paper=self.paper,
        )

    def asks(self) -> tuple[str, ...]:
        writing = self.writing
        text = _ASKS.get(self.batch.level, _OTHER_ASK)
        days = self.level.reply_working_days
        if days is None:
            return (writing._(text),) if self.batch.level in _ASKS else ()
        until = writing.world.workdays.add(writing.world.as_of, days)
        return (
            writing._(text).format(
                until=day_with_weekday(until, writing.lang),
                days=days,
                as_of=day_text(writing.world.as_of, writing.lang),
            ),
        )

    def previous(self) -> str:
        """Notices are not registered yet: an empty place for the number and day of the last one."""
        if self.batch.level in GENTLE or self.batch.level == "remind":
            return ""
        return self.writing._("Notice before this one: No. [    ], what came of it: ")

    def consequence(self) -> str:
        """The next level; none for what is only to be reminded of once."""
        level = self.writing.policy.levels.get(self.level.next or "")
        hedged = all(verdict.duty.hedged or "hedged" in verdict.flags for verdict in self.verdicts)
        if level is None or self.batch.level in GENTLE or hedged:
            return ""
        paper = level.title(self.batch.to_unit, self.writing.lang)
        return self.writing._("Otherwise the next step is: {paper}.").format(paper=paper)

    def closing(self) -> str:
        if self.level.form == "slip":
            return ""
        letter = self.level.form == "letter" and not self.batch.to_unit
        return self.writing._(CLOSING_LETTER if letter else CLOSING_NOTICE)

    def _period(self) -> str:
        lang = self.writing.lang
        labels = {verdict.label: verdict.period for verdict in self.verdicts}
        if len(labels) == 1:
            ((label, period),) = labels.items()
            return period_text(label, period, lang)
        first = min(period.first for period in labels.values())
        last = max(period.last for period in labels.values())
        if lang == "en":
            return f"{first:%Y-%m} to {last:%Y-%m}"
        if first.year != last.year:
            return f"{first.year}年至{last.year}年"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        return f"{first.year}年{first.month}月至{last.month}月"


OVERDUE_SUBJECT = mark("On overdue safety obligations of {period}: |{paper}")
CLOSING_LETTER = mark("This letter is for your information.")
CLOSING_NOTICE = mark("This notice is given accordingly.")

_SUBJECTS = {
    "tip": mark("On safety obligations of {period}: |{paper}"),
    "ask_record": mark("On records to complete for {period}: |{paper}"),
}

_OVERDUE_OPENINGS = (
    mark(
        "{who}, {period}: {duty}, {required} required, {done} counted, {short} short, {days} days "
        "overdue as of {as_of}."
    ),
    mark("As of {as_of}, {count} obligations of {unit} are overdue, as listed below."),
)
_OPENINGS = {
    "tip": (
        mark(
            "Under {law} {clause}, {period}: {duty}, {required}; as of {as_of} {done} are "
            "recorded and {short} are still to do. Please do and record it by {due} (that day "
            "included)."
        ),
        mark(
            "As of {as_of}, {count} obligations are due soon or about to begin, as listed below. "
            "Please do and record each by its due day (that day included)."
        ),
    ),
    "ask_record": (
        mark(
            "For {duty} of {period} something is recorded, but fields were left blank, so it "
            "cannot be counted yet: {required} required, {done} counted as of {as_of}."
        ),
        mark(
            "For {count} obligations something is recorded as of {as_of}, but fields were left "
            "blank, so it cannot be counted yet."
        ),
    ),
    "supervise": (
        mark(
            "{who}, {period}: {duty}, {required} required, {done} counted, {short} short, {days} "
            "days overdue as of {as_of} ({rules}). It is now under supervision."
        ),
        mark(
            "As of {as_of}, {count} obligations of {unit} are overdue ({rules}). They are now "
            "under supervision."
        ),
    ),
}
_ASKS = {
    "tip": mark("When it is done, please record day, role, subjects and evidence at once."),
    "ask_record": mark(
        "Please complete the blank fields (role, subjects, unit of quantity, evidence) by {until}; "
        "nothing else is asked for."
    ),
    "remind": mark(
        "Please make it up, record it with the period that it makes good, and return the reply "
        "by {until} ({days} working days from {as_of})."
    ),
    "supervise": mark(
        "The head is asked to see to it, and to report causes, what was made up and what will "
        "change in writing by {until} ({days} working days from {as_of})."
    ),
}
_OTHER_ASK = mark("Please reply in writing by {until} ({days} working days from {as_of}).")
