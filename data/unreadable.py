"""What stands in the store and was not written there by this program, told with its row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from data.record_makers import Cells
from problems import BadInput, Place, Problem, bare, said, visible

_LONGEST = 60
_ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading a cell raises that holds something else than it should."""


def json_read(text: str) -> Any:
    """What a JSON text tells. Raises ValueError, also where a text in it could not be written out,
    and RecursionError.
    """
    told = json.loads(text)
    json.dumps(told, ensure_ascii=False).encode()
    return told


@contextmanager
def as_written(table: str, row: object) -> Iterator[None]:
    """Raises BadInput with the table and the row where what is read within is not to be read."""
    try:
        yield
    except BadInput:
        raise
    except _ODD as error:
        raise _unreadable(table, str(row)) from error


def all_read(
    table: str, make: Callable[[Cells], Any], rows: Iterable[Cells], key: Sequence[int]
) -> list[Any]:
    """What `make` gives of each row. Raises BadInput, as `as_written` does, with the cells of the
    row at `key`.
    """
    found = []
    for row in rows:
        try:
            if not all(cell is None or isinstance(cell, str) for cell in row):
                raise TypeError
            found.append(make(row))
        except _ODD as error:
            raise _unreadable(table, " ".join(str(row[at]) for at in key)) from error
    return found


def _unreadable(table: str, row: str) -> BadInput:
    told = said("stored_row_unreadable", row=bare(visible(row[:_LONGEST])))
    return BadInput([Problem(Place(table), told, said("verify_tells_more"))])
