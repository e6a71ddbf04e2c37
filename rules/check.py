"""Whether rule files agree: words that exist, keys that go together, nothing in a circle."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from problems import Problem, did_you_mean
from rules.calendar import CalendarFile
from rules.combine import frequency_mistakes, says_unclear, season_mistake
from rules.duty import ActRule, Duty, HolderRule, RuledOut
from rules.frequency import Condition, Frequency, Measure, Population
from rules.mistakes import within
from rules.places import Path, Tree
from rules.vocabulary import Vocabulary

REST_DAYS = "休息日"
"""The built-in word for days that are not working days; it needs no line in a calendar."""

_NUMBER_OR_PERIOD = re.compile(
    r"[0-9０-９]|每[日天周旬月季年半学个個次]"
    r"|[一二两兩三四五六七八九十百]+[个個]?(?:次|日|天|周|旬|月|季|年|半年|小时|小時|工作日)"
    r"|日前|底前|[季]度|月|年|小时|小時"
)
_NO_PERIOD = re.compile(r"青少年|未成年|成年|青年|少年|老年|日常")


@dataclass(frozen=True)
class Spoken:
    """A checked duty with its file, and its path in it, so that problems find their place."""

    duty: Duty
    tree: Tree
    path: Path


class Known:
    """The words that may be used, and who asks for one that is not among them."""

    def __init__(self, vocabulary: Vocabulary, calendar: CalendarFile) -> None:
        self.vocabulary = vocabulary
        self.calendar = calendar

    @cached_property
    def windows(self) -> tuple[str, ...]:
        """Named windows, then the stretches around them that need no line of their own."""
        named = self.calendar.windows
        return tuple(f"{name}{tail}" for tail in ("", "前", "后", "前后") for name in named)

    @cached_property
    def window_set(self) -> frozenset[str]:
        """The same, to ask quickly."""
        return frozenset(self.windows)


class Checker:
    """Gathers the problems of one file's words; `say` knows where the file says them."""

    def __init__(self, tree: Tree, known: Known) -> None:
        self.tree = tree
        self.known = known
        self.problems: list[Problem] = []

    def say(self, path: Path, message: str, hint: str = "", key: bool = False) -> None:
        """Note a problem at `path`, named after the duty (or window, kind …) it lies in."""
        place = self.tree.place(path, key=key)
        self.problems.append(Problem(place, f"{message}{within(path)}", hint))

    def word(self, path: Path, word: str, among: Collection[str], what: str) -> None:
        """A problem unless `word` is among the known ones."""
        if word in among:
            return
        known = sorted(among) if isinstance(among, (set, frozenset)) else list(among)
        hint = did_you_mean(word, known)
        if not hint and 0 < len(known) <= 12:
            hint = f"known: {', '.join(known)}"
        self.say(path, f"unknown {what} '{word}'", hint)

    def words(self, path: Path, words: Iterable[str], among: Collection[str], what: str) -> None:
        """A problem for each of `words` that is unknown."""
        for place, word in enumerate(words):
            self.word((*path, place), word, among, what)

    def windows(self, path: Path, names: Iterable[str], also: tuple[str, ...] = ()) -> None:
        """A problem for each name that is no window."""
        for place, name in enumerate(names):
            if name not in self.known.window_set:
                self.word((*path, place), name, (*also, *self.known.windows), "window")

    def condition(self, path: Path, condition: Condition, types: Collection[str]) -> None:
        """The words of a condition; `types` are those that its `type` may name."""
        vocabulary = self.known.vocabulary
        what = "unit type" if types is vocabulary.unit_types else "subject type"
        self.words((*path, "type"), condition.type, types, what)
        self.words((*path, "industry"), condition.industry, vocabulary.industries, "industry")
        self.words((*path, "tags"), condition.tags, vocabulary.tags, "tag")
        for key in ("all", "any"):
            for place, part in enumerate(getattr(condition, key)):
                self.condition((*path, key, place), part, types)
        if condition.not_:
            self.condition((*path, "not"), condition.not_, types)

    def population(self, path: Path, population: Population) -> None:
        """The words of the members that a coverage or share asks for."""
        vocabulary = self.known.vocabulary
        classes = vocabulary.post_classes
        self.condition(path, population, self.member_types)
        self.words((*path, "posts"), population.posts, classes, "post class")
        self.words((*path, "people"), population.people, classes, "post class")
        self.words((*path, "unit_type"), population.unit_type, vocabulary.unit_types, "unit type")

    @cached_property
    def member_types(self) -> dict[str, None]:
        """Types of subjects; units may stand among an act's subjects, so theirs as well."""
        vocabulary = self.known.vocabulary
        return dict.fromkeys((*vocabulary.subject_types, *vocabulary.unit_types))

    def holder(self, path: Path, holder: HolderRule) -> None:
        """The words of who owes the duty."""
        classes = self.known.vocabulary.post_classes
        self.words((*path, "posts"), holder.posts, classes, "post class")
        self.words((*path, "lead"), holder.lead, classes, "post class")
        if holder.units:
            self.condition((*path, "units"), holder.units, self.known.vocabulary.unit_types)
        if holder.when:
            self.condition((*path, "when"), holder.when, self.known.vocabulary.unit_types)
        for place, post_class in enumerate(holder.lead):
            if holder.posts and post_class not in holder.posts:
                message = f"'{post_class}' leads and is not among the posts"
                self.say((*path, "lead", place), message, "add it to 'posts'")

    def activity(self, path: Path, activity: ActRule) -> None:
        """The words of what discharges the duty."""
        vocabulary = self.known.vocabulary
        self.words((*path, "kind"), activity.kind, vocabulary.kinds, "activity kind")
        self.words((*path, "role"), activity.role, vocabulary.roles, "role")
        classes = vocabulary.post_classes
        self.words((*path, "delegate"), activity.delegate, classes, "post class")
        for name in activity.attributes:
            self.word((*path, "attributes", name), name, vocabulary.attributes, "attribute")
        if activity.subjects:
            self.condition((*path, "subjects"), activity.subjects, self.member_types)
        if not activity.kind:
            self.say((*path, "kind"), "no activity kind", "name one kind or more")

    def frequency(self, path: Path, frequency: Frequency, campaign: bool) -> None:
        """The words of a frequency, and whether its keys go together."""
        self.measure(path, frequency)
        for place, variant in enumerate(frequency.variants):
            at = (*path, "variants", place)
            self.measure(at, variant)
            self.condition((*at, "when"), variant.when, self.known.vocabulary.unit_types)
        for mistake in frequency_mistakes(frequency, campaign):
            self.say((*path, *mistake.path), mistake.message, mistake.hint, key=mistake.key)

    def measure(self, path: Path, measure: Measure) -> None:
        """The words of one measure, and of those nested in it."""
        vocabulary = self.known.vocabulary
        if measure.unit is not None:
            units = vocabulary.quantity_units
            self.word((*path, "unit"), measure.unit, units, "unit of quantity")
        for key, population in (("each", measure.each), ("of", measure.of)):
            if population:
                self.population((*path, key), population)
        if measure.windows:
            for key in ("each", "any"):
                names = getattr(measure.windows, key)
                self.windows((*path, "windows", key), names)
        self.windows((*path, "except"), measure.except_, (REST_DAYS,))
        for key, events in (("before", measure.before), ("after", measure.after)):
            self.words((*path, key), events, vocabulary.event_types, "event type")
        if measure.while_ is not None:
            self.word((*path, "while"), measure.while_, vocabulary.event_types, "event type")
        for place, part in enumerate(measure.all):
            self.measure((*path, "all", place), part)


