"""The rules across rows and tables: the office as it would stand after the import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from data.cell_values import items, shown
from data.import_columns import ANYONE, REFERENCES, SINGULAR, TABLES, called
from data.intake.versions import Merged
from data.likeness import NamedIds, called_by, near_ids, near_words
from data.name_book import NameBook, takes_names
from data.store.standing import Key, StoredVersion, Values, holding
from data.words import Words
from problems import Place, Problem, Said, any_of, bare, said

_MOST_HINTS = 50


class StandingRow(NamedTuple):
    """A key's newest version. `row` is the row of the import that wrote it (None: none did)."""

    values: Values
    row: int | None


@dataclass
class Register:
    """Store and import together. `standing` holds what is newest and not void, by table and key;
    of the activities only those of the import. `gone` are the keys that the import declares void,
    with the row that does. `lacking` are tables whose rows could not all be read: what they do not
    have may stand there all the same.
    """

    merged: Mapping[str, Merged]
    standing: dict[str, dict[Key, StandingRow]] = field(default_factory=dict)
    gone: dict[str, dict[Key, int]] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    _hints: dict[tuple[str, tuple[str, ...]], Said] = field(default_factory=dict)
    _ids: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    _book: NameBook | None = None

    def place(self, table: str, index: int, column: str = "") -> Place:
        """The place of a cell of the import."""
        return self.merged[table].parsed.sheet.place(index, column)

    def touched(self, table: str) -> Iterator[tuple[Values, int]]:
        """The standing rows that the import wrote, with their row in it."""
        for values, index in self.standing.get(table, {}).values():
            if index is not None:
                yield values, index

    def ids(self, tables: Iterable[str]) -> Mapping[str, str]:
        """The table of each standing id of these tables (of all but the activities)."""
        asked = tuple(tables)
        if asked not in self._ids:
            self._ids[asked] = {
                key[0]: table for table in reversed(asked) for key in self.standing.get(table, {})
            }
        return self._ids[asked]

    def rows(self, table: str) -> Iterator[Values]:
        """The standing rows of a table."""
        return (row.values for row in self.standing.get(table, {}).values())

    def hint(self, word: str, tables: tuple[str, ...], known: Iterable[str]) -> Said | None:
        """Which id was probably meant: one that looks alike, or the one of that name."""
        asked = (word, tables)
        if asked not in self._hints:
            if len(self._hints) >= _MOST_HINTS:
                return None
            self._hints[asked] = self._find_hint(word, tables, known)
        return self._hints[asked]

    def unknown(self, column: str, word: str, tables: tuple[str, ...]) -> Said:
        """That nothing is called so in these tables; or several."""
        if takes_names(tables) and len(self._named(tables).meant(word)) > 1:
            return said("several_called", name=shown(word))
        return said("unknown_word", kind=called(column), word=shown(word))

    def _named(self, tables: tuple[str, ...]) -> NamedIds:
        if self._book is None:
            self._book = NameBook(self.rows)
        return self._book.book(tables)

    def _find_hint(self, word: str, tables: tuple[str, ...], known: Iterable[str]) -> Said:
        is_named = takes_names(tables)
        names = self._named(tables) if is_named else NamedIds(dict.fromkeys(known, ""))
        other = None if names.meant(word) else self._of_another_table(word, tables)
        near = other or near_ids(word, names, called_by(tables))
        return near or said("enter_it_first", things=any_of(map(_one, tables)))

    def _of_another_table(self, word: str, tables: tuple[str, ...]) -> Said | None:
        """What the word is where it is an id or a name, but not of these tables."""
        wanted = any_of(map(_one, tables))
        for table in ANYONE:
            at = TABLES[table].at["title" if table == "posts" else "name"]
            found = [
                key[0]
                for key, row in self.standing[table].items()
                if table not in tables and word in (key[0], row.values[at])
            ]
            posts = self._posts_of(found) if table == "people" and "posts" in tables else []
            if posts:
                held = any_of(map(self._named(("posts",)).shown, posts))
                return said("is_a_person", word=shown(word), posts=held)
            if found:
                table_word = _one(table)
                return said("is_of_another_table", id=shown(word), table=table_word, wanted=wanted)
        return None

    def _posts_of(self, people: Iterable[str]) -> list[str]:
        wanted = set(people)
        return sorted(
            {post for person, post, _ in self.standing["appointments"] if person in wanted}
        )


def _one(table: str) -> Said:
    return SINGULAR[table]


def build_world(
    merged: Mapping[str, Merged],
    stored: Mapping[str, Mapping[Key, Sequence[StoredVersion]]],
    lacking: frozenset[str] = frozenset(),
) -> Register:
    """The office after the import; `stored` holds what the tables had before it, and of the tables
    `lacking` not all rows could be read.
    """
    world = Register(merged, lacking=lacking)
    for name, versions in stored.items():
        standing: dict[Key, StandingRow] = {}
        if name != "activities":
            for key, history in versions.items():
                newest = holding(history)
                if newest is not None:
                    standing[key] = StandingRow(newest.values, None)
        world.standing[name] = standing
        world.gone[name] = _taken_in(merged[name], standing) if name in merged else {}
    return world


