"""Row objects of two import tables, for the rival that works with a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store.tables import Base, sql_table

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class AppointmentRow(Base):
    """A version of an appointment."""

    __table__ = sql_table("appointments")
    if TYPE_CHECKING:
        person: Mapped[str]
        post: Mapped[str]


class ActivityRow(Base):
    """A version of an act."""

    __table__ = sql_table("activities")
    if TYPE_CHECKING:
        holder_no: Mapped[int]
        flags: Mapped[int]
