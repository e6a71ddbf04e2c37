"""The command line as a whole: the commands of this folder, exit codes, and problems printed.

Exit codes: 0 done, 1 something is overdue in an audit's span, 2 bad input or could not judge,
130 interrupted.
"""

from __future__ import annotations

import codecs
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from io import StringIO

import click

from commands.ahead import calendar, handover
from commands.auditing import audit
from commands.bilingual import SPOKEN, Group, language
from commands.context import Edge
from commands.corrections import make_up, void
from commands.daily import changes, silent, today
from commands.demo import demo
from commands.doctor import doctor
from commands.evidence import attach, evidence
from commands.help.click_words import click_speaks
from commands.importing import import_, template
from commands.judging import alerts, leader, notices, why
from commands.ladder.policy import policy
from commands.ladder.register import register
from commands.machine import settings
from commands.options import shared_options
from commands.rule_reading import rules
from commands.safekeeping import backup, journal, restore, verify
from commands.screen import quiet_on_broken_pipe, tell, write_readable
from commands.settings import office
from commands.staffing import appoint, delegate, leave, waive
from commands.storing import export, init, record
from data.atomic import private_files
from data.passwords import without_passwords
from problems import BadInput, Place, Problem, is_undecoded, legible, reason_of, said
from reports.i18n import Lang, translator
from reports.problem_words import in_words, problem_texts


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
    office,
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
    policy,
    today,
    silent,
    changes,
    audit,
    why,
    leader,
    handover,
    alerts,
    notices,
    register,
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
        with click_speaks(lang), private_files():
            return _run(words, lang)
    except KeyboardInterrupt:
        # Ctrl-C before the command began, or while its end was being told.
        tell(translator(SPOKEN.get())("interrupted: nothing half done"), err=True)
        return 130


def _undecoded(words: Sequence[str], told: Mapping[str, str]) -> Iterator[Problem]:
    """What was typed, or stands in the environment, and is no text: it could not be kept."""
    for word in words:
        if is_undecoded(word):
            hint = said("type_or_rename_in_utf8")
            yield Problem(Place(legible(word)), said("argument_not_utf8"), hint)
    for name, text in told.items():
        if is_undecoded(text):
            value = legible(text)
            yield Problem(
                Place(name), said("variable_not_utf8", value=value), said("set_it_in_utf8")
            )


def _run(words: list[str], lang: Lang) -> int:
    say = translator(lang)
    try:
        problems = [*_undecoded(words, settings())]
        if problems:
            raise BadInput(problems)
        # Whoever closes a pipe early (`| head`) has read enough: 0, where click would end with 1.
        with quiet_on_broken_pipe(0), cli.make_context("dutyclock", words) as context:
            cli.invoke(context)
    except BadInput as error:
        for text in problem_texts(error, lang):
            tell(without_passwords(text), err=True)
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


def main() -> int:
    """Runs the command line of this process; its exit code."""
    codecs.register_error("readable", write_readable)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Old Windows consoles have code pages without some Chinese characters.
            stream.reconfigure(errors="readable")
    # The reader of standard error may close it too, and then nobody was told what is wrong.
    with quiet_on_broken_pipe(2):
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            code = run(sys.argv[1:])
            sys.stdout.flush()
        finally:
            # What was to be done is done, or undone: nothing is left to interrupt.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code
