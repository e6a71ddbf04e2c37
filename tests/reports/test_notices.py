"""Notices: what each says, to whom, and that nothing on it differs from the verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from data.records import Event
from engine.alerting.alerts import conclude
from engine.alerting.drafting import undrafted
from engine.alerting.policy import load_policy
from engine.judging.verdict import State
from problems import BadInput, Place
from reports.figures import amount
from reports.i18n import LANGS
from reports.notice.papers import (
    NoticeWriting,
    Sender,
    draft_sheet,
    sheets_filled,
    write_papers,
)
from reports.render import figures, safe_name
from tests.helpers.factory_reports import (
    DUTIES,
    Office,
    office,
    office_of,
    plain_engine,
    records,
    rulebook,
)
from tests.helpers.sentences import sentence

CHINESE = r"[\u4e00-\u9fff]"


def written(made: Office, out: Path, lang="zh", **said) -> dict[str, str]:
    """The files of a run, by name."""
    templates = said.pop("templates", None)
    sender = said.pop("sender", Sender())
    writing = NoticeWriting(made.world, made.judged, made.policy, lang, None, sender)
    drafts = writing.drafts(undrafted(made.alerts, (), made.policy))
    sheets = [draft_sheet(one) for one in drafts]
    papers = sheets_filled(sheets, lang, templates, writing.index)
    out.mkdir(exist_ok=True, parents=True)
    write_papers(out, papers)
    return {one.file: (out / one.file).read_text(encoding="utf-8") for one in papers}


@pytest.fixture(scope="module")
def july() -> Office:
    """Two days before the month's end: something is due soon, something lacks a field."""
    return office_of(records(), date(2024, 7, 29))


@pytest.fixture(scope="module")
def zh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(office(), tmp_path_factory.mktemp("notices"))


def without_style(page: str) -> str:
    """The page but for its style sheet, which has a file of its own."""
    return re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)


def shown(page: str) -> str:
    """What a reader sees of a page."""
    return unescape(re.sub(r"<[^>]+>", "", without_style(page)))


@pytest.mark.parametrize("lang", LANGS)
def test_each_paper_reads_like_this(lang, golden, tmp_path, july) -> None:
    for day, made in (("0710", office()), ("0729", july)):
        for name, text in written(made, tmp_path / day, lang).items():
            kept = without_style(text).replace(made.policy.digest[:8], "POLICY")
            golden(f"reports/notices/{lang}-{day}/{name}", kept)


def test_the_style_sheet_says_what_a_page_measures(zh) -> None:
    page = zh["index.html"]
    for asked in (
        "margin: 37mm 26mm 35mm 28mm",
        "font-size: 16pt",
        "letter-spacing: -0.21pt",
        "line-height: 28.98pt",
        "thead { display: table-header-group; }",
        "tr { break-inside: avoid; }",
    ):
        assert asked in page


@sentence(
    "on nothing else: same inputs, same bytes",
)
def test_the_same_inputs_give_the_same_bytes(tmp_path, zh) -> None:
    assert written(office(), tmp_path / "again") == zh


def test_each_number_in_a_table_is_the_verdicts_own(july) -> None:
    for made in (office(), july):
        writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, Sender())
        by_id = {one.verdict.id: one.verdict for one in made.judged}
        seen = 0
        for batch in writing.batches(made.alerts):
            notice = writing.notice(batch)
            assert notice is not None
            for row in notice.rows:
                verdict = by_id[row.verdict]
                assert row.required == amount(verdict.required, verdict.measure)
                assert row.done == amount(verdict.done, verdict.measure)
                assert row.short == amount(verdict.shortfall, verdict.measure)
                assert row.days_overdue == str(verdict.days_overdue or "—")
                seen += 1
        assert seen


def test_there_is_one_paper_for_each_level_and_addressee(zh) -> None:
    pages = {name for name in zh if name.endswith(".html")}
    assert pages == {
        "index.html",
        "supervise-主任-all.html",
        "warn-乙厂.html",
        "remind-园区.html",
    }


def test_a_unit_that_owes_it_itself_gets_a_notice_and_not_a_letter(zh, tmp_path) -> None:
    made = office()
    alert = next(one for one in made.alerts if one.unit == "乙厂")
    forced = replace(made, alerts=(replace(alert, level="remind", addressee="乙厂"),))
    own = shown(written(forced, tmp_path)["remind-乙厂-own.html"])
    assert "催办通知" in own
    assert "特此通知。" in own
    assert "提醒函" in shown(zh["remind-园区.html"])
    assert "特此函告。" in shown(zh["remind-园区.html"])


def test_the_reply_is_wanted_by_a_working_day_with_its_weekday(zh) -> None:
    assert "请于2024年7月17日（星期三）前" in shown(zh["remind-园区.html"])
    assert "于2024年7月24日（星期三）前" in shown(zh["warn-乙厂.html"])


def test_a_paper_names_the_next_level(zh) -> None:
    assert "将按程序发出督办通知单。" in shown(zh["remind-园区.html"])
    assert "将按程序发出约谈通知书。" in shown(zh["warn-乙厂.html"])


