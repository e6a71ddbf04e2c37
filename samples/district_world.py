"""The demo's made-up district: who is who in it, as the frozen values that an audit reads.

`world_of_district` gives everything but the activities: 示例区 with its departments, towns and
villages, some 300 schools, hospitals and enterprises, and the people in their posts. Nothing is
drawn by chance but names and days, and those from generators of their own, so it is always the
same. It knows the tags of banan_2024 and none of its rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from data.records import Adoption, Appointment, Person, Post, Records, Subject, Tag, Unit
from samples import district_offices as offices
from samples.district_happenings import changes, events, waivers
from samples.district_names import brands, people
from samples.district_offices import TOP, Units

DOCUMENT = "banan_2024"
FIRST, LAST = date(2024, 6, 1), date(2025, 12, 31)
"""The departments have kept records from the first day on; what was done is told up to the last."""

Parts = tuple[tuple[str, str, int], ...]


class Builder:
    """The units, posts and people so far. Everybody gets a name when a post is filled."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.posts: dict[str, Post] = {}
        self.people: dict[str, Person] = {}
        self.appointments: list[Appointment] = []
        self.subjects: dict[str, Subject] = {}
        self._names = people()
        self._days = Random("since")

    def unit(self, unit: Unit, posts: Parts) -> None:
        """A unit, with its posts (class, title, how many) and somebody in each of them."""
        self.units[unit.unit] = unit
        head = ""
        for post_class, title, count in posts:
            for number in range(1, count + 1):
                name = f"{unit.unit}{title}{number if count > 1 else ''}"
                self.posts[name] = Post(name, unit.unit, post_class, title, head or None)
                head = head or name
                self.appoint(name, date(2017, 1, 1) + timedelta(self._days.randrange(2300)))

    def appoint(self, post: str, first: date, *, acting: bool = False) -> str:
        """Somebody new in the post from that day on; who it is."""
        name = next(self._names)
        person = name if name not in self.people else f"{name}-{self.posts[post].unit}"
        self.people[person] = Person(
            person, name, f"000-{len(self.people):07}", f"p{len(self.people):04}@example.com"
        )
        self.appointments.append(Appointment(person, post, first, None, acting))
        return person


def tags_of(text: str, at: int) -> tuple[Tag, ...]:
    """The tags of the `at`-th of its sort: `高危` is borne by all, `高危/3` by every third."""
    found = []
    for word in text.replace(";", " ").split():
        name, _, every = word.partition("/")
        if at % int(every or 1) == 0:
            found.append(Tag(name))
    return tuple(found)


def posts_of(text: str, at: int) -> Parts:
    """The posts of the `at`-th of its sort: class, title, how many."""
    found = []
    for word in text.split():
        post_class, _, rest = word.partition("=")
        rest, _, every = rest.partition("/")
        title, _, count = rest.partition("*")
        if at % int(every or 1) == 0:
            found.append((post_class, title, int(count or 1)))
    return tuple(found)


def cells(line: str, width: int) -> list[str]:
    """The cells of a line, parted by `|`, filled up with empty ones."""
    found = [cell.strip() for cell in line.split("|")]
    return found + [""] * (width - len(found))


def _departments(made: Builder) -> None:
    for line in offices.DEPARTMENTS:
        unit, name, tags, title, more = cells(line, 5)
        head = "行政主要负责人" if "党委主要负责人" in more else "主要负责人"
        posts = f"{head}={title} 分管负责人=副{title} {more} " + (
            "" if "工作人员" in more else "工作人员=联络员"
        )
        own = tags_of(f"{unit};{tags}", 0)
        made.unit(Unit(unit, name, "部门", TOP, own), posts_of(posts, 0))
    for line in offices.OFFICES:
        unit, name, kind, parent, tags, industry = cells(line, 6)
        posts = "主要负责人=负责人 工作人员=内勤" if kind in ("部门", "科室", "局属单位") else ""
        if kind in ("企业", "园区"):
            posts = "主要负责人=主任" if kind == "园区" else "主要负责人=董事长"
        row = Unit(unit, name, kind, parent, tags_of(tags, 0), industry or None)
        made.unit(row, posts_of(posts, 0))


def _towns(made: Builder, names: Iterator[str]) -> None:
    for town in offices.TOWNS:
        street = town.endswith("街道")
        full = f"示例{town}办事处（虚构）" if street else f"示例{town}人民政府（虚构）"
        head, party = ("办事处主任", "党工委书记") if street else ("镇长", "党委书记")
        deputy = head.replace("办事处", "办事处副") if street else "副镇长"
        posts = f"党委主要负责人={party} 行政主要负责人={head} 分管负责人={deputy}（安全）"
        made.unit(
            Unit(town, full, "镇街", TOP), posts_of(f"{posts} 其他负责人={deputy}（建设）", 0)
        )
        for _ in range(3):
            village = f"{next(names)}{'社区' if street else '村'}"
            made.unit(Unit(village, f"示例{village}居民委员会", "村居", town), ())


