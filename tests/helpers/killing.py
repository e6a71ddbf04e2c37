"""Processes that are killed in the middle of their work, for the tests of what survives.

A child is forked from the warm test process, says on a pipe how far it has come, and is killed by
SIGKILL after some time, or by itself at its n-th step: a step is a statement, a commit, or
something done with a file.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, event

Tell = Callable[[str], None]
Work = Callable[[Tell], None]

BEGUN, COMMITTING, DONE = "begun", "committing", "done"
_FILE_STEPS = {
    "open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "ctypes.call_function",
}  # fmt: skip
_LONGEST = 300.0


@dataclass
class Ended:
    """What a child had said when it was killed, and of one that got to its end how long its work
    took, in how many steps.
    """

    said: list[str]
    seconds: float
    steps: int = 0

    @property
    def where(self) -> str:
        """How far it had come: `before` its work, `early` in it, at its `commit` or after that, or
        `done`.
        """
        for mark, name in ((DONE, "done"), (COMMITTING, "commit"), (BEGUN, "early")):
            if mark in self.said:
                return name
        return "before"


def run(work: Work, after: float | None = None, step: int | None = None) -> Ended:
    """Forks a child that does the work and then waits. It is killed `after` so many seconds of its
    work, at its `step`, or (both None) when it is done.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, writing, step)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = _said(stream, child, after)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, said
    marks = [line for line, _ in said]
    assert not any(line.startswith("failed") for line in marks), "\n".join(marks)
    times = dict(said)
    steps = [int(line.partition(" ")[2]) for line in marks if line.startswith("steps ")]
    return Ended(marks, times.get(DONE, 0.0) - times.get(BEGUN, 0.0), *steps)


def _said(stream, child: int, after: float | None) -> list[tuple[str, float]]:  # type: ignore[no-untyped-def]
    """The lines of a child with their moments, to its end."""
    said: list[tuple[str, float]] = []
    while line := stream.readline().decode().rstrip("\n"):
        said.append((line, time.perf_counter()))
        if line == BEGUN and after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        if line.startswith(("steps ", "failed")):
            os.kill(child, signal.SIGKILL)
    return said


def _child(work: Work, pipe: int, step: int | None) -> None:
    """The work of the child, which never returns into the tests."""
    signal.alarm(int(_LONGEST))
    counted = -1  # nothing counts before the work has begun

    def tell(mark: str) -> None:
        nonlocal counted
        os.write(pipe, f"{mark}\n".encode())
        if mark == BEGUN:
            counted = 0

    def one_more() -> None:
        nonlocal counted
        counted += counted >= 0
        if counted == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_commit(connection: Connection) -> None:
        if counted >= 0 and connection.get_execution_options().get("dutyclock_writes"):
            tell(COMMITTING)
        one_more()

    try:
        sys.addaudithook(lambda name, _args: one_more() if name in _FILE_STEPS else None)
        for name in ("before_cursor_execute", "after_cursor_execute"):
            event.listen(Engine, name, lambda *_args: one_more())
        event.listen(Engine, "commit", on_commit)
        work(tell)
        steps = counted
        tell(DONE)
        tell(f"steps {steps}")
        signal.pause()
    except BaseException:
        tell(f"failed {traceback.format_exc()}".replace("\n", " | "))
        signal.pause()
    finally:
        os._exit(1)


@dataclass
class Kills:
    """A series of kills of one sort of work, half of them in time and half at steps; where they
    landed.
    """

    name: str
    seed: int
    landed: Counter[str] = field(default_factory=Counter)

    def of(self, work_of: Callable[[int], Work], count: int) -> Iterator[Ended]:
        """Kills the works 1 … `count`; `work_of(0)` is done whole first, to be measured."""
        whole = run(work_of(0))
        yield whole
        chance = random.Random(self.seed)
        for number in range(1, count + 1):
            if number % 2:
                ended = run(work_of(number), after=chance.uniform(0, 1.1 * whole.seconds))
            else:
                ended = run(work_of(number), step=chance.randint(1, whole.steps))
            self.landed[ended.where] += 1
            yield ended

    def report(self) -> str:
        """How many kills, and where."""
        told = ", ".join(f"{where} {count}" for where, count in sorted(self.landed.items()))
        return f"{self.name}: {sum(self.landed.values())} kills ({told})"
