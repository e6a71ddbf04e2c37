"""Made-up names for the demo's district: of enterprises and schools, of villages, of people.

Every name is put together from the lists below; whoever is really called so is not meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = "云青晨星海岚松柏禾谷霁朔澄沐远卓锦瑞启泓岳峰"
_SECOND = "帆枢汀野川舟羽麓岩桥湾屿杉枫栎原禾塬渡汐岭坪"

SURNAMES = (
    *"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章",
    *"云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常",
    *("欧阳", "上官", "司徒", "慕容", "诸葛", "东方"),
)
_GIVEN_FIRST = "晓思若景知望怀云清明远子书一以行嘉承维启沛静雨雪秋春南北"
_GIVEN_SECOND = "川舟野岚帆禾桐枫溪亭澜珩宁安衡遥朗言蹊笙松柏朴恒越航青原白"


def brands() -> Iterator[str]:
    """Names of two characters, each of them once, always in the same order."""
    pairs = [first + second for first in _FIRST for second in _SECOND if first != second]
    Random("brands").shuffle(pairs)
    yield from pairs


def people() -> Iterator[str]:
    """Names of people, always in the same order; now and then two have the same one."""
    random = Random("people")
    while True:
        yield (random.choice(SURNAMES) + random.choice(_GIVEN_FIRST) + random.choice(_GIVEN_SECOND))