def check_duty(spoken: Spoken, known: Known) -> list[Problem]:
    """What is wrong with one duty: its words, its days, and what its own keys say together."""
    duty, path = spoken.duty, spoken.path
    checker = Checker(spoken.tree, known)
    # A list's own holder is checked once, with the list; here only what the duty itself says.
    if _says(spoken, "holder"):
        checker.holder((*path, "holder"), duty.holder)
    if duty.activity:
        checker.activity((*path, "activity"), duty.activity)
        if duty.activity.of_unit and not duty.holder.posts:
            hint = "acts of the unit count for its own duty as they are"
            checker.say((*path, "activity", "of_unit"), "'of_unit' for a unit's duty", hint)
    campaign = duty.valid.first is not None and duty.valid.last is not None
    checker.frequency((*path, "frequency"), duty.frequency, campaign)
    for problem in _days_of(spoken):
        checker.say(*problem)
    _check_texts(spoken, checker)
    if duty.frequency.is_unruled:
        if says_unclear(duty.frequency) and spoken.tree.data["duties"][path[1]]["frequency"] != {}:
            _check_unruled(spoken, checker)
    elif duty.activity is None:
        hint = "add 'activity: {kind: …}': without it no record can count"
        checker.say(path, "no activity", hint, key=True)
    return checker.problems


