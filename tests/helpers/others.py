"""Worlds that a second implementation wrote in words of its own, laid out as an office's files.

Each JSON file of `worlds_of_others` has duties, tables and the days on which it was judged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.helpers.factory_cli import Rows, call, good, write

WORLDS = Path(__file__).parents[1] / "worlds_of_others"

World = Mapping[str, Any]


def read(name: str) -> World:
    """The world of that name."""
    found: World = json.loads((WORLDS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def judged(world: World, folder: Path) -> list[dict[str, Any]]:
    """The verdicts of the world's first audit, as the program prints them."""
    lay_out(world, folder)
    db = folder / "others.db"
    where = ("--rules", folder / "rules", "--office", folder / "office")
    good("init", "--db", db, "--records-from", world["rules"]["records_from"])
    good("import", write(folder / "tables", tables_of(world)), "--db", db, *where)
    as_of, known_on, span = world["audits"][0]
    words = ["audit", "--as-of", as_of, "--span", span, "--json", "--db", db, *where]
    said = call(*words, *(["--known-on", known_on] if known_on else []))
    assert said.code < 2, said
    verdicts: list[dict[str, Any]] = said.data["verdicts"]
    return verdicts


def lay_out(world: World, folder: Path) -> None:
    """Its rules and words under `folder`."""
    duties: dict[str, dict[str, dict[str, Any]]] = {}
    for duty in world["rules"]["duties"]:
        document, name, key = duty["id"].split(".")
        duties.setdefault(document, {}).setdefault(name, {})[key] = _duty(duty)
        said = {"title": "文件", "signed": duty["x"]["document_signed"]}
        said |= {"adjust": duty["x"]["adjust"]} if "adjust" in duty["x"] else {}
        _write(folder / "rules" / document / "document.yaml", said)
    for document, lists in duties.items():
        for name, own in lists.items():
            _write(folder / "rules" / document / f"{name}.yaml", {"list": "清单", "duties": own})
    tables = world["tables"]
    acts = tables["activities"]
    kinds = {kind for duty in world["rules"]["duties"] for kind in duty["x"]["kinds"]}
    words = {
        "kinds": kinds | {act["kind"] for act in acts},
        "unit_types": {unit["type"] for unit in tables["units"]},
        "event_types": {event["type"] for event in tables["events"]},
    }
    listed = {group: {word: {"en": word} for word in sorted(some)} for group, some in words.items()}
    _write(folder / "office" / "vocabulary.yaml", listed)


def _duty(duty: World) -> dict[str, Any]:
    said = duty["x"]
    frequency = {key: duty[key] for key in ("at_least", "at_most", "per") if duty[key]}
    if "dues" in said:
        frequency["due"] = [int(day) if day.isdigit() else day for day in said["dues"]]
    if "gap" in said:
        ((unit, count),) = said["gap"].items()
        frequency |= {"every": f"{count} {unit}", "reading": "rolling"}
    if "while" in said:
        frequency["while"] = said["while"]
    activity: dict[str, Any] = {"kind": said["kinds"]}
    activity |= {"role": said["roles"]} if said.get("roles") else {}
    activity |= {"delegate": said["delegation"]} if "delegation" in said else {}
    valid = {key: duty[key] for key in ("first", "last") if duty[key]}
    return {
        "title": duty["id"],
        "source": {"clause": "一", "quote": duty["id"]},
        "holder": {"posts": said["holder"]["classes"]},
        "activity": activity,
        "frequency": frequency,
        **({"valid": valid} if valid else {}),
    }


def tables_of(world: World) -> dict[str, Rows]:
    """Its tables, each with the columns that any of its rows has."""
    found: dict[str, Rows] = {}
    for name, rows in world["tables"].items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if rows:
            cells = [[str(row.get(column, "")) for column in columns] for row in rows]
            found[name] = [columns, *cells]
    return found


def _write(path: Path, said: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Days stay days: JSON has them as text.
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    path.write_text(text.replace("'", ""), encoding="utf-8")
