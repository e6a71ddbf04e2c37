"""The command `demo`: the main job on the shipped rules and made-up records."""

from __future__ import annotations

from pathlib import Path

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.screen import progress, tell, type_in
from samples.demo import WORLDS, Stage, run_demo


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
    run_demo(Stage(type_in, tell, progress), Path(out), WORLDS[world], edge.lang)
