"""Acts recorded one at a time, and what each of them is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.dates import day_of
from data.intake.imports import record_activity
from data.period_words import label_meant
from data.records import Activity
from data.store.journal import Doing
from data.store.opening import Store
from data.store.person_subset import has_activity, people_at
from engine.judging.audit import Judged
from engine.judging.explain import refusal_of, same_as
from engine.judging.making_up import named_by, unmet, unmet_named
from engine.judging.verdict import NotCounted, Reason
from engine.judging.world import World
from problems import Objection, Place, Problem, names, said
from rules.rulebook import Rulebook
from services.binding import must_bind_store
from services.doubts import doubts_of
from services.look import Look, When, Whose, looks
from services.naming import NameResolver
from services.office import Office, done_at, office_rulebook, store_of, words_of

Cells = Mapping[str, str]
"""The filled cells of a row, by their columns."""

_MOST = 5

MENDABLE = frozenset(
    {
        Reason.DELEGATION_NOT_ALLOWED,
        Reason.ROLE,
        Reason.ATTRIBUTE,
        Reason.SUBJECT,
        Reason.UNIT,
        Reason.OUTSIDE_TENURE,
        Reason.EVIDENCE,
        Reason.TOO_SMALL,
        Reason.DUPLICATE,
        Reason.TOO_SOON,
    }
)
"""Why an act may not count by what its record says, so that whoever records it is told at once."""

NOT_ABOUT_IT = frozenset({Reason.KIND, Reason.HOLDER, Reason.VOIDED, Reason.SUPERSEDED})
"""Why an act may not count for a duty that it was not done for, or that nobody would ask about."""


@dataclass(frozen=True)
class Written:
    """An act that stands in the store now; `was_known`: it corrects one of the same id."""

    activity: str
    was_known: bool = False


@dataclass(frozen=True)
class ActWorth:
    """What an act is worth on its day, or today: what it replaces, the obligations that it counts
    for, and those that it does not count for by what its record says, one of each duty, those
    first that it resembles and that lack something; `unit`: that of its holder, None where it
    belongs to none. `touched` are what else its make-up names, `same_as` is the record that it
    repeats, `doubts` are what is odd about it.
    """

    world: World
    act: Activity
    replaces: tuple[Activity, ...]
    counts_for: tuple[Judged, ...]
    refused_by: tuple[tuple[Judged, NotCounted], ...]
    unit: str | None
    touched: tuple[Judged, ...] = ()
    same_as: Activity | None = None
    doubts: tuple[Problem, ...] = ()


def record(
    office: Office, doing: Doing, row: Cells, told: Callable[[Written], None] | None = None
) -> ActWorth:
    """Records one act. `told` is called as soon as it stands; what it counts for may take longer.

    Raises BadInput with every problem, and then nothing is written.
    """
    rulebook, store = office_rulebook(office), store_of(office)
    must_bind_store(store, rulebook)
    row = _with_labels(NameResolver(store, rulebook).row("activities", row))
    name = row.get("activity")
    known = bool(name) and has_activity(store, name or "")
    return _recorded(rulebook, store, doing, row, (), known, told)


def make_up(
    office: Office, doing: Doing, row: Cells, told: Callable[[Written], None] | None = None
) -> ActWorth:
    """Records an act that makes an earlier period good (`makes_up`); like `record`, and BadInput
    too where no obligation for it is unmet.
    """
    rulebook, store = office_rulebook(office), store_of(office)
    names_of = NameResolver(store, rulebook)
    row = _with_labels(names_of.row("activities", row))
    today = done_at(doing, store).now.date()
    when = When(doing.now, max(today, _day(row) or today))
    it = next(looks(store, rulebook, when, _whose(rulebook, row)))
    problem = _nothing_unmet(it, row, names_of)
    return _recorded(rulebook, store, doing, row, [problem] if problem else (), False, told)


def _with_labels(row: Cells) -> Cells:
    """The row with the labels of its periods, however they were written."""
    return {
        name: label_meant(text) if name in ("for_period", "makes_up") else text
        for name, text in row.items()
    }


def _recorded(
    rulebook: Rulebook,
    store: Store,
    doing: Doing,
    row: Cells,
    problems: Sequence[Problem],
    was_known: bool,
    told: Callable[[Written], None] | None,
) -> ActWorth:
    done = done_at(doing, store)
    words = words_of(rulebook)
    activity = record_activity(store, row, words=words, doing=done, problems=problems)
    if told:
        told(Written(activity, was_known))
    today = done.now.date()
    when = When(doing.now, max(_day(row) or today, today))
    for it in looks(store, rulebook, when, _whose(rulebook, row)):
        found = _counted(it, activity, row.get("supersedes", "").strip(), today)
        if found is not None:
            return found
    raise LookupError(activity)


def _day(row: Cells) -> date | None:
    try:
        return date.fromisoformat(day_of(row.get("day", "")))
    except Objection:
        return None  # A problem that is told with those of the record.


def _whose(rulebook: Rulebook, row: Cells) -> Whose:
    """Whoever held the post, or a post of the unit, and whom the act names; the duties for which
    its kind may count.
    """
    holder, person, kind = (row.get(name, "").strip() for name in ("holder", "person", "kind"))
    is_kind = rulebook.vocabulary.is_kind
    duties = frozenset(
        one.id
        for one in rulebook.duties
        if one.activity and any(is_kind(kind, asked) for asked in one.activity.kind)
    )

    def people(state: Store) -> list[str]:
        return sorted({*people_at(state, holder), *([person] if person else [])})

    return Whose(people, duties)


def _counted(it: Look, activity: str, earlier: str, today: date) -> ActWorth | None:
    """None where the act, or the one that it supersedes, is none of those that were read."""
    world = it.world
    act, old = world.acts_by_id.get(activity), world.acts_by_id.get(earlier)
    if act is None or (earlier and old is None):
        return None
    judged = it.judged()
    counts_for = tuple(
        one
        for one in judged
        if one.slot is not None
        and any(counted.activity == activity for counted in one.verdict.counted)
    )
    taken = {one.verdict.duty.id for one in counts_for}
    others = [one for one in judged if one.verdict.duty.id not in taken]
    refused = _refused_by(world, others, act, MENDABLE.__contains__)
    if counts_for:
        # What it was done for takes it; the others are told of only where it says too little.
        refused = [found for found in refused if _says_too_little(world, *found)]
    elif not refused:
        refused = _refused_by(world, others, act, lambda reason: reason not in NOT_ABOUT_IT)
    told = {one.verdict.id for one in (*counts_for, *(one for one, _ in refused))}
    named = named_by(world, judged, act.makes_up, act.kind, act.holder) if act.makes_up else []
    return ActWorth(
        world,
        act,
        (old,) if old else (),
        counts_for,
        tuple(refused),
        world.unit_of(act.holder),
        tuple(one for one in named if one.verdict.id not in told),
        same_as(world, act),
        tuple(doubts_of(world, act, today, unexplained=not (counts_for or refused))),
    )


def _refused_by(
    world: World, judged: Sequence[Judged], act: Activity, is_told: Callable[[Reason], bool]
) -> list[tuple[Judged, NotCounted]]:
    """Of each duty the obligation that is nearest to the act and does not take it as it is."""
    nearest: dict[str, tuple[tuple[object, ...], Judged, NotCounted]] = {}
    for one in judged:
        refusal = refusal_of(world, one, act)
        if refusal is None or not is_told(refusal.reason):
            continue
        verdict = one.verdict
        lacks, within = verdict.shortfall > 0, act.day in verdict.period
        unlike = not _resembles(refusal)
        place = (unlike, not lacks, not within, verdict.deadline or date.max, verdict.id)
        known = nearest.get(verdict.duty.id)
        if known is None or place < known[0]:
            nearest[verdict.duty.id] = (place, one, refusal)
    ordered = sorted(nearest.values(), key=lambda found: found[0])
    return [(one, refusal) for _, one, refusal in ordered]


def _resembles(refusal: NotCounted) -> bool:
    """Whether a word that was written is a part of one that is asked for, or has it as a part."""
    return any(
        want.written is not None and (want.written in word or word in want.written)
        for want in refusal.wants
        for word in want.asked
    )


def _says_too_little(world: World, one: Judged, refusal: NotCounted) -> bool:
    """Whether what is still owed would be reached by words left blank, or that no rule knows."""
    known = world.rulebook.attribute_values
    return (
        one.verdict.shortfall > 0
        and bool(refusal.wants)
        and all(
            want.written is None or (want.key and want.written not in known.get(want.key, ()))
            for want in refusal.wants
        )
    )


def _nothing_unmet(it: Look, row: Cells, names_of: NameResolver) -> Problem | None:
    holder, label, kind = (row.get(name, "").strip() for name in ("holder", "makes_up", "kind"))
    world, unit = it.world, it.world.unit_of(holder)
    if unit is None:
        return None
    open_ = unmet(it.judged(unit=unit), holder)
    if unmet_named(world, open_, label, kind):
        return None
    near = {
        one.label: one.period.last for one in open_ if unmet_named(world, [one], one.label, kind)
    }
    whose = names_of.book.book(("posts", "units")).shown(holder)
    message = said("nothing_unmet", holder=whose, label=label, kind=kind)
    day = _day(row) or world.as_of
    # What is over by then, the last first; the newest of all where nothing is.
    before = [one for one, last in near.items() if last < day]
    nearest = (before or list(near))[-_MOST:]
    labels = names(nearest)
    hint = said("unmet_are", labels=labels) if near else said("nothing_to_make_up")
    if len(near) > len(nearest):
        hint = said("unmet_are_too", labels=labels, count=len(near))
    return Problem(Place("makes_up"), message, hint)
