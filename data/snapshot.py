"""One state of a store for everything that an audit reads, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from data.bulk import Bulk, bulk_beside
from data.journal import head
from data.store import Store, plain_errors

_TRIES = 20


@dataclass(frozen=True)
class Snapshot(Store):
    """A store that stands still: whatever it is asked, it answers from one state.

    `bulk` reads many rows of the same state; None where that was not asked for or cannot be had.
    """

    held: Connection | None = None
    bulk: Bulk | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The one connection of this state."""
        assert self.held is not None
        with plain_errors(self.name):
            yield self.held

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Never: what stands still is only read."""
        raise AssertionError("a state of the store cannot be written")
        yield  # a context manager all the same

    @contextmanager
    def snapshot(self, *, bulk: bool = False) -> Iterator[Snapshot]:
        """This state itself."""
        del bulk
        yield self


@contextmanager
def snapshot_of(store: Store, bulk: bool) -> Iterator[Snapshot]:
    """The state of the store as it is now, for as long as it is held.

    Two connections to an SQLite file see the same state when they see the same journal; where
    somebody wrote between their first reads, both begin again.
    """
    for tries in range(_TRIES, -1, -1):
        with ExitStack() as stack:
            connection = stack.enter_context(store.reading())
            newest = head(connection)  # an SQLite transaction has its state from its first read on
            beside = None
            if bulk and tries:
                beside = stack.enter_context(bulk_beside(connection))
                if beside is not None and beside.head() != newest:
                    continue
            yield Snapshot(store.engine, store.name, store.is_new, connection, beside)
            return


__all__ = ["Snapshot", "snapshot_of"]
