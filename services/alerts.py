"""What the alert policy concludes from a day's verdicts, and the notices that go out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.keeping.notice_register import StepToTake, draft_notices, registered_notices
from data.notice_register import WAITING, RegisteredNotice, RegisterStep
from data.outputs import outputs
from data.store.journal import Doing
from engine.alerting.alerts import Alert, conclude
from engine.alerting.drafting import still_stands, undrafted
from engine.alerting.policy import Policy
from engine.judging.audit import Judged
from engine.judging.world import World
from reports.i18n import Lang
from reports.notice.papers import (
    NoticeWriting,
    Paper,
    Sender,
    draft_sheet,
    sheet_of,
    sheets_filled,
    write_papers,
)
from services.look import Look, Progress, When, look
from services.office import Office, done_at, policy_of, store_of
from services.papers import templates_of, writable
from services.register import settled


@dataclass(frozen=True)
class Concluded:
    """The alerts of a day by a policy, in the world whose verdicts they are about, and the notices
    of the register by that day.
    """

    world: World
    policy: Policy
    alerts: tuple[Alert, ...]
    notices: tuple[RegisteredNotice, ...] = ()


def alerts(
    office: Office, when: When, *, verify: bool = False, progress: Progress | None = None
) -> Concluded:
    """What the policy concludes; with `verify` the rules engine is held against plain Python.

    Raises BadInput, EngineError where the rules engine cannot run, and PolicyDisagreement.
    """
    it = look(office, when)
    judged = it.judged(progress=progress)
    policy, before = policy_of(office), notices_by(office, it)
    found = concluded(it, judged, policy, before, verify=verify)
    return Concluded(it.world, policy, found, before)


def notices_by(office: Office, it: Look) -> tuple[RegisteredNotice, ...]:
    """The notices of the register by the day that is judged, as far as was known."""
    with store_of(office).reading() as connection:
        return registered_notices(connection, it.world.as_of, it.known_on, with_content=False)


def concluded(
    it: Look,
    judged: Sequence[Judged],
    policy: Policy,
    before: Sequence[RegisteredNotice],
    *,
    verify: bool = False,
) -> tuple[Alert, ...]:
    """The alerts over these verdicts, after those notices. Raises EngineError and
    PolicyDisagreement.
    """
    verdicts = [one.verdict for one in judged]
    world = it.world
    return conclude(
        verdicts, it.records, policy, world.as_of, world.workdays, notices=before, verify=verify
    )


@dataclass(frozen=True)
class NoticesWritten:
    """The files that were written, how many notices were drafted, and how many wait for a person:
    to be approved, or issued.
    """

    files: tuple[Path, ...]
    drafted: int
    waiting: int


def notices(
    office: Office,
    when: When,
    out: Path,
    lang: Lang,
    *,
    doing: Doing | None = None,
    progress: Progress | None = None,
) -> NoticesWritten:
    """Drafts into the register what no notice has told, and renders all that waits to be issued
    into a folder, all or none. A draft that does not stand so any more is put aside, and what was
    issued is closed where nothing of it is open. Without `doing` nothing is drafted: what would be
    is rendered. Raises BadInput, EngineError.
    """
    it = look(office, when)
    policy, templates, store = policy_of(office), templates_of(office), store_of(office)
    judged = it.judged(progress=progress)
    before = notices_by(office, it)
    found = concluded(it, judged, policy, before)
    day = it.world.as_of
    with store.reading() as connection:
        whole = registered_notices(connection)
    of_before = [one for one in whole if one.as_of <= day]
    dropped = [
        one.notice for one in of_before if one.stage in WAITING and not still_stands(one, found)
    ]
    told = [one for one in whole if one.notice not in dropped]
    writing = NoticeWriting(it.world, judged, policy, lang, it.known_on, Sender(), before)
    drafts = writing.drafts(undrafted(found, told, policy))
    still = [one for one in told if one.stage in WAITING and doing is not None]
    sheets = [*(sheet_of(one) for one in still), *(draft_sheet(one) for one in drafts)]
    papers = sheets_filled(sheets, lang, templates, writing.index)
    with writable(out), outputs(out, "notices") as part:
        if doing is None:
            write_papers(part.path, papers)
            part.put()
            return NoticesWritten(_files(out, papers), 0, 0)
        states = {one.verdict.id: one.verdict.state for one in judged}
        steps = [StepToTake(one, RegisterStep.DROP, day) for one in dropped]
        steps += settled(of_before, states, day)

        def put(register: tuple[RegisteredNotice, ...]) -> None:
            waiting = [sheet_of(one) for one in register if one.stage in WAITING]
            if waiting != sheets:
                # Somebody else drafted or issued since: the folder shows what stands now.
                papers[:] = sheets_filled(waiting, lang, templates, writing.index)
            write_papers(part.path, papers)
            part.put()

        done = done_at(doing, store)
        count = draft_notices(store, drafts, steps, day, it.known_on, done, put)
    return NoticesWritten(_files(out, papers), count, (len(papers) - 1) // 2)


def _files(out: Path, papers: Sequence[Paper]) -> tuple[Path, ...]:
    return tuple(out / paper.file for paper in papers)
