"""Ids for the names that somebody typed: the one place where a word becomes the id that it means.

An exact id is itself. Else an exact name is taken, then one that differs in width, script or
blanks (`data/likeness.py`). A name of several is a problem that lists them; what means nothing
stays as it is, and whoever asked says that there is no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.cell_values import items, shown
from data.import_columns import SINGULAR, TABLES
from data.likeness import MOST_OF_ONE_NAME, NamedIds, called_by, near_ids
from data.name_book import NameBook, Values, takes_names
from data.store.newest import newest
from data.store.opening import Store
from data.store.standing import holding_rows
from problems import BadInput, Place, Problem, Said, any_of, said
from rules.rulebook import Rulebook

UNITS, POSTS, PEOPLE = ("units",), ("posts",), ("people",)


@dataclass
class NameResolver:
    """Names and ids of a store and of its rules. Nothing is read where an id was typed.

    `problems` gathers what names of several were typed where; `check` raises them.
    """

    store: Store
    rulebook: Rulebook
    problems: list[Problem] = field(default_factory=list)
    _tables: dict[str, list[Values]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = NameBook(self._rows)

    def _rows(self, table: str) -> Iterable[Values]:
        if table not in self._tables:
            with self.store.reading() as connection:
                self._tables[table] = [values for values, _ in holding_rows(connection, table)]
        return self._tables[table]

    def check(self) -> None:
        """Raises BadInput where names of several were typed."""
        if self.problems:
            raise BadInput(self.problems)

    def row(self, table: str, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row that was typed, with ids for names. A name of several stays: the
        checks of the row tell it, with all else that is wrong there.
        """
        spec, found = TABLES[table], dict(cells)
        for name, text in cells.items():
            column = spec.known.get(name)
            if column is None or not text.strip() or not takes_names(column.refers):
                continue
            if not self._are_ids(items(text), column.refers):
                found[name] = self.book.cell(table, name, text.strip())
        if found.get("duty", "").strip():
            found["duty"] = self.duty(found["duty"], found.get("holder", ""))
        return found

    def one(self, word: str, tables: tuple[str, ...], place: str) -> str:
        """The id in these tables that a word means, else the word itself."""
        if self._are_ids([word], tables):
            return word.strip()
        return self._chosen(word, self.book.book(tables), place)

    def unit(self, word: str, place: str = "--unit") -> str:
        """The id of a unit."""
        return self.one(word, UNITS, place)

    def document(self, word: str, place: str = "--document") -> str:
        """The id of a document that has this number or title."""
        return self._chosen(word, documents_named(self.rulebook), place)

    def duty(self, word: str, holder: str, place: str = "duty") -> str:
        """The id of a duty that has this title, or whose id ends so; of several the one that the
        holder may owe, where there is only one.
        """
        names = duties_named(self.rulebook)
        found = names.meant(word)
        if len(found) > 1:
            mine = [one for one in found if self._may_owe(holder, one)]
            if len(mine) == 1:
                return mine[0]
        return self._chosen(word, names, place)

    def _may_owe(self, holder: str, duty: str) -> bool:
        (rule,) = [one.holder for one in self.rulebook.duties if one.id == duty]
        at = TABLES["posts"].at["class"]
        classes = [row[at] for row in self._rows("posts") if row[0] == holder]
        return classes[0] in rule.posts if classes else not rule.posts

    def near(self, word: str, tables: tuple[str, ...]) -> Said | None:
        """What was perhaps meant by a word that means nothing in these tables."""
        return self._of_another_table(word.strip(), tables) or near_ids(
            word, self.book.book(tables), called_by(tables)
        )

    def _of_another_table(self, word: str, tables: tuple[str, ...]) -> Said | None:
        """Which posts a person held where a post is asked for, and who held a post that was named
        where a person is.
        """
        if not word or tables not in (POSTS, PEOPLE):
            return None
        others = PEOPLE if tables == POSTS else POSTS
        book = self.book.book(others)
        found = set(book.meant(word))
        if tables == PEOPLE and not found:
            found = {one for one, title in book.called.items() if title.startswith(word)}
        at = TABLES["appointments"].at
        asked, told = (
            at["person" if tables == POSTS else "post"],
            at["post" if tables == POSTS else "person"],
        )
        rows = self._rows("appointments") if found else ()
        held = sorted({row[told] or "" for row in rows if row[asked] in found})
        if not held:
            return None
        names = any_of(map(self.book.book(tables).shown, held[:MOST_OF_ONE_NAME]))
        if tables == POSTS:
            return said("is_a_person", word=shown(word), posts=names)
        return said("is_a_post", word=shown(word), people=names)

    def unknown(self, word: str, tables: tuple[str, ...]) -> Said:
        """The same, or what to enter first where nothing is near."""
        return self.near(word, tables) or said("enter_it_first", things=SINGULAR[tables[0]])

    def _are_ids(self, words: Iterable[str], tables: tuple[str, ...]) -> bool:
        """Whether each is an id that the store knows: asked without reading whole tables."""
        asked = {word.strip() for word in words}
        for table in tables:
            if table in self._tables:
                asked -= self.book.ids((table,))
            else:
                with self.store.reading() as connection:
                    rows = newest(connection, table, TABLES[table].key[0], asked)
                asked -= {str(row[0]) for row in rows}
        return not asked

    def _chosen(self, word: str, names: NamedIds, place: str) -> str:
        return chosen(word, names, place, self.problems)


def unit_named(store: Store, rulebook: Rulebook, word: str | None) -> str | None:
    """The id of the unit that was typed, if one was. Raises BadInput for a name of several."""
    if word is None:
        return None
    naming = NameResolver(store, rulebook)
    unit = naming.unit(word)
    naming.check()
    return unit


def chosen(word: str, names: NamedIds, place: str, problems: list[Problem]) -> str:
    """The id that a word means, else the word; that it means several is one of the problems."""
    found = names.meant(word)
    if len(found) > 1:
        hint = said("write_the_id", ids=names.listed(found))
        problems.append(Problem(Place(place), said("several_called", name=word.strip()), hint))
    return found[0] if len(found) == 1 else word


def documents_named(rulebook: Rulebook) -> NamedIds:
    """The documents with their titles and numbers."""
    every = rulebook.documents
    return NamedIds(
        {name: one.title for name, one in every.items()},
        {
            name: tuple(text for text in (one.number, f"《{one.title}》") if text)
            for name, one in every.items()
        },
        {name: (one.number,) for name, one in every.items() if one.number},
    )


def duties_named(rulebook: Rulebook) -> NamedIds:
    """The duties with their titles and the ends of their ids."""
    also, apart = {}, {}
    for one in rulebook.duties:
        parts = one.id.split(".")
        also[one.id] = tuple(".".join(parts[at:]) for at in range(1, len(parts)))
        document = rulebook.documents.get(one.document)
        apart[one.id] = (document.title if document else one.document, one.clause)
    return NamedIds({one.id: one.title for one in rulebook.duties}, also, apart)
