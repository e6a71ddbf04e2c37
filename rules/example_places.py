"""Where the worked examples of the duties stand, for messages about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from problems import Place
from rules.files import BUILTIN, gather
from rules.yaml_tree import read_tree


def example_places(
    folders: Sequence[Path], office: Path | None = None, *, shipped: Path = BUILTIN
) -> dict[tuple[str, int], Place]:
    """The place of each example, by the duty's id and the example's number from 0."""
    files, _ = gather(folders, office, shipped)
    found: dict[tuple[str, int], Place] = {}
    for file in files:
        if file.role != "list":
            continue
        tree, _ = read_tree(file.shown, file.raw)
        if tree is None:
            continue
        for key, duty in (tree.data or {}).get("duties", {}).items():
            for number in range(len(duty.get("examples") or ())):
                place = tree.place(("duties", key, "examples", number))
                found[f"{file.document}.{file.stem}.{key}", number] = place
    return found
