"""SEMANTICS, section 2, "distinct" and "least": what a single act must be, in doubtful cases."""

from __future__ import annotations

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

JULY = "2024-07-01"


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) than "
        "the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
    "with one missing, an act on the limit's day is in time, flag `time_missing`",
)
def test_thirty_hours_after_an_act_without_a_time_may_be_over_on_the_next_day() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month", "least_interval": "30 hours"})
    office.act("2024-06-10")
    office.act("2024-06-11", at="09:00")
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "time_missing" in verdict.flags) == ("met", True)


@sentence(
    "one sooner after the last counted act of any period (of coverage: of that member) than "
    "the least interval (间隔不少于6个月) does not either (`too_soon`)"
)
def test_thirty_hours_after_a_known_hour_are_counted_by_the_clock() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month", "least_interval": "30 hours"})
    office.act("2024-06-10", at="09:00")
    office.act("2024-06-11", at="14:59")
    assert office.why("2024-06", JULY) == {"a02": "too_soon"}


@sentence(
    "one sooner after the last counted act of any period (of coverage: of that member) than "
    "the least interval (间隔不少于6个月) does not either (`too_soon`)"
)
def test_an_act_on_the_day_after_is_too_soon_where_two_days_must_lie_between() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month", "least_interval": "48 hours"})
    office.act("2024-06-10")
    office.act("2024-06-11", at="23:00")
    assert office.why("2024-06", JULY) == {"a02": "too_soon"}


def lifts(**said: object) -> Office:
    """Four different lifts a month, each time at least one."""
    office = Office()
    least = {"amount": 1, "unit": "台"}
    office.duty({"at_least": 4, "unit": "台", "per": "month", "least_amount": least, **said})
    office.subject("甲")
    return office


@sentence(
    "a blank amount, or one in another unit, asks for the record, also under a quota",
    (
        "what was counted in the period counts no more (`duplicate`), whatever quantity is "
        "written; only subjects that match are counted, and an act that names none counts its "
        "quantity"
    ),
)
def test_a_blank_amount_cannot_make_one_named_lift_four_different_ones() -> None:
    office = lifts(distinct="subjects")
    office.act("2024-06-12", subjects=("甲",))
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "records_incomplete" in verdict.flags) == ("overdue", False)


@sentence(
    "a blank amount, or one in another unit, asks for the record, also under a quota",
    (
        "what was counted in the period counts no more (`duplicate`), whatever quantity is "
        "written; only subjects that match are counted, and an act that names none counts its "
        "quantity"
    ),
)
def test_a_blank_amount_of_lifts_that_are_not_named_may_be_four() -> None:
    office = lifts(distinct="subjects")
    office.act("2024-06-12")
    assert "records_incomplete" in office.verdict("2024-06", JULY).flags


@sentence("a blank amount, or one in another unit, asks for the record, also under a quota")
def test_a_blank_amount_may_be_four_where_they_need_not_differ() -> None:
    office = lifts()
    office.act("2024-06-12", subjects=("甲",))
    assert "records_incomplete" in office.verdict("2024-06", JULY).flags


@sentence(
    "what was counted in the period counts no more (`duplicate`), whatever quantity is "
    "written; only subjects that match are counted, and an act that names none counts its "
    "quantity"
)
def test_of_two_acts_of_one_day_the_earlier_brings_the_subject() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month", "distinct": "subjects"})
    office.subject("甲")
    office.subject("乙")
    office.act("2024-06-12", id="a", at="16:00", subjects=("甲", "乙"))
    office.act("2024-06-12", id="b", at="09:00", subjects=("甲",))
    counted = {one.activity: one.quantity for one in office.verdict("2024-06", JULY).counted}
    assert counted == {"b": 1, "a": 1}


@sentence("only acts that their period lacked set that clock")
def test_a_visit_in_a_quarter_that_asks_nothing_sets_no_clock() -> None:
    office = Office()
    office.document("new", signed="2024-02-25")
    each = {"type": "项目"}
    measure = {"each": each, "at_least": 1, "per": "quarter", "least_interval": "2 months"}
    office.duty(measure, document="new")
    office.subject("甲")
    office.act("2024-03-18", subjects=("甲",))
    office.act("2024-04-03", subjects=("甲",))
    assert office.verdict("2024-Q1", JULY).state == "exempt"
    assert office.verdict("2024-Q2", JULY).state == "met"
