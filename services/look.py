"""One state of the store beside the rules, as of a day: of everybody, or of a few people alone.

Here and nowhere else it is chosen how much of the store is read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.import_columns import SINGULAR
from data.likeness import NamedIds, called_by, near_ids
from data.period_words import label_meant
from data.records import Records, Unit
from data.store.feed import StoreFeed, acts_in
from data.store.opening import Store
from data.store.person_subset import PersonSubset, StoredSubsets
from engine.calendar.labels import FORMS, parse_span
from engine.calendar.periods import Period
from engine.judging.asked import AskedVerdicts
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.world import World
from engine.one_person import circle_of, judge_circle, judge_people, world_of_people
from problems import BadInput, Objection, Place, Problem, did_you_mean, said
from rules.rulebook import Rulebook
from services.binding import must_bind
from services.office import Office, local, office_rulebook, store_of

Progress = Callable[[int, int], None]
MANY_ACTS = 200_000
"""From so many on, counts are taken from columns."""


def no_such_unit(unit: str, units: Mapping[str, Unit]) -> Problem:
    """What is said of a unit that is asked for and not among these."""
    names = NamedIds({one: row.name for one, row in units.items()})
    hint = near_ids(unit, names, called_by(("units",))) or said(
        "enter_it_first", things=SINGULAR["units"]
    )
    return Problem(Place("--unit"), said("no_such_unit", unit=unit), hint)


@dataclass(frozen=True)
class When:
    """Which day is judged (None: today, where the store is), with what was known by the end of
    which day (None: with everything in the store); `now` is the moment at which that is asked.
    """

    now: datetime
    as_of: date | None = None
    known_on: date | None = None

    def day(self, store: Store) -> date:
        """The day that is judged."""
        return self.as_of or local(self.now, store).date()


@dataclass(frozen=True)
class Whose:
    """The people whose verdicts are enough, found in the store, and the duties that they are asked
    about (None: all); `beside`: with what others of their units did.
    """

    people: Callable[[Store], Sequence[str]]
    duties: frozenset[str] | None = None
    beside: bool = False


@dataclass(frozen=True)
class Look:
    """The records beside the rules; `entry` is the newest of the journal that is in them, `duties`
    are those that are asked about (None: all).

    With a `subset` they are those of its holders, who are judged by them as among all. With a
    `feed` they are without acts, which are counted from its columns.
    """

    rulebook: Rulebook
    world: World
    known_on: date | None
    entry: int
    subset: PersonSubset | None = None
    feed: StoreFeed | None = None
    duties: frozenset[str] | None = None

    @property
    def records(self) -> Records:
        """The records that were read."""
        return self.world.records

    def judged(
        self,
        *,
        unit: str | None = None,
        document: str | None = None,
        asked: AskedVerdicts | None = None,
        progress: Progress | None = None,
    ) -> list[Judged]:
        """Every verdict under the duties, sorted by id: of everybody (of the `unit` and those below
        it, under the `document`, of those `asked` for), or of the subset's holders.
        """
        world, duties = self.world, self.duties
        if self.subset is not None:
            return judge_people(world, self.subset, duties)
        return judge_all(
            world, unit=unit, document=document, duties=duties, asked=asked, progress=progress
        )

    def judged_around(
        self, people: Sequence[str], progress: Progress | None = None
    ) -> list[Judged]:
        """Those of these verdicts on which has a bearing what is done by the people, in their units
        and for them; sorted by id.
        """
        if self.subset is not None:
            return judge_people(self.world, self.subset, self.duties)
        circle = circle_of(self.world, people)
        return judge_circle(self.world, circle, self.duties, progress)

    def span(self, text: str, unit: str | None = None) -> Period:
        """The days of a span as it was typed. Raises BadInput with what spans look like."""
        world = self.world
        try:
            meant = label_meant(text, world.as_of.year)
            return parse_span(meant, world.windows, world.chain(unit) if unit else ())
        except Objection as error:
            _, parted, name = text.rpartition("/")
            near = did_you_mean(name, world.rulebook.calendar.windows) if parted else None
            tells_forms = error.said.code == "not_a_period_form"
            hint = near or (None if tells_forms else said("span_is", forms=FORMS))
            raise BadInput([Problem(Place("--span"), error.said, hint)]) from None

    def ahead(self, span: Period) -> Look:
        """The same, looked at as far ahead as the span goes."""
        was = self.world
        world = world_of(self.rulebook, self.records, was.as_of, span, was.elsewhere)
        return replace(self, world=world)


def look(office: Office, when: When, whose: Whose | None = None) -> Look:
    """What the store held beside the office's rules. Of the people that are enough where the store
    can tell them apart, and of all where it cannot. Raises BadInput.
    """
    rulebook = office_rulebook(office)
    return next(looks(store_of(office), rulebook, when, whose))


def looks(
    store: Store,
    rulebook: Rulebook,
    when: When,
    whose: Whose | None = None,
    *,
    counts: bool = False,
) -> Generator[Look, None, None]:
    """Looks at the store, the one that reads least first; the last is of all, with every act.

    Where `counts` are enough, a large store gives its columns, until the next look is asked for.
    Raises BadInput where the rules are none of those that the office adopted.
    """
    is_newest = when.known_on is None
    if counts and is_newest and acts_in(store) > MANY_ACTS:
        with store.snapshot(bulk=True) as state:
            records = state.read_records(with_activities=False)
            world = world_of(rulebook, records, when.day(state), None)
            must_bind(rulebook, world.adoptions)
            yield Look(rulebook, world, None, state.head(), feed=StoreFeed(state))
    if whose is not None and is_newest:
        with store.snapshot() as state:
            found = _apart(state, rulebook, when.day(state), whose)
        if found is not None:
            yield found
    with store.snapshot() as state:
        day, records, entry = when.day(state), state.read_records(when.known_on), state.head()
    world, duties = world_of(rulebook, records, day, None), whose.duties if whose else None
    must_bind(rulebook, world.adoptions)
    yield Look(rulebook, world, when.known_on, entry, duties=duties)


def _apart(state: Store, rulebook: Rulebook, day: date, whose: Whose) -> Look | None:
    """The people's own posts and acts; None where nobody is meant, or more than these decides."""
    people = whose.people(state)
    if not people:
        return None
    subsets = StoredSubsets(state)
    found = world_of_people(
        rulebook, subsets, people, day, duties=whose.duties, beside=whose.beside
    )
    if found is None:
        return None
    world, subset = found
    must_bind(rulebook, world.adoptions)
    return Look(rulebook, world, None, state.head(), subset, duties=whose.duties)
