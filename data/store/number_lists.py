"""Whether the dictionaries beside the acts have exactly what the acts need."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from data.store.tables import ActClass, HolderNumber, NamedPerson, sql_table

_ACTS = sql_table("activities")


def differing_lists(connection: Connection) -> list[str]:
    """The dictionaries that do not have exactly what the acts need: `holders`, `act_classes`,
    `named_people`.
    """
    classes = (_ACTS.c.kind, _ACTS.c.role, _ACTS.c.attributes)
    kept_classes = select(ActClass.kind, ActClass.role, ActClass.attributes)
    named = select(_ACTS.c.holder_no, _ACTS.c.person).where(_ACTS.c.person.is_not(None))
    asked: tuple[tuple[str, Any, Any], ...] = (
        ("holders", select(_ACTS.c.holder), select(HolderNumber.holder)),
        ("act_classes", select(*classes), kept_classes),
        ("named_people", named, select(NamedPerson.holder_no, NamedPerson.person)),
    )
    wrong = []
    for name, needed, kept in asked:
        there = [tuple(row) for row in connection.execute(kept)]
        if len(there) != len(set(there)) or set(there) != {
            tuple(row) for row in connection.execute(needed.distinct())
        }:
            wrong.append(name)
    return wrong
