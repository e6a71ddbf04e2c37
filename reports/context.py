"""What templates are given: plain values, each with its help. A template decides nothing.

An office that writes its own templates reads the help of every field here; a name that is not
among them fails when it is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def described(help: str) -> Any:
    """A field with its help."""
    return field(metadata={"help": help})


@dataclass(frozen=True)
class Law:
    """On whose word: one clause of a document."""

    title: str = described("the document's title, without marks")
    number: str = described("its number (文号); empty where it has none")
    clause: str = described("the clause")
    quote: str = described("the clause's own words, as the document has them")


@dataclass(frozen=True)
class NoticeRow:
    """One obligation in a notice's table."""

    no: int = described("its number in the table, from 1")
    verdict: str = described("the obligation's id, for `dutyclock why`")
    person: str = described("who owes it; — where nobody is named")
    post: str = described("the post; — for a unit")
    duty: str = described("what is owed")
    period: str = described("the period it is about")
    measure: str = described("how often or by when, in words")
    required: str = described("how much is owed, with what is counted")
    done: str = described("how much counts")
    short: str = described("how much is short")
    due: str = described("the day by which it is or was due, with the hour that the clause names")
    days_overdue: str = described("days since then; — while it is not overdue")
    clause: str = described("the clause")
    state: str = described("the state in words")
    light: str = described("the colour's word")
    colour: str = described("the colour's code: red, yellow, green, blue, grey, white")
    missing: str = described("the members not reached; empty where none is asked for")
    remarks: str = described("flags in words, and whether the person has left the post")
    why: str = described("the command that explains it as of the same day")


@dataclass(frozen=True)
class RefusedRow:
    """A record that does not count, and why."""

    activity: str = described("the record's id")
    day: str = described("its day")
    what: str = described("kind, role, who and subjects")
    reasons: str = described("why it does not count, in words")
    about: str = described("the duty and period that it was looked at for")


@dataclass(frozen=True)
class Notice:
    """One paper to one addressee."""

    lang: str = described("zh or en")
    level: str = described("the level of the ladder: tip, remind …")
    form: str = described("slip, letter or red_head")
    paper: str = described("what the paper is called (文种)")
    title_lines: tuple[str, ...] = described(
        "the title, a line each, at most 20 characters where it can"
    )
    mark: str = described("the sender's name at the head (发文机关标志)")
    mark_points: str = described("its size in points, so that it stands on one line")
    number: str = described("the number: an empty place until one is given")
    urgency: str = described("where it stands in its life: a draft, or a proposal to be approved")
    addressee: str = described("who it goes to (主送), without the colon")
    matter: str = described("period, cut-off day and where the records come from (事由)")
    opening: str = described("what was found and what is asked, in one or two sentences")
    triggers: tuple[str, ...] = described("the policy's rules that led to it, in words")
    laws: tuple[Law, ...] = described("the clauses it rests on (依据)")
    rows: tuple[NoticeRow, ...] = described("the table")
    refused: tuple[RefusedRow, ...] = described("what was recorded but does not count (不计入)")
    previous: str = described(
        "the notice of the level before, and what came of it; empty where none is"
    )
    asks: tuple[str, ...] = described("what to do, by which day, in which form (要求、期限)")
    consequence: str = described(
        "what follows otherwise, the next level named; empty where nothing does"
    )
    closing: str = described("the closing phrase; empty for a slip")
    annexes: tuple[str, ...] = described(
        "what is attached (附件说明), without punctuation after a name"
    )
    signed: str = described("who signs (落款)")
    dated: str = described("the day of signing: an empty place until it is signed")
    has_seal: bool = described("whether room is left for a seal")
    contact: str = described("whom to ask, with a telephone number")
    copies: str = described("who else gets it (抄送), ending with 。; empty where nobody does")
    wants_reply: bool = described("whether a receipt and reply form is printed (回执)")
    proof: str = described("audit day, knowledge day and short hashes (核验)")


@dataclass(frozen=True)
class IndexRow:
    """One notice in the list of all."""

    no: int = described("its number, from 1")
    paper: str = described("what it is called")
    addressee: str = described("who it goes to")
    items: int = described("how many obligations it is about")
    html: str = described("the page's file name")
    text: str = described("the text's file name")
    approval: bool = described("whether a person has to approve it before it leaves")


