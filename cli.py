"""The door: begins before anything else is read in, so that Ctrl-C is quiet from then on.

What the command line is stands in `commands/command_line.py`.
"""

# Python has read these in already. `signal`, `typing` and even `__future__` it would look for and
# read: some milliseconds in which it answers Ctrl-C itself, with a traceback.
import _signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: "Sequence[str]") -> int:
    """Runs one command line and gives its exit code; what is wrong stands on standard error."""
    from commands.command_line import run as asked

    return asked(arguments)


def main() -> None:
    """The `dutyclock` command."""
    # Nothing is begun yet that could be half done, and no words are there to say so.
    _signal.signal(_signal.SIGINT, lambda *_: os._exit(130))
    from commands.command_line import main as begin

    sys.exit(begin())


if __name__ == "__main__":
    main()
