"""Which verdict is meant by words, or by the number of a row that was shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.dates import understood
from data.likeness import NamedIds, TypedPart, called_by, folded_words, near_ids, typed_part
from data.period_words import label_meant
from data.store.person_subset import people_called
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.judging.audit import Judged
from engine.judging.explain import explain_judged
from engine.judging.verdict import Verdict
from engine.judging.world import World
from problems import BadInput, Objection, Place, Problem, Said, any_of, bare, names, said
from reports.codes import STATES
from reports.figures import period_text
from reports.names import Names
from services.look import Look, When, Whose, looks
from services.office import Office, office_rulebook, store_of
from services.shown import Reader, shown_row
from services.why import Why, why

MOST_FOUND = 30
"""How many verdicts that fit are listed."""

_MOST_NEAR = 5


@dataclass(frozen=True)
class SeveralFit:
    """The verdicts that fit all words, by their days, and how many `more` there are."""

    world: World
    verdicts: tuple[Verdict, ...]
    more: int


def by_number(office: Office, reader: Reader, number: int, when: When) -> Why:
    """The verdict of a row of the table that was shown last, on that table's days."""
    row = shown_row(office, reader, number, when)
    return why(office, replace(when, as_of=row.as_of, known_on=row.known_on), row.verdict)


def by_words(
    office: Office, when: When, words: Sequence[str], *, only_one: bool = False
) -> Why | SeveralFit:
    """The verdict that fits all words, explained; else those that fit. Raises BadInput where none
    does, with what is near; with `only_one` where several do, too.
    """
    asked = [part for word in words for part in word.split()]
    if not asked:
        raise BadInput([Problem(Place("VERDICT"), said("no_words"), said("ask_by_words"))])
    store, rulebook = store_of(office), office_rulebook(office)
    # Whoever is called just so is enough; what else the words may mean is asked of everybody.
    people = {one for word in (*asked, " ".join(asked)) for one in people_called(store, word)}
    whose = Whose(lambda _: sorted(people)) if people else None
    for it in looks(store, rulebook, when, whose):
        search = _Search(it, asked)
        found = search.found()
        if found:
            return _answer(it, found, only_one)
    raise BadInput([search.problem()])


def _answer(it: Look, found: Sequence[Judged], only_one: bool) -> Why | SeveralFit:
    if len(found) == 1:
        return Why(it.world, explain_judged(it.world, found[0]))
    verdicts = [one.verdict for one in found]
    if only_one:
        told = said("several_obligations_fit", count=len(found))
        ids = names(one.id for one in verdicts[:MOST_FOUND])
        raise BadInput([Problem(Place("VERDICT"), told, said("ids_of_them", ids=ids))])
    return SeveralFit(it.world, tuple(verdicts[:MOST_FOUND]), max(0, len(found) - MOST_FOUND))


