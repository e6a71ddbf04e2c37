"""Which English words stand in a Chinese text that its reader neither typed nor has in a file."""

from __future__ import annotations

import re

_HIS_OWN = re.compile(
    r"“[^”]*”|'[^']*'|\"[^\"]*\""  # what is quoted is his own word, or one that he is to type
    r"|\{\{.*?\}\}|\{[^{}]*\}|\[[^\]]*\]|\b[a-z_]+: [\w ]+"  # a piece of a rule file
    r"|--[\w-]+(?: [\w.]+)?|\bdutyclock(?: [a-z-]+)*|\bwhy \S+"  # a command
    r"|[\w{}]*\.[a-z]+\b|\w+://\S+|\?\S+|\S*/\S+|\b[0-9a-f]{12,}\b"  # a file, an address, a hash
    r"|\b\d{4}-\w+"  # a label
)
_NAMES = frozenset(
    {
        *("ADBC", "Asia", "Big5", "CSV", "Debian", "GB18030", "HTML", "HH", "JSON", "MM", "SS"),
        *("MB", "Markdown", "NUL", "PostgreSQL", "Python", "SHA", "SQLite", "Schema", "Tab"),
        *("UTF", "UTF8", "Ubuntu", "WPS", "Windows", "Word", "YAML", "YYYY", "DD", "fsspec"),
        *("DUTYCLOCK_BY", "DUTYCLOCK_DB", "DUTYCLOCK_OFFICE", "builtin", "durable", "rules"),
        "records_from",
    }
)
"""What has no Chinese name."""


def english_in(text: str) -> list[str]:
    """Such words, in their order."""
    words = re.findall(r"[A-Za-z]\w*", _HIS_OWN.sub(" ", text))
    return [one for one in words if one not in _NAMES]