def test_a_paper_rests_on_title_number_clause_and_quote(zh) -> None:
    text = shown(zh["remind-园区.html"])
    assert "《园区安全生产职责清单》（园管发〔2023〕12号）第三条：“每月至少带队检查1次”" in text


def test_what_was_recorded_but_does_not_count_is_told_with_its_reason(zh) -> None:
    text = zh["remind-园区.txt"]
    assert "[A3]：履职角色应为“带队”" in text
    assert "[A9]：记录已作废" in text
    assert "[B4]" not in text  # another period's


def test_members_not_reached_are_named(zh) -> None:
    assert "未覆盖：红星超市" in zh["remind-园区.txt"]


def test_proposals_are_marked_until_a_person_approves_them(zh) -> None:
    assert "拟办稿：须经审批后发出" in zh["warn-乙厂.txt"]
    assert "拟稿：未签发、未编号" in zh["remind-园区.txt"]


def test_number_day_and_sender_stay_empty_places(zh) -> None:
    text = zh["remind-园区.txt"]
    assert "〔　　　　〕　号" in text
    assert "　　　　年　　月　　日" in text
    assert "〔发文机关〕" in text


def test_a_sender_that_is_given_stands_at_the_head(tmp_path) -> None:
    sender = Sender("示例区安全生产委员会办公室", "周工", "010-1234")
    files = written(office(), tmp_path, sender=sender)
    page = files["remind-园区.html"]
    assert '<p class="mark" style="font-size:33pt">示例区安全生产委员会办公室</p>' in page
    assert "联系人：周工，电话：010-1234" in page


def test_nobody_is_accused_where_only_a_field_is_missing(july, tmp_path) -> None:
    files = written(july, tmp_path)
    texts = {name: text for name, text in files.items() if name.endswith(".txt")}
    asked = [text for name, text in texts.items() if name.startswith("ask_record")]
    assert asked
    assert all("不需另作说明" in text and "履职角色未填写" in text for text in asked)
    accusing = [text for name, text in files.items() if name.startswith(("remind", "supervise"))]
    assert accusing
    assert all("@2024-07'" not in text for text in accusing)


def test_what_is_closed_leaves_every_paper(tmp_path) -> None:
    made = office()
    closed = {one.verdict.id for one in made.judged if "closed" in one.verdict.flags}
    assert closed
    alert = next(one for one in made.alerts if one.level == "remind")
    forced = replace(made, alerts=(replace(alert, verdicts=tuple(sorted(closed))),))
    assert list(written(forced, tmp_path)) == ["index.html"]
    assert "没有需要发出的通知" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_an_accusing_paper_leaves_out_what_only_lacks_a_field(july, tmp_path) -> None:
    incomplete = next(
        one.verdict for one in july.judged if "records_incomplete" in one.verdict.flags
    )
    alert = next(one for one in july.alerts if one.level == "ask_record")
    forced = replace(july, alerts=(replace(alert, level="remind", verdicts=(incomplete.id,)),))
    assert list(written(forced, tmp_path)) == ["index.html"]


def test_what_is_said_with_a_hedge_is_reminded_of_without_a_threat(tmp_path) -> None:
    hedged = tuple(
        one.model_copy(update={"hedged": True}) if one.id.endswith("lead_check") else one
        for one in DUTIES
    )
    made = office_of(records(), rules=replace(rulebook(), duties=hedged))
    alerts = tuple(one for one in made.alerts if one.duty == "park.list.lead_check")
    files = written(replace(made, alerts=alerts), tmp_path)
    assert "带队检查" in files["remind-园区.txt"]
    assert "将按程序" not in files["remind-园区.txt"]


def test_a_name_with_tags_is_shown_and_never_obeyed(tmp_path) -> None:
    plain = records()
    people = dict(plain.people) | {"zw2": replace(plain.people["zw2"], name="<b>张</b>&")}
    files = written(office_of(replace(plain, people=people)), tmp_path)
    page = files["remind-园区.html"]
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert "<b>张</b>&" in files["remind-园区.txt"]


def test_no_half_width_mark_stands_between_chinese_characters(zh, july, tmp_path) -> None:
    files = {**zh, **{f"july-{name}": text for name, text in written(july, tmp_path).items()}}
    for name, text in files.items():
        words = shown(text) if name.endswith(".html") else text
        wrong = re.findall(rf"{CHINESE}[,:;()]{CHINESE}", words)
        assert not wrong, f"{name}: {wrong}"


def test_numbers_are_held_to_their_units() -> None:
    assert str(figures("于2026年10月9日前3次")) == (
        '于<span class="n">2026年</span><span class="n">10月</span>'
        '<span class="n">9日</span>前<span class="n">3次</span>'
    )
    assert str(figures("园管发〔2026〕7号")) == '园管发<span class="n">〔2026〕7号</span>'
    assert str(figures("<3次>")) == '&lt;<span class="n">3次</span>&gt;'


