"""What two versions of the rules ask differently, and which of it can change a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from rules.duty import Duty
from rules.frequency import Measure
from rules.period_kinds import Given
from rules.rulebook import Rulebook


class Effect(StrEnum):
    """How far a change reaches; the first of them that holds of one of its keys."""

    VERDICTS = "verdicts"
    NAMES = "names"
    """Verdicts are called by another id, and come out the same."""

    ALERTS = "alerts"
    """Who is told, and how sharply."""

    TEXT = "text"
    """What pages say."""


class ChangeSort(StrEnum):
    """What happened to a duty."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"


@dataclass(frozen=True)
class RuleVersion:
    """A duty as one version of the rules has it, with what its document and the words say of it.

    `first` and `last` are the days on which it can bind anybody; `accepted` the kinds of activity
    that count, with the roles that they imply; `windows` the days of the windows that it names.
    """

    duty: Duty
    first: date | None
    last: date | None
    adjust: str
    accepted: frozenset[tuple[str, str | None]]
    windows: str


@dataclass(frozen=True)
class DutyChange:
    """What became of one duty. `keys` say what is unlike; empty for one that came or went."""

    sort: ChangeSort
    old: RuleVersion | None
    new: RuleVersion | None
    keys: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The duty's id, the new one where it has another."""
        return self._version.duty.id

    @property
    def _version(self) -> RuleVersion:
        version = self.new or self.old
        assert version is not None
        return version

    @property
    def effect(self) -> Effect:
        """How far it reaches."""
        if self.sort in (ChangeSort.ADDED, ChangeSort.REMOVED):
            return Effect.VERDICTS
        effects = {KEYS[key].effect for key in self.keys}
        return next(effect for effect in Effect if effect in effects)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and last day that it touches; None where there is none.

        Where only the days on which it binds are others, the days that one version has alone.
        """
        old, new = self.old, self.new
        if old is None or new is None:
            return self._version.first, self._version.last
        touching = {key for key in self.keys if KEYS[key].effect is Effect.VERDICTS}
        first = min((one.first for one in (old, new) if one.first), default=None)
        if touching == {"last"}:
            ends = [one.last for one in (old, new) if one.last]
            first = min(ends) + timedelta(days=1)
        if touching == {"first"}:
            return first, max(filter(None, (old.first, new.first))) - timedelta(days=1)
        if old.last is None or new.last is None:
            return first, None
        return first, max(old.last, new.last)


@dataclass(frozen=True)
class Difference:
    """All of it: duties in the order of the new rules, those that are gone at the end.

    `documents` and `passages` count by what happened to them: a document added or removed, a
    passage ruled out or no longer.
    """

    changes: tuple[DutyChange, ...]
    documents_added: tuple[str, ...] = ()
    documents_removed: tuple[str, ...] = ()
    ruled_out_added: int = 0
    ruled_out_removed: int = 0
    workdays: tuple[int, ...] = ()
    """The years whose published working days are unlike."""

    @property
    def changes_verdicts(self) -> bool:
        """Whether any verdict can come out differently."""
        return bool(self.workdays) or any(
            change.effect is Effect.VERDICTS for change in self.changes
        )


@dataclass(frozen=True)
class Key:
    """One thing in which two versions can be unlike."""

    effect: Effect
    value: Callable[[RuleVersion], Any]


def _frequency(version: RuleVersion) -> Any:
    return version.duty.frequency


def _owed_by(version: RuleVersion) -> Any:
    holder = version.duty.holder
    return holder.posts, holder.units, holder.when, holder.joint


def _departments(version: RuleVersion) -> Any:
    holder = version.duty.holder
    watching = (holder.supervised_by, holder.responsible, holder.supporting)
    return (*watching, holder.lead, holder.inferred)


KEYS: Mapping[str, Key] = {
    "frequency": Key(Effect.VERDICTS, _frequency),
    "holder": Key(Effect.VERDICTS, _owed_by),
    "activity": Key(Effect.VERDICTS, lambda one: one.duty.activity),
    "kinds": Key(Effect.VERDICTS, lambda one: one.accepted),
    "windows": Key(Effect.VERDICTS, lambda one: one.windows),
    "first": Key(Effect.VERDICTS, lambda one: one.first),
    "last": Key(Effect.VERDICTS, lambda one: one.last),
    "season": Key(Effect.VERDICTS, lambda one: one.duty.valid.season),
    "adjust": Key(Effect.VERDICTS, lambda one: one.adjust),
    "replaces": Key(Effect.VERDICTS, lambda one: one.duty.replaces),
    "id": Key(Effect.NAMES, lambda one: one.duty.id),
    "hedged": Key(Effect.ALERTS, lambda one: one.duty.hedged),
    "departments": Key(Effect.ALERTS, _departments),
    "title": Key(Effect.TEXT, lambda one: one.duty.title),
    "clauses": Key(Effect.TEXT, lambda one: one.duty.sources),
    "note": Key(Effect.TEXT, lambda one: one.duty.note),
    "examples": Key(Effect.TEXT, lambda one: one.duty.examples),
}
"""What versions are compared by; a changed tree of kinds counts only for duties that use it."""


def difference(old: Rulebook, new: Rulebook) -> Difference:
    """What `new` has otherwise than `old`. Rulings and adoptions are the office's and left out."""
    before, after = _versions(old), _versions(new)
    gone = {name: one for name, one in before.items() if name not in after}
    by_look: dict[Any, list[str]] = {}
    for name, one in gone.items():
        by_look.setdefault(_look(one), []).append(name)
    changes = []
    for name, version in after.items():
        was = before.get(name)
        if was is not None:
            keys = _unlike(was, version)
            if keys:
                changes.append(DutyChange(ChangeSort.CHANGED, was, version, keys))
            continue
        alike = by_look.get(_look(version))
        if alike:
            was = gone.pop(alike.pop(0))
            changes.append(DutyChange(ChangeSort.RENAMED, was, version, _unlike(was, version)))
        else:
            changes.append(DutyChange(ChangeSort.ADDED, None, version))
    changes += [DutyChange(ChangeSort.REMOVED, one, None) for one in gone.values()]
    passed, passing = _passages(old), _passages(new)
    return Difference(
        changes=tuple(changes),
        documents_added=tuple(name for name in new.documents if name not in old.documents),
        documents_removed=tuple(name for name in old.documents if name not in new.documents),
        ruled_out_added=len(passing - passed),
        ruled_out_removed=len(passed - passing),
        workdays=_workdays(old, new),
    )


