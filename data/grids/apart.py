"""A workbook read in a process of its own: what exhausts it ends it, and not the import.

It asks for no more memory than its limit, where the system has such limits, and takes no more than
its time. Run as a program it reads a workbook from standard input.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.grids.cells import SheetCells, read_whole
from problems import BadInput, Place, Problem, Said, reason_of, said

SECONDS: Final = 180
MEMORY_BYTES: Final = 4_000_000_000

_BEGIN = "import sys; sys.path[:0] = [sys.argv[1]]; from data.grids.apart import main; main()"


def read_apart(name: str, content: bytes, seconds: int = SECONDS) -> list[SheetCells]:
    """The sheets of a workbook that have cells, in their order. Raises BadInput, also where it
    takes more memory or more than `seconds`. `name` is that of the file in messages.
    """
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", _BEGIN, root, name]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refused(name, said("workbook_takes_long", seconds=seconds)) from None
    except OSError as error:
        reason = reason_of(error)
        raise _refused(name, said("cannot_be_read", reason=reason)) from error
    try:
        found = pickle.loads(done.stdout)
    except (pickle.UnpicklingError, EOFError, ValueError):
        raise _refused(name, said("workbook_exhausts")) from None
    if isinstance(found, tuple):
        raise BadInput(found)
    grids: list[SheetCells] = found
    return grids


def _refused(name: str, told: Said) -> BadInput:
    return BadInput([Problem(Place(name), told, said("save_as_xlsx"))])


def main() -> None:
    """Reads a workbook from standard input, and writes its sheets, or what is wrong, to standard
    output; nothing where it runs out of memory.
    """
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not get into the answer
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: list[SheetCells] | tuple[Problem, ...] = read_whole(
            sys.argv[2], sys.stdin.buffer.read()
        )
    except BadInput as error:
        answer = error.problems
    with os.fdopen(out, "wb") as stream:
        pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
