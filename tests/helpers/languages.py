"""Which English words stand in a Chinese text that its reader neither typed nor has in a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Set

from data.import_columns import TABLES
from problems import Problem
from reports.problem_words import in_words
from rules.schema import document_schema, rule_schema

_HIS_OWN = re.compile(
    r"“[^”]*”|'[^']*'|\"[^\"]*\""  # what is quoted is his own word, or one that he is to type
    r"|\{\{.*?\}\}|\{[^{}]*\}|\[[^\]]*\]|\b[a-z_]+: [\w ]+"  # a piece of a rule file
    r"|--[\w-]+(?: [\w.]+)?|\bdutyclock(?: [a-z-]+)*|\bwhy \S+"  # a command
    r"|[\w{}]*\.[a-z]+\b|\w+://\S+|\?\S+|\S*/\S+|\b[0-9a-fA-F]{12,}\b"  # a file, an address, a hash
    r"|\b\d{4}-\w+"  # a label
)
_NAMES = frozenset(
    {
        *("ADBC", "Asia", "Big5", "CSV", "Debian", "GB18030", "HTML", "HH", "JSON", "MM", "SS"),
        *("MB", "Markdown", "NUL", "PDF", "Pango", "PostgreSQL", "Python", "SHA", "SQLite"),
        *("Schema", "Tab", "UTF", "UTF8", "Ubuntu", "WPS", "WeasyPrint", "Windows", "Word"),
        *("YAML", "YYYY", "DD", "docxtpl", "fsspec", "pypdfium2", "builtin", "durable", "rules"),
        *("DUTYCLOCK_BY", "DUTYCLOCK_DB", "DUTYCLOCK_FACES", "DUTYCLOCK_OFFICE"),
        "records_from",
    }
)
"""What has no Chinese name."""

_OF_RULE_FILES = {"add_source", "add_within", "give_campaign_days"}
_OF_INSTALLING = {"create_database_first", "create_schema_first", "engine_missing"}
_OF_INSTALLING |= {"install_papers_extra", "install_weasyprint", "make_schema_first"}
_OF_HASHES = {"sha256_form"}
WHAT_IS_TYPED = _OF_RULE_FILES | _OF_INSTALLING | _OF_HASHES
"""Codes whose sentences show what is to be typed, without quotation marks."""


def english_in(text: str) -> list[str]:
    """Such words, in their order."""
    words = re.findall(r"[A-Za-z]\w*", _HIS_OWN.sub(" ", text))
    return [one for one in words if one not in _NAMES]


_OF_OTHERS = frozenset({"how", "reason", "why"})
"""Values that are a sentence of another program."""

MOST = 5
"""How many problems of one code and hint are looked at in a run of tests."""


class Heard:
    """The problems that anybody raised, some of each kind."""

    def __init__(self) -> None:
        self._some: dict[tuple[str, str], list[Problem]] = defaultdict(list)

    def take(self, problems: Iterable[Problem]) -> None:
        """Remembers them."""
        for one in problems:
            some = self._some[one.code, one.hint.code if one.hint else ""]
            if len(some) < MOST and not _OF_OTHERS & dict(one.said.values).keys():
                some.append(one)

    def english(self) -> list[str]:
        """The Chinese sentences that are not all Chinese, but for the words of rules and tables."""
        typed = _words_of_rules() | {
            name for table in TABLES.values() for name in (table.name, *table.known)
        }
        said = {
            in_words(text)
            for some in self._some.values()
            for one in some
            for text in (one.said, one.hint)
            if text is not None and text.code not in WHAT_IS_TYPED
        }
        return sorted(text for text in said if _half_english(text, typed))


def _words_of_rules() -> set[str]:
    found: set[str] = set()
    todo: list[object] = [rule_schema(), document_schema()]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("properties", "$defs"):
                    found.update(value)
                if key in ("enum", "const"):
                    found.update(map(str, value if isinstance(value, list) else [value]))
                todo.append(value)
        elif isinstance(node, list):
            todo.extend(node)
    return found


def _half_english(text: str, typed: Set[str]) -> bool:
    """Whether words stand in it that are none of those, two beside each other or one within."""
    plain = _HIS_OWN.sub(" ", text)
    beside = re.findall(r"[a-z]{2,} [a-z]{2,}", plain)
    within = re.findall(r"(?<=[\u4e00-\u9fff])[a-z]{3,}", plain)
    return bool(beside or set(within) - typed)
