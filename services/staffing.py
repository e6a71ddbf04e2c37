"""What an office decides about its people and strikes out, and which obligations it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.import_columns import TABLES
from data.intake import staffing
from data.intake.staffing import Deciding, Recorded, Recording, Row
from data.intake.voids import void_record
from data.records import Records
from data.settings import setting_key
from data.store.journal import Doing
from data.store.opening import Store
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.world import World
from problems import BadInput, Place, Problem, said
from reports.changes.facts import Changed, changed
from rules.rulebook import Rulebook
from services.binding import must_bind_store
from services.look import When
from services.naming import NameResolver
from services.office import Office, done_at, office_rulebook, store_of, words_of

Units = Callable[[World], Iterable[str]]
Told = Callable[[Recorded], None]


@dataclass(frozen=True)
class Decided:
    """What was recorded, and the obligations that stand differently for it on the day that was
    asked about, in its world. Both are left out where nothing was changed.
    """

    recorded: Recorded
    changes: tuple[Changed, ...] = ()
    world: World | None = None


@dataclass(frozen=True)
class Delegated(Decided):
    """The same of a delegation; `allowed`: the titles of the duties whose clauses allow it."""

    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Struck:
    """The obligations that stand differently since a record was struck out, and their world."""

    changes: tuple[Changed, ...]
    world: World


def waive(
    office: Office, doing: Doing, row: Row, as_of: date | None = None, told: Told | None = None
) -> Decided:
    """Excuses a post or unit for some days: `row` has the cells of a waiver.

    Here and below, `told` is called as soon as it is recorded; what changes may take longer.
    """
    before, row = _before(office, doing, as_of, "waivers", row)
    recorded = staffing.waive(before.deciding(row.get("reason", "")), row)
    return before.decided(recorded, units_of(row.get("holder", "")), told)


def appoint(
    office: Office,
    doing: Doing,
    row: Row,
    name: str | None = None,
    as_of: date | None = None,
    told: Told | None = None,
) -> Decided:
    """Puts a person into a post: `row` has the cells of an appointment, `name` is that of a person
    whom the store does not know.
    """
    before, row = _before(office, doing, as_of, "appointments", row)
    recorded = staffing.appoint(before.deciding(row.get("reason", "")), row, name)
    units = _units_of_person(row.get("person", ""), row.get("post", ""))
    return before.decided(recorded, units, told)


def leave(
    office: Office,
    doing: Doing,
    row: Row,
    last: date,
    as_of: date | None = None,
    told: Told | None = None,
) -> Decided:
    """Ends a person's appointment with the day `last`: `row` has person, post, document, reason."""
    before, row = _before(office, doing, as_of, "appointments", row)
    person, post, document, reason = (
        row.get(name, "") for name in ("person", "post", "document", "reason")
    )
    recorded = staffing.leave(before.deciding(reason), person, post, last, document, reason)
    return before.decided(recorded, _units_of_person(person, post), told)


def delegate(
    office: Office, doing: Doing, row: Row, as_of: date | None = None, told: Told | None = None
) -> Delegated:
    """Records under which order one post acts for another: `row` has the cells of a delegation."""
    before, row = _before(office, doing, as_of, "delegations", row)
    recorded = staffing.delegate(before.deciding(row.get("reason", "")), row)
    holder = row.get("holder", "")
    found = before.decided(recorded, units_of(holder), told)
    if found.world is None:
        return Delegated(recorded)
    allowed = _allowed(found.world, holder, row.get("delegate", ""), row.get("duty"))
    return Delegated(recorded, found.changes, found.world, tuple(allowed))


def void(
    office: Office,
    doing: Doing,
    table: str,
    key: tuple[str, ...],
    reason: str,
    as_of: date | None = None,
    told: Callable[[Mapping[str, str]], None] | None = None,
) -> Struck:
    """Strikes a record out: it stays, to be explained, and counts for nothing from then on."""
    if not reason.strip():
        hint = said("write_void_reason")
        message = said("void_without_reason")
        raise BadInput([Problem(Place("--reason"), message, hint)])
    table = table_of(table)
    columns = TABLES[table].key if table in TABLES else ()
    before, row = _before(office, doing, as_of, table, dict(zip(columns, key, strict=False)))
    key = (*row.values(), *key[len(columns) :])
    cells = void_record(before.store, table, key, reason, before.doing)
    if told:
        told(cells)
    holder = cells.get("holder")
    units = units_of(holder) if holder and table != "activities" else None
    return Struck(*before.changes(units))