def check_ruled_out(tree: Tree, passages: Sequence[RuledOut]) -> list[Problem]:
    """What is wrong with the passages that a file says are no duty: a text that is empty."""
    problems = []
    for place, passage in enumerate(passages):
        for key, text, hint in (
            ("clause", passage.clause, "write it as the document has it"),
            ("quote", passage.quote, "write it as the document has it"),
            ("reason", passage.reason, "say why it is no duty"),
        ):
            if not text.strip():
                path: Path = ("ruled_out", place, key)
                problems.append(Problem(tree.place(path), f"an empty {key}{within(path)}", hint))
    return problems


def _says(spoken: Spoken, key: str) -> bool:
    return spoken.tree.find((*spoken.path, key))[0] == (*spoken.path, key)


def _days_of(spoken: Spoken) -> Iterator[tuple[Path, str, str]]:
    valid, path = spoken.duty.valid, spoken.path
    at = (*path, "valid") if _says(spoken, "valid") else ("valid",)
    if valid.first and valid.last and valid.first > valid.last:
        hint = f"{valid.first} is after {valid.last}"
        yield at, "it ends before it begins", hint
    for place, day in enumerate(valid.season or ()):
        said = season_mistake(day)
        if said:
            yield (*at, "season", place), said[0], said[1]


def _check_texts(spoken: Spoken, checker: Checker) -> None:
    duty, path = spoken.duty, spoken.path
    if not duty.title.strip():
        checker.say((*path, "title"), "an empty title", "say the duty in a few words")
    single = _says(spoken, "source")
    for place, source in enumerate(duty.sources):
        at = (*path, "source") if single else (*path, "sources", place)
        for key, text in (("clause", source.clause), ("quote", source.quote)):
            if not text.strip():
                checker.say((*at, key), f"an empty {key}", "write it as the document has it")


def _check_unruled(spoken: Spoken, checker: Checker) -> None:
    """A clause with a number or a period in it is left open only with a reason."""
    if spoken.duty.note and spoken.duty.note.strip():
        return
    for source in spoken.duty.sources:
        found = _NUMBER_OR_PERIOD.search(_NO_PERIOD.sub("", source.quote))
        if found:
            message = f"to be ruled, and the quote says '{found[0]}'"
            hint = "write the measure, or a 'note' that says why there is none"
            checker.say((*spoken.path, "frequency"), message, hint, key=True)
            return


def check_replaced(spoken: Mapping[str, Spoken], known_ids: Collection[str]) -> list[Problem]:
    """Duties that replace one that is not there, or each other in a circle."""
    problems: list[Problem] = []
    for duty_id, one in spoken.items():
        old = one.duty.replaces
        if old is None:
            continue
        path = (*one.path, "replaces")
        if old not in known_ids:
            siblings = [
                key for key in known_ids if key.rpartition(".")[0] == old.rpartition(".")[0]
            ]
            word = one.tree.written(path) or old
            short = [key.rpartition(".")[2] for key in siblings]
            hint = did_you_mean(word, short) or did_you_mean(word, known_ids)
            message = f"replaces an unknown duty '{word}'{within(path)}"
            problems.append(Problem(one.tree.place(path), message, hint))
        elif _comes_back(duty_id, lambda key: spoken[key].duty.replaces if key in spoken else None):
            message = f"replaces itself in a circle{within(path)}"
            problems.append(Problem(one.tree.place(path), message, "the first rule replaces none"))
    return problems


def _comes_back(start: str, following: Callable[[str], str | None]) -> bool:
    """Whether following the links from `start` leads to `start` again."""
    seen: set[str] = set()
    at = following(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = following(at)
    return False


def check_kinds(trees: Iterable[Tree], vocabulary: Vocabulary, known: Known) -> list[Problem]:
    """Kinds that stand under an unknown one or in a circle, or imply an unknown role."""
    kinds = vocabulary.kinds

    def wider(kind: str) -> str | None:
        return kinds[kind].under if kind in kinds else None

    problems: list[Problem] = []
    told: set[str] = set()
    # The last file that explains a kind has the line that stands, so it is asked first.
    for tree in reversed(list(trees)):
        checker = Checker(tree, known)
        for name in (tree.data.get("kinds") or {}) if isinstance(tree.data, dict) else ():
            kind = kinds.get(str(name))
            if kind is None:
                continue
            path = ("kinds", str(name))
            if kind.under is not None:
                checker.word((*path, "under"), kind.under, kinds, "wider kind")
                if name not in told and _comes_back(str(name), wider):
                    told |= vocabulary.wider_kinds[str(name)]
                    checker.say(
                        (*path, "under"), "the kinds run in a circle", "the widest has none"
                    )
            if kind.role is not None:
                checker.word((*path, "role"), kind.role, vocabulary.roles, "role")
        problems.extend(checker.problems)
    return problems
