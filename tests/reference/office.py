"""Who held what on which day, and on which days a duty binds: asked one day at a time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from data.records import Activity, Records, Tag
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from rules.duty import Duty
from rules.frequency import Condition
from rules.rulebook import Rulebook
from tests.reference.branches import Reading
from tests.reference.changing import as_it_stands
from tests.reference.windows import NamedWindows

DAY = timedelta(days=1)


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both ends in; empty where `last` is earlier."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether `day` lies between two days of which either may be open."""
    return (first is None or first <= day) and (last is None or day <= last)


class Office:
    """The records and rules of one world, with plain questions about single days."""

    def __init__(
        self, rulebook: Rulebook, records: Records, as_of: date, reads: Reading | None = None
    ) -> None:
        self.records, self.as_of = records, as_of
        self.reads = reads or Reading()
        self.workdays = Workdays(rulebook.calendar)
        self.windows = WindowCalendar(rulebook.calendar, self.workdays)
        self.named = NamedWindows(rulebook.calendar, self.windows, self.reads)
        self.rulebook = as_it_stands(rulebook, as_of, self.named, self.reads)
        self.unit_of = {post: row.unit for post, row in records.posts.items()}
        for name in ("holders", "acting", "records_from"):
            setattr(self, name, cache(getattr(self, name)))
        self.written = {act.activity: act for act in records.activities}

    def chain(self, unit: str | None) -> list[str]:
        """The unit and all above it."""
        found: list[str] = []
        while unit is not None:
            found.append(unit)
            unit = self.records.units[unit].parent
        return found

    def unit_exists(self, unit: str, day: date) -> bool:
        row = self.records.units[unit]
        return covers(row.first, row.last, day)

    def post_exists(self, post: str, day: date) -> bool:
        row = self.records.posts[post]
        return covers(row.first, row.last, day) and self.unit_exists(row.unit, day)

    def holders(self, post: str, day: date) -> tuple[str, ...]:
        """Everybody in that post on that day, acting or not."""
        if not self.post_exists(post, day):
            return ()
        rows = self.records.appointments
        return tuple(
            sorted({a.person for a in rows if a.post == post and covers(a.first, a.last, day)})
        )

    def acting(self, post: str, day: date) -> tuple[str, ...]:
        """Those of the holders who stand in on that day."""
        rows = [a for a in self.records.appointments if a.acting and a.post == post]
        inside = {a.person for a in rows if covers(a.first, a.last, day)}
        return tuple(p for p in self.holders(post, day) if p in inside)

    def responsible(self, post: str, day: date) -> tuple[str, ...]:
        """Whose the post's duties are on that day: the acting person's while there is one."""
        acting = self.acting(post, day)
        return acting if acting and self.reads("acting") else self.holders(post, day)

    def people_of(self, post: str) -> list[str]:
        return sorted({a.person for a in self.records.appointments if a.post == post})

    def records_from(self, unit: str) -> date:
        for one in self.chain(unit):
            own = self.records.units[one].records_from
            if own is not None:
                return own
        return self.records.records_from

    def valid(self, duty: Duty, unit: str, day: date) -> bool:
        """Duty, document and adoption cover that day."""
        if not covers(duty.valid.first, duty.valid.last, day) and self.reads("duty_days"):
            return False
        if duty.valid.season and not self.in_season(duty, unit, day):
            return False
        document = self.rulebook.documents[duty.document]
        # a rule that replaces another judges its first period whole, before its document's day too
        first = None if duty.replaces else document.first
        if not covers(first, document.last, day) and self.reads("document"):
            return False
        rows = self.records.adoptions
        return rows is None or any(
            row.document == duty.document
            and row.unit in self.chain(unit)
            and covers(row.first, row.last, day)
            for row in rows
        )

    def in_season(self, duty: Duty, unit: str, day: date) -> bool:
        """Whether the day lies in one of the stretches, or of the windows, that a season is."""
        for begin, end in duty.valid.season_stretches:
            for year in (day.year - 1, day.year):
                first, last = _month_day(begin, year), _month_day(end, year)
                if last < first:
                    last = _month_day(end, year + 1)
                if first <= day <= last:
                    return True
        if any(self.in_window(name, unit, day) for name in duty.valid.season_windows):
            return True
        said = "season_of_windows" if duty.valid.season_windows else "season_of_days"
        return not self.reads(said)

    def in_window(self, name: str, unit: str, day: date) -> bool:
        """Whether the day lies in the window, or in one of those for which its name stands."""
        runs = [
            self.named.days_of(part, year, self.chain(unit))
            for part in self.named.parts(name)
            for year in (day.year - 1, day.year, day.year + 1)
        ]
        return any(run[0] <= day <= run[1] for run in runs if run)

    def in_law(self, duty: Duty, unit: str, day: date) -> bool:
        """The law binds that day, and the office's records had begun."""
        begun = day >= self.records_from(unit)
        return self.valid(duty, unit, day) and (begun or not self.reads("records_begun"))

    def waived(
        self, duty: Duty, unit: str, post: str | None, person: str | None, day: date
    ) -> bool:
        """Whether a waiver takes that day out for a unit, or for a person in a post of it."""
        for row in self.records.waivers:
            if row.subject is not None or row.duty not in (None, duty.id):
                continue
            if not row.first <= day <= row.last:
                continue
            if not self.reads("waiver"):
                continue
            if row.holder == unit:
                return True
            if post is None or row.holder != post:
                continue
            if row.person is None and person not in self.holders(post, day):
                continue
            if row.person is not None:
                if row.person == person:
                    return True
                continue
            stand_in = self.acting(post, day)
            others = [p for p in self.holders(post, day) if p not in stand_in]
            if person is None or person not in stand_in or not others:
                return True
        return False

    def doers(self, act: Activity) -> tuple[str, ...]:
        """The people who did it: the one it names, or whoever the post's duties are on that day."""
        if act.holder in self.records.units:
            return ()
        if act.person is not None:
            return (act.person,)
        return self.responsible(act.holder, act.day)

    def matches(
        self,
        when: Condition | None,
        type_: str | None,
        industry: str | None,
        tags: tuple[Tag, ...],
        facts: dict[str, str],
        day: date,
    ) -> bool:
        if when is None:
            return True
        names = {tag.name for tag in tags if tag.first is None or tag.first <= day}

        def again(part: Condition) -> bool:
            return self.matches(part, type_, industry, tags, facts, day)

        return (
            (not when.type or type_ in when.type)
            and (not when.industry or industry in when.industry)
            and set(when.tags) <= names
            and all(facts.get(key) == value for key, value in when.facts.items())
            and all(again(part) for part in when.all)
            and (not when.any or any(again(part) for part in when.any))
            and (when.not_ is None or not again(when.not_))
        )

    def facts(self, person: str | None, day: date) -> dict[str, str]:
        if person is None:
            return {}
        rows = [f for f in self.records.people[person].facts if f.first is None or f.first <= day]
        return {f.key: f.value for f in sorted(rows, key=lambda f: f.first or date.min)}

    def unit_matches(
        self, when: Condition | None, unit: str, person: str | None, day: date
    ) -> bool:
        row = self.records.units[unit]
        return self.matches(when, row.type, row.industry, row.tags, self.facts(person, day), day)


def _month_day(spec: object, year: int) -> date:
    month, day = spec.month, spec.day  # type: ignore[attr-defined]
    if day == "last":
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - DAY
    return date(year, month, day)
