"""Why obligations stand differently on two days: what came between, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from data.records import Activity, Records, Standing
from engine.judging.audit import Judged
from engine.judging.verdict import State, Verdict
from reports.changes.facts import Changed, changed, standing


class Cause(StrEnum):
    """Why an obligation stands differently."""

    DAY = "day"
    RULES = "rules"
    RULINGS = "rulings"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    OFFICE = "office"
    APPOINTMENT = "appointment"
    EVENT = "event"
    WAIVER = "waiver"
    NEW_RECORD = "new_record"
    CORRECTION = "correction"
    VOID = "void"
    RECORDS = "records"


STAGES: Sequence[tuple[Cause, tuple[str, ...]]] = (
    (Cause.SETTINGS, ("records_from", "timezone")),
    (Cause.OFFICE, ("units", "posts", "people", "subjects", "assignments", "adoptions")),
    (Cause.APPOINTMENT, ("appointments",)),
    (Cause.EVENT, ("events",)),
    (Cause.WAIVER, ("waivers", "delegations")),
    (Cause.RECORDS, ("activities",)),
)
"""Which parts of the records come one after the other, and what each is called as a cause."""


def record_stages(before: Records, now: Records) -> Iterator[tuple[Cause, Records]]:
    """The records of before with one part after the other as it is now, where that differs."""
    at = before
    for cause, names in STAGES:
        parts = {name: getattr(now, name) for name in names}
        if any(getattr(at, name) != part for name, part in parts.items()):
            at = replace(at, **parts)
            yield cause, at


@dataclass(frozen=True)
class CauseFound:
    """A cause, and the ids of the acts, waivers, events or appointments in it; often none."""

    cause: Cause
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExplainedChange:
    """An obligation that stands differently, and why, in the order in which it came about."""

    change: Changed
    causes: tuple[CauseFound, ...]

    @property
    def is_day_alone(self) -> bool:
        """Whether nothing but days that passed changed it, and it did not turn red for that."""
        before, after = self.change.before, self.change.after
        is_same = before is not None and after is not None and before.state is after.state
        turned_red = self.change.verdict.light == "red" and not is_same
        return not turned_red and all(one.cause is Cause.DAY for one in self.causes)


@dataclass(frozen=True)
class Changes:
    """What stands differently on `as_of` than it did on `since`, as it was known by the end of that
    day: what turned red first, then what is red no more. `rules_known`: the rules of then are kept
    in the store, or were the same; else both days are judged by those of now.
    """

    since: date
    as_of: date
    found: tuple[ExplainedChange, ...]
    rules_known: bool
    acts: Mapping[str, Activity] = field(default_factory=dict)


Stage = tuple[Cause | None, Sequence[Judged]]


def explained(
    stages: Iterator[Stage], before: Records, now: Records
) -> tuple[ExplainedChange, ...]:
    """The obligations that stand differently after the last stage than before the first, each with
    the stages that changed it: what turned red first, then what is red no more.
    """
    _, first = next(stages)
    last = first
    seen = {one.verdict.id: one.verdict for one in first}
    reasons: dict[str, list[tuple[Cause, Verdict | None, Verdict | None]]] = {}
    for cause, judged in stages:
        assert cause is not None
        here = {one.verdict.id: one.verdict for one in judged}
        for name in seen.keys() | here.keys():
            was, is_ = seen.get(name), here.get(name)
            if standing(was) != standing(is_):
                reasons.setdefault(name, []).append((cause, was, is_))
        seen, last = here, judged
    rows = _Rows(before, now)
    found = [
        ExplainedChange(one, tuple(_causes(reasons.get(one.verdict.id, []), one, rows)))
        for one in changed(first, last)
    ]
    return tuple(sorted(found, key=_by_weight))


def _by_weight(one: ExplainedChange) -> tuple[bool, bool]:
    before, after = one.change.before, one.change.after
    was_red = before is not None and before.light == "red"
    is_red = after is not None and after.light == "red"
    return not (is_red and not was_red), not (was_red and not is_red)


def _causes(
    reasons: Sequence[tuple[Cause, Verdict | None, Verdict | None]], one: Changed, rows: _Rows
) -> Iterator[CauseFound]:
    end = one.after.state if one.after else None
    # What only gave it another remark is told where nothing else changed it.
    weighty = [reason for reason in reasons if not _is_remark(*reason[1:])] or reasons
    for cause, was, is_ in weighty:
        after = is_.state if is_ else None
        if cause is Cause.DAY and len(weighty) > 1 and after != end:
            # What passed with the day was made good, or undone, by what came in.
            continue
        yield from rows.told(cause, was, is_)


def _is_remark(was: Verdict | None, is_: Verdict | None) -> bool:
    """Whether only the flags differ."""
    if was is None or is_ is None:
        return False
    return (was.state, was.required, was.done) == (is_.state, is_.required, is_.done)


@dataclass(frozen=True)
class _Rows:
    """What the records held before and hold now, to name what a cause is made of."""

    before: Records
    now: Records
    _acts: dict[bool, dict[str, Activity]] = field(default_factory=dict)

    def told(self, cause: Cause, was: Verdict | None, is_: Verdict | None) -> Iterator[CauseFound]:
        verdict = is_ or was
        assert verdict is not None
        if cause is Cause.RECORDS:
            yield from self._of_acts(was, is_)
            return
        holders = {verdict.post, verdict.unit, *verdict.members}
        tests: Mapping[Cause, tuple[str, Callable[..., bool], Callable[..., str]]] = {
            Cause.WAIVER: ("waivers", lambda row: row.holder in holders, lambda row: row.waiver),
            Cause.EVENT: (
                "events", lambda row: row.event == verdict.event, lambda row: row.event
            ),
            Cause.APPOINTMENT: (
                "appointments",
                lambda row: row.post in holders or row.person == verdict.person,
                lambda row: f"{row.person} {row.post} {row.first}",
            ),
        }  # fmt: skip
        items: tuple[str, ...] = ()
        if cause in tests:
            table, is_about, key = tests[cause]
            old, new = (set(getattr(rows, table)) for rows in (self.before, self.now))
            items = tuple(sorted({key(row) for row in old ^ new if is_about(row)}))
        yield CauseFound(cause, items)

    def _of_acts(self, was: Verdict | None, is_: Verdict | None) -> Iterator[CauseFound]:
        names = {one.activity for verdict in (was, is_) if verdict for one in verdict.counted}
        found: dict[Cause, list[str]] = {}
        for name in sorted(names):
            cause = self._of_act(name)
            if cause is not None:
                found.setdefault(cause, []).append(name)
        if not found:
            yield CauseFound(Cause.RECORDS)
        for cause, items in found.items():
            yield CauseFound(cause, tuple(items))

    def _of_act(self, name: str) -> Cause | None:
        old, new = (self._known(is_now).get(name) for is_now in (False, True))
        was_live = old is not None and old.standing is Standing.LIVE
        if new is None or old == new:
            return None
        if new.standing is Standing.LIVE:
            return Cause.CORRECTION if was_live else Cause.NEW_RECORD
        if not was_live:
            return None
        return Cause.VOID if new.standing is Standing.VOIDED else Cause.CORRECTION

    def _known(self, is_now: bool) -> dict[str, Activity]:
        if is_now not in self._acts:
            records = self.now if is_now else self.before
            self._acts[is_now] = {act.activity: act for act in records.activities}
        return self._acts[is_now]


def counts_of_days(found: Sequence[ExplainedChange]) -> dict[tuple[State | None, State], int]:
    """How many obligations only the days changed, by their states before and after."""
    counts: dict[tuple[State | None, State], int] = {}
    for one in found:
        if one.is_day_alone and one.change.after is not None:
            pair = (one.change.before.state if one.change.before else None, one.change.after.state)
            counts[pair] = counts.get(pair, 0) + 1
    return counts
