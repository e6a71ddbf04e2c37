"""What a YAML file says as plain data, and at which line and column it says each thing.

The parser's events are turned into text, whole numbers, exact decimals, true/false, days and null;
nothing else exists in a rule file, so nothing in it can be evaluated, expanded or made an object.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from problems import MONTHS, Place, Problem, Said, bare, control_in, did_you_mean, reason_of, said

MAX_BYTES = 10_000_000
MAX_DEPTH = 40
"""Deeper nesting than any rule needs; without a limit a short file could exhaust the stack."""
MAX_REPEATED = 100_000
"""Values that the aliases of a file stand for together: aliases of aliases grow without end."""

_READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DOUBTFUL = frozenset(
    spelt for word in ("yes", "no", "on", "off") for spelt in (word, word.title(), word.upper())
)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
"""Of a file, in which a line may end as on any machine."""

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Spot:
    """Where a value stands (from 1), its text if it is a scalar, and the spots inside it."""

    line: int
    column: int
    text: str | None = None
    inside: dict[str | int, Spot] = field(default_factory=dict)
    keys: dict[str | int, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Tree:
    """One file: its name as shown, its plain data, and the places of everything in it."""

    file: str
    data: Any
    root: Spot

    def find(self, path: Sequence[str | int]) -> tuple[Path, Spot]:
        """The part of `path` that exists in the file, and the spot of its end.

        Steps that the file does not have are skipped: a checker may name the alternative that it
        tried on the way, or count into a list that was written as a lone word.
        """
        spot, walked = self.root, []
        for step in path:
            inside = spot.inside.get(step)
            if inside is not None:
                spot = inside
                walked.append(step)
        return tuple(walked), spot

    def place(self, path: Sequence[str | int] = (), key: bool = False) -> Place:
        """The place of the value at `path`, or with `key` that of the key before it."""
        walked, spot = self.find(path)
        if key and walked:
            _, above = self.find(walked[:-1])
            line, column = above.keys.get(walked[-1], (spot.line, spot.column))
            return Place(self.file, line, column)
        return Place(self.file, spot.line, spot.column)

    def written(self, path: Sequence[str | int]) -> str | None:
        """The scalar at `path` as it was typed; None for a list or a mapping."""
        return self.find(path)[1].text


def read_tree(file: str, raw: bytes) -> tuple[Tree | None, list[Problem]]:
    """The tree of a file's bytes, and what is wrong with it as YAML.

    None when nothing of it can be used; with a tree, problems are of single values, which stand in
    the data as their text.
    """
    text, problems = _decode(file, raw)
    if text is None:
        return None, problems
    if _blank(text):
        hint = said("remove_file_or_fill")
        return None, [Problem(Place(file, 1, 1), said("file_empty"), hint)]
    builder = _Builder(file)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax(file, text, error))
        return None, builder.problems
    except yaml.YAMLError as error:
        builder.problems.append(Problem(Place(file), said("not_yaml", reason=reason_of(error))))
        return None, builder.problems
    if builder.root is None or builder.broken:
        return None, builder.problems
    tree = Tree(file, builder.data, builder.root)
    if not isinstance(tree.data, dict):
        found = said("a_list") if isinstance(tree.data, tuple) else said("a_single_value")
        message = said("where_keys_belong", found=found)
        builder.problems.append(Problem(tree.place(), message, said("write_key_value_lines")))
        return None, builder.problems
    return tree, builder.problems


def _events(text: str) -> Iterator[Any]:
    reader = _READER(text)
    try:
        while reader.check_event():
            yield reader.get_event()
    finally:
        reader.dispose()


def _blank(text: str) -> bool:
    """Whether a file has nothing but comments, blank lines and document marks."""
    lines = (line.strip() for line in text.splitlines())
    return all(not line or line.startswith("#") or line in ("---", "...") for line in lines)


def _decode(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    if len(raw) > MAX_BYTES:
        message = said("file_too_long", bytes=bare(f"{len(raw):,}"), most=bare(f"{MAX_BYTES:,}"))
        return None, [Problem(Place(file), message, said("split_into_lists"))]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = said("not_utf8_byte", byte=bare(f"0x{raw[error.start]:02x}"))
        return None, [Problem(Place(file, line, column), message, said("save_as_utf8"))]
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        message = said("control_character", code=bare(f"U+{ord(control[0]):04X}"))
        return None, [Problem(Place(file, line, column), message, said("take_it_out"))]
    return text, []


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), said("not_yaml", reason=reason_of(error)))
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    place = Place(file, mark.line + 1, mark.column + 1)
    if line[: mark.column + 1].strip(" ") == "\t" or line[mark.column : mark.column + 1] == "\t":
        return Problem(place, said("tab_in_indentation"), said("indent_with_spaces"))
    nearby = lines[max(0, mark.line - 1) : mark.line + 1]
    wide = next((row for row in nearby if "：" in row and ": " not in row), None)
    if wide is not None:
        hint = said("half_width_colon")
        return Problem(place, said("not_key_and_value", text=wide.strip()), hint)
    if "mapping values are not allowed" in (error.problem or ""):
        return Problem(place, said("colon_inside_a_value"), said("quote_text_with_colon"))
    if "nesting depth" in (error.problem or ""):
        # The parser gives up by itself before the first of so many levels comes here.
        return Problem(place, said("nested_too_deep", most=MAX_DEPTH))
    known = _SYNTAX.get(error.context or "") or _SYNTAX.get(error.problem or "")
    own = f"{error.problem} ({error.context})" if error.context else str(error.problem)
    unreadable = said("not_yaml", reason=known or bare(own))
    return Problem(place, unreadable, said("put_text_in_quotes") if known is _BAD_START else None)


_BAD_START = said("yaml_bad_start")

_SYNTAX = {
    "while scanning a simple key": said("yaml_no_colon"),
    "while parsing a flow sequence": said("yaml_list_unended"),
    "while parsing a flow mapping": said("yaml_mapping_unended"),
    "while parsing a block mapping": said("yaml_no_key"),
    "while parsing a block collection": said("yaml_no_item"),
    "while scanning for the next token": _BAD_START,
    "while scanning an alias": said("yaml_alias_without_name"),
    "while scanning an anchor": said("yaml_anchor_without_name"),
    "found unexpected end of stream": said("yaml_quote_unended"),
    "block sequence entries are not allowed in this context": said("yaml_no_list_here"),
}
"""What the parser was reading, or what it found, where that says all."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    data: Any
    spot: Spot
    key: str | None = None
    key_at: tuple[int, int] = (0, 0)
    doubled: bool = False
    anchor: str | None = None
    weight: int = 1


