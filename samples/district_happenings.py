"""What happened in the demo's made-up district besides the ordinary: changes of office, events,
waivers. Who it happened to is told by the sort of unit and its place in the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random

from data.records import Appointment, Event, Post, Unit, Waiver


@dataclass(frozen=True)
class PostChange:
    """A change in a post: who was in it left, somebody came (None: nobody), perhaps acting first.

    With `acting_until` and no `confirmed` the former one came back.
    """

    post: str
    left: date | None
    came: date | None
    acting_until: date | None = None
    confirmed: date | None = None


def _of(units: Mapping[str, Unit], name: str) -> list[str]:
    return [
        row.unit
        for row in units.values()
        if name in (row.type, row.industry)
        or row.unit.endswith(name)
        or any(tag.name == name for tag in row.tags)
    ]


def changes(units: Mapping[str, Unit], posts: Mapping[str, Post]) -> list[PostChange]:
    """Handovers, posts that stood empty, and people who stood in."""

    def head(name: str, at: int, post_class: str = "主要负责人") -> str:
        unit = _of(units, name)[at]
        return next(p.post for p in posts.values() if (p.unit, p.post_class) == (unit, post_class))

    day = date.fromisoformat
    return [
        PostChange("区应急局局长", day("2025-08-17"), day("2025-08-18")),
        PostChange("区民政局局长", day("2025-03-31"), day("2025-05-06")),
        PostChange("区水利局总工程师", day("2025-10-20"), None),
        PostChange("霁溪镇镇长", day("2025-09-09"), day("2025-09-10")),
        PostChange("区林业局局长", day("2025-12-09"), day("2025-12-10")),
        PostChange(head("交通运输", 1), day("2025-12-12"), day("2025-12-13")),
        PostChange(head("航运", 2), day("2025-11-30"), day("2025-12-22")),
        PostChange(head("工贸", 3), day("2025-11-16"), day("2025-11-17")),
        PostChange(head("施工单位", 2), day("2025-06-14"), day("2025-06-15")),
        PostChange(head("体育", 1), day("2025-11-25"), None),
        # Somebody stands in while the head is away, and is not confirmed: the head comes back.
        PostChange(head("区属国有企业", 1), None, day("2025-11-24"), day("2025-12-20")),
        PostChange(head("航运", 0), None, day("2025-10-13"), day("2025-10-31")),
    ]


_ONBOARDING = ("社会单位", "施工单位", "测绘资质单位", "医疗机构")


def events(units: Mapping[str, Unit]) -> tuple[Event, ...]:
    """Races, purchases, accidents, new workers … of a year, in the order of their days."""
    random = Random("events")
    found: list[Event] = []

    def add(
        kind: str, on: str, unit: str, at: str = "", status: str = "done", last: str = ""
    ) -> None:
        name = f"{kind}{on[:7]}-{len(found) + 1:03}"
        found.append(
            Event(
                name,
                kind,
                date.fromisoformat(on),
                date.fromisoformat(last) if last else None,
                time.fromisoformat(at) if at else None,
                status,
                (unit,),
            )
        )

    for kind in _ONBOARDING:
        for unit in _of(units, kind)[:7]:
            add("员工上岗", f"2025-{random.randrange(2, 13):02}-{random.randrange(3, 28):02}", unit)
        for unit in _of(units, kind)[:3]:
            add("员工上岗", f"2025-12-{random.randrange(3, 30):02}", unit)
    for unit in _of(units, "剧毒易制爆"):
        for month in range(1, 13):
            kind = ("购买", "销售")[month % 2]
            add(kind, f"2025-{month:02}-{random.randrange(2, 27):02}", unit)
    venues = _of(units, "高危险性体育项目")
    for month, status in ((4, "done"), (6, "moved"), (10, "done"), (11, "cancelled"), (12, "done")):
        on = f"2025-{month:02}-{random.randrange(5, 20):02}"
        add("体育赛事", on, "区体育局", status=status, last=on[:8] + f"{int(on[8:]) + 1:02}")
        add("高危险性体育赛事", on, venues[month % len(venues)], status=status)
    add("体育赛事", "2026-01-04", "区体育局", status="planned")
    for unit in _of(units, "农业工程参建"):
        add("开工", f"2025-{random.randrange(2, 11):02}-{random.randrange(5, 25):02}", unit)
        add("复工", f"2025-12-{random.randrange(5, 25):02}", unit)
    add("复工", "2026-01-05", _of(units, "农业工程参建")[0], status="planned")
    for at, unit in enumerate(_of(units, "建设施工")[:4]):
        on = f"2025-{(3, 7, 11, 12)[at]:02}-{random.randrange(5, 20):02}"
        add(("险情", "生产安全事故")[at % 2], on, unit, ("09:40", "14:10", "16:25", "10:05")[at])
    for on, hour in (("2025-04-12", "13:20"), ("2025-08-03", "19:45"), ("2025-12-08", "08:15")):
        add("启动医疗应急响应", on, "区卫生健康委", hour)
    for at, unit in enumerate(_of(units, "医疗机构")[:5]):
        add("重点岗位上岗", f"2025-{at * 2 + 4:02}-{random.randrange(5, 25):02}", unit)
    for unit in _of(units, "文物工地"):
        add("员工上岗", f"2025-12-{random.randrange(5, 25):02}", unit)
    add("执法人员上岗", "2025-07-14", "区消防救援支队")
    add("执法人员上岗", "2025-12-15", "区消防救援支队")
    for at, unit in enumerate(_of(units, "文旅")[:4]):
        add("开业", f"2025-{(5, 9, 12, 12)[at]:02}-{10 + at * 4:02}", unit)
    mines = _of(units, "非煤矿山")
    add("矿山投产", "2025-12-18", mines[2])
    add("事故后恢复生产", "2025-10-27", mines[4])
    add("下闸蓄水验收", "2025-12-10", _of(units, "项目法人")[0])
    for at, kind in enumerate(("发现重大隐患", "发现隐患", "发现问题", "收到线索") * 4):
        unit = (_of(units, "工贸") + _of(units, "交通运输"))[at * 2]
        add(kind, f"2025-{at % 12 + 1:02}-{random.randrange(3, 27):02}", unit)
    return tuple(sorted(found, key=lambda event: (event.day, event.event)))


def waivers(
    units: Mapping[str, Unit], posts: Mapping[str, Post], held: Sequence[Appointment]
) -> tuple[Waiver, ...]:
    """Enterprises that stood still, and people who were away."""
    found: list[Waiver] = []

    def add(holder: str, first: str, last: str, reason: str, person: str | None = None) -> None:
        number = len(found) + 1
        paper = f"示区安办〔2025〕{number * 3}号"
        days = (date.fromisoformat(first), date.fromisoformat(last))
        found.append(Waiver(f"豁免{number:02}", holder, *days, reason, person, None, None, paper))

    def head(unit: str) -> str:
        return next(post.post for post in posts.values() if post.unit == unit)

    def in_post(post: str) -> str:
        return next(one.person for one in held if one.post == post)

    add(_of(units, "危化生产")[0], "2025-12-01", "2025-12-31",
        "全厂停产检修")  # fmt: skip
    add(_of(units, "非煤矿山")[1], "2025-07-01", "2025-12-31", "采矿权到期停产")
    add(_of(units, "工贸")[6], "2025-08-01", "2025-09-15", "高温限电停产")
    add(_of(units, "A级旅游景区")[0], "2025-12-08", "2025-12-28", "闭园改造")
    add(_of(units, "特种设备使用单位")[-1], "2025-12-15", "2025-12-31", "设备停用报停")
    add(_of(units, "医疗机构")[0], "2025-12-27", "2025-12-28", "整体搬迁")
    for unit, first, last, why in (
        (_of(units, "航运")[1], "2025-12-05", "2025-12-31", "病假住院"),
        (_of(units, "工贸")[9], "2025-10-08", "2025-12-19", "脱产学习"),
        (_of(units, "交通运输")[4], "2025-12-01", "2025-12-31", "陪产假"),
    ):
        add(head(unit), first, last, why, in_post(head(unit)))
    return tuple(found)