class _Search:
    """Words held against every verdict of a look: how well each fits, from 0 (exactly)."""

    def __init__(self, it: Look, words: Sequence[str]) -> None:
        self.world = it.world
        self.names = Names.of_world(it.world)
        self.judged = it.judged()
        self.words = words
        self._texts: dict[object, tuple[str, ...]] = {}
        self._periods: dict[object, str] = {}
        self._fits: dict[tuple[str, str], int] = {}
        self.by_word = [self._by_word(word) for word in words]

    def found(self) -> list[Judged]:
        """What fits all words, as exactly as each of them can be taken; by days, then id."""
        best = [_best(fits) for fits in self.by_word]
        ids = set.intersection(*best) or set.intersection(*map(set, self.by_word))
        chosen = [one for one in self.judged if one.verdict.id in ids]
        return sorted(chosen, key=lambda one: (one.verdict.period.first, one.verdict.id))

    def problem(self) -> Problem:
        """Why nothing fits: a word that nothing is called, or words that do not go together."""
        for word, fits in zip(self.words, self.by_word, strict=True):
            if not fits and self._days(word):
                told = said("nothing_in_the_period", word=bare(word))
                return Problem(Place("VERDICT"), told, self._first_and_last())
            if not fits and _DATED.match(word):
                try:
                    understood("day", word, self.world.as_of.year)
                except Objection as error:
                    return Problem(Place("VERDICT"), error.said, error.hint)
            if not fits:
                called = {text: "" for one in self.judged for text in self._named(one.verdict)}
                close = near_ids(word, NamedIds(called), called_by(("units",)))
                told = said("nothing_is_called", word=word)
                return Problem(Place("VERDICT"), told, close or said("ask_by_words"))
        told = said("nothing_fits_all", words=any_of(self.words))
        for at, word in enumerate(self.words):
            others = [set(fits) for other, fits in enumerate(self.by_word) if other != at]
            left = set.intersection(*others) if others else set()
            if left:
                hint = said(
                    "without_the_word", word=word, verdicts=names(sorted(left)[:_MOST_NEAR])
                )
                return Problem(Place("VERDICT"), told, hint)
        return Problem(Place("VERDICT"), told, said("ask_by_words"))

    def _first_and_last(self) -> Said | None:
        periods = [one.verdict.period for one in self.judged]
        if not periods:
            return None
        first, last = min(one.first for one in periods), max(one.last for one in periods)
        return said("obligations_lie_between", first=first, last=last)

    def _by_word(self, word: str) -> dict[str, int]:
        """How well the word fits which verdicts."""
        days = self._days(word)
        found = {}
        for one in self.judged:
            verdict = one.verdict
            fits = [self._fit(word, text) for text in self._named(verdict)]
            fits.append(_fit_of_days(days(verdict.unit), verdict) if days else _NOT)
            if word in (verdict.label, verdict.called, verdict.event, self._period(verdict)):
                fits.append(0)
            best = min(fits)
            if best < _NOT:
                found[verdict.id] = best
        return found

    def _period(self, verdict: Verdict) -> str:
        """What its period is called where Chinese is printed: 2024年二季度."""
        key = (verdict.called, verdict.period)
        if key not in self._periods:
            self._periods[key] = period_text(verdict.called, verdict.period, "zh")
        return self._periods[key]

    def _days(self, word: str) -> Callable[[str], Days | None] | None:
        """The days that a word means for a unit; None where it means none for anybody."""
        label = parse_label(label_meant(word, self.world.as_of.year))
        if label is not None:
            windows, world = self.world.windows, self.world
            return lambda unit: days_of_label(label, windows, world.chain(unit))
        try:
            day = date.fromisoformat(understood("day", word, self.world.as_of.year) or "")
        except (Objection, ValueError):
            return None
        return lambda _: Days.of(day, day)

    def _named(self, verdict: Verdict) -> tuple[str, ...]:
        """All that a verdict's holder, duty and document are called."""
        key = (verdict.unit, verdict.post, verdict.person, verdict.members, verdict.duty.id)
        state = STATES[verdict.state]
        if key not in self._texts:
            self._texts[key] = tuple(dict.fromkeys(one for one in self._of(verdict) if one))
        return (*self._texts[key], state.zh, state.en)

    def _of(self, verdict: Verdict) -> Iterator[str]:
        names, duty = self.names, verdict.duty
        yield from (verdict.unit, names.unit(verdict.unit))
        for post in (verdict.post,) if verdict.post else names.group(verdict):
            yield from (post, names.post(post), names.post_class(post))
            yield f"{names.unit(verdict.unit)}{names.post(post)}"
        if verdict.person:
            row = names.records.people.get(verdict.person)
            yield from (verdict.person, row.name if row else "")
        yield from (duty.id, duty.title, *(duty.activity.kind if duty.activity else ()))
        document = self.world.rulebook.documents.get(duty.document)
        yield duty.document
        if document:
            yield from (document.title, document.number or "")

    def _fit(self, word: str, text: str) -> int:
        key = (word, text)
        if key not in self._fits:
            self._fits[key] = _fit(*folded_words([word, text]))
        return self._fits[key]


_NOT = 9
_DATED = re.compile(r"[0-9]{4}[-/.年]")


def _fit(word: str, text: str) -> int:
    """How well a word fits a text: it is the text, a part of it, its pinyin or initials."""
    if word == text:
        return 0
    if word in text and not (len(word) == 1 and word.isascii()):
        return 2
    if not (word.isascii() and word.isalpha() and len(word) > 1):
        return _NOT
    return {TypedPart.WHOLE: 1, TypedPart.BEGINNING: 3, TypedPart.NONE: _NOT}[
        typed_part(word, text)
    ]


def _fit_of_days(days: Days | None, verdict: Verdict) -> int:
    """How well days fit a verdict: they are its period, hold it, or share a day with it."""
    if not days:
        return _NOT
    period = Days.of(verdict.period.first, verdict.period.last)
    if days == period:
        return 0
    if period <= days or (verdict.due is not None and days == Days.of(verdict.due, verdict.due)):
        return 1
    return 2 if days & period else _NOT


def _best(fits: dict[str, int]) -> set[str]:
    least = min(fits.values(), default=_NOT)
    return {verdict for verdict, fit in fits.items() if fit == least}
