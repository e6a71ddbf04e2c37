"""What the rule models object to, as problems with places: the words of a clerk, not of a library.

pydantic says where by a path through the data; the tree of the file says where that is.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from problems import Place, Problem, did_you_mean, one_of
from rules.yaml_tree import Path, Tree

M = TypeVar("M", bound=BaseModel)

_GROUPS = {
    "duties": "duty",
    "windows": "window",
    "school_terms": "school term",
    "workdays": "workdays of",
    "kinds": "kind",
    "roles": "role",
    "post_classes": "post class",
    "unit_types": "unit type",
    "subject_types": "subject type",
    "event_types": "event type",
    "industries": "industry",
    "tags": "tag",
    "quantity_units": "quantity unit",
    "attributes": "attribute",
    "rulings": "ruling",
    "adoptions": "adoption",
    "ruled_out": "passage",
}


def subject_of(path: Sequence[str | int]) -> str:
    """The thing of the file that `path` lies in: `duty 'hold_drill'`; empty at the file's top."""
    if len(path) < 2 or path[0] not in _GROUPS:
        return ""
    name = _GROUPS[str(path[0])]
    return f"{name} {path[1] + 1}" if isinstance(path[1], int) else f"{name} '{path[1]}'"


def within(path: Sequence[str | int]) -> str:
    """` in duty 'hold_drill'`, or nothing at the file's top."""
    subject = subject_of(path)
    return f" in {subject}" if subject else ""


def checked(
    model: type[M], tree: Tree, data: Any, prefix: Path = ()
) -> tuple[M | None, list[Problem]]:
    """`data`, which stands at `prefix` in the file, as a `model`; None and problems otherwise."""
    try:
        return model.model_validate(data, strict=True), []
    except ValidationError as error:
        return None, list(_problems(model, tree, prefix, error))


def _problems(
    model: type[BaseModel], tree: Tree, prefix: Path, error: ValidationError
) -> Iterator[Problem]:
    by_path: dict[Path, list[Any]] = {}
    for item in error.errors(include_url=False):
        loc = tuple(step for step in item["loc"])
        added = loc[-1:] if item["type"] in ("missing", "extra_forbidden") else ()
        walked, _ = tree.find((*prefix, *(loc[: len(loc) - len(added)])))
        by_path.setdefault((*walked, *added), []).append(item)
    found = {
        path: _problem(model, tree, prefix, path, items)
        for path, items in by_path.items()
        if not _is_refined(path, by_path)
    }
    for path, problem in found.items():
        if by_path[path][0]["type"] == "missing" and _is_misspelt(path, found):
            continue
        yield problem


def _is_misspelt(path: Path, found: dict[Path, Problem]) -> bool:
    """Whether a key is only missing because an unknown one beside it means it."""
    return any(
        other[:-1] == path[:-1] and f"did you mean '{path[-1]}'" in problem.hint
        for other, problem in found.items()
    )


def _is_refined(path: Path, by_path: dict[Path, list[Any]]) -> bool:
    """Whether a longer path says more exactly what `path` only calls the wrong type.

    One value may be tried as several types (a day, or a mapping): what is said inside of it is
    about the type that was meant.
    """
    if any(item["type"] in ("missing", "extra_forbidden", "value_error") for item in by_path[path]):
        return False
    return any(other[: len(path)] == path and len(other) > len(path) for other in by_path)


def _problem(
    model: type[BaseModel], tree: Tree, prefix: Path, path: Path, items: list[Any]
) -> Problem:
    kinds = {item["type"]: item for item in items}
    last = path[-1] if path else ""
    here = within(path)
    if "extra_forbidden" in kinds:
        known = sorted(_keys_at(model, path[len(prefix) : -1]))
        named = f"known keys: {', '.join(known)}" if known else "take it away"
        hint = did_you_mean(str(last), known) or named
        hint = _ELSEWHERE.get(str(last), hint)
        where = here or (f" of '{path[-2]}'" if len(path) > 1 else "")
        return Problem(tree.place(path, key=True), f"unknown key '{last}'{where}", hint)
    if "missing" in kinds:
        if isinstance(last, int):
            return Problem(tree.place(path), f"a value is missing at the end of the list{here}")
        above = path[:-1]
        inner = f" under '{above[-1]}'" if len(above) > 2 and isinstance(above[-1], str) else ""
        return Problem(tree.place(above, key=True), f"key '{last}' is missing{inner}{here}")
    chosen = kinds.get("value_error")
    if chosen is not None:
        said, hint = _split(str(chosen["ctx"]["error"]))
        return Problem(tree.place(path), f"{said}{_under(path)}{here}", hint)
    return _wrong_type(tree, path, items)


