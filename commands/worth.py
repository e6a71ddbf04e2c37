"""What a recorded act is worth, line by line: what `record` and `make-up` answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.context import Edge
from commands.numbered import numbered
from commands.screen import tell
from reports.problem_words import in_one_line

if TYPE_CHECKING:
    from engine.judging.verdict import Verdict
    from reports.names import Names
    from reports.numbered import RowNumbers
    from services.records import ActWorth

MOST_REFUSED = 5
"""How many duties are named that do not take an act as it was recorded."""


def tell_counted(edge: Edge, it: ActWorth) -> None:
    """Says what an act replaces, which obligations it counts for, and what others would take it."""
    from reports.names import Names

    with numbered(edge, it.world.as_of, None) as numbers:
        for line in _Worth(edge, it, Names.of_world(it.world), numbers).lines():
            tell(line)
    for one in it.doubts:
        tell(in_one_line(one.said, one.hint, edge.lang))


class _Worth:
    """One act, told part by part."""

    def __init__(self, edge: Edge, it: ActWorth, names: Names, numbers: RowNumbers) -> None:
        self.edge = edge
        self.it = it
        self.names = names
        self.numbers = numbers

    def lines(self) -> Iterator[str]:
        """All lines of the answer."""
        say, it = self.edge.say, self.it
        for old in it.replaces:
            what = f"{old.day} {old.kind} {self.names.doer(old)}"
            yield say("it replaces {activity}: {what}").format(activity=old.activity, what=what)
        if it.counts_for:
            yield say("it counts for:")
        else:
            yield say("it counts for nothing yet")
        for one in it.counts_for:
            yield self._line(one.verdict)
        yield from self._touched()
        yield from self._refused()
        if it.unit is None:
            yield say("its holder belongs to no unit")

    def _line(self, verdict: Verdict, told: str = "") -> str:
        """One obligation with its number, whose it is and how it stands."""
        from reports.codes import state_word

        names, lang = self.names, self.edge.lang
        who = names.holder_person(verdict) or names.holder_post(verdict) or names.unit(verdict.unit)
        number = self.numbers.of(verdict.id).rjust(2)
        state = state_word(verdict.state, lang)
        line = f"  {number}  {verdict.duty.title}  {verdict.called}  {who}  {state}"
        return f"{line}{self.edge.say(': ')}{told}" if told else line

    def _touched(self) -> Iterator[str]:
        """What else the period that an act makes up names."""
        if self.it.touched:
            text = self.edge.say("{label} also names, and nothing of it goes there:")
            yield text.format(label=self.it.act.makes_up)
        for one in self.it.touched:
            yield self._line(one.verdict)

    def _refused(self) -> Iterator[str]:
        """What the nearest duties ask for that do not take the act as it was recorded."""
        from engine.judging.verdict import Reason
        from reports.refusals import act_refused

        it, say = self.it, self.edge.say
        told = it.refused_by[:MOST_REFUSED]
        if not told:
            return
        yield say("as it is recorded it does not count for:")
        for one, refusal in told:
            reason = act_refused(it.act, refusal.reason, one.verdict, self.edge.lang)
            if it.same_as is not None and refusal.reason is Reason.DUPLICATE:
                text = say("the same as the record {activity}")
                reason = text.format(activity=it.same_as.activity)
            yield self._line(one.verdict, reason)
        if len(it.refused_by) > len(told):
            yield say("  and {count} more duties").format(count=len(it.refused_by) - len(told))
        text = say(
            "if the record is wrong, record it once more, all of it, as --activity {activity}"
        )
        yield text.format(activity=it.act.activity)
