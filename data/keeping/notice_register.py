"""The register of notices in the store: what was drafted, which steps were taken, which numbers.

Rows are written once, and a step is one more row: nothing of a notice is ever changed or erased.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, literal, select

from data.cell_values import stored_moment
from data.notice_register import (
    NoticeItem,
    NoticeStage,
    NoticeStep,
    RegisteredNotice,
    RegisterStep,
)
from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.row_hashes import ledger_names
from data.store.tables import RegisterNoticeRow, RegisterStepRow
from data.unreadable import as_written, json_read

LARGEST = 2**31 - 2
"""The largest number that can still be counted on from: a server keeps whole numbers of 32 bits."""


@dataclass(frozen=True)
class NoticeDraft:
    """A notice to be drafted: what `RegisteredNotice` says of it but for its number and steps."""

    level: str
    addressee: str
    paper: str
    unit: str
    needs_approval: bool
    reply_working_days: int | None
    items: tuple[NoticeItem, ...]
    content: str


@dataclass(frozen=True)
class StepToTake:
    """A step for a notice; `code` and `year` ask for the next number of that run."""

    notice: int
    step: RegisterStep
    day: date
    note: str | None = None
    code: str | None = None
    until: date | None = None


def registered_notices(
    connection: Connection,
    as_of: date | None = None,
    known_on: date | None = None,
    *,
    with_content: bool = True,
) -> tuple[RegisteredNotice, ...]:
    """The notices of the register, by number, with the steps dated by `as_of` and recorded by the
    end of `known_on` (None: all). One that had not been drafted by then is left out. What they
    print is much: without `with_content` it is left empty.
    """
    steps = RegisterStepRow.__table__
    query = select(steps).order_by(steps.c.step)
    if as_of is not None:
        query = query.where(steps.c.day <= as_of.isoformat())
    if known_on is not None:
        query = query.where(func.substr(steps.c.recorded_at, 1, 10) <= known_on.isoformat())
    taken: dict[int, list[NoticeStep]] = defaultdict(list)
    for row in connection.execute(query):
        with as_written("register_steps", row.step):
            taken[row.notice].append(_step(row))
    notices = RegisterNoticeRow.__table__
    found = []
    content = notices.c.content if with_content else literal("").label("content")
    columns = [content if one.name == "content" else one for one in notices.c]
    for row in connection.execute(select(*columns).order_by(notices.c.notice)):
        if taken[row.notice] and taken[row.notice][0].step is RegisterStep.DRAFT:
            with as_written("register_notices", row.notice):
                found.append(_notice(row, tuple(taken[row.notice])))
    return tuple(found)


def notice_number(code: str, year: int, number: int) -> str:
    """A number as papers print it: 代字〔2026〕12号. Source: FORMATS, section 3."""
    return f"{code}〔{year}〕{number}号"


def _step(row) -> NoticeStep:  # type: ignore[no-untyped-def]
    number = None
    if row.code is not None:
        number = notice_number(row.code, _whole(row.year), _whole(row.number))
    _whole(row.step)
    return NoticeStep(
        RegisterStep(row.act),
        date.fromisoformat(row.day),
        None if row.who is None else _text(row.who),
        None if row.note is None else _text(row.note),
        number,
        _day(row.until),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(cell: object, most: int = LARGEST) -> int:
    """The cell, a whole number of 1..`most`: one more than a larger one could not be written."""
    if isinstance(cell, int) and 1 <= cell <= most:
        return cell
    raise ValueError(cell)


def _text(cell: object) -> str:
    """The cell, a text."""
    if isinstance(cell, str):
        return cell
    raise TypeError(cell)


def _notice(row, steps: tuple[NoticeStep, ...]) -> RegisteredNotice:  # type: ignore[no-untyped-def]
    return RegisteredNotice(
        notice=_whole(row.notice),
        level=_text(row.level),
        addressee=_text(row.addressee),
        as_of=date.fromisoformat(row.as_of),
        known_on=_day(row.known_on),
        paper=_text(row.paper),
        unit=_text(row.unit),
        needs_approval={"yes": True, "no": False}[row.approval],
        reply_working_days=None if row.reply_days is None else _whole(row.reply_days, 366),
        content=_text(row.content),
        items=tuple(
            NoticeItem(_text(matter), tuple(map(_text, verdicts)), bool(is_own))
            for matter, verdicts, is_own in json_read(_text(row.items))
        ),
        steps=steps,
    )


def draft_notices(
    store: Store,
    drafts: Sequence[NoticeDraft],
    steps: Sequence[StepToTake],
    as_of: date,
    known_on: date | None,
    doing: Doing,
    put: Callable[[tuple[RegisteredNotice, ...]], None] = lambda _all: None,
) -> int:
    """Drafts the notices that the register does not have, and takes the steps that are still
    possible, in one entry; how many were drafted. Without any of them there is no entry.

    `put` is handed the whole register as it stands then, and brings the papers to where they
    belong: nothing stands in the register where that fails.
    """
    with store.writing() as connection:
        before = registered_notices(connection)
        there = {_identity(one.level, one.addressee, one.items) for one in before if _holds(one)}
        stages = {one.notice: one.stage for one in before}
        new = [one for one in drafts if _identity(one.level, one.addressee, one.items) not in there]
        due = [one for one in steps if _may_be_taken(stages.get(one.notice), one.step)]
        if new or due:
            writing = Writing(connection, JournalAct.REGISTER, "notices", "", doing)
            pen = _Pen(connection, writing, doing)
            drafted = pen.write_notices(new, as_of, known_on)
            pen.write_steps(
                [*(StepToTake(one, RegisterStep.DRAFT, as_of) for one in drafted), *due]
            )
            writing.finish({"register": {"new": len(new), "steps": len(due)}})
        put(registered_notices(connection))
    return len(new)


def take_steps(
    store: Store,
    check: Callable[[tuple[RegisteredNotice, ...]], Sequence[StepToTake]],
    doing: Doing,
) -> tuple[RegisteredNotice, ...]:
    """Takes the steps that `check` gives for the register as it stands, in one entry: all or none;
    the whole register behind them. What `check` raises changes nothing.
    """
    with store.writing() as connection:
        steps = check(registered_notices(connection))
        if steps:
            writing = Writing(connection, JournalAct.REGISTER, "register", "", doing)
            _Pen(connection, writing, doing).write_steps(steps)
            writing.finish({"register": {"steps": len(steps)}})
        return registered_notices(connection)


def _holds(notice: RegisteredNotice) -> bool:
    return notice.stage is not NoticeStage.DROPPED


def _identity(level: str, addressee: str, items: Sequence[NoticeItem]) -> tuple[object, ...]:
    own = sorted((item.matter, item.verdicts) for item in items if item.is_own)
    return (level, addressee, tuple(own))


def _may_be_taken(stage: NoticeStage | None, step: RegisterStep) -> bool:
    """Whether nobody was faster: a draft is dropped, and what was issued closed, only once."""
    if step is RegisterStep.DROP:
        return stage in (NoticeStage.DRAFTED, NoticeStage.APPROVED)
    return stage in (NoticeStage.ISSUED, NoticeStage.DELIVERED, NoticeStage.REPLIED)


@dataclass(frozen=True)
class _Pen:
    """Writes rows of both tables under one entry, and hands their cells to its hash."""

    connection: Connection
    writing: Writing
    doing: Doing

    def write_notices(
        self, drafts: Sequence[NoticeDraft], as_of: date, known_on: date | None
    ) -> list[int]:
        last = self.connection.scalar(select(func.max(RegisterNoticeRow.notice))) or 0
        rows = [
            {
                "notice": number,
                "level": one.level,
                "addressee": one.addressee,
                "as_of": as_of.isoformat(),
                "known_on": known_on.isoformat() if known_on else None,
                "paper": one.paper,
                "unit": one.unit,
                "approval": "yes" if one.needs_approval else "no",
                "reply_days": one.reply_working_days,
                "items": json.dumps(
                    [[item.matter, list(item.verdicts), item.is_own] for item in one.items],
                    ensure_ascii=False,
                ),
                "content": one.content,
            }
            for number, one in enumerate(drafts, last + 1)
        ]
        self._write("register_notices", RegisterNoticeRow, rows)
        return [int(str(row["notice"])) for row in rows]

    def write_steps(self, steps: Sequence[StepToTake]) -> None:
        last = self.connection.scalar(select(func.max(RegisterStepRow.step))) or 0
        rows = []
        given: dict[tuple[str, int], int] = {}
        for at, one in enumerate(steps, last + 1):
            number = year = None
            if one.code is not None:
                year = one.day.year
                if (one.code, year) not in given:
                    given[one.code, year] = self._last_number(one.code, year)
                given[one.code, year] += 1
                number = given[one.code, year]
            rows.append(
                {
                    "step": at,
                    "notice": one.notice,
                    "act": one.step.value,
                    "day": one.day.isoformat(),
                    "recorded_at": stored_moment(self.doing.now),
                    "who": self.doing.who,
                    "note": one.note,
                    "code": one.code,
                    "year": year,
                    "number": number,
                    "until": one.until.isoformat() if one.until else None,
                }
            )
        self._write("register_steps", RegisterStepRow, rows)

    def _last_number(self, code: str, year: int) -> int:
        query = select(func.max(RegisterStepRow.number)).where(
            RegisterStepRow.code == code, RegisterStepRow.year == year
        )
        return self.connection.scalar(query) or 0

    def _write(self, table: str, row_class: type, rows: Sequence[Mapping[str, object]]) -> None:
        if not rows:
            return
        entry = self.writing.entry
        self.connection.execute(insert(row_class), [{**row, "entry": entry} for row in rows])
        names = ledger_names(table)
        cells = [[None if row[one] is None else str(row[one]) for one in names] for row in rows]
        self.writing.rows.add(table, names, cells)
