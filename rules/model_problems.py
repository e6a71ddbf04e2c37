"""What the rule models object to, as problems with places: the words of a clerk, not of a library.

pydantic says where by a path through the data; the tree of the file says where that is.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from problems import (
    Objection,
    Problem,
    Said,
    Several,
    Value,
    any_of,
    bare,
    did_you_mean,
    names,
    said,
)
from rules.yaml_tree import Path, Tree

M = TypeVar("M", bound=BaseModel)

_GROUPS = {
    "duties": said("duty"),
    "windows": said("window"),
    "school_terms": said("school_term"),
    "workdays": said("workdays_of"),
    "kinds": said("kind"),
    "roles": said("role"),
    "post_classes": said("post_class"),
    "unit_types": said("unit_type"),
    "subject_types": said("subject_type"),
    "event_types": said("event_type"),
    "industries": said("industry"),
    "tags": said("tag"),
    "quantity_units": said("quantity_unit"),
    "attributes": said("attribute"),
    "rulings": said("ruling"),
    "adoptions": said("adoption"),
    "ruled_out": said("passage"),
}


def within(path: Sequence[str | int]) -> tuple[Said, ...]:
    """The thing of the file that `path` lies in: in duty 'hold_drill'; none at the file's top."""
    if len(path) < 2 or path[0] not in _GROUPS:
        return ()
    kind, step = _GROUPS[str(path[0])], path[1]
    if isinstance(step, int):
        return (said("in_numbered", kind=kind, number=step + 1),)
    return (said("in_thing", kind=kind, name=step),)


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
        other[:-1] == path[:-1] and _means(problem.hint, path[-1])
        for other, problem in found.items()
    )


def _means(hint: Said | None, word: str | int) -> bool:
    words = hint["words"] if hint is not None and hint.code == "did_you_mean" else None
    return isinstance(words, Several) and words.values[0] == word


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
        named = said("known_keys", keys=names(known)) if known else said("take_it_away")
        hint = did_you_mean(str(last), known) or named
        hint = _ELSEWHERE.get(str(last), hint)
        where = here or ((said("of_key", key=str(path[-2])),) if len(path) > 1 else ())
        unknown = said("unknown_key", key=str(last)).at(*where)
        return Problem(tree.place(path, key=True), unknown, hint)
    if "missing" in kinds:
        if isinstance(last, int):
            return Problem(tree.place(path), said("value_missing_in_list").at(*here))
        above = path[:-1]
        inner = above[-1] if len(above) > 2 else None
        under = (said("under_key", key=inner),) if isinstance(inner, str) else ()
        missing = said("key_missing", key=last).at(*under, *here)
        return Problem(tree.place(above, key=True), missing)
    objection = kinds.get("value_error", {}).get("ctx", {}).get("error")
    if isinstance(objection, Objection):
        objected = objection.said.at(*_under(path), *here)
        return Problem(tree.place(path), objected, objection.hint)
    return _wrong_type(tree, path, items)


def _under(path: Path) -> tuple[Said, ...]:
    """What `for 'per'` is said of: the key of a value, unless the thing itself has that name."""
    last = next((step for step in reversed(path[2:]) if isinstance(step, str)), "")
    return (said("for_key", key=last),) if last else ()


_ELSEWHERE = {
    "variants": said("variants_stand_in_frequency"),
    "examples": said("examples_stand_in_duty"),
}

_WANTED: dict[str, tuple[Said, Said | None]] = {
    "string_type": (said("text"), said("put_it_in_quotes")),
    "int_type": (said("a_whole_number"), None),
    "int_from_float": (said("a_whole_number"), None),
    "int_parsing": (said("a_whole_number"), None),
    "bool_type": (said("true_or_false"), said("write_true_or_false")),
    "bool_parsing": (said("true_or_false"), said("write_true_or_false")),
    "date_type": (said("a_day"), said("dates_form_unquoted")),
    "date_parsing": (said("a_day"), said("dates_form_unquoted")),
    "date_from_datetime_parsing": (said("a_day"), said("dates_form_unquoted")),
    "tuple_type": (said("a_list"), said("list_form")),
    "dict_type": (said("keys_with_values"), said("mapping_form")),
    "model_type": (said("keys_with_values"), said("mapping_form")),
    "model_attributes_type": (said("keys_with_values"), said("mapping_form")),
    "too_long": (said("so_short_a_list"), None),
}


def _wrong_type(tree: Tree, path: Path, items: list[Any]) -> Problem:
    written = tree.written(path)
    value: Value = str(written) if written is not None else _sort(items[0])
    place = tree.place(path)
    here = (*_under(path), *within(path))
    if items[0]["input"] is None:
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        empty = said("key_empty", key=key).at(*within(path))
        return Problem(tree.place(path, key=True), empty, said("give_value_or_remove"))
    for item in items:
        ctx = item.get("ctx", {})
        if item["type"] == "literal_error":
            words = [word.strip(" '") for word in ctx["expected"].replace(" or ", ",").split(",")]
            unknown = said("is_not", value=value, wanted=any_of(words)).at(*here)
            return Problem(place, unknown, did_you_mean(str(written), words))
        if item["type"] in ("greater_than_equal", "greater_than"):
            least = bare(str(ctx.get("ge", ctx.get("gt"))))
            return Problem(place, said("below", value=value, least=least).at(*here))
        if item["type"] in ("less_than_equal", "less_than"):
            most = bare(str(ctx.get("le", ctx.get("lt"))))
            return Problem(place, said("above", value=value, most=most).at(*here))
        if item["type"] == "too_short":
            enough = said("at_least_so_many", least=ctx["min_length"])
            return Problem(
                place, said("too_few_values", given=ctx["actual_length"]).at(*here), enough
            )
        if item["type"] == "too_long":
            given, longest = ctx["actual_length"], ctx["max_length"]
            several = said("number_of_values", given=given, most=longest)
            return Problem(place, several.at(*here))
    known = [_WANTED[item["type"]] for item in items if item["type"] in _WANTED]
    if not known:
        reason = bare(items[0]["msg"].lower())
        return Problem(place, said("value_refused", value=value, reason=reason).at(*here))
    hint = known[0][1]
    if written and items[0]["type"] == "string_type":
        hint = said("write_in_quotes", text=bare(str(written)))
    wanted = any_of(dict.fromkeys(kind for kind, _ in known))
    return Problem(place, said("is_not", value=value, wanted=wanted).at(*here), hint)


def _sort(item: Any) -> Said:
    return said("a_list") if isinstance(item["input"], (tuple, list)) else said("a_mapping")


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
    elif origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin is not Literal:
        yield annotation
