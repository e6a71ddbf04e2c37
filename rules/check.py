"""Whether rule files agree: words that exist, keys that go together, nothing in a circle."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from problems import Problem, Said, bare, did_you_mean, names, said
from rules.calendar import CalendarFile
from rules.combine import frequency_mistakes, says_unclear
from rules.duty import ActRule, Duty, HolderRule, RuledOut, Sharing
from rules.frequency import REST_DAYS, Condition, Frequency, Measure, Population
from rules.model_problems import within
from rules.no_such_days import season_mistake
from rules.vocabulary import LEAVING_OFFICE, MADE_EVENTS, TAKING_OFFICE, Vocabulary
from rules.yaml_tree import Path, Tree

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
        """The same names as a set, for quick look-ups."""
        return frozenset(self.windows)


class Checker:
    """Gathers the problems of one file's words; `say` knows where the file says them."""

    def __init__(self, tree: Tree, known: Known) -> None:
        self.tree = tree
        self.known = known
        self.problems: list[Problem] = []

    def say(self, path: Path, message: Said, hint: Said | None = None, key: bool = False) -> None:
        """Note a problem at `path`, named after the duty (or window, kind …) it lies in."""
        place = self.tree.place(path, key=key)
        self.problems.append(Problem(place, message.at(*within(path)), hint))

    def word(self, path: Path, word: str, among: Collection[str], what: Said) -> None:
        """A problem unless `word` is among the known ones."""
        if word in among:
            return
        known = sorted(among) if isinstance(among, (set, frozenset)) else list(among)
        hint = did_you_mean(word, known)
        if not hint and 0 < len(known) <= 12:
            hint = said("known_words", words=names(known))
        self.say(path, said("unknown_word", kind=what, word=word), hint)

    def words(self, path: Path, words: Iterable[str], among: Collection[str], what: Said) -> None:
        """A problem for each of `words` that is unknown."""
        for place, word in enumerate(words):
            self.word((*path, place), word, among, what)

    def windows(self, path: Path, names: Iterable[str], also: tuple[str, ...] = ()) -> None:
        """A problem for each name that is no window."""
        for place, name in enumerate(names):
            if name not in self.known.window_set:
                self.word((*path, place), name, (*also, *self.known.windows), said("window"))

    def condition(self, path: Path, condition: Condition, types: Collection[str]) -> None:
        """The words of a condition; `types` are those that its `type` may name."""
        vocabulary = self.known.vocabulary
        what = said("unit_type") if types is vocabulary.unit_types else said("subject_type")
        self.words((*path, "type"), condition.type, types, what)
        self.words((*path, "industry"), condition.industry, vocabulary.industries, said("industry"))
        self.words((*path, "tags"), condition.tags, vocabulary.tags, said("tag"))
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
        self.words((*path, "posts"), population.posts, classes, said("post_class"))
        self.words((*path, "people"), population.people, classes, said("post_class"))
        self.words(
            (*path, "unit_type"), population.unit_type, vocabulary.unit_types, said("unit_type")
        )

    @cached_property
    def member_types(self) -> dict[str, None]:
        """Types of subjects; units may stand among an act's subjects, so theirs as well."""
        vocabulary = self.known.vocabulary
        return dict.fromkeys((*vocabulary.subject_types, *vocabulary.unit_types))

    def holder(self, path: Path, holder: HolderRule) -> None:
        """The words of who owes the duty."""
        classes = self.known.vocabulary.post_classes
        self.words((*path, "posts"), holder.posts, classes, said("post_class"))
        self.words((*path, "lead"), holder.lead, classes, said("post_class"))
        if holder.units:
            self.condition((*path, "units"), holder.units, self.known.vocabulary.unit_types)
        if holder.when:
            self.condition((*path, "when"), holder.when, self.known.vocabulary.unit_types)
        for place, post_class in enumerate(holder.lead):
            if holder.posts and post_class not in holder.posts:
                message = said("leader_not_among_posts", post_class=post_class)
                self.say((*path, "lead", place), message, said("add_it_to_posts"))

    def activity(self, path: Path, activity: ActRule) -> None:
        """The words of what discharges the duty."""
        vocabulary = self.known.vocabulary
        self.words((*path, "kind"), activity.kind, vocabulary.kinds, said("activity_kind"))
        self.words((*path, "role"), activity.role, vocabulary.roles, said("role"))
        classes = vocabulary.post_classes
        self.words((*path, "delegate"), activity.delegate, classes, said("post_class"))
        for name in activity.attributes:
            self.word((*path, "attributes", name), name, vocabulary.attributes, said("attribute"))
        if activity.subjects:
            self.condition((*path, "subjects"), activity.subjects, self.member_types)
        if not activity.kind:
            self.say((*path, "kind"), said("no_activity_kind"), said("name_one_kind_or_more"))

    def frequency(self, path: Path, frequency: Frequency, campaign: bool) -> None:
        """The words of a frequency, and whether its keys go together."""
        self.measure(path, frequency)
        for place, variant in enumerate(frequency.variants):
            at = (*path, "variants", place)
            self.measure(at, variant)
            self.condition((*at, "when"), variant.when, self.known.vocabulary.unit_types)
        for mistake in frequency_mistakes(frequency, campaign):
            self.say((*path, *mistake.path), mistake.said, mistake.hint, key=mistake.key)

    def measure(self, path: Path, measure: Measure) -> None:
        """The words of one measure, and of those nested in it."""
        vocabulary = self.known.vocabulary
        if measure.unit is not None:
            units = vocabulary.quantity_units
            self.word((*path, "unit"), measure.unit, units, said("unit_of_quantity"))
        if measure.least_amount is not None:
            unit, units = measure.least_amount.unit, vocabulary.quantity_units
            self.word((*path, "least_amount", "unit"), unit, units, said("unit_of_quantity"))
        if measure.population is not None:
            self.population((*path, "each" if measure.each else "of"), measure.population)
        if measure.windows:
            for key in ("each", "any"):
                names = getattr(measure.windows, key)
                self.windows((*path, "windows", key), names)
        self.windows((*path, "except"), measure.except_, (REST_DAYS,))
        for key, events in (("before", measure.before), ("after", measure.after)):
            self.words((*path, key), events, vocabulary.event_types, said("event_type"))
        if measure.while_ is not None:
            self.word((*path, "while"), measure.while_, vocabulary.event_types, said("event_type"))
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
            at: Path = (*path, "activity", "of_unit")
            checker.say(at, said("of_unit_for_a_unit"), said("own_acts_count_as_they_are"))
    campaign = duty.valid.first is not None and duty.valid.last is not None
    checker.frequency((*path, "frequency"), duty.frequency, campaign)
    for place, message, hint in _made_events(duty):
        checker.say((*path, "frequency", *place), message, hint, key=True)
    for problem in _days_of(spoken):
        checker.say(*problem)
    checker.windows((*_valid_of(spoken), "season"), duty.valid.season_windows)
    _check_texts(spoken, checker)
    if duty.frequency.is_unruled:
        if says_unclear(duty.frequency) and spoken.tree.data["duties"][path[1]]["frequency"] != {}:
            _check_unruled(spoken, checker)
    elif duty.activity is None:
        hint = said("add_activity_kind")
        checker.say(path, said("no_activity"), hint, key=True)
    return checker.problems


