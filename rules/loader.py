"""Reads rule files and office files into one checked `Rulebook`, or says all that is wrong.

Nothing in a file is ever evaluated: files are plain data, checked against models, then against one
another. Rulings are carried, not applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from problems import BadInput, Place, Problem, Said, did_you_mean, said
from rules.cache import read_cached, without_collection, write_cached
from rules.calendar import CalendarFile
from rules.check import (
    PARTS,
    Checker,
    Known,
    Spoken,
    check_duty,
    check_kinds,
    check_replaced,
    check_ruled_out,
)
from rules.duty import Document, Duty, DutyFile, DutyText, HolderRule, Source, Valid
from rules.extend import check_calendar, merged_calendar, merged_vocabulary
from rules.files import BUILTIN, RuleFile, gather, hashes_of, is_id
from rules.model_problems import checked, within
from rules.rulebook import AdoptionsFile, Rulebook, RuleList, RulingsFile
from rules.vocabulary import Vocabulary
from rules.yaml_tree import Path as InFile
from rules.yaml_tree import Tree, read_tree

__all__ = ["BUILTIN", "load_rulebook", "rule_files", "rulebook_of"]

M = TypeVar("M", bound=BaseModel)


def load_rulebook(
    folders: Sequence[Path],
    office: Path | None = None,
    cache: Path | None = None,
    *,
    shipped: Path = BUILTIN,
) -> Rulebook:
    """The documents of `folders` with all words and days, and what the office decided.

    Each folder holds documents' folders, or is one document's own. `shipped` gives the vocabulary
    and calendar that are always there. `cache` is a folder for what was read before. Duties stand
    in the order of folders, lists and keys. Raises BadInput with the problems of all files.
    """
    files, problems = gather(folders, office, shipped)
    return rulebook_of(files, cache, problems)


def rule_files(
    folders: Sequence[Path], office: Path | None = None, *, shipped: Path = BUILTIN
) -> list[RuleFile]:
    """The files that `load_rulebook` reads. Raises BadInput where they cannot be read."""
    files, problems = gather(folders, office, shipped)
    if problems:
        raise BadInput(problems)
    return files


def rulebook_of(
    files: Sequence[RuleFile], cache: Path | None = None, problems: Sequence[Problem] = ()
) -> Rulebook:
    """The rulebook that these files make, in this order. Raises BadInput with the problems of all,
    after those that gathering them met.
    """
    if not problems:
        kept = read_cached(cache, files)
        if kept is not None:
            return kept
    reading = _RulesSoFar(list(problems))
    with without_collection():
        for file in files:
            reading.read(file)
        rulebook = reading.rulebook(files)
    if reading.problems:
        raise BadInput(reading.problems)
    write_cached(cache, files, rulebook)
    return rulebook


@dataclass
class _List:
    """One list of a document, with what its duties share."""

    tree: Tree
    document: str
    stem: str
    head: DutyFile
    texts: dict[str, DutyText]

    @property
    def name(self) -> str:
        """The list's own name: the second part of its duties' ids."""
        return self.stem.rpartition(".")[2]


@dataclass
class _RulesSoFar:
    """What the files gave so far. Words and days come first, so lists are checked at the end."""

    problems: list[Problem]
    documents: dict[str, Document] = field(default_factory=dict)
    document_trees: dict[str, Tree] = field(default_factory=dict)
    lists: list[_List] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    vocabularies: list[tuple[Tree, Vocabulary]] = field(default_factory=list)
    calendars: list[tuple[Tree, CalendarFile]] = field(default_factory=list)
    rulings: list[tuple[Tree, RulingsFile]] = field(default_factory=list)
    adoptions: list[tuple[Tree, AdoptionsFile]] = field(default_factory=list)
    named_documents: set[str] = field(default_factory=set)
    objected: set[Place] = field(default_factory=set)
    words_complete: bool = True

    def read(self, file: RuleFile) -> None:
        """Read one file as what it is for."""
        if file.role == "document":
            self.named_documents.add(file.document)
        tree, problems = read_tree(file.shown, file.raw)
        self.problems.extend(problems)
        # A value that YAML already objects to stands as text: a model's objection to that text
        # would only say the same thing once more.
        self.objected.update(problem.place for problem in problems)
        if tree is None:
            self.words_complete &= file.role not in ("vocabulary", "calendar")
            return
        if file.role == "vocabulary":
            self._keep(tree, Vocabulary, self.vocabularies)
        elif file.role == "calendar":
            self._keep(tree, CalendarFile, self.calendars)
        elif file.role == "document":
            document = self._model(tree, Document)
            if document is not None:
                self._keep_document(tree, file.document, document)
        elif file.role == "list":
            self._read_list(tree, file)
        elif file.role == "rulings":
            self._keep(tree, RulingsFile, self.rulings)
        else:
            self._keep(tree, AdoptionsFile, self.adoptions)

    def _model(self, tree: Tree, model: type[M]) -> M | None:
        return self._checked(model, tree, tree.data)

    def _checked(self, model: type[M], tree: Tree, data: Any, path: InFile = ()) -> M | None:
        found, problems = checked(model, tree, data, path)
        self.problems.extend(problem for problem in problems if problem.place not in self.objected)
        return found

    def _keep(self, tree: Tree, model: type[M], kept: list[tuple[Tree, M]]) -> None:
        found = self._model(tree, model)
        if found is not None:
            kept.append((tree, found))
        elif model in (Vocabulary, CalendarFile):
            self.words_complete = False

    def _keep_document(self, tree: Tree, name: str, document: Document) -> None:
        if "id" in tree.data:
            hint = said("folder_names_it", name=name)
            place = tree.place(("id",), key=True)
            self.problems.append(Problem(place, said("unknown_key", key="id"), hint))
        if document.last and document.last < document.first:
            message = said("document_ends_early")
            hint = said("is_after", first=document.first, last=document.last)
            self.problems.append(Problem(tree.place(("last",)), message, hint))
        self.documents[name] = document.model_copy(update={"id": name})
        self.document_trees[name] = tree

    def _read_list(self, tree: Tree, file: RuleFile) -> None:
        stem = f"{file.document}.{file.stem}"
        duties = tree.data.get("duties")
        whole = dict(tree.data)
        # Duties are checked one by one, so that a broken one doesn't hide the others' problems.
        if isinstance(duties, dict):
            whole["duties"] = {}
        head = self._checked(DutyFile, tree, whole)
        texts: dict[str, DutyText] = {}
        for key, given in duties.items() if isinstance(duties, dict) else ():
            path: InFile = ("duties", key)
            self.ids.add(f"{stem}.{key}")
            if not is_id(key):
                hint = said("duty_key_form")
                self._say(tree, path, said("no_duty_key", key=key), hint, key=True)
            text = self._checked(DutyText, tree, given, path)
            if text is not None:
                texts[key] = text
        if isinstance(duties, dict) and not duties:
            self._say(tree, ("duties",), said("list_without_duties"), key=True)
        if head is not None:
            self.lists.append(_List(tree, file.document, stem, head, texts))

    def _say(
        self, tree: Tree, path: InFile, message: Said, hint: Said | None = None, key: bool = False
    ) -> None:
        self.problems.append(Problem(tree.place(path, key=key), message, hint))

    def rulebook(self, files: Sequence[RuleFile]) -> Rulebook:
        """Everything together; what doesn't agree is among the problems."""
        vocabulary = merged_vocabulary([one for _, one in self.vocabularies])
        calendar = merged_calendar([one for _, one in self.calendars])
        self._put_in_order()
        known = Known(vocabulary, calendar)
        spoken = {one.duty.id: one for part in self.lists for one in self._spoken(part)}
        # Without all words, every use of a missing one would be called unknown.
        if self.words_complete:
            trees = [tree for tree, _ in self.vocabularies]
            self.problems.extend(check_kinds(trees, vocabulary, known))
            self.problems.extend(check_calendar(self.calendars, calendar, known))
            for part in self.lists:
                checker = Checker(part.tree, known)
                if part.head.holder:
                    checker.holder(("holder",), part.head.holder)
                self.problems.extend(checker.problems)
            for one in spoken.values():
                self.problems.extend(check_duty(one, known))
        self.problems.extend(check_replaced(spoken, self.ids))
        for name, document in self.documents.items():
            self.problems.extend(check_ruled_out(self.document_trees[name], document.ruled_out))
        for part in self.lists:
            self.problems.extend(check_ruled_out(part.tree, part.head.ruled_out))
        self._check_office(known)
        return Rulebook(
            documents=self.documents,
            duties=tuple(one.duty for one in spoken.values()),
            vocabulary=vocabulary,
            calendar=calendar,
            rulings=tuple(line for _, one in self.rulings for line in one.rulings),
            adoptions=(
                tuple(line for _, one in self.adoptions for line in one.adoptions)
                if self.adoptions
                else None
            ),
            lists={
                part.stem: RuleList(part.head.list, part.head.place, part.head.ruled_out)
                for part in self.lists
            },
            hashes=hashes_of(files),
        )

    def _put_in_order(self) -> None:
        """Lists in the order that their document names; the documents stay as they were read."""
        places = {name: place for place, name in enumerate(self.documents)}
        order = {
            (document.id, name): place
            for document in self.documents.values()
            for place, name in enumerate(document.lists)
        }
        for document in self.documents.values():
            tree = self.document_trees[document.id]
            known = [part.name for part in self.lists if part.document == document.id]
            unknown = [name for name in document.lists if name not in known]
            for place, name in enumerate(document.lists):
                if name in unknown:
                    hint = did_you_mean(name, known)
                    self._say(tree, ("lists", place), said("no_such_list", list=name), hint)
                elif name in document.lists[:place]:
                    self._say(tree, ("lists", place), said("list_stands_twice", list=name))
            # A list that is left out may be the one that an unknown name means.
            for name in known if document.lists and not unknown else ():
                if name not in document.lists:
                    message = said("list_left_out", list=name)
                    self._say(tree, ("lists",), message, said("name_all_lists"), key=True)
        self.lists.sort(
            key=lambda part: (
                places.get(part.document, 0),
                order.get((part.document, part.name), 0),
            )
        )

    def _spoken(self, part: _List) -> list[Spoken]:
        """The duties of a list, with what the list and its document say for all of them."""
        document = self.documents.get(part.document)
        found = []
        for key, text in part.texts.items():
            path: InFile = ("duties", key)
            holder = text.holder or part.head.holder
            if holder is None:
                hint = said("give_a_holder")
                self._say(part.tree, path, said("no_holder").at(*within(path)), hint, key=True)
            sources = self._sources(part, path, text)
            duty = Duty(
                id=f"{part.stem}.{key}",
                document=part.document,
                title=text.title,
                sources=sources,
                holder=holder or HolderRule(posts=("?",)),
                activity=text.activity,
                frequency=text.frequency,
                valid=_valid(text.valid, part.head.valid, document.last if document else None),
                replaces=self._replaced(part.stem, text.replaces),
                hedged=text.hedged,
                note=text.note,
                examples=text.examples,
            )
            if part.tree.data["duties"][key].get("frequency") == {}:
                hint = said("write_measure_or_to_be_ruled")
                self._say(
                    part.tree,
                    (*path, "frequency"),
                    said("empty_frequency").at(*within(path)),
                    hint,
                )
            found.append(Spoken(duty, part.tree, path))
        return found

    def _sources(self, part: _List, path: InFile, text: DutyText) -> tuple[Source, ...]:
        if text.source and text.sources:
            hint = said("keep_sources")
            message = said("source_and_sources_together").at(*within(path))
            self._say(part.tree, (*path, "sources"), message, hint, key=True)
        sources = text.sources or ((text.source,) if text.source else ())
        if not sources:
            hint = said("add_source")
            self._say(part.tree, path, said("no_source").at(*within(path)), hint, key=True)
        for place, source in enumerate(sources):
            named = source.document
            if named is not None and named not in self.named_documents:
                at = (*path, "sources", place) if text.sources else (*path, "source")
                message = said("unknown_document", document=named).at(*within(path))
                near = did_you_mean(named, self.named_documents)
                self._say(part.tree, (*at, "document"), message, near)
        return sources

    def _replaced(self, stem: str, replaces: str | None) -> str | None:
        """The full id of the duty that is replaced: a key of the same list, or a full id."""
        if replaces is None or (replaces in self.ids and "." in replaces):
            return replaces
        return replaces if "." in replaces else f"{stem}.{replaces}"

    def _check_office(self, known: Known) -> None:
        for tree, rulings in self.rulings:
            checker = Checker(tree, known)
            for place, ruling in enumerate(rulings.rulings):
                path: InFile = ("rulings", place)
                duty, _, part = ruling.duty.partition("#")
                if duty not in self.ids or (part and not part.isdigit()):
                    checker.word((*path, "duty"), ruling.duty, self.ids, said("duty"))
                for key, text in (("author", ruling.author), ("document", ruling.document)):
                    if not text.strip():
                        checker.say(
                            (*path, key),
                            said("empty_thing", thing=PARTS[key]),
                            said("ruling_names_both"),
                        )
                if not self.words_complete:
                    continue
                if ruling.frequency.is_unruled:
                    message = said("ruling_rules_nothing")
                    checker.say((*path, "frequency"), message, said("give_the_measure"), key=True)
                else:
                    checker.frequency((*path, "frequency"), ruling.frequency, campaign=True)
            self.problems.extend(checker.problems)
        for tree, adoptions in self.adoptions:
            checker = Checker(tree, known)
            for place, line in enumerate(adoptions.adoptions):
                path = ("adoptions", place)
                checker.word(
                    (*path, "document"),
                    line.document,
                    sorted(self.named_documents),
                    said("document"),
                )
                if line.first and line.last and line.first > line.last:
                    message = said("it_ends_before_it_begins")
                    checker.say(
                        (*path, "last"),
                        message,
                        said("is_after", first=line.first, last=line.last),
                    )
            self.problems.extend(checker.problems)


def _valid(own: Valid, shared: Valid, document_last: date | None) -> Valid:
    """A duty's days: its own, else its list's, field by field; no later than its document's."""
    last = own.last or shared.last
    if document_last is not None:
        last = min(last, document_last) if last else document_last
    return Valid(first=own.first or shared.first, last=last, season=own.season or shared.season)
