"""A small office with a bit of everything, judged for the tests of reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from data.records import (
    Activity,
    Appointment,
    Person,
    Post,
    Records,
    Standing,
    Subject,
    Tag,
    Unit,
    Waiver,
)
from engine.alerting.alerts import Alert, conclude
from engine.alerting.conditions import Branch, Value
from engine.alerting.oracle import RELATIONS
from engine.alerting.policy import Policy, load_policy
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.verdict import Audit
from engine.judging.world import World
from rules.calendar import CalendarFile
from rules.duty import Document, Duty
from rules.rulebook import Hashes, Rulebook
from rules.vocabulary import Vocabulary
from tests.helpers.audited import audited

AS_OF = date(2024, 7, 10)
LATE = datetime.combine(date(2024, 7, 9), time(9, 0))


def duty(key: str, title: str, clause: str, quote: str, **said: Any) -> Duty:
    """A duty of the document `park`, as a checked file would give it."""
    return Duty.model_validate(
        {
            "id": f"park.list.{key}",
            "document": "park",
            "title": title,
            "sources": [{"clause": clause, "quote": quote}],
            **said,
        }
    )


HEAD = {"posts": ["主要负责人"], "units": {"type": ["园区"]}}
DUTIES = (
    duty(
        "lead_check",
        "带队检查",
        "第三条",
        "每月至少带队检查1次",
        holder=HEAD,
        activity={"kind": "安全检查", "role": "带队"},
        frequency={"at_least": 1, "per": "month"},
    ),
    duty(
        "committee",
        "主持安委会会议",
        "第四条",
        "每季度至少主持召开1次安委会会议",
        holder=HEAD,
        activity={"kind": "安委会会议", "role": "主持", "delegate": "分管负责人"},
        frequency={"at_least": 1, "per": "quarter"},
    ),
    duty(
        "visit_firms",
        "走访企业",
        "第五条",
        "每季度对每家企业至少走访1次",
        holder={"posts": ["分管负责人"]},
        activity={"kind": "走访"},
        frequency={"at_least": 1, "per": "quarter", "each": {"type": ["企业对象"]}},
    ),
    duty(
        "report",
        "报送报表",
        "第六条",
        "每月20日前报送报表",
        holder={"posts": ["分管负责人"]},
        activity={"kind": "报送"},
        frequency={"at_least": 1, "per": "month", "due": 20, "adjust": "next_workday"},
    ),
    duty(
        "own_check",
        "自查隐患",
        "第七条",
        "企业每月至少自查1次",
        holder={"units": {"type": ["企业"]}},
        activity={"kind": "自查"},
        frequency={"at_least": 1, "per": "month"},
    ),
    duty(
        "study",
        "学习安全法规",
        "第八条",
        "原则上每年学习1至2次",
        holder=HEAD,
        activity={"kind": "学习"},
        frequency={"at_least": 1, "at_most": 2, "per": "half_year"},
        hedged=True,
    ),
    duty(
        "lifts",
        "抽查电梯",
        "第九条",
        "每季度抽查不少于4台电梯",
        holder={"posts": ["分管负责人"]},
        activity={"kind": "抽查"},
        frequency={"at_least": 4, "unit": "台", "per": "quarter"},
    ),
    duty(
        "together",
        "班子专题研究",
        "第十条",
        "领导班子每季度至少专题研究1次",
        holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"},
        activity={"kind": "专题研究"},
        frequency={"at_least": 1, "per": "quarter"},
    ),
    duty(
        "analyse",
        "分析形势",
        "第十一条",
        "定期分析安全生产形势",
        holder=HEAD,
        activity={"kind": "形势研判"},
        frequency="to_be_ruled",
        note="没有写明次数",
    ),
)

KINDS = ("安全检查", "安委会会议", "走访", "报送", "自查", "学习", "抽查", "专题研究", "形势研判")


def rulebook() -> Rulebook:
    """The rules of the office, with hashes that look like some."""
    return Rulebook(
        documents={
            "park": Document(
                id="park",
                title="园区安全生产职责清单",
                number="园管发〔2023〕12号",
                issuer="园区管理委员会",
                signed=date(2023, 12, 1),
            )
        },
        duties=DUTIES,
        vocabulary=Vocabulary.model_validate(
            {
                "kinds": {
                    **{kind: {"en": kind} for kind in KINDS},
                    "检查": {"en": "check"},
                    "安全检查": {"en": "safety check", "under": "检查"},
                    "抽查": {"en": "spot check", "under": "检查"},
                },
                "roles": {role: {"en": role} for role in ("带队", "主持", "参加")},
                "post_classes": {
                    "主要负责人": {"en": "head"},
                    "分管负责人": {"en": "deputy in charge"},
                },
            }
        ),
        calendar=CalendarFile(),
        hashes=Hashes(rules="a1" * 32, rulings="b2" * 32, calendar="c3" * 32),
    )


def act(name: str, kind: str, day: str, holder: str, **said: Any) -> Activity:
    """One record, entered on its own day unless told otherwise."""
    on = date.fromisoformat(day)
    at = said.pop("recorded_at", datetime.combine(on, time(17, 0)))
    return Activity(name, kind, on, holder, at, **said)


def records(**said: Any) -> Records:
    """Two people called 张伟, a handover, leave, an enterprise that does nothing."""
    plain: dict[str, Any] = {
        "units": {
            "园区": Unit("园区", "示例园区管委会", "园区"),
            "甲厂": Unit("甲厂", "甲化工厂", "企业", parent="园区", tags=(Tag("高危"),)),
            "乙厂": Unit("乙厂", "乙机械厂", "企业", parent="园区"),
        },
        "posts": {
            "副主任": Post("副主任", "园区", "分管负责人", "管委会副主任", reports_to="主任"),
            "主任": Post("主任", "园区", "主要负责人", "管委会主任"),
        },
        "people": {
            "zw1": Person("zw1", "张伟"),
            "zw2": Person("zw2", "张伟"),
            "ln": Person("ln", "李娜"),
        },
        "appointments": (
            Appointment("zw1", "主任", date(2023, 1, 1), date(2024, 5, 31)),
            Appointment("ln", "副主任", date(2023, 1, 1)),
            Appointment("zw2", "主任", date(2024, 6, 1)),
        ),
        "subjects": {
            "s1": Subject("s1", "东风仓库", "企业对象", "园区"),
            "s2": Subject("s2", "红星超市", "企业对象", "园区"),
        },
        "activities": (
            act("A1", "安全检查", "2024-04-12", "主任", role="带队", evidence=("照片1",)),
            act("A2", "安全检查", "2024-06-05", "主任", role="带队", makes_up="2024-05"),
            act("A3", "安全检查", "2024-06-20", "主任", role="参加", evidence=("照片2",)),
            act("A4", "安委会会议", "2024-05-09", "副主任", role="主持", on_behalf_of="主任"),
            act("A5", "走访", "2024-05-20", "副主任", subjects=("s1",), evidence=("记录1",)),
            act("A6", "报送", "2024-06-18", "副主任", evidence=("报表1",)),
            act("A7", "抽查", "2024-06-03", "副主任", subjects=("s1", "s2")),
            act("A8", "自查", "2024-06-30", "甲厂", recorded_at=LATE),
            act("A9", "安全检查", "2024-06-21", "主任", standing=Standing.VOIDED, role="带队"),
            act("B1", "学习", "2024-03-01", "主任"),
            act("B2", "学习", "2024-03-08", "主任"),
            act("B3", "学习", "2024-04-08", "主任"),
            act("B4", "安全检查", "2024-07-03", "主任"),
        ),
        "waivers": (
            Waiver(
                "W1",
                "副主任",
                date(2024, 6, 20),
                date(2024, 7, 31),
                "脱产培训",
                person="ln",
                document="园组〔2024〕3号",
            ),
        ),
        "records_from": date(2024, 4, 1),
    }
    return Records(**(plain | said))


def plain_engine(
    rules: Mapping[str, Sequence[Branch]], facts: Sequence[Mapping[str, Value]]
) -> set[tuple[int, str]]:
    """What the rules engine would conclude, without it."""
    return {
        (at, name)
        for at, fact in enumerate(facts)
        for name, any_of in rules.items()
        if any(
            all(RELATIONS[one.operator](fact[one.fact], one.value) for one in branch)
            for branch in any_of
        )
    }


@dataclass(frozen=True)
class Office:
    """The office with everything that reports are made from."""

    rulebook: Rulebook
    records: Records
    world: World
    judged: list[Judged]
    audit: Audit
    policy: Policy
    alerts: tuple[Alert, ...]


def office_of(kept: Records, as_of: date = AS_OF, rules: Rulebook | None = None) -> Office:
    """Judges and concludes everything."""
    book = rules or rulebook()
    world = world_of(book, kept, as_of, None)
    judged = judge_all(world)
    policy = load_policy()
    verdicts = [one.verdict for one in judged]
    alerts = conclude(verdicts, kept, policy, as_of, world.workdays, engine=plain_engine)
    return Office(book, kept, world, judged, audited(book, kept, as_of), policy, alerts)


@cache
def office() -> Office:
    """The office as of its day, judged once."""
    return office_of(records())


def audit_of_june(**said: Any) -> Audit:
    """The audit of June, with something replaced."""
    made = office()
    plain = audited(made.rulebook, made.records, date(2024, 7, 1))
    return replace(plain, **said)
