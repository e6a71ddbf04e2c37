"""What other programs leave in a cell beside what somebody wrote, or instead of it: characters that
nobody sees, errors, formulas without a value, numbers that lost their digits.
"""

from __future__ import annotations

import re

from data.cell_values import shown
from data.dates import Figure
from data.table_shape import CellKind
from problems import Objection, said

_UNSEEN = re.compile("[\u00ad\u115f\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff]")
_ERROR = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|GETTING_DATA|UNKNOWN!|ERROR!)|Err:5[0-9]{2}"
)
_POWER = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")
_FRACTION = re.compile(r"[0-9]{6,}\.[0-9]+")
_EXACT_DIGITS = 15
"""How many digits of a number a spreadsheet keeps."""


class Faulty(str):
    """The text of a cell without a value: a spreadsheet's error (`#N/A`), or a formula (`=A1`) that
    no program has worked out.
    """

    __slots__ = ()


def seen(text: str) -> str:
    """The text without the characters that nobody sees; the same object where it has none."""
    return text if text.isascii() or _UNSEEN.search(text) is None else _UNSEEN.sub("", text)


def is_blank(text: str) -> bool:
    """Whether nobody sees anything in a cell."""
    return not text.strip() or not seen(text).strip()


def untraced(kind: CellKind, text: str, *, is_number: bool = False) -> str:
    """What somebody wrote in a cell; a note keeps what nobody sees in it. Raises Objection where
    that is lost. `is_number`: the column is of digits that stand for something, as a telephone's.
    """
    bare_text = text.strip()
    if isinstance(text, Faulty) and text.startswith("="):
        raise Objection(said("formula_without_value", text=shown(text)), said("save_where_worked"))
    if isinstance(text, Faulty) or _ERROR.fullmatch(bare_text):
        raise Objection(said("cell_is_error", text=shown(text)), said("mend_the_formula"))
    whole = bare_text.partition(".")[0]
    lost = _POWER.fullmatch(bare_text) and (kind != "note" or isinstance(text, Figure))
    if lost or (isinstance(text, Figure) and len(whole) > _EXACT_DIGITS and whole.isdigit()):
        raise Objection(said("number_lost_digits", text=shown(text)), said("format_as_text"))
    if is_number and _FRACTION.fullmatch(bare_text):
        raise Objection(said("number_with_fraction", text=shown(text)), said("format_as_text"))
    return text if kind == "note" else seen(text)
