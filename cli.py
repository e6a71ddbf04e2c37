"""The door: begins before anything else is read in, so that Ctrl-C is quiet from then on.

What the command line is stands in `commands/command_line.py`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code; what is wrong stands on standard error."""
    from commands.command_line import run as asked

    return asked(arguments)


def main() -> None:
    """The `dutyclock` command."""
    # Nothing is begun yet that could be half done, and no words are there to say so.
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from commands.command_line import main as begin

    sys.exit(begin())


if __name__ == "__main__":
    main()
