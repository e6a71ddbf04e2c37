"""What two versions of the rules ask differently, in words: what `dutyclock rules diff` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from engine.calendar.cutting import period_around
from reports.codes import BilingualWord
from reports.i18n import Lang, translator
from reports.rules.rule_words import DutyWords, RuleWords
from rules.diff import ChangeSort, Difference, DutyChange, Effect, RuleVersion
from rules.rulebook import Rulebook

SORTS: Mapping[ChangeSort, BilingualWord] = {
    ChangeSort.ADDED: BilingualWord("新增", "added"),
    ChangeSort.REMOVED: BilingualWord("删去", "removed"),
    ChangeSort.CHANGED: BilingualWord("改动", "changed"),
    ChangeSort.RENAMED: BilingualWord("改名", "renamed"),
}

KEY_WORDS: Mapping[str, BilingualWord] = {
    "frequency": BilingualWord("频次要求", "measure"),
    "holder": BilingualWord("责任主体", "owed by"),
    "activity": BilingualWord("何种记录算数", "what counts"),
    "kinds": BilingualWord("算数的活动种类", "kinds that count"),
    "windows": BilingualWord("时段的日期", "days of its windows"),
    "first": BilingualWord("首日", "first day"),
    "last": BilingualWord("末日", "last day"),
    "season": BilingualWord("每年的时段", "season"),
    "adjust": BilingualWord("节假日顺延", "moving off holidays"),
    "replaces": BilingualWord("接替的职责", "the duty that it replaces"),
    "id": BilingualWord("编号", "id"),
    "hedged": BilingualWord("原则上", "as a rule"),
    "departments": BilingualWord("督促、牵头、配合部门", "departments"),
    "title": BilingualWord("名称", "title"),
    "clauses": BilingualWord("条款和引文", "clauses and quotes"),
    "note": BilingualWord("说明", "note"),
    "examples": BilingualWord("示例", "examples"),
}


class DiffWords:
    """Two versions of the rules in words."""

    def __init__(self, old: Rulebook, new: Rulebook, found: Difference, lang: Lang = "zh") -> None:
        self.lang = lang
        self.found = found
        self.old, self.new = RuleWords(old, lang), RuleWords(new, lang)
        self._ = translator(lang)

    def lines(self) -> Iterator[str]:
        """All of it line by line; the sum and whether verdicts change stand at the end."""
        _, found = self._, self.found
        for title, names in (
            (_("documents added: {documents}"), found.documents_added),
            (_("documents removed: {documents}"), found.documents_removed),
        ):
            if names:
                yield title.format(documents=_(", ").join(names))
        for change in found.changes:
            yield from self.change_lines(change)
        if found.workdays:
            years = _(", ").join(map(str, found.workdays))
            yield _("working days of {years}: whatever is counted in working days may move").format(
                years=years
            )
        counts = Counter(change.sort for change in found.changes)
        yield _(", ").join(f"{word.in_(self.lang)} {counts[sort]}" for sort, word in SORTS.items())
        if found.ruled_out_added or found.ruled_out_removed:
            yield _("passages ruled out: {added} more, {removed} less").format(
                added=found.ruled_out_added, removed=found.ruled_out_removed
            )
        yield self.conclusion()

    def conclusion(self) -> str:
        """Whether verdicts change."""
        _ = self._
        if self.found.changes_verdicts:
            return _("verdicts change")
        effects = {change.effect for change in self.found.changes}
        if Effect.NAMES in effects:
            return _("no verdict changes, but some have another id")
        if Effect.ALERTS in effects:
            return _("no verdict changes, alerts may")
        return _("no verdict changes")

    def change_lines(self, change: DutyChange) -> Iterator[str]:
        """What became of one duty."""
        _ = self._
        before, after = self._words(change)
        one = after or before
        assert one is not None
        yield f"{SORTS[change.sort].in_(self.lang)}  {change.id}  {one.title}"
        if before is None or after is None:
            yield f"  {one.holder}{_(': ')}{one.measure}"
        else:
            for key in change.keys:
                yield f"  {self.key_text(key, change, before, after)}"
        if change.effect is Effect.VERDICTS:
            yield f"  {self.touches(change)}"

    def _words(self, change: DutyChange) -> tuple[DutyWords | None, DutyWords | None]:
        before = self.old.duty(change.old.duty) if change.old else None
        return before, self.new.duty(change.new.duty) if change.new else None

    def key_text(self, key: str, change: DutyChange, before: DutyWords, after: DutyWords) -> str:
        """One thing that is unlike, with both sides where they can be said in a few words."""
        assert change.old is not None and change.new is not None
        sides = {
            "frequency": (before.measure, after.measure),
            "holder": (before.holder, after.holder),
            "activity": (before.acts, after.acts),
            "kinds": self._kinds(change.old, change.new),
            "first": (change.old.first, change.new.first),
            "last": (change.old.last, change.new.last),
            "adjust": (change.old.adjust, change.new.adjust),
            "replaces": (change.old.duty.replaces, change.new.duty.replaces),
            "id": (before.id, after.id),
            "title": (before.title, after.title),
        }
        word = KEY_WORDS[key].in_(self.lang)
        if key not in sides or sides[key][0] == sides[key][1]:
            return word
        was, becomes = (side or "—" for side in sides[key])
        return f"{word}{self._(': ')}{was} → {becomes}"

    def _kinds(self, old: RuleVersion, new: RuleVersion) -> tuple[str, str]:
        """The kinds that only one of them takes."""
        comma = self._(", ")
        was, becomes = dict(old.accepted), dict(new.accepted)
        return (
            comma.join(sorted(kind for kind in was if was.get(kind) != becomes.get(kind, ""))),
            comma.join(sorted(kind for kind in becomes if becomes[kind] != was.get(kind, ""))),
        )

    def touches(self, change: DutyChange) -> str:
        """Whose verdicts change, from which day to which, and in which periods first."""
        _ = self._
        before, after = self._words(change)
        holders = dict.fromkeys(one.holder for one in (before, after) if one)
        first, last = change.days
        days = _("{first} to {last}") if last else _("from {first} on")
        words = _("touches {holders}, {days}").format(
            holders=" / ".join(holders), days=days.format(first=first, last=last)
        )
        labels = self.first_labels(change)
        if labels:
            words += _("; first {periods}").format(periods=_(", ").join(labels))
        return words

    def first_labels(self, change: DutyChange) -> list[str]:
        """The label of the first period that it touches, of each sort of period it is about."""
        first = change.days[0]
        labels: dict[str, None] = {}
        for version in (change.old, change.new):
            frequency = version.duty.frequency if version else None
            for measure in (*frequency.for_shape(), *frequency.all) if frequency else ():
                kind = measure.period
                if kind and first and kind.by_calendar:
                    named = period_around(kind.word, first, since=measure.since)
                    labels |= {named[0]: None} if named else {}
                elif measure.by and version:
                    labels[f"{version.first or first}..{measure.by}"] = None
        return list(labels)

    def json(self) -> dict[str, Any]:
        """All of it as plain values: what `--json` prints."""
        found = self.found
        counts = Counter(change.sort for change in found.changes)
        return {
            "changes_verdicts": found.changes_verdicts,
            "counts": {sort.value: counts[sort] for sort in ChangeSort},
            "documents_added": list(found.documents_added),
            "documents_removed": list(found.documents_removed),
            "ruled_out_added": found.ruled_out_added,
            "ruled_out_removed": found.ruled_out_removed,
            "workdays": list(found.workdays),
            "duties": [self._change_json(change) for change in found.changes],
        }

    def _change_json(self, change: DutyChange) -> dict[str, Any]:
        touches = change.effect is Effect.VERDICTS
        first, last = change.days if touches else (None, None)
        return {
            "id": change.id,
            "change": change.sort.value,
            "effect": change.effect.value,
            "keys": list(change.keys),
            "first": first and first.isoformat(),
            "last": last and last.isoformat(),
            "first_periods": self.first_labels(change) if touches else [],
            **{
                side: words
                and {
                    "id": words.id,
                    "title": words.title,
                    "holder": words.holder,
                    "measure": words.measure,
                }
                for side, words in zip(("before", "after"), self._words(change), strict=True)
            },
        }
