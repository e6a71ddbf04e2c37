"""What the alert policy concludes from a day's verdicts, and the notices that go out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.keeping.notice_register import StepToTake, draft_notices, registered_notices
from data.notice_register import WAITING, RegisteredNotice, RegisterStep
from data.outputs import outputs
from data.settings import Setting
from data.store.journal import Doing
from engine.alerting.alerts import Alert, conclude
from engine.alerting.drafting import still_stands, undrafted
from engine.alerting.policy import Policy
from engine.alerting.rules_engine import EngineMissing
from engine.judging.audit import Judged
from engine.judging.world import World
from problems import Said
from reports.i18n import Lang
from reports.notice.context import Index, IndexRow
from reports.notice.papers import (
    NoticeSheet,
    NoticeWriting,
    Paper,
    draft_sheet,
    sheet_of,
    sheets_filled,
    write_papers,
)
from reports.settings.text import lacking
from services.ladder.printing import PapersAsked, PapersMade, papers_made
from services.ladder.register import sender_of, settled
from services.look import Look, Progress, When, look
from services.office import Office, done_at, policy_of, store_of
from services.papers import templates_of, writable
from services.settings import paper_settings


@dataclass(frozen=True)
class Concluded:
    """The alerts of a day by a policy, in the world whose verdicts they are about, and the notices
    of the register by that day. `no_engine`: why plain Python concluded them (None: the rules
    engine did).
    """

    world: World
    policy: Policy
    alerts: tuple[Alert, ...]
    notices: tuple[RegisteredNotice, ...] = ()
    no_engine: EngineMissing | None = None


def alerts(
    office: Office, when: When, *, verify: bool = False, progress: Progress | None = None
) -> Concluded:
    """What the policy concludes; with `verify` the rules engine is held against plain Python, where
    it is installed.

    Raises BadInput, EngineCrashed where the rules engine fails, and PolicyDisagreement.
    """
    it = look(office, when)
    judged = it.judged(progress=progress)
    return concluded(it, judged, policy_of(office), notices_by(office, it), verify=verify)


def notices_by(office: Office, it: Look) -> tuple[RegisteredNotice, ...]:
    """The notices of the register by the day that is judged, as far as was known."""
    with store_of(office).reading() as connection:
        return registered_notices(connection, it.world.as_of, it.known_on, with_content=False)


def concluded(
    it: Look,
    judged: Sequence[Judged],
    policy: Policy,
    before: tuple[RegisteredNotice, ...],
    *,
    verify: bool = False,
) -> Concluded:
    """The alerts over these verdicts after those notices: by the rules engine, or by plain Python,
    to the same alerts, where that is not installed. Raises EngineCrashed, PolicyDisagreement.
    """
    verdicts = [one.verdict for one in judged]
    world = it.world
    asked = (verdicts, it.records, policy, world.as_of, world.workdays)
    try:
        found = conclude(*asked, notices=before, verify=verify)
    except EngineMissing as missing:
        found = conclude(*asked, notices=before, engine=None)
        return Concluded(world, policy, found, before, missing)
    return Concluded(world, policy, found, before)


@dataclass(frozen=True)
class NoticesWritten:
    """The files that were written, how many notices were drafted, and how many wait for a person:
    to be approved, or issued. The settings that papers have an empty place for, and why plain
    Python concluded the alerts (None: the rules engine did). `not_made`: which papers were asked
    for and could not be made, each with what would help.
    """

    files: tuple[Path, ...]
    drafted: int
    waiting: int
    lacking: tuple[Setting, ...]
    no_engine: EngineMissing | None
    not_made: tuple[tuple[Said, Said], ...] = ()


def notices(
    office: Office,
    when: When,
    out: Path,
    lang: Lang,
    *,
    given: Sequence[str] = (),
    doing: Doing | None = None,
    asked: PapersAsked | None = None,
    progress: Progress | None = None,
) -> NoticesWritten:
    """Drafts into the register what no notice has told, and renders all that waits to be issued
    into a folder, all or none. A draft that does not stand so any more is put aside, and what was
    issued is closed where nothing of it is open. Without `doing` nothing is drafted: what would be
    is rendered beside what waits already. `given` are settings of the office for this once, each
    `key=value`; `asked` are papers besides pages and texts. Raises BadInput, EngineCrashed.
    """
    told = paper_settings(store_of(office), given)
    sender = sender_of(told)
    it = look(office, when)
    policy, templates, store = policy_of(office), templates_of(office), store_of(office)
    judged = it.judged(progress=progress)
    before = notices_by(office, it)
    it_concluded = concluded(it, judged, policy, before)
    found = it_concluded.alerts
    day = it.world.as_of
    with store.reading() as connection:
        whole = registered_notices(connection)
    of_before = [one for one in whole if one.as_of <= day]
    dropped = [
        one.notice for one in of_before if one.stage in WAITING and not still_stands(one, found)
    ]
    known = [one for one in whole if one.notice not in dropped]
    writing = NoticeWriting(it.world, judged, policy, lang, it.known_on, sender, before)
    drafts = writing.drafts(undrafted(found, known, policy))
    still = [one for one in known if one.stage in WAITING]
    sheets = [*(sheet_of(one, sender) for one in still), *(draft_sheet(one) for one in drafts)]

    def filled(sheets: Sequence[NoticeSheet]) -> tuple[list[Paper], PapersMade]:
        made = papers_made(office, sheets, asked) if asked else PapersMade()

        def index(rows: Sequence[IndexRow]) -> Index:
            return writing.index(rows, is_preview=doing is None)

        return sheets_filled(sheets, lang, templates, index, made.files), made

    papers, made = filled(sheets)
    with writable(out), outputs(out, "notices") as part:
        if doing is None:
            write_papers(part.path, papers, made.files)
            part.put()
            return _written(out, papers, made, 0, told, it_concluded)
        states = {one.verdict.id: one.verdict.state for one in judged}
        steps = [StepToTake(one, RegisterStep.DROP, day) for one in dropped]
        steps += settled(of_before, states, day)

        def put(register: tuple[RegisteredNotice, ...]) -> None:
            nonlocal papers, made
            waiting = [sheet_of(one, sender) for one in register if one.stage in WAITING]
            if waiting != sheets:
                # Somebody else drafted or issued since: the folder shows what stands now.
                papers, made = filled(waiting)
            write_papers(part.path, papers, made.files)
            part.put()

        done = done_at(doing, store)
        count = draft_notices(store, drafts, steps, day, it.known_on, done, put)
    return _written(out, papers, made, count, told, it_concluded)


def _written(
    out: Path,
    papers: Sequence[Paper],
    made: PapersMade,
    drafted: int,
    told: Mapping[str, str],
    found: Concluded,
) -> NoticesWritten:
    files = tuple(out / name for name in (*(paper.file for paper in papers), *made.files))
    waiting = (len(papers) - 1) // 2
    missing = lacking(told) if waiting else ()
    return NoticesWritten(files, drafted, waiting, missing, found.no_engine, made.lacking)
