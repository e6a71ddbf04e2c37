"""The rules as an office reads them: checked, listed, compared, held against a text, kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from data.keeping.kept_rules import KeptRules, keep_rules
from data.likeness import near_ids
from data.store.journal import Doing
from data.texts import read_text
from engine.examples import failures
from problems import BadInput, Place, Problem, said
from rules.coverage import Coverage, Told, cover, document_of, passages
from rules.diff import Difference, difference
from rules.duty import Duty
from rules.example_places import example_places
from rules.loader import load_rulebook
from rules.rulebook import Rulebook
from rules.selecting import Choice, selected
from services.look import Progress
from services.naming import chosen, documents_named, duties_named
from services.office import (
    Office,
    done_at,
    office_rulebook,
    own_folder,
    policy_of,
    rule_files_of,
    store_of,
)


def check(office: Office, progress: Progress | None = None) -> Rulebook:
    """The rulebook, read anew, whose worked examples all come out as they say. Raises BadInput."""
    folder = own_folder(office)
    rulebook = load_rulebook(office.rules, folder)
    policy_of(office)
    failed = list(failures(rulebook, progress))
    if failed:
        places = example_places(office.rules, folder)
        raise BadInput(
            [
                Problem(
                    places.get((failure.duty, failure.number), Place(failure.duty)),
                    failure.said,
                    failure.hint,
                )
                for failure in failed
            ]
        )
    return rulebook


def duties(office: Office, choice: Choice) -> tuple[Rulebook, tuple[Duty, ...]]:
    """The rulebook and its chosen duties. Raises BadInput for words that it has not."""
    rulebook, problems = office_rulebook(office), list[Problem]()
    if choice.document:
        document = chosen(choice.document, documents_named(rulebook), "--document", problems)
        choice = replace(choice, document=document)
    if problems:
        raise BadInput(problems)
    return rulebook, selected(rulebook, choice)


def duty_named(office: Office, duty: str) -> tuple[Rulebook, Duty]:
    """The duty of that id or title, or whose id ends so. Raises BadInput: none, or several."""
    rulebook = office_rulebook(office)
    problems: list[Problem] = []
    named = duties_named(rulebook)
    name = chosen(duty, named, "DUTY", problems)
    found = [one for one in rulebook.duties if one.id == name]
    if problems or not found:
        hint = near_ids(duty, named, said("title")) or said("see_rules_list")
        unknown = Problem(Place("DUTY"), said("no_such_duty", duty=duty), hint)
        raise BadInput(problems or [unknown])
    return rulebook, found[0]


def documents(office: Office, name: str | None) -> tuple[Rulebook, Sequence[str]]:
    """The id of the document of that id, number or title, else (None) of all. Raises BadInput."""
    rulebook = office_rulebook(office)
    named = [_document(rulebook, name, "DOCUMENT")] if name else [*rulebook.documents]
    return rulebook, named


def _document(rulebook: Rulebook, name: str, place: str) -> str:
    problems: list[Problem] = []
    named = documents_named(rulebook)
    found = chosen(name, named, place, problems)
    if problems or found not in rulebook.documents:
        hint = near_ids(name, named, said("name")) or said("see_rules_list")
        unknown = Problem(Place(place), said("no_such_document", document=name), hint)
        raise BadInput(problems or [unknown])
    return found


@dataclass(frozen=True)
class CoveredText:
    """A text sentence by sentence: which document it is, its content, what became of each."""

    rulebook: Rulebook
    which: Told
    content: str
    covered: Coverage


def coverage(office: Office, text: Path, document: str | None = None) -> CoveredText:
    """What became of each sentence of a document that says how often or by when. `document` is
    which one it is, instead of telling it. Raises BadInput.
    """
    rulebook = office_rulebook(office)
    asked = _document(rulebook, document, "--document") if document else None
    content = read_text(text)
    which = document_of(rulebook, content, asked)
    covered = cover(content, passages(rulebook, which.document) if which.document else ())
    return CoveredText(rulebook, which, content, covered)


@dataclass(frozen=True)
class Compared:
    """Two versions of the rules, and what they ask differently."""

    before: Rulebook
    after: Rulebook
    difference: Difference


def compare(before: Office, after: Office) -> Compared:
    """What the rules of two offices (or of one, with other folders) ask differently."""
    old, new = office_rulebook(before), office_rulebook(after)
    return Compared(old, new, difference(old, new))


@dataclass(frozen=True)
class KeptRulebook:
    """What keeping the rules did, and how many files they have."""

    kept: KeptRules
    files: int


def keep(office: Office, doing: Doing) -> KeptRulebook:
    """Puts the rule files in force into the store, every byte of them."""
    rulebook = office_rulebook(office)
    files = rule_files_of(office, rulebook)
    store = store_of(office)
    kept = keep_rules(store, asdict(rulebook.hashes), files, done_at(doing, store))
    return KeptRulebook(kept, len(files))
