"""Verdicts as a table for a spreadsheet: one line each. Source: FORMATS, section 4."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction

from data.formulas import guarded_row
from data.records import Activity, Records
from engine.judging.verdict import State, Verdict
from reports.audit.statistics import made_up_amount
from reports.codes import exempt_word, flag_words, light_word, state_word
from reports.figures import NOTHING, number, percent
from reports.harmless import harmless
from reports.i18n import Lang, mark, translator
from reports.names import Names
from rules.vocabulary import Vocabulary
from rules.wording import measure_in_words

VERDICT_COLUMNS = (
    mark("No."),
    mark("unit"),
    mark("person"),
    mark("post"),
    mark("post class"),
    mark("duty"),
    mark("measure"),
    mark("period"),
    mark("due"),
    mark("required"),
    mark("done"),
    mark("made up"),
    mark("short"),
    mark("on time"),
    mark("light"),
    mark("state"),
    mark("days overdue"),
    mark("periods running"),
    mark("last done"),
    mark("evidence"),
    mark("remarks"),
    mark("clause"),
    mark("obligation"),
)


def verdicts_csv(
    verdicts: Sequence[Verdict],
    records: Records,
    lang: Lang = "zh",
    *,
    vocabulary: Vocabulary | None = None,
    running: Mapping[str, int] | None = None,
) -> str:
    """The verdicts in the order of units and posts, with a byte order mark for spreadsheets.

    `running` says how many periods of its duty and holder in a row are unmet, by verdict id.
    """
    names = Names(records, vocabulary)
    _ = translator(lang)
    acts = {act.activity: act for act in records.activities}
    rows = [[_(column) for column in VERDICT_COLUMNS]]
    for at, verdict in enumerate(sorted(verdicts, key=names.order_of), 1):
        rows.append([str(at), *_row(verdict, names, acts, lang, running or {})])
    return csv_text(rows)


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV with a byte order mark; no cell harms, or begins as a formula would."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(guarded_row(map(harmless, row)) for row in rows)
    return "\ufeff" + out.getvalue()


def _row(
    verdict: Verdict,
    names: Names,
    acts: Mapping[str, Activity],
    lang: Lang,
    running: Mapping[str, int],
) -> list[str]:
    rate = None
    if verdict.is_due:
        rate = percent(Fraction(verdict.state is State.MET))
    remarks = [exempt_word(verdict.reason, lang), flag_words(verdict.flags, lang)]
    return [
        names.unit(verdict.unit),
        names.holder_person(verdict),
        names.holder_post(verdict),
        names.post_classes(verdict),
        verdict.duty.title,
        measure_in_words(verdict.measure, lang),
        verdict.called,
        verdict.due.isoformat() if verdict.due else "",
        number(verdict.required),
        number(verdict.done),
        number(made_up_amount(verdict, acts)),
        number(verdict.shortfall),
        rate or NOTHING,
        light_word(verdict.light, lang),
        state_word(verdict.state, lang),
        str(verdict.days_overdue) if verdict.days_overdue else "",
        str(running[verdict.id]) if running.get(verdict.id) else "",
        last_done(verdict, acts),
        evidence_text([verdict], acts, lang),
        ("；" if lang == "zh" else "; ").join(part for part in remarks if part),
        verdict.duty.clause,
        verdict.id,
    ]


def last_done(verdict: Verdict, acts: Mapping[str, Activity]) -> str:
    """The day of the last act that counts, or nothing."""
    days = [acts[item.activity].day for item in verdict.counted]
    return max(days).isoformat() if days else ""


_MOST_FILES = 2


def evidence_text(verdicts: Sequence[Verdict], acts: Mapping[str, Activity], lang: Lang) -> str:
    """Whether all, some or none of what counts has evidence, with the names of its first files;
    — where nothing counts.
    """
    _ = translator(lang)
    counted = [acts[item.activity] for one in verdicts for item in one.counted]
    if not counted:
        return NOTHING
    with_it = [bool(act.proofs) for act in counted]
    word = _("yes") if all(with_it) else _("some") if any(with_it) else _("no")
    files = list(dict.fromkeys(file.name for act in counted for file in act.files))
    if not files:
        return word
    told = _(", ").join(files[:_MOST_FILES])
    if len(files) > _MOST_FILES:
        more = len(files) - _MOST_FILES
        told = _("{these} and {count} more").format(these=told, count=more)
    return word + _(" ({number})").format(number=told)
