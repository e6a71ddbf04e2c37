"""Running a kept audit again: whether it comes out the same, and if not, since when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.context import Edge
from commands.screen import progress, tell

if TYPE_CHECKING:
    from engine.judging.verdict import State
    from services.kept_audits import AuditRerun, Since


def again(edge: Edge, number: int) -> None:
    """Says whether a kept audit comes out the same, with today's rule files and with those that
    were kept; ends with 1 where it does not.
    """
    from services.kept_audits import again as asked

    it = asked(edge.office(), number, progress(edge.say("judging")))
    said = edge.say("audit {number} comes out differently")
    if it.today.same:
        said = edge.say("audit {number} comes out the same")
    tell(said.format(number=number))
    for name in it.changed:
        tell("  " + edge.say("changed since: {name}").format(name=name))
    _tell(edge, it.today)
    if it.then is not None:
        said = edge.say("with the rule files as they were kept it comes out differently")
        if it.then.same:
            said = edge.say("with the rule files as they were kept it comes out the same")
        tell(said)
        _tell(edge, it.then)
    elif it.changed:
        tell(edge.say("the rule files of then are not in the store"))
    if it.since is not None:
        for line in _since(edge, it.since):
            tell(line)
    if not it.same:
        raise SystemExit(1)


def _tell(edge: Edge, outcome: AuditRerun) -> None:
    """A line for each state that differs; one that says so where none does."""
    from reports.codes import state_word

    def word(state: State | None) -> str:
        return state_word(state, edge.lang) if state else edge.say("no longer asked")

    for one in outcome.moved:
        tell(f"  {one.verdict}: {word(one.before)} → {word(one.after)}")
    if not outcome.same and not outcome.moved:
        tell("  " + edge.say("the states are the same, other parts of verdicts are not"))


def _since(edge: Edge, since: Since) -> Iterator[str]:
    """Lines: whether the audit comes out the same with what the store held then, and which entries
    of the journal since then change it.
    """
    from reports.journal.text import entry_lines

    text = edge.say("with what the store held then (entry {entry}) it comes out differently too")
    if since.same:
        text = edge.say("with what the store held then (entry {entry}) it comes out the same")
    yield text.format(entry=since.entry)
    if not since.changing:
        return
    yield edge.say("what came in since and changes it:")
    for entry in since.changing:
        yield entry_lines(entry, edge.lang)[0]
    if since.more:
        yield edge.say("… and more; 'dutyclock journal' shows every entry")
