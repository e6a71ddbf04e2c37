"""What the machine says: the time, the user's name and folders, the environment.

Only here do the commands ask for it; everything further in is handed plain values.
"""

from __future__ import annotations

import getpass
import os
import platform
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from problems import legible


def now() -> datetime:
    """The moment at which the command runs, in UTC."""
    return datetime.now(UTC)


def user_name() -> str | None:
    """The name under which the user is logged in; None where the machine knows none."""
    try:
        return legible(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return None


def setting(name: str) -> str | None:
    """What the environment variable DUTYCLOCK_`name` says; None where it is unset or empty."""
    return os.environ.get(f"DUTYCLOCK_{name}") or None


def settings() -> dict[str, str]:
    """What the environment says to this program, by the names of its variables."""
    return {name: text for name, text in os.environ.items() if name.startswith("DUTYCLOCK_")}


def typed(word: str) -> str:
    """The word as it is typed on this machine's command line, quoted where it has to be."""
    return subprocess.list2cmdline([word]) if platform.system() == "Windows" else shlex.quote(word)


def data_folder() -> Path:
    """The user's data folder for this program."""
    from platformdirs import user_data_path

    return user_data_path("dutyclock", appauthor=False)


def cache_folder() -> Path | None:
    """A folder for what can be made again; None where none can be made."""
    from platformdirs import user_cache_path

    folder = user_cache_path("dutyclock", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder
