"""Adds the figures of `why --json` up again: a second way from N to what a verdict requires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from engine.judging.audit import Judged
from engine.judging.explain import explain_judged
from engine.judging.obligations import is_conduct
from engine.judging.stretches import Timing, timing_of
from engine.judging.world import World
from reports.jsonio import Json
from reports.why.as_json import why_json
from rules.frequency import Measure

SHORT = ("day", "week", "ten_days")
"""Periods that ask nothing of a post where they have no working day in force."""


def added_up(
    told: Json,
    measure: Measure,
    *,
    earlier: Iterable[Fraction] = (),
    is_most: bool = True,
    rests: bool = False,
    out_of: Fraction | None = None,
) -> Fraction:
    """What the figures of one `why --json` come to, by SEMANTICS, section 3.

    `earlier` is what those who were in the post before owe, `is_most` whether nobody was in force
    longer, `rests` whether no working day is in force where the period must have one, and `out_of`
    the tally that counted in place of a roster.
    """
    working = told["working"]
    asked = Fraction(str(working["asked"]))
    if "no_roster" in told["flags"]:
        assert out_of is not None
        return Fraction(ceil(Fraction(working["share"] or 1) * out_of))
    if not is_conduct(measure) or timing_of(measure) is Timing.ROLLING:
        assert working["pro_rated"] is None and not working["left_by_others"]
        if told["reason"] and (told["reason"] != "no_members" or working["listed"] == 0):
            return Fraction(0)
        if working["share"] is not None:
            return Fraction(ceil(Fraction(working["share"]) * working["members"]))
        return asked if working["members"] is None else asked * working["members"]
    in_force, whole = working["days_in_force"], working["whole_days"]
    is_cut = measure.tenure == "prorate" and in_force != whole
    assert working["pro_rated"] == (str(asked * in_force / whole) if is_cut else None)
    if rests or not whole:
        owed = Fraction(0)
    elif is_cut:
        owed = _half_up(Fraction(working["pro_rated"]), _decimals_of(measure))
    elif measure.tenure == "excuse":
        owed = asked if in_force == whole else Fraction(0)
    else:
        owed = asked if in_force else Fraction(0)
    left = max(Fraction(0), asked - sum(earlier, Fraction(0)))
    if measure.tenure == "full" and not is_most:
        left = Fraction(0)
    assert working["left_by_others"] == (left < owed)
    return min(owed, left)


def _decimals_of(measure: Measure) -> int:
    """The decimals that N of a quota is written with."""
    return len(str(measure.at_least).partition(".")[2]) if measure.unit else 0


def _half_up(value: Fraction, decimals: int) -> Fraction:
    tens = Fraction(10) ** decimals
    return floor(value * tens * 2 + 1) // 2 / tens


def workings(world: World, judged: Sequence[Judged]) -> list[Json]:
    """`why --json` of all verdicts that have a working, each checked to add up to `required`."""
    told = {x.verdict.id: why_json(explain_judged(world, x)) for x in judged if x.slot}
    sharing: dict[tuple[str, str | None, str], list[Json]] = defaultdict(list)
    for one in told.values():
        if one["person"] and one["window"]["first"]:
            sharing[one["duty"], one["post"], one["period"]["label"]].append(one)
    for one in judged:
        if one.slot is None:
            continue
        mine = told[one.verdict.id]
        beside = sharing[mine["duty"], mine["post"], mine["period"]["label"]]
        earlier = [other for other in beside if _order(other) < _order(mine)]
        counted = [world.acts_by_id[item["activity"]].out_of for item in mine["counted"]]
        obligation = one.slot.obligation
        found = added_up(
            mine,
            one.verdict.measure,
            earlier=[Fraction(str(other["required"])) for other in earlier],
            is_most=mine == min(beside, key=_longest_first, default=mine),
            rests=obligation.holder.sort != "unit"
            and one.verdict.measure.holidays == "exempt"
            and one.verdict.measure.per in SHORT
            and not any(world.workdays.is_workday(day) for day in obligation.in_force),
            out_of=counted[0] if counted else None,
        )
        assert (mine["id"], Fraction(str(mine["required"]))) == (mine["id"], found)
        assert one.verdict.required == found, mine["id"]
    return list(told.values())


def _order(told: Json) -> tuple[str, str]:
    return told["window"]["first"] or "", told["person"] or ""


def _longest_first(told: Json) -> tuple[int, str]:
    return -told["working"]["days_in_force"], told["person"]
