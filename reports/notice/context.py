"""What the templates of a notice and of the list of all notices are given."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import described


@dataclass(frozen=True)
class Law:
    """A clause that the notice rests on, with its document."""

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
    mark: str = described(
        "what stands at the head (发文机关标志): the sender's name, or its own words"
    )
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
    seal: str = described("whose seal it is (印章)")
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
    level: str = described("its level of the ladder")
    reasons: str = described("why it is sent, in the words of the policy's rules")
    pdf: str = described("the file name of its PDF; empty where none was made")
    word: str = described("the file name of its Word document; empty where none was made")
    picture: str = described("the file name of a picture of its first page; empty without one")


@dataclass(frozen=True)
class Index:
    """The list of all notices of a run."""

    lang: str = described("zh or en")
    title: str = described("the list's title")
    proof: str = described("audit day, knowledge day and short hashes")
    rows: tuple[IndexRow, ...] = described("one line a notice, the highest level first")
    nothing: str = described("what is said when there is none; empty otherwise")
    is_preview: bool = described("whether each notice is shown, with why it is sent")
