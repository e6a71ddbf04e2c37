"""What is said on standard error beside a judgement that may mislead whoever reads it alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.context import Edge
from commands.screen import tell
from reports.problem_words import in_words

if TYPE_CHECKING:
    from engine.judging.world import World


def caution(edge: Edge, as_of: date | None, world: World | None = None) -> None:
    """Says that the day which was judged is still to come, and which of the documents that the
    office adopted were not judged by, as no rules of theirs were read.
    """
    from services.binding import doubts_of_day, doubts_of_rules
    from services.office import local

    today = local(edge.when(as_of).now).date()
    told = [*doubts_of_day(as_of, today), *(doubts_of_rules(world) if world else ())]
    for one in told:
        tell(in_words(one, edge.lang), err=True)
