"""Whether the shipped rules read the same words alike, as `docs/readings.md` says.

Each test is a line of that page; what it excepts stands there too, with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rules.duty import Document, Duty
from rules.frequency import Condition, Measure
from rules.rulebook import Rulebook
from tests.helpers.factory_rules import shipped_rules

HERE = Path(__file__).parents[1]
PAGE = HERE.parent / "docs" / "readings.md"
PIECES = HERE / "source_pieces"


@cache
def book() -> Rulebook:
    return shipped_rules()


@cache
def excepted(rule: str) -> frozenset[str]:
    """The duties that the page excepts from a rule."""
    rows = re.findall(rf"^\| {rule} \| `([^`]+)` \| [^|]+ \|$", PAGE.read_text("utf-8"), re.M)
    return frozenset(rows)


def said(duty: Duty) -> str:
    """All that a duty quotes, its places a line each."""
    return "\n".join(source.quote for source in duty.sources)


def judged() -> Iterator[Duty]:
    """The duties that have a measure."""
    return (duty for duty in book().duties if not duty.is_to_be_ruled)


def measures(duty: Duty) -> list[Measure]:
    """The measures of a duty, the parts of nested ones each for itself."""
    return [part for one in duty.frequency.for_shape() for part in (one, *one.all)]


def kinds(duty: Duty) -> set[str]:
    """The kinds that a duty names."""
    return set(duty.activity.kind) if duty.activity else set()


def tree(kind: str) -> set[str]:
    """A kind and all below it."""
    return {one for one, wider in book().vocabulary.wider_kinds.items() if kind in wider}


def test_every_duty_that_the_page_names_is_one() -> None:
    named = set(re.findall(r"`(\w+\.\w+\.\w+)`", PAGE.read_text("utf-8")))
    assert len(named) > 40
    assert named - {duty.id for duty in book().duties} == set()


def test_no_exception_is_a_leftover() -> None:
    """Each of them breaks its rule, so that the page lists none that is no longer needed."""
    found = {"轻": set(wrongly_mild()), "期": set(undated()), "年": set(bound_to_a_year())}
    for rule, ids in found.items():
        assert excepted(rule) == ids, rule


MILD = re.compile(r"基本(?=[消完摸清实])|初步|逐步|力争|积极组织")


def wrongly_mild() -> Iterator[str]:
    for duty in judged():
        if bool(MILD.search(said(duty))) != duty.hedged:
            yield duty.id


DATED = re.compile(r"20\d\d ?年|\d月底?前|三年内|三年行动期间")


def undated() -> Iterator[str]:
    """Duties with a day though their words have none."""
    for duty in judged():
        if any(one.by for one in measures(duty)) and not DATED.search(said(duty)):
            yield duty.id


def bound_to_a_year() -> Iterator[str]:
    """Duties done once by a day that count only what is done from a later day on."""
    for duty in judged():
        first = max(duty.valid.first or book().documents[duty.document].first, of(duty).first)
        if any(one.by for one in measures(duty)) and first > of(duty).first:
            yield duty.id


def of(duty: Duty) -> Document:
    """The document of a duty."""
    return book().documents[duty.document]


def test_a_list_of_responsibilities_that_is_not_of_a_year_is_to_be_ruled() -> None:
    for duty in book().duties:
        if "责任清单印发" in kinds(duty) and not re.search("年度|责任清单印发", said(duty)):
            assert duty.is_to_be_ruled, duty.id


def test_what_a_yearly_assessment_is_to_hold_is_to_be_ruled() -> None:
    content = re.compile("(?:纳入|納入|作为|在委属单位)[^,]*年度[^,]*(?:考核|考试)")
    found = [duty for duty in book().duties if content.search(re.sub(r"\([^)]*\)", "", said(duty)))]
    assert len(found) > 5
    assert [duty.id for duty in found if not duty.is_to_be_ruled] == []


def test_what_a_meeting_is_to_be_about_is_to_be_ruled() -> None:
    content = re.compile("作为[^,]*(?:例会|交接班)[^,]*内容")
    found = [duty for duty in book().duties if content.search(said(duty))]
    assert found
    assert [duty.id for duty in found if not duty.is_to_be_ruled] == []


def test_a_mechanism_that_is_only_named_or_to_be_built_is_to_be_ruled() -> None:
    built = r"(?:建立|健全|完善|强化)[^,;。]*[日周月季年]度?(?:管控|排查|调度|分析|研判|复盘|评析)"
    found = 0
    for duty in book().duties:
        bare = "日周月" in said(duty) and not re.search(r"[日周月]排查|[日周]督查", said(duty))
        bare = bare or "每周安全讲坛" in said(duty)
        if bare or re.search(built, said(duty)):
            assert duty.is_to_be_ruled or not kinds(duty) & SCREENING, duty.id
            found += 1
    assert found > 10


SCREENING = {
    "隐患排查",
    "班组排查",
    "日管控",
    "周排查",
    "月调度",
    "分析研判",
    "形势研判",
    "复盘",
    "季度评析",
}


def test_the_goal_of_2026_is_no_duty_anywhere() -> None:
    goal = re.compile(
        r"(?:形成|建立|建立健全)重大事故隐患(?:常态化、)?动态(?:化排查)?清零的?(?:常态化)?机制"
    )
    reasons = Counter()
    for passages in book().ruled_out.values():
        for _, one in passages:
            if goal.search(one.quote):
                reasons[one.reason] += 1
    assert [duty.id for duty in book().duties if goal.search(said(duty))] == []
    assert list(reasons) == ["目标，是后果，不是单独的履职行为"]
    assert sum(reasons.values()) >= 10


def test_work_before_a_post_may_be_done_90_days_ahead() -> None:
    posts = {"员工上岗", "重点岗位上岗", "执法人员上岗"}
    found = [
        (duty.id, str(one.no_earlier_than))
        for duty in judged()
        for one in measures(duty)
        if posts & set(one.before or ())
    ]
    assert len(found) > 7
    assert {ahead for _, ahead in found} == {found[0][1]}
    assert "90" in found[0][1]


def test_a_race_may_be_assessed_90_days_ahead_and_is_inspected_within_30() -> None:
    ahead = {
        duty.id.rpartition(".")[2]: one.no_earlier_than
        for duty in judged()
        for one in measures(duty)
        if any("赛事" in event for event in one.before or ())
    }
    assert ahead.keys() == {"assess_before_event", "lead_check_before_event"}
    assert "90" in str(ahead["assess_before_event"])
    assert "30" in str(ahead["lead_check_before_event"])


def test_what_is_only_named_as_a_way_or_a_plan_to_be_carried_out_is_to_be_ruled() -> None:
    way = re.compile("通过[^,]*(?:例会|年度核查)|(?:落实|按照)[^,;。制]*年度[^,;。]*计划")
    found = [duty for duty in book().duties if way.search(said(duty))]
    assert len(found) > 3
    assert [duty.id for duty in found if not duty.is_to_be_ruled] == []


def test_a_mechanism_built_by_a_day_may_be_recorded_as_issued_or_closed() -> None:
    mechanism = re.compile("(?:建立|健全|完善)[^,;。]*机制")
    found = [
        kinds(duty)
        for duty in judged()
        if mechanism.search(said(duty)) and "制定印发" in kinds(duty)
    ]
    assert len(found) > 3
    assert all("办结" in one for one in found)


def test_a_patrol_or_watch_that_is_only_to_be_made_stronger_is_to_be_ruled() -> None:
    stronger = re.compile("(?:加强|强化)[^,;。]*(?:巡查|值守)")
    at = re.compile("在[^,;。]*等重要时段")
    found = [
        duty for duty in book().duties if stronger.search(said(duty)) and not at.search(said(duty))
    ]
    assert len(found) > 2
    assert [duty.id for duty in found if not duty.is_to_be_ruled] == []


def test_a_study_of_problems_that_is_not_called_special_takes_every_safety_meeting() -> None:
    study = re.compile("研究[^,;。]*问题")
    found = 0
    for duty in book().duties:
        meeting = kinds(duty) and kinds(duty) <= tree("安全生产会议")
        if meeting and study.search(said(duty)) and "专题" not in said(duty):
            assert "安全生产会议" in kinds(duty), duty.id
            found += 1
    assert found > 10


def test_weeks_of_an_office_that_are_wholly_off_ask_nothing() -> None:
    found = 0
    for duty in judged():
        types = duty.holder.units.type if duty.holder.units else ()
        for one in measures(duty):
            if str(one.per) == "week" and set(types) & {"部门", "派出所"}:
                assert "休息日" in one.except_, duty.id
                found += 1
    assert found


NARROW = re.compile(r"专项(?:安全)?(?:督导)?检查|执法检查|檢查督查各專委會")


def test_a_clause_that_says_inspection_takes_every_kind_of_it() -> None:
    found = 0
    for duty in book().duties:
        plain = re.search("检查|檢查", NARROW.sub("", said(duty)))
        if plain and kinds(duty) and kinds(duty) <= tree("安全检查"):
            assert "安全检查" in kinds(duty), duty.id
            found += 1
    assert found > 30


def test_who_checks_how_major_hazards_are_put_right_may_call_it_a_screening() -> None:
    found = [duty for duty in book().duties if "重大隐患检查" in kinds(duty)]
    assert len(found) > 10
    for duty in found:
        assert {"隐患排查", "安全检查"} <= kinds(duty), duty.id


def test_education_and_days_of_publicity_take_training_too() -> None:
    found = 0
    for duty in book().duties:
        windows = any(one.windows for one in measures(duty))
        if "宣传教育" in kinds(duty) and (windows or "教育" in said(duty)):
            assert "教育培训" in kinds(duty), duty.id
            found += 1
    assert found > 25


def test_a_paper_that_the_head_has_drawn_up_counts_under_his_unit_too() -> None:
    found = [
        duty
        for duty in judged()
        if duty.holder.posts and any(kind.endswith("印发") for kind in kinds(duty))
    ]
    assert len(found) > 5
    assert [duty.id for duty in found if not (duty.activity and duty.activity.of_unit)] == []
    assert [duty.id for duty in found if "登记在本单位名下的也算" not in (duty.note or "")] == []


def test_a_number_of_inspections_of_several_is_asked_of_all_together() -> None:
    several = re.compile("[督检]查(?:督查)?各專委會|对各片区")
    found = [duty for duty in judged() if several.search(said(duty))]
    assert len(found) > 1
    for duty in found:
        assert any(one.at_least == 1 and not one.each for one in measures(duty)), duty.id


def test_nobody_is_asked_for_a_number_of_months() -> None:
    """They are counted in days: who writes no amount would else have done one month by one act."""
    units = {one.unit for duty in judged() for one in measures(duty) if one.unit}
    assert {"天", "台"} <= units
    assert not units & {"个月", "月", "年", "周", "日"}


def test_titles_of_a_document_differ() -> None:
    titles = Counter((duty.document, duty.title) for duty in book().duties)
    assert [title for title, times in titles.items() if times > 1] == []


WITH_A_MATTER = [
    duty for duty in book().duties if duty.activity and "事项" in duty.activity.attributes
]


@pytest.mark.parametrize("duty", WITH_A_MATTER, ids=lambda duty: duty.id)
def test_a_matter_is_asked_in_the_words_of_its_clause(duty: Duty) -> None:
    text = (PIECES / f"{duty.document}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if any(one.quote in line for one in duty.sources)]
    assert duty.activity
    for matter in duty.activity.attributes["事项"]:
        assert not set(matter) & set("“”‘’\"'"), matter
        assert any(matter in words for words in (said(duty), *lines)), matter


@pytest.mark.parametrize("duty", WITH_A_MATTER, ids=lambda duty: duty.id)
def test_a_matter_is_asked_only_to_tell_two_duties_of_one_holder_apart(duty: Duty) -> None:
    assert any(
        other.id != duty.id and other.document == duty.document and may_be_taken_for(duty, other)
        for other in book().duties
    )


def may_be_taken_for(one: Duty, other: Duty) -> bool:
    """Whether an act that one of them takes could be an act that the other takes."""
    wider = book().vocabulary.wider_kinds
    alike = any(a in wider[b] or b in wider[a] for a in kinds(one) for b in kinds(other))
    return alike and share_a_holder(one, other)


def share_a_holder(one: Duty, other: Duty) -> bool:
    """Whether one unit, with its posts, can owe both."""
    classes = set(one.holder.posts), set(other.holder.posts)
    if all(classes) and not set.intersection(*classes):
        return False
    return any(meet(a, b) for a in branches(one.holder.units) for b in branches(other.holder.units))


Branch = tuple[frozenset[str] | None, frozenset[str] | None, frozenset[str]]
"""The types, the industries (None: any) and the tags of a unit."""


def branches(condition: Condition | None) -> list[Branch]:
    """The ways in which a unit can be selected; what `not` leaves out is not looked at."""
    if condition is None:
        return [(None, None, frozenset())]
    found: list[Branch] = [
        (
            frozenset(condition.type) or None,
            frozenset(condition.industry) or None,
            frozenset(condition.tags),
        )
    ]
    for part in condition.all:
        found = [join(a, b) for a in found for b in branches(part)]
    if condition.any:
        found = [join(a, b) for a in found for part in condition.any for b in branches(part)]
    return found


def join(a: Branch, b: Branch) -> Branch:
    return (narrowed(a[0], b[0]), narrowed(a[1], b[1]), a[2] | b[2])


def narrowed(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    return b if a is None else a if b is None else a & b


NAMES_A_DEPARTMENT = re.compile(
    r"区(?!属|消防安全委员会)|共青团区委|巴南海事局|\w+支队$|警保处|指挥中心|\w+部$|\w+服务中心$"
)
"""Tags that say which department a unit is: no unit has two of them."""


def meet(a: Branch, b: Branch) -> bool:
    """Whether one unit may be selected both ways.

    A unit with a type of its own is not met by a condition that names none, unless both ask for
    the same tag: 社会单位, say, are enterprises and not a department of the district.
    """
    for mine, yours in ((a[0], b[0]), (a[1], b[1])):
        if mine is not None and yours is not None and not mine & yours:
            return False
    for one, other in ((a, b), (b, a)):
        if one[0] and "企业" not in one[0] and other[0] is None and not one[2] & other[2]:
            return False
    return sum(bool(NAMES_A_DEPARTMENT.match(tag)) for tag in a[2] | b[2]) < 2
