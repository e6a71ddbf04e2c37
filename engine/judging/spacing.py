"""How long after the last counted act another counts. Source: SEMANTICS, section 2, "least"."""

from __future__ import annotations

from collections import defaultdict
from datetime import time
from enum import Enum

from data.records import Activity
from engine.calendar.limits import end_of_limit
from engine.calendar.workdays import Workdays
from engine.judging.acts import moment_of
from rules.frequency import Until
from rules.model import Length


class Spacing(Enum):
    """Whether an act lies far enough behind the last one; UNTOLD: only its missing time says so."""

    FAR = "far"
    UNTOLD = "untold"
    NEAR = "near"


class Clock:
    """What was counted by now, for each member that a coverage reaches (None: of any other duty).

    What its period did not lack, and make-ups, are not told to it.
    """

    def __init__(self, workdays: Workdays) -> None:
        self.workdays = workdays
        self.acts: dict[str | None, list[Activity]] = defaultdict(list)

    def set(self, act: Activity, member: str | None = None) -> None:
        """Starts the interval anew from this act."""
        self.acts[member].append(act)

    def apart(self, act: Activity, interval: Length | None, member: str | None = None) -> Spacing:
        """How far the act lies behind the last one that was counted before it."""
        before = [one for one in self.acts[member] if not _is_later(one, act)]
        if interval is None or not before:
            return Spacing.FAR
        last = max(before, key=lambda one: (one.day, str(one.time or "")))
        # without its time the last act may have been done as early as the day begins
        since = last.time or time.min
        limit = end_of_limit(last.day, since, Until(length=interval), self.workdays)
        if act.day != limit.day:
            return Spacing.FAR if act.day > limit.day else Spacing.NEAR
        if not interval.by_clock:
            return Spacing.FAR
        done = moment_of(act)
        if last.time is None or limit.moment is None or done is None:
            return Spacing.UNTOLD
        return Spacing.FAR if done >= limit.moment else Spacing.NEAR


def _is_later(one: Activity, act: Activity) -> bool:
    if one.day != act.day:
        return one.day > act.day
    return one.time is not None and act.time is not None and one.time > act.time
