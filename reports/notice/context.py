"""What the templates of a notice and of the list of all notices are given."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import told


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
