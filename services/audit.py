"""An audit: every obligation of a span, judged; kept, and put on a page."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from data.keeping.kept_audits import keep_audit
from data.likeness import near_ids
from data.store.journal import Doing
from engine.alerting.matters import periods_running
from engine.calendar.periods import Period
from engine.counting.fast import audit_summary
from engine.judging.asked import AskedVerdicts
from engine.judging.audit import Judged, audit_of, default_span
from engine.judging.verdict import Audit, State
from engine.judging.world import World
from problems import BadInput, Place, Problem, said
from reports.audit.as_json import audit_json
from reports.audit.overview import Overview, overview_from_columns, overview_of
from reports.audit.verdict_table import verdicts_csv
from reports.i18n import Lang
from reports.jsonio import json_text
from reports.month.tables import month_html
from reports.names import Names
from rules.rulebook import Rulebook
from services.look import Look, Progress, When, looks, no_such_unit
from services.naming import NameResolver, documents_named
from services.office import Office, done_at, office_rulebook, rule_files_of, store_of
from services.papers import templates_of


@dataclass(frozen=True)
class Question:
    """What an audit is asked: the day, the day of knowledge, the span, and whose verdicts."""

    as_of: date
    known_on: date | None = None
    span: str | None = None
    unit: str | None = None
    document: str | None = None

    @property
    def when(self) -> When:
        """The days that are asked about; the moment of asking plays no part."""
        return When(datetime.combine(self.as_of, time()), self.as_of, self.known_on)

    def as_json(self) -> dict[str, str | None]:
        """The question as plain values, as a kept audit stores it."""
        return {
            "as_of": self.as_of.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "span": self.span,
            "unit": self.unit,
            "document": self.document,
        }

    @classmethod
    def of_json(cls, asked: Any) -> Question:
        """The question of a kept audit."""
        known_on = asked["known_on"]
        return cls(
            date.fromisoformat(asked["as_of"]),
            date.fromisoformat(known_on) if known_on else None,
            asked["span"],
            asked["unit"],
            asked["document"],
        )


@dataclass(frozen=True)
class Answer:
    """What was judged in which world (every verdict, or those alone that the audit tells), and the
    audit of the span in it.
    """

    question: Question
    rulebook: Rulebook
    world: World
    judged: tuple[Judged, ...]
    found: Audit
    entry: int


@dataclass(frozen=True)
class Audited:
    """What an audit's page tells, with the names on it; and every verdict (None: in a large store
    they were only counted, which says the same).
    """

    overview: Overview
    names: Names
    whole: Answer | None


def audit(
    office: Office,
    question: Question,
    *,
    counts: bool = False,
    history: bool = False,
    progress: Progress | None = None,
) -> Audited:
    """Every obligation of the span, judged; where `counts` are enough, those of a large store are
    counted alone. With `history` also all that came before, as papers tell it. Raises BadInput.
    """
    store, rulebook = store_of(office), office_rulebook(office)
    question = _with_ids(question, NameResolver(store, rulebook))
    with closing(looks(store, rulebook, question.when, counts=counts)) as ways:
        it = next(ways)
        names = Names(it.records, it.rulebook.vocabulary)
        if it.feed is None:
            whole = answer_from(it, question, progress, history=history)
            return Audited(overview_of(whole.found, names), names, whole)
        counted = audit_summary(
            it.rulebook,
            it.records,
            it.feed,
            question.as_of,
            span=_span(it, question),
            unit=question.unit,
            document=question.document,
        )
        return Audited(overview_from_columns(counted, names), names, None)


def _with_ids(question: Question, naming: NameResolver) -> Question:
    """The question with ids for names: a kept audit is asked the same, whoever is renamed."""
    unit, document = question.unit, question.document
    asked = replace(
        question,
        unit=unit and naming.unit(unit),
        document=document and naming.document(document),
    )
    naming.check()
    return asked


def answer_from(
    it: Look, question: Question, progress: Progress | None = None, *, history: bool = False
) -> Answer:
    """The same audit, from what was read already."""
    span, unit, document = _span(it, question), question.unit, question.document
    if span is not None:
        it = it.ahead(span)
    as_of = it.world.as_of
    asked = None if history else AskedVerdicts(span or default_span(as_of), as_of)
    judged = it.judged(unit=unit, document=document, asked=asked, progress=progress)
    found = audit_of(
        it.world, judged, known_on=question.known_on, span=span, unit=unit, document=document
    )
    return Answer(question, it.rulebook, it.world, tuple(judged), found, it.entry)


def _span(it: Look, question: Question) -> Period | None:
    """The span that was typed. Raises BadInput for it, and for a unit or document nobody knows."""
    units, documents = it.records.units, it.rulebook.documents
    unit, document = question.unit, question.document
    problems = []
    if unit is not None and unit not in units:
        problems.append(no_such_unit(unit, units))
    if document is not None and document not in documents:
        hint = near_ids(document, documents_named(it.rulebook), said("name"))
        unknown = said("no_such_document", document=document)
        problems.append(Problem(Place("--document"), unknown, hint))
    if problems:
        raise BadInput(problems)
    return it.span(question.span, unit) if question.span else None


def keep_answer(office: Office, it: Answer, doing: Doing) -> int:
    """Keeps the audit with the rule files that it ran on, to be proved later; its number."""
    whole = audit_json(it.found)
    store = store_of(office)
    done = done_at(doing, store)
    return keep_audit(
        store,
        asked={**it.question.as_json(), "entry": it.entry},
        hashes=whole["hashes"],
        checksum=checksum(it.found),
        unmet=[one for one in whole["verdicts"] + whole["arrears"] if one["state"] != State.MET],
        doing=done,
        files=rule_files_of(office, it.rulebook),
    )


def checksum(found: Audit) -> str:
    """SHA-256 over every verdict of an audit, as it is printed."""
    whole = audit_json(found)
    text = json_text([whole["verdicts"], whole["arrears"]])
    return hashlib.sha256(text.encode()).hexdigest()


def month_page(office: Office, it: Answer, lang: Lang) -> str:
    """The tables of the span as a page to print, by the office's own template where it has one."""
    templates = templates_of(office)
    history = [one.verdict for one in it.judged]
    return month_html(it.world, it.found, lang, templates, history=history)


def verdict_table(it: Answer, lang: Lang) -> str:
    """The verdicts of the span as CSV, each with how many periods in a row are unmet."""
    running = periods_running([one.verdict for one in it.judged])
    vocabulary = it.rulebook.vocabulary
    return verdicts_csv(
        it.found.verdicts, it.world.records, lang, vocabulary=vocabulary, running=running
    )
