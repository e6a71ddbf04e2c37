"""Commands about the alert policy: check, show, try."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.bilingual import Command, Group
from commands.context import Edge, with_edge
from commands.judging import engine_must_run, tell_who_concluded
from commands.options import DAY_JUDGED, JSON, KNOWN_ON
from commands.screen import console, progress, tell


@click.group("policy", cls=Group)
def policy() -> None:
    """The ladder of notices: its levels, rules and examples."""


@policy.command("check", cls=Command)
@click.argument("path", metavar="[PATH]", required=False)
@with_edge
def policy_check(edge: Edge, path: str | None) -> None:
    """Show every problem of a policy file, and run its examples.

    Without PATH that of the office's own folder, else the one that comes with the program.
    """
    from services.ladder.policy import check_policy

    found = check_policy(edge.office(), Path(path) if path else None)
    text = edge.say("{levels} levels, {rules} rules, {examples} examples: no problems")
    counts = {"levels": len(found.levels), "rules": len(found.rules)}
    tell(text.format(**counts, examples=len(found.examples)))


@policy.command("show", cls=Command)
@with_edge
def policy_show(edge: Edge) -> None:
    """Show the levels and rules in force."""
    from reports.policy.text import print_policy
    from services.ladder.policy import show_policy

    print_policy(console(), show_policy(edge.office()), edge.lang)


@policy.command("try", cls=Command)
@DAY_JUDGED
@KNOWN_ON
@JSON
@with_edge
def policy_try(edge: Edge, as_of: date, known_on: date | None, as_json: bool) -> None:
    """Show what would be drafted on a day, and why; nothing is written."""
    from reports.jsonio import dump_json
    from reports.policy.text import print_tried, tried_json
    from services.ladder.policy import try_policy

    when, shown = edge.when(as_of, known_on), progress(edge.say("judging"))
    with engine_must_run(edge):
        it = try_policy(edge.office(), when, shown)
    found = it.concluded
    if as_json:
        tell(dump_json(tried_json(found.alerts, it.new, found.policy)), nl=False)
    else:
        print_tried(console(), found.world, found.alerts, it.new, found.policy, edge.lang)
    tell_who_concluded(edge, found.no_engine)
