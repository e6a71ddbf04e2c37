"""A small office made by hand, for tests that hold the engine to one sentence of SEMANTICS each.

    office = Office()
    office.duty({"at_least": 1, "per": "month"})
    office.act("2024-06-12")
    assert office.verdict("2024-06", as_of="2024-07-01").state == "met"

What is there unasked: the unit 园区, its post 主任 (主要负责人) held by 王 since 2020, records and
the document `doc` since 2020, a few words, the shipped calendar. Days are written as ISO text.
A duty that the rule language would refuse is refused here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import rules
from data.records import (
    Activity,
    Adoption,
    Appointment,
    Assignment,
    Event,
    Fact,
    Person,
    Post,
    Records,
    Standing,
    Subject,
    Tag,
    Unit,
    Waiver,
)
from engine.calendar.labels import parse_span
from engine.calendar.periods import Period
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.explain import explain_judged, find_among
from engine.judging.verdict import Audit, Verdict
from engine.judging.world import World
from rules.calendar import CalendarFile
from rules.combine import frequency_mistakes
from rules.duty import ActRule, Document, Duty, HolderRule, Source, Valid
from rules.frequency import Frequency
from rules.rulebook import AdoptionLine, Rulebook, Ruling
from rules.vocabulary import Vocabulary
from tests.helpers.audited import audited

LONG_AGO = "2020-01-01"

WORDS: dict[str, dict[str, Any]] = {
    "kinds": {
        "检查": {"en": "inspection"},
        "专项检查": {"under": "检查", "en": "special inspection"},
        "听取汇报": {"role": "听取", "en": "hearing a report"},
        "听取专题汇报": {"under": "听取汇报", "en": "hearing a report on one matter"},
        "会议": {"en": "meeting"},
        "培训": {"en": "training"},
        "报送": {"en": "return"},
        "办结": {"en": "closing"},
    },
    "attributes": {"方式": {"en": "manner", "values": ["明查", "暗访"]}},
}


def on(text: str | date) -> date:
    """The day that the text says."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def maybe(text: str | date | None) -> date | None:
    """The day, or None."""
    return None if text is None else on(text)


def run(text: str) -> Period:
    """`2024-06-03..2024-06-20` as a period."""
    first, _, last = text.partition("..")
    return Period(on(first), on(last or first))


def tags_of(text: str) -> tuple[Tag, ...]:
    """`高危@2024-11-01;涉客` as tags."""
    found = []
    for part in filter(None, text.split(";")):
        name, _, first = part.partition("@")
        found.append(Tag(name, maybe(first or None)))
    return tuple(found)


