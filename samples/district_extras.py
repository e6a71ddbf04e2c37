"""What is recorded in the demo's district without a clause that asks for it, and some oddities.

Towns and villages go their rounds; a clerk enters an inspection in advance, another one for a
post that nobody holds; the supply and marketing cooperative drills more often than it need.
"""

from __future__ import annotations

from datetime import date

from data.records import Records
from samples.district_diary import DistrictDiary
from samples.district_tasks import Task
from samples.office_diary import Act, days, is_workday

_ROUNDS = 6
"""Of how many working days one has a round of a town's own people."""


def extras(diary: DistrictDiary, records: Records) -> None:
    """Enters all acts that no clause asks for, and the oddities."""
    for unit in records.units.values():
        if unit.type in ("镇街", "村居"):
            _rounds(diary, records, unit.unit, 10 if unit.type == "镇街" else 5)
    _in_advance(diary)
    _for_an_empty_post(diary)
    _more_than_asked(diary)


def _rounds(diary: DistrictDiary, records: Records, unit: str, a_month: int) -> None:
    random = diary.random(f"rounds of {unit}")
    kind = "安全检查" if a_month > _ROUNDS else "隐患排查"
    task = Task(f"rounds@{unit}", unit, unit, "", (kind,), records.records_from, diary.last, None)
    open_days = [day for day in days(records.records_from, diary.last) if is_workday(day)]
    for day in sorted(random.sample(open_days, a_month * len(open_days) // 21)):
        diary.enter(task, day, random)


def _plain(diary: DistrictDiary, holder: str, kind: str, day: str, **cells: str) -> Act:
    unit = diary.unit_of(holder)
    on = date.fromisoformat(day)
    task = Task(f"{kind}@{holder}@{day}", holder, unit, "", (kind,), on, on, None)
    return diary.enter(task, on, diary.random(task.id), cells)


def _in_advance(diary: DistrictDiary) -> None:
    """January's meeting, entered at the end of December; an inspection two days before its day."""
    act = _plain(diary, "区林业局", "安全例会", "2026-01-08", note="计划一季度例会，提前登记")
    act.entered = act.entered.replace(year=2025, month=12, day=30)
    act = _plain(diary, "区国资中心", "监督检查", "2025-12-19", note="年终检查，按计划提前登记")
    act.entered = act.entered.replace(day=17)


def _for_an_empty_post(diary: DistrictDiary) -> None:
    _plain(
        diary, "区水利局总工程师", "调查研究", "2025-11-18", note="总工程师空缺，误登",
    )  # fmt: skip


def _more_than_asked(diary: DistrictDiary) -> None:
    for day in ("2025-03-18", "2025-06-19", "2025-11-11"):
        _plain(diary, "区供销合作社", "灭火演练", day, note="系统灭火演练")