@dataclass(frozen=True)
class Index:
    """The list of all notices of a run."""

    lang: str = described("zh or en")
    title: str = described("the list's title")
    proof: str = described("audit day, knowledge day and short hashes")
    rows: tuple[IndexRow, ...] = described("one line a notice, the highest level first")
    nothing: str = described("what is said when there is none; empty otherwise")


@dataclass(frozen=True)
class PostRow:
    """One stretch of an appointment."""

    unit: str = described("the unit")
    post: str = described("the post's title")
    post_class: str = described("its class")
    days: str = described("first and last day")
    acting: str = described("the word for acting; empty where it is not")
    document: str = described(
        "the numbers of the papers of its beginning and end; empty where none is"
    )
    reason: str = described("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class DutyRow:
    """A duty of the person's, with its clause."""

    no: int = described("its number, from 1")
    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    measure: str = described("how often or by when")
    law: str = described("document, number and clause")
    quote: str = described("the clause's own words")


@dataclass(frozen=True)
class DutyMonth:
    """One month of a duty."""

    word: str = described("the state in two characters; empty where nothing fell due")
    light: str = described("the colour's word")
    colour: str = described("the colour's code; empty where nothing fell due")
    count: str = described("counted / required")


@dataclass(frozen=True)
class GridRow:
    """A duty's months of one year."""

    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    cells: tuple[DutyMonth, ...] = described("January to December")


@dataclass(frozen=True)
class MonthGrid:
    """A year of months."""

    year: int = described("the year")
    rows: tuple[GridRow, ...] = described("one line a duty and post")


@dataclass(frozen=True)
class SumRow:
    """A duty's sums over what fell due."""

    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    due: int = described("how many obligations fell due")
    required: str = described("how much they asked")
    done: str = described("how much counted")
    made_up: int = described("how many were made up late")
    overdue: int = described("how many are overdue")
    short: str = described("how much is short")
    rate: str = described("the on-time rate; — where nothing fell due")


@dataclass(frozen=True)
class ActRow:
    """One act (履职纪实)."""

    activity: str = described("the record's id")
    day: str = described("its day, or first and last day")
    kind: str = described("its kind")
    role: str = described("the role; empty where none is recorded")
    post: str = described("what it is recorded under; empty where the person has one post only")
    subjects: str = described("what it was done to")
    evidence: str = described("its evidence")
    recorded_on: str = described("the day on which it was recorded")
    note: str = described("the record's note")
    counts_for: str = described("the obligations that it counts for")
    refused: str = described("what it does not count for, and why")


@dataclass(frozen=True)
class OverdueRow:
    """An obligation that is not done in time."""

    verdict: str = described("the obligation's id")
    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    period: str = described("the period, or the first of several short ones and how many they are")
    required: str = described("how much is owed")
    done: str = described("how much counts")
    due: str = described("the due day, of several the first")
    days: int = described("days since then")
    remarks: str = described("flags in words")


@dataclass(frozen=True)
class WaiverRow:
    """A waiver that touches the person's days."""

    days: str = described("first and last day")
    what: str = described("the duty, or all duties")
    reason: str = described("the reason")
    document: str = described("the number of the document that grants it")


@dataclass(frozen=True)
class DelegationRow:
    """An order under which one post acts for another."""

    days: str = described("first and last day; the last one is open where none is named")
    holder: str = described("the post for which somebody acts")
    delegate: str = described("the post that acts for it")
    what: str = described("the duty, or whatever the clauses allow")
    reason: str = described("the reason")
    document: str = described("the number of the order")


@dataclass(frozen=True)
class AlertRow:
    """What the policy concludes on the day of the record."""

    paper: str = described("the level's name")
    what: str = described("duty and period")
    due: str = described("the due day")


@dataclass(frozen=True)
class LeaderFile:
    """One person's file (履职档案)."""

    lang: str = described("zh or en")
    name: str = described("the person's name")
    person: str = described("the person's id")
    is_name_shared: bool = described("whether somebody else has the same name")
    posts: tuple[PostRow, ...] = described("the appointments, in order")
    span: str = described("the stretch that it covers")
    as_of: str = described("the day on which it was judged")
    rate: str = described("the on-time rate; — where nothing fell due")
    rate_done: str = described("the done rate; — where nothing fell due")
    due: int = described("how many obligations fell due")
    counts: str = described("how many stand in which state, in words")
    duties: tuple[DutyRow, ...] = described("the duties with their clauses")
    grids: tuple[MonthGrid, ...] = described("the years")
    sums: tuple[SumRow, ...] = described("the sums by duty")
    overdue: tuple[OverdueRow, ...] = described("what is overdue, the longest first")
    shared: tuple[OverdueRow, ...] = described(
        "what is owed together with others, whatever its state"
    )
    acts: tuple[ActRow, ...] = described("the acts, by day")
    waivers: tuple[WaiverRow, ...] = described("the waivers")
    delegations: tuple[DelegationRow, ...] = described(
        "the orders under which others act, or he does"
    )
    alerts: tuple[AlertRow, ...] = described("the alerts of the day")
    proof: str = described("audit day and short hashes")


@dataclass(frozen=True)
class StatRow:
    """One holder and duty (履职情况统计表)."""

    no: int = described("its number, from 1")
    unit: str = described("the unit")
    person: str = described("who owes it; — where nobody is named")
    post: str = described("the post; — for a unit")
    post_class: str = described("the post's class")
    duty: str = described("what is owed")
    measure: str = described("how often or by when")
    required: str = described("how much is owed in the span")
    done: str = described("how much counts")
    made_up: str = described("how much of it came late")
    short: str = described("how much is short")
    rate: str = described("the on-time rate; — where nothing fell due")
    light: str = described("the colour's word")
    colour: str = described("the colour's code")
    state: str = described("the state in words")
    days_overdue: str = described("days since the due day; — while it is not overdue")
    running: str = described("how many periods in a row are unmet; — where none is")
    last_done: str = described("the last day on which something counts; — where nothing does")
    evidence: str = described("whether what counts has evidence")
    remarks: str = described("flags and reasons in words")


@dataclass(frozen=True)
class RankRow:
    """One unit, post class or duty."""

    place: str = described("its place; — where nothing fell due")
    name: str = described("what it is")
    obligations: int = described("how many obligations ask for something in the span")
    due: int = described("how many fell due")
    met: int = described("how many were met in time")
    made_up: int = described("how many were made up late")
    overdue: int = described("how many are overdue")
    short: str = described("how much is short, all together")
    rate: str = described("the on-time rate; — where nothing fell due")
    rate_done: str = described("the done rate; — where nothing fell due")
    before: str = described("its place in the span before; — where it had none")
    moved: str = described("how many places up or down since; — where there is nothing to compare")
    lights: str = described("how many are red, yellow and green")


@dataclass(frozen=True)
class GapRow:
    """A population that was not reached whole (覆盖缺口表)."""

    unit: str = described("the unit that owes it")
    post: str = described("the post; — for a unit")
    duty: str = described("what is owed")
    period: str = described("the period")
    required: str = described("how many are required")
    done: str = described("how many were reached")
    missing: str = described("the members that were not")


@dataclass(frozen=True)
class MarkedRow:
    """A list of what bears a flag (超出上限, 集中补录, 迟录)."""

    flag: str = described("what it is listed for")
    unit: str = described("the unit")
    who: str = described("post and person")
    duty: str = described("what is owed")
    period: str = described("the period")
    done: str = described("how much counts, of how much")


@dataclass(frozen=True)
class Month:
    """The tables of a span."""

    lang: str = described("zh or en")
    title: str = described("the title, with the span")
    reporter: str = described("who reports: an empty place")
    span: str = described("first and last day")
    as_of: str = described("the day on which it was judged")
    overall: str = described("what fell due, and the rates over it")
    units: tuple[RankRow, ...] = described("the units by their places")
    classes: tuple[RankRow, ...] = described("the post classes, heads first")
    duties: tuple[RankRow, ...] = described("the duties, the worst first")
    lines: tuple[StatRow, ...] = described(
        "one line a holder and duty; of very many the notable ones"
    )
    left_out: str = described("how many lines are not shown, in words; empty: none")
    overdue: tuple[OverdueRow, ...] = described("overdue in the span, the longest first")
    arrears: tuple[OverdueRow, ...] = described("due earlier and still overdue, the longest first")
    closed: int = described("how many arrears are past making up, and not listed")
    gaps: tuple[GapRow, ...] = described("populations not reached whole")
    marked: tuple[MarkedRow, ...] = described("what bears a flag that is to be looked at")
    vacancies: tuple[str, ...] = described("posts that nobody held, with days")
    how_counted: str = described("how the rates are counted")
    proof: str = described("audit day, knowledge day and short hashes")
