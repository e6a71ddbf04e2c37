"""What was asked of a command besides its own options: which store, rules and language, and who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.bilingual import SPOKEN
from commands.machine import cache_folder, data_folder, now, setting, typed, user_name
from commands.options import shared_options
from data.cell_values import LAST_YEAR
from problems import BadInput, Place, Problem, bare, control_in, said, visible
from reports.i18n import Lang, translator

if TYPE_CHECKING:
    from data.store.journal import Doing
    from services.ladder.printing import PapersAsked
    from services.look import When
    from services.office import Office

BUILTIN = "builtin"
"""What is typed for the rule documents that come with the program."""

EARLIEST_CLOCK = 2000
"""The first year that a clock may tell which runs right."""


@dataclass(frozen=True)
class Edge:
    """What was asked of any command: where the store, rules and office folder are, and words."""

    db: str | None = None
    rules: tuple[str, ...] = ()
    folder: str | None = None
    lang: Lang = "zh"
    by: str | None = None
    why: str | None = None

    def say(self, text: str) -> str:
        """The text in the chosen language."""
        return translator(self.lang)(text)

    def office(self) -> Office:
        """The office that is asked: as named, from the environment, or in the user's folders."""
        from rules.loader import BUILTIN as SHIPPED
        from services.office import Office

        address = self.db or setting("DB")
        folder = self.folder or setting("OFFICE")
        return Office(
            store=address or str(data_folder() / "dutyclock.db"),
            rules=tuple(SHIPPED if x == BUILTIN else Path(x) for x in self.rules or (BUILTIN,)),
            folder=Path(folder) if folder else None,
            cache=cache_folder(),
            is_usual=not address,
        )

    def papers(self, *, pdf: bool, word: bool, pictures: bool = False) -> PapersAsked:
        """The papers that are asked for besides pages and texts; pictures are of PDFs."""
        from services.ladder.printing import PapersAsked

        faces = setting("FACES")
        return PapersAsked(pdf, word, pdf and pictures, Path(faces) if faces else None)

    @property
    def asked_of(self) -> str:
        """The options that named the store, the rules and the office's folder, to be typed again;
        empty where none was given. An address of a server may hold a password and is left out.
        """
        file = None if "://" in (self.db or "") else self.db
        given = [("--db", file), *(("--rules", one) for one in self.rules)]
        given.append(("--office", self.folder))
        return " ".join(f"{option} {typed(value)}" for option, value in given if value)

    def when(self, as_of: date | None, known_on: date | None = None) -> When:
        """The day to be judged and the day of knowledge, as given, and the moment of asking."""
        from services.look import When

        return When(_clock(), as_of, known_on)

    def doing(self) -> Doing:
        """Who changes the store now, and why, for its journal."""
        from data.store.journal import Doing

        who = self.by or setting("BY") or user_name()
        named = "--by" if self.by or not setting("BY") else "DUTYCLOCK_BY"
        problems = [*_unwritable(named, who, lines=False), *_unwritable("--why", self.why)]
        if problems:
            raise BadInput(problems)
        return Doing(_clock(), who, self.why)


def _clock() -> datetime:
    """The moment, on a clock that can be right: what it dates stays. Raises BadInput for one that
    stands at the beginning of its time, as after a dead battery, or beyond all days ever judged.
    """
    moment = now()
    if not EARLIEST_CLOCK <= moment.year <= LAST_YEAR:
        message = said("clock_wrong", day=bare(moment.date().isoformat()))
        raise BadInput([Problem(Place("clock"), message, said("set_the_clock"))])
    return moment


def _unwritable(option: str, text: str | None, *, lines: bool = True) -> list[Problem]:
    """What keeps an option's text out of the store: nothing, or a control character in it."""
    control = control_in(text or "", lines=lines)
    if control is None:
        return []
    message = said("cell_has_control_character", text=visible(text or ""), code=bare(control))
    return [Problem(Place(option), message, said("take_it_out"))]


def with_edge(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the shared options, which reach it as an `Edge`, its first argument."""

    def run(
        *args: Any,
        db: str | None,
        rules: tuple[str, ...],
        office: str | None,
        lang: Lang | None,
        by: str | None = None,
        why: str | None = None,
        **kwargs: Any,
    ) -> Any:
        context = click.get_current_context()
        above = context.find_object(Edge) or Edge(lang=SPOKEN.get())
        edge = replace(
            above,
            db=db or above.db,
            rules=rules or above.rules,
            folder=office or above.folder,
            lang=lang or above.lang,
            by=by or above.by,
            why=why or above.why,
        )
        return command(edge, *args, **kwargs)

    run.__name__ = command.__name__
    run.__doc__ = command.__doc__
    if hasattr(command, "__click_params__"):
        run.__click_params__ = command.__click_params__  # type: ignore[attr-defined]
    return shared_options(run)
