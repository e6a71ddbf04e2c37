"""What a decision changes: the verdicts of one day before it and after it, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.judging.audit import Judged
from engine.judging.verdict import State, Verdict
from reports.codes import exempt_word, flag_words, state_word
from reports.figures import amount
from reports.i18n import Lang, translator
from reports.names import Names
from reports.numbered import RowNumbers

MOST = 12


@dataclass(frozen=True)
class Changed:
    """One obligation before and after; None where it was not, or is no more."""

    before: Verdict | None
    after: Verdict | None

    @property
    def verdict(self) -> Verdict:
        """The newest that is known of it."""
        found = self.after or self.before
        assert found is not None
        return found


def changed(before: Iterable[Judged], after: Iterable[Judged]) -> list[Changed]:
    """The obligations that stand differently, by their days, then id; none still to come."""
    was = {one.verdict.id: one.verdict for one in before}
    now = {one.verdict.id: one.verdict for one in after}
    found = [
        Changed(was.get(name), now.get(name))
        for name in was.keys() | now.keys()
        if _standing(was.get(name)) != _standing(now.get(name))
    ]
    return sorted(found, key=lambda one: (one.verdict.period.first, one.verdict.id))


def _standing(one: Verdict | None) -> tuple[object, ...] | None:
    if one is None or one.state is State.UPCOMING:
        return None
    return (one.state, one.reason, one.required, one.done, one.flags)


def changed_lines(
    found: Sequence[Changed], names: Names, numbers: RowNumbers, lang: Lang
) -> list[str]:
    """A numbered line for each, at most MOST of them; one that says so where nothing changes."""
    _ = translator(lang)
    if not found:
        return [_("no obligation stands differently today")]
    lines = [_("obligations that stand differently today: {count}").format(count=len(found))]
    for one in found[:MOST]:
        verdict = one.verdict
        before, after = _side(one.before, one, lang), _side(one.after, one, lang)
        who = names.holder_person(verdict) or names.holder_post(verdict) or names.unit(verdict.unit)
        number = numbers.of(verdict.id if one.after else None).rjust(2)
        told = f"{verdict.duty.title}  {verdict.called}  {who}  {before} → {after}"
        lines.append(f"  {number}  {told}")
    if len(found) > MOST:
        lines.append(_("  … and {count} more").format(count=len(found) - MOST))
    return lines


def _side(one: Verdict | None, pair: Changed, lang: Lang) -> str:
    """The state in words; with the numbers or flags where the state alone is the same."""
    _ = translator(lang)
    if one is None:
        return _("not owed")
    said = state_word(one.state, lang)
    before, after = pair.before, pair.after
    if one.reason:
        return said + _(" ({number})").format(number=exempt_word(one.reason, lang))
    if before is None or after is None or before.state != after.state:
        return said
    if (before.required, before.done) != (after.required, after.done):
        told = _("{done} of {required}").format(
            done=amount(one.done, one.measure, lang),
            required=amount(one.required, one.measure, lang),
        )
        return said + _(" ({number})").format(number=told)
    return said + _(" ({number})").format(number=flag_words(one.flags, lang) or _("no flag"))
