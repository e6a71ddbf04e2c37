"""Names of files that every system takes: what Windows reserves or cuts off is changed."""

from __future__ import annotations

import re

_RESERVED = frozenset(
    {
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    }
)
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_reserved(name: str) -> bool:
    """Whether the name stands for a device on Windows, whatever its ending: `CON`, `nul.txt`."""
    return name.partition(".")[0].rstrip(" ").casefold() in _RESERVED


def disk_name(name: str) -> str:
    """The name of a file, without folders, as every system takes it; empty where none is left."""
    plain = _REFUSED.sub("_", name).rstrip(" .")
    return f"_{plain}" if is_reserved(plain) else plain
