"""What commands print, where its reader may go before the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from problems import is_undecoded, readable


@contextmanager
def quiet_on_broken_pipe(code: int) -> Iterator[None]:
    """Ends with `code`, and quietly, where the reader of what is printed goes (`… | head`)."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.stdout, sys.stderr)
        raise SystemExit(code) from None


def silence(*streams: TextIO) -> None:
    """What Python still holds back for these goes nowhere, instead of failing once more at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())


def write_readable(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that a stream cannot write: for codecs, as an error handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(readable(one) if is_undecoded(one) else "?" for one in text), error.end
