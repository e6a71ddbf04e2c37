"""Brings the catalogues up to date with the code: `make words`.

It reads every text marked in the code and the templates, and the code of everything that is `said`;
keeps what is put into words, drops what is no longer said, and lists what has no words yet.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from reports.i18n import DOMAIN, LANGS, LOCALE, PROBLEM_DOMAIN, Lang

ROOT = Path(__file__).parent.parent
CHINESE = LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
CLICK = CHINESE.with_name("click.po")
PROBLEMS: dict[Lang, Path] = {
    lang: LOCALE / lang / "LC_MESSAGES" / f"{PROBLEM_DOMAIN}.po" for lang in LANGS
}
SPOKEN = ("cli.py", "data", "reports", "services", "commands", "samples", "web")
SAYING = (
    *("problems.py", "files.py", "cli.py", "rules", "data", "engine", "reports"),
    *("services", "commands", "samples", "web"),
)
MARKS = frozenset({"_", "mark", "say"})
"""Functions whose first argument is a text to translate."""

SOME_DAY = datetime(2024, 1, 1, tzinfo=UTC)
"""Stands in the catalogue's head, so that the same texts give the same bytes."""


NAMES: dict[Lang, str] = {"zh": "Chinese", "en": "English"}

Text = str | tuple[str, str]
"""A text as the code has it; with a plural beside it where the library that says it asks so."""


def _files(tops: Iterable[str], root: Path) -> Iterator[Path]:
    for top in tops:
        at = root / top
        yield from sorted(at.rglob("*")) if at.is_dir() else [at] if at.exists() else []


def texts(root: Path = ROOT) -> Iterator[str]:
    """Every text that is shown to somebody, as often as it is said."""
    for file in _files(SPOKEN, root):
        if file.suffix == ".py":
            yield from texts_of_code(file.read_text(encoding="utf-8"))
        elif file.suffix == ".j2":
            yield from _extracted(file, "jinja2", "_")


def codes(root: Path = ROOT) -> Iterator[str]:
    """The code of everything that is said of a problem, as often as it is said."""
    for file in _files(SAYING, root):
        if file.suffix == ".py":
            yield from _extracted(file, "python", "said")


def _extracted(file: Path, method: str, keyword: str) -> Iterator[str]:
    with file.open("rb") as source:
        for _line, text, _notes, _context in extract(method, source, {keyword: None}):
            yield text if isinstance(text, str) else text[0]


def texts_of_code(code: str) -> Iterator[str]:
    """The marked texts of a Python file, and the help of the commands in it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = node.func
            called = name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
            said = [node.args[0]] if called in MARKS and node.args else []
            said += [given.value for given in node.keywords if given.arg == "help"]
            for value in said:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
        elif isinstance(node, ast.FunctionDef) and _is_command(node):
            yield " ".join((ast.get_docstring(node) or "").split())


def _is_command(node: ast.FunctionDef) -> bool:
    """Whether a function is a command: its docstring is help then."""
    for line in node.decorator_list:
        called = line.func if isinstance(line, ast.Call) else line
        if isinstance(called, ast.Attribute) and called.attr in ("command", "group"):
            return True
    return False


def click_texts(root: Path = ROOT) -> list[Text]:
    """What click says itself, as `commands/help/click_words.py` lists it."""
    code = (root / "commands" / "help" / "click_words.py").read_text(encoding="utf-8")
    for node in ast.parse(code).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "CLICK_SAYS":
            assert node.value is not None
            return list(ast.literal_eval(node.value))
    return []


def renewed(path: Path = CHINESE, root: Path = ROOT) -> Catalog:
    """The catalogue of today's texts with the translations that `path` has for them."""
    return _renewed(path, texts(root))


def renewed_click(path: Path = CLICK, root: Path = ROOT) -> Catalog:
    """The catalogue of what click says, renewed likewise."""
    return _renewed(path, click_texts(root))


def renewed_problems(lang: Lang, root: Path = ROOT) -> Catalog:
    """The catalogue of what problems say, by their codes, with the English as a comment."""
    fresh = _renewed(PROBLEMS[lang], codes(root), lang)
    if lang != "en":
        for one in renewed_problems("en", root):
            if one.id and isinstance(one.string, str):
                fresh[one.id].auto_comments = [one.string]
    return fresh


class _Catalog(Catalog):
    """A catalogue whose head names no version of Babel, so that every version writes the same."""

    @property  # type: ignore[misc]
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the head, by name, but for the one that names the library."""
        return [one for one in super().mime_headers if one[0] != "Generated-By"]


def _renewed(path: Path, said: Iterable[Text], lang: Lang = "zh") -> Catalog:
    known = Catalog(locale=lang)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=lang)
    fresh = _Catalog(
        locale=lang,
        domain=path.stem,
        project="dutyclock",
        version="",
        header_comment=f"# {NAMES[lang]} for the texts of dutyclock.",
        creation_date=SOME_DAY,
        revision_date=SOME_DAY,
        last_translator="the dutyclock authors",
        language_team="",
        fuzzy=False,
    )
    for text in sorted(set(said) - {""}, key=_in_order):
        old = known.get(text)
        fresh.add(text, old.string if old is not None else "")
    return fresh


def _in_order(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts and codes that have no words yet, sorted."""
    return sorted(
        one.id if isinstance(one.id, str) else one.id[0]
        for one in catalogue
        if one.id and not (one.string if isinstance(one.string, str) else all(one.string or ()))
    )


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it."""
    out = io.BytesIO()
    write_po(out, catalogue, no_location=True, sort_output=True, width=98)
    return out.getvalue()


def main() -> int:
    """Writes the files; 1 when something is not translated yet."""
    missing: list[str] = []
    for path, catalogue in (
        (CHINESE, renewed()),
        *((PROBLEMS[lang], renewed_problems(lang)) for lang in LANGS),
        (CLICK, renewed_click()),
    ):
        path.write_bytes(as_po(catalogue))
        missing += untranslated(catalogue)
    for text in missing:
        print(f"not in words yet: {text}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
