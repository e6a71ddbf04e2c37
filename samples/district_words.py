"""What the clerks of the demo's district write: notes and pieces of evidence, by kind of act."""

from __future__ import annotations

from random import Random

_FOUND = (
    "查看台账和现场，未发现突出问题",
    "发现问题2处，当场整改1处，限期整改1处",
    "疏散通道堆物，已清理",
    "配电箱未上锁，责令当日整改",
    "特种作业证过期1人，已停岗",
    "有限空间警示标识缺失，三日内补齐",
    "灭火器压力不足3具，已更换",
    "四不两直检查，发现问题4处，下达整改通知",
    "应急物资台账不全，一周内补齐",
    "临时用电不规范，已拆除",
)
_ROUND = ("无异常", "无异常", "无异常", "地面油污已清理", "照明损坏已报修", "一处隐患当日整改")
_SAID = (
    "通报上月隐患整改情况，部署下步工作",
    "学习重大事故隐患判定标准，逐项对照",
    "分析近期事故案例，要求举一反三",
    "研究重点企业挂牌督办事项",
    "部署节前安全防范",
)
_TAUGHT = ("签到册和照片存档", "现场答题，合格率97%", "发放资料，观看警示片", "一人一档已更新")
_SENT = (
    "零报告：本期无新增重大事故隐患",
    "报送本期情况，附隐患清单",
    "按时报送，附表2张",
    "零报告",
)
_ISSUED = ("已印发各成员单位", "经主任办公会审议印发", "验收意见已归档", "销号资料已归档")

_FAMILIES = (
    (("排查", "管控", "巡查"), _ROUND, "排查记录"),
    (("检查", "抽查", "督导", "暗访", "整治", "诊断", "评估", "检测"), _FOUND, "检查记录"),
    (("培训", "演练", "宣传", "教育", "证书", "学习"), _TAUGHT, "签到表"),
    (("报送", "汇报", "报告", "通报", "移送", "备案"), _SENT, "报送回执"),
    (("印发", "办结", "建成", "落地", "完成", "收官", "整改", "普查"), _ISSUED, "文号"),
)


def family_of(kind: str) -> tuple[tuple[str, ...], str]:
    """What is noted about such an act, and what is kept as its evidence."""
    for words, notes, proof in _FAMILIES:
        if any(word in kind for word in words):
            return notes, proof
    return _SAID, "纪要"


def note_of(kind: str, matter: str, random: Random) -> str:
    """A clerk's note on an act of that kind; `matter` is what it was about, where that is told."""
    said = random.choice(family_of(kind)[0])
    return f"{matter}：{said}" if matter else said


def is_a_check(kind: str) -> bool:
    """Whether such an act is done to somebody who is visited."""
    return family_of(kind)[0] is _FOUND
