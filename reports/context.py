"""What templates are given: plain values, each with its help. A template decides nothing.

An office that writes its own templates reads the help of every field here; a name that is not
among them fails when it is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


def told(help: str) -> Any:
    """A field with its help."""
    return field(metadata={"help": help})


def help_of(kind: type) -> dict[str, str]:
    """The help of each field of a context, by name."""
    return {one.name: one.metadata["help"] for one in fields(kind)}


@dataclass(frozen=True)
class Law:
    """On whose word: one clause of a document."""

    title: str = told("the document's title, without marks")
    number: str = told("its number (文号); empty where it has none")
    clause: str = told("the clause")
    quote: str = told("the clause's own words, as the document has them")


@dataclass(frozen=True)
class NoticeRow:
    """One obligation in a notice's table."""

    no: int = told("its number in the table, from 1")
    verdict: str = told("the obligation's id, for `dutyclock why`")
    person: str = told("who owes it; — where nobody is named")
    post: str = told("the post; — for a unit")
    duty: str = told("what is owed")
    period: str = told("the period it is about")
    measure: str = told("how often or by when, in words")
    required: str = told("how much is owed, with what is counted")
    done: str = told("how much counts")
    short: str = told("how much is short")
    due: str = told("the day by which it is or was due, with the hour that the clause names")
    days_overdue: str = told("days since then; — while it is not overdue")
    clause: str = told("the clause")
    state: str = told("the state in words")
    light: str = told("the colour's word")
    colour: str = told("the colour's code: red, yellow, green, blue, grey, white")
    missing: str = told("the members not reached; empty where none is asked for")
    remarks: str = told("flags in words, and whether the person has left the post")
    why: str = told("the command that explains it as of the same day")


@dataclass(frozen=True)
class RefusedRow:
    """A record that does not count, and why."""

    activity: str = told("the record's id")
    day: str = told("its day")
    what: str = told("kind, role, who and subjects")
    reasons: str = told("why it does not count, in words")
    about: str = told("the duty and period that it was looked at for")


@dataclass(frozen=True)
class Notice:
    """One paper to one addressee."""

    lang: str = told("zh or en")
    level: str = told("the level of the ladder: tip, remind …")
    form: str = told("slip, letter or red_head")
    paper: str = told("what the paper is called (文种)")
    title_lines: tuple[str, ...] = told(
        "the title, a line each, at most 20 characters where it can"
    )
    mark: str = told("the sender's name at the head (发文机关标志)")
    mark_points: str = told("its size in points, so that it stands on one line")
    number: str = told("the number: an empty place until one is given")
    urgency: str = told("where it stands in its life: a draft, or a proposal to be approved")
    addressee: str = told("who it goes to (主送), without the colon")
    matter: str = told("period, cut-off day and where the records come from (事由)")
    opening: str = told("what was found and what is asked, in one or two sentences")
    triggers: tuple[str, ...] = told("the policy's rules that led to it, in words")
    laws: tuple[Law, ...] = told("the clauses it rests on (依据)")
    rows: tuple[NoticeRow, ...] = told("the table")
    refused: tuple[RefusedRow, ...] = told("what was recorded but does not count (不计入)")
    previous: str = told("the notice of the level before, and what came of it; empty where none is")
    asks: tuple[str, ...] = told("what to do, by which day, in which form (要求、期限)")
    consequence: str = told(
        "what follows otherwise, the next level named; empty where nothing does"
    )
    closing: str = told("the closing phrase; empty for a slip")
    annexes: tuple[str, ...] = told("what is attached (附件说明), without punctuation after a name")
    signed: str = told("who signs (落款)")
    dated: str = told("the day of signing: an empty place until it is signed")
    has_seal: bool = told("whether room is left for a seal")
    contact: str = told("whom to ask, with a telephone number")
    copies: str = told("who else gets it (抄送), ending with 。; empty where nobody does")
    wants_reply: bool = told("whether a receipt and reply form is printed (回执)")
    proof: str = told("audit day, knowledge day and short hashes (核验)")


@dataclass(frozen=True)
class IndexRow:
    """One notice in the list of all."""

    no: int = told("its number, from 1")
    paper: str = told("what it is called")
    addressee: str = told("who it goes to")
    items: int = told("how many obligations it is about")
    html: str = told("the page's file name")
    text: str = told("the text's file name")
    approval: bool = told("whether a person has to approve it before it leaves")


