"""Small random worlds, the same for the same seed: rules, records, a day and a span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from random import Random

from data.records import (
    Activity,
    Adoption,
    Appointment,
    Event,
    Person,
    Post,
    Records,
    Standing,
    Subject,
    Tag,
    Unit,
    Waiver,
)
from engine.calendar.cutting import period_around
from engine.calendar.periods import Period
from rules.calendar import CalendarFile
from rules.duty import ActRule, Document, Duty, HolderRule, Source, Valid
from rules.frequency import Frequency
from rules.rulebook import Rulebook
from rules.vocabulary import Vocabulary
from tests.worlds.world_shapes import BEGIN, DAY, SHAPES, Said

VOCABULARY = Vocabulary.model_validate(
    {
        "kinds": {
            "check": {"en": "check"},
            "led_check": {"en": "led check", "under": "check", "role": "lead"},
            "meeting": {"en": "meeting"},
        },
        "post_classes": {c: {"en": c} for c in ("head", "deputy", "other")},
    }
)
CALENDAR = CalendarFile.model_validate(
    {
        "windows": {
            "flood": [{"from": "05-10", "to": "06-20"}],
            "feast": [{"from": "06-10", "to": "06-16"}],
            "turn": [{"from": "12-20", "to": "01-10"}],
        }
    }
)


@dataclass(frozen=True)
class World:
    """A seed's world. `feature` names what its duty asks."""

    feature: str
    rulebook: Rulebook
    records: Records
    as_of: date
    span: Period


HOLDERS = ("plain", "plain", "plain", "unit", "any_of", "together")


def world_of_seed(seed: int, feature: str | None = None) -> World:
    """The world of that seed."""
    r = Random(seed)
    features = sorted(SHAPES)
    drawn = features[seed % len(features)]
    feature = feature or drawn
    last_day = date(2024, 9, 30)
    units = _units(r)
    posts = _posts(r, units)
    people = {name: Person(name, name) for name in ("p1", "p2", "p3", "p4")}
    appointments = _appointments(r, posts)
    subjects = _subjects(r)
    events = _events(r, subjects) if feature in ("before", "after", "while") else ()
    duties = tuple(duty_of(r, feature, n) for n in range(1))
    as_of = BEGIN + r.randint(40, 270) * DAY
    records_from = r.choice([BEGIN, BEGIN, date(2024, 2, 1), date(2024, 3, 10)])
    activities = _activities(r, feature, duties[0], posts, units, subjects, events, as_of)
    adoptions = None
    if r.random() < 0.25:
        adoptions = (
            Adoption(
                "d",
                r.choice(["u1", "u2"]),
                r.choice([None, date(2024, 3, 1), date(2024, 4, 20)]),
                r.choice([None, None, date(2024, 7, 15)]),
            ),
        )
    records = Records(
        units=units,
        posts=posts,
        people=people,
        appointments=appointments,
        activities=activities,
        records_from=records_from,
        subjects=subjects,
        events=events,
        waivers=_waivers(r, posts, subjects),
        adoptions=adoptions,
    )
    document = Document(
        id="d",
        title="d",
        signed=r.choice([date(2022, 1, 1), date(2022, 1, 1), date(2024, 2, 20)]),
        last=r.choice([None, None, None, date(2024, 7, 10)]),
        adjust=r.choice(["none", "next_workday", "previous_workday"]),
    )
    rulebook = Rulebook({"d": document}, duties, VOCABULARY, CALENDAR)
    if r.random() < 0.5:
        span = Period(BEGIN, last_day)
    else:
        named = period_around("month", as_of - DAY)
        assert named is not None
        span = named[1]
    return World(feature, rulebook, records, as_of, span)


def _units(r: Random) -> dict[str, Unit]:
    tag: tuple[Tag, ...] = ()
    if r.random() < 0.5:
        tag = (Tag("risky", r.choice([None, date(2024, 2, 10), date(2024, 5, 5)])),)
    found = {"u1": Unit("u1", "u1", "town", tags=tag)}
    if r.random() < 0.5:
        found["u2"] = Unit(
            "u2",
            "u2",
            "plant",
            parent="u1",
            records_from=r.choice([None, None, date(2024, 4, 10)]),
            first=r.choice([None, None, date(2024, 3, 20)]),
            last=r.choice([None, None, None, date(2024, 6, 10)]),
        )
        if r.random() < 0.4:
            found["u3"] = Unit("u3", "u3", "plant", parent="u1")
    return found


