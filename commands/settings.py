"""The command `office`: what is set of the office, shown and set."""

from __future__ import annotations

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.options import JSON, told_in_journal
from commands.screen import console, tell
from reports.i18n import mark

OUTCOMES = {
    "new": mark("set {setting}: {value}"),
    "changed": mark("changed {setting}: {value}; what it said before stays in the history"),
    "same": mark("{setting} says so already: nothing changed"),
}


@click.command("office", cls=Command)
@click.option(
    "--set", "given", metavar="KEY=VALUE", multiple=True,
    help="Set this of the office, such as sender, code, contact, phone; repeatable.",
)  # fmt: skip
@JSON
@told_in_journal
@with_edge
def office(edge: Edge, given: tuple[str, ...], as_json: bool) -> None:
    """Show what is set of the office, what each is for and what papers still lack; or set it."""
    from data.settings import SETTINGS
    from reports.jsonio import dump_json
    from reports.settings.text import print_settings, setting_name, settings_json
    from services.settings import office_settings, set_office

    asked = edge.office()
    it = set_office(asked, edge.doing(), given) if given else office_settings(asked)
    for key, outcome in it.done.items():
        name = setting_name(SETTINGS[key], edge.lang)
        text = edge.say(OUTCOMES[outcome]).format(setting=name, value=it.settings[key])
        tell(text, err=as_json)
    if as_json:
        tell(dump_json(settings_json(it.settings)), nl=False)
    else:
        print_settings(console(), it.settings, edge.lang)
