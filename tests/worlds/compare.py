"""The engine beside the slow reference, on one world."""

from __future__ import annotations

from typing import Any

from engine.judging.verdict import Audit
from tests.helpers.audited import audited
from tests.reference import reference
from tests.reference.judging import Expected
from tests.reference.office import Office
from tests.reference.summing import sums, vacancies
from tests.worlds.worlds import World

FIELDS = (
    "state",
    "reason",
    "required",
    "shortfall",
    "done",
    "due",
    "days_overdue",
    "days_late",
    "person",
    "missing",
    "flags",
    "counted",
)


def differences(
    world: World, mine: dict[str, Expected] | None = None
) -> list[tuple[str, str, Any, Any]]:
    """Id, field, the engine's and the reference's value, where the two differ.

    `mine` is what the reference says, where that is known already.
    """
    if mine is None:
        mine = reference(world.rulebook, world.records, world.as_of, world.span)
    audit = audited(world.rulebook, world.records, world.as_of, span=world.span)
    theirs = {one.id: one for one in (*audit.verdicts, *audit.arrears)}
    found: list[tuple[str, str, Any, Any]] = []
    for name in sorted({*mine, *theirs}):
        if _is_before_records(world, theirs.get(name) or mine[name]) and not (
            name in theirs and name in mine
        ):
            continue
        if name not in theirs:
            found.append((name, "absent in the engine", None, mine[name]))
            continue
        one = theirs[name]
        if name not in mine:
            found.append((name, "absent in the reference", _short(one), None))
            continue
        other = mine[name]
        for field in FIELDS:
            a, b = getattr(one, field), getattr(other, field)
            if field in ("done", "counted") and one.state == other.state == "exempt":
                continue
            if field == "flags":
                a, b = set(a), set(b)
            elif field == "counted":
                a = {c.activity: c.quantity for c in a if c.quantity}
                b = {key: n for key, n in b.items() if n}
            if a != b:
                found.append((name, field, a, b))
    names = [one.id for one in (*audit.verdicts, *audit.arrears)]
    twice = sorted({name for name in names if names.count(name) > 1})
    found += [(name, "judged twice", True, False) for name in twice]
    return [*found, *_sums(world, audit)]


def _sums(world: World, audit: Audit) -> list[tuple[str, str, Any, Any]]:
    """Where the sums and the vacancies of the audit are not what its own verdicts come to."""
    found: list[tuple[str, str, Any, Any]] = []
    mine = sums(audit.verdicts, world.as_of)
    for field in ("states", "due", "rate", "rate_done", "shortfall"):
        a, b = getattr(audit.summary, field), getattr(mine, field)
        if a != b:
            found.append(("summary", field, a, b))
    empty = [(one.post, one.first, one.last) for one in audit.vacancies]
    expected = vacancies(Office(world.rulebook, world.records, world.as_of), world.span)
    if empty != expected:
        found.append(("vacancies", "days", empty, expected))
    return found


def _is_before_records(world: World, one: Any) -> bool:
    """Exempt for a due day before the records began: nobody is judged, verdict or not."""
    if one.state != "exempt":
        return False
    unit = one.id.split("@")[1].split("/")[0]
    post = world.records.posts.get(unit)
    at: str | None = post.unit if post else unit
    begun = None
    while at is not None and begun is None:
        row = world.records.units[at]
        begun, at = row.records_from, row.parent
    return one.due_unmoved < (begun or world.records.records_from)


def _short(one: Any) -> str:
    return f"{one.state} {one.reason} due {one.due} window {one.window}"


def show(world: World) -> None:
    """The world in short form."""
    records = world.records
    print("as of", world.as_of, "span", world.span, "records_from", records.records_from)
    for duty in world.rulebook.duties:
        plain = duty.model_dump(exclude_unset=True, by_alias=True)
        for key in ("id", "document", "title", "sources"):
            plain.pop(key)
        print("  duty", plain)
    document = world.rulebook.documents["d"]
    print("  document", document.signed, document.last, document.adjust)
    groups = (
        records.units.values(),
        records.posts.values(),
        records.appointments,
        records.subjects.values(),
        records.events,
        records.waivers,
        records.adoptions or (),
        records.activities,
    )
    for rows in groups:
        for row in rows:
            said = {k: v for k, v in row.__dict__.items() if v not in (None, (), False, "live")}
            said = {k: str(v) if not isinstance(v, tuple) else v for k, v in said.items()}
            for key in ("name", "title", "reason"):
                said.pop(key, None)
            print("   ", type(row).__name__, *(f"{k}={v}" for k, v in said.items()))
