"""What a page was worked out from: its day, what was known, and the hashes of its rules."""

from __future__ import annotations

from datetime import date

from reports.figures import NOTHING
from reports.i18n import Lang, mark, translator
from rules.rulebook import Hashes

EVERYTHING = mark("everything in the store")

_PROOFS = {
    (False, False): mark(
        "Proof: audit day {as_of}, rules {rules}, rulings {rulings}, calendar {calendar}"
    ),
    (True, False): mark(
        "Proof: audit day {as_of}, known {known}, rules {rules}, rulings {rulings}, "
        "calendar {calendar}"
    ),
    (True, True): mark(
        "Proof: audit day {as_of}, known {known}, rules {rules}, rulings {rulings}, "
        "calendar {calendar}, policy {policy}"
    ),
}
"""The sentence, by whether it tells the day of knowledge and the alert policy."""


def proof_line(
    as_of: date, hashes: Hashes, lang: Lang = "zh", *, known: str = "", policy: str = ""
) -> str:
    """The line at the foot of a paper; `known` are the words of `known_text`."""
    return translator(lang)(_PROOFS[known != "", policy != ""]).format(
        as_of=as_of.isoformat(), known=known, policy=short(policy), **_short_hashes(hashes)
    )


def known_text(known_on: date | None, lang: Lang = "zh") -> str:
    """The day of knowledge, or that everything in the store is known."""
    return known_on.isoformat() if known_on else translator(lang)(EVERYTHING)


def hashes_line(hashes: Hashes, lang: Lang = "zh") -> str:
    """The hashes of rules, rulings and calendar alone."""
    said = translator(lang)(mark("rules {rules}, rulings {rulings}, calendar {calendar}"))
    return said.format(**_short_hashes(hashes))


def _short_hashes(hashes: Hashes) -> dict[str, str]:
    return {name: short(getattr(hashes, name)) for name in ("rules", "rulings", "calendar")}


def short(digest: str) -> str:
    """As much of a hash as tells it apart; — where there is none."""
    return digest[:8] or NOTHING