def _made_events(duty: Duty) -> Iterator[tuple[Path, Said, Said]]:
    """Events that the appointments make, where they bind nobody: path, message and hint."""
    rule, taking = duty.holder, bare(TAKING_OFFICE)
    of_posts, of_units = bool(rule.posts) and rule.joint == Sharing.EACH_OF, not rule.posts
    frequency = duty.frequency
    places: list[tuple[Path, Measure]] = [((), frequency)]
    places += [(("variants", at), one) for at, one in enumerate(frequency.variants)]
    for above, outer in tuple(places):
        places += [((*above, "all", at), one) for at, one in enumerate(outer.all)]
    for path, measure in places:
        for key in ("before", "after"):
            types, at = getattr(measure, key), (*path, key)
            if TAKING_OFFICE in types and key == "before":
                yield at, said("before_taking_office", event=taking), said("nobody_is_bound_yet")
            elif TAKING_OFFICE in types and not of_posts:
                wrong = said("taking_office_of_others", event=taking)
                yield at, wrong, said("taking_office_binds_one")
            elif LEAVING_OFFICE in types and not of_units:
                wrong = said("leaving_office_of_a_post", event=bare(LEAVING_OFFICE))
                yield at, wrong, said("leaving_office_binds_units")
        if measure.while_ in MADE_EVENTS:
            event = bare(str(measure.while_))
            hint = said("time_in_office_is_a_term")
            yield (*path, "while"), said("while_event_is_one_day", event=event), hint


