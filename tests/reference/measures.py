"""What a measure says in itself: its parts, its N, and how numbers of it are rounded."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from rules.frequency import Measure, Shape


def parts(measure: Measure) -> list[tuple[int, Measure]]:
    """The measures of which each gives verdicts of its own, numbered where there are several."""
    if measure.shape is Shape.NESTED:
        return [(n + 1, part) for n, part in enumerate(measure.all)]
    return [(0, measure)]


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Rounded half up to so many decimals."""
    ten = 10**decimals
    return Fraction(floor(value * ten + Fraction(1, 2)), ten)


def rounded_down(value: Fraction, decimals: int) -> Fraction:
    """Rounded down to so many decimals."""
    ten = 10**decimals
    return Fraction(floor(value * ten), ten)


def decimals_of(measure: Measure) -> int:
    """The decimals that N has; occasions are whole."""
    if not measure.unit or measure.at_least is None:
        return 0
    return max(0, -int(measure.at_least.as_tuple().exponent))


def wanted(measure: Measure) -> Fraction:
    return Fraction(measure.at_least) if measure.at_least is not None else Fraction(1)
