"""What the rows of tables are called: ids for the names in cells, and for those that are typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from data.cell_values import items
from data.import_columns import TABLES
from data.likeness import NamedIds, tidy

Values = Sequence[str | None]
"""The values of a row, in the order of its table's columns."""

Rows = Callable[[str], Iterable[Values]]
"""The rows of a table that hold, newest versions alone."""

_NAMES = {
    "units": "name",
    "people": "name",
    "posts": "title",
    "subjects": "name",
    "events": "title",
}
"""The column that says what a row of a table is called."""


@dataclass(frozen=True)
class NameBook:
    """Who and what is called how in some rows; of each set of tables it is worked out once."""

    rows: Rows
    _books: dict[tuple[str, ...], NamedIds] = field(default_factory=dict)
    _ids: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def ids(self, tables: tuple[str, ...]) -> frozenset[str]:
        """Every id of these tables."""
        if tables not in self._ids:
            self._ids[tables] = frozenset(
                row[0] or "" for table in tables for row in self.rows(table)
            )
        return self._ids[tables]

    def book(self, tables: tuple[str, ...]) -> NamedIds:
        """The names of all that these tables hold."""
        if tables not in self._books:
            called: dict[str, str] = {}
            also: dict[str, tuple[str, ...]] = {}
            apart: dict[str, tuple[str, ...]] = {}
            for table in tables:
                for row in self.rows(table):
                    key = row[0] or ""
                    called[key] = self._name(table, row)
                    apart[key] = tuple(self._apart(table, row))
                    if table == "posts":
                        also[key] = self._with_unit(row, called[key])
            self._books[tables] = NamedIds(called, also, apart)
        return self._books[tables]

    def cell(self, table: str, column: str, text: str) -> str:
        """The text of a cell that refers to something, with ids for names that mean one thing."""
        spec = TABLES[table].known[column]
        tables, known = spec.refers, self.ids(spec.refers)
        listed = items(text) if spec.kind == "refs" else [text]
        if not takes_names(tables) or all(item in known for item in listed):
            return text
        one = self._id(text, tables, known)
        if one != text:
            return one
        return ";".join(dict.fromkeys(self._id(item, tables, known) for item in listed))

    def _id(self, text: str, tables: tuple[str, ...], known: frozenset[str]) -> str:
        if text in known:
            return text
        found = self.book(tables).meant(text)
        return found[0] if len(found) == 1 else text

    def _name(self, table: str, row: Values) -> str:
        at = TABLES[table].at
        name = tidy(row[at[_NAMES[table]]] or "")
        if not name and table == "posts":
            name = row[at["class"]] or ""
        return name

    def _with_unit(self, row: Values, title: str) -> tuple[str, ...]:
        unit = row[TABLES["posts"].at["unit"]] or ""
        names = dict.fromkeys(one for one in (self._unit_names.get(unit, ""), unit) if one)
        return tuple(f"{name}{title}" for name in names)

    def _apart(self, table: str, row: Values) -> Iterable[str]:
        """What tells a row apart from others of its name: unit, post, days."""
        at = TABLES[table].at

        def cell(name: str) -> str:
            return row[at[name]] or ""

        if table == "people":
            yield from self._held.get(row[0] or "", ())
            return
        if table == "events":
            yield from (cell("type"), cell("day"))
            return
        unit = cell("parent" if table == "units" else "unit")
        if unit:
            yield tidy(self._unit_names.get(unit, unit))
        elif table != "posts":
            yield cell("type")
        if cell("last"):
            yield f"{cell('first')}..{cell('last')}"

    @cached_property
    def _unit_names(self) -> Mapping[str, str]:
        at = TABLES["units"].at["name"]
        return {row[0] or "": row[at] or "" for row in self.rows("units")}

    @cached_property
    def _held(self) -> Mapping[str, list[str]]:
        """Of each person the posts with their units, and the days where they are over."""
        titles = {
            row[0] or "": self._with_unit(row, self._name("posts", row))[0]
            for row in self.rows("posts")
        }
        at = TABLES["appointments"].at
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("appointments"):
            person, post, first, last = (
                row[at[name]] or "" for name in ("person", "post", "first", "last")
            )
            days = f"{first}.." + (last if last < "9999" else "")
            found[person].append(f"{titles.get(post, post)} {days}")
        return found


def takes_names(tables: tuple[str, ...]) -> bool:
    """Whether what refers to these tables may do so by name."""
    return bool(tables) and all(table in _NAMES for table in tables)
