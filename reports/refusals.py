"""Which records a paper must account for: what was recorded but does not count, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from data.records import Activity
from engine.judging.audit import Judged
from engine.judging.explain import explain_judged
from engine.judging.verdict import Reason, Verdict
from engine.judging.world import World
from reports.codes import reason_word
from reports.i18n import Lang, translator


@dataclass(frozen=True)
class Refusal:
    """A record that does not count for an obligation, and the reason code."""

    activity: Activity
    judged: Judged
    reason: Reason


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
        """
        return tuple(one for one in self.all_of(verdict) if self._is_asked_about(one))

    def _is_asked_about(self, one: Refusal) -> bool:
        rule = one.judged.verdict.duty.activity
        vocabulary = self.world.rulebook.vocabulary
        kinds = rule.kind if rule else ()
        if one.reason in (Reason.KIND, Reason.HOLDER) and one.activity.activity in self.counting:
            return False
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
    """Why an act does not count, in words; a field left blank is told apart from a wrong one."""
    _ = translator(lang)
    given = dict(act.attributes)
    if reason is Reason.ROLE and not act.role:
        return _("the role was left blank")
    if reason is Reason.SUBJECT and not act.subjects:
        return _("the subjects were left blank")
    if reason is Reason.TOO_SMALL and act.quantity is None and not verdict.measure.counts_days:
        return _("the quantity was left blank")
    if reason in (Reason.UNIT, Reason.TOO_SMALL) and act.quantity and not act.unit_of_quantity:
        return _("the unit of quantity was left blank")
    if reason is Reason.ATTRIBUTE:
        rule = verdict.duty.activity
        blank = [key for key in rule.attributes if key not in given] if rule else []
        if blank:
            return _("left blank: {fields}").format(fields="、".join(blank))
    return reason_word(reason, lang)


def refusal_word(refusal: Refusal, lang: Lang = "zh") -> str:
    """Why it does not count, in words."""
    return act_refused(refusal.activity, refusal.reason, refusal.judged.verdict, lang)
