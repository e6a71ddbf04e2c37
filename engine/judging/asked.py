"""Which verdicts are asked for: what nobody asks for need not be judged. Source: SEMANTICS, 6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.calendar.periods import Period
from engine.judging.obligations import Obligation
from engine.judging.slots import Slot


@dataclass(frozen=True)
class AskedVerdicts:
    """The verdicts that lie in the span, and those from before it that are overdue on the day
    `arrears` (None: without these).
    """

    span: Period
    arrears: date | None = None

    def may_be(self, one: Obligation) -> bool:
        """Whether its verdict may be asked for, whatever was done."""
        if lies_in(one.stretch.due, one.stretch.period, self.span):
            return True
        return self._is_old(one)

    def is_answered_by(self, slot: Slot) -> bool:
        """The same, when it is known what was done: never False for a verdict that is asked for."""
        one = slot.obligation
        if not self.may_be(one):
            return False
        if lies_in(one.stretch.due, one.stretch.period, self.span):
            return True
        # members that were reached are counted once more where it is judged
        return one.covers or slot.done < one.required

    def _is_old(self, one: Obligation) -> bool:
        due = one.stretch.due
        if self.arrears is None or due is None or due >= self.span.first:
            return False
        return one.deadline is not None and one.deadline < self.arrears


def lies_in(due: date | None, period: Period, span: Period) -> bool:
    """By the due day before moving and grace; what is to be ruled by its year."""
    return period.meets(span) if due is None else due in span
