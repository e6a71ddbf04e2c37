"""What is required and how it came about are one: the figures of `why` give the verdict's number."""

from __future__ import annotations

from engine.explain import explain_judged
from reports.why import why_text
from tests.semantics.world import Office


def test_a_quota_in_a_window_is_explained_as_it_is_judged() -> None:
    office = Office(holder=None)
    office.duty({"at_least": "2.5", "unit": "小时", "windows": {"each": ["国庆"]}})
    office.appoint("王", "2024-10-04")
    world = office.world("2024-10-08")
    one = next(x for x in office.judged("2024-10-08") if x.verdict.label == "2024/国庆")
    assert str(one.verdict.required) == "7/5"
    told = why_text(world, one, explain_judged(world, one), "en")
    assert "2.5 × 4 ÷ 7 days in force = 1.42…, half up: 1.4\n" in told