def _taken_in(merged: Merged, standing: dict[Key, StandingRow]) -> dict[Key, int]:
    """Brings what is standing up to what a sheet says; gives the keys that it declares void."""
    gone: dict[Key, int] = {}
    for fresh in merged.fresh:
        if not fresh.newest:
            continue
        if fresh.version.void is None:
            standing[fresh.key] = StandingRow(fresh.version.values, fresh.index)
        else:
            standing.pop(fresh.key, None)
            gone[fresh.key] = fresh.index
    if merged.voidings:
        corrected = {fresh.key for fresh in merged.fresh}
        for voiding in merged.voidings:
            if voiding.key not in corrected:
                standing.pop(voiding.key, None)
                gone[voiding.key] = voiding.index
    return gone


def world_of_part(world: Register, acts: Merged) -> Register:
    """The office with the acts of a part of the import; nothing else is copied."""
    standing: dict[Key, StandingRow] = {}
    gone = _taken_in(acts, standing)
    return Register(
        {**world.merged, "activities": acts},
        {**world.standing, "activities": standing},
        {**world.gone, "activities": gone},
        world.lacking,
        world._hints,
        world._ids,
    )


def check_part(world: Register, words: Words, problems: list[Problem]) -> None:
    """The words and references of a part's acts."""
    check_words(world, words, problems, ("activities",))
    _check_references(world, words, problems, ("activities",))


def check_world(world: Register, words: Words, problems: list[Problem]) -> None:
    """Everything but what concerns the activities alone (`data.intake.act_checks`)."""
    check_words(world, words, problems)
    _check_unique(world, problems)
    _check_references(world, words, problems)
    _check_made_events(world, words, problems)
    _check_circles(world, "units", "parent", problems)
    _check_circles(world, "posts", "reports_to", problems)
    _check_side_by_side(world, problems)
    _check_waived_people(world, problems)


def check_words(
    world: Register, words: Words, problems: list[Problem], tables: Iterable[str] | None = None
) -> None:
    """Words that the vocabulary does not have, in all tables or in these."""
    for name in world.merged if tables is None else tables:
        for column in TABLES[name].columns:
            if column.kind != "word":
                continue
            known: frozenset[str] = getattr(words, column.words)
            if not known:
                continue
            at = TABLES[name].at[column.name]
            hints: dict[str, Said | None] = {}
            for values, index in world.touched(name):
                word = values[at]
                if word is None or word in known:
                    continue
                if word not in hints:
                    hints[word] = near_words(word, known)
                problems.append(
                    Problem(
                        world.place(name, index, column.name),
                        said("unknown_word", kind=called(column.name), word=shown(word)),
                        hints[word] or said("office_vocabulary"),
                    )
                )


def _check_unique(world: Register, problems: list[Problem]) -> None:
    owners: dict[str, str] = {}
    for table in ANYONE:
        for (identifier,), row in world.standing[table].items():
            other = owners.setdefault(identifier, table)
            if other == table:
                continue
            where, index = table, row.row
            if index is None:
                where, index = other, world.standing[other][identifier,].row
            if index is None:
                continue
            problems.append(
                Problem(
                    world.place(where, index, TABLES[where].key[0]),
                    said("id_of_two", id=shown(identifier), one=_one(other), other=_one(table)),
                    said("ids_unique_together"),
                )
            )


def _check_made_events(world: Register, words: Words, problems: list[Problem]) -> None:
    """Taking and leaving office are events that nobody enters, nor under another type."""
    at = TABLES["events"].at
    for values, index in world.touched("events"):
        event, kind = values[at["event"]] or "", values[at["type"]] or ""
        by_type = kind in words.made_events
        if by_type or words.is_made_event(event):
            place = world.place("events", index, "type" if by_type else "event")
            made = said("made_by_appointments", what=shown(kind if by_type else event))
            problems.append(Problem(place, made, said("see_the_appointments")))


def _check_references(
    world: Register, words: Words, problems: list[Problem], tables: Iterable[str] = TABLES
) -> None:
    for name, column, targets in REFERENCES:
        if targets == ("activities",) or name not in tables or world.lacking & set(targets):
            continue
        known = world.ids(targets)
        gone = {key[0]: (table, row) for table in targets for key, row in world.gone[table].items()}
        at = TABLES[name].at[column]
        many = TABLES[name].known[column].kind == "refs"
        for values, index in world.standing.get(name, {}).values():
            text = values[at]
            if text is None or text in known or (index is None and not gone):
                continue
            for identifier in items(text) if many else (text,):
                if identifier in known or (column == "event" and words.is_made_event(identifier)):
                    continue
                if index is not None:
                    problems.append(
                        Problem(
                            world.place(name, index, column),
                            world.unknown(column, identifier, targets),
                            world.hint(identifier, targets, known),
                        )
                    )
                elif identifier in gone:
                    table, row = gone[identifier]
                    problems.append(still_needed(world, table, row, identifier, name, values))


