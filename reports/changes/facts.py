"""The verdicts of two days, or of before and after a decision, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.judging.audit import Judged
from engine.judging.verdict import State, Verdict


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
        if standing(was.get(name)) != standing(now.get(name))
    ]
    return sorted(found, key=lambda one: (one.verdict.period.first, one.verdict.id))


def standing(one: Verdict | None) -> tuple[object, ...] | None:
    """What two verdicts of an obligation are held against each other by; None: not owed yet."""
    if one is None or one.state is State.UPCOMING:
        return None
    return (one.state, one.reason, one.required, one.done, one.flags)