@dataclass(frozen=True)
class Index:
    """The list of all notices of a run."""

    lang: str = told("zh or en")
    title: str = told("the list's title")
    proof: str = told("audit day, knowledge day and short hashes")
    rows: tuple[IndexRow, ...] = told("one line a notice, the highest level first")
    nothing: str = told("what is said when there is none; empty otherwise")


@dataclass(frozen=True)
class PostRow:
    """One stretch of an appointment."""

    unit: str = told("the unit")
    post: str = told("the post's title")
    post_class: str = told("its class")
    days: str = told("first and last day")
    acting: str = told("the word for acting; empty where it is not")
    document: str = told("the numbers of the papers of its beginning and end; empty where none is")
    reason: str = told("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class DutyRow:
    """A duty of the person's, with its clause."""

    no: int = told("its number, from 1")
    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    measure: str = told("how often or by when")
    law: str = told("document, number and clause")
    quote: str = told("the clause's own words")


@dataclass(frozen=True)
class Cell:
    """One month of a duty."""

    word: str = told("the state in two characters; empty where nothing fell due")
    light: str = told("the colour's word")
    colour: str = told("the colour's code; empty where nothing fell due")
    count: str = told("counted / required")


@dataclass(frozen=True)
class GridRow:
    """A duty's months of one year."""

    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    cells: tuple[Cell, ...] = told("January to December")


@dataclass(frozen=True)
class Grid:
    """A year of months."""

    year: int = told("the year")
    rows: tuple[GridRow, ...] = told("one line a duty and post")


@dataclass(frozen=True)
class SumRow:
    """A duty's sums over what fell due."""

    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    due: int = told("how many obligations fell due")
    required: str = told("how much they asked")
    done: str = told("how much counted")
    made_up: int = told("how many were made up late")
    overdue: int = told("how many are overdue")
    short: str = told("how much is short")
    rate: str = told("the on-time rate; — where nothing fell due")


@dataclass(frozen=True)
class ActRow:
    """One act (履职纪实)."""

    activity: str = told("the record's id")
    day: str = told("its day, or first and last day")
    kind: str = told("its kind")
    role: str = told("the role; empty where none is recorded")
    post: str = told("what it is recorded under; empty where the person has one post only")
    subjects: str = told("what it was done to")
    evidence: str = told("its evidence")
    recorded_on: str = told("the day on which it was recorded")
    note: str = told("the record's note")
    counts_for: str = told("the obligations that it counts for")
    refused: str = told("what it does not count for, and why")


@dataclass(frozen=True)
class OverdueRow:
    """An obligation that is not done in time."""

    verdict: str = told("the obligation's id")
    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    period: str = told("the period, or the first of several short ones and how many they are")
    required: str = told("how much is owed")
    done: str = told("how much counts")
    due: str = told("the due day, of several the first")
    days: int = told("days since then")
    remarks: str = told("flags in words")


@dataclass(frozen=True)
class WaiverRow:
    """A waiver that touches the person's days."""

    days: str = told("first and last day")
    what: str = told("the duty, or all duties")
    reason: str = told("the reason")
    document: str = told("the number of the document that grants it")


@dataclass(frozen=True)
class DelegationRow:
    """An order under which one post acts for another."""

    days: str = told("first and last day; the last one is open where none is named")
    holder: str = told("the post for which somebody acts")
    delegate: str = told("the post that acts for it")
    what: str = told("the duty, or whatever the clauses allow")
    reason: str = told("the reason")
    document: str = told("the number of the order")


@dataclass(frozen=True)
class AlertRow:
    """What the policy concludes on the day of the record."""

    paper: str = told("the level's name")
    what: str = told("duty and period")
    due: str = told("the due day")


@dataclass(frozen=True)
class LeaderFile:
    """One person's file (履职档案)."""

    lang: str = told("zh or en")
    name: str = told("the person's name")
    person: str = told("the person's id")
    is_name_shared: bool = told("whether somebody else has the same name")
    posts: tuple[PostRow, ...] = told("the appointments, in order")
    span: str = told("the stretch that it covers")
    as_of: str = told("the day on which it was judged")
    rate: str = told("the on-time rate; — where nothing fell due")
    rate_done: str = told("the done rate; — where nothing fell due")
    due: int = told("how many obligations fell due")
    counts: str = told("how many stand in which state, in words")
    duties: tuple[DutyRow, ...] = told("the duties with their clauses")
    grids: tuple[Grid, ...] = told("the years")
    sums: tuple[SumRow, ...] = told("the sums by duty")
    overdue: tuple[OverdueRow, ...] = told("what is overdue, the longest first")
    shared: tuple[OverdueRow, ...] = told("what is owed together with others, whatever its state")
    acts: tuple[ActRow, ...] = told("the acts, by day")
    waivers: tuple[WaiverRow, ...] = told("the waivers")
    delegations: tuple[DelegationRow, ...] = told("the orders under which others act, or he does")
    alerts: tuple[AlertRow, ...] = told("the alerts of the day")
    proof: str = told("audit day and short hashes")


@dataclass(frozen=True)
class StatRow:
    """One holder and duty (履职情况统计表)."""

    no: int = told("its number, from 1")
    unit: str = told("the unit")
    person: str = told("who owes it; — where nobody is named")
    post: str = told("the post; — for a unit")
    post_class: str = told("the post's class")
    duty: str = told("what is owed")
    measure: str = told("how often or by when")
    required: str = told("how much is owed in the span")
    done: str = told("how much counts")
    made_up: str = told("how much of it came late")
    short: str = told("how much is short")
    rate: str = told("the on-time rate; — where nothing fell due")
    light: str = told("the colour's word")
    colour: str = told("the colour's code")
    state: str = told("the state in words")
    days_overdue: str = told("days since the due day; — while it is not overdue")
    running: str = told("how many periods in a row are unmet; — where none is")
    last_done: str = told("the last day on which something counts; — where nothing does")
    evidence: str = told("whether what counts has evidence")
    remarks: str = told("flags and reasons in words")


@dataclass(frozen=True)
class RankRow:
    """One unit, post class or duty."""

    place: str = told("its place; — where nothing fell due")
    name: str = told("what it is")
    obligations: int = told("how many obligations ask for something in the span")
    due: int = told("how many fell due")
    met: int = told("how many were met in time")
    made_up: int = told("how many were made up late")
    overdue: int = told("how many are overdue")
    short: str = told("how much is short, all together")
    rate: str = told("the on-time rate; — where nothing fell due")
    rate_done: str = told("the done rate; — where nothing fell due")
    before: str = told("its place in the span before; — where it had none")
    moved: str = told("how many places up or down since; — where there is nothing to compare")
    lights: str = told("how many are red, yellow and green")


@dataclass(frozen=True)
class GapRow:
    """A population that was not reached whole (覆盖缺口表)."""

    unit: str = told("the unit that owes it")
    post: str = told("the post; — for a unit")
    duty: str = told("what is owed")
    period: str = told("the period")
    required: str = told("how many are required")
    done: str = told("how many were reached")
    missing: str = told("the members that were not")


@dataclass(frozen=True)
class MarkedRow:
    """A list of what bears a flag (超出上限, 集中在一天或期末, 迟录)."""

    flag: str = told("what it is listed for")
    unit: str = told("the unit")
    who: str = told("post and person")
    duty: str = told("what is owed")
    period: str = told("the period")
    done: str = told("how much counts, of how much")


@dataclass(frozen=True)
class Month:
    """The tables of a span."""

    lang: str = told("zh or en")
    title: str = told("the title, with the span")
    reporter: str = told("who reports: an empty place")
    span: str = told("first and last day")
    as_of: str = told("the day on which it was judged")
    overall: str = told("what fell due, and the rates over it")
    units: tuple[RankRow, ...] = told("the units by their places")
    classes: tuple[RankRow, ...] = told("the post classes, heads first")
    duties: tuple[RankRow, ...] = told("the duties, the worst first")
    lines: tuple[StatRow, ...] = told("one line a holder and duty; of very many the notable ones")
    left_out: str = told("how many lines are not shown, in words; empty: none")
    overdue: tuple[OverdueRow, ...] = told("overdue in the span, the longest first")
    arrears: tuple[OverdueRow, ...] = told("due earlier and still overdue, the longest first")
    closed: int = told("how many arrears are past making up, and not listed")
    gaps: tuple[GapRow, ...] = told("populations not reached whole")
    marked: tuple[MarkedRow, ...] = told("what bears a flag that is to be looked at")
    vacancies: tuple[str, ...] = told("posts that nobody held, with days")
    how_counted: str = told("how the rates are counted")
    proof: str = told("audit day, knowledge day and short hashes")