def test_a_template_with_a_name_that_nobody_gives_fails(tmp_path) -> None:
    (tmp_path / "notice.html.j2").write_text("{{ notice.no_such_thing }}", encoding="utf-8")
    with pytest.raises(BadInput) as found:
        written(office(), tmp_path / "out", templates=tmp_path)
    [problem] = found.value.problems
    assert problem.place == Place(str(tmp_path / "notice.html.j2"), 1)
    assert str(problem.said["reason"]) == "template_has_no_value name=no_such_thing"


def test_an_office_overrides_one_level_and_keeps_the_rest(tmp_path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    own = "本办：{{ notice.addressee }}，{{ notice.rows | length }}项"
    (folder / "notice-remind.txt.j2").write_text(own, encoding="utf-8")
    files = written(office(), tmp_path / "out", templates=folder)
    assert files["remind-园区.txt"] == "本办：示例园区管委会，4项\n"
    assert files["warn-乙厂.txt"].startswith("〔发文机关〕")


def test_file_names_are_safe_and_never_alike() -> None:
    taken: set[str] = set()
    names = [safe_name(text, taken) for text in ("a/b", "a\\b", "A-B", "a-b", "园区", "x" * 300)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[\w.-]{1,80}", name) for name in names)
    assert names[4] == "园区"


def test_the_index_lists_every_page_and_text(zh) -> None:
    listed = re.findall(r'href="([^"]+)"', zh["index.html"])
    assert {unquote(name) for name in listed} == set(zh) - {"index.html"}


def test_nothing_to_send_is_said(tmp_path) -> None:
    made = replace(office(), alerts=())
    files = written(made, tmp_path)
    assert "没有需要发出的通知" in files["index.html"]


def test_every_paper_says_what_it_rests_on(zh) -> None:
    proof = "核验：审计日 2024-07-10，认知日 库中全部记录，规则 a1a1a1a1，裁定 b2b2b2b2"
    assert all(proof in text for text in zh.values())


def test_what_had_to_come_before_an_event_is_not_asked_to_be_made_up() -> None:
    before = DUTIES[0].model_copy(
        update={
            "id": "park.list.race",
            "frequency": type(DUTIES[0].frequency).model_validate(
                {"at_least": 1, "before": "赛事"}
            ),
        }
    )
    event = Event("E1", "赛事", date(2024, 6, 20), units=("园区",), title="夏季长跑")
    made = office_of(records(events=(event,)), rules=replace(rulebook(), duties=(*DUTIES, before)))
    writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, Sender())
    notices = [
        notice
        for batch in writing.batches(made.alerts)
        if (notice := writing.notice(batch)) is not None
        and any(row.verdict.startswith("park.list.race@") for row in notice.rows)
    ]
    assert notices
    for notice in notices:
        race = [row for row in notice.rows if row.verdict.startswith("park.list.race@")]
        assert all("无法补办" in row.remarks for row in race)
        assert {row.period for row in race} == {"夏季长跑（2024年6月20日）"}
        if notice.level == "remind":
            alone = len(race) == len(notice.rows)
            asked = ["无法补办，请在回执中说明"] if alone else ["补办，登记时", "已无法补办的，请"]
            assert all(words in "".join(notice.asks) for words in asked)


def test_no_line_of_a_file_ends_with_a_blank(zh) -> None:
    for name, text in zh.items():
        assert all(line == line.rstrip() for line in text.splitlines()), name
        assert text.endswith("\n") and not text.endswith("\n\n"), name


def test_only_open_and_overdue_obligations_are_ever_written_about(july) -> None:
    running = {State.OVERDUE, State.DUE_SOON, State.UPCOMING, State.OPEN, State.BEHIND}
    by_id = {one.verdict.id: one.verdict for one in july.judged}
    assert all(by_id[name].state in running for alert in july.alerts for name in alert.verdicts)


def test_a_level_of_an_offices_own_speaks_in_its_own_words(tmp_path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")
    example = next(one for one in re.findall(r"```yaml\n(.*?)```", page, re.S) if "visit:" in one)
    rule = "  late:\n    scope: obligation\n    priority: 1\n    when: {state: overdue}\n"
    own = tmp_path / "policy.yaml"
    own.write_text(
        f"hold_working_days: 0\n{example}rules:\n{rule}    conclude: visit\n", encoding="utf-8"
    )
    made = office()
    late = [one.verdict for one in made.judged if one.verdict.state is State.OVERDUE][:1]
    policy = load_policy(own)
    workdays = made.world.workdays
    alerts = conclude(late, made.records, policy, made.world.as_of, workdays, engine=plain_engine)
    made = replace(made, policy=policy, alerts=alerts)
    for lang, said in (
        ("zh", ("上门走访通知单", "我办将上门走访。", "告知方便的时间。", "特此函告。")),
        ("en", ("notice of a visit", "We shall come", "Please name a time that", "This letter is")),
    ):
        (paper,) = (
            shown(text)
            for name, text in written(made, tmp_path / lang, lang).items()
            if name.startswith("visit-") and name.endswith(".html")
        )
        assert [one for one in said if one not in paper] == []
        assert not re.search(r"[{}|]", paper)
        unsaid = ("经统计", "将按程序", "前次通知", "overdue as of", "Otherwise", "Notice before")
        assert [one for one in unsaid if one in paper] == []
