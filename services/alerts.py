"""What the alert policy concludes from a day's verdicts, and the notices that go out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.keeping.kept_notices import KeptPaper, keep_notices
from data.outputs import outputs
from data.settings import Setting
from data.store.journal import Doing
from engine.alerting.alerts import Alert, conclude
from engine.alerting.policy import Policy
from engine.alerting.rules_engine import EngineMissing
from engine.judging.audit import Judged
from engine.judging.world import World
from reports.i18n import Lang
from reports.notice.papers import Sender, notice_papers, write_papers
from reports.settings.text import lacking
from services.look import Look, Progress, When, look
from services.office import Office, done_at, policy_of, store_of
from services.papers import templates_of, writable
from services.settings import paper_settings


@dataclass(frozen=True)
class Concluded:
    """The alerts of a day by a policy, in the world whose verdicts they are about. `no_engine`: why
    plain Python concluded them (None: the rules engine did).
    """

    world: World
    policy: Policy
    alerts: tuple[Alert, ...]
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
    policy = policy_of(office)
    return concluded(it, judged, policy, verify=verify)


def concluded(
    it: Look, judged: Sequence[Judged], policy: Policy, *, verify: bool = False
) -> Concluded:
    """The alerts over these verdicts: by the rules engine, or by plain Python, to the same alerts,
    where that is not installed. Raises EngineCrashed, PolicyDisagreement.
    """
    verdicts = [one.verdict for one in judged]
    world = it.world
    asked = (verdicts, it.records, policy, world.as_of, world.workdays)
    try:
        return Concluded(world, policy, conclude(*asked, verify=verify))
    except EngineMissing as missing:
        return Concluded(world, policy, conclude(*asked, engine=None), missing)


@dataclass(frozen=True)
class Rendered:
    """The files that were written, the settings that papers have an empty place for, and why plain
    Python concluded the alerts (None: the rules engine did).
    """

    files: tuple[Path, ...]
    lacking: tuple[Setting, ...]
    no_engine: EngineMissing | None


def notices(
    office: Office,
    when: When,
    out: Path,
    lang: Lang,
    *,
    given: Sequence[str] = (),
    keep: Doing | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Renders the notices of a day into a folder, all or none. `given` are settings of the office
    for this once, each `key=value`. With `keep` the journal is told which papers they are, by
    whom. Raises BadInput, EngineCrashed.
    """
    told = paper_settings(store_of(office), given)
    sender = Sender(
        told["sender"], told["contact"], told["phone"], told["mark"], told["code"],
        told["seal"], told["copies"],
    )  # fmt: skip
    it = look(office, when)
    policy, templates = policy_of(office), templates_of(office)
    judged = it.judged(progress=progress)
    found = concluded(it, judged, policy)
    papers = notice_papers(
        it.world, judged, found.alerts, policy, lang, templates, known_on=it.known_on, sender=sender
    )
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
    files = tuple(out / paper.file for paper in papers)
    return Rendered(files, lacking(told) if len(files) > 1 else (), found.no_engine)
