"""The whole command line: the commands of `commands/`, exit codes, and problems printed.

Exit codes: 0 done, 1 something is overdue in an audit's span, 2 bad input or could not judge,
130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from io import StringIO

import click

from commands.ahead import calendar, handover
from commands.auditing import audit
from commands.bilingual import SPOKEN, Group, language
from commands.click_words import click_speaks
from commands.context import Edge
from commands.corrections import make_up, void
from commands.demo import demo
from commands.doctor import doctor
from commands.evidence import attach, evidence
from commands.importing import import_, template
from commands.judging import alerts, leader, notices, why
from commands.options import shared_options
from commands.rule_reading import rules
from commands.safekeeping import backup, journal, restore, verify
from commands.screen import quiet_on_broken_pipe, tell
from commands.staffing import appoint, delegate, leave, waive
from commands.storing import export, init, record
from data.passwords import without_passwords
from problems import BadInput, reason_of
from reports.i18n import Lang, translator
from reports.problem_words import in_words, problem_text


def _version() -> str:
    try:
        return version("dutyclock")
    except PackageNotFoundError:
        return "0"


@click.group("dutyclock", cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="dutyclock", message="%(prog)s %(version)s")
@shared_options
@click.pass_context
def cli(
    context: click.Context,
    db: str | None,
    rules: tuple[str, ...],
    office: str | None,
    lang: Lang | None,
) -> None:
    """Check whether duty frequencies are being met: verdicts, alerts, notices, leaders' records."""
    context.obj = Edge(db, rules, office, lang or SPOKEN.get())


for _command in (
    init,
    import_,
    template,
    record,
    attach,
    evidence,
    make_up,
    void,
    waive,
    appoint,
    leave,
    delegate,
    export,
    backup,
    restore,
    verify,
    journal,
    rules,
    audit,
    why,
    leader,
    handover,
    alerts,
    notices,
    calendar,
    doctor,
    demo,
):
    cli.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code; what is wrong stands on standard error."""
    words = list(arguments)
    try:
        lang = language(words)
        SPOKEN.set(lang)
        with click_speaks(lang):
            return _run(words, lang)
    except KeyboardInterrupt:
        # Ctrl-C before the command began, or while its end was being told.
        tell(translator(SPOKEN.get())("interrupted: nothing half done"), err=True)
        return 130


def _run(words: list[str], lang: Lang) -> int:
    say = translator(lang)
    try:
        # Whoever closes a pipe early (`| head`) has read enough: 0, where click would end with 1.
        with quiet_on_broken_pipe(0), cli.make_context("dutyclock", words) as context:
            cli.invoke(context)
    except BadInput as error:
        for problem in error.problems:
            tell(without_passwords(problem_text(problem, lang)), err=True)
        return 2
    except click.exceptions.Exit as done:
        return done.exit_code
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    except (KeyboardInterrupt, click.Abort):
        tell(say("interrupted: nothing half done"), err=True)
        return 130
    except click.ClickException as error:
        told = StringIO()
        error.show(told)
        tell(without_passwords(told.getvalue()), err=True, nl=False)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        tell(without_passwords(f"{where}{in_words(reason_of(error), lang)}"), err=True)
        return 2
    return 0


def main() -> None:
    """Runs `dutyclock` with the arguments it was started with; ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Old Windows consoles have code pages without some Chinese characters.
            stream.reconfigure(errors="replace")
    # The reader of standard error may close it too, and then nobody was told what is wrong.
    with quiet_on_broken_pipe(2):
        sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
