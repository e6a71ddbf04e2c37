"""One duty in plain words, with its clause: what `dutyclock rules show` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from engine.judging.verdict import State
from reports.codes import STATES
from reports.i18n import Lang, translator
from reports.rules.rule_words import SHAPES, RuleWords
from rules.duty import Duty, Example
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


def example_text(example: Example, lang: Lang = "zh") -> str:
    """A worked example in one line: the day, what is done and given, and what comes of it."""
    _ = translator(lang)
    comma = _(", ")
    done = comma.join(_done(one) for one in example.done) or _("nothing")
    given = comma.join(f"{key} {_plain(value)}" for key, value in example.world.items())
    states = {state.value: STATES[state].in_(lang) for state in State}
    expected = comma.join(
        f"{label} {states.get(state, state)}" for label, state in example.expect.items()
    )
    parts = [
        example.name or "",
        _("on {day}").format(day=example.as_of),
        _("done {acts}").format(acts=done),
        given,
    ]
    return _("; ").join(part for part in parts if part) + f" → {expected}"


def _done(one: date | dict[str, Any]) -> str:
    if not isinstance(one, dict):
        return str(one)
    day = str(one.get("day", ""))
    rest = " ".join(f"{key}={_plain(value)}" for key, value in one.items() if key != "day")
    return f"{day} [{rest}]" if rest else day


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_plain(one) for one in value) + "]"
    return str(value)
