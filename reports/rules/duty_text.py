"""One duty in plain words, with its clause: what `dutyclock rules show` prints."""

from __future__ import annotations

from collections.abc import Iterator

from reports.i18n import Lang, translator
from reports.rules.example_words import example_text
from reports.rules.rule_words import SHAPES, RuleWords
from rules.duty import Duty
from rules.rulebook import Rulebook
from rules.wording import measure_in_words


def duty_text(rulebook: Rulebook, duty: Duty, lang: Lang = "zh") -> str:
    """The duty line by line: who, what, how often, every place that says it, notes, examples."""
    return "\n".join(_lines(rulebook, duty, lang))


def _lines(rulebook: Rulebook, duty: Duty, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    colon = _(": ")
    words = RuleWords(rulebook, lang).duty(duty)
    document, part = rulebook.documents[duty.document], rulebook.lists[duty.id.rpartition(".")[0]]
    yield f"{duty.id}  {duty.title}"
    number = _(" ({number})").format(number=document.number) if document.number else ""
    yield f"{_('document')}{colon}《{document.title}》{number}"
    place = _(" ({number})").format(number=part.place) if part.place else ""
    yield f"{_('list')}{colon}{part.name}{place}"
    yield f"{_('owed by')}{colon}{words.holder}"
    shape = SHAPES[duty.frequency.shape].in_(lang)
    mark = words.mark if words.mark not in ("", shape) else ""
    said = _("; ").join(one for one in (shape, mark) if one and one != words.measure)
    said = _(" ({number})").format(number=said) if said else ""
    yield f"{_('measure')}{colon}{words.measure}{said}"
    if words.acts:
        yield f"{_('what counts')}{colon}{words.acts}"
    yield f"{_('in force')}{colon}{words.days}"
    for source in duty.sources:
        other = rulebook.documents.get(source.document or "")
        home = f"《{other.title}》" if other else ""
        yield f"{_('clause')}{colon}{home}{source.clause}"
        yield f"  “{source.quote}”"
    for name, departments in (
        (_("watched by"), words.watched_by),
        (_("responsible departments"), words.responsible),
        (_("supporting departments"), words.supporting),
    ):
        if departments:
            yield f"{name}{colon}{departments}"
    if duty.replaces:
        yield f"{_('takes the place of')}{colon}{duty.replaces}"
    for one in rulebook.duties:
        if one.replaces == duty.id:
            yield f"{_('its place is taken by')}{colon}{one.id}"
    for ruling in rulebook.rulings:
        if ruling.duty.partition("#")[0] == duty.id:
            measure = measure_in_words(ruling.frequency, lang, rulebook.vocabulary)
            which = ruling.duty.removeprefix(duty.id)
            said = f"{ruling.since} {which} {measure}".replace("  ", " ")
            yield f"{_('ruling')}{colon}{said} ({ruling.author}, {ruling.document})"
    if duty.note:
        yield f"{_('note')}{colon}{duty.note}"
    for number_, example in enumerate(duty.examples, start=1):
        yield f"{_('example {number}').format(number=number_)}{colon}{example_text(example, lang)}"
