"""How the made-up office of the demo fills its days: the regular acts, before the stories.

An act is drawn on a working day of its period on which somebody was there to do it, and is entered
by a clerk in office hours, mostly on the same or the next working day. Everything random comes
from one seeded generator in a fixed order, so the same seed gives the same acts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import chinese_calendar
from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2022, 7, 1), date(2023, 6, 30)
CLOSED = datetime.combine(date(2023, 7, 1), time(18))
"""When the office stopped entering: the evening of the demo's last day."""


def at(text: str) -> datetime:
    """The moment written as `2022-11-18 16:20`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local days throughout


def day(text: str) -> date:
    """The day written as `2022-11-18`."""
    return date.fromisoformat(text)


@dataclass
class Act:
    """A record in the making. `number` is given last, in the order of entering; `earlier` is the
    record that this one corrects (under the same id) or supersedes (`supersedes` set)."""

    kind: str
    day: date
    holder: str
    entered: datetime
    cells: dict[str, str] = field(default_factory=dict)
    earlier: Act | None = None
    supersedes: bool = False
    number: int = 0


def numbered(acts: Iterable[Act]) -> list[Act]:
    """The acts in the order of entering, numbered in it from 1; a correction keeps its number."""
    ordered = sorted(acts, key=lambda act: act.entered)  # stable: ties stay as they were drawn
    number = 0
    for act in ordered:
        if act.earlier and not act.supersedes:
            act.number = act.earlier.number
        else:
            number += 1
            act.number = number
    return ordered


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`."""
    while first <= last:
        yield first
        first += ONE_DAY


def is_workday(day: date) -> bool:
    """Whether offices were open, by the published tables of these years."""
    return bool(chinese_calendar.is_workday(day))


def next_workday(day: date, steps: int = 1) -> date:
    """The `steps`-th working day after `day`."""
    while steps:
        day += ONE_DAY
        steps -= is_workday(day)
    return day


def period(label: str) -> tuple[date, date]:
    """First and last day of `2022-07` or `2022-Q3`."""
    year, part = int(label[:4]), label[5:]
    month, months = (int(part[1:]) * 3 - 2, 3) if part[0] == "Q" else (int(part), 1)
    first = date(year, month, 1)
    return first, first + relativedelta(months=months) - ONE_DAY


MONTHS = (*(f"2022-{month:02}" for month in range(7, 13)), *(f"2023-{m:02}" for m in range(1, 7)))
QUARTERS = ("2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2")

PROOF = {
    "安全检查": "检查记录",
    "听取履职汇报": "纪要",
    "听取汇报": "纪要",
    "专题研究": "纪要",
    "安委会会议": "纪要",
    "形势研判": "研判报告",
    "向主要负责人汇报": "汇报材料",
    "班组排查": "班组日查表",
    "部门排查": "部门周查表",
    "厂长经理排查": "月查记录",
    "应急演练": "演练方案",
    "教育培训": "签到表",
}
"""What is kept as evidence of each kind; of the others a photo."""


