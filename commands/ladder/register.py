"""Commands of the notice register: list, show, and the steps of a notice's life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from commands.bilingual import Command, Group
from commands.context import Edge, with_edge
from commands.options import JSON, LARGEST_NUMBER, Day, papers_asked, told_in_journal
from commands.screen import console, tell, tell_not_made
from data.notice_register import NoticeStage, RegisteredNotice, RegisterStep
from reports.i18n import mark

NUMBERS = click.argument(
    "numbers", metavar="NO…", nargs=-1, required=True, type=click.IntRange(1, LARGEST_NUMBER)
)


@click.group("register", cls=Group)
def register() -> None:
    """The notices: drafted, approved, issued, delivered, answered, closed."""


@register.command("list", cls=Command)
@click.option(
    "--stage", type=click.Choice([one.value for one in NoticeStage]), help="Those that stand there."
)
@click.option("--unit", metavar="UNIT", help="Those about this unit.")
@JSON
@with_edge
def register_list(edge: Edge, stage: str | None, unit: str | None, as_json: bool) -> None:
    """List the notices of the register."""
    from services.ladder.register import register as asked

    at = NoticeStage(stage) if stage else None
    _tell(edge, asked(edge.office(), stage=at, unit=unit), as_json)


@register.command("show", cls=Command)
@NUMBERS
@click.option("--out", metavar="FOLDER", help="Print them there, as they stand.")
@papers_asked
@JSON
@with_edge
def register_show(
    edge: Edge, numbers: Sequence[int], out: str | None, pdf: bool, word: bool, as_json: bool
) -> None:
    """Show notices whole, with every step; NO is their number in the register."""
    from reports.jsonio import dump_json
    from reports.register.text import notice_json, print_notice
    from services.ladder.register import print_notices, register_notices

    found = register_notices(edge.office(), numbers)
    if out:
        asked = edge.papers(pdf=pdf, word=word)
        written, made = print_notices(edge.office(), numbers, Path(out), edge.lang, asked)
        text = edge.say("{count} files in {folder}")
        tell(text.format(count=len(written), folder=out), err=as_json)
        tell_not_made(made.lacking, edge.lang)
    if as_json:
        tell(dump_json([notice_json(one) for one in found]), nl=False)
    elif not out:
        for one in found:
            print_notice(console(), one, edge.lang)


def _tell(edge: Edge, notices: Sequence[RegisteredNotice], as_json: bool) -> None:
    from reports.jsonio import dump_json
    from reports.register.text import notice_json, print_register

    if as_json:
        tell(dump_json([notice_json(one) for one in notices]), nl=False)
    else:
        print_register(console(), notices, edge.lang)


def _step(step: RegisterStep, help: str) -> None:
    """Adds the command that takes one step for several notices."""

    @NUMBERS
    @click.option("--on", type=Day(), help="The day of it; today where it is left out.")
    @click.option("--note", metavar="TEXT", help="What is to be noted in the register.")
    @JSON
    @told_in_journal
    @with_edge
    def taken(
        edge: Edge,
        numbers: Sequence[int],
        on: date | None,
        note: str | None,
        as_json: bool,
        code: str | None = None,
    ) -> None:
        from services.ladder.register import StepAsked, take_step

        asked = StepAsked(step, on, note, code)
        _tell(edge, take_step(edge.office(), edge.doing(), numbers, asked), as_json)

    if step is RegisterStep.ISSUE:
        click.option(
            "--code", metavar="TEXT", help="What numbers begin with, if not as it is set."
        )(taken)
    register.command(step.value, cls=Command, help=help)(taken)


_step(RegisterStep.APPROVE, mark("Approve drafts: they may be issued then."))
_step(RegisterStep.ISSUE, mark("Issue notices: each gets its number, its day and its limit."))
_step(RegisterStep.DELIVERED, mark("Note that notices were delivered; the limit runs from then."))
_step(RegisterStep.REPLY, mark("Note that a reply came."))
_step(RegisterStep.RETURN, mark("Send a reply back: the limit runs anew."))
_step(RegisterStep.CLOSE, mark("Close notices: what they ask for is done, or the reply accepted."))
_step(RegisterStep.ARCHIVE, mark("Put closed notices into the archive."))
_step(RegisterStep.WITHDRAW, mark("Withdraw notices; a number stays in the register as void."))
