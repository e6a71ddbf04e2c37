"""Every verdict can say why, in both languages, with the numbers that it was judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.records import Event
from engine.judging.audit import judge_all
from engine.judging.explain import explain_judged, find_among
from reports.figures import number
from reports.i18n import LANGS
from reports.why.words import verdict_sentence, why_text
from tests.helpers.factory_reports import HEAD, Office, duty, office, office_of, records, rulebook
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office as Small


def told(made: Office, name: str, lang="zh") -> str:
    one = next(one for one in made.judged if one.verdict.id == name)
    return why_text(made.world, explain_judged(made.world, one), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_verdict_says_why(lang, golden) -> None:
    made = office()
    texts = [told(made, one.verdict.id, lang) for one in made.judged]
    golden(f"reports/why.{lang}.txt", "\n".join(texts))


def test_what_is_printed_is_what_was_judged() -> None:
    for one in office().judged:
        verdict, words = one.verdict, verdict_sentence(one.verdict)
        if verdict.required:
            assert number(verdict.required) in words
            assert number(verdict.done) in words
        if verdict.days_overdue:
            assert f"已逾期{verdict.days_overdue}天" in words


def test_the_working_of_a_pro_rated_requirement_can_be_added_up() -> None:
    made = office()
    for one in made.judged:
        working = one.verdict.working
        if working is None or working.pro_rated is None:
            continue
        exact = working.asked * working.days_in_force / working.whole_days
        assert working.pro_rated == exact
        assert one.verdict.required == working.required <= working.rounded


def test_a_waiver_is_named_with_its_document() -> None:
    text = told(office(), "park.list.report@副主任@2024-07")
    assert "豁免 W1" in text
    assert "园组〔2024〕3号" in text


def test_a_blank_role_is_told_apart_from_a_wrong_one() -> None:
    made = office()
    assert "[A3]：履职角色应为“带队”，写的是“参加”" in told(
        made, "park.list.lead_check@主任/zw2@2024-06"
    )
    assert "[B4]：履职角色未填写，应为“带队”" in told(made, "park.list.lead_check@主任/zw2@2024-07")


def test_missing_members_are_named() -> None:
    assert "未覆盖    红星超市" in told(office(), "park.list.visit_firms@副主任@2024-Q2")


def test_what_is_to_be_ruled_has_no_working_and_says_so() -> None:
    made = office()
    text = told(made, "park.list.analyse@主任/zw1@2024")
    assert "待裁定" in text
    one = next(x for x in made.judged if x.verdict.id == "park.list.analyse@主任/zw1@2024")
    assert one.verdict.working is None


@sentence(
    "concerns one unit, several, or all",
)
@pytest.mark.parametrize(("title", "called"), [("春季长跑", "春季长跑"), (None, "E1")])
def test_an_event_is_called_by_its_title_where_people_read_of_it(
    title: str | None, called: str
) -> None:
    says = {"holder": HEAD, "activity": {"kind": "安全检查"}}
    race = duty("race", "赛前检查", "第九条", "赛前检查", **says, frequency={"before": "赛事"})
    span = duty(
        "span", "赛中检查", "第九条", "赛中", **says, frequency={"per": "week", "while": "赛事"}
    )
    event = Event("E1", "赛事", date(2024, 6, 18), date(2024, 6, 24), title=title)
    made = office_of(records(events=(event,)), rules=replace(rulebook(), duties=(race, span)))
    before, meanwhile = sorted(one.verdict.id for one in made.judged)
    text = told(made, before)
    assert f"周期      {called} " in text
    told_event = "赛事 2024年6月18日 E1"
    assert f"  {title}（{told_event}）" in text if title else f"  {told_event}" in text
    assert f"周期      {called} 2024年6月18日至6月24日" in told(made, meanwhile)
    assert f"{called} 2024-06-18 to 2024-06-24" in told(made, meanwhile, "en")
    alerts = {alert.called for alert in made.alerts if alert.verdicts == (before,)}
    assert alerts == {called}


def test_why_tells_what_one_act_must_be_and_how_many_days_it_brought() -> None:
    made = Small(records_from="2024-06-01")
    least = {"least_amount": {"amount": 30, "unit": "分钟"}, "least_interval": "5 days"}
    made.duty({"at_least": 3, "per": "month", **least}, "patrol")
    made.duty({"at_least": 5, "unit": "天", "per": "month"}, "stay")
    made.duty({"share": "80%", "of": "workdays", "per": "month"}, "site")
    minutes = {"unit_of_quantity": "分钟", "at": "09:00"}
    made.act("2024-06-03", quantity=40, **minutes)
    made.act("2024-06-05", quantity=40, **minutes)
    made.act("2024-06-12", quantity=20, **minutes)
    made.act("2024-06-13")
    made.act("2024-06-19", first_day="2024-06-18")
    world = made.world("2024-07-01")
    judged = judge_all(world)
    said = {
        (key, lang): why_text(
            world,
            explain_judged(world, find_among(world, judged, f"{key}@主任/王@2024-06")),
            lang,
        )
        for key in ("patrol", "stay", "site")
        for lang in LANGS
    }
    for words in ("距上一次间隔不足", "单次数量不足", "未填数量"):
        assert words in said["patrol", "zh"]
    for words in ("too soon after the last one", "less than one act must be", "left blank"):
        assert words in said["patrol", "en"]
    assert "[a05]：2天" in said["stay", "zh"]
    assert "应计的19个工作日的80%，进位取整" in said["site", "zh"]
    assert "80% of 19 working days in force, rounded up" in said["site", "en"]


def test_why_tells_of_a_day_of_rest_and_of_a_season_without_days() -> None:
    says = {"holder": HEAD, "activity": {"kind": "安全检查"}}
    friday = {"per": "month", "between": "first friday"}
    fridays = duty("friday", "主题党日", "第九条", "第一个星期五", **says, frequency=friday)
    season = duty(
        "season",
        "汛期检查",
        "第九条",
        "汛期",
        **says,
        frequency={"per": "week"},
        valid={"season": "汛期"},
    )
    made = office_of(records(), date(2024, 5, 20), replace(rulebook(), duties=(fridays, season)))
    texts = {one.verdict.id: told(made, one.verdict.id) for one in made.judged}
    may = next(text for name, text in texts.items() if name.endswith("@2024-05"))
    assert "期限      2024年5月10日（星期五）" in may
    assert "2024年5月3日（星期五）是休息日，可在下一周的同一天前完成" in may
    ruled = next(text for name, text in texts.items() if name.endswith("@2024/汛期"))
    assert "日历没有写明当年的日期" in ruled
