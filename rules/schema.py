"""The JSON Schema of a rule file, from the model that checks it, so that editors complete it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from rules.duty import Document, DutyFile
from rules.frequency import ORDINALS, WEEKDAYS
from rules.model import Model
from rules.period_kinds import PERIOD_WORDS

Schema = dict[str, Any]

_LENGTH = {"type": "string", "pattern": r"^\s*\d+ (minute|hour|day|workday|month|year)s?\s*$"}
_SHORT: dict[str, list[Schema]] = {
    "Length": [_LENGTH],
    "Until": [_LENGTH],
    "DayOfPeriod": [
        {"type": "integer", "minimum": 1, "maximum": 31},
        {"enum": ["last", *WEEKDAYS, *(f"{nth} {day}" for nth in ORDINALS for day in WEEKDAYS)]},
        {"type": "string", "pattern": r"^\d\d-(\d\d|last)$"},
    ],
    "Frequency": [{"const": "to_be_ruled"}],
}
"""Short forms that people write instead of a mapping, by the model that takes them."""

_PERIOD = {
    "anyOf": [
        {"enum": list(PERIOD_WORDS)},
        {"type": "string", "pattern": r"^([2346]|12) months$|^([2-9]|[1-9]\d) years$"},
    ]
}


def rule_schema() -> Schema:
    """The schema of one list's file, as `rules schema` prints it. Draft 2020-12."""
    return _schema(DutyFile, "dutyclock: the duties of one list")


def document_schema() -> Schema:
    """The schema of a document.yaml, as `rules schema --document` prints it. Draft 2020-12."""
    schema = _schema(Document, "dutyclock: a document")
    del schema["properties"]["id"]  # its folder names it
    dated = [{"required": [key]} for key in ("signed", "in_force", "received")]
    return {**schema, "anyOf": dated}


def _schema(model: type[Model], title: str) -> Schema:
    _, whole = models_json_schema([(model, "validation")], by_alias=True)
    parts: Schema = whole["$defs"]
    for name, part in parts.items():
        _tidy(part)
        for key in ("per", "about"):
            if key in part.get("properties", {}) and name in ("Measure", "Variant", "Frequency"):
                part["properties"][key] = _PERIOD
        if "due" in part.get("properties", {}):
            part["properties"]["due"] = _one_or_list(part["properties"]["due"])
        if "between" in part.get("properties", {}):
            part["properties"]["between"]["anyOf"].append({"$ref": "#/$defs/DayOfPeriod"})
    for name, short in _SHORT.items():
        if name in parts:
            written = parts[name]
            parts[name] = {
                "description": written.get("description", ""),
                "anyOf": [*short, written],
            }
    root = parts.pop(model.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{key: value for key, value in root.items() if key != "title"},
        "$defs": dict(sorted(parts.items())),
    }


def _one_or_list(listed: Schema) -> Schema:
    return {"anyOf": [listed["items"], {"type": "array", "items": listed["items"]}]}


def _tidy(part: Any) -> None:
    """Take out the titles that only repeat names, and defaults, which the files leave out."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        part.pop("default", None)
        if "oneOf" in part:
            # Two days of a year are two texts as well.
            part["anyOf"] = part.pop("oneOf")
        for inner in part.values():
            _tidy(inner)
    elif isinstance(part, list):
        for inner in part:
            _tidy(inner)
