"""What is shown on the screen: tables, progress, commands as typed; and a reader who goes early."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

from problems import is_undecoded, legible
from reports.harmless import harmless

if TYPE_CHECKING:
    from rich.console import Console

    from problems import Said
    from reports.i18n import Lang


def console() -> Console:
    """Standard output for tables; plain, and 150 columns wide, where it is no terminal."""
    from rich.console import Console as Plain

    class Console(Plain):
        def on_broken_pipe(self) -> None:
            """A reader that goes is the command's to answer; rich would end with 1."""
            raise BrokenPipeError

    return Console(highlight=False, width=None if sys.stdout.isatty() else 150)


def tell(text: str = "", *, err: bool = False, nl: bool = True, bold: bool = False) -> None:
    """Prints a text, harmless whatever stands in it: the one way to do so besides tables."""
    line = harmless(text)
    click.echo(click.style(line, bold=True) if bold else line, err=err, nl=nl)


def tell_not_made(papers: Sequence[tuple[Said, Said]], lang: Lang) -> None:
    """Says, on standard error, which papers could not be made, or not whole, and what helps."""
    from reports.problem_words import in_one_line

    for told, hint in papers:
        tell(in_one_line(told, hint, lang), err=True)


def progress(label: str) -> Callable[[int, int], None] | None:
    """What shows how much is done, on standard error; None where that is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        # Back to the line's beginning: our own character, so not told as a text of somebody's.
        click.echo(f"\r{harmless(label)} {done}/{total}", err=True, nl=done >= total)

    return show


def type_in(words: Sequence[str]) -> None:
    """Runs another public command, shown as it would be typed.

    That something is overdue is no failure; whatever else ends the command ends this one too.
    """
    tell("$ dutyclock " + " ".join(words), bold=True)
    root = click.get_current_context().find_root()
    try:
        with (
            quiet_on_broken_pipe(0),
            root.command.make_context(root.info_name, list(words)) as context,
        ):
            root.command.invoke(context)
    except (click.exceptions.Exit, SystemExit) as done:
        code = done.exit_code if isinstance(done, click.exceptions.Exit) else done.code
        if code not in (0, 1):
            raise


@contextmanager
def quiet_on_broken_pipe(code: int) -> Iterator[None]:
    """Ends with `code`, and quietly, where the reader of what is printed goes (`… | head`)."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.stdout, sys.stderr)
        raise SystemExit(code) from None


def silence(*streams: TextIO) -> None:
    """Sends nowhere what Python still holds back for `streams`: else it fails again at exit."""
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
    return "".join(legible(one) if is_undecoded(one) else "?" for one in text), error.end
