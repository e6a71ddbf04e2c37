"""What `--json` prints: the keys and values that other programs rely on."""

from __future__ import annotations

import json
from datetime import date

from engine.judging.explain import explain_judged
from reports.alerts.as_json import alerts_json
from reports.audit.as_json import audit_json
from reports.jsonio import dump_json, verdict_json
from reports.leader.as_json import leader_json
from reports.leader.pages import leader_record
from reports.why.as_json import why_json
from tests.helpers.factory_reports import audit_of_june, office

VERDICT_KEYS = {
    "id", "duty", "document", "clause", "unit", "post", "person", "members", "event", "period",
    "due", "required", "done", "state", "reason", "light", "shortfall", "days_overdue",
    "days_late", "flags", "missing", "counted",
}  # fmt: skip
AUDIT_KEYS = {
    "as_of", "known_on", "records_from", "span", "hashes", "summary", "verdicts", "arrears",
    "vacancies",
}  # fmt: skip
SUMMARY_KEYS = {
    "due", "met", "made_up", "overdue", "exceeded", "open", "behind", "due_soon", "exempt",
    "upcoming", "to_be_ruled", "rate", "rate_done",
}  # fmt: skip


def test_an_audit_has_the_keys_of_the_interface() -> None:
    found = audit_json(audit_of_june())
    assert set(found) == AUDIT_KEYS
    assert set(found["hashes"]) == {"rules", "rulings", "calendar"}
    assert set(found["summary"]) == SUMMARY_KEYS
    for verdict in found["verdicts"] + found["arrears"]:
        assert set(verdict) >= VERDICT_KEYS
        assert set(verdict["period"]) == {"label", "first", "last"}


def test_rates_are_exact_fractions_and_absent_when_nothing_was_due() -> None:
    summary = audit_json(audit_of_june())["summary"]
    assert (summary["due"], summary["met"], summary["rate"]) == (8, 3, "3/8")
    early = audit_json(office().audit)["summary"]
    assert early["rate"] is None or "/" in early["rate"] or early["rate"] in ("0", "1")


def test_verdicts_stand_by_id_and_lists_in_them_are_sorted() -> None:
    found = audit_json(audit_of_june())
    ids = [verdict["id"] for verdict in found["verdicts"]]
    assert ids == sorted(ids)
    assert all(one["flags"] == sorted(one["flags"]) for one in found["verdicts"])


def test_days_are_iso_and_what_a_state_does_not_have_is_null() -> None:
    found = {one["id"]: one for one in audit_json(audit_of_june())["verdicts"]}
    overdue = found["park.list.lead_check@主任/zw2@2024-06"]
    assert overdue["due"] == "2024-06-30"
    assert (overdue["days_overdue"], overdue["days_late"], overdue["reason"]) == (1, None, None)
    unruled = found["park.list.analyse@主任/zw1@2024"]
    assert unruled["due"] is None
    exempt = found["park.list.committee@主任/zw2@2024-Q2"]
    assert (exempt["reason"], exempt["days_overdue"]) == ("tenure", None)


def test_quantities_are_whole_where_they_are_whole() -> None:
    found = {one["id"]: one for one in audit_json(audit_of_june())["verdicts"]}
    lifts = found["park.list.lifts@副主任/ln@2024-Q2"]
    assert (lifts["required"], lifts["done"], lifts["shortfall"]) == (4, 2, 2)
    assert lifts["counted"] == [{"activity": "A7", "quantity": 2}]


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert dump_json(audit_json(audit_of_june())) == dump_json(audit_json(audit_of_june()))
    assert "示例园区" not in dump_json(audit_json(audit_of_june()))
    assert "主任" in dump_json(audit_json(audit_of_june()))


def test_why_adds_clause_quote_window_and_what_did_not_count() -> None:
    made = office()
    one = next(x for x in made.judged if x.verdict.id == "park.list.lead_check@主任/zw2@2024-06")
    found = why_json(explain_judged(made.world, one))
    assert found["clause"] == "第三条"
    assert found["quote"] == "每月至少带队检查1次"
    assert found["window"] == {"first": "2024-06-01", "last": "2024-06-30", "due": "2024-06-30"}
    asked = {"column": "role", "key": None, "asked": ["带队"], "written": "参加"}
    assert {"activity": "A3", "reason": "role", "wants": [asked]} in found["not_counted"]
    assert found["working"]["required"] == 1


def test_a_leader_is_a_list_with_one_entry_for_each_of_the_name() -> None:
    made = office()
    records = [leader_record(made.world, made.judged, made.alerts, who) for who in ("zw2", "zw1")]
    found = leader_json(records)
    assert [one["person"] for one in found] == ["zw1", "zw2"]
    for one in found:
        assert {
            "name",
            "appointments",
            "verdicts",
            "activities",
            "alerts",
            "rate",
            "rate_done",
        } <= (set(one))
    first = {act["activity"]: act for act in found[0]["activities"]}
    assert first["A1"]["counts_for"] == ["park.list.lead_check@主任/zw1@2024-04"]


def test_alerts_carry_their_key_level_and_verdicts() -> None:
    made = office()
    found = {one["key"]: one for one in alerts_json(made.alerts)}
    one = found["remind:park.list.lead_check@主任/zw2@2024-06"]
    assert (one["level"], one["person"], one["due"]) == ("remind", "zw2", "2024-06-30")
    assert json.loads(dump_json(list(found.values())))


def test_due_is_after_moving_and_before_grace() -> None:
    made = office()
    june = next(x.verdict for x in made.judged if x.verdict.id == "park.list.report@副主任@2024-06")
    assert verdict_json(june)["due"] == date(2024, 6, 20).isoformat()
