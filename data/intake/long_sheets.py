"""A table of activities too long to be held whole: read in parts, each an ordinary sheet.

The file is gone through twice: first for its encoding, its hash and the ids that stand in it more
than once, then for its rows. Rows of one id are versions of one record and come together, in a part
of their own at the end.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from data.formulas import plain_row
from data.grids.csv_files import LOOKED_AT, big5, delimiter_of, looks_big5, no_text, unreadable
from data.grids.limits import LONG_TABLE_BYTES
from data.import_columns import TABLES, Table
from data.intake.headings import column_named, table_named
from data.intake.layout import HEADER_ROWS
from data.intake.sheets import Sheet
from data.intake.table_rows import header_at
from problems import BadInput, Place, Problem, bare, said

LONG_BYTES = 16_000_000
"""A table of this size is read in parts."""

ROWS_AT_ONCE = 20_000
_LONGEST_FIELD = 16_000_000
"""What is longer has lost its quotation mark, and would be read to the end of the file."""
_BYTES_AT_ONCE = 1 << 20

Numbered = tuple[int, list[str]]
MakeSheet = Callable[[Table, str, list[Numbered], list[Problem]], list[Sheet]]


@dataclass(frozen=True)
class LongSheet:
    """A CSV file of activities. `count` is its number of rows; `keys` are the hashes of the ids in
    it, sorted, and `several` those of ids that stand in more than one row. `delimiter` is what
    parts the cells, where its first line says so; else it is empty.
    """

    path: Path
    encoding: str
    sha256: str
    count: int
    keys: Any
    several: frozenset[int]
    make: MakeSheet
    delimiter: str = ""

    @property
    def table(self) -> Table:
        """The declared table of a long sheet: always that of the activities."""
        return TABLES["activities"]

    @property
    def file(self) -> str:
        """The file as it is named."""
        return str(self.path)

    def has(self, activity: str) -> bool:
        """Whether a row has this id."""
        import numpy as np

        wanted = hash(activity)
        at = int(np.searchsorted(self.keys, wanted))
        return at < len(self.keys) and bool(self.keys[at] == wanted)

    def parts(self, problems: list[Problem]) -> Iterator[Sheet]:
        """The rows, in parts; those of ids that stand in several rows come last. Where the header
        is wrong there is none. Raises BadInput where the file was changed since it was looked at.
        """
        file = self.file
        header: list[Numbered] = []
        kept: list[Numbered] = []
        apart: list[Numbered] = []
        digest = hashlib.sha256()
        at = -1
        with (
            self.path.open("rb") as raw,
            _rows(_Hashing(raw, digest), self.encoding, self.delimiter) as reader,
        ):
            for number, cells in _from_header(reader):
                if not header:
                    header = [(number, cells)]
                    at = key_column(cells)
                    wrong: list[Problem] = []
                    sheets = self.make(self.table, file, header, wrong)
                    problems += wrong
                    if wrong or not sheets:
                        return
                elif hash(cells[at] if 0 <= at < len(cells) else "") in self.several:
                    apart.append((number, cells))
                else:
                    kept.append((number, cells))
                    if len(kept) >= ROWS_AT_ONCE:
                        yield from self.make(self.table, file, header + kept, problems)
                        kept = []
        if digest.hexdigest() != self.sha256:
            told = said("file_changed_meanwhile")
            raise BadInput([Problem(Place(file), told, said("import_it_again"))])
        for rows in (kept, apart):
            if rows:
                yield from self.make(self.table, file, header + rows, problems)


class _Hashing(io.RawIOBase):
    """A stream that hashes the bytes of a file as they are read."""

    def __init__(self, raw: BinaryIO, digest: Any) -> None:
        self._raw, self._digest = raw, digest

    def readable(self) -> bool:
        """Always true: it is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer."""
        count = self._raw.readinto(buffer)  # type: ignore[attr-defined]
        self._digest.update(memoryview(buffer)[:count])
        return int(count)


@contextmanager
def _rows(
    raw: io.RawIOBase, encoding: str, delimiter: str
) -> Iterator[Iterator[tuple[int, list[str]]]]:
    buffered = io.BufferedReader(raw, _BYTES_AT_ONCE)
    text = io.TextIOWrapper(buffered, encoding=encoding, newline="")
    was = csv.field_size_limit(_LONGEST_FIELD)
    try:
        if delimiter:
            text.readline()
        rows = csv.reader(text, delimiter=delimiter or ",", strict=True)
        yield enumerate(map(plain_row, rows), 2 if delimiter else 1)
    finally:
        csv.field_size_limit(was)
        text.detach()


def _from_header(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """The rows from that of the headings on."""
    first: list[Numbered] = []
    broken: csv.Error | None = None
    try:
        for row in islice(rows, HEADER_ROWS):
            first.append(row)
    except csv.Error as error:
        broken = error  # Told where it stands: behind the rows before it.
    yield from first[header_at(TABLES["activities"], [cells for _, cells in first]) :]
    if broken is not None:
        raise broken
    yield from rows


def key_column(header: list[str]) -> int:
    """The index of the column of ids; -1 where the header has none."""
    table = TABLES["activities"]
    names, key = [column_named(table, cell.strip()) for cell in header], table.key[0]
    return names.index(key) if key in names else -1


def is_long(path: Path) -> bool:
    """Whether a CSV file of activities is read in parts."""
    return table_named(path.stem) is TABLES["activities"] and path.stat().st_size >= LONG_BYTES


def look_through(
    path: Path, outer: Any, make: MakeSheet, problems: list[Problem]
) -> list[LongSheet]:
    """The long sheet in a file, whose bytes go into the hash `outer` too; none where it cannot be
    read as CSV, which is told. `make` makes the sheet of a part. Raises OSError.
    """
    size = path.stat().st_size
    if size > LONG_TABLE_BYTES:
        most = bare(f"{LONG_TABLE_BYTES:,}")
        told = said("file_longer", bytes=bare(f"{size:,}"), most=most)
        problems.append(Problem(Place(str(path)), told, said("name_a_smaller_file")))
        return []
    encoding, digest = _encoding(path, outer)
    if encoding is None:
        problems.append(no_text(str(path)))
        return []
    with path.open("rb") as file:
        begins = file.read(LOOKED_AT)
    if encoding == "gb18030" and looks_big5(begins):
        problems.append(big5(str(path)))
        return []
    said_first, length = delimiter_of(begins[:20].decode(encoding, "ignore"))
    delimiter = said_first if length else ""
    hashes = array("q")
    number, at, head = 0, -1, 0
    with path.open("rb", buffering=0) as raw, _rows(raw, encoding, delimiter) as reader:
        try:
            for number, cells in _from_header(reader):
                if not head:
                    head, at = number, key_column(cells)
                elif 0 <= at < len(cells):
                    hashes.append(hash(cells[at]))
        except csv.Error as error:
            problems.append(unreadable(str(path), number + 1, error))
            return []
    import numpy as np

    keys = np.sort(np.frombuffer(hashes, dtype=np.int64)) if hashes else np.array([], np.int64)
    twice = frozenset(np.unique(keys[1:][keys[1:] == keys[:-1]]).tolist())
    count = max(0, number - head)
    return [LongSheet(path, encoding, digest, count, keys, twice, make, delimiter)]


def _encoding(path: Path, outer: Any) -> tuple[str | None, str]:
    """In which encoding a file is sound (None: in neither), and its SHA-256."""
    digest = hashlib.sha256()
    decoders = {one: codecs.getincrementaldecoder(one)() for one in ("utf-8-sig", "gb18030")}
    first = True
    with path.open("rb") as file:
        while True:
            block = file.read(_BYTES_AT_ONCE)
            digest.update(block)
            outer.update(block)
            if first and block[:2] in (b"\xff\xfe", b"\xfe\xff"):
                decoders.clear()
            first = False
            for name in list(decoders):
                try:
                    decoders[name].decode(block, not block)
                except UnicodeDecodeError:
                    del decoders[name]
            if not block:
                break
    return next(iter(decoders), None), digest.hexdigest()