@dataclass(frozen=True)
class _Before:
    """The store before a change, to tell afterwards what stands differently for it."""

    rulebook: Rulebook
    store: Store
    doing: Doing
    as_of: date
    records: Records
    naming: NameResolver

    def deciding(self, reason: str) -> Deciding:
        """What takes the decision in; the journal gets `reason` where no other one was given."""
        doing = replace(self.doing, why=self.doing.why or reason)
        duties = [one.id for one in self.rulebook.duties]
        words, naming = words_of(self.rulebook), self.naming
        return Deciding(self.store, words, duties, doing, naming.book, tuple(naming.problems))

    def decided(self, recorded: Recorded, units: Units, told: Told | None) -> Decided:
        """What was decided, with what it changes in these units."""
        if told:
            told(recorded)
        if recorded.outcome is Recording.SAME:
            return Decided(recorded)
        return Decided(recorded, *self.changes(units))

    def changes(self, units: Units | None) -> tuple[tuple[Changed, ...], World]:
        """What stands differently in these units (None: in all), and the world of now."""
        now = world_of(self.rulebook, self.store.read_records(), self.as_of, None)
        was = world_of(self.rulebook, self.records, self.as_of, None)
        chosen = None if units is None else set(units(now))
        return tuple(changed(_judged(was, chosen), _judged(now, chosen))), now


def _before(
    office: Office, doing: Doing, as_of: date | None, table: str, row: Row
) -> tuple[_Before, dict[str, str]]:
    """The store before the change, and the row with ids for names."""
    rulebook, store = office_rulebook(office), store_of(office)
    if _may_change_verdicts(table_of(table), row):
        must_bind_store(store, rulebook)
    day, naming = When(doing.now, as_of).day(store), NameResolver(store, rulebook)
    cells = naming.row(table, row) if table in TABLES else dict(row)
    done = done_at(doing, store)
    return _Before(rulebook, store, done, day, store.read_records(), naming), cells


def _may_change_verdicts(table: str, row: Row) -> bool:
    """Whether the rules are asked what a change of this row does. An adoption can always be taken
    back: it may be the one that names no rules.
    """
    is_first_day = setting_key(row.get("key", "")) == "records_from"
    return is_first_day if table == "settings" else table != "adoptions"


def table_of(name: str) -> str:
    """The table of that name, or of one of its Chinese titles; else the name."""
    return next((one for one, table in TABLES.items() if name in table.titles), name)


def _judged(world: World, units: set[str] | None) -> list[Judged]:
    if units is None:
        return judge_all(world)
    tops = {one for one in units if not any(world.is_within(one, x) for x in units - {one})}
    return [judged for unit in sorted(tops) for judged in judge_all(world, unit=unit)]


def units_of(*holders: str) -> Units:
    """The units of these posts, or the units themselves."""
    return lambda world: [unit for one in holders if (unit := world.unit_of(one)) is not None]


def _units_of_person(person: str, post: str) -> Units:
    """The units in which the person ever held a post: an appointment may matter to all of them."""

    def units(world: World) -> Iterable[str]:
        posts = [one.post for one in world.records.appointments if one.person == person]
        return units_of(post, *posts)(world)

    return units


def _allowed(world: World, holder: str, delegate_: str, duty: str | None) -> list[str]:
    """The titles of the holder's duties in which the clause lets the delegate's class act."""
    post_class = world.records.posts[delegate_].post_class
    found: dict[str, None] = {}
    for one in _judged(world, set(units_of(holder)(world))):
        asked = one.verdict.duty
        is_his = one.verdict.post == holder or holder in one.verdict.members
        allows = asked.activity is not None and post_class in asked.activity.delegate
        if is_his and allows and duty in (None, asked.id):
            found[asked.title] = None
    return list(found)
