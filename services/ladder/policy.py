"""The ladder of an office: checked with its examples, shown, and tried on a day without effect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.alerting.drafting import undrafted
from engine.alerting.policy import Policy, load_policy
from engine.alerting.policy_examples import wrong_examples
from problems import BadInput
from services.alerts import Concluded, alerts
from services.look import Progress, When
from services.office import Office, policy_file, policy_of


def check_policy(office: Office, path: Path | None = None) -> Policy:
    """The policy at `path`, else the office's, whose examples all come out as they say. Raises
    BadInput with every problem, each with its place.
    """
    at = path or policy_file(office)
    policy = load_policy(at)
    wrong = list(wrong_examples(policy, at))
    if wrong:
        raise BadInput(wrong)
    return policy


def show_policy(office: Office) -> Policy:
    """The policy in force. Raises BadInput."""
    return policy_of(office)


@dataclass(frozen=True)
class Tried:
    """What the policy concludes on a day, and the keys of what would be drafted."""

    concluded: Concluded
    new: frozenset[str]


def try_policy(office: Office, when: When, progress: Progress | None = None) -> Tried:
    """What would fire, and what of it no notice tells; nothing is written. Raises BadInput,
    EngineError.
    """
    found = alerts(office, when, progress=progress)
    new = undrafted(found.alerts, found.notices, found.policy)
    return Tried(found, frozenset(alert.key for alert in new))
