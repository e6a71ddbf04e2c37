"""The register of notices: what stands in it, and each step of a notice's life."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.keeping.notice_register import (
    StepToTake,
    registered_notices,
    take_steps,
)
from data.notice_register import (
    SENT,
    NoticeStage,
    RegisteredNotice,
    RegisterStep,
    steps_from,
)
from data.outputs import outputs
from data.store.journal import Doing
from engine.calendar.workdays import Workdays
from engine.judging.verdict import State
from problems import BadInput, Place, Problem, Said, bare, control_in, names, said, visible
from reports.i18n import Lang
from reports.notice.papers import Sender, sheet_of, sheets_filled, write_papers
from services.ladder.printing import PapersAsked, PapersMade, papers_made
from services.look import When, look
from services.naming import UNITS, NameResolver
from services.office import Office, done_at, office_rulebook, store_of
from services.papers import templates_of, writable
from services.settings import paper_settings

OPEN = frozenset({State.OVERDUE, State.OPEN, State.DUE_SOON, State.BEHIND, State.UPCOMING})
"""The states of an obligation that a notice may still be about."""

STANDS: Mapping[NoticeStage, Said] = {
    NoticeStage.DRAFTED: said("notice_is_drafted"),
    NoticeStage.APPROVED: said("notice_is_approved"),
    NoticeStage.ISSUED: said("notice_is_issued"),
    NoticeStage.DELIVERED: said("notice_is_delivered"),
    NoticeStage.REPLIED: said("notice_is_replied"),
    NoticeStage.CLOSED: said("notice_is_closed"),
    NoticeStage.ARCHIVED: said("notice_is_archived"),
    NoticeStage.WITHDRAWN: said("notice_is_withdrawn"),
    NoticeStage.DROPPED: said("notice_is_dropped"),
}
"""Where a notice stands, as problems say it."""

CODE = re.compile(r"[^\W\d_]{1,20}")
"""Letters alone: the year and the number come by themselves."""


@dataclass(frozen=True)
class StepAsked:
    """A step asked for: on which day (None: today), and what is noted. `code` is what the number
    begins with (None: as the office is set).
    """

    step: RegisterStep
    on: date | None = None
    note: str | None = None
    code: str | None = None


def register(
    office: Office, *, stage: NoticeStage | None = None, unit: str | None = None
) -> tuple[RegisteredNotice, ...]:
    """The notices of the register, by number in it: of a stage, about a unit, where these are
    given. Raises BadInput where there is no store, or no such
    unit.
    """
    store = store_of(office)
    if unit is not None:
        naming = NameResolver(store, office_rulebook(office))
        unit = naming.unit(unit)
        naming.check()
        if unit not in naming.book.ids(UNITS):
            told, hint = said("no_such_unit", unit=unit), naming.unknown(unit, UNITS)
            raise BadInput([Problem(Place("--unit"), told, hint)])
    with store.reading() as connection:
        found = registered_notices(connection)
    return tuple(one for one in found if stage in (None, one.stage) and unit in (None, one.unit))


def register_notices(office: Office, numbers: Sequence[int]) -> tuple[RegisteredNotice, ...]:
    """The notices of these numbers in the register. Raises BadInput where there is none of one."""
    return _numbered(register(office), numbers)


def print_notices(
    office: Office,
    numbers: Sequence[int],
    out: Path,
    lang: Lang,
    asked: PapersAsked | None = None,
) -> tuple[tuple[Path, ...], PapersMade]:
    """Prints notices of the register into a folder, as they stand; the files, and what became of
    the papers that were `asked` for besides pages and texts. Raises BadInput.
    """
    notices = _numbered(register(office), numbers)
    sender = sender_of(paper_settings(store_of(office)))
    sheets = [sheet_of(one, sender) for one in notices]
    papers = sheets_filled(sheets, lang, templates_of(office))
    made = papers_made(office, sheets, asked) if asked else PapersMade()
    with writable(out), outputs(out, "register") as part:
        write_papers(part.path, papers, made.files)
        part.put()
    return tuple(out / name for name in (*(one.file for one in papers), *made.files)), made


def take_step(
    office: Office, doing: Doing, numbers: Sequence[int], asked: StepAsked
) -> tuple[RegisteredNotice, ...]:
    """Takes one step for all of these notices, or for none; the notices as they stand then.

    Raises BadInput with all that hinders it: a number that is none, a step that is not possible
    from where a notice stands, a day before the last step's or after today, a number without 代字,
    and, for an issue, an obligation that is not open any more.
    """
    store = store_of(office)
    done = done_at(doing, store)
    today = done.now.date()
    day = asked.on or today
    code = None
    if asked.step is RegisterStep.ISSUE:
        code = asked.code or paper_settings(store)["code"] or None
    stale: dict[int, str] = {}
    if asked.step is RegisterStep.ISSUE:
        stale = _stale(office, _numbered(register(office), numbers), When(doing.now, day))
    workdays = Workdays(office_rulebook(office).calendar)

    def steps(notices: tuple[RegisteredNotice, ...]) -> list[StepToTake]:
        chosen = _numbered(notices, numbers)
        problems = [*_unwritable("--note", asked.note), *_no_code(asked.code)]
        problems += [problem for one in chosen for problem in _hindrances(one, asked, day, today)]
        if asked.step is RegisterStep.ISSUE and code is None:
            problems.append(Problem(Place("--code"), said("no_code_yet"), said("code_is_given")))
        problems += [
            Problem(
                Place(str(number)),
                said("notice_matter_settled", notice=number, matter=matter),
                said("draft_notices_again"),
            )
            for number, matter in sorted(stale.items())
        ]
        if problems:
            raise BadInput(problems)
        return [
            StepToTake(
                one.notice,
                asked.step,
                day,
                asked.note,
                code,
                _until(one, asked.step, day, workdays),
            )
            for one in chosen
        ]

    after = take_steps(store, steps, done)
    return _numbered(after, numbers)


def sender_of(told: Mapping[str, str]) -> Sender:
    """Who papers come from, by the office's settings."""
    return Sender(
        told["sender"], told["contact"], told["phone"], told["mark"], told["code"],
        told["seal"], told["copies"],
    )  # fmt: skip


