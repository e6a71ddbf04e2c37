"""Row objects of two import tables, for the rival that works with a session."""

from __future__ import annotations

from data.tables import Base, sql_table


class AppointmentRow(Base):
    """A version of an appointment."""

    __table__ = sql_table("appointments")


class ActivityRow(Base):
    """A version of an act."""

    __table__ = sql_table("activities")
