"""Who is meant by a name on a form, and which post he held that day. Nobody is ever guessed at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from data.cell_values import shown
from data.import_columns import ANYONE, TABLES
from data.intake.checks import StandingRow
from data.likeness import NamedIds, called_by, near_ids
from data.store.standing import Key
from problems import Objection, Said, Several, any_of, bare, said

_QUALIFIED = re.compile(r"(.+?)\s*[（(]\s*([^（()）]+)\s*[)）]")
_LISTED = re.compile(r"[、，,;；\n]+")


OF_THE_DIRECTORY = frozenset({"nobody_called", "none_called", "held_no_post", "was_not_that"})
"""What is said where a name may be missing only because its table could not be read."""


class PostHeld(NamedTuple):
    """A post that a person held, from the first to the last day."""

    person: str
    post: str
    first: str
    last: str


@dataclass(frozen=True)
class Directory:
    """Who is who in an office, by table and key, as it stands after an import."""

    standing: Mapping[str, Mapping[Key, StandingRow]]

    def _column(self, table: str, column: str) -> Iterable[tuple[str, str]]:
        at = TABLES[table].at[column]
        for (identifier,), row in self.standing.get(table, {}).items():
            yield identifier, row.values[at] or ""

    @cached_property
    def people(self) -> NamedIds:
        """The people with their names."""
        return NamedIds(dict(self._column("people", "name")))

    @cached_property
    def units(self) -> NamedIds:
        """The units with their names."""
        return NamedIds(dict(self._column("units", "name")))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the posts."""
        return dict(self._column("posts", "title"))

    @cached_property
    def anyone(self) -> NamedIds:
        """All that an act may be done to, with names."""
        called: dict[str, str] = {}
        for table in ANYONE:
            called.update(self._column(table, "title" if table == "posts" else "name"))
        return NamedIds(called)

    @cached_property
    def held(self) -> Mapping[str, list[PostHeld]]:
        """The appointments of each person."""
        at = TABLES["appointments"].at
        found: dict[str, list[PostHeld]] = defaultdict(list)
        for row in self.standing.get("appointments", {}).values():
            person, post, first, last = (
                row.values[at[name]] or "" for name in ("person", "post", "first", "last")
            )
            found[person].append(PostHeld(person, post, first, last or "9999-12-31"))
        return found

    def official(self, text: str, day: str) -> tuple[str, str]:
        """The post and the person (empty: only the post is named) of a cell such as `张三`,
        `张三（镇长）` or `p1`. Raises Objection where nobody or several may be meant.
        """
        name, asked, people = self.named(text)
        if not people:
            return name, ""
        ever = [one for person in people for one in self.held.get(person, ())]
        on_day = [one for one in ever if one.first <= day <= one.last]
        fitting = [one for one in on_day if not asked or self._is_asked(one, asked)]
        if len(fitting) == 1:
            return fitting[0].post, fitting[0].person
        if not on_day:
            held = [
                said("post_on_days", post=one.post, days=bare(f"{one.first}..{one.last}"))
                for one in ever
            ]
            posts = said("posts_held", posts=Several("list", tuple(held)))
            nothing = said("held_no_post", name=shown(name), day=bare(day))
            raise Objection(nothing, posts if held else said("enter_appointment_first"))
        choices = any_of(self._choice(one, on_day) for one in fitting or on_day)
        if not fitting:
            raise Objection(
                said("was_not_that", name=shown(name), post=shown(asked), day=bare(day)),
                said("write_which_one", choices=choices),
            )
        raise Objection(
            said("may_mean_several", day=bare(day), name=shown(text.strip())),
            said("write_which_one", choices=choices),
        )

    def named(self, text: str) -> tuple[str, str, list[str]]:
        """The name of a cell, what stands in brackets behind it, and who is called so; of a post
        nobody. Raises Objection where nobody is.
        """
        name = text.strip()
        if name in self.titles:
            return name, "", []
        asked = ""
        people = self._people(name)
        if not people and (found := _QUALIFIED.fullmatch(name)):
            name, asked = found[1].strip(), found[2].strip()
            people = self._people(name)
        if not people:
            raise self._nobody(name)
        return name, asked, people

    def unit(self, text: str) -> str:
        """The unit of that id or name. Raises Objection."""
        return self._one(text.strip(), self.units, said("unit"))

    def is_known(self, name: str) -> bool:
        """Whether something that an act may be done to has this id, or is called so."""
        return bool(self.anyone.meant(name))

    def subjects(self, text: str) -> tuple[list[str], list[str], list[Objection]]:
        """The ids of all that is listed; the items that are no known name, and what is wrong."""
        whole = text.strip()
        known = self.anyone
        listed = [whole]
        if not known.meant(whole):
            listed = [item for part in _LISTED.split(whole) if (item := part.strip())]
        found: list[str] = []
        unknown: list[str] = []
        wrong: list[Objection] = []
        for item in listed:
            try:
                one = self._one(item, known, said("subject"))
            except Objection as error:
                unknown.append(item)
                wrong.append(error)
            else:
                found += [one] if one not in found else []
        return found, unknown, wrong

    def _people(self, name: str) -> list[str]:
        return self.people.meant(name)

    def _is_asked(self, one: PostHeld, asked: str) -> bool:
        """Whether somebody's post, title, unit or own id was written in the brackets."""
        title = self.titles.get(one.post, "")
        row = self.standing["posts"].get((one.post,))
        unit = row.values[TABLES["posts"].at["unit"]] or "" if row else ""
        name = self.units.called.get(unit, "")
        words = {one.person, one.post, unit, name, title, f"{unit}{title}", f"{name}{title}"}
        return asked in words - {""}

    def _choice(self, one: PostHeld, others: Iterable[PostHeld]) -> str:
        """How to write this one so that nobody else is meant."""
        name = self.people.called.get(one.person, "") or one.person
        if sum(other.post == one.post for other in others) > 1:
            name = one.person
        return f"{name}（{one.post}）"

    def _nobody(self, name: str) -> Objection:
        parts = [part for part in _LISTED.split(name) if part.strip()]
        if len(parts) > 1:
            return Objection(said("names_several", name=shown(name)), said("one_record_has_one"))
        titled = [post for post, title in self.titles.items() if title and title == name]
        near = said("is_a_title_write_id", ids=any_of(titled)) if titled else None
        inside = [one for one in self.people.owners if len(one) > 1 and one in name]
        if inside:
            near = said("did_you_mean_post_in_brackets", words=any_of(inside))
        hint = (
            near
            or near_ids(name, self.people, called_by(("people",)))
            or said("enter_person_first")
        )
        return Objection(said("nobody_called", name=shown(name)), hint)

    @staticmethod
    def _one(item: str, names: NamedIds, what: Said) -> str:
        owners = names.meant(item)
        if len(owners) == 1:
            return owners[0]
        hint = near_ids(item, names, called_by(())) or said("enter_it_first", things=what)
        raise (
            Objection(said("none_called", kind=what, name=shown(item)), hint)
            if not owners
            else Objection(said("several_called", name=shown(item)), hint)
        )
