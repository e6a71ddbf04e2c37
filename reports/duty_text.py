"""One duty in plain words, with its clause: what `dutyclock rules show` prints."""

from __future__ import annotations

from reports.i18n import Lang, translator
from rules.duty import Duty
from rules.rulebook import Rulebook
from rules.wording import duty_in_words, measure_in_words


def duty_text(rulebook: Rulebook, duty: Duty, lang: Lang = "zh") -> str:
    """The duty line by line: title, sentence, measure, clauses with quotes, validity, notes."""
    _ = translator(lang)
    colon = ": " if lang == "en" else "："
    document = rulebook.documents[duty.document]
    lines = [
        f"{duty.id}  {duty.title}",
        duty_in_words(duty, lang, rulebook.vocabulary),
        f"{_('measure')}{colon}{measure_in_words(duty.frequency, lang)}",
        f"{_('document')}{colon}《{document.title}》{_bracketed(document.number)}",
        f"{_('in force')}{colon}{duty.valid.first or document.first}.."
        f"{duty.valid.last or document.last or ''}",
    ]
    for source in duty.sources:
        lines.append(f"{_('clause')}{colon}{source.clause}")
        lines.append(f"  “{source.quote}”")
    for name, departments in (
        (_("watched by"), duty.holder.supervised_by),
        (_("responsible departments"), duty.holder.responsible),
        (_("supporting departments"), duty.holder.supporting),
    ):
        if departments:
            lines.append(f"{name}{colon}{'、'.join(departments)}")
    for ruling in rulebook.rulings:
        if ruling.duty == duty.id:
            words = measure_in_words(ruling.frequency, lang)
            said = f"{ruling.since} {words} ({ruling.author}, {ruling.document})"
            lines.append(f"{_('ruling')}{colon}{said}")
    if duty.note:
        lines.append(f"{_('note')}{colon}{duty.note}")
    return "\n".join(lines)


def _bracketed(number: str | None) -> str:
    return f"（{number}）" if number else ""