def _posts(r: Random, units: dict[str, Unit]) -> dict[str, Post]:
    found = {"q1": Post("q1", "u1", "head")}
    if r.random() < 0.6:
        found["q2"] = Post("q2", "u1", r.choice(["head", "deputy"]))
    if "u2" in units:
        found["q3"] = Post("q3", "u2", r.choice(["head", "deputy", "other"]))
    if r.random() < 0.2:
        found["q4"] = Post(
            "q4", r.choice(sorted(units)), "other", first=r.choice([None, date(2024, 2, 15)])
        )
    return found


def _appointments(r: Random, posts: dict[str, Post]) -> tuple[Appointment, ...]:
    rows: list[Appointment] = []
    for post in posts:
        way = r.choice(
            [
                "whole",
                "whole",
                "late",
                "handover",
                "handover",
                "gap",
                "acting",
                "early_end",
                "back",
                "same_day",
            ]
        )
        one, other = r.sample(["p1", "p2", "p3", "p4"], 2)
        start = date(2020, 1, 1)
        change = BEGIN + r.randint(10, 220) * DAY
        later = change + r.randint(5, 80) * DAY
        if way == "whole":
            rows.append(Appointment(one, post, start))
        elif way == "late":
            rows.append(Appointment(one, post, change))
        elif way == "handover":
            rows += [Appointment(one, post, start, change - DAY), Appointment(other, post, change)]
        elif way == "same_day":
            rows += [Appointment(one, post, start, change), Appointment(other, post, change)]
        elif way == "gap":
            rows += [Appointment(one, post, start, change - DAY), Appointment(other, post, later)]
        elif way == "acting":
            rows += [
                Appointment(one, post, start),
                Appointment(other, post, change, r.choice([later, None]), acting=True),
            ]
        elif way == "early_end":
            rows.append(Appointment(one, post, start, later))
        else:
            rows += [
                Appointment(one, post, start, change - DAY),
                Appointment(other, post, change, later - DAY, acting=r.random() < 0.5),
                Appointment(one, post, later),
            ]
    return tuple(sorted(rows, key=lambda a: (a.first, a.person, a.post)))


def _subjects(r: Random) -> dict[str, Subject]:
    found = {}
    for n in range(r.randint(0, 4)):
        first = r.choice([None, None, BEGIN + r.randint(0, 240) * DAY])
        last = r.choice([None, None, (first or BEGIN) + r.randint(0, 240) * DAY])
        tags = (Tag("big", r.choice([None, date(2024, 4, 15)])),) if r.random() < 0.4 else ()
        found[f"s{n}"] = Subject(
            f"s{n}", f"s{n}", "site", unit="u1", tags=tags, first=first, last=last
        )
    return found


def _events(r: Random, subjects: dict[str, Subject]) -> tuple[Event, ...]:
    rows = []
    for n in range(r.randint(1, 3)):
        day = BEGIN + r.randint(5, 240) * DAY
        last = day + r.randint(1, 70) * DAY if r.random() < 0.3 else None
        rows.append(
            Event(
                f"e{n}",
                "race",
                day,
                last,
                time(r.randint(8, 16)) if r.random() < 0.5 else None,
                r.choice(["planned", "done", "moved", "moved", "cancelled"]),
                r.choice([(), (), ("u1",)]),
                r.choice([*subjects, None]) if r.random() < 0.4 else None,
            )
        )
    return tuple(rows)


def duty_of(r: Random, feature: str, n: int) -> Duty:
    """A random duty of that shape, with the id `d.l.kN`."""
    said = SHAPES[feature](r)
    holder: Said = {"posts": ["head"]}
    way = r.choice(HOLDERS)
    if way == "unit":
        holder = {"units": {"type": r.choice(["town", "plant"])}}
    elif way in ("any_of", "together"):
        holder = {"posts": ["head", "deputy"], "joint": way}
    elif r.random() < 0.3:
        holder["posts"] = ["head", "deputy"]
        if r.random() < 0.3:
            holder["units"] = {"tags": ["risky"]}
    act: Said = {"kind": ["check"]}
    if r.random() < 0.25:
        act["role"] = ["lead"]
    if r.random() < 0.2:
        act["evidence"] = True
    if r.random() < 0.25:
        act["delegate"] = ["deputy"]
    if r.random() < 0.15:
        act["separately"] = True
    if r.random() < 0.1:
        act["several_per_day"] = True
    if r.random() < 0.1 and way == "unit":
        act["below"] = True
    if r.random() < 0.1:
        act["attributes"] = {"way": ["surprise"]}
    if r.random() < 0.1:
        act["subjects"] = {"type": ["site"]}
    valid: Said = {}
    if r.random() < 0.15:
        valid["first"] = BEGIN + r.randint(0, 100) * DAY
    if r.random() < 0.15:
        valid["last"] = BEGIN + r.randint(120, 260) * DAY
    if r.random() < 0.1 and "by" not in said["frequency"]:
        valid["season"] = ("03-01", "08-last")
    return Duty(
        id=f"d.l.k{n}",
        document="d",
        title="t",
        sources=(Source(clause="c", quote="q"),),
        holder=HolderRule.model_validate(holder),
        activity=ActRule.model_validate(act),
        frequency=Frequency.model_validate(said["frequency"]),
        valid=Valid.model_validate(valid),
        hedged=r.random() < 0.1,
    )


