"""The deciding sentences of SEMANTICS that the second reading can be made to leave out, by key.

The reading asks `office.reads(KEY)` where the sentence decides, and only there, last of all the
conditions: what was asked is then what the sentence decided in that world. A seed that reaches
each of them stands in `tests/engine/judging/reaching_seeds.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

WORDS: dict[str, str] = {
    # section 1
    "assigned_days": "in force on the days of the assignment",
    "assigned_to_person": "what is assigned to a person is the post's while he stands in it",
    "assigned_to_unit": "and a unit's duty has what is assigned to its posts",
    "counts_on_last": "it counts on its last",
    "counts_on_first": "unless the rule counts days or says `counts_on: first`",
    "concerned_units": "concerns one unit, several, or all",
    # section 2
    "each_of_its_days": (
        "an act of several days gives each of its days to the period in which it lies"
    ),
    "day_once": "none counts twice",
    "days_back": "where no first day is given, n 天 stand for the n days that end with its day",
    "stay_is_amount": "Under 天 the stretch is the amount of one act",
    "working_days_only": "conduct, only working days count",
    "days_up": "r rounded up",
    "counts_no_more": (
        "what was counted in the period counts no more (`duplicate`), whatever quantity is written"
    ),
    "matching_only": "only subjects that match are counted",
    "unnamed_quantity": "an act that names none counts its quantity",
    "too_small": "an act below the least amount of one act",
    "blank_amount": "a blank amount, or one in another unit, asks for the record",
    "too_soon": "than the least interval (间隔不少于6个月) does not either (`too_soon`)",
    "too_soon_for_member": "(of coverage: of that member)",
    "clock_set_by_lacked": "only acts that their period lacked set that clock",
    "make_ups_not_spaced": "make-ups neither set it nor are tested",
    "season_of_days": "a season (3月至12月每月; 汛期每周) is validity: days",
    "season_of_windows": "or one or several windows of the calendar file by name",
    "one_day_moves": "moves with the document's `adjust`",
    "one_day_runs": "its window runs from the earlier to the later of the two",
    "weekday_waits": "be done until the same weekday of the next week",
    "weekly_asks_nothing": "of a weekly duty that week asks nothing of a post",
    "one_day_rests": (
        "or a stretch of one day, without a working day in force asks nothing of a post"
    ),
    "taking": "任职 on the first day of a tenure",
    "leaving": "离任 on its last",
    "taking_named": "Of several in one post on one day the later id's label ends in -PERSON",
    "leaving_once": "several who leave one unit on one day are one event",
    "no_second_taking": "a return after a gap makes none",
    "taking_binds_him": "任职 binds only that tenure's person, by his own acts",
    "taking_let_go": "exempt (tenure) if he leaves before the due day",
    # section 4
    "of_unit": "unless the rule says `of_unit: true`",
    "unknown_value": (
        "a value that neither a loaded rule, adopted or not, nor the vocabulary's values of that"
        " key name"
    ),
    "double_names": "the period or event named or made up agree, absent equal to absent",
    "label_of_event": (
        "so is a label of days under a duty about events, unless the event lies in those days"
    ),
    "make_up_of_event": (
        "Naming days under an event duty it counts elsewhere, unless the event lies in them"
    ),
    "behind_due_day": (
        "Between a due day moved backward and its window's end an act belongs to that window"
    ),
    # section 5
    "cap_of_member": "(of a coverage: of any required member, and none missing)",
    "closed_fine": (
        "for periods shorter than a month the end of the calendar month after the one in which the"
        " period ends"
    ),
    "closed_window": "the next year's window",
}
"""What docs/semantics.md says, by key."""
"""About stays, single acts, days of one, own members and taking office."""

SECTION_1 = {
    "never_himself": "never anybody who holds the owing post on some day of the window",
}

SECTION_2 = {
    "variants": "the first that matches replaces the base",
    "share_up": "a share of a population, rounded up",
    "except": "windows and rest days that do not count",
    "together": "one act whose holder and subjects name all who are in post that day",
    "rest_asks_nothing": (
        "A day, week or ten days, or a stretch of one day, without a working day in force asks"
        " nothing of a post"
    ),
    "rest_counts": "unless the rule says `holidays: count`",
    "unit_on_rest_days": "of a unit (企业每日排查) it asks as ever",
    "tables": (
        "Past the last published year they fall back to weekends, flag `holiday_table_missing`"
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
    "ruling_known": "kept with its clause, judged only after a ruling",
}

SECTION_3 = {
    "document": "duty, document and adoption all cover it",
    "duty_days": "the duty's own first and last day",
    "records_begun": "nobody is judged on days before it",
    "waiver": "no waiver takes it out",
    "acting": (
        "no acting person stands in (while one does, the post's unnamed acts are the acting"
        " person's"
    ),
    "replaces": "When a rule is changed (`replaces: KEY`)",
    "old_rule_ends": "the old one ends the day before the first day of the new one's first period",
    "whole_first_period": "that period is judged by the new one alone, over the whole of it",
    "prorate": "N × days in force ÷ days in the whole period",
    "half_up": "rounded half up (`tenure: prorate`)",
    "decimals": "A quota rounds to the decimals N has",
    "full": "N for the holder with the most days in force in it",
    "excuse": "0 unless every day is in force",
    "never_more": "the later one's r is lowered to what the earlier ones leave of N (not below 0)",
    "half_of_window": (
        "if in force for at least half of the window's days; otherwise the verdict stands on the"
        " post with nobody named"
    ),
    "half_waived": "At least half of the window waived: `exempt` (waived)",
    "half_of_unit": "A unit or a group in force for less than half is `exempt` (tenure)",
    "half_of_period": "periods of which less than half lies in the validity are `exempt`",
    "due_in_force": (
        "a due day before `records_from`, or outside the days of duty, document and adoption"
    ),
    "half_in_force": "a window of which these together cover less than half",
    "member_half": (
        "a member of a population is required when it is in force on at least half of the"
        " window's days"
    ),
    "member_last_day": "and on its last day; others are listed, not required",
    "member_waiver": "a waiver may name a member",
    "no_roster": "flag `no_roster`",
    "exempt_names_nobody": "An exempt verdict of a post names nobody and has no flag but `hedged`",
    "unruled_year": (
        "`to_be_ruled`: one verdict for each holder (of a post: the person in it) and calendar year"
    ),
    "moved": (
        "only days that a clause names (deadlines, also of coverage; after the period; event"
        " limits in days or months) move"
    ),
    "backward": (
        "backward limits move to the previous working day whenever the document moves at all"
    ),
    "clock_stops": "days out of force stop the clock",
    "gap_end": "a gap due after the last day in force is exempt unless it was reached by then",
}

SECTION_4 = {
    "standing": "not voided, not superseded (from the day that became known)",
    "future": "day (of several: the one that counts) not after the audit day",
    "known": "recorded by the knowledge day",
    "delegate": "to a post class it allows",
    "kind_tree": "kind is the duty's kind or below it in the kind tree",
    "role": "role is one the clause accepts",
    "implied_role": "a kind may imply its role",
    "attribute": "attributes, and the tags of any of its subjects, match",
    "subject_tags": "the tags of any of its subjects, match",
    "unit": "the unit of its quantity is the quota's",
    "day_in_tenure": "day in the person's tenure of any post",
    "day_in_validity": "(with `separately`: of this one) and in validity",
    "evidence": "carries the evidence that the rule asks for",
    "several_per_day": "A rule may say `several_per_day`",
    "as_if_blank": (
        "a name that lies in none of the duty's periods but overlaps them, or an event under a"
        " duty that is not about events, is as if blank for that duty"
    ),
    "first_third": (
        "Only in the first third of a recurring-deadline or after-the-period window does an"
        " unnamed act go to the earlier due day while that lacks it"
    ),
    "late_deadline": "Unnamed and late it still counts for a deadline, coverage or share by a day",
    "late_event": "and an event that something follows (without end)",
    "late_to_next": "for a recurring deadline and after the period (to the next due day)",
    "after_the_event": "After an event that something had to precede, nothing counts",
    "event_subject": "Unnamed acts match an event by its subject where it has one",
    "longer_period": "count for that period, and for a longer one that contains it",
    "later_holder": "or by a later holder of the post, flag `by_successor`",
    "two_holders": "nor for two holders of one post",
    "make_up_in_time": (
        "Dated on or before the due day of the period named, it is an ordinary act"
    ),
    "below": "not of units below, unless `below: true`",
    "times_decide": "With both times the times decide",
    "vacant_post": (
        "An act under a post that nobody held that day counts for the post's results, its group"
        " and its unit"
    ),
}

SECTION_5 = {
    "ruling": "no measure, and no ruling yet",
    "cap": "c > M, where M is a cap",
    "made_up": "c ≥ r only with acts after d or make-ups",
    "upcoming": "D < s, c < r",
    "due_soon": "s ≤ D ≤ d, c < r, d − D ≤ warn days",
    "warn_third": "at most a third of the window's days rounded down",
    "warn_single_day": "at least 1 (0 for a single day)",
    "behind": "c < floor(r × days in force to D ÷ days in force)",
    "behind_long": "the whole period (of results: the window) has at least 90 days",
    "recorded_late": "`recorded_late` (more than 7 days after the act",
    "recorded_early": "`recorded_early`",
    "bunched": (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in the last"
        " ⌈tenth⌉ of the period)"
    ),
    "no_evidence": "`no_evidence`",
    "evidence_reused": "`evidence_reused` (one item under acts of different days)",
    "records_incomplete": "`records_incomplete` (unmet, and filling blank fields would reach r",
    "no_data": "`no_data` (overdue, and no act at all of the unit or its posts touches the period)",
    "closed": "`closed` (overdue whose usual time for a make-up has passed",
    "by_successor": "`by_successor`, `over_range`",
    "over_range": "more than M is still `met` (flag `over_range`)",
    "hedged": "judged, flagged `hedged`",
    "time_missing": "an act on the limit's day is in time, flag `time_missing`",
}

SECTION_6 = {
    "arrears": "older ones still overdue are listed apart",
}

SENTENCES: dict[str, str] = {
    **SECTION_1,
    **SECTION_2,
    **SECTION_3,
    **SECTION_4,
    **SECTION_5,
    **SECTION_6,
    **WORDS,
}
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
