"""What `dutyclock demo` does: a made-up world, and the main job on it by the public commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.outputs import MANIFEST
from problems import BadInput, Place, Problem, reason_of, said
from reports.i18n import Lang, mark, translator

LEFT_BY_A_DEMO = (
    *("tables", "notices", "dutyclock.db", "leader.html", "month.html", "month.csv"),
    MANIFEST,
)

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


@dataclass(frozen=True)
class Stage:
    """What a demo is handed: what runs a public command, what shows a line, and the progress of
    what is labelled so.
    """

    run: Callable[[Sequence[str]], None]
    show: Callable[[str], None]
    progress: Callable[[str], Progress]


def run_demo(stage: Stage, folder: Path, made: DemoWorld, lang: Lang) -> None:
    """Fills the folder: tables, a store, and the pages of the world's last day.

    Raises BadInput where something else is in the folder, and whatever a command raises.
    """
    _ = translator(lang)
    _make_way(folder)
    tables, notices = folder / "tables", folder / "notices"
    leader_page, month_page = folder / "leader.html", folder / "month.html"
    stage.show(_(made.told))
    leader = made.write(tables, stage.progress(_("writing the records")))
    spoken = ("--lang", "en") if lang == "en" else ()
    store = ("--db", str(folder / "dutyclock.db"), *spoken)
    as_of = ("--as-of", made.last_day)
    pages = ("--html", str(month_page), "--csv", str(folder / "month.csv"))
    for words in (
        ("init", "--records-from", made.first_day, *store),
        ("import", str(tables), *store),
        ("audit", *as_of, *pages, *store),
        ("notices", *as_of, "--out", str(notices), *store),
        ("leader", leader, *as_of, "--html", str(leader_page), *store),
    ):
        stage.show("")
        stage.run(words)
    for line in (
        "",
        _("Open {notices}, {leader} and {month} in a browser.").format(
            notices=notices / "index.html", leader=leader_page, month=month_page
        ),
        _("Ask why: dutyclock why VERDICT --as-of {day} --db {db}").format(
            day=made.last_day, db=store[1]
        ),
        _("Change a line in {tables}, import it again, and audit once more.").format(tables=tables),
    ):
        stage.show(line)


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
    if name.startswith(".dutyclock.db.") and name.endswith(".shown"):
        return True  # the numbers of the rows that a reader was shown
    return name in LEFT_BY_A_DEMO or name.startswith("dutyclock.db-")
