"""How the people of the demo's district do what they are to do: mostly well, else in every way.

Each task has a generator of its own, so a rule more or less leaves what comes of the others as it
is. Most is done in time and entered soon; the rest is late and made up, forgotten, done by the
wrong one or in the wrong role, lacks its evidence, is entered twice, struck out or corrected, or
piled up at the month's end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from samples.district_diary import DistrictDiary
from samples.district_tasks import Task
from samples.office_diary import ONE_DAY, Act, days, is_workday

TRAINED_AT_ONCE, VISITED_AT_ONCE = 30, 3
LATE_DAYS = 21


@dataclass(frozen=True)
class Nature:
    """How reliable a unit is: how much likelier than usual something goes wrong there."""

    slips: float
    piles_up: bool


def nature_of(seed: int, unit: str) -> Nature:
    """The nature of a unit, always the same for one seed."""
    random = Random(f"{seed}/{unit}")
    draw = random.random()
    return Nature(0.4 if draw < 0.6 else 1.0 if draw < 0.9 else 3.2, random.random() < 0.08)


def write_diary(diary: DistrictDiary, tasks: Iterable[Task]) -> None:
    """Enter what came of every task."""
    natures: dict[str, Nature] = {}
    for task in tasks:
        if task.unit not in natures:
            natures[task.unit] = nature_of(diary.seed, task.unit)
        write_task(diary, task, natures[task.unit])


def write_task(diary: DistrictDiary, task: Task, nature: Nature) -> None:
    """Enter what came of one task."""
    random = diary.random(task.id)
    if task.due is None:
        _at_will(diary, task, random)
    elif task.tally:
        _told_as_a_tally(diary, task, random)
    elif task.members:
        _member_by_member(diary, task, nature, random)
    elif task.counted_in:
        _in_quantities(diary, task, nature, random)
    elif task.length == 1 and not task.event:
        _on_its_day(diary, task, nature, random)
    else:
        _occasions(diary, task, nature, random)


def _at_will(diary: DistrictDiary, task: Task, random: Random) -> None:
    """Enters acts for a clause without a number: some every quarter, some once, some never."""
    for _ in range(random.choice((0, 1, 2, 2, 4, 4))):
        day = diary.day(task, task.first, task.last, random)
        if day is not None:
            diary.enter(task, day, random)


def _told_as_a_tally(diary: DistrictDiary, task: Task, random: Random) -> None:
    """Enters acts that say how many of how many were reached: there is no roster."""
    if random.randrange(4) == 0:
        return
    whole = random.randrange(12, 90)
    over = task.due is not None and task.due <= diary.last
    done = whole if random.randrange(5) else whole - random.randrange(1, 4)
    if not over:
        done = whole * random.randrange(45, 85) // 100
    day = diary.day(task, task.first, task.last, random)
    if day is not None:
        diary.enter(
            task,
            day,
            random,
            {"quantity": str(done), "out_of": str(whole), "unit_of_quantity": "人"},
        )


def _member_by_member(diary: DistrictDiary, task: Task, nature: Nature, random: Random) -> None:
    """Enters acts that reach members in groups: people in a course, enterprises on a round."""
    assert task.due is not None
    members = list(task.members)
    random.shuffle(members)
    if task.share is not None:
        reach = task.share if task.due <= diary.last else task.share // 2
    elif task.due <= diary.last:
        left_out = sum(random.random() < 0.05 * nature.slips for _ in members)
        reach = len(members) - left_out
    else:
        reach = len(members) * random.randrange(40, 85) // 100
    trained = "培训" in task.kinds[0] or "教育" in task.kinds[0]
    size = TRAINED_AT_ONCE if trained else VISITED_AT_ONCE
    for at in range(0, reach, size):
        group = members[at : min(at + size, reach)]
        day = diary.day(task, task.first, task.last, random)
        if day is not None:
            diary.enter(task, day, random, {"subjects": ";".join(sorted(group))})


def _in_quantities(diary: DistrictDiary, task: Task, nature: Nature, random: Random) -> None:
    """Enters acts with quantities (lifts, batches, reservoirs) until it is enough."""
    assert task.due is not None
    need = task.need
    if task.due > diary.last:
        need = need * random.randrange(35, 80) // 100
    elif random.random() < 0.1 * nature.slips:
        need -= max(1, need // 12)
    pool = list(task.subjects)
    random.shuffle(pool)
    step = 1 if task.need < 6 else max(3, task.need // 8)
    while need > 0:
        day = diary.day(task, task.first, task.last, random)
        if day is None:
            return
        part = min(step, need)
        named, pool = pool[:part], pool[part:]
        cells = {"subjects": ";".join(sorted(named))} if named else {}
        if not named:
            cells |= {"quantity": str(part), "unit_of_quantity": task.counted_in or ""}
        if task.event:
            cells["event"] = task.event
        diary.enter(task, day, random, cells)
        need -= part


def _on_its_day(diary: DistrictDiary, task: Task, nature: Nature, random: Random) -> None:
    """Enters a round of every day in the evening; now and then it is forgotten or made up."""
    draw = random.random()
    slips = nature.slips
    if draw < 0.05 * slips:
        return
    if draw < 0.066 * slips:
        on = task.first + ONE_DAY * random.randrange(1, 4)
        if on <= diary.last:
            # Without its time it would seem the same record as that day's own.
            diary.enter(task, on, random, {"time": "17:20", "makes_up": task.label})
        return
    act = diary.enter(task, task.first, random, delay=0, proof=random.randrange(25) > 0)
    if not is_workday(task.first):
        act.entered = datetime.combine(task.first, time(16)) + timedelta(
            seconds=random.randrange(7000)
        )
    if draw > 0.996:
        _twice(diary, act, random)


def _occasions(diary: DistrictDiary, task: Task, nature: Nature, random: Random) -> None:
    """Enters so many occasions within some days: the most common task of all."""
    assert task.due is not None
    if task.due > diary.last and task.one_off and not task.event:
        done = task.need if random.randrange(100) < 38 else random.randrange(task.need)
        for _ in range(done):
            _one(diary, task, nature, random)
        return
    draw, slips = random.random(), nature.slips
    if draw < 0.07 * slips:
        return
    if draw < 0.13 * slips and _late(diary, task, random):
        return
    if nature.piles_up and not task.one_off and 27 < task.length < 100:
        _piled_up(diary, task, random)
        return
    for _ in range(task.need):
        _one(diary, task, nature, random)


def _late(diary: DistrictDiary, task: Task, random: Random) -> bool:
    """Enters an act after its time that, where it must, says for which; False: no time is left."""
    assert task.due is not None
    if task.moment is not None and task.after_event:
        late = task.moment + timedelta(minutes=random.randrange(20, 300))
        told = {"time": f"{late:%H:%M}", "event": task.event or "", "note": "超时补报"}
        diary.enter(task, late.date(), random, told, delay=0)
        return True
    last = min(task.due + ONE_DAY * LATE_DAYS, diary.last)
    if task.event and not task.after_event:
        return False
    day = diary.day(task, task.due + ONE_DAY, last, random) if task.due < last else None
    if day is None:
        return False
    cells = {"note": "经提醒后补办"}
    if task.event:
        cells["event"] = task.event
    elif not task.one_off:
        cells["makes_up"] = task.label
    for _ in range(task.need):
        diary.enter(task, day, random, cells)
    return True


def _piled_up(diary: DistrictDiary, task: Task, random: Random) -> None:
    """Enters nothing all month, and three acts in its last days."""
    open_days = [
        one for one in days(task.last - ONE_DAY * 2, task.last) if diary.is_held(task.holder, one)
    ]
    for on in open_days:
        diary.enter(task, on, random, {"note": "月底集中补齐台账"})


def _one(diary: DistrictDiary, task: Task, nature: Nature, random: Random) -> None:
    """Enters one occasion in time: mostly as it should be, now and then with a mistake."""
    first, last = task.first, task.last
    given: dict[str, str] = {}
    if task.event:
        given["event"] = task.event
        if not task.after_event:
            last = max(first, last - ONE_DAY)
            first = max(first, last - ONE_DAY * 25)
        if task.moment is not None and task.after_event:
            done = task.moment - timedelta(minutes=random.randrange(5, 50))
            diary.enter(task, done.date(), random, given | {"time": f"{done:%H:%M}"}, delay=0)
            return
    elif task.length > 200:
        first = first + (last - first) // 4
    day = diary.day(task, first, last, random)
    if day is None:
        return
    draw = random.random() / nature.slips
    if draw < 0.016 and task.personal and diary.others(task.holder):
        diary.enter(task, day, random, given | {"holder": diary.others(task.holder)[0]})
        return
    if draw < 0.034 and task.roles:
        role = "" if draw < 0.02 else "参加" if "参加" not in task.roles else "配合"
        diary.enter(task, day, random, given | {"role": role})
        return
    if draw < 0.06 and task.evidence:
        diary.enter(task, day, random, given, proof=False)
        return
    delay = random.randrange(7, 16) if random.randrange(100) < 4 else None
    proof = task.evidence or random.randrange(18) > 0
    act = diary.enter(task, day, random, given, proof=proof, delay=delay)
    _afterwards(diary, task, act, random)


def _afterwards(diary: DistrictDiary, task: Task, act: Act, random: Random) -> None:
    """Enters what happens to a record later: a double, a void, a correction, an old photo."""
    draw = random.randrange(1000)
    if draw < 12:
        _twice(diary, act, random)
    elif draw < 24:
        diary.correct(act, random, supersedes=draw < 17, note="登记有误，见更正", role="参加")
    elif draw < 32:
        wrong = Act(act.kind, act.day, act.holder, act.entered, dict(act.cells))
        struck = act.entered + timedelta(seconds=90)
        wrong.cells |= {
            "voided_at": struck.isoformat(" ", "seconds"),
            "voided_by": act.cells["recorded_by"],
            "void_reason": "登记到其他单位名下",
            "note": "误登",
        }
        diary.acts.append(wrong)
    elif draw < 60 and "evidence" in act.cells and not task.one_off:
        act.cells["evidence"] = f"照片-{act.holder}"


def _twice(diary: DistrictDiary, act: Act, random: Random) -> None:
    again = Act(act.kind, act.day, act.holder, act.entered, dict(act.cells))
    again.entered = act.entered + timedelta(seconds=random.randrange(30, 600))
    diary.acts.append(again)
