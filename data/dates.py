"""Days and times as people write them: the one thing that they mean, or a problem with readings.

The store keeps YYYY-MM-DD and HH:MM. What can be read in two ways is never chosen between: the
readings are offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from unicodedata import normalize

from data.cell_values import canonical, iso_day, moment_text, shown, time_text
from data.import_columns import CellKind
from problems import Objection, Said, any_of, bare, said

_STRICT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FULL = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NO_YEAR = re.compile(r"([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_SHORT_YEAR = re.compile(r"'?([0-9]{2})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})[日号]?")
_THREE_SHORT = re.compile(r"'?([0-9]{1,2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{4}|[0-9]{1,2})[日号]?")
_MONTH = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})月?(?:份)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
_WITH_CLOCK = re.compile(
    r"((?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2})(?![0-9])[日号]?+"
    r" ?(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?+)[ T,]*+(?![-~至到])"
    r"((?:[0-9]|[^0-9\s(]{1,2}[0-9]).*)"
)
_CLOCK = re.compile(
    r"([^0-9]*)([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\.0+)?)?|([时点])(?:([0-9]{1,2})分?)?)"
    r"(am|pm)?"
)
_NUMERALS = "〇一二三四五六七八九"
_CHINESE = re.compile(r"[〇零○Ｏ一二三四五六七八九十廿卅]+(?=[年月日号时点分])")
_SERIAL_ZERO = date(1899, 12, 30)
_FROM_1900_TO_1904 = 1462
_NOISE_OF_A_DAY = Decimal("0.000001")
"""What a day that was worked out may miss its midnight by: less than a tenth of a second."""
_SERIALS = range((date(1990, 1, 1) - _SERIAL_ZERO).days, (date(2100, 1, 1) - _SERIAL_ZERO).days)
_DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "‐": "-", "。": ".", "·": "."})
_PLAIN_DAY = said("day_form")
_PLAIN_TIME = said("times_form")

HOURS: Mapping[str, range] = {
    "": range(24),
    "凌晨": range(6),
    "清晨": range(4, 10),
    "早上": range(5, 11),
    "早晨": range(5, 11),
    "上午": range(6, 12),
    "中午": range(11, 15),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
    "晚": range(17, 24),
    "am": range(12),
    "pm": range(12, 24),
}
"""Which hours a word for a part of the day goes with."""


class Figure(str):
    """The text of a cell that held a number: a spreadsheet tells 6.3 and 6.30 no longer apart."""

    __slots__ = ()


class Figure1904(Figure):
    """The same in a workbook whose days are counted from 1904."""

    __slots__ = ()


def understood(kind: CellKind, text: str, year: int | None = None) -> str | None:
    """The canonical text of a cell, as `canonical` gives it, of days and times in many forms too.

    `year` is the year of days that name none (None: such days are problems). Raises Objection.
    """
    reader = _READERS.get(kind)
    if reader is None or not text.strip() or len(text) > 100:
        return canonical(kind, text)
    return reader(text, year)


def flat(text: str) -> str:
    """The text with one way of writing digits, marks and spaces, and Chinese numerals as digits."""
    plain = " ".join(normalize("NFKC", text).translate(_DASHES).split())
    plain = re.sub(r" ?([-/.年月日号时点分:]) ?", r"\1", plain)
    return _CHINESE.sub(lambda found: _numeral(found[0]), plain)


def day_of(text: str, year: int | None = None) -> str:
    """The day as YYYY-MM-DD. Raises Objection with the readings of what may mean several."""
    if _STRICT.fullmatch(text.strip()):
        return iso_day(text)
    plain = _MIDNIGHT.sub("", flat(text))
    weekday = _WEEKDAY.search(plain)
    if weekday:
        plain = plain[: weekday.start()].strip()
    found = _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain)
    short = _NO_YEAR.fullmatch(plain)
    if found:
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif short and year is not None and not _is_doubtful(text, short):
        parts = (year, int(short[1]), int(short[2]))
    elif (serial := _serial(text, plain)) is not None:
        parts = (serial.year, serial.month, serial.day)
    elif weekday and (named := _named_by_weekday(plain, weekday[1])) is not None:
        return named
    else:
        raise Objection(said("not_a_day", text=shown(text)), _day_hint(text, plain, year))
    try:
        told = iso_day(f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}")
    except Objection as error:
        raise Objection(said("not_a_day", text=shown(text)), error.hint) from None
    if weekday:
        _check_weekday(text, told, weekday[1])
    return told


def time_of(text: str, _year: int | None = None) -> str:
    """The time as HH:MM, with seconds only where there are any. Raises Objection."""
    plain = flat(text).replace(" ", "").lower()
    if isinstance(text, Figure) and _NUMBER.fullmatch(plain) and float(plain) < 1:
        minutes, second = divmod(min(round(float(plain) * 86_400), 86_399), 60)
        return time_text(time(minutes // 60, minutes % 60, second).isoformat())
    for word, instead in (("一刻", "15分"), ("三刻", "45分"), ("半", "30分"), ("整", "")):
        plain = plain.replace(word, instead)
    found = _CLOCK.fullmatch(plain)
    if not found:
        raise Objection(said("not_a_time", text=shown(text)), _time_hint(plain))
    part, hour = found[1] or found[7] or "", int(found[2])
    minute, second = int(found[3] or found[6] or 0), int(found[4] or 0)
    if part not in HOURS or hour > 24 or minute > 59 or second > 59:
        raise Objection(said("not_a_time", text=shown(text)), _PLAIN_TIME)
    hours = {hour, (hour + 12) % 24} if part and hour <= 12 else {hour}
    fitting = sorted(hours & set(HOURS[part]))
    if not part and found[5] == "点" and 1 <= hour <= 6:
        fitting = [hour, hour + 12]
    if len(fitting) != 1:
        readings = [f"{one:02}:{minute:02}" for one in fitting]
        hint = said("may_be_several_days", readings=any_of(readings)) if readings else None
        raise Objection(said("not_a_time", text=shown(text)), hint or _PLAIN_TIME)
    return time_text(time(fitting[0], minute, second).isoformat())


def moment_of_text(text: str, year: int | None = None) -> str:
    """A day (its first moment) or a moment, as YYYY-MM-DD HH:MM:SS.ffffff. Raises Objection."""
    try:
        return moment_text(text)
    except Objection as strict:
        day, clock = split_clock(text)
        try:
            told = time_of(clock) if clock else "00:00"
            return moment_text(f"{day_of(day, year)} {told}")
        except Objection:
            if clock or not _NUMBER.fullmatch(day):
                raise strict from None
            raise


def split_clock(text: str) -> tuple[str, str]:
    """A day and the time of day that stands behind it, each as written; the time may be empty."""
    if isinstance(text, Figure):
        return _split_serial(text)
    found = _WITH_CLOCK.fullmatch(flat(text))
    return (found[1].strip(), found[2].strip()) if found else (text, "")


def _split_serial(text: Figure) -> tuple[str, str]:
    """A day and the time of day that a spreadsheet keeps as one number; else the text alone."""
    whole, point, rest = text.partition(".")
    day = _serial(type(text)(whole), whole) if point and _NUMBER.fullmatch(text) else None
    if day is None or _serial(text, text) is not None:
        return text, ""
    seconds = min(int((Decimal(f"0.{rest}") * 86_400).to_integral_value()), 86_399)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return day.isoformat(), clock.isoformat()


def _numeral(text: str) -> str:
    """`二〇二四` as 2024, `二十三` as 23."""
    text = text.replace("零", "〇").replace("○", "〇").replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return text
        found = 10 * (_NUMERALS.index(tens) if tens else 1)
        return str(found + (_NUMERALS.index(ones) if ones else 0))
    return "".join(str(_NUMERALS.index(one)) if one in _NUMERALS else one for one in text)


def _is_doubtful(text: str, short: re.Match[str]) -> bool:
    """Whether a number lost a zero at its end, if it had one: 6.3 is 3 June or, as 6.30, 30."""
    return isinstance(text, Figure) and len(short[2]) == 1 and short[2] in "123"


def _serial(text: str, plain: str) -> date | None:
    """The day that a spreadsheet keeps as a number; None where it is none that an office has."""
    if not isinstance(text, Figure) or not _NUMBER.fullmatch(plain):
        return None
    number = Decimal(plain)
    days = int(number.to_integral_value())
    if abs(number - days) > _NOISE_OF_A_DAY:
        return None
    days += _FROM_1900_TO_1904 if isinstance(text, Figure1904) else 0
    return _SERIAL_ZERO + timedelta(days=days) if days in _SERIALS else None


def _named_by_weekday(plain: str, named: str) -> str | None:
    """The one day that three short numbers may mean on that weekday; None where there is no such
    one, or several.
    """
    found = _THREE_SHORT.fullmatch(plain)
    if found is None:
        return None
    one, two, last = (int(part) for part in found.groups())
    year = last if last > 99 else 2000 + last
    tries = {(year, one, two), (year, two, one)}
    if one < 100 and last < 100:
        tries.add((2000 + one, two, last))
    days = set()
    for parts in tries:
        with suppress(ValueError):
            days.add(date(*parts))
    fitting = [day for day in days if day.weekday() == _weekday(named)]
    # A short year stands first or nowhere: one that stands last is a slip of the weekday's rather.
    is_sure = len(fitting) == 1 and (last > 99 or fitting[0].year == 2000 + one)
    return fitting[0].isoformat() if is_sure else None


def _weekday(named: str) -> int:
    return "一二三四五六日".index("日" if named == "天" else named)


def _check_weekday(text: str, day: str, named: str) -> None:
    at = date.fromisoformat(day).weekday()
    if _weekday(named) != at:
        raise Objection(
            said("not_a_day", text=shown(text)),
            said("weekday_differs", day=bare(day), weekday=bare("一二三四五六日"[at])),
        )


def _day_hint(text: str, plain: str, year: int | None) -> Said:
    """What was probably meant, all readings of it."""
    readings = list(dict.fromkeys(_readings(plain, year)))
    if len(readings) > 1:
        return said("may_be_several_days", readings=any_of(readings))
    if readings:
        return said("did_you_mean_written", word=readings[0], form=_PLAIN_DAY)
    if year is None and _NO_YEAR.fullmatch(plain):
        return said("day_needs_year")
    if split_clock(text)[1]:
        return said("write_day_alone")
    if _MONTH.fullmatch(plain) and not plain.isdigit():
        return said("month_needs_day")
    return _PLAIN_DAY


def _readings(plain: str, year: int | None) -> Iterator[str]:
    """Every day that the text may mean, as YYYY-MM-DD."""
    tries: list[tuple[int, int, int]] = []
    if found := _YEAR_LAST.fullmatch(plain):
        one, two, last = (int(part) for part in found.groups())
        tries += [(last, one, two), (last, two, one)]
    if plain.isdigit() and int(plain) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(plain))
        tries.append((day.year, day.month, day.day))
    if (found := _NO_YEAR.fullmatch(plain)) and year is not None:
        tries.append((year, int(found[1]), int(found[2])))
        tries.append((year, int(found[1]), int(found[2].ljust(2, "0"))))
    if year is not None and plain.isdigit() and len(plain) in (3, 4):
        tries.append((year, int(plain[:-2]), int(plain[-2:])))
    if (found := _SHORT_YEAR.fullmatch(plain)) and (not plain.isdigit() or len(plain) == 6):
        tries.append((2000 + int(found[1]), int(found[2]), int(found[3])))
    for parts in tries:
        try:
            yield date(*parts).isoformat()
        except ValueError:
            continue


def _time_hint(plain: str) -> Said:
    found = re.fullmatch(r"([0-9]{1,2})(?:[.]?([0-9]{2}))?", plain)
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        clock = f"{int(found[1]):02}:{found[2] or '00'}"
        return said("did_you_mean_time", time=clock, form=_PLAIN_TIME)
    return _PLAIN_TIME


_READERS: Mapping[CellKind, Callable[[str, int | None], str]] = {
    "day": day_of,
    "time": time_of,
    "moment": moment_of_text,
}
