"""The city of the bench: so many districts beside each other, which share no id."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.mix import COPIES, write_copies

TABLES = {
    "settings": "key,value\nrecords_from,2024-06-01\n",
    "units": "unit,name,type,parent\n区,示例区,区县,\n镇,示例镇,乡镇,区\n",
    "adoptions": "document,unit\ndoc,区\n",
    "posts": "post,unit,class\n镇长,镇,主要负责人\n",
    "appointments": "person,post,first\n张三,镇长,2024-01-01\n",
    "activities": (
        "activity,kind,day,holder,subjects,makes_up\n履1,检查,2024-06-03,镇长,镇;区,2024-06\n"
    ),
}


def test_copies_differ_in_their_ids_alone(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "one" / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    write_copies(tmp_path / "one", tmp_path / "many")
    found = {}
    for name in TABLES:
        with (tmp_path / "many" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            found[name] = list(csv.reader(lines))
    assert found["settings"][1:] == [["records_from", "2024-06-01"]]
    assert found["units"][1] == ["区", "示例区", "区县", ""]
    assert found["units"][-1] == ["9镇", "示例镇", "乡镇", "9区"]
    assert found["adoptions"][-1] == ["doc", "9区"]
    assert found["appointments"][-1] == ["9张三", "9镇长", "2024-01-01"]
    last = ["9履1", "检查", "2024-06-03", "9镇长", "9镇;9区", "2024-06"]
    assert found["activities"][-1] == last
    assert len(found["activities"]) == 1 + COPIES
