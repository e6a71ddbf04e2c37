"""Run by Alembic: migrates over the connection that it was handed, in that one's transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=False,  # the caller has begun the transaction, and ends it
)
context.run_migrations()
