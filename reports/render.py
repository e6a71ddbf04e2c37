"""Templates into text: those that are shipped, and what an office has of its own before them.

A missing name fails, HTML is escaped, and the same values give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup, escape

from data.disk_names import is_reserved
from reports.harmless import harmless
from reports.i18n import Lang, translator

SHIPPED: dict[str, Path] = {path.name: path for path in Path(__file__).parent.rglob("*.j2")}
"""The shipped templates by name. Each lies beside its paper; no two have one name."""

_UNITS = "年|月|日|天|次|项|个|条|期|号|周|旬|节|台|家|批次|小时|名|份|%"
_RUNS = re.compile(rf"〔[^〕]*〕\s*\d+号|\d[\d.,:/]*(?:{_UNITS})?|[A-Za-z][A-Za-z0-9_.\-]*")


def environment(
    lang: Lang = "zh", kind: type[Environment] = Environment, own: BaseLoader | None = None
) -> Environment:
    """Where templates come from, and what stands ready in them: `_`, and the filter `figures`.

    What `own` loads goes before what is shipped.
    """
    shipped = [FileSystemLoader(folder) for folder in sorted({p.parent for p in SHIPPED.values()})]
    made = kind(
        loader=ChoiceLoader([own, *shipped] if own else shipped),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["_"] = translator(lang)
    made.globals["lang"] = lang
    made.filters["figures"] = figures
    return made


def figures(text: object) -> Markup:
    """The text with each number held to its unit, and kept from growing the line.

    Latin digits in a Chinese line stand in a box without height. FORMATS, section 7.
    """
    parts: list[str] = []
    at = 0
    for found in _RUNS.finditer(str(text)):
        parts.append(str(escape(str(text)[at : found.start()])))
        sort = "w" if found[0][0].isalpha() and len(found[0]) > 12 else "n"
        parts.append(f'<span class="{sort}">{escape(found[0])}</span>')
        at = found.end()
    parts.append(str(escape(str(text)[at:])))
    return Markup("".join(parts))


def rendered(made: Environment, names: list[str], **values: Any) -> str:
    """The first template of these that there is, filled in and tidied."""
    return tidied(made.select_template(names).render(**values))


def tidied(text: str) -> str:
    """The text of a paper: harmless, no blank at a line's end, and one line break at its end."""
    lines = [line.rstrip() for line in harmless(text).splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def safe_name(text: str, taken: set[str]) -> str:
    """A file name for every system, alike at every run; `taken` holds the names already given.

    Letters of every script stay; whatever else there was is told apart by a short hash.
    """
    plain = unicodedata.normalize("NFC", text)
    name = re.sub(r"[^\w.-]+", "-", plain).strip("-.") or "x"
    tail = f"-{hashlib.sha256(plain.encode()).hexdigest()[:6]}"
    if is_reserved(name):
        name = f"x-{name}"
    if name != plain or len(name) > 60:
        name = name[:60].strip("-.") + tail
    if name.casefold() in taken:
        name += tail if not name.endswith(tail) else f"-{len(taken)}"
    taken.add(name.casefold())
    return name


def put(path: Path, text: str) -> Path:
    """Writes the text as it is, on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
