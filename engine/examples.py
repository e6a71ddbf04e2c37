"""The worked examples of the rule files, run: each is a small world around one duty.

The world is one unit with one post of each class that owes the duty, held since long before; an
example's `world` says what is different. What is `done` is done by the holder, in the kind and
role that the duty accepts, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from data.records import (
    Activity,
    Appointment,
    Assignment,
    Event,
    Fact,
    Person,
    Post,
    Records,
    Subject,
    Tag,
    Unit,
    Waiver,
)
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.judging.audit import judge_all, world_of
from engine.judging.verdict import State, Verdict
from engine.judging.world import World
from problems import Objection, Said, all_of, bare, names, said
from rules.duty import Duty, Example, Sharing
from rules.frequency import Condition, Population, PopulationScope
from rules.rulebook import Rulebook

UNIT, POST, PERSON, SUCCESSOR = "示例单位", "示例职务", "示例人", "接任人"
LEFT, LEAVER = "所离职务", "离任人"
LONG_BEFORE = date(1990, 1, 1)

WORLD_KEYS = (
    "from",
    "to",
    "acting",
    "tags",
    "facts",
    "type",
    "industry",
    "waived",
    "events",
    "members",
    "successor_from",
    "leaves",
    "records_from",
    "term",
)
MEMBER_KEYS = ("id", "type", "industry", "tags", "class", "first", "last", "assigned")
EVENT_KEYS = ("id", "type", "day", "last", "time", "status", "subject", "title")
DONE_KEYS = (
    "day",
    "first_day",
    "time",
    "kind",
    "role",
    "by",
    "by_unit",
    "on_behalf_of",
    "for_period",
    "event",
    "makes_up",
    "quantity",
    "out_of",
    "unit",
    "subjects",
    "evidence",
    "attributes",
    "recorded",
    "person",
)


@dataclass(frozen=True)
class Failure:
    """An example that does not come out as it says."""

    duty: str
    number: int
    said: Said
    hint: Said | None = None


def failures(
    rulebook: Rulebook, progress: Callable[[int, int], None] | None = None
) -> Iterator[Failure]:
    """Every example of every duty that fails, in file order.

    `progress` is told how many of all duties are done, after each of them.
    """
    for done, duty in enumerate(rulebook.duties, start=1):
        for number, example in enumerate(duty.examples):
            for message, hint in run_example(rulebook, duty, example):
                yield Failure(duty.id, number, message, hint)
        if progress:
            progress(done, len(rulebook.duties))


def run_example(
    rulebook: Rulebook, duty: Duty, example: Example
) -> Iterator[tuple[Said, Said | None]]:
    """What is wrong with the example, each with a hint; nothing when it comes out."""
    try:
        records = _records(rulebook, duty, example)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        reason = error.said if isinstance(error, Objection) else bare(str(error))
        yield said("example_unreadable", reason=reason), said("world_knows", keys=names(WORLD_KEYS))
        return
    alone = replace(
        rulebook,
        duties=(duty.model_copy(update={"replaces": None}),),
        rulings=(),
        adoptions=None,
    )
    world = world_of(alone, records, example.as_of, None)
    verdicts = [one.verdict for one in judge_all(world)]
    for label, state in example.expect.items():
        if state not in set(State):
            yield said("not_a_state", state=state), said("write_one_of", words=names(State))
            continue
        found = [verdict for verdict in verdicts if _is_called(world, verdict, label)]
        # An example about a handover names the label once: it expects the state of its last holder
        # unless one of them fits.
        if not found:
            labels = sorted({_name(verdict) for verdict in verdicts})
            yield said("expected_obligation", label=bare(label), state=state), _near(labels)
        elif all(verdict.state != state for verdict in found):
            states = all_of(one for one in sorted({verdict.state for verdict in found}))
            wanted = said(
                "expected_state",
                label=bare(label),
                state=state,
                found=states,
                as_of=example.as_of,
            )
            yield wanted, None


def _near(labels: list[str]) -> Said:
    return said("labels_there_are", labels=names(labels[:8])) if labels else said("nobody_owes_it")


def _name(verdict: Verdict) -> str:
    return f"{verdict.label}#{verdict.part}" if verdict.part else verdict.label


def _is_called(world: World, verdict: Verdict, label: str) -> bool:
    """Whether the label means the verdict: by name, or by the same days."""
    name, _, part = label.partition("#")
    if part and part != str(verdict.part):
        return False
    if name == verdict.label:
        return True
    named = parse_label(name)
    days = days_of_label(named, world.windows, world.chain(verdict.unit)) if named else None
    return days is not None and days == Days.of(verdict.period.first, verdict.period.last)


def _records(rulebook: Rulebook, duty: Duty, example: Example) -> Records:
    world = dict(example.world)
    _refuse_unknown(world, WORLD_KEYS, "world")
    posts, appointments, people = _people(duty, example, world)
    if not posts and _assignable(duty):
        posts[POST] = Post(POST, UNIT, "")
    subjects, units, held = _members(duty, world)
    term = world.get("term") or (None, None)
    units[UNIT] = Unit(
        UNIT,
        UNIT,
        world.get("type") or _unit_type(duty),
        tags=tuple(_tag(text) for text in world.get("tags", ())),
        industry=world.get("industry") or _first(duty.holder.units, "industry"),
        first=None if duty.holder.posts else world.get("from"),
        last=None if duty.holder.posts else world.get("to"),
        term_first=term[0],
        term_last=term[1],
    )
    document = rulebook.documents[duty.document]
    year = min(document.first.year, example.as_of.year)
    return Records(
        units=units,
        posts=posts | {one.post.post: one.post for one in held},
        people=people | {one.person.person: one.person for one in held},
        appointments=(*appointments, *(one.appointment for one in held)),
        activities=tuple(
            _act(duty, posts, number, done) for number, done in enumerate(example.done, start=1)
        ),
        records_from=world.get("records_from") or date(year, 1, 1),
        subjects=subjects,
        assignments=_assigned(duty, example, posts),
        events=tuple(_event(row) for row in world.get("events", ())),
        waivers=tuple(
            Waiver(f"w{number}", POST if duty.holder.posts else UNIT, first, last, "示例")
            for number, (first, last) in enumerate(world.get("waived", ()), start=1)
        ),
    )


def _people(
    duty: Duty, example: Example, world: Mapping[str, Any]
) -> tuple[dict[str, Post], tuple[Appointment, ...], dict[str, Person]]:
    posts: dict[str, Post] = {}
    people: dict[str, Person] = {}
    appointments: list[Appointment] = []
    classes = duty.holder.posts if duty.holder.joint != Sharing.EACH_OF else duty.holder.posts[:1]
    beside = {
        row[key] for row in example.done if isinstance(row, dict) for key in ("by",) if key in row
    }
    for number, name in enumerate((*classes, *sorted(beside - set(classes)))):
        post = POST if number == 0 and classes else f"{POST}{number}"
        person = PERSON if number == 0 and classes else f"{PERSON}{number}"
        facts = tuple(Fact(key, str(value)) for key, value in world.get("facts", {}).items())
        posts[post] = Post(post, UNIT, name)
        people[person] = Person(person, person, facts=facts)
        is_holder = post == POST
        first = world.get("from") or LONG_BEFORE
        if not is_holder:
            appointments.append(Appointment(person, post, LONG_BEFORE))
            continue
        appointments.append(Appointment(person, post, first, world.get("to")))
        if world.get("successor_from"):
            people[SUCCESSOR] = Person(SUCCESSOR, SUCCESSOR)
            appointments.append(Appointment(SUCCESSOR, post, world["successor_from"]))
        if world.get("acting"):
            begins, ends = world["acting"]
            people["代理人"] = Person("代理人", "代理人")
            appointments.append(Appointment("代理人", post, begins, ends, acting=True))
    if world.get("leaves"):
        posts[LEFT] = Post(LEFT, UNIT, LEFT)
        people[LEAVER] = Person(LEAVER, LEAVER)
        appointments.append(Appointment(LEAVER, LEFT, LONG_BEFORE, world["leaves"]))
    return posts, tuple(appointments), people


@dataclass(frozen=True)
class _Held:
    """A member that is a post, or a person in one: the post, who is in it, and since when."""

    post: Post
    person: Person
    appointment: Appointment


def _members(
    duty: Duty, world: Mapping[str, Any]
) -> tuple[dict[str, Subject], dict[str, Unit], tuple[_Held, ...]]:
    """The members that the example lists: subjects, units below the holder's, or posts and people
    in such units. What a row leaves out is as the population asks.
    """
    population = next((found for found in _populations(duty) if found), None)
    subjects: dict[str, Subject] = {}
    units: dict[str, Unit] = {}
    held: list[_Held] = []
    for row in world.get("members", ()):
        _refuse_unknown(row, MEMBER_KEYS, "members")
        tags = tuple(_tag(text) for text in row.get("tags", ()))
        name, kind, industry = row["id"], row.get("type"), row.get("industry")
        first, last = row.get("first"), row.get("last")
        if population is None or population.members == "subjects":
            kind = kind or (population.type[0] if population and population.type else "")
            subjects[name] = Subject(name, name, kind, UNIT, tags, first, last)
            continue
        kind = kind or (_first(population, "unit_type") or "单位")
        industry = industry or _first(population, "industry")
        if population.members == "units":
            units[name] = Unit(name, name, kind, UNIT, tags, industry, first, last)
            continue
        of_posts = population.members == "posts"
        place, post = f"{name}单位", name if of_posts else f"{name}职务"
        person = f"{name}任职人" if of_posts else name
        units[place] = Unit(place, place, kind, UNIT, tags, industry)
        post_class = row.get("class") or (population.posts or population.people)[0]
        appointment = Appointment(person, post, first or LONG_BEFORE, last)
        held.append(_Held(Post(post, place, post_class), Person(person, person), appointment))
    wanted = duty.activity.subjects if duty.activity else None
    if wanted is not None and wanted.type:
        subjects.setdefault(
            "示例对象",
            Subject("示例对象", "示例对象", wanted.type[0], UNIT, tuple(map(_tag, wanted.tags))),
        )
    return subjects, units, tuple(held)


def _assignable(duty: Duty) -> bool:
    return any(found and found.scope == PopulationScope.ASSIGNED for found in _populations(duty))


def _assigned(duty: Duty, example: Example, posts: Mapping[str, Post]) -> tuple[Assignment, ...]:
    """The members, entrusted to the holder (or a post of it) since long, unless `assigned` says
    from which day, or that they are not.
    """
    if not _assignable(duty):
        return ()
    rows = [
        (row["id"], row.get("assigned", LONG_BEFORE)) for row in example.world.get("members", ())
    ]
    return tuple(Assignment(min(posts), member, first) for member, first in rows if first)


def _populations(duty: Duty) -> Iterator[Population | None]:
    for measure in duty.frequency.for_shape():
        for part in (measure, *measure.all):
            yield part.population


def _act(duty: Duty, posts: Mapping[str, Post], number: int, done: Any) -> Activity:
    row: dict[str, Any] = {"day": done} if isinstance(done, date) else dict(done)
    _refuse_unknown(row, DONE_KEYS, "done")
    rule = duty.activity
    holder = next((p for p, post in posts.items() if post.post_class == row.get("by")), None)
    own = POST if duty.holder.posts else UNIT
    attributes = {key: values[0] for key, values in (rule.attributes if rule else {}).items()}
    attributes.update(row.get("attributes", {}))
    subjects = tuple(row.get("subjects", ()))
    if not subjects and rule and rule.subjects and rule.subjects.type and "subjects" not in row:
        subjects = ("示例对象",)
    quantity, out_of = row.get("quantity"), row.get("out_of")
    recorded = row.get("recorded") or row["day"]
    role = row["role"] if "role" in row else (rule.role[0] if rule and rule.role else None)
    return Activity(
        activity=f"示例{number:03}",
        kind=row.get("kind") or (rule.kind[0] if rule else ""),
        day=row["day"],
        holder=UNIT if row.get("by_unit") else holder or own,
        recorded_at=datetime.combine(recorded, time(17)),
        first_day=row.get("first_day"),
        time=time.fromisoformat(row["time"]) if row.get("time") else None,
        person=row.get("person"),
        role=role,
        subjects=subjects,
        quantity=None if quantity is None else Fraction(quantity),
        out_of=None if out_of is None else Fraction(out_of),
        unit_of_quantity=row.get("unit") or (None if quantity is None else _quota_unit(duty)),
        on_behalf_of=own if row.get("on_behalf_of") else None,
        for_period=_text(row.get("for_period")),
        event=row.get("event"),
        makes_up=_text(row.get("makes_up")),
        attributes=tuple(sorted(attributes.items())),
        evidence=tuple(row.get("evidence", ())),
    )


def _quota_unit(duty: Duty) -> str | None:
    parts = [part for each in duty.frequency.for_shape() for part in (each, *each.all)]
    units = [part.unit for part in parts]
    units += [part.least_amount.unit for part in parts if part.least_amount]
    return next((unit for unit in units if unit), None)


def _refuse_unknown(row: Mapping[str, Any], known: Sequence[str], part: str) -> None:
    unknown = sorted(row.keys() - set(known))
    if unknown:
        told = said("unknown_key_in_example", key=unknown[0], part=bare(part), keys=names(known))
        raise Objection(told)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _event(row: Mapping[str, Any]) -> Event:
    _refuse_unknown(row, EVENT_KEYS, "events")
    at = time.fromisoformat(row["time"]) if row.get("time") else None
    return Event(
        row["id"],
        row["type"],
        row["day"],
        row.get("last"),
        at,
        row.get("status", "planned"),
        subject=row.get("subject"),
        title=row.get("title"),
    )


def _tag(text: str) -> Tag:
    name, _, first = text.partition("@")
    return Tag(name, date.fromisoformat(first) if first else None)


def _unit_type(duty: Duty) -> str:
    return _first(duty.holder.units, "type") or "单位"


def _first(condition: Condition | None, key: str) -> str | None:
    """The first word that a condition would accept."""
    if condition is None:
        return None
    own: tuple[str, ...] = getattr(condition, key)
    if own:
        return own[0]
    inner = [_first(part, key) for part in (*condition.all, *condition.any)]
    return next((word for word in inner if word), None)
