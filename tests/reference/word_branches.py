"""The deciding sentences about stays, single acts, days of one, own members and taking office."""

from __future__ import annotations

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
