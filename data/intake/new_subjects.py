"""Inspected firms that nobody registered yet, taken in with the records that name them.

What is called nearly as something known is asked about, never taken for it and never for new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from data.cell_traces import seen
from data.cell_values import items, shown
from data.dates import understood
from data.import_columns import TABLES
from data.intake.form_acts import subjects_of_forms
from data.intake.forms import FormSheet
from data.intake.officials import Directory
from data.intake.sheets import CellSpots, Sheet, SpottedSheet
from data.likeness import NamedIds
from data.words import Words
from problems import Objection, Place, Problem, any_of, said

_NO_ID = re.compile(r"[@#/;；\x00-\x1f\x7f]")
_SEVERAL = re.compile(
    r".*等(?:[0-9一二三四五六七八九十百两几多]*[家户个所处人]*(?:企业|单位|场所)?)?|(?:各|全[镇乡县市区村街]|所有|若干|部分|多|数|辖区)"
    r".*|[0-9一二三四五六七八九十百两几多]+[家户个所处](?:企业|单位|场所)?|[无空]|/|-+|[0-9.]+|.|同上|〃"
    r"|.+(?:厂|公司|店|校|[小中大]学|园|医?院|中心|站|所|部|社|库|矿|场|村|局|企业|单位|厅|馆|超市|工地|项目)[和及与].{2,}"
)


@dataclass(frozen=True)
class NewSubjects:
    """What is to be taken in: subjects of this type. `confirmed` are names that are new whatever
    they resemble.
    """

    type: str
    confirmed: frozenset[str] = frozenset()


@dataclass
class _Found:
    """What is known of a new subject: where it stands first, its first day and whose it is then."""

    place: Place
    day: str
    holder: str


def with_new_subjects(
    wanted: NewSubjects,
    directory: Directory,
    forms: Iterable[FormSheet],
    sheets: Mapping[str, Sheet],
    words: Words,
    problems: list[Problem],
) -> Sheet | None:
    """The table of subjects with those that are new; None where none is. They are called what they
    are called in the records, and hold from the first day on which a record names them.
    """
    found: dict[str, _Found] = {}
    places: dict[str, list[Place]] = defaultdict(list)
    named = [*subjects_of_forms(forms, directory, words), *_of_table(sheets, directory)]
    for name, place, day, holder in named:
        places[name].append(place)
        before = found.setdefault(name, _Found(place, day, holder))
        if day and (not before.day or day < before.day):
            before.day, before.holder = day, holder
    new: dict[int, dict[str, str]] = defaultdict(dict)
    rows: list[Mapping[str, str]] = []
    spots: list[CellSpots] = []
    for name, one in found.items():
        if name not in wanted.confirmed:
            size = len(name)
            like = {key: one for at in (size - 1, size, size + 1) for key, one in new[at].items()}
            objection = _objection(name, (directory.anyone, NamedIds(like)))
            if objection is not None:
                problems += [
                    Problem(place, objection.said, objection.hint)
                    for place in dict.fromkeys(places[name])
                ]
                continue
        identifier = _NO_ID.sub("", name)
        new[len(name)][identifier] = name
        unit = _unit_of(one.holder, directory)
        rows.append(
            {"subject": identifier, "name": name, "type": wanted.type, "unit": unit}
            | ({"first": one.day} if one.day else {})
        )
        at = (one.place.line, one.place.column)
        spots.append(CellSpots(one.place.file, one.place.line, {"subject": at, "name": at}))
    return _beside(sheets.get("subjects"), rows, spots) if rows else None


def told_once(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that say of a name once more that nobody knows it, in the cell
    where it was told why it is not taken for new.
    """
    told = {(one.place, one.said["name"]) for one in problems if one.code in _NOT_NEW}
    return [
        one
        for one in problems
        if one.code not in _UNKNOWN
        or (one.place, dict(one.said.values).get(_UNKNOWN[one.code])) not in told
    ]


_NOT_NEW = frozenset({"nearly_called_so", "names_no_one_subject"})
_UNKNOWN = {"none_called": "name", "unknown_word": "word"}


def _objection(name: str, known: Iterable[NamedIds]) -> Objection | None:
    """Why a name is not taken for new."""
    if _SEVERAL.fullmatch(name) or len(name) > 60:
        return Objection(
            said("names_no_one_subject", name=shown(name)), said("one_name_or_confirm", name=name)
        )
    near = [spelling for one in known for spelling, _ in one.near(name)]
    if near:
        offered = any_of(near)
        return Objection(
            said("nearly_called_so", name=shown(name), near=offered),
            said("write_it_so_or_confirm", near=offered, name=name),
        )
    return None


def _of_table(
    sheets: Mapping[str, Sheet], directory: Directory
) -> Iterator[tuple[str, Place, str, str]]:
    """The subjects that the table of activities names and nobody knows."""
    sheet = sheets.get("activities")
    if sheet is None or "subjects" not in sheet.columns:
        return
    empty = [""] * len(sheet.rows)
    days, holders = (sheet.columns.get(name, empty) for name in ("day", "holder"))
    for index, text in enumerate(sheet.columns["subjects"]):
        for name in items(seen(text)):
            if not directory.is_known(name):
                day = ""
                with suppress(Objection):  # A wrong day is told where the row is read.
                    day = understood("day", seen(days[index]), sheet.year) or ""
                yield name, sheet.place(index, "subjects"), day, holders[index].strip()


def _unit_of(named: str, directory: Directory) -> str:
    """The unit of a post, or the unit itself; empty where the holder is neither, or several are."""
    meant = directory.anyone.meant(named)
    holder = meant[0] if len(meant) == 1 else ""
    row = directory.standing.get("posts", {}).get((holder,))
    if row is not None:
        return row.values[TABLES["posts"].at["unit"]] or ""
    return holder if (holder,) in directory.standing.get("units", {}) else ""


def _beside(
    sheet: Sheet | None, rows: list[Mapping[str, str]], spots: list[CellSpots]
) -> SpottedSheet:
    """The rows behind those of the table that came with them."""
    old = sheet.as_rows() if sheet else []
    table = TABLES["subjects"]
    texts = [row for row, _ in old] + list(rows)
    places = [spot for _, spot in old] + spots
    columns = {name: tuple(row.get(name, "") for row in texts) for name in table.known}
    lines = [spot.line for spot in places]
    year, examples = (sheet.year, sheet.examples) if sheet else (None, 0)
    return SpottedSheet(
        table, table.name, {}, columns, lines, year=year, examples=examples, spots=places
    )
