"""What the alert policy concludes from a day's verdicts, and the notices that go out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.keeping.kept_notices import KeptPaper, keep_notices
from data.notice_register import RegisteredNotice
from data.outputs import outputs
from data.store.journal import Doing
from engine.alerting.alerts import Alert, conclude
from engine.alerting.policy import Policy
from engine.judging.audit import Judged
from engine.judging.world import World
from reports.i18n import Lang
from reports.notice.papers import notice_papers, write_papers
from services.look import Look, Progress, When, look
from services.office import Office, done_at, policy_of, store_of
from services.papers import templates_of, writable


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
    policy = policy_of(office)
    return Concluded(it.world, policy, concluded(it, judged, policy, verify=verify))


def concluded(
    it: Look, judged: Sequence[Judged], policy: Policy, *, verify: bool = False
) -> tuple[Alert, ...]:
    """The alerts over these verdicts. Raises EngineError, PolicyDisagreement."""
    verdicts = [one.verdict for one in judged]
    world = it.world
    return conclude(verdicts, it.records, policy, world.as_of, world.workdays, verify=verify)


def notices(
    office: Office,
    when: When,
    out: Path,
    lang: Lang,
    *,
    keep: Doing | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Renders the notices of a day into a folder, all or none; the files. With `keep` the journal
    is told which papers they are, by whom. Raises BadInput, EngineError.
    """
    it = look(office, when)
    policy, templates = policy_of(office), templates_of(office)
    judged = it.judged(progress=progress)
    found = concluded(it, judged, policy)
    papers = notice_papers(it.world, judged, found, policy, lang, templates, known_on=it.known_on)
    with writable(out), outputs(out, "notices") as part:
        write_papers(part.path, papers)
        if keep:
            store = store_of(office)
            rows = [KeptPaper(one.level, one.addressee, one.file, one.text) for one in papers]
            rows = [one for one in rows if one.level]
            doing = done_at(keep, store)
            keep_notices(store, rows, it.world.as_of, it.known_on, doing, part.put)
        else:
            part.put()
    return tuple(out / paper.file for paper in papers)
