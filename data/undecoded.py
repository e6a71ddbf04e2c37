"""Texts with bytes that are no UTF-8: what a system hands over of names that it cannot read itself.

Python keeps such bytes as lone surrogates, which no file and no database takes.
"""

from __future__ import annotations


def is_undecoded(text: str) -> bool:
    """Whether there is something in the text that is no character."""
    return any("\ud800" <= one <= "\udfff" for one in text)


def readable(text: str) -> str:
    """The text with its bytes that are no characters written out: `\\xd5`."""
    return "".join(_written(one) if is_undecoded(one) else one for one in text)


def _written(one: str) -> str:
    number = ord(one) - 0xDC00
    return f"\\x{number:02x}" if 0x80 <= number <= 0xFF else f"\\u{ord(one):04x}"


def write_readable(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that a stream cannot write: for codecs, as an error handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_written(one) if is_undecoded(one) else "?" for one in text), error.end
