"""A duty of the rules in words: who, what, how often, which records count, from which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.codes import BilingualWord
from reports.i18n import Lang, translator
from rules.coverage import Outcome
from rules.duty import ActRule, Duty
from rules.frequency import Shape
from rules.listing import written_day
from rules.rulebook import Rulebook
from rules.wording import (
    act_in_words,
    condition_in_words,
    english_names,
    holder_in_words,
    measure_in_words,
)

OUTCOMES: Mapping[Outcome, BilingualWord] = {
    Outcome.OPEN: BilingualWord("未定", "OPEN"),
    Outcome.DUTY: BilingualWord("职责", "duty"),
    Outcome.TO_BE_RULED: BilingualWord("待明确", "to be ruled"),
    Outcome.RULED_OUT: BilingualWord("不收", "ruled out"),
}

SHAPES: Mapping[Shape, BilingualWord] = {
    Shape.COUNT: BilingualWord("次数", "a count"),
    Shape.RANGE: BilingualWord("次数上下限", "a range"),
    Shape.QUOTA: BilingualWord("数量", "a quantity"),
    Shape.SHARE: BilingualWord("比例", "a share"),
    Shape.SHARE_OF_DAYS: BilingualWord("工作日比例", "a share of the working days"),
    Shape.COVERAGE: BilingualWord("全覆盖", "coverage"),
    Shape.RECURRING_DEADLINE: BilingualWord("每期限期", "a recurring deadline"),
    Shape.AFTER_PERIOD: BilingualWord("期后限期", "a deadline after a period"),
    Shape.DEADLINE: BilingualWord("限期", "a deadline"),
    Shape.WINDOW: BilingualWord("时段", "a window"),
    Shape.EVENT: BilingualWord("触发事项", "an event"),
    Shape.ROLLING: BilingualWord("间隔", "a longest gap"),
    Shape.NESTED: BilingualWord("多项要求", "several measures"),
    Shape.TO_BE_RULED: BilingualWord("待明确", "to be ruled"),
}


@dataclass(frozen=True)
class DutyWords:
    """One duty as a page shows it; a text is empty where there is nothing to say."""

    id: str
    title: str
    holder: str
    measure: str
    acts: str
    days: str
    mark: str
    """To be ruled, or always exempt."""

    sources: tuple[tuple[str, str], ...]
    """Every place that says it: clause and quote."""

    note: str
    examples: int
    watched_by: str
    responsible: str
    supporting: str

    @property
    def key(self) -> str:
        """The last part of its id."""
        return self.id.rpartition(".")[2]


class RuleWords:
    """The duties of a rulebook in one language; each is worked out once."""

    def __init__(self, rulebook: Rulebook, lang: Lang = "zh") -> None:
        self.rulebook = rulebook
        self.lang = lang
        self._names = english_names(rulebook) if lang == "en" else None
        self._known: dict[str, DutyWords] = {}

    def holder(self, duty: Duty) -> str:
        """Who owes the duty, in words."""
        return holder_in_words(duty.holder, self.lang, self._names)

    def measure(self, duty: Duty) -> str:
        """How often, how much or by when."""
        _ = translator(self.lang)
        words = measure_in_words(duty.frequency, self.lang, self._names)
        return words + (_(" (as a rule)") if duty.hedged else "")

    def duty(self, duty: Duty) -> DutyWords:
        """The duty in words: all that a page shows of it."""
        if duty.id not in self._known:
            self._known[duty.id] = self._duty(duty)
        return self._known[duty.id]

    def duties(self, duties: Sequence[Duty]) -> list[DutyWords]:
        """All of them, in their order."""
        return [self.duty(duty) for duty in duties]

    def _duty(self, duty: Duty) -> DutyWords:
        _ = translator(self.lang)
        mark = _("always exempt") if duty.is_never_owed else ""
        holder = duty.holder
        return DutyWords(
            id=duty.id,
            title=duty.title,
            holder=self.holder(duty),
            measure=self.measure(duty),
            acts=self.acts(duty.activity) if duty.activity else "",
            days=self.days(duty),
            mark=OUTCOMES[Outcome.TO_BE_RULED].in_(self.lang) if duty.is_to_be_ruled else mark,
            sources=tuple((source.clause, source.quote) for source in duty.sources),
            note=duty.note or "",
            examples=len(duty.examples),
            watched_by="、".join(holder.supervised_by),
            responsible="、".join(holder.responsible),
            supporting="、".join(holder.supporting),
        )

    def acts(self, rule: ActRule) -> str:
        """Which records count: kinds, roles, and what else they must say."""
        _, comma = translator(self.lang), "、" if self.lang == "zh" else ", "
        parts = [act_in_words(rule, self.lang, self._names)]
        parts += [f"{key}{_(': ')}{comma.join(words)}" for key, words in rule.attributes.items()]
        if rule.subjects is not None:
            subjects = condition_in_words(rule.subjects, self.lang)
            parts.append(_("subject: {subjects}").format(subjects=subjects))
        if rule.delegate:
            parts.append(_("may be left to {posts}").format(posts=comma.join(rule.delegate)))
        for asked, said in (
            (rule.evidence, _("with evidence")),
            (rule.separately, _("not together with another post's")),
            (rule.several_per_day, _("several on a day count")),
            (rule.counts_on == "first", _("an act of several days counts on its first")),
            (rule.below, _("acts of units below count")),
            (rule.of_unit, _("acts of the post's own unit count")),
        ):
            if asked:
                parts.append(said)
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def days(self, duty: Duty) -> str:
        """From which day to which it holds, and the part of each year."""
        _ = translator(self.lang)
        document = self.rulebook.documents.get(duty.document)
        days = [one for one in (duty.valid.first, document.first if document else None) if one]
        first, last = max(days, default=None), duty.valid.last
        words = _("{first} to {last}") if last else _("from {first} on")
        words = words.format(first=first, last=last)
        stretches = [map(written_day, one) for one in duty.valid.season_stretches]
        if stretches:
            said = [
                _("{first} to {last}").format(first=one, last=other) for one, other in stretches
            ]
            words += _(", each year {stretches}").format(stretches=_(" and ").join(said))
        names = self._names or {}
        windows = [names.get(name, name) for name in duty.valid.season_windows]
        if windows:
            words += _(", each year in {stretches}").format(stretches=_(" and ").join(windows))
        return words
