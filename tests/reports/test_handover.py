"""The handover sheet: who leaves and comes, what runs, what is left undone, what comes next."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace
from datetime import date

import pytest
from rich.console import Console

from data.records import Appointment, Delegation, Records, Waiver
from engine.calendar.periods import Period
from engine.judging.audit import judge_all, world_of
from engine.judging.making_up import remedy_of
from engine.judging.verdict import State
from reports.handover.as_json import handover_json
from reports.handover.context import (
    HandoverSheet,
    NextRow,
    OpenClauseRow,
    PersonRow,
    RunningRow,
    UndoneRow,
)
from reports.handover.facts import (
    AHEAD,
    Handover,
    NobodyThere,
    change_of,
    handover_of,
)
from reports.handover.words import handover_html, handover_sheet, print_handover
from reports.i18n import LANGS
from reports.numbered import RowNumbers
from tests.helpers.factory_reports import act, records, rulebook

JUNE = date(2024, 6, 1)


def office() -> Records:
    """The park with papers, a waiver that goes on and an order to act for the head."""
    plain = records()
    first, deputy, second = plain.appointments
    return replace(
        plain,
        appointments=(
            replace(first, document="园组〔2023〕1号；园组〔2024〕5号", reason="任命；调离"),
            deputy,
            replace(second, document="园组〔2024〕6号", reason="任命"),
        ),
        activities=(
            *plain.activities,
            act("C1", "安委会会议", "2024-06-01", "主任", role="主持", person="zw2"),
        ),
        waivers=(
            *plain.waivers,
            Waiver("W2", "主任", date(2024, 6, 10), date(2024, 6, 12), "出差", document="园办9号"),
            Waiver("W3", "主任", date(2024, 4, 1), date(2024, 4, 2), "病假"),
        ),
        delegations=(
            Delegation("D1", "主任", "副主任", date(2024, 5, 1), None, "park.list.committee",
                       "园办〔2024〕7号", "出国"),
            Delegation("D2", "主任", "副主任", date(2024, 1, 1), date(2024, 2, 1)),
        ),
    )  # fmt: skip


def handover(on: date = JUNE, post: str = "主任", kept: Records | None = None) -> Handover:
    world = world_of(rulebook(), kept or office(), on, Period(on, on + AHEAD))
    return handover_of(world, judge_all(world, unit="园区"), post)


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_on_the_terminal_reads_like_this(lang, golden) -> None:
    out = io.StringIO()
    print_handover(
        Console(file=out, width=200), handover_sheet(handover(), lang), RowNumbers(), lang
    )
    golden(f"reports/handover.{lang}.txt", out.getvalue())


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_to_sign_reads_like_this(lang, golden) -> None:
    page = handover_html(handover_sheet(handover(), lang), lang)
    style = re.compile(r"<style>.*?</style>", re.DOTALL)
    golden(f"reports/handover.{lang}.html", style.sub("<style></style>", page))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    sheets = [handover_html(handover_sheet(handover())) for _ in range(2)]
    assert sheets[0] == sheets[1]


def test_each_share_of_a_running_period_says_whose_it_is_and_who_did_what() -> None:
    running = {one.verdict: one for one in handover_sheet(handover()).running}
    leaver = running["park.list.committee@主任/zw1@2024-Q2"]
    assert (leaver.person, leaver.required, leaver.done) == ("张伟（zw1）", "1次", "1次")
    assert leaver.done_by == ("2024-05-09 李娜",)
    comer = running["park.list.lead_check@主任/zw2@2024-06"]
    assert (comer.required, comer.done, comer.done_by) == ("1次", "0次", ())


def test_what_is_undone_says_whether_the_successor_can_make_it_good() -> None:
    undone = {one.id: remedy_of(one) for one in handover().undone}
    assert undone == {"park.list.lead_check@主任/zw1@2024-05": "make_up"}
    later = {one.id: remedy_of(one) for one in handover(date(2024, 7, 20), "副主任").undone}
    assert later["park.list.report@副主任@2024-05"] == "closed"
    made_up = handover(date(2024, 6, 6))
    assert not made_up.undone  # A2 of 2024-06-05 makes May good


def test_what_can_still_be_made_good_stands_first_and_the_longest_first() -> None:
    found = handover(date(2024, 7, 20), "副主任").undone
    order = [(remedy_of(one) == "closed", -(one.days_overdue or 0)) for one in found]
    assert order == sorted(order)
    assert {is_closed for is_closed, _ in order} == {True, False}


def test_old_arrears_past_making_up_are_counted_and_not_listed() -> None:
    on = date(2025, 8, 1)
    sheet = handover_sheet(handover(on, "副主任"))
    whole = handover(on, "副主任")
    assert sheet.closed > 0
    assert len(sheet.undone) + sheet.closed == len(whole.undone)
    assert all(row.days <= 365 for row in sheet.undone if row.remedy == "补办期已过")


def test_next_is_the_soonest_period_of_each_duty() -> None:
    found = handover().next
    assert [one.due for one in found] == sorted(one.due for one in found if one.due)
    assert len({one.duty.id for one in found}) == len(found)
    assert all(one.state is State.UPCOMING for one in found)
    assert {one.person for one in found} <= {"zw2", None}


def test_waivers_and_delegations_that_are_over_are_left_out() -> None:
    it = handover()
    assert [one.waiver for one in it.waivers] == ["W2"]
    assert [one.delegation for one in it.delegations] == ["D1"]


def test_a_clause_to_be_ruled_is_listed_once() -> None:
    assert [one.duty.id for one in handover().open_clauses] == ["park.list.analyse"]


ROWS = {
    "old": Appointment("a", "主任", date(2024, 1, 1), date(2024, 5, 31)),
    "gap": Appointment("b", "主任", date(2024, 6, 11)),
    "stand_in": Appointment("c", "主任", date(2024, 6, 1), date(2024, 6, 10), acting=True),
    "beside": Appointment("c", "主任", date(2024, 6, 1), acting=True),
    "stays": Appointment("a", "主任", date(2024, 1, 1)),
    "renewed": Appointment("a", "主任", date(2024, 6, 1)),
    "shares_a_day": Appointment("b", "主任", date(2024, 5, 31)),
}


@pytest.mark.parametrize(
    ("rows", "on", "leaves", "comes"),
    [
        (("old", "gap"), "2024-05-31", "a", "b"),
        (("old", "gap"), "2024-06-11", "a", "b"),
        (("old", "gap"), "2024-06-20", "a", "b"),
        (("old", "shares_a_day"), "2024-05-31", "a", "b"),
        (("old",), "2024-05-20", "a", ""),
        (("old",), "2024-06-20", "a", ""),
        (("gap",), "2024-06-11", "", "b"),
        (("old", "stand_in"), "2024-06-01", "a", "c"),
        (("old", "stand_in", "gap"), "2024-06-12", "ac", "b"),
        (("old", "stand_in", "gap"), "2024-06-01", "a", "c"),
        (("stays", "beside"), "2024-06-01", "a", "c"),
        (("stays",), "2024-09-01", "a", ""),
        (("old", "renewed"), "2024-06-01", "a", ""),
        (("old", "gap"), "2025-06-01", "b", ""),
    ],
)
def test_who_leaves_and_who_comes(rows, on, leaves, comes) -> None:
    plain = office()
    people = {**plain.people, **dict.fromkeys("abc", plain.people["ln"])}
    kept = replace(plain, appointments=tuple(ROWS[row] for row in rows), people=people)
    day = date.fromisoformat(on)
    world = world_of(rulebook(), kept, day, None)
    gone, come = change_of(world, "主任", day)
    assert "".join(dict.fromkeys(row.person for row in gone)) == leaves
    assert "".join(row.person for row in come) == comes


def test_a_post_that_nobody_held_then_is_refused_with_what_is_known() -> None:
    with pytest.raises(NobodyThere) as error:
        handover(date(2021, 1, 1))
    assert [row.person for row in error.value.held] == ["zw1", "zw2"]


def test_the_data_name_every_verdict_that_the_sheet_shows() -> None:
    it = handover()
    told, sheet = handover_json(it), handover_sheet(it)
    assert [one["id"] for one in told["running"]] == [row.verdict for row in sheet.running]
    assert [one["id"] for one in told["undone"]] == [row.verdict for row in sheet.undone]
    assert [one["person"] for one in told["comes"]] == ["zw2"]
    assert told["to_be_ruled"][0]["quote"] == "定期分析安全生产形势"


def test_a_name_with_tags_is_shown_and_never_obeyed() -> None:
    plain = office()
    people = {**plain.people, "zw2": replace(plain.people["zw2"], name="<i>李</i>")}
    page = handover_html(handover_sheet(handover(kept=replace(plain, people=people))))
    assert "&lt;i&gt;李" in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    "kind", [HandoverSheet, NextRow, OpenClauseRow, PersonRow, RunningRow, UndoneRow]
)
def test_every_field_that_the_template_gets_has_its_help(kind) -> None:
    assert all(one.metadata["help"] for one in fields(kind))
