"""Which files the records name, and what is said of one that is not kept as its record says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from data.store.tables import sql_table
from problems import Place, Problem, bare, said

_FILES = sql_table("attachments")


class FileFault(StrEnum):
    """What became of a kept file."""

    MISSING = "missing"
    CHANGED = "changed"


@dataclass(frozen=True, order=True)
class Lost:
    """A file that is not kept as its record says."""

    activity: str
    name: str
    sha256: str
    fault: FileFault

    @staticmethod
    def of(activity: str, name: str, sha256: str, is_missing: bool) -> Lost:
        """A file that is missing, or else was changed."""
        fault = FileFault.MISSING if is_missing else FileFault.CHANGED
        return Lost(activity, name, sha256, fault)


def lost_problem(lost: Lost) -> Problem:
    """What is wrong with a kept file, and what to do."""
    name, act, sha256 = lost.name, lost.activity, bare(lost.sha256)
    changed = said("evidence_changed", name=name, activity=act, sha256=sha256)
    missing = said("evidence_missing", name=name, activity=act, sha256=sha256)
    message = changed if lost.fault is FileFault.CHANGED else missing
    return Problem(Place("files"), message, said("attach_or_restore"))


def named_files(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """Every hash that a record ever named, with the acts and names."""
    query = select(_FILES.c.sha256, _FILES.c.activity, _FILES.c.name).order_by(_FILES.c.row_id)
    found: dict[str, list[tuple[str, str]]] = {}
    for sha256, activity, name in connection.execute(query):
        acts = found.setdefault(sha256, [])
        if (activity, name) not in acts:
            acts.append((activity, name))
    return found


def lost_among(
    connection: Connection, sound: Collection[str], changed: Collection[str] = ()
) -> tuple[Lost, ...]:
    """The files that a record names and that are not among the `sound` ones, by activity and name.
    Of the others some are there, and `changed`.
    """
    return tuple(
        sorted(
            Lost.of(activity, name, sha256, sha256 not in changed)
            for sha256, acts in named_files(connection).items()
            if sha256 not in sound
            for activity, name in acts
        )
    )
