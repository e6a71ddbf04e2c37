"""The deciding sentences of SEMANTICS that the second reading can be made to leave out, by key.

The reading asks `office.reads(KEY)` where the sentence decides, and only there, last of all the
conditions: what was asked is then what the sentence decided in that world. A seed that reaches
each of them stands in `tests/engine/judging/reaching_seeds.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

SECTION_2: dict[str, str] = {
    "rest_asks_nothing": (
        "A day, week or ten days, or a stretch of one day, without a working day in force asks"
        " nothing of a post"
    ),
    "each_of_them": "小长假 (each of them)",
    "lead": "`X前` is the `lead_days` (default 15) before X's first day",
    "own_line": "unless the calendar has a line of that name",
    "lead_and_trail": (
        "`X前后` runs from that many days before its first day to as many after its last"
    ),
    "regional": "regional (汛期, 汛前",
    "window_without_days": "A window without days for that year gives `to_be_ruled`",
    "term_of_person": "term of office (of a person: the tenure",
    "term_of_body": "of a body: days given with the unit",
    "tables": (
        "Past the last published year they fall back to weekends, flag `holiday_table_missing`"
    ),
    "rest_counts": "unless the rule says `holidays: count`",
}

SECTION_3: dict[str, str] = {
    "replaces": "When a rule is changed (`replaces: KEY`)",
    "old_rule_ends": "the old one ends the day before the first day of the new one's first period",
    "whole_first_period": "that period is judged by the new one alone, over the whole of it",
    "unruled_year": (
        "`to_be_ruled`: one verdict for each holder (of a post: the person in it) and calendar year"
    ),
    "acting": (
        "no acting person stands in (while one does, the post's unnamed acts are the acting"
        " person's"
    ),
    "prorate": "N × days in force ÷ days in the whole period",
    "half_up": "rounded half up (`tenure: prorate`)",
    "decimals": "A quota rounds to the decimals N has",
    "full": "N for the holder with the most days in force in it",
    "excuse": "0 unless every day is in force",
    "never_more": "the later one's r is lowered to what the earlier ones leave of N (not below 0)",
}

SECTION_4: dict[str, str] = {
    "standing": "not voided, not superseded (from the day that became known)",
    "future": "day (of several: the one that counts) not after the audit day",
}

SECTION_4 |= {
    "as_if_blank": (
        "a name that lies in none of the duty's periods but overlaps them, or an event under a"
        " duty that is not about events, is as if blank for that duty"
    ),
}

SECTION_5: dict[str, str] = {
    "ruling": "no measure, and no ruling yet",
    "ruling_known": "kept with its clause, judged only after a ruling",
    "cap": "c > M, where M is a cap",
    "behind": "c < floor(r × days in force to D ÷ days in force)",
}

SENTENCES: dict[str, str] = {**SECTION_2, **SECTION_3, **SECTION_4, **SECTION_5}
"""What docs/semantics.md says, by key; ` … ` stands for words left out."""


class Reading:
    """Which sentences are read: all but those left out. `asked` are the keys that decided."""

    def __init__(self, without: Iterable[str] = ()) -> None:
        """Raises KeyError for a key that stands for no sentence."""
        self.without = frozenset(without)
        for key in self.without:
            SENTENCES[key]
        self.asked: set[str] = set()

    def __call__(self, key: str) -> bool:
        """Whether that sentence is read. Raises KeyError as the making does."""
        SENTENCES[key]
        self.asked.add(key)
        return key not in self.without