PARTS = {
    "clause": said("clause"),
    "quote": said("quote"),
    "reason": said("reason"),
    "author": said("author"),
    "document": said("document"),
}
"""The texts that must not be empty, as they are called."""


def check_ruled_out(tree: Tree, passages: Sequence[RuledOut]) -> list[Problem]:
    """What is wrong with the passages that a file says are no duty: a text that is empty."""
    problems = []
    for place, passage in enumerate(passages):
        for key, text, hint in (
            ("clause", passage.clause, said("write_as_document_has_it")),
            ("quote", passage.quote, said("write_as_document_has_it")),
            ("reason", passage.reason, said("say_why_no_duty")),
        ):
            if not text.strip():
                path: Path = ("ruled_out", place, key)
                empty = said("empty_thing", thing=PARTS[key]).at(*within(path))
                problems.append(Problem(tree.place(path), empty, hint))
    return problems


def _says(spoken: Spoken, key: str) -> bool:
    return spoken.tree.find((*spoken.path, key))[0] == (*spoken.path, key)


def _valid_of(spoken: Spoken) -> Path:
    """Where the duty's days are said: in it, or for all of its list."""
    return (*spoken.path, "valid") if _says(spoken, "valid") else ("valid",)


def _days_of(spoken: Spoken) -> Iterator[tuple[Path, Said, Said]]:
    valid, at = spoken.duty.valid, _valid_of(spoken)
    if valid.first and valid.last and valid.first > valid.last:
        hint = said("is_after", first=valid.first, last=valid.last)
        yield at, said("it_ends_before_it_begins"), hint
    stretches = valid.season_stretches
    for number, stretch in enumerate(stretches):
        within_season = (number,) if len(stretches) > 1 else ()
        for place, day in enumerate(stretch):
            wrong = season_mistake(day)
            if wrong:
                yield (*at, "season", *within_season, place), *wrong


def _check_texts(spoken: Spoken, checker: Checker) -> None:
    duty, path = spoken.duty, spoken.path
    if not duty.title.strip():
        checker.say((*path, "title"), said("empty_title"), said("say_duty_in_few_words"))
    single = _says(spoken, "source")
    for place, source in enumerate(duty.sources):
        at = (*path, "source") if single else (*path, "sources", place)
        for key, text in (("clause", source.clause), ("quote", source.quote)):
            if not text.strip():
                empty = said("empty_thing", thing=PARTS[key])
                checker.say((*at, key), empty, said("write_as_document_has_it"))


def _check_unruled(spoken: Spoken, checker: Checker) -> None:
    """A clause with a number or a period in it is left open only with a reason."""
    if spoken.duty.note and spoken.duty.note.strip():
        return
    for source in spoken.duty.sources:
        found = _NUMBER_OR_PERIOD.search(_NO_PERIOD.sub("", source.quote))
        if found:
            message = said("quote_says_otherwise", found=found[0])
            hint = said("write_measure_or_note")
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
            message = said("replaces_unknown_duty", duty=word).at(*within(path))
            problems.append(Problem(one.tree.place(path), message, hint))
        elif _comes_back(duty_id, lambda key: spoken[key].duty.replaces if key in spoken else None):
            message = said("replaces_itself").at(*within(path))
            hint = said("first_rule_replaces_none")
            problems.append(Problem(one.tree.place(path), message, hint))
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
                checker.word((*path, "under"), kind.under, kinds, said("wider_kind"))
                if name not in told and _comes_back(str(name), wider):
                    told |= vocabulary.wider_kinds[str(name)]
                    checker.say(
                        (*path, "under"), said("kinds_circle"), said("widest_kind_has_none")
                    )
            if kind.role is not None:
                checker.word((*path, "role"), kind.role, vocabulary.roles, said("role"))
        problems.extend(checker.problems)
    return problems