def _numbered(
    notices: Sequence[RegisteredNotice], numbers: Sequence[int]
) -> tuple[RegisteredNotice, ...]:
    there = {one.notice: one for one in notices}
    wanted = list(dict.fromkeys(numbers))
    problems = []
    for number in wanted:
        if number not in there:
            hint = said("newest_notice_is", newest=max(there)) if there else said("register_empty")
            told = said("no_such_notice", notice=number)
            problems.append(Problem(Place(str(number)), told, hint))
    if problems:
        raise BadInput(problems)
    return tuple(there[number] for number in wanted)


def _hindrances(
    notice: RegisteredNotice, asked: StepAsked, day: date, today: date
) -> list[Problem]:
    place = Place(str(notice.notice))
    possible = steps_from(notice.stage, notice.needs_approval)
    if asked.step not in possible:
        told = said(
            "step_not_possible",
            notice=notice.notice,
            stage=STANDS[notice.stage],
            step=bare(asked.step.value),
        )
        steps = names([one.value for one in possible])
        hint = said("steps_possible", steps=steps) if possible else said("no_step_possible")
        return [Problem(place, told, hint)]
    last = notice.steps[-1].day
    if day > today:
        told = said("step_in_the_future", day=bare(day.isoformat()))
        return [Problem(Place("--on"), told, said("today_is", day=bare(today.isoformat())))]
    if day < last and notice.steps[-1].step is not RegisterStep.DRAFT:
        told = said("step_before_last", notice=notice.notice, day=bare(day.isoformat()))
        return [Problem(Place("--on"), told, said("last_step_was", day=bare(last.isoformat())))]
    return []


def _unwritable(option: str, text: str | None) -> list[Problem]:
    """What keeps a text out of the store: a control character in it."""
    control = control_in(text or "", lines=True)
    if control is None:
        return []
    told = said("cell_has_control_character", text=visible(text or ""), code=bare(control))
    return [Problem(Place(option), told, said("take_it_out"))]


def _no_code(text: str | None) -> list[Problem]:
    if text is None or CODE.fullmatch(text):
        return []
    return [
        Problem(Place("--code"), said("not_a_code", text=visible(text[:40])), said("code_form"))
    ]


def _until(
    notice: RegisteredNotice, step: RegisterStep, day: date, workdays: Workdays
) -> date | None:
    """The limit that a step gives: in working days after it. A delivery never shortens it."""
    days = notice.reply_working_days
    if days is None or step not in (
        RegisterStep.ISSUE,
        RegisterStep.DELIVERED,
        RegisterStep.RETURN,
    ):
        return None
    until = workdays.add(day, days)
    return max(until, notice.until) if notice.until and step is RegisterStep.DELIVERED else until


def _stale(office: Office, notices: Sequence[RegisteredNotice], when: When) -> dict[int, str]:
    """The notices of which an obligation is not open any more: it was made up, waived, or is not
    asked; each with one.
    """
    it = look(office, when)
    states = {one.verdict.id: one.verdict.state for one in it.judged()}
    return {
        notice.notice: verdict
        for notice in notices
        for item in notice.items
        if item.is_own
        for verdict in item.verdicts
        if states.get(verdict) not in OPEN
    }


def settled(
    notices: Sequence[RegisteredNotice], states: Mapping[str, State], day: date
) -> list[StepToTake]:
    """The closings of what was issued and whose obligations are all open no more."""
    return [
        StepToTake(one.notice, RegisterStep.CLOSE, day)
        for one in notices
        if one.stage in SENT - {NoticeStage.CLOSED, NoticeStage.ARCHIVED}
        and all(
            states.get(verdict) not in OPEN
            for item in one.items
            if item.is_own
            for verdict in item.verdicts
        )
    ]
