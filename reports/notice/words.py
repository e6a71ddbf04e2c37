"""The sentences of a notice: what was found, what is asked, what follows. Source: FORMATS, 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.alerting.alerts import Alert
from engine.alerting.fact_names import count_of, facts_of
from engine.alerting.policy import Level, Policy
from engine.judging.verdict import Verdict, VerdictFlag
from engine.judging.world import World
from reports.figures import NOTHING, amount, day_text, day_with_weekday, period_text
from reports.i18n import Lang, Translate, mark, translator
from reports.names import Names

GENTLE = frozenset({"tip", "ask_record"})
"""Levels that accuse nobody: only they may speak of an obligation whose records are incomplete."""


@dataclass(frozen=True)
class Batch:
    """The alerts that go out together: of one level, to one addressee."""

    level: str
    addressee: str
    to_unit: bool
    scope: str
    alerts: tuple[Alert, ...]


_TITLE_LINE = 20
"""How many characters a line of a title has at most. Source: FORMATS, 3."""


def _characters(text: str) -> float:
    """How many Chinese characters wide a text is; Latin letters and digits are half of one."""
    return sum(1 if ord(letter) > 0x2E80 else 0.5 for letter in text)


@dataclass(frozen=True)
class Wording:
    """The sentences of one notice."""

    world: World
    names: Names
    policy: Policy
    lang: Lang
    batch: Batch
    level: Level
    verdicts: Sequence[Verdict]
    paper: str

    @property
    def _(self) -> Translate:
        return translator(self.lang)

    def title(self) -> tuple[str, ...]:
        """Lines of at most 20 characters where they can, broken by sense."""
        _ = self._
        whole = _(_SUBJECTS.get(self.batch.level, OVERDUE_SUBJECT)).format(
            period=self._period(), paper=self.paper
        )
        lines: list[str] = []
        for part in whole.split("|"):
            if lines and _characters(lines[-1] + part) <= _TITLE_LINE:
                lines[-1] += part
            else:
                lines.append(part)
        return tuple(lines)

    def matter(self) -> str:
        _ = self._
        return _("Period: {period}; data until {as_of}; source: {records}").format(
            period=self._period(),
            as_of=day_text(self.world.as_of, self.lang),
            records=_("the records kept in this system"),
        )

    def opening(self) -> str:
        _, verdict = self._, self.verdicts[0]
        texts = _OPENINGS.get(self.batch.level, _OVERDUE_OPENINGS)
        one = len(self.verdicts) == 1 and self.batch.scope != "unit"
        document = self.world.rulebook.documents.get(verdict.duty.document)
        return _(texts[0] if one else texts[1]).format(
            law=_("《{title}》").format(title=document.title if document else ""),
            clause=verdict.duty.clause,
            who=self.names.holder(verdict, self.lang),
            unit=self.names.unit(self.batch.alerts[0].unit),
            period=period_text(verdict.called, verdict.period, self.lang),
            duty=verdict.duty.title,
            required=amount(verdict.required, verdict.measure, self.lang),
            done=amount(verdict.done, verdict.measure, self.lang),
            short=amount(verdict.shortfall, verdict.measure, self.lang),
            days=verdict.days_overdue or 0,
            due=day_with_weekday(verdict.due, self.lang) if verdict.due else NOTHING,
            as_of=day_text(self.world.as_of, self.lang),
            count=len(self.verdicts),
            rules=_("; ").join(self.rules()),
            paper=self.paper,
        )

    def asks(self, past: int = 0) -> tuple[str, ...]:
        """What is asked for. So many of the obligations cannot be made up any more: their event is
        over, and what they ask for is the reason.
        """
        _ = self._
        text = _ASKS.get(self.batch.level, _OTHER_ASK)
        more: tuple[str, ...] = ()
        if self.batch.level == "remind" and past:
            if past == len(self.verdicts):
                text = _PAST_ASK
            else:
                more = (_(_PAST_TOO),)
        days = self.level.reply_working_days
        if days is None:
            return (_(text),) if self.batch.level in _ASKS else ()
        until = self.world.workdays.add(self.world.as_of, days)
        return (
            _(text).format(
                until=day_with_weekday(until, self.lang),
                days=days,
                as_of=day_text(self.world.as_of, self.lang),
            ),
            *more,
        )

    def rules(self) -> tuple[str, ...]:
        """What the policy's rules say that concluded this level, each once."""
        found: dict[str, None] = {}
        for alert in self.batch.alerts:
            for name in alert.rules:
                rule = self.policy.rules[name]
                if rule.conclude == alert.level:
                    found[(rule.en if self.lang == "en" else rule.zh) or name] = None
        return tuple(found)

    def triggers(self) -> tuple[str, ...]:
        """What the rules say, and for a unit what they found."""
        counts = [self._found(alert) for alert in self.batch.alerts if alert.scope == "unit"]
        return (*self.rules(), *counts)

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

    def previous(self) -> str:
        """Notices are not registered yet: an empty place for the number and day of the last one."""
        if self.batch.level in GENTLE or self.batch.level == "remind":
            return ""
        return self._("Notice before this one: No. [    ], what came of it: ")

    def consequence(self) -> str:
        """The next level; none for what is only to be reminded of once."""
        level = self.policy.levels.get(self.level.next or "")
        hedged = all(
            verdict.duty.hedged or VerdictFlag.HEDGED in verdict.flags for verdict in self.verdicts
        )
        if level is None or self.batch.level in GENTLE or hedged:
            return ""
        paper = level.title(self.batch.to_unit, self.lang)
        return self._("Otherwise the next step is: {paper}.").format(paper=paper)

    def closing(self) -> str:
        if self.level.form == "slip":
            return ""
        letter = self.level.form == "letter" and not self.batch.to_unit
        return self._(CLOSING_LETTER if letter else CLOSING_NOTICE)

    def _period(self) -> str:
        lang = self.lang
        labels = {verdict.called: verdict.period for verdict in self.verdicts}
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
        "Please complete the blank fields (role, subjects, attributes, unit of quantity, evidence) "
        "by {until}; nothing else is asked for."
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
_PAST_ASK = mark(
    "It cannot be made up any more: please explain in the reply why it was not done, and return it "
    "by {until} ({days} working days from {as_of})."
)
_PAST_TOO = mark("Of what cannot be made up any more, please give the reason in the reply.")
_OTHER_ASK = mark("Please reply in writing by {until} ({days} working days from {as_of}).")