class _Builder:
    """Takes parser events one by one, and puts plain data and its places together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.data: Any = None
        self.root: Spot | None = None
        self.broken = False
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, Spot, int]] = {}
        self._repeated = 0
        self._documents = 0

    def _say(self, at: tuple[int, int], message: Said, hint: Said | None = None) -> None:
        self.problems.append(Problem(Place(self.file, *at), message, hint))

    def _stop(self, at: tuple[int, int], message: Said, hint: Said | None = None) -> bool:
        self._say(at, message, hint)
        self.broken = True
        return False

    def take(self, event: Any) -> bool:
        """Put one event in; False when the rest of the file is of no use."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            data = tuple(done.data) if isinstance(done.data, list) else done.data
            if done.anchor:
                self._anchors[done.anchor] = (data, done.spot, done.weight)
            self._put(data, done.spot, done.weight)
            return True
        at = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check_tag(event.tag, at)
            if len(self._open) >= MAX_DEPTH:
                return self._stop(at, said("nested_too_deep", most=MAX_DEPTH))
            if self._wants_key():
                return self._stop(at, said("list_where_key_belongs"), said("key_is_a_word"))
            empty: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._open.append(_Open(empty, Spot(*at), anchor=event.anchor))
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor, at)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                return self._stop(at, said("second_yaml_document"), said("one_file_one_document"))
        return True

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].data, dict) and not self._open[-1].key

    def _alias(self, anchor: str | None, at: tuple[int, int]) -> bool:
        """What the anchor holds once more, at the alias's own place."""
        if self._wants_key():
            return self._stop(
                at, said("alias_where_key_belongs", anchor=bare(str(anchor))), said("key_is_a_word")
            )
        if anchor is None or anchor not in self._anchors:
            hint = did_you_mean(str(anchor), self._anchors) or said("anchor_before_aliases")
            return self._stop(at, said("alias_without_anchor", anchor=bare(str(anchor))), hint)
        data, spot, weight = self._anchors[anchor]
        self._repeated += weight
        if self._repeated > MAX_REPEATED:
            hint = said("aliases_too_large", most=bare(f"{MAX_REPEATED:,}"))
            return self._stop(at, said("too_many_aliases"), hint)
        self._put(data, Spot(*at, spot.text, spot.inside, spot.keys), weight)
        return True

    def _scalar(self, event: Any) -> bool:
        at = (event.start_mark.line + 1, event.start_mark.column + 1)
        control = control_in(event.value)
        if control is not None:
            # An escape in quotation marks makes what the file itself does not hold.
            self._say(at, said("control_character", code=bare(control)), said("take_it_out"))
        self._check_tag(event.tag, at)
        if self._wants_key():
            return self._key(event.value, at)
        value: Any = event.value
        if event.implicit[0] and event.style in (None, ""):
            value = self._plain(event.value, at)
        spot = Spot(*at, text=event.value)
        if event.anchor:
            self._anchors[event.anchor] = (value, spot, 1)
        self._put(value, spot)
        return True

    def _key(self, word: str, at: tuple[int, int]) -> bool:
        top = self._open[-1]
        if not word:
            return self._stop(at, said("empty_key"), said("write_key_value"))
        top.key, top.key_at, top.doubled = word, at, word in top.data
        if word == "<<":
            self._say(at, said("merge_key"), said("write_values_out"))
        if top.doubled:
            line = top.spot.keys[word][0]
            self._say(
                at,
                said("key_stands_twice", key=word),
                said("already_in_line", line=line),
            )
        return True

    def _put(self, value: Any, spot: Spot, weight: int = 1) -> None:
        if not self._open:
            self.data, self.root = value, spot
            return
        top = self._open[-1]
        top.weight += weight
        if isinstance(top.data, list):
            top.spot.inside[len(top.data)] = spot
            top.data.append(value)
            return
        key = top.key
        assert key is not None
        if not top.doubled and key != "<<":
            top.data[key] = value
        if not top.doubled:
            top.spot.inside[key] = spot
            top.spot.keys[key] = top.key_at
        top.key = None

    def _check_tag(self, tag: str | None, at: tuple[int, int]) -> None:
        if tag is not None and tag != "!" and tag not in _PLAIN_TAGS:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._say(at, said("yaml_tag", tag=short), said("take_tag_away"))

    def _plain(self, text: str, at: tuple[int, int]) -> Any:
        """A scalar without quotes, as what it is: null, true/false, number, day, or text."""
        if text in _NULLS:
            return None
        if text in _TRUTHS:
            return _TRUTHS[text]
        if text in _DOUBTFUL:
            self._say(
                at,
                said("text_without_quotes", text=text),
                said("write_true_false_or_quotes"),
            )
            return text
        if text[0] in "+-0123456789":
            if len(text) <= 18 and _INT.fullmatch(text):
                return int(text)
            if len(text) <= 18 and _DECIMAL.fullmatch(text):
                return Decimal(text)
            day = _DAY.fullmatch(text)
            if day:
                return self._day(text, int(day[1]), int(day[2]), int(day[3]), at)
        return text

    def _day(self, text: str, year: int, month: int, day: int, at: tuple[int, int]) -> Any:
        hint = not_a_day(year, month, day)
        if hint or len(text) != len("2024-06-30"):
            hint = hint or said("write_day", day=date(year, month, day))
            self._say(
                at,
                said("not_a_day", text=text),
                said("hint_and_dates_form", hint=hint),
            )
            return text
        return date(year, month, day)


def not_a_day(year: int, month: int, day: int) -> Said | None:
    """Why there is no such day, as a hint; None when there is one."""
    if not 1 <= year <= 9999:
        return said("no_such_year", year=year)
    if not 1 <= month <= 12:
        return said("no_such_month", month=month)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return said("month_has_days", month=MONTHS[month - 1], year=year, days=days)
    return None
