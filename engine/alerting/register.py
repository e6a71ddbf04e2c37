"""What earlier notices came to, as facts of the obligations that they were about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from data.notice_register import SENT, RegisteredNotice
from engine.alerting.conditions import Value
from engine.alerting.fact_names import lapsed_of, sent_of


class NoticesBefore:
    """The notices that had been drafted by a day, as they stood on it."""

    def __init__(
        self, levels: Sequence[str], as_of: date, notices: Iterable[RegisteredNotice] = ()
    ) -> None:
        self.as_of = as_of
        self.about: dict[str, list[RegisteredNotice]] = defaultdict(list)
        for notice in sorted(notices, key=lambda one: one.notice):
            for item in notice.items:
                if item.is_own:
                    self.about[item.matter].append(notice)
        self._nothing: dict[str, Value] = {
            name: False for level in levels for name in (sent_of(level), lapsed_of(level))
        }

    def facts(self, matters: Sequence[str]) -> dict[str, Value]:
        """Which levels were issued, and which lapsed, about any of these: one and what it follows
        in a row.
        """
        told = [notice for matter in matters for notice in self.about.get(matter, ())]
        if not told:
            return self._nothing
        sent = {sent_of(one.level) for one in told if one.stage in SENT}
        lapsed = {lapsed_of(one.level) for one in told if one.has_lapsed(self.as_of)}
        return {name: name in sent or name in lapsed for name in self._nothing}
