"""A level's sentences with the values of one notice, and what no level says. Source: FORMATS, 3.

What was found, what is asked and what follows stand in policy.yaml, beside their level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope, count_of, facts_of
from engine.alerting.level_words import LevelSentence
from engine.alerting.policy import Level, PaperForm, Policy
from engine.judging.verdict import Verdict, VerdictFlag
from engine.judging.world import World
from reports.figures import NOTHING, amount, day_text, day_with_weekday, period_text
from reports.i18n import Lang, Translate, translator
from reports.names import Names


@dataclass(frozen=True)
class Batch:
    """The alerts that go out together: of one level, to one addressee."""

    level: str
    addressee: str
    to_unit: bool
    scope: Scope
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

    def _said(self, key: str, **values: object) -> str:
        """A sentence of the level, filled in; empty where it says nothing of that."""
        sentence: LevelSentence | None = getattr(self.level.words, key)
        return sentence.in_(self.lang).format(**values) if sentence else ""

    def title(self) -> tuple[str, ...]:
        """Lines of at most 20 characters where they can, broken by sense."""
        whole = self._said("title", period=self._period(), paper=self.paper)
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
        unit = self.names.unit(self.batch.alerts[0].unit)
        as_of = day_text(self.world.as_of, self.lang)
        rules = _("; ").join(self.rules())
        if len(self.verdicts) > 1 or self.batch.scope is Scope.UNIT:
            return self._said(
                "found_several",
                unit=unit,
                period=self._period(),
                count=len(self.verdicts),
                as_of=as_of,
                rules=rules,
                paper=self.paper,
            )
        document = self.world.rulebook.documents.get(verdict.duty.document)
        return self._said(
            "found",
            law=_("《{title}》").format(title=document.title if document else ""),
            clause=verdict.duty.clause,
            who=self.names.holder(verdict, self.lang),
            unit=unit,
            period=period_text(verdict.called, verdict.period, self.lang),
            duty=verdict.duty.title,
            required=amount(verdict.required, verdict.measure, self.lang),
            done=amount(verdict.done, verdict.measure, self.lang),
            short=amount(verdict.shortfall, verdict.measure, self.lang),
            days_overdue=verdict.days_overdue or 0,
            due=day_with_weekday(verdict.due, self.lang) if verdict.due else NOTHING,
            as_of=as_of,
            rules=rules,
            paper=self.paper,
        )

    def asks(self, past: int = 0) -> tuple[str, ...]:
        """What is asked for. So many of the obligations cannot be made up any more: their event is
        over, and the level may ask something else for these.
        """
        days, as_of = self.level.reply_working_days, self.world.as_of
        until = self.world.workdays.add(as_of, days) if days else as_of
        words = self.level.words
        keys = ["asked"]
        if past == len(self.verdicts) and words.asked_past:
            keys = ["asked_past"]
        elif past:
            keys.append("asked_some_past")
        asked = [
            self._said(
                key,
                until=day_with_weekday(until, self.lang),
                days=days,
                as_of=day_text(as_of, self.lang),
            )
            for key in keys
        ]
        return tuple(text for text in asked if text)

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
        counts = [self._found(alert) for alert in self.batch.alerts if alert.scope is Scope.UNIT]
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
        levels = self.policy.levels.values()
        below = [one for one in levels if one.next == self.batch.level and not one.gentle]
        if self.level.gentle or not below:
            return ""
        return self._("Notice before this one: No. [    ], what came of it: ")

    def consequence(self) -> str:
        """The next level; none for what is only to be reminded of once."""
        level = self.policy.levels.get(self.level.next or "")
        hedged = all(
            verdict.duty.hedged or VerdictFlag.HEDGED in verdict.flags for verdict in self.verdicts
        )
        paper = level.title(self.batch.to_unit, self.lang) if level else ""
        return "" if hedged else self._said("follows", next=paper)

    def closing(self) -> str:
        letter = self.level.form is PaperForm.LETTER and not self.batch.to_unit
        return self._said("closing_letter" if letter else "closing")

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
