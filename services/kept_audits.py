"""A kept audit run again: whether it comes out the same, and if not, since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from data.keeping.kept_audits import KeptAudit, kept_audit
from data.keeping.kept_rules import KeptFile, kept_rule_files
from data.records import Records
from data.store.journal import JournalEntry, journal_entries
from data.store.opening import Store
from engine.judging.audit import world_of
from engine.judging.verdict import Audit, State
from problems import BadInput, Place, Problem, said
from reports.audit.as_json import audit_json
from rules.files import Role, RuleFile
from rules.loader import rulebook_of as rulebook_of_files
from rules.rulebook import Rulebook
from services.audit import Question, answer_from, checksum
from services.look import Look, Progress
from services.office import Office, office_rulebook, store_of

MOST_ENTRIES = 10
"""So many entries that change a kept audit are looked for: each one costs some audits."""


@dataclass(frozen=True)
class Moved:
    """An obligation that stands differently; None where it was not asked, or is no more."""

    verdict: str
    before: State | None
    after: State | None


@dataclass(frozen=True)
class AuditRerun:
    """Whether an audit comes out the same; the states that differ, which may be none."""

    same: bool
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Since:
    """Whether the audit comes out the same with what the store held at that entry, and the entries
    since then that change it, at most `MOST_ENTRIES`; `more`: there are more of them.
    """

    entry: int
    same: bool
    changing: tuple[JournalEntry, ...]
    more: bool


@dataclass(frozen=True)
class Again:
    """A kept audit and the same run again: with the rules of today and, where some of them have
    `changed` (by the names of their hashes), with those that were kept (None: there are none).

    `since` tells why it is another one where that lies in the records (None: it does not, or the
    audit was kept before audits told what the store held).
    """

    kept: KeptAudit
    today: AuditRerun
    changed: tuple[str, ...]
    then: AuditRerun | None
    since: Since | None

    @property
    def same(self) -> bool:
        """Whether it comes out the same both ways."""
        return self.today.same and (self.then is None or self.then.same)


def again(office: Office, number: int, progress: Progress | None = None) -> Again:
    """The kept audit of that number, run again. Raises BadInput where there is none."""
    store = store_of(office)
    with store.snapshot() as state:
        kept = kept_audit(state, number)
        if kept is None:
            told, hint = said("no_such_audit", number=number), said("audit_is_kept_by")
            raise BadInput([Problem(Place("--again"), told, hint)])
        records = state.read_records(Question.of_json(kept.asked).known_on)
        newest = state.head()
    run = _Run(store, kept, progress)
    rulebook = office_rulebook(office)
    today = run.outcome(records, rulebook)
    was = kept.hashes
    changed = tuple(name for name in was if vars(rulebook.hashes)[name] != was[name])
    old = kept_rulebook(store, kept.hashes) if changed else None
    then = run.outcome(records, old) if old is not None else None
    is_by_records = not (then or today).same
    since = run.since(newest, old or rulebook) if is_by_records else None
    return Again(kept, today, changed, then, since)


def kept_rulebook(store: Store, hashes: Mapping[str, str]) -> Rulebook | None:
    """The rules with these hashes; None where the store has not kept them."""
    files = kept_rule_sources(store, hashes)
    return None if files is None else rulebook_of_files(files)


def kept_rule_sources(store: Store, hashes: Mapping[str, str]) -> list[RuleFile] | None:
    """The files of the rules with these hashes, to be read; None where they are not kept."""
    files = kept_rule_files(store, hashes)
    if files is None:
        return None
    return [
        RuleFile(_role(file), file.label, file.label, file.raw, file.document) for file in files
    ]


def _role(file: KeptFile) -> Role:
    """What a kept file is for; the store holds only what a rule file can be for."""
    return cast("Role", file.role)


@dataclass(frozen=True)
class _Run:
    """A kept audit, to be run again with some records and rules."""

    store: Store
    kept: KeptAudit
    progress: Progress | None

    def found(self, records: Records, rulebook: Rulebook) -> Audit:
        """The audit as it comes out now. Raises BadInput where it can no longer be asked."""
        question = Question.of_json(self.kept.asked)
        world = world_of(rulebook, records, question.as_of, None)
        it = Look(rulebook, world, question.known_on, 0)
        return answer_from(it, question, self.progress).found

    def outcome(self, records: Records, rulebook: Rulebook) -> AuditRerun:
        """What differs from what was kept."""
        found = self.found(records, rulebook)
        if checksum(found) == self.kept.checksum:
            return AuditRerun(True)
        whole = audit_json(found)
        before = {one["id"]: one["state"] for one in self.kept.unmet}
        after = {one["id"]: one["state"] for one in whole["verdicts"] + whole["arrears"]}
        unmet = {name for name, state in after.items() if state != State.MET}
        moved = (
            Moved(name, _state(before.get(name, State.MET)), _state(after.get(name)))
            for name in sorted(before.keys() | unmet)
            if before.get(name, State.MET) != after.get(name)
        )
        return AuditRerun(False, tuple(moved))

    def since(self, newest: int, rulebook: Rulebook) -> Since | None:
        """What came in since it was kept that changes it."""
        held: int | None = self.kept.asked.get("entry")
        if held is None:
            return None
        known_on = Question.of_json(self.kept.asked).known_on
        sums: dict[int, str] = {}

        def at(entry: int) -> str:
            """The checksum; of an audit that can no longer be asked, what stands in the way."""
            if entry not in sums:
                records = self.store.read_records(known_on, entry=entry)
                try:
                    sums[entry] = checksum(self.found(records, rulebook))
                except BadInput as error:
                    sums[entry] = str(error)
            return sums[entry]

        same = at(held) == self.kept.checksum
        changing = list(_changing(at, held, newest))
        return Since(held, same, self._told(changing), len(changing) > MOST_ENTRIES)

    def _told(self, changing: list[int]) -> tuple[JournalEntry, ...]:
        if not changing:
            return ()
        with self.store.reading() as connection:
            told = {one.entry: one for one in journal_entries(connection, changing[0])}
        return tuple(told[entry] for entry in changing[:MOST_ENTRIES])


def _state(name: str | None) -> State | None:
    return State(name) if name else None


def _changing(at: Callable[[int], str], first: int, last: int) -> Iterator[int]:
    """The entries after `first`, up to `last`, at which the audit becomes another one; one more
    than are told. Between two that come out alike nothing is looked for.
    """
    left, found = [(first, last)], 0
    while left and found <= MOST_ENTRIES:
        low, high = left.pop()
        if low >= high or at(low) == at(high):
            continue
        if high == low + 1:
            found += 1
            yield high
            continue
        middle = (low + high) // 2
        left += [(middle, high), (low, middle)]