class Diary:
    """The acts so far, and the clerk who enters them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.acts: list[Act] = []
        self._proofs = 0

    def add(
        self,
        kind: str,
        day: date,
        holder: str,
        *,
        by: str = "汪小雨",
        entered: datetime | None = None,
        proof: bool = True,
        **cells: str,
    ) -> Act:
        """Enter an act whose other columns are `cells`, as text; see `enter`."""
        return self.enter(kind, day, holder, cells, by=by, entered=entered, proof=proof)

    def enter(
        self,
        kind: str,
        day: date,
        holder: str,
        cells: Mapping[str, str],
        *,
        by: str,
        entered: datetime | None = None,
        proof: bool = True,
    ) -> Act:
        """An act, written down. `entered` None: when a clerk gets to it; `proof` adds evidence."""
        given = {**cells, "recorded_by": by}
        if proof and "evidence" not in given:
            given["evidence"] = self.proof(kind, day)
        act = Act(kind, day, holder, entered or self.soon(day), given)
        self.acts.append(act)
        return act

    def proof(self, kind: str, day: date) -> str:
        """A new piece of evidence, by its office number."""
        self._proofs += 1
        return f"{PROOF.get(kind, '照片')}{day:%Y%m}-{self._proofs:04}"

    def soon(self, day: date) -> datetime:
        """A moment in office hours on the same day or one of the next working days."""
        draw = self.random.randrange(100)
        steps = 0 if draw < 68 else 1 if draw < 92 else self.random.randrange(2, 5)
        on = day if not steps and is_workday(day) else next_workday(day, max(steps, 1))
        moment = self.at(on, 15 if on == day else 8)
        return moment if moment <= CLOSED else self.at(day, 16)

    def at(self, day: date, hour: int) -> datetime:
        """A moment of `day` between `hour` and the office's closing at six."""
        seconds = self.random.randrange(60, (18 - hour) * 3600)
        return datetime.combine(day, time(hour)) + timedelta(seconds=seconds)

    def clock(self) -> str:
        """When an inspection or meeting began."""
        return self.random.choice(("08:40", "09:00", "09:30", "10:00", "14:30", "15:00", "15:30"))


Stretches = tuple[tuple[date, date], ...]
ALWAYS: Stretches = ((FIRST, LAST),)


@dataclass(frozen=True)
class Habit:
    """What somebody in a post does once in each of `labels`: kind, role, and to what."""

    post: str
    kind: str
    role: str
    labels: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    there: Stretches = ALWAYS
    by: str = "汪小雨"


FOUND = (
    "发现问题2处，当场整改1处，限期整改1处",
    "发现消防通道堆物1处，已清理",
    "查看台账和现场，未发现突出问题",
    "配电箱未上锁，责令当日整改",
    "发现特种作业证过期1人，已停岗",
    "有限空间警示标识缺失，三日内补齐",
    "危化品库温度记录不全，已约谈班组长",
    "四不两直检查，发现问题4处，移交安全生产部跟踪",
    "防汛沙袋不足，要求一周内补足",
    "燃气报警器失灵1个，已更换",
)
SAID = (
    "通报上月隐患整改情况，部署下步工作",
    "听取各部室情况，明确三项措施",
    "研究高温、汛期防范措施",
    "分析近期事故案例，要求举一反三",
    "研究重点企业挂牌督办事项",
    "部署节前安全防范",
)


def follow(
    diary: Diary, habits: Iterable[Habit], told: Collection[tuple[str, str, str]] = ()
) -> None:
    """Enter each habit for each of its labels, but for what is `told` (post, kind, label)."""
    for habit in habits:
        for label in habit.labels:
            if (habit.post, habit.kind, label) in told:
                continue
            first, last = period(label)
            open_days = [
                day
                for begins, ends in habit.there
                for day in days(max(first, begins), min(last, ends))
                if is_workday(day)
            ]
            if not open_days:
                continue
            # Few things are done on the first or the last days of a quarter.
            cut = len(open_days) // 6
            day = diary.random.choice(open_days[cut : len(open_days) - cut])
            ordinary(diary, habit, day)


def ordinary(diary: Diary, habit: Habit, day: date) -> Act:
    """One act of a habit, with what a clerk would write down."""
    visit = habit.kind == "安全检查"
    given = {"role": habit.role, "note": diary.random.choice(FOUND if visit else SAID)}
    if habit.subjects:
        given["subjects"] = ";".join(sorted(diary.random.sample(habit.subjects, 2 if visit else 1)))
    if diary.random.randrange(3):
        given["time"] = diary.clock()
    if "四不两直" in given["note"]:
        given["attributes"] = "四不两直=是"
    proof = diary.random.randrange(20) > 0
    return diary.enter(habit.kind, day, habit.post, given, by=habit.by, proof=proof)
