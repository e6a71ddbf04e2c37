"""How an office's own words and days extend the shipped ones, and whether the result holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from problems import Problem, said
from rules.calendar import CalendarFile, WindowLine
from rules.check import Checker, Known
from rules.frequency import DayOfPeriod
from rules.no_such_days import season_mistake
from rules.vocabulary import Vocabulary
from rules.yaml_tree import Path, Tree

Lines = tuple[WindowLine, ...]

_TERMS = (
    "小寒大寒立春雨水惊蛰春分清明谷雨立夏小满芒种夏至"
    "小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至"
)
SOLAR_TERMS = tuple(_TERMS[place : place + 2] for place in range(0, len(_TERMS), 2))


def merged_vocabulary(vocabularies: Sequence[Vocabulary]) -> Vocabulary:
    """All words; where two files explain the same word, the later one's line stands."""
    return Vocabulary(
        **{
            name: {word: line for one in vocabularies for word, line in getattr(one, name).items()}
            for name in Vocabulary.model_fields
        }
    )


def merged_calendar(calendars: Sequence[CalendarFile]) -> CalendarFile:
    """All lines; a later file's line replaces the one of its window and unit, or of its year.

    A line that gives nothing but years adds them to the line it meets.
    """
    windows: dict[str, Lines] = {}
    terms: dict[str, Lines] = {}
    school_year: Lines = ()
    workdays = {}
    for one in calendars:
        for name, lines in one.windows.items():
            windows[name] = _merged_lines(windows.get(name, ()), lines)
        for name, lines in one.school_terms.items():
            terms[name] = _merged_lines(terms.get(name, ()), lines)
        school_year = _merged_lines(school_year, one.school_year)
        workdays.update(one.workdays)
    return CalendarFile(
        windows=windows, school_terms=terms, school_year=school_year, workdays=workdays
    )


def _merged_lines(old: Lines, new: Lines) -> Lines:
    by_unit = {line.unit: line for line in old}
    for line in new:
        before = by_unit.get(line.unit)
        if before is not None and line.model_fields_set <= {"years", "unit", "note", "en"}:
            line = before.model_copy(update={"years": {**before.years, **line.years}})
        by_unit[line.unit] = line
    return tuple(by_unit.values())


def check_calendar(
    files: Iterable[tuple[Tree, CalendarFile]], whole: CalendarFile, known: Known
) -> list[Problem]:
    """Lines that have no such day, contradict each other, or stand for windows that are not there.

    `whole` is what the files make together.
    """
    problems: list[Problem] = []
    for tree, calendar in files:
        checker = Checker(tree, known)
        for group, named in (
            ("windows", calendar.windows),
            ("school_terms", calendar.school_terms),
        ):
            for name, lines in named.items():
                _check_lines(checker, (group, name), lines, whole)
        _check_lines(checker, ("school_year",), calendar.school_year, whole)
        for year, days in calendar.workdays.items():
            for key, listed in (("off", days.off), ("on", days.on)):
                for place, day in enumerate(listed):
                    at: Path = ("workdays", str(year), key, place)
                    if day.year != year:
                        checker.say(at, said("not_in_year", day=day, year=year))
                    elif (day.weekday() >= 5) == (key == "off"):
                        off, on = said("weekend_day_off", day=day), said("weekday_on", day=day)
                        checker.say(at, off if key == "off" else on, said("off_and_on_lists"))
        problems.extend(checker.problems)
    return problems


def _check_lines(checker: Checker, path: Path, lines: Lines, whole: CalendarFile) -> None:
    for place, line in enumerate(lines):
        at = (*path, place)
        if line.unit in {earlier.unit for earlier in lines[:place]}:
            whose = said("for_unit", unit=line.unit) if line.unit else said("for_everybody")
            checker.say(at, said("second_line_for", whose=whose), said("one_line_for_each_unit"))
        for key, day in (("from", line.from_), ("to", line.to)):
            wrong = season_mistake(day) if isinstance(day, DayOfPeriod) else None
            if wrong:
                checker.say((*at, key), *wrong)
        if line.lunar is not None and not _is_lunar(line.lunar):
            hint = said("lunar_month_form")
            checker.say((*at, "lunar"), said("not_a_lunar_day", day=line.lunar), hint)
        if line.solar_term is not None:
            checker.word((*at, "solar_term"), line.solar_term, SOLAR_TERMS, said("solar_term"))
        checker.words((*at, "each_of"), line.each_of, whole.windows, said("window"))
        if line.each_of and _in_circle(path[-1], whole):
            hint = said("each_of_lists_dated_windows")
            checker.say((*at, "each_of"), said("windows_circle"), hint)
        _check_years(checker, at, line)


def _check_years(checker: Checker, at: Path, line: WindowLine) -> None:
    for year, stretch in line.years.items():
        here = (*at, "years", str(year))
        if stretch.first > stretch.last:
            hint = said("is_after", first=stretch.first, last=stretch.last)
            checker.say(here, said("year_ends_before_it_begins", year=year), hint)
        elif stretch.first.year != year:
            hint = said("stretch_over_new_year")
            outside = said("not_in_year", day=stretch.first, year=year)
            checker.say((*here, "first"), outside, hint)


def _is_lunar(text: str) -> bool:
    month, day = (int(part) for part in text.split("-"))
    return 1 <= month <= 12 and 1 <= day <= 30


def _in_circle(name: str | int, whole: CalendarFile) -> bool:
    """Whether the windows that `name` stands for come, at some depth, to stand for it."""
    seen: set[str] = set()
    ahead = [str(name)]
    while ahead:
        at = ahead.pop()
        for line in whole.windows.get(at, ()):
            for part in line.each_of:
                if part == name:
                    return True
                if part not in seen:
                    seen.add(part)
                    ahead.append(part)
    return False
