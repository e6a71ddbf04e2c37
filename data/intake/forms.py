"""The office's own forms: what each is called, and what its columns say. FORMATS, section 6.

`forms.yaml` is the table of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import yaml

from data.intake.headings import plain_heading
from problems import Problem


@dataclass(frozen=True)
class FormColumn:
    """One column of a form: what it says of an activity, and how else it is headed."""

    name: str
    says: str
    role: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form. `needs` are the columns without which a sheet is none, alternatives together."""

    name: str
    en: str
    mark: str
    titles: tuple[str, ...]
    columns: Mapping[str, FormColumn]
    needs: tuple[tuple[str, ...], ...]
    kind: str = ""
    title_kinds: Mapping[str, str] = field(default_factory=dict)
    such_as: tuple[str, ...] = ()
    is_open: bool = False
    own: frozenset[str] = frozenset()

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The column of each plain heading; the form's own before common ones."""
        found: dict[str, str] = {}
        ordered = sorted(self.columns.values(), key=lambda one: one.name not in self.own)
        for one in ordered:
            found.setdefault(plain_heading(one.name), one.name)
        for one in ordered:
            for heading in one.also:
                found.setdefault(plain_heading(heading), one.name)
        return found

    def column_of(self, text: str) -> FormColumn | None:
        """The column that a cell heads; None where it heads none."""
        heading = plain_heading(text).rstrip(":")
        name = self.headings.get(heading) or self.headings.get(re.sub(r"\([^)]*\)$", "", heading))
        return self.columns[name] if name else None

    def lacks(self, found: Collection[str]) -> list[str]:
        """The needed columns that are not among those found."""
        return ["|".join(names) for names in self.needs if not any(one in found for one in names)]

    def says(self, what: str) -> list[FormColumn]:
        """The columns that say this."""
        return [one for one in self.columns.values() if one.says == what]


@dataclass(frozen=True)
class FormCell:
    """A filled cell of a form, with its place."""

    text: str
    line: int
    position: int


FormRow = Mapping[str, FormCell]
"""One record of a form: the filled cells by the name of their column."""


@dataclass(frozen=True)
class FormSheet:
    """A sheet that is a form. `unread` are headings that no column has; `wrong`: its problems;
    `head` is the row of its headings; `remarks`: what was passed over.
    """

    form: Form
    file: str
    title: str
    year: int | None
    rows: tuple[FormRow, ...]
    unread: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()
    head: int = 1
    remarks: tuple[Problem, ...] = ()


@cache
def forms() -> Mapping[str, Form]:
    """All forms by name, in their order."""
    with (Path(__file__).parent / "forms.yaml").open(encoding="utf-8") as file:
        read = yaml.safe_load(file)
    return {name: _form(name, told, read["common"]) for name, told in read["forms"].items()}


def _form(name: str, told: dict[str, object], common: dict[str, dict[str, object]]) -> Form:
    own: dict[str, dict[str, object]] = told["columns"]  # type: ignore[assignment]
    columns = {
        column: FormColumn(
            column,
            str(one["is"]),
            str(one.get("role", "")),
            tuple(one.get("also", ())),  # type: ignore[arg-type]
        )
        for column, one in {**common, **own}.items()
    }
    return Form(
        name,
        str(told["en"]),
        str(told["mark"]),
        tuple(told["titles"]),  # type: ignore[arg-type]
        columns,
        tuple(tuple(one.split("|")) for one in told["needs"]),  # type: ignore[attr-defined]
        str(told.get("kind", "")),
        dict(told.get("title_kinds", {})),  # type: ignore[call-overload]
        tuple(told.get("such_as", ())),  # type: ignore[arg-type]
        bool(told.get("open")),
        frozenset(own),
    )
