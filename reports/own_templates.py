"""Papers filled in: by the shipped templates here, by an office's own in a process of its own.

Whoever may write into an office's folder need not be trusted with the machine. Its templates see
nothing but the values of a paper (Jinja's sandbox), read no file outside of their folder, and have
limits of time, memory and size; what goes wrong in one is a problem with its file and line.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from files import other_kind
from problems import BadInput, Bare, Place, Problem, Said, bare, said
from reports.i18n import Lang
from reports.render import environment, rendered

CHILD = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from reports.template_process import main
main()
"""
"""What the other process runs: it finds the same modules as this one."""


@dataclass(frozen=True)
class Limits:
    """What one paper may cost that an office's template makes: seconds of the processor, megabytes
    of memory beside what the program needs itself, and characters of the paper.
    """

    seconds: int = 20
    megabytes: int = 512
    characters: int = 20_000_000


LIMITS = Limits()
LONGEST_TEMPLATE = 1_000_000
"""How many bytes a template may have."""
_PATIENCE = 30
"""How many times its seconds a paper may take on a clock, where the machine does other work too."""


@dataclass(frozen=True)
class PaperToFill:
    """What is to be filled in: the first template of `names` that there is, with the `values`."""

    names: tuple[str, ...]
    values: Mapping[str, Any]


def filled(
    papers: Sequence[PaperToFill], lang: Lang = "zh", templates: Path | None = None
) -> list[str]:
    """The text of each paper; a template in the folder `templates` goes before the shipped one.

    Raises BadInput where one of these does not work, with its file and line.
    """
    if templates is not None:
        return _filled_apart(papers, lang, templates, LIMITS)
    made = environment(lang)
    return [rendered(made, list(paper.names), **paper.values) for paper in papers]


def page_filled(name: str, lang: Lang, templates: Path | None, **values: Any) -> str:
    """The same of a single paper."""
    return filled([PaperToFill((name,), values)], lang, templates)[0]


def hindrance(path: Path, folder: Path) -> Said | None:
    """Why a file of the folder of templates is not read; None where it may be, or is not there."""
    if not os.path.lexists(path):
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        return said("link_leads_out", folder=folder.name)
    if other_kind(path) is not None:
        return said("template_is_no_file")
    if path.stat().st_size > LONGEST_TEMPLATE:
        return said("template_too_long", most=LONGEST_TEMPLATE)
    return None


def _filled_apart(
    papers: Sequence[PaperToFill], lang: Lang, templates: Path, limits: Limits
) -> list[str]:
    asked = pickle.dumps((lang, templates, papers, limits))
    command = [sys.executable, "-I", "-c", CHILD, json.dumps(sys.path)]
    done, is_late = _run(command, asked, limits.seconds * _PATIENCE * max(1, len(papers)))
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.endswith(b"}")]
    texts = [one["text"] for one in answers if "text" in one]
    wrong = next((one for one in answers if "wrong" in one), None)
    if wrong is not None:
        raise _fails(Place(wrong["file"], wrong["line"]), _reason(wrong["wrong"]))
    if len(texts) == len(papers) and done.returncode == 0:
        return texts
    if is_late or done.returncode < 0:
        # Ended from outside, in the middle of the next paper.
        names = [templates / name for name in papers[len(texts)].names]
        place = Place(str(next((path for path in names if path.exists()), templates)))
        raise _fails(place, said("template_takes_long", seconds=limits.seconds))
    raise RuntimeError(done.stderr.decode("utf-8", "replace"))


def _run(
    command: Sequence[str], asked: bytes, seconds: int
) -> tuple[subprocess.CompletedProcess[bytes], bool]:
    """How it ended, and whether it had to be ended because it took too long."""
    try:
        done = subprocess.run(
            command, input=asked, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        told = late.stdout or b""
        return subprocess.CompletedProcess(command, -1, told, late.stderr or b""), True
    return done, False


def _reason(told: str | Mapping[str, Any]) -> Said | Bare:
    """What the other process said: a code with its values, or a library's own sentence."""
    return bare(told) if isinstance(told, str) else Said(told["code"], (*told["values"].items(),))


def _fails(place: Place, reason: Said | Bare) -> BadInput:
    failed = said("template_fails", reason=reason)
    return BadInput([Problem(place, failed, said("shipped_template_works"))])