def _split(said: str) -> tuple[str, str]:
    """A model's own objection as message and hint, which a semicolon parts."""
    message, _, hint = said.partition("; ")
    return message, hint


def _under(path: Path) -> str:
    """` for 'per'`: the key whose value it is, unless the thing itself has that name."""
    last = next((step for step in reversed(path[2:]) if isinstance(step, str)), "")
    return f" for '{last}'" if last else ""


_ELSEWHERE = {
    "variants": "variants stand in the frequency itself, each with a whole measure of its own",
    "examples": "examples stand in the duty",
}

_WANTED = {
    "string_type": ("text", "put it in quotes"),
    "int_type": ("a whole number", ""),
    "int_from_float": ("a whole number", ""),
    "int_parsing": ("a whole number", ""),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "bool_parsing": ("true or false", "write true or false, without quotes"),
    "date_type": ("a day", "dates are written YYYY-MM-DD, without quotes"),
    "date_parsing": ("a day", "dates are written YYYY-MM-DD, without quotes"),
    "date_from_datetime_parsing": ("a day", "dates are written YYYY-MM-DD, without quotes"),
    "tuple_type": ("a list", "write [a, b], or a line '- a' for each"),
    "dict_type": ("keys with values", "write {key: value}"),
    "model_type": ("keys with values", "write {key: value}"),
    "model_attributes_type": ("keys with values", "write {key: value}"),
    "too_long": ("so short a list", ""),
}


def _wrong_type(tree: Tree, path: Path, items: list[Any]) -> Problem:
    written = tree.written(path)
    value = f"'{written}'" if written is not None else _sort(items[0])
    place = tree.place(path)
    tail = f"{_under(path)}{within(path)}"
    if items[0]["input"] is None:
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        message = f"key '{key}' is empty{within(path)}"
        return Problem(tree.place(path, key=True), message, "give it a value, or take it away")
    for item in items:
        ctx = item.get("ctx", {})
        if item["type"] == "literal_error":
            words = [word.strip(" '") for word in ctx["expected"].replace(" or ", ",").split(",")]
            hint = did_you_mean(str(written), words)
            return Problem(place, f"{value} is not {one_of(words)}{tail}", hint)
        if item["type"] in ("greater_than_equal", "greater_than"):
            return Problem(place, f"{value} is below {ctx.get('ge', ctx.get('gt'))}{tail}")
        if item["type"] in ("less_than_equal", "less_than"):
            return Problem(place, f"{value} is above {ctx.get('le', ctx.get('lt'))}{tail}")
        if item["type"] == "too_long":
            given, most = ctx["actual_length"], ctx["max_length"]
            return Problem(place, f"{given} values instead of {most}{tail}")
    wanted = list(dict.fromkeys(_WANTED.get(item["type"], ("", ""))[0] for item in items))
    wanted = [words for words in wanted if words]
    if not wanted:
        return Problem(place, f"{value}: {items[0]['msg'].lower()}{tail}")
    hint = next((_WANTED[item["type"]][1] for item in items if item["type"] in _WANTED), "")
    if written and items[0]["type"] == "string_type":
        hint = f'write "{written}"'
    return Problem(place, f"{value} is not {' or '.join(wanted)}{tail}", hint)


def _sort(item: Any) -> str:
    return "a list" if isinstance(item["input"], (tuple, list)) else "a mapping"


def _keys_at(model: type[BaseModel], path: Path) -> set[str]:
    """The keys that may stand at `path` in a `model`; of all models when several may stand there"""
    at: list[Any] = [model]
    for step in path:
        at = [deeper for one in at for deeper in _step(one, step)]
    return {
        field.alias or name
        for one in at
        for plain in _models(one)
        for name, field in plain.model_fields.items()
        if name != "id"
    }


def _step(annotation: Any, step: str | int) -> Iterator[Any]:
    for plain in _models(annotation):
        for name, field in plain.model_fields.items():
            if step in (field.alias, name):
                yield field.annotation
    for part in _parts(annotation):
        origin, args = get_origin(part), get_args(part)
        if origin is tuple and isinstance(step, int):
            yield from args[:1] if args[-1:] == (Ellipsis,) else args
        elif origin is dict and len(args) == 2:
            yield args[1]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    for part in _parts(annotation):
        if isinstance(part, type) and get_origin(part) is None and issubclass(part, BaseModel):
            yield part


def _parts(annotation: Any) -> Iterator[Any]:
    """The alternatives of a union, without what annotates them."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif origin is not Literal:
        yield annotation


def file_problem(file: str, message: str, hint: str = "") -> Problem:
    """A problem of a whole file or folder."""
    return Problem(Place(file), message, hint)
