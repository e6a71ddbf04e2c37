"""Which records a paper must account for: what was recorded but does not count, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from data.records import Activity
from engine.judging.audit import Judged
from engine.judging.explain import explain_judged
from engine.judging.verdict import Reason, Verdict, Want
from engine.judging.wanting import wants
from engine.judging.world import World
from reports.codes import reason_word
from reports.i18n import Lang, mark, translator
from rules.frequency import Measure, Population
from rules.wording.parts import condition_in_words, number_text, population_in_words


@dataclass(frozen=True)
class Refusal:
    """A record that does not count for an obligation, and the reason code."""

    activity: Activity
    judged: Judged
    reason: Reason


COLUMNS: Mapping[str, str] = {
    "role": mark("the role"),
    "unit_of_quantity": mark("the unit of quantity"),
}
"""The columns whose word a duty may ask for, as a sentence begins with them."""


class Refusals:
    """What did not count, asked of one run's verdicts as often as papers need it."""

    def __init__(self, world: World, judged: Iterable[Judged]) -> None:
        self.world = world
        self.judged: Mapping[str, Judged] = {one.verdict.id: one for one in judged}
        self._known: dict[str, tuple[Refusal, ...]] = {}

    @cached_property
    def acts(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return {act.activity: act for act in self.world.records.activities}

    @cached_property
    def counting(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the verdicts for which each act counts, sorted."""
        found: dict[str, list[str]] = {}
        for name, one in sorted(self.judged.items()):
            for item in one.verdict.counted:
                found.setdefault(item.activity, []).append(name)
        return {activity: tuple(names) for activity, names in found.items()}

    def all_of(self, verdict: str) -> tuple[Refusal, ...]:
        """Everything near that obligation that does not count for it, by day and id."""
        if verdict not in self._known:
            one = self.judged[verdict]
            self._known[verdict] = tuple(
                Refusal(self.acts[item.activity], one, item.reason)
                for item in explain_judged(self.world, one).not_counted
            )
        return self._known[verdict]

    def telling(self, verdict: str) -> tuple[Refusal, ...]:
        """Those that somebody would ask about: done with this duty in mind, as far as one sees.

        Others' acts are told only where they count for nothing and no duty of theirs asks for the
        kind, and acts of another kind only where, besides, the two kinds stand under a common one.
        An act about another matter is told only where no duty took it.
        """
        return tuple(one for one in self.all_of(verdict) if self._is_asked_about(one))

    def _is_asked_about(self, one: Refusal) -> bool:
        rule = one.judged.verdict.duty.activity
        vocabulary = self.world.rulebook.vocabulary
        kinds = rule.kind if rule else ()
        if one.reason in (Reason.KIND, Reason.HOLDER) and one.activity.activity in self.counting:
            return False
        if one.reason is Reason.ATTRIBUTE and rule and one.activity.activity in self.counting:
            return bool(rule.attributes.keys() - dict(one.activity.attributes).keys())
        if one.reason is Reason.HOLDER and self._asks_its_doer(one.activity):
            return False
        if one.reason is Reason.KIND:
            mine = vocabulary.wider_kinds.get(one.activity.kind, frozenset())
            return any(mine & vocabulary.wider_kinds.get(kind, frozenset()) for kind in kinds)
        return any(vocabulary.is_kind(one.activity.kind, kind) for kind in kinds)

    @cached_property
    def _kinds_owed(self) -> Mapping[str, frozenset[str]]:
        """The kinds that the duties of each post or unit ask for."""
        found: dict[str, set[str]] = {}
        for one in self.judged.values():
            rule = one.verdict.duty.activity
            owing = found.setdefault(one.verdict.post or one.verdict.unit, set())
            owing.update(rule.kind if rule else ())
        return {holder: frozenset(kinds) for holder, kinds in found.items()}

    def _asks_its_doer(self, act: Activity) -> bool:
        """Whether it was done under a post that owes such acts itself, and on nobody's behalf."""
        owed = self._kinds_owed.get(act.holder, frozenset())
        is_kind = self.world.rulebook.vocabulary.is_kind
        return act.on_behalf_of is None and any(is_kind(act.kind, kind) for kind in owed)


def act_refused(act: Activity, reason: Reason, verdict: Verdict, lang: Lang) -> str:
    """Why an act does not count, in words: what its duty asks for, and what was written instead; a
    field left blank is told apart from a wrong one.
    """
    _ = translator(lang)
    duty, measure = verdict.duty, verdict.measure
    wanted = wants(duty.activity, measure, act, reason)
    if wanted:
        return _("; ").join(_want_in_words(one, lang) for one in wanted)
    if reason is Reason.SUBJECT:
        return _subject_refused(act, verdict, lang)
    if reason is Reason.TOO_SMALL and not measure.counts_days:
        return _amount_refused(act, measure, lang)
    return reason_word(reason, lang)


def _want_in_words(want: Want, lang: Lang) -> str:
    _ = translator(lang)
    if want.written is None:
        said = _("{what} was left blank, and should be {asked}")
    else:
        said = _("{what} should be {asked}, and says {written}")
    what = want.key or _(COLUMNS[want.column])
    asked = _(" or ").join(quoted(one, lang) for one in want.asked)
    return said.format(what=what, asked=asked, written=quoted(want.written or "", lang))


def quoted(word: str, lang: Lang) -> str:
    """A word as it is to be typed."""
    return f"“{word}”" if lang == "zh" else f"'{word}'"


def _subject_refused(act: Activity, verdict: Verdict, lang: Lang) -> str:
    """Which subjects the duty asks for, in its own condition or by its population."""
    _ = translator(lang)
    rule, population = verdict.duty.activity, verdict.measure.each or verdict.measure.of
    if rule is not None and rule.subjects is not None:
        asked = condition_in_words(rule.subjects, lang)
    elif isinstance(population, Population):
        asked = population_in_words(population, lang)
    else:
        return reason_word(Reason.SUBJECT, lang)
    said = _("the subjects should be {asked}")
    if not act.subjects:
        said = _("the subjects were left blank, and should be {asked}")
    return said.format(asked=asked)


def _amount_refused(act: Activity, measure: Measure, lang: Lang) -> str:
    """How much one act must be."""
    _ = translator(lang)
    least = measure.least_amount
    if least is None:
        return reason_word(Reason.TOO_SMALL, lang)
    space = "" if lang == "zh" else " "
    amount = f"{number_text(least.amount)}{space}{least.unit}"
    if act.quantity is None:
        return _("the quantity was left blank: at least {amount} each time").format(amount=amount)
    return _("less than one act must be: at least {amount} each time").format(amount=amount)


def refusal_word(refusal: Refusal, lang: Lang = "zh") -> str:
    """Why it does not count, in words."""
    return act_refused(refusal.activity, refusal.reason, refusal.judged.verdict, lang)
