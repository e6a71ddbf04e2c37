"""Which duties somebody asks for: of a document, owed by somebody, about a kind, of a shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from problems import BadInput, Place, Problem, any_of, did_you_mean, said
from rules.duty import Duty
from rules.frequency import Shape
from rules.model import Model
from rules.rulebook import Rulebook

LIST = said("see_rules_list")
WORDS = said("see_rules_words")


@dataclass(frozen=True)
class Choice:
    """What was asked for; None leaves it open."""

    document: str | None = None
    holder: str | None = None
    kind: str | None = None
    shape: str | None = None


def selected(rulebook: Rulebook, choice: Choice) -> tuple[Duty, ...]:
    """The duties that fulfil all that was asked, in their order; perhaps none.

    Raises BadInput with every word that no duty has.
    """
    problems: list[Problem] = []
    shapes = tuple(shape.value for shape in Shape)
    holders = {word: None for duty in rulebook.duties for word in _words(duty.holder)}
    for place, what, word, known, hint in (
        ("--document", said("document"), choice.document, rulebook.documents, LIST),
        ("--holder", said("holder"), choice.holder, holders, LIST),
        ("--kind", said("kind_of_activity"), choice.kind, rulebook.vocabulary.kinds, WORDS),
        ("--shape", said("shape"), choice.shape, shapes, said("shapes_are", shapes=any_of(shapes))),
    ):
        if word is not None and word not in known:
            unknown = said("no_such_word", kind=what, word=word)
            problems.append(Problem(Place(place), unknown, did_you_mean(word, known) or hint))
    if problems:
        raise BadInput(problems)
    return tuple(duty for duty in rulebook.duties if _is_chosen(rulebook, duty, choice))


def _is_chosen(rulebook: Rulebook, duty: Duty, choice: Choice) -> bool:
    if choice.document is not None and duty.document != choice.document:
        return False
    if choice.holder is not None and choice.holder not in set(_words(duty.holder)):
        return False
    if choice.kind is not None:
        accepted = duty.activity.kind if duty.activity else ()
        if not any(rulebook.vocabulary.is_kind(choice.kind, kind) for kind in accepted):
            return False
    if choice.shape is not None:
        frequency = duty.frequency
        measures = [*frequency.for_shape(), *frequency.all]
        return any(measure.shape.value == choice.shape for measure in measures)
    return True


def _words(part: Any) -> Iterator[str]:
    """Every word in a part of a duty: classes, types, tags, departments."""
    if isinstance(part, Model):
        for name in part.model_fields_set - {"joint"}:
            yield from _words(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif isinstance(part, str):
        yield part
