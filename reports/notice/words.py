"""A level's sentences with the values of one notice, and what no level says. Source: FORMATS, 3.

What was found, what is asked and what follows stand in policy.yaml, beside their level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.notice_register import NoticeStage, RegisteredNotice
from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope, count_of, facts_of
from engine.alerting.level_words import LevelSentence
from engine.alerting.matters import Matter
from engine.alerting.policy import Level, PaperForm, Policy
from engine.alerting.register import NoticesBefore
from engine.judging.verdict import VerdictFlag
from engine.judging.world import World
from reports.figures import NOTHING, amount, day_text, day_with_weekday
from reports.i18n import Lang, Translate, mark, translator
from reports.notice.lines import Line, Lines
from reports.notice.periods import missed_text, month_named, period_named


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

    shared: Lines
    batch: Batch
    level: Level
    lines: Sequence[Line]
    paper: str
    before: NoticesBefore

    @property
    def lang(self) -> Lang:
        """The language of the notice."""
        return self.shared.lang

    @property
    def world(self) -> World:
        """What it was judged by."""
        return self.shared.world

    @property
    def policy(self) -> Policy:
        """The policy that concluded it."""
        return self.shared.policy

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
        _, matter = self._, self.lines[0].matter
        verdict = matter.verdict
        unit = self.shared.names.unit(self.batch.alerts[0].unit)
        as_of = day_text(self.world.as_of, self.lang)
        rules = _("; ").join(self.rules())
        if len(self.lines) > 1 or self.batch.scope is Scope.UNIT:
            return self._said(
                "found_several",
                unit=unit,
                period=self._period(),
                count=len(self.lines),
                as_of=as_of,
                rules=rules,
                paper=self.paper,
            )
        document = self.world.rulebook.documents.get(verdict.duty.document)
        return self._said(
            "found",
            law=_("《{title}》").format(title=document.title if document else ""),
            clause=verdict.duty.clause,
            who=self.shared.names.holder(verdict, self.lang),
            unit=unit,
            period=self._period(),
            duty=verdict.duty.title,
            required=amount(matter.required, verdict.measure, self.lang),
            done=amount(matter.done, verdict.measure, self.lang),
            short=self._short(matter),
            days_overdue=matter.days_overdue,
            due=day_with_weekday(verdict.due, self.lang) if verdict.due else NOTHING,
            as_of=as_of,
            rules=rules,
            paper=self.paper,
        )

    def _short(self, matter: Matter) -> str:
        """How much is short; of a month of short periods with which of them."""
        short = amount(matter.shortfall, matter.verdict.measure, self.lang)
        if matter.month is None:
            return short
        missed = missed_text(matter.told, self.lang)
        return self._("{short} ({missed})").format(short=short, missed=missed)

    def asked(self) -> tuple[str, ...]:
        """The sentences of what is asked for, with their braces. Of what cannot be made up any
        more, since its event is over, the level may ask something else.
        """
        words = self.level.words
        own = [line for line in self.lines if line.is_own]
        past = sum(bool(self.shared.past_making_up(line)) for line in own)
        keys = ["asked"]
        if past == len(own) and words.asked_past:
            keys = ["asked_past"]
        elif past:
            keys.append("asked_some_past")
        found: list[LevelSentence | None] = [getattr(words, key) for key in keys]
        return tuple(one.in_(self.lang) for one in found if one)

    def asks(self) -> tuple[str, ...]:
        """What is asked for, by a day counted from the audit's."""
        days, as_of = self.level.reply_working_days, self.world.as_of
        until = self.world.workdays.add(as_of, days) if days else as_of
        return asks_by(self.asked(), days, as_of, until, self.lang)

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
        """The notices of levels below that were issued about its lines, and what came of them."""
        below = [name for name in self.policy.levels if self._is_below(name)]
        told = {
            notice.notice: notice
            for line in self.lines
            for notice in self.before.about.get(line.matter.id, ())
            if notice.issued is not None and notice.level in below
        }
        said = [self._came_of(told[number]) for number in sorted(told)]
        return self._("Notice before this one: {notices}").format(
            notices=self._("; ").join(said) + self._(".")
        ) if said else ""  # fmt: skip

    def _is_below(self, name: str) -> bool:
        same = name == self.batch.level
        return not self.policy.levels[name].gentle and (
            same or self.batch.level in self.policy.above(name)
        )

    def _came_of(self, notice: RegisteredNotice) -> str:
        """A notice's number, day and limit, and how it stands."""
        _, lang = self._, self.lang
        parts = [
            _("{paper} {number} ({day})").format(
                paper=notice.paper, number=notice.number, day=day_text(notice.issued, lang)
            )
        ]
        if notice.printed_until:
            until = day_text(notice.printed_until, lang)
            parts.append(_("to be settled by {day}").format(day=until))
        parts.append(_(CAME_OF[notice.stage]))
        return _(", ").join(parts)

    def consequence(self) -> str:
        """The next level; none for what is only to be reminded of once."""
        level = self.policy.levels.get(self.level.next or "")
        verdicts = [line.matter.verdict for line in self.lines]
        hedged = all(one.duty.hedged or VerdictFlag.HEDGED in one.flags for one in verdicts)
        paper = level.title(self.batch.to_unit, self.lang) if level else ""
        return "" if hedged else self._said("follows", next=paper)

    def closing(self) -> str:
        letter = self.level.form is PaperForm.LETTER and not self.batch.to_unit
        return self._said("closing_letter" if letter else "closing")

    def _period(self) -> str:
        """The period of the lines; of several the months from the first to the last."""
        lang = self.lang
        named = {
            (month_named(matter.month, lang) if matter.month else self._named(matter)): (
                matter.period
            )
            for matter in (line.matter for line in self.lines)
        }
        if len(named) == 1:
            return next(iter(named))
        first = min(period.first for period in named.values())
        last = max(period.last for period in named.values())
        if lang == "en":
            return f"{first:%Y-%m} to {last:%Y-%m}"
        if first.year != last.year:
            return f"{first.year}年至{last.year}年"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        return f"{first.year}年{first.month}月至{last.month}月"

    def _named(self, matter: Matter) -> str:
        return period_named(matter.verdict, self.shared.events, self.lang)


CAME_OF = {
    NoticeStage.ISSUED: mark("no delivery recorded"),
    NoticeStage.DELIVERED: mark("delivered, no reply so far"),
    NoticeStage.REPLIED: mark("a reply came and is being looked at"),
    NoticeStage.CLOSED: mark("settled"),
    NoticeStage.ARCHIVED: mark("settled"),
    NoticeStage.WITHDRAWN: mark("void"),
}
"""What came of an issued notice, as the next one says it."""


def asks_by(
    asked: Sequence[str], days: int | None, as_of: date, until: date, lang: Lang
) -> tuple[str, ...]:
    """The sentences of what is asked for, with the day by which it is."""
    named = {"until": day_with_weekday(until, lang), "as_of": day_text(as_of, lang)}
    return tuple(text.format(days=days, **named) for text in asked)