def _activities(
    r: Random,
    feature: str,
    duty: Duty,
    posts: dict[str, Post],
    units: dict[str, Unit],
    subjects: dict[str, Subject],
    events: tuple[Event, ...],
    as_of: date,
) -> tuple[Activity, ...]:
    rows: list[Activity] = []
    dense = r.random() < 0.5
    for n in range(r.randint(4, 12) if dense else r.randint(0, 12)):
        if rows and r.random() < 0.08:
            old = r.choice(rows)
            rows.append(Activity(**{**old.__dict__, "activity": f"a{n:02}"}))
            continue
        day = BEGIN + r.randint(0, (as_of - BEGIN).days) * DAY
        if events and r.random() < 0.6:
            event = r.choice(events)
            day = event.day + r.randint(-12, 12) * DAY
        if r.random() < 0.05:
            day = as_of + r.randint(1, 5) * DAY
        said: Said = {
            "kind": r.choices(["check", "led_check", "meeting"], [8, 3, 1])[0],
            "day": day,
        }
        said["holder"] = r.choice([*posts, *posts, *posts, *units])
        if dense and r.random() < 0.8:
            said.update(kind="check", holder="q1", role="lead", evidence=(f"v{n}",))
            said["attributes"] = (("way", "surprise"),)
            if subjects and r.random() < 0.7:
                said["subjects"] = tuple(r.sample(sorted(subjects), r.randint(1, len(subjects))))
        if r.random() < 0.4:
            said["time"] = time(r.randint(8, 17))
        if "role" not in said and r.random() < 0.6:
            said["role"] = r.choice(["lead", "lead", "join"])
        named = [*subjects, *units, *posts, "p1", "p2", "p3"]
        if "subjects" not in said and r.random() < 0.6:
            said["subjects"] = tuple(r.sample(named, min(len(named), r.randint(1, 3))))
        if duty.holder.joint == "together" and r.random() < 0.7:
            said["subjects"] = tuple(posts)
        if r.random() < (0.6 if feature == "quota" else 0.05):
            said["quantity"] = Fraction(r.choice(["1", "2", "0.5", "3.25", "4"]))
            said["unit_of_quantity"] = r.choice(["lift", "lift", "lift", "hour", None])
        if feature in ("coverage", "share") and r.random() < 0.3:
            said["quantity"], said["out_of"] = Fraction(r.randint(1, 9)), Fraction(10)
        if r.random() < 0.15:
            said["on_behalf_of"] = r.choice(list(posts))
        if "evidence" not in said and r.random() < 0.6:
            said["evidence"] = (r.choice(["x1", "x2", f"y{n}", f"z{n}"]),)
        if "attributes" not in said and r.random() < 0.3:
            said["attributes"] = (("way", r.choice(["surprise", "told"])),)
        if r.random() < 0.12 and feature not in ("rolling", "before", "after", "while"):
            named_period = period_around(
                r.choice(["month", "quarter", "month"]), day - r.randint(-40, 60) * DAY
            )
            assert named_period is not None
            said[r.choice(["for_period", "makes_up", "makes_up"])] = named_period[0]
        if events and r.random() < 0.15:
            said["event"] = r.choice(events).event
        said["standing"] = r.choices(list(Standing), [20, 1, 1, 1])[0]
        late = r.choice([0, 0, 0, 1, 5, 12, -3])
        said["recorded_at"] = datetime.combine(day + late * DAY, time(12))
        rows.append(Activity(activity=f"a{n:02}", **said))
    return tuple(sorted(rows, key=lambda a: a.activity))


def _waivers(r: Random, posts: dict[str, Post], subjects: dict[str, Subject]) -> tuple[Waiver, ...]:
    rows = []
    for n in range(r.choice([0, 0, 1, 1, 2])):
        first = BEGIN + r.randint(0, 220) * DAY
        post = r.choice(list(posts))
        way = r.choice(["unit", "post", "person", "member"])
        rows.append(
            Waiver(
                f"w{n}",
                "u1" if way == "unit" else post,
                first,
                first + r.randint(0, 60) * DAY,
                "leave",
                person=r.choice(["p1", "p2", "p3", "p4"]) if way == "person" else None,
                duty=r.choice([None, None, "d.l.k0", "d.l.other"]),
                subject=r.choice(list(subjects)) if way == "member" and subjects else None,
            )
        )
    return tuple(rows)
