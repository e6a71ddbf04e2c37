"""The demo: the main job on the documents' rules and a made-up year, by the public commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from commands.edge import Edge, with_edge
from commands.words import Command
from problems import BadInput, Place, Problem

FIRST_DAY, LAST_DAY = "2022-07-01", "2023-07-01"
LEADER = "秦岚"
LEFT_BY_A_DEMO = ("tables", "notices", "dutyclock.db", "leader.html", "month.html", "month.csv")

Run = Callable[[Sequence[str]], int]


@click.command("demo", cls=Command)
@click.option(
    "--out", metavar="FOLDER", default="demo", show_default=True, help="Where to put everything."
)
@with_edge
def demo(edge: Edge, out: str) -> None:
    """Run the main job on the documents' rules and made-up records."""
    from cli import run
    from data.demo import write_world

    folder = Path(out)
    _make_way(folder)
    tables = folder / "tables"
    click.echo(edge.say("Everything in this world is made up: a park, three towns, one year."))
    write_world(tables)
    spoken = ("--lang", "en") if edge.lang == "en" else ()
    store = ("--db", str(folder / "dutyclock.db"), *spoken)
    _step(run, ["init", "--records-from", FIRST_DAY, *store])
    _step(run, ["import", str(tables), *store])
    pages = ("--html", str(folder / "month.html"), "--csv", str(folder / "month.csv"))
    _step(run, ["audit", "--as-of", LAST_DAY, *pages, *store])
    _step(run, ["notices", "--as-of", LAST_DAY, "--out", str(folder / "notices"), *store])
    page = folder / "leader.html"
    _step(run, ["leader", LEADER, "--as-of", LAST_DAY, "--html", str(page), *store])
    click.echo()
    for line in (
        edge.say("Open {notices}, {leader} and {month} in a browser.").format(
            notices=folder / "notices" / "index.html", leader=page, month=folder / "month.html"
        ),
        edge.say("Ask why: dutyclock why VERDICT --as-of {day} --db {db}").format(
            day=LAST_DAY, db=store[1]
        ),
        edge.say("Change a line in {tables}, import it again, and audit once more.").format(
            tables=tables
        ),
    ):
        click.echo(line)


def _make_way(folder: Path) -> None:
    """Clears what an earlier demo left. Raises BadInput where something else is in the folder."""
    try:
        if folder.exists():
            others = [path for path in folder.iterdir() if not _is_left_by_a_demo(path.name)]
            if others:
                raise BadInput(
                    [
                        Problem(
                            Place(str(folder)),
                            f"the folder holds something else: '{others[0].name}'",
                            "name an empty folder with --out",
                        )
                    ]
                )
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as error:
        problem = Problem(Place(str(folder)), f"cannot be used: {error.strerror or error}")
        raise BadInput([problem]) from None


def _is_left_by_a_demo(name: str) -> bool:
    return name in LEFT_BY_A_DEMO or name.startswith("dutyclock.db-")


def _step(run: Run, words: list[str]) -> None:
    """One public command, shown as it would be typed. An overdue obligation is no failure here."""
    click.echo()
    click.secho("$ dutyclock " + " ".join(words), bold=True)
    code = run(words)
    if code not in (0, 1):
        raise SystemExit(code)
