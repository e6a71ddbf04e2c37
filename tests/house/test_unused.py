"""Nothing stands in the house that nobody calls; tests and the bench are no callers."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, nodes
from vulture import Vulture

ROOT = Path(__file__).parents[2]
SWEPT = (
    *(
        "cli.py",
        "problems.py",
        "files.py",
        "rules",
        "data",
        "engine",
        "reports",
        "services",
        "commands",
    ),
    *("samples", "web", "docs/make.py"),
)
BY_DECORATOR = ["@*.command", "@*_validator", "@model_validator", "@field_validator"]
"""What click and pydantic call."""

SENTENCES = "LevelWords.sentences reads every field"
EXPAT = "expat calls it"
DOCX = "python-docx writes it into the document"
BY_OTHERS = {
    **dict.fromkeys(("StartElementHandler", "EndElementHandler"), EXPAT),
    **dict.fromkeys(("StartDoctypeDeclHandler", "XmlDeclHandler"), EXPAT),
    **dict.fromkeys(("CharacterDataHandler", "buffer_text"), EXPAT),
    **dict.fromkeys(("page_height", "page_width", "bottom_margin", "top_margin"), DOCX),
    **dict.fromkeys(("left_margin", "right_margin", "space_after", "space_before"), DOCX),
    **dict.fromkeys(("alignment", "rgb", "first_line_indent", "line_spacing"), DOCX),
    **dict.fromkeys(("line_spacing_rule", "autofit", "page_break_before", "keep_with_next"), DOCX),
    **dict.fromkeys(("recalcBBoxes", "recalcTimestamp"), "fontTools asks it"),
    "ANY_OF": "rule files name it by its value",
    "CLICK_SAYS": "reports.catalogue reads it out of the source",
    "NEXT_WORKDAY": "rule files name it by its value",
    "asked_some_past": SENTENCES,
    "auto_comments": "Babel writes it into the catalogue",
    "closing_letter": SENTENCES,
    "command_class": "click makes commands of it",
    "external_attr": "zipfile writes it",
    "fetch": "WeasyPrint calls it",
    **dict.fromkeys(("context_class", "formatter_class", "write_dl"), "click lays help out by it"),
    "follows": SENTENCES,
    "found_several": SENTENCES,
    "group_class": "click makes groups of it",
    "isolation_level": "sqlite3 reads it",
    "mode": "tarfile writes it",
    "model_config": "pydantic reads it",
    "obj": "click hands it to the commands",
    "on_broken_pipe": "rich calls it",
    "readable": "io asks it",
    "reducer_override": "pickle calls it",
}
"""What else is called from outside, and by whom."""


def shown() -> set[str]:
    """The fields that templates show."""
    words = Environment(extensions=["jinja2.ext.i18n"])
    pages = [words.parse(path.read_text(encoding="utf-8")) for path in ROOT.glob("reports/**/*.j2")]
    return {field.attr for page in pages for field in page.find_all(nodes.Getattr)}


def test_nothing_is_left_that_nobody_calls() -> None:
    sweep = Vulture(ignore_decorators=BY_DECORATOR)
    sweep.scavenge([ROOT / name for name in SWEPT if (ROOT / name).exists()])
    found = sweep.get_unused_code()
    fields = shown()
    left = [
        f"{one.filename.relative_to(ROOT).as_posix()}:{one.first_lineno}: {one.message}"
        for one in found
        if one.name not in BY_OTHERS
        and not (one.name in fields and one.filename.is_relative_to(ROOT / "reports"))
    ]
    assert not left, "\n".join(left)
    assert BY_OTHERS.keys() <= {one.name for one in found}, "something is called after all"
