"""The clerks of the demo's district: how what was done there becomes a record.

Whatever is drawn by chance comes from generators that are seeded with the name of what they are
drawn for, so the same seed gives the same records.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from data.records import Records
from samples.district_tasks import Task
from samples.district_words import family_of, is_a_check, note_of
from samples.office_diary import Act, days, is_workday, next_workday, numbered

CLOSED_HOUR = 18
VISITORS = ("部门", "镇街", "区县", "专委会", "局属单位")
"""Types of units whose people inspect others; those of all other types inspect themselves."""


class DistrictDiary:
    """The acts so far, and the clerks who enter them."""

    def __init__(self, records: Records, seed: int, last: date) -> None:
        self.seed, self.last = seed, last
        self.acts: list[Act] = []
        self._records = records
        self._held: dict[str, list[tuple[date, date, str, bool]]] = {}
        for one in records.appointments:
            stretch = (one.first, one.last or date.max, one.person, one.acting)
            self._held.setdefault(one.post, []).append(stretch)
        self._posts: dict[str, list[str]] = {}
        for post in records.posts.values():
            self._posts.setdefault(post.unit, []).append(post.post)
        self._visited = [
            row.unit
            for row in records.units.values()
            if row.type == "企业" and row.records_from and "高危" in {tag.name for tag in row.tags}
        ]
        self._visitors = {row.unit for row in records.units.values() if row.type in VISITORS}
        self._workdays = [one for one in days(records.records_from, last) if is_workday(one)]
        self._proofs = 0

    def random(self, name: str) -> Random:
        """A random generator seeded with that name, for what is called so and nothing else."""
        return Random(f"{self.seed}/{name}")

    def who(self, post: str, day: date) -> str | None:
        """Who was in the post, where more than one person ever was; the acting one first."""
        held = self._held.get(post, [])
        if len(held) < 2:
            return None
        there = [one for one in held if one[0] <= day <= one[1]]
        return min(there, key=lambda one: not one[3])[2] if there else None

    def is_held(self, post: str, day: date) -> bool:
        """Whether anybody was in the post that day; a unit is always there."""
        held = self._held.get(post)
        return held is None or any(one[0] <= day <= one[1] for one in held)

    def unit_of(self, holder: str) -> str:
        """The unit of a post, or the unit itself."""
        post = self._records.posts.get(holder)
        return post.unit if post else holder

    def others(self, post: str) -> list[str]:
        """The other posts of the post's unit."""
        unit = self._records.posts[post].unit
        return [one for one in self._posts[unit] if one != post and len(self._held[one]) == 1]

    def day(self, task: Task, first: date, last: date, random: Random) -> date | None:
        """A day between these on which the holder is there, a working day where there is one."""
        at = bisect_left(self._workdays, first)
        found = self._workdays[at : bisect_right(self._workdays, last)] or list(days(first, last))
        if task.runs and task.first <= first and last <= task.last:
            inside = [day for day in found if any(a <= day <= b for a, b in task.runs)]
            found = inside or [day for run in task.runs for day in run if first <= day <= last]
        if len(self._held.get(task.holder, ())) > 1:
            found = [one for one in found if self.is_held(task.holder, one)]
        return random.choice(found) if found else None

    def enter(
        self,
        task: Task,
        day: date,
        random: Random,
        given: Mapping[str, str] | None = None,
        *,
        proof: bool = True,
        delay: int | None = None,
    ) -> Act:
        """An act of the task on that day, written down; `given` are cells that differ.

        `proof`: with its evidence; `delay`: after how many working days it is entered.
        """
        differing = dict(given or {})
        kind = task.kinds[0] if random.randrange(4) else random.choice(task.kinds)
        holder = differing.pop("holder", task.holder)
        person = (
            task.person if holder == task.holder and len(self._held.get(holder, ())) > 1 else None
        )
        cells = {
            "person": person or self.who(holder, day) or "",
            "role": random.choice(task.roles) if task.roles else "",
            "attributes": ";".join(f"{key}={value}" for key, value in task.attributes),
            "note": note_of(kind, dict(task.attributes).get("事项", ""), random),
            "recorded_by": f"{task.unit}信息员",
        }
        if random.randrange(5) < 2:
            cells["time"] = random.choice(("08:40", "09:30", "10:00", "14:30", "15:30"))
        if task.subjects:
            cells["subjects"] = ";".join(sorted(random.sample(task.subjects, 1)))
        elif is_a_check(kind) and task.unit in self._visitors:
            cells["subjects"] = ";".join(sorted(random.sample(self._visited, 2)))
        if proof:
            cells["evidence"] = self.proof(kind, day)
        act = Act(kind, day, holder, self.moment(day, random, delay), cells | differing)
        self.acts.append(act)
        return act

    def proof(self, kind: str, day: date) -> str:
        """A new piece of evidence, by its office number."""
        self._proofs += 1
        return f"{family_of(kind)[1]}{day:%Y%m}-{self._proofs:05}"

    def moment(self, day: date, random: Random, delay: int | None = None) -> datetime:
        """When a clerk gets to it: mostly the same or the next working day."""
        draw = random.randrange(100)
        later = delay if delay is not None else 0 if draw < 70 else 1 if draw < 94 else 3
        on = day
        if later or not is_workday(day):
            on = next_workday(day, max(later, 1))
        on = max(day, min(on, self.last))
        hour = 15 if on == day else 8
        seconds = random.randrange(60, (CLOSED_HOUR - hour) * 3600)
        return datetime.combine(on, time(hour)) + timedelta(seconds=seconds)

    def correct(self, act: Act, random: Random, *, supersedes: bool, **wrong: str) -> None:
        """`act` is what stands in the end; before it stood a record with the `wrong` cells."""
        first = Act(act.kind, act.day, act.holder, act.entered, act.cells | wrong)
        self.acts.append(first)
        act.earlier, act.supersedes = first, supersedes
        later = next_workday(act.entered.date(), 1 + random.randrange(4))
        act.entered = datetime.combine(max(act.day, min(later, self.last)), time(17, 59, 30))
        if act.entered <= first.entered:
            act.entered = first.entered + timedelta(seconds=20)


def district_row(act: Act) -> dict[str, str]:
    """An act as a row of the activities table; what is empty is left out."""
    row = {
        "activity": f"履{act.number:05}",
        "kind": act.kind,
        "day": act.day.isoformat(),
        "holder": act.holder,
        "recorded_at": act.entered.isoformat(" ", "seconds"),
    }
    if act.earlier and act.supersedes:
        row["supersedes"] = f"履{act.earlier.number:05}"
    return row | {key: value for key, value in act.cells.items() if value}


def rows_of(acts: Sequence[Act]) -> list[dict[str, str]]:
    """The acts as rows in the order of entering, numbered in it from 履00001 on."""
    return [district_row(act) for act in numbered(acts)]
