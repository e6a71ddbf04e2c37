"""Keeping an audit, and running it again: whether it comes out the same, and if not, since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import click

from commands.asking import Question, answer, checksum
from commands.edge import Edge
from problems import BadInput, Place, Problem

if TYPE_CHECKING:
    from data.audits import KeptAudit
    from data.kept_rules import KeptFile
    from data.records import Records
    from data.store import Store
    from engine.verdict import Audit
    from rules.files import Role
    from rules.rulebook import Rulebook

_MOST_ENTRIES = 10
"""So many entries that change a kept audit are looked for: each one costs some audits."""


def keep(edge: Edge, asked: Question, rulebook: Rulebook, found: Audit, entry: int) -> int:
    """Keeps an audit of what the store held at this entry of its journal, with the rule files that
    it ran on; gives its number.
    """
    from data.audits import keep_audit
    from engine.verdict import State
    from reports.jsonio import audit_json

    whole = audit_json(found)
    store = edge.store()
    doing = edge.doing(store)
    return keep_audit(
        store,
        asked={**asked.as_json(), "entry": entry},
        hashes=whole["hashes"],
        checksum=checksum(found),
        unmet=[one for one in whole["verdicts"] + whole["arrears"] if one["state"] != State.MET],
        now=doing.now,
        who=doing.who,
        why=doing.why,
        files=edge.kept_files(rulebook),
    )


def again(edge: Edge, number: int) -> None:
    """Says whether a kept audit comes out the same, with today's rule files and with those that
    were kept; ends with 1 where it does not.
    """
    from data.audits import kept_audit

    store = edge.store()
    with store.snapshot() as state:
        kept = kept_audit(state, number)
        if kept is None:
            raise BadInput([Problem(Place("--again"), f"there is no stored audit {number}")])
        asked = Question.of_json(kept.asked)
        records, newest = state.read_records(asked.known_on), state.head()
    rulebook = edge.rulebook()
    lines = _differences(edge, kept, records, rulebook)
    said = edge.say("audit {number} comes out differently")
    if not lines:
        said = edge.say("audit {number} comes out the same")
    changed = [name for name, was in kept.hashes.items() if vars(rulebook.hashes)[name] != was]
    since = ["  " + edge.say("changed since: {name}").format(name=name) for name in changed]
    click.echo("\n".join([said.format(number=number), *since, *lines]))
    differs = bool(lines)
    is_by_records = _with_kept_rules(edge, store, kept, records, differs) if changed else differs
    if is_by_records:
        for line in _since(edge, store, kept, newest):
            click.echo(line)
    if differs or is_by_records:
        raise SystemExit(1)


def _with_kept_rules(
    edge: Edge, store: Store, kept: KeptAudit, records: Records, without: bool
) -> bool:
    """Whether the audit comes out differently with the rule files that were kept; says so.

    Where there are none, whether it does `without` them.
    """
    rulebook = _kept_rulebook(store, kept)
    if rulebook is None:
        click.echo(edge.say("the rule files of then are not in the store"))
        return without
    lines = _differences(edge, kept, records, rulebook)
    said = edge.say("with the rule files as they were kept it comes out differently")
    if not lines:
        said = edge.say("with the rule files as they were kept it comes out the same")
    click.echo("\n".join([said, *lines]))
    return bool(lines)


def _kept_rulebook(store: Store, kept: KeptAudit) -> Rulebook | None:
    """The rules that a kept audit ran on; None where the store has not kept them."""
    from data.kept_rules import kept_files
    from rules.files import RuleFile
    from rules.loader import rulebook_of

    files = kept_files(store, kept.hashes)
    if files is None:
        return None
    return rulebook_of(
        [RuleFile(_role(file), file.label, file.label, file.raw, file.document) for file in files]
    )


def _role(file: KeptFile) -> Role:
    """What a kept file is for; the store holds only what a rule file can be for."""
    return cast("Role", file.role)


def _differences(edge: Edge, kept: KeptAudit, records: Records, rulebook: Rulebook) -> list[str]:
    """What differs from a kept audit when it is run again with these records and rules; nothing
    where all of it comes out the same.
    """
    from engine.verdict import State
    from reports.jsonio import audit_json
    from reports.words import state_word

    found = answer(edge, Question.of_json(kept.asked), records, rulebook).found
    if checksum(found) == kept.checksum:
        return []
    whole = audit_json(found)

    def word(state: str | None) -> str:
        return state_word(State(state), edge.lang) if state else edge.say("no longer asked")

    before = {one["id"]: one["state"] for one in kept.unmet}
    after = {one["id"]: one["state"] for one in whole["verdicts"] + whole["arrears"]}
    lines = []
    for key in sorted(before.keys() | {k for k, state in after.items() if state != State.MET}):
        if before.get(key, State.MET) != after.get(key):
            lines.append(f"  {key}: {word(before.get(key, State.MET))} → {word(after.get(key))}")
    return lines or ["  " + edge.say("the states are the same, other parts of verdicts are not")]


def _since(edge: Edge, store: Store, kept: KeptAudit, newest: int) -> Iterator[str]:
    """Whether it comes out the same with what the store held then, and what came in since that
    changes it. Nothing for audits that were kept before they told what the store held.
    """
    from data.journal import entries
    from reports.journal_text import entry_lines

    held: int | None = kept.asked.get("entry")
    if held is None:
        return
    asked = Question.of_json(kept.asked)
    rulebook = _kept_rulebook(store, kept)
    sums: dict[int, str] = {}

    def at(entry: int) -> str:
        if entry not in sums:
            records = store.read_records(asked.known_on, entry=entry)
            sums[entry] = _sum_of(edge, asked, records, rulebook)
        return sums[entry]

    text = edge.say("with what the store held then (entry {entry}) it comes out differently too")
    if at(held) == kept.checksum:
        text = edge.say("with what the store held then (entry {entry}) it comes out the same")
    yield text.format(entry=held)
    changing = list(_changing(at, held, newest))
    if not changing:
        return
    yield edge.say("what came in since and changes it:")
    with store.reading() as connection:
        told = {one.entry: one for one in entries(connection, changing[0])}
    for entry in changing[:_MOST_ENTRIES]:
        yield entry_lines(told[entry], edge.lang)[0]
    if len(changing) > _MOST_ENTRIES:
        yield edge.say("… and more; 'dutyclock journal' shows every entry")


def _sum_of(edge: Edge, asked: Question, records: Records, rulebook: Rulebook | None) -> str:
    """The checksum of an audit; of one that can no longer be asked, what stands in the way."""
    try:
        return checksum(answer(edge, asked, records, rulebook).found)
    except BadInput as error:
        return str(error)


def _changing(at: Callable[[int], str], first: int, last: int) -> Iterator[int]:
    """The entries after `first`, up to `last`, at which the audit becomes another one; one more
    than are told. Between two that come out alike nothing is looked for.
    """
    left, found = [(first, last)], 0
    while left and found <= _MOST_ENTRIES:
        low, high = left.pop()
        if low >= high or at(low) == at(high):
            continue
        if high == low + 1:
            found += 1
            yield high
            continue
        middle = (low + high) // 2
        left += [(middle, high), (low, middle)]
