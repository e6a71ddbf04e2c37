"""The process in which an office's own templates are filled in: `reports/own_templates.py` asks it.

It answers with a line of JSON for each paper, its text or what is wrong, and ends at the first that
is wrong. Where a system has limits of time and memory they hold for it; where it has none, whoever
asked ends it.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment

from problems import Bare, Said, bare, reason_of, said
from reports.own_templates import Limits, PaperToFill, hindrance
from reports.render import environment, tidied

if sys.platform != "win32":
    import resource

_UNKNOWN = (
    re.compile(r"^'(?P<name>.+)' is undefined$"),
    re.compile(r"has no attribute '(?P<name>.+)'$"),
    re.compile(r"has no element (?P<name>.+)$"),
)
"""How Jinja says that a value is not there."""


class TemplateRefused(Exception):
    """A file that is not read, and why; a limit that is reached has no file."""

    def __init__(self, why: Said, file: Path | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.file = file


class OwnFolder(FileSystemLoader):
    """The templates of one folder, and of no other one, wherever links in it lead."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template. Raises TemplateRefused, besides what Jinja expects."""
        path = self.folder.joinpath(*split_template_path(template))
        why = hindrance(path, self.folder)
        if why is not None:
            raise TemplateRefused(why, path)
        return super().get_source(environment, template)


def text_of(made: Environment, paper: PaperToFill, limits: Limits) -> str:
    """The text of a paper. Raises TemplateRefused where it grows too long, else what Jinja does."""
    size, parts = 0, []
    for part in made.select_template(list(paper.names)).generate(**paper.values):
        size += len(part)
        if size > limits.characters:
            raise TemplateRefused(said("paper_too_long", most=limits.characters))
        parts.append(part)
    text = tidied("".join(parts))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TemplateRefused(said("half_a_character")) from None
    return text


def reason(error: BaseException) -> Said | Bare:
    """What is wrong, in our words where we have some, else in the library's."""
    if isinstance(error, TemplateRefused):
        return error.why
    if isinstance(error, SecurityError):
        return said("template_may_not")
    if isinstance(error, UndefinedError):
        found = next(filter(None, (one.search(str(error)) for one in _UNKNOWN)), None)
        return said("template_has_no_value", name=found["name"]) if found else reason_of(error)
    if isinstance(error, TemplateNotFound):
        return said("no_such_template", name=error.message or str(error.name))
    if isinstance(error, RecursionError):
        return said("template_asks_itself")
    if isinstance(error, MemoryError):
        return said("template_takes_memory")
    if isinstance(error, ZeroDivisionError):
        return said("division_by_zero")
    if isinstance(error, OverflowError) and str(MAX_RANGE) in str(error):
        return said("range_too_long", most=MAX_RANGE)
    return (
        reason_of(error)
        if isinstance(error, Exception) and str(error)
        else bare(type(error).__name__)
    )


def place_in(error: BaseException, folder: Path) -> tuple[str, int] | None:
    """The file of the folder and the line where it happened; None where it was not there."""
    if isinstance(error, TemplateRefused) and error.file is not None:
        return str(error.file), 0
    if isinstance(error, TemplateSyntaxError):
        if error.filename and Path(error.filename).is_relative_to(folder):
            return error.filename, error.lineno
        return None
    spots = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(folder)
    ]
    return spots[-1] if spots else None


def allow(limits: Limits) -> None:
    """Sets what the process may take, from now on, as far as the system can see to it."""
    if sys.platform == "win32":
        return

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise TemplateRefused(said("template_takes_long", seconds=limits.seconds))

    signal.signal(signal.SIGPROF, too_long)
    if sys.platform == "linux":
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = used * resource.getpagesize() + limits.megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def begin_paper(limits: Limits) -> None:
    """Gives the next paper its time; what does not end then by itself is ended soon after."""
    if sys.platform == "win32":
        return
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    taken = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(taken.ru_utime + taken.ru_stime) + 2 * limits.seconds + 2
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def main() -> None:
    """Reads what is asked from standard input, and answers on standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else gets into the answer
    lang, folder, papers, limits = pickle.load(sys.stdin.buffer)
    made = environment(lang, ImmutableSandboxedEnvironment, OwnFolder(folder))
    allow(limits)
    for paper in papers:
        begin_paper(limits)
        try:
            told: dict[str, Any] = {"text": text_of(made, paper, limits)}
            _end_time()
        except BaseException as error:
            _end_time()
            place = place_in(error, folder) or _first_own(paper, folder, error)
            if place is None:
                raise
            why = reason(error)
            words = (
                {"code": why.code, "values": dict(why.values)}
                if isinstance(why, Said)
                else str(why)
            )
            told = {"wrong": words, "file": place[0], "line": place[1]}
        out.write(json.dumps(told).encode("ascii") + b"\n")
        out.flush()
        if "wrong" in told:
            return


def _end_time() -> None:
    with suppress(AttributeError):
        signal.setitimer(signal.ITIMER_PROF, 0)


def _first_own(paper: PaperToFill, folder: Path, error: BaseException) -> tuple[str, int] | None:
    """The file of the paper itself, where a limit was reached between its lines."""
    if not isinstance(error, TemplateRefused | MemoryError | RecursionError):
        return None
    paths = [folder / name for name in paper.names]
    return next(((str(path), 0) for path in paths if path.exists()), None)
