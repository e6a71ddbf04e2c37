"""The base of everything that a rule file or an office file says: frozen, and strict about keys."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetPydanticSchema,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from problems import Objection, said


class Model(BaseModel):
    """A part of a checked file. Unknown keys are a problem, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def word_of(kind: type[StrEnum]) -> GetPydanticSchema:
    """Reads a word of a closed set: its schema and its problems are those of a Literal."""
    words = Literal[tuple(one.value for one in kind)]  # type: ignore[valid-type]
    return GetPydanticSchema(lambda _, read: read(Annotated[words, AfterValidator(kind)]))


def _listed(value: Any) -> Any:
    """A lone word stands for a list of one, so `posts: 主要负责人` reads as people write it."""
    return (value,) if isinstance(value, str) else value


Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]

_LENGTH = re.compile(r"(\d+) (minute|hour|day|workday|month|year)s?")


class Adjust(StrEnum):
    """Where a due day goes that is a day of rest."""

    NONE = "none"
    NEXT_WORKDAY = "next_workday"
    PREVIOUS_WORKDAY = "previous_workday"


AdjustWord = Annotated[Adjust, word_of(Adjust)]

LengthUnit = Literal["minutes", "hours", "days", "workdays", "months", "years"]


class Length(Model):
    """A stretch of time as a clause counts it: `5 days`, `30 minutes`, `3 workdays`, `1 month`."""

    count: int
    unit: LengthUnit

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            found = _LENGTH.fullmatch(value.strip())
            if not found:
                raise Objection(said("not_a_length", value=value), said("length_form"))
            return {"count": int(found[1]), "unit": f"{found[2]}s"}
        return value

    @property
    def by_clock(self) -> bool:
        """Whether it runs by the clock, not by whole days."""
        return self.unit in ("minutes", "hours")

    @property
    def minutes(self) -> int:
        """How many minutes it has, where it runs by the clock; 0 elsewhere."""
        return self.count * {"minutes": 1, "hours": 60}.get(self.unit, 0)

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


def _share(value: Any) -> Any:
    """`20%` or `1/3` as an exact fraction."""
    text = str(value).strip()
    percent = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
    if percent:
        share = Fraction(percent[1]) / 100
    elif re.fullmatch(r"\d+/[1-9]\d*", text):
        share = Fraction(text)
    else:
        raise Objection(said("not_a_share", value=str(value)), said("share_form"))
    if not 0 < share <= 1:
        raise Objection(said("share_out_of_range", value=str(value)))
    return share


Share = Annotated[
    Fraction,
    BeforeValidator(_share),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\d+(\.\d+)?%|\d+/[1-9]\d*)$"}),
]


def _amount(value: Any) -> Any:
    """A whole number, or for quantities a decimal exactly as written."""
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise Objection(said("not_a_number", value=str(value)))
    try:
        amount = Decimal(value)
    except ArithmeticError:
        raise Objection(said("not_a_number", value=str(value))) from None
    if not amount.is_finite() or amount <= 0:
        raise Objection(said("not_above_zero", text=str(value)))
    return amount


def plain_number(value: Decimal | Fraction | int) -> int | float:
    """The number as JSON writes it: whole where it is whole."""
    return int(value) if value == int(value) else float(value)


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(plain_number, return_type=int | float),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