def _sort(made: Builder, sort: Units, names: Iterator[str], turn: Iterator[str]) -> None:
    for at in range(sort.count):
        brand = next(names)
        made.unit(
            Unit(
                f"{brand}{sort.short}",
                f"示例{brand}{sort.name}",
                sort.type,
                sort.under or next(turn),
                tags_of(sort.tags, at),
                sort.industry or None,
                records_from=date.fromisoformat(sort.joined[at % len(sort.joined)]),
            ),
            posts_of(sort.posts, at),
        )


def _turns() -> Iterator[str]:
    while True:
        yield from offices.TOWNS


def bearers(units: dict[str, Unit], name: str) -> list[str]:
    """The units that bear a tag, or are of that type or industry, in their order."""
    return [
        row.unit
        for row in units.values()
        if name in (row.type, row.industry) or any(tag.name == name for tag in row.tags)
    ]


def _subjects(made: Builder, names: Iterator[str]) -> None:
    def add(key: str, name: str, kind: str, unit: str | None, tags: str = "") -> None:
        made.subjects[key] = Subject(key, name, kind, unit, tags_of(tags, 0))

    towns = offices.TOWNS
    for at in range(1, 61):
        add(f"电梯{at:03}", f"示例电梯{at:03}号", "电梯", towns[at % len(towns)])
    for at in range(1, 10):
        unit = towns[at % len(towns)]
        add(f"锅炉{at:02}", f"示例锅炉{at:02}号", "锅炉", unit, "新建" if at % 2 else "")
        works, major = f"{next(names)}滑坡治理工程", "重大项目" if at % 4 == 0 else ""
        add(works, f"示例{works}", "地灾治理工程", unit, major)
    for at, unit in enumerate(bearers(made.units, "施工单位")):
        for part in ("一期", "二期")[: 1 + at % 2]:
            site = f"{next(names)}小区{part}"
            add(site, f"示例{site}房屋建筑工程", "房屋市政工程项目", unit)
    for at, unit in enumerate(bearers(made.units, "危化生产")):
        stage = "试生产" if at % 2 else "在建"
        add(f"{unit}新装置", f"示例{unit}新装置项目", "项目", unit, f"重点监管化工工艺;{stage}")
    for unit in bearers(made.units, "防雷责任单位"):
        risky = "易燃易爆" if made.units[unit].industry != "商贸" else ""
        for part, tags in (("库区", risky), ("办公楼", "")):
            add(f"{unit}{part}防雷装置", f"{made.units[unit].name}{part}防雷装置",
                "雷电防护装置", unit, tags)  # fmt: skip
    for at in (1, 2):
        add(f"渔政船{at}", f"示例渔政{at}号", "渔政执法公务船", "区农业农村委")
        add(f"勘查院{at}", f"示例地质勘查院{at}", "地质勘查单位", TOP)


def world_of_district() -> Records:
    """The whole district without its activities."""
    made = Builder()
    names, turn = brands(), _turns()
    made.unit(Unit("示例市", "示例市（虚构样例数据）", "市"), ())
    made.unit(Unit(TOP, "示例市示例区（虚构）", "区县", "示例市"), ())
    _departments(made)
    _towns(made, names)
    for sort in offices.SORTS:
        _sort(made, sort, names, turn)
    _subjects(made, names)
    for change in changes(made.units, made.posts):
        former = next(one for one in made.appointments if one.post == change.post)
        at = made.appointments.index(former)
        if change.acting_until is None:
            made.appointments[at] = replace(former, last=change.left)
        if change.came is not None:
            new = made.appoint(change.post, change.came, acting=change.acting_until is not None)
            if change.acting_until is not None:
                made.appointments[-1] = replace(made.appointments[-1], last=change.acting_until)
            if change.confirmed is not None:
                made.appointments.append(Appointment(new, change.post, change.confirmed))
    _check_unique(made)
    return Records(
        units=made.units,
        posts=made.posts,
        people=made.people,
        appointments=tuple(made.appointments),
        activities=(),
        records_from=FIRST,
        subjects=made.subjects,
        events=events(made.units),
        waivers=waivers(made.units, made.posts, made.appointments),
        adoptions=(Adoption(DOCUMENT, TOP, date(2024, 5, 16)),),
    )


def _check_unique(made: Builder) -> None:
    ids = Counter([*made.units, *made.posts, *made.people, *made.subjects])
    assert max(ids.values()) == 1, ids.most_common(3)
