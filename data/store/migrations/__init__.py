"""From an older store to the newest one: the migrations, each tried on every kind of database.

A migration says in SQL what it changes and never imports the tables of today, which go on changing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from data.store.journal import Doing

HERE = Path(__file__).resolve().parent


def upgrade(connection: Connection, version: int, doing: Doing, to: str = "head") -> None:
    """Brings a store of `version` up to the version `to` (the newest one), within the connection's
    transaction.
    """
    from alembic import command

    config = _config(connection, doing)
    # The first stores knew nothing of Alembic.
    if version == 1:
        command.stamp(config, "1")
    command.upgrade(config, to)


def _config(connection: Connection, doing: Doing) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["doing"] = doing
    return config
