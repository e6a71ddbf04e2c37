"""The demo: the main job on the documents' rules and made-up records, by the public commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from commands.edge import Edge, progress, with_edge
from commands.words import Command
from problems import BadInput, Place, Problem, reason_of, said
from reports.i18n import mark

LEFT_BY_A_DEMO = ("tables", "notices", "dutyclock.db", "leader.html", "month.html", "month.csv")

Run = Callable[[Sequence[str]], int]
Progress = Callable[[int, int], None] | None


@dataclass(frozen=True)
class DemoWorld:
    """A made-up world: since when it keeps records, the day that is judged, what makes its tables.

    `write` puts the import tables into a folder and gives the name of the leader to be shown.
    """

    told: str
    first_day: str
    last_day: str
    write: Callable[[Path, Progress], str]


def _write_park(folder: Path, _show: Progress) -> str:
    from samples.office import write_world

    write_world(folder)
    return "秦岚"


def _write_district(folder: Path, show: Progress) -> str:
    from rules.loader import BUILTIN, load_rulebook
    from samples.district import leader_of, write_district
    from samples.district_duties import tasks_of
    from samples.district_world import DOCUMENT, LAST, world_of_district

    records = world_of_district()
    tasks = tasks_of(records, load_rulebook([BUILTIN]), DOCUMENT, LAST, show)
    write_district(folder, records, tasks)
    return leader_of(records)


WORLDS = {
    "park": DemoWorld(
        mark("Everything in this world is made up: a park, three towns, one year."),
        "2022-07-01",
        "2023-07-01",
        _write_park,
    ),
    "district": DemoWorld(
        mark("Everything in this world is made up: a district, its departments and enterprises."),
        "2024-06-01",
        "2026-01-01",
        _write_district,
    ),
}


@click.command("demo", cls=Command)
@click.option(
    "--out", metavar="FOLDER", default="demo", show_default=True, help="Where to put everything."
)
@click.option(
    "--world",
    type=click.Choice(list(WORLDS)),
    default="park",
    show_default=True,
    help="A small park and its towns, or a whole district with some 20,000 records.",
)
@with_edge
def demo(edge: Edge, out: str, world: str) -> None:
    """Run the main job on the documents' rules and made-up records."""
    from cli import run

    folder, made = Path(out), WORLDS[world]
    _make_way(folder)
    tables = folder / "tables"
    click.echo(edge.say(made.told))
    leader = made.write(tables, progress(edge.say("writing the records")))
    spoken = ("--lang", "en") if edge.lang == "en" else ()
    store = ("--db", str(folder / "dutyclock.db"), *spoken)
    as_of = ("--as-of", made.last_day)
    _step(run, ["init", "--records-from", made.first_day, *store])
    _step(run, ["import", str(tables), *store])
    pages = ("--html", str(folder / "month.html"), "--csv", str(folder / "month.csv"))
    _step(run, ["audit", *as_of, *pages, *store])
    _step(run, ["notices", *as_of, "--out", str(folder / "notices"), *store])
    page = folder / "leader.html"
    _step(run, ["leader", leader, *as_of, "--html", str(page), *store])
    click.echo()
    for line in (
        edge.say("Open {notices}, {leader} and {month} in a browser.").format(
            notices=folder / "notices" / "index.html", leader=page, month=folder / "month.html"
        ),
        edge.say("Ask why: dutyclock why VERDICT --as-of {day} --db {db}").format(
            day=made.last_day, db=store[1]
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
                            said("folder_not_empty", name=others[0].name),
                            said("name_an_empty_folder"),
                        )
                    ]
                )
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as error:
        problem = Problem(Place(str(folder)), said("cannot_be_used", reason=reason_of(error)))
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