def still_needed(
    world: Register, table: str, row: int, identifier: str, name: str, values: Values
) -> Problem:
    """Something is declared void while a row of the store still speaks of it."""
    key = ", ".join(values[TABLES[name].at[part]] or "" for part in TABLES[name].key)
    return Problem(
        world.place(table, row, TABLES[table].key[0]),
        said("void_thing_is_named", id=shown(identifier), table=_one(name), key=shown(key)),
        said("correct_or_void_too", table=_one(name)),
    )


def _check_circles(world: Register, table: str, column: str, problems: list[Problem]) -> None:
    at = TABLES[table].at[column]
    standing = world.standing[table]
    above = {key[0]: row.values[at] for key, row in standing.items()}
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        here: str | None = start
        while here is not None and here in above and here not in done and here not in path:
            path.append(here)
            here = above[here]
        if here in path:
            circle = path[path.index(here) :]
            rows = [(standing[one,].row, one) for one in circle]
            touched = [(index, one) for index, one in rows if index is not None]
            if touched:
                place = world.place(table, touched[0][0], column)
                whole = bare(" → ".join([*circle, circle[0]]))
                units = said("units_circle", circle=whole)
                what = units if table == "units" else said("reporting_circle", circle=whole)
                hint = said("take_one_of_it_away", column=column)
                problems.append(Problem(place, what, hint))
        done.update(path)


class UnbrokenTenure(NamedTuple):
    """Days on which one person holds one post without a gap, and the rows that say so."""

    first: date
    last: date
    person: str
    rows: tuple[int | None, ...]


def runs_of(appointments: Iterable[StandingRow]) -> list[UnbrokenTenure]:
    """The substantive appointments to one post, joined where one person's follow each other."""
    at = TABLES["appointments"].at
    by_person: dict[str, list[tuple[date, date, int | None]]] = defaultdict(list)
    for values, index in appointments:
        first, person = values[at["first"]], values[at["person"]]
        if values[at["acting"]] == "yes" or not first or not person:
            continue
        last = date.fromisoformat(values[at["last"]] or date.max.isoformat())
        by_person[person].append((date.fromisoformat(first), last, index))
    runs: list[UnbrokenTenure] = []
    for owner, stretches in by_person.items():
        mine: list[UnbrokenTenure] = []
        for begin, end, row in sorted(stretches, key=lambda one: one[:2]):
            before = mine[-1] if mine else None
            if before and (before.last == date.max or begin <= before.last + timedelta(days=1)):
                mine[-1] = UnbrokenTenure(
                    before.first, max(before.last, end), owner, (*before.rows, row)
                )
            else:
                mine.append(UnbrokenTenure(begin, end, owner, (row,)))
        runs += mine
    return sorted(runs)


def _check_side_by_side(world: Register, problems: list[Problem]) -> None:
    at = TABLES["appointments"].at["post"]
    by_post: dict[str, list[StandingRow]] = defaultdict(list)
    busy = {values[at] for values, _ in world.touched("appointments")}
    for row in world.standing["appointments"].values():
        if row.values[at] in busy:
            by_post[row.values[at] or ""].append(row)
    for post, rows in by_post.items():
        runs = runs_of(rows)
        for number, one in enumerate(runs):
            for other in runs[number + 1 :]:
                begin, end = max(one.first, other.first), min(one.last, other.last)
                touched = [row for row in (*other.rows, *one.rows) if row is not None]
                if one.person == other.person or end <= begin or not touched:
                    continue
                until = said("to_day", day=end) if end < date.max else said("on")
                problems.append(
                    Problem(
                        world.place("appointments", touched[0], "first"),
                        said(
                            "held_side_by_side",
                            person=one.person,
                            other=other.person,
                            post=post,
                            first=begin,
                            until=until,
                        ),
                        said("let_one_end", day=begin),
                    )
                )


def _check_waived_people(world: Register, problems: list[Problem]) -> None:
    at = TABLES["waivers"].at
    for values, index in world.touched("waivers"):
        holder = values[at["holder"]]
        if values[at["person"]] and holder and (holder,) in world.standing["units"]:
            problems.append(
                Problem(
                    world.place("waivers", index, "person"),
                    said("waiver_on_person_names_unit", holder=holder),
                    said("write_post_of_person"),
                )
            )


Progress = Callable[[int, int, str], None]
"""Called with (rows done, rows in all, table)."""