def _versions(rulebook: Rulebook) -> dict[str, RuleVersion]:
    return {duty.id: _version(rulebook, duty) for duty in rulebook.duties}


def _version(rulebook: Rulebook, duty: Duty) -> RuleVersion:
    document = rulebook.documents[duty.document]
    # A duty that replaces another goes on from it, whatever its own document's day is.
    days = [duty.valid.first, None if duty.replaces else document.first]
    asked = set(duty.activity.kind) if duty.activity else set()
    vocabulary = rulebook.vocabulary
    return RuleVersion(
        duty=duty,
        first=max((day for day in days if day), default=None),
        last=duty.valid.last,
        adjust=document.adjust,
        accepted=frozenset(
            (kind, vocabulary.kinds[kind].role)
            for kind, wider in vocabulary.wider_kinds.items()
            if asked & wider
        ),
        windows=_windows(rulebook, duty),
    )


def _windows(rulebook: Rulebook, duty: Duty) -> str:
    """The days of every window and school term that the duty names, as text."""
    calendar = rulebook.calendar
    frequency = duty.frequency
    lines: dict[str, Any] = {}
    measures = (*frequency.for_shape(), *frequency.all)
    named = [name for measure in measures for name in _named(measure)]
    for name in (*named, *duty.valid.season_windows):
        for window in (name, name.removesuffix("前后"), name.removesuffix("前"), name[:-1]):
            if window in calendar.windows:
                lines[window] = calendar.windows[window]
    for measure in measures:
        if measure.period and measure.period.cut is Given.SCHOOL:
            lines |= {"terms": calendar.school_terms, "year": calendar.school_year}
    return repr(lines)


def _named(measure: Measure) -> tuple[str, ...]:
    windows = measure.windows
    named = (*measure.before, *measure.after, *measure.except_)
    if windows:
        named = (*named, *windows.each, *windows.any)
    return (*named, measure.while_) if measure.while_ else named


def _unlike(old: RuleVersion, new: RuleVersion) -> tuple[str, ...]:
    keys = [name for name, key in KEYS.items() if key.value(old) != key.value(new)]
    if "activity" in keys and "kinds" in keys:
        keys.remove("kinds")  # the kinds that count follow from those that are asked for
    return tuple(keys)


def _look(version: RuleVersion) -> Any:
    """What a renamed duty keeps: all that decides its verdicts, and its places."""
    parts = [KEYS[name].value(version) for name in KEYS if KEYS[name].effect is Effect.VERDICTS]
    return repr([*parts, [(one.clause, one.quote) for one in version.duty.sources]])


def _passages(rulebook: Rulebook) -> set[tuple[str, str, str]]:
    return {
        (document, one.clause, one.quote)
        for document, passages in rulebook.ruled_out.items()
        for _part, one in passages
    }


def _workdays(old: Rulebook, new: Rulebook) -> tuple[int, ...]:
    before, after = old.calendar.workdays, new.calendar.workdays
    return tuple(year for year in sorted({*before, *after}) if before.get(year) != after.get(year))