@cache
def shipped_calendar() -> dict[str, Any]:
    """The calendar file of the package, as data."""
    path = Path(rules.__file__).with_name("calendar.yaml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


class Office:
    """Rules and records of a small office, put together line by line and judged on any day."""

    def __init__(self, *, holder: str | None = "王", records_from: str = LONG_AGO) -> None:
        """`holder` None: nobody is appointed to 主任 unless a test does it."""
        self.first_holder = holder
        self.records_from = on(records_from)
        self.documents: dict[str, Document] = {}
        self.duties: list[Duty] = []
        self.rulings: list[Ruling] = []
        self.office_adoptions: list[AdoptionLine] | None = None
        self.windows: dict[str, list[dict[str, Any]]] = {}
        self.calendar_parts: dict[str, Any] = {}
        self.units: dict[str, Unit] = {}
        self.posts: dict[str, Post] = {}
        self.people: dict[str, Person] = {}
        self.appointments: list[Appointment] = []
        self.activities: list[Activity] = []
        self.subjects: dict[str, Subject] = {}
        self.events: list[Event] = []
        self.waivers: list[Waiver] = []
        self.assignments: list[Assignment] = []
        self.adoptions: list[Adoption] | None = None
        self.document("doc", signed=LONG_AGO)
        self.unit("园区")
        self.post("主任")

    # rules

    def document(self, id: str = "doc", **said: Any) -> None:
        """A source document; `signed`, `in_force`, `received`, `last`, `adjust` …"""
        self.documents[id] = Document.model_validate({"id": id, "title": "文件", **said})

    def duty(
        self,
        frequency: Mapping[str, Any] | str,
        key: str = "check",
        *,
        posts: str | Iterable[str] = "主要负责人",
        holder: Mapping[str, Any] | None = None,
        units: Mapping[str, Any] | None = None,
        kind: str | tuple[str, ...] = "检查",
        activity: Mapping[str, Any] | None = None,
        document: str = "doc",
        valid: Mapping[str, Any] | None = None,
        **said: Any,
    ) -> str:
        """A duty; its id is `key`. `units` alone: units owe it; `holder` says it all by itself."""
        if holder is None:
            holder = {"units": units} if units is not None else {"posts": posts}
        measure = Frequency.model_validate(frequency)
        campaign = valid is not None and "first" in valid and "last" in valid
        wrong = list(frequency_mistakes(measure, campaign))
        assert not wrong, wrong
        self.duties.append(
            Duty(
                id=key,
                document=document,
                title=key,
                sources=(Source(clause="第一条", quote="每月至少检查1次"),),
                holder=HolderRule.model_validate(holder),
                activity=ActRule.model_validate({"kind": kind, **(activity or {})}),
                frequency=measure,
                valid=Valid.model_validate(valid or {}),
                **said,
            )
        )
        return key

    def ruling(self, duty: str, frequency: Mapping[str, Any], day: str, **said: Any) -> None:
        """The office's decision of `day` on a duty."""
        row = {"duty": duty, "frequency": frequency, "on": day, "author": "安委办"}
        self.rulings.append(Ruling.model_validate({**row, "document": "安委办〔2024〕1号", **said}))

    def window(self, name: str, **line: Any) -> None:
        """A line of the calendar for a named window; the first line replaces the shipped ones."""
        self.windows.setdefault(name, []).append(line)

    def calendar(self, **parts: Any) -> None:
        """Whole parts of the calendar file: `school_terms`, `school_year`, `workdays`."""
        self.calendar_parts.update(parts)

    def adopt_in_file(self, document: str, unit: str, first: str | None = None) -> None:
        """A line of the office's adoptions.yaml."""
        line = AdoptionLine(document=document, unit=unit, first=maybe(first))
        self.office_adoptions = [*(self.office_adoptions or []), line]

    # who is who

    def unit(self, id: str, type: str = "园区", *, tags: str = "", **said: Any) -> str:
        """A unit; `parent`, `industry`, `first`, `last`, `records_from`, `term_first` …"""
        for key in ("first", "last", "records_from", "term_first", "term_last"):
            said[key] = maybe(said.get(key))
        self.units[id] = Unit(id, id, type, tags=tags_of(tags), **said)
        return id

    def post(self, id: str, post_class: str = "主要负责人", unit: str = "园区", **said: Any) -> str:
        """A post of a class in a unit; `first`, `last`."""
        for key in ("first", "last"):
            said[key] = maybe(said.get(key))
        self.posts[id] = Post(id, unit, post_class, **said)
        return id

    def person(self, id: str, **facts: str | tuple[str, str]) -> str:
        """A person, with facts: `党员="是"`, or `党员=("是", "2024-06-01")` from that day on."""
        rows = []
        for key, said in facts.items():
            value, first = said if isinstance(said, tuple) else (said, None)
            rows.append(Fact(key, value, maybe(first)))
        self.people[id] = Person(id, id, facts=tuple(rows))
        return id

    def appoint(
        self,
        person: str,
        first: str = LONG_AGO,
        last: str | None = None,
        *,
        post: str = "主任",
        acting: bool = False,
    ) -> str:
        """A person in a post. To appoint anybody to 主任 takes the place of 王."""
        self.people.setdefault(person, Person(person, person))
        self.appointments.append(Appointment(person, post, on(first), maybe(last), acting))
        return person

    def staff(self, post: str, person: str, post_class: str = "主要负责人", **said: Any) -> str:
        """A post together with a person who has held it since 2020."""
        self.post(post, post_class, **said)
        self.appoint(person, post=post)
        return post

    # what was done

    def act(self, day: str, *, id: str | None = None, **said: Any) -> str:
        """An act on a day, under 主任 and of the kind 检查 unless told otherwise; its id.

        `at` is a time (`09:30`), `recorded` the day on which it was recorded (default: its own).
        """
        name = id or f"a{len(self.activities) + 1:02}"
        recorded = on(said.pop("recorded", day))
        if "at" in said:
            said["time"] = time.fromisoformat(said.pop("at"))
        for key in ("quantity", "out_of"):
            if said.get(key) is not None:
                said[key] = Fraction(said[key])
        if "first_day" in said:
            said["first_day"] = on(said["first_day"])
        row: dict[str, Any] = {"kind": "检查", "holder": "主任", **said}
        self.activities.append(
            Activity(
                activity=name,
                day=on(day),
                recorded_at=datetime.combine(recorded, time(17)),
                **row,
            )
        )
        return name

    def acts(self, *days: str, **said: Any) -> list[str]:
        """Several acts alike, one for each day."""
        return [self.act(day, **said) for day in days]

    def event(self, id: str, day: str, type: str = "赛事", **said: Any) -> str:
        """A dated happening; `last`, `at`, `status`, `unit` (or several), `subject`, `title`."""
        units = said.pop("unit", ())
        said["units"] = (units,) if isinstance(units, str) else tuple(units or ())
        if "at" in said:
            said["time"] = time.fromisoformat(said.pop("at"))
        said["last"] = maybe(said.get("last"))
        self.events.append(Event(id, type, on(day), **said))
        return id

    def subject(
        self, id: str, type: str = "项目", unit: str | None = "园区", *, tags: str = "", **said: Any
    ) -> str:
        """What acts are done to; `first`, `last`."""
        for key in ("first", "last"):
            said[key] = maybe(said.get(key))
        self.subjects[id] = Subject(id, id, type, unit, tags_of(tags), **said)
        return id

    def waive(self, first: str, last: str, holder: str = "主任", **said: Any) -> str:
        """An excuse on a post or unit; `person`, `duty`, `subject`."""
        name = f"w{len(self.waivers) + 1}"
        self.waivers.append(Waiver(name, holder, on(first), on(last), "出差", **said))
        return name

    def assign(
        self, member: str, holder: str = "主任", first: str = LONG_AGO, last: str | None = None
    ) -> None:
        """A subject or unit entrusted to a post or a person."""
        self.assignments.append(Assignment(holder, member, on(first), maybe(last)))

    def adopt(
        self, document: str, unit: str, first: str | None = None, last: str | None = None
    ) -> None:
        """A row of the adoptions table."""
        row = Adoption(document, unit, maybe(first), maybe(last))
        self.adoptions = [*(self.adoptions or []), row]

    # what comes out

    def rulebook(self) -> Rulebook:
        """The rules as the engine reads them."""
        calendar = dict(shipped_calendar())
        calendar["windows"] = {**calendar["windows"], **self.windows}
        calendar.update(self.calendar_parts)
        own = self.office_adoptions
        return Rulebook(
            documents=dict(self.documents),
            duties=tuple(self.duties),
            vocabulary=Vocabulary.model_validate(WORDS),
            calendar=CalendarFile.model_validate(calendar),
            rulings=tuple(self.rulings),
            adoptions=None if own is None else tuple(own),
        )

    def records(self) -> Records:
        """The records as the engine reads them."""
        appointments = list(self.appointments)
        if self.first_holder and all(row.post != "主任" for row in appointments):
            appointments.append(Appointment(self.first_holder, "主任", on(LONG_AGO)))
        people = dict(self.people)
        for row in appointments:
            people.setdefault(row.person, Person(row.person, row.person))
        return Records(
            units=dict(self.units),
            posts=dict(self.posts),
            people=people,
            appointments=tuple(sorted(appointments, key=lambda row: (row.first, row.person))),
            activities=tuple(sorted(self.activities, key=lambda act: act.activity)),
            records_from=self.records_from,
            subjects=dict(self.subjects),
            events=tuple(sorted(self.events, key=lambda event: (event.day, event.event))),
            waivers=tuple(self.waivers),
            assignments=tuple(self.assignments),
            adoptions=None if self.adoptions is None else tuple(self.adoptions),
        )

    def change(self, act: str, **said: Any) -> None:
        """An act with other values (`standing="voided"`)."""
        said |= {"standing": Standing(said["standing"])} if "standing" in said else {}
        self.activities = [
            replace(row, **said) if row.activity == act else row for row in self.activities
        ]

    def windows_of(self) -> WindowCalendar:
        """The named windows of the office's calendar."""
        calendar = self.rulebook().calendar
        return WindowCalendar(calendar, Workdays(calendar))

    def world(self, as_of: str | date, span: str | None = None) -> World:
        """Rules and records looked at from a day."""
        return world_of(self.rulebook(), self.records(), on(as_of), self._span(span))

    def judged(self, as_of: str | date, span: str | None = None) -> list[Judged]:
        """Everything that is judged on a day, with where it came from."""
        return judge_all(self.world(as_of, span))

    def verdicts(
        self,
        as_of: str | date,
        label: str | None = None,
        *,
        duty: str | None = None,
        person: str | None = None,
        unit: str | None = None,
        span: str | None = None,
    ) -> list[Verdict]:
        """The verdicts on a day, in order of their ids; every word given narrows them."""
        return [
            one.verdict
            for one in self.judged(as_of, span)
            if label in (None, one.verdict.label)
            and duty in (None, one.verdict.duty.id)
            and person in (None, one.verdict.person)
            and unit in (None, one.verdict.unit)
        ]

    def verdict(
        self,
        label: str,
        as_of: str | date,
        *,
        duty: str | None = None,
        person: str | None = None,
        unit: str | None = None,
        part: int | None = None,
        span: str | None = None,
    ) -> Verdict:
        """The one verdict of that label on that day (and duty, person, unit, part, if given)."""
        found = self.verdicts(as_of, label, duty=duty, person=person, unit=unit, span=span)
        found = [one for one in found if part in (None, one.part)]
        every = [one.id for one in self.verdicts(as_of, span=span)][:20]
        assert len(found) == 1, f"{[one.id for one in found]} of {every}"
        return found[0]

    def labels(self, as_of: str | date, **narrowed: Any) -> list[str]:
        """The labels of everything judged on a day, by first day."""
        found = sorted(self.verdicts(as_of, **narrowed), key=lambda one: one.period)
        return [one.label for one in found]

    def required(self, label: str, as_of: str | date, **narrowed: Any) -> Fraction:
        """What the one verdict asks for."""
        return self.verdict(label, as_of, **narrowed).required

    def why(self, label: str, as_of: str | date, **narrowed: Any) -> dict[str, str]:
        """Each act that does not count for the verdict, with its reason code."""
        world = self.world(as_of)
        name = self.verdict(label, as_of, **narrowed).id
        explained = explain_judged(world, find_among(world, self.judged(as_of), name))
        return {one.activity: one.reason for one in explained.not_counted}

    def counted(self, label: str, as_of: str | date, **narrowed: Any) -> list[str]:
        """The acts that count for the verdict."""
        return [one.activity for one in self.verdict(label, as_of, **narrowed).counted]

    def audit(self, as_of: str | date, span: str | None = None, **said: Any) -> Audit:
        """A whole audit."""
        return audited(self.rulebook(), self.records(), on(as_of), span=self._span(span), **said)

    def _span(self, span: str | None) -> Period | None:
        return None if span is None else parse_span(span, self.windows_of())
