"""SEMANTICS, section 6: an audit depends on its inputs alone, and on what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.keeping.kept_audits import keep_audit, kept_audit
from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import Store
from engine.judging.audit import default_span, judge_all, world_of
from engine.judging.verdict import Audit
from reports.audit.as_json import audit_json
from reports.jsonio import dump_json
from reports.leader.facts import leader_record
from rules.rulebook import Hashes
from services.audit import checksum
from tests.helpers.audited import audited
from tests.helpers.factory_store import take
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run
from tests.semantics.section_5.test_section_5_closed import levels

MONTHLY = {"at_least": 1, "per": "month"}


def busy_office() -> Office:
    """Several duties, people and acts, so that order could matter."""
    office = Office(records_from="2024-01-01")
    office.duty(MONTHLY, "monthly")
    office.duty({"at_least": 4, "per": "year"}, "yearly")
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"}, "visits")
    office.duty({"at_least": 1, "after": "事故", "within": "5 days"}, "after")
    office.appoint("王", "2024-01-01", "2024-05-15")
    office.appoint("李", "2024-05-16")
    office.staff("书记", "张")
    for n in range(4):
        office.subject(f"项目{n}")
        office.event(f"事{n}", f"2024-0{n + 2}-03", type="事故")
        office.act(f"2024-0{n + 2}-05", subjects=(f"项目{n}",))
    return office


# same inputs, same bytes


def printed(audit: Audit) -> str:
    return dump_json(audit_json(audit))


@sentence(
    "on nothing else: same inputs, same bytes",
)
def test_the_same_inputs_give_the_same_bytes() -> None:
    assert printed(busy_office().audit("2024-07-01")) == printed(busy_office().audit("2024-07-01"))


@sentence(
    "on nothing else: same inputs, same bytes",
)
def test_the_order_in_which_the_records_come_changes_no_byte() -> None:
    office = busy_office()
    records, rulebook = office.records(), office.rulebook()
    other = replace(
        records,
        units=dict(reversed(records.units.items())),
        posts=dict(reversed(records.posts.items())),
        people=dict(reversed(records.people.items())),
        subjects=dict(reversed(records.subjects.items())),
        appointments=tuple(reversed(records.appointments)),
    )
    first = audited(rulebook, records, on("2024-07-01"))
    second = audited(rulebook, other, on("2024-07-01"))
    assert printed(first) == printed(second)


@sentence(
    "on nothing else: same inputs, same bytes",
)
def test_verdicts_and_arrears_stand_in_the_order_of_their_ids() -> None:
    audit = busy_office().audit("2024-07-01")
    for found in (audit.verdicts, audit.arrears):
        assert len(found) > 2
        assert [one.id for one in found] == sorted(one.id for one in found)


@sentence(
    (
        "A stored audit keeps D, K, the hashes, a checksum of all verdicts and those that "
        "are not `met`; running it again proves it"
    ),
)
def test_an_audit_carries_its_days_and_the_hashes_of_what_it_read() -> None:
    office = busy_office()
    hashes = Hashes(rules="a1", rulings="b2", calendar="c3")
    rulebook = replace(office.rulebook(), hashes=hashes)
    audit = audited(rulebook, office.records(), on("2024-07-01"), known_on=on("2024-07-02"))
    assert (audit.as_of, audit.known_on, audit.hashes) == (
        on("2024-07-01"),
        on("2024-07-02"),
        hashes,
    )
    assert audit.records_from == on("2024-01-01")


# what was known

TABLES = {
    "units": [["unit", "name", "type"], ["园区", "园区", "园区"]],
    "people": [["person", "name"], ["王", "王"]],
    "posts": [["post", "unit", "class"], ["主任", "园区", "主要负责人"]],
    "appointments": [["person", "post", "first"], ["王", "主任", "2024-01-01"]],
}
ACT = ["activity", "kind", "day", "holder", "person", "recorded_at"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with 主任 王, made and filled at the beginning of 2024."""
    made = datetime.fromisoformat("2024-01-01T08:00")
    store = create_store(str(tmp_path / "it.db"), on("2024-01-01"), Doing(made))
    take(store, tmp_path / "base", TABLES, made)
    return store


def june(store: Store, known_on: str | None = None) -> str:
    """The state of June on 2024-07-10, as known at the end of a day."""
    office = Office()
    office.duty(MONTHLY)
    records = store.read_records(None if known_on is None else on(known_on))
    world = world_of(office.rulebook(), records, on("2024-07-10"), None)
    found = [one.verdict for one in judge_all(world) if one.verdict.label == "2024-06"]
    return str(found[0].state)


def record(
    store: Store, folder: Path, *row: str, now: str, extra: dict[str, str] | None = None
) -> None:
    more = extra or {}
    table = [[*ACT, *more], [*row, *more.values()]]
    take(store, folder, {"activities": table}, datetime.fromisoformat(now))


@sentence(
    (
        "day (of several: the one that counts) not after the audit day; recorded by the "
        "knowledge day"
    ),
    "K takes in the whole day, and without K everything in the store is known",
)
@pytest.mark.parametrize(
    ("moment", "state"), [("2024-07-05 23:59", "met"), ("2024-07-06 00:00", "overdue")]
)
def test_a_knowledge_day_takes_in_the_whole_day(
    store: Store, tmp_path: Path, moment: str, state: str
) -> None:
    record(
        store,
        tmp_path / "a",
        "a1",
        "检查",
        "2024-06-12",
        "主任",
        "",
        moment,
        now="2024-07-08T09:00",
    )
    assert june(store, "2024-07-05") == state


@sentence(
    "K takes in the whole day, and without K everything in the store is known",
)
def test_without_a_knowledge_day_everything_in_the_store_is_known(
    store: Store, tmp_path: Path
) -> None:
    record(
        store,
        tmp_path / "a",
        "a1",
        "检查",
        "2024-06-12",
        "主任",
        "",
        "2024-09-01",
        now="2024-09-01T09:00",
    )
    assert june(store) == "met"
    assert june(store, "2024-07-10") == "overdue"


@sentence(
    "Every row has the moment it was recorded",
)
def test_a_row_without_a_moment_was_recorded_at_the_import(store: Store, tmp_path: Path) -> None:
    record(
        store, tmp_path / "a", "a1", "检查", "2024-06-12", "主任", "", "", now="2024-07-08T09:00"
    )
    assert (june(store, "2024-07-07"), june(store, "2024-07-08")) == ("overdue", "met")


@sentence(
    (
        "Corrections never erase: a record is superseded or voided, with who, when and "
        "why, and an audit with an earlier K shows what was known then"
    ),
)
def test_a_correction_erases_nothing_and_an_earlier_knowledge_day_shows_what_was_known(
    store: Store, tmp_path: Path
) -> None:
    record(
        store, tmp_path / "a", "a1", "检查", "2024-06-12", "主任", "", "", now="2024-07-02T09:00"
    )
    record(
        store, tmp_path / "b", "a1", "检查", "2024-05-12", "主任", "", "", now="2024-07-06T09:00"
    )
    assert [june(store, day) for day in ("2024-07-01", "2024-07-05", "2024-07-06")] == [
        "overdue",
        "met",
        "overdue",
    ]


@sentence(
    "not voided, not superseded (from the day that became known)",
    (
        "Corrections never erase: a record is superseded or voided, with who, when and "
        "why, and an audit with an earlier K shows what was known then"
    ),
)
def test_a_void_counts_from_the_day_on_which_it_became_known(store: Store, tmp_path: Path) -> None:
    row = ("a1", "检查", "2024-06-12", "主任", "", "2024-06-12")
    record(store, tmp_path / "a", *row, now="2024-06-12T09:00")
    voided = {"voided_at": "2024-07-06", "voided_by": "李", "void_reason": "误登"}
    record(store, tmp_path / "b", *row, now="2024-07-06T09:00", extra=voided)
    assert (june(store, "2024-07-05"), june(store, "2024-07-06")) == ("met", "overdue")
    standing = {act.activity: act.standing for act in store.read_records(None).activities}
    assert standing == {"a1": "voided"}


@sentence(
    "not voided, not superseded (from the day that became known)",
    (
        "Corrections never erase: a record is superseded or voided, with who, when and "
        "why, and an audit with an earlier K shows what was known then"
    ),
)
def test_an_act_is_superseded_from_the_day_on_which_that_became_known(
    store: Store, tmp_path: Path
) -> None:
    record(
        store, tmp_path / "a", "a1", "检查", "2024-06-12", "主任", "", "", now="2024-06-12T09:00"
    )
    record(
        store,
        tmp_path / "b",
        *("a2", "检查", "2024-05-12", "主任", "", ""),
        now="2024-07-06T09:00",
        extra={"supersedes": "a1"},
    )
    assert (june(store, "2024-07-05"), june(store, "2024-07-06")) == ("met", "overdue")
    standing = {act.activity: act.standing for act in store.read_records(None).activities}
    assert standing == {"a1": "superseded", "a2": "live"}


# stored audits


@sentence(
    (
        "A stored audit keeps D, K, the hashes, a checksum of all verdicts and those that "
        "are not `met`; running it again proves it"
    ),
)
def test_a_stored_audit_keeps_its_days_hashes_checksum_and_what_was_not_met(store: Store) -> None:
    office = busy_office()
    audit = office.audit("2024-07-01", "2024-06")
    whole = audit_json(audit)
    unmet = [one for one in whole["verdicts"] + whole["arrears"] if one["state"] != "met"]
    number = keep_audit(
        store,
        asked={"as_of": "2024-07-01", "known_on": "2024-07-02", "span": "2024-06"},
        hashes=whole["hashes"],
        checksum=checksum(audit),
        unmet=unmet,
        doing=Doing(datetime.fromisoformat("2024-07-02T09:00")),
    )
    kept = kept_audit(store, number)
    assert kept is not None
    assert dict(kept.asked) == {
        "as_of": "2024-07-01",
        "known_on": "2024-07-02",
        "span": "2024-06",
    }
    assert dict(kept.hashes) == whole["hashes"]
    assert kept.checksum == checksum(busy_office().audit("2024-07-01", "2024-06"))
    assert list(kept.unmet) == unmet
    assert kept_audit(store, number + 1) is None


@sentence(
    (
        "A stored audit keeps D, K, the hashes, a checksum of all verdicts and those that "
        "are not `met`; running it again proves it"
    ),
)
def test_the_checksum_is_over_all_verdicts_met_ones_too() -> None:
    office = busy_office()
    before = office.audit("2024-07-01", "2024-06")
    office.act("2024-06-20", id="one more", holder="书记")
    office.act("2024-06-21", id="and one more", holder="书记")
    first = office.audit("2024-07-01", "2024-06")
    office.change("and one more", note="another note")
    assert checksum(first) == checksum(office.audit("2024-07-01", "2024-06"))
    office.change("and one more", standing="voided")
    assert checksum(first) != checksum(office.audit("2024-07-01", "2024-06"))
    assert checksum(first) != checksum(before)


# spans, arrears, and what alerts and a leader's record look at


def july_reports() -> Office:
    """A report by each month's last day; 2024-06-30 is a Sunday, so June is due on 07-01."""
    office = Office(records_from="2024-04-01")
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": "last", "per": "month", "grace": 3})
    return office


@sentence(
    "A span selects obligations by due day before moving and grace",
)
def test_a_span_selects_by_the_due_day_before_moving_and_grace() -> None:
    office = july_reports()
    assert office.verdict("2024-06", "2024-07-10").deadline == on("2024-07-04")
    assert [one.label for one in office.audit("2024-07-10", "2024-06").verdicts] == ["2024-06"]
    assert [one.label for one in office.audit("2024-07-10", "2024-07").verdicts] == ["2024-07"]


@sentence(
    "A span selects obligations by due day before moving and grace",
)
def test_a_span_selects_a_quarter_by_its_last_day() -> None:
    office = Office(records_from="2024-04-01")
    office.duty({"at_least": 1, "per": "quarter"})
    labels = [
        [one.label for one in office.audit("2024-07-01", span).verdicts]
        for span in ("2024-05", "2024-06")
    ]
    assert labels == [[], ["2024-Q2"]]


@sentence(
    "So a month is judged on the first of the next",
    "The default span of an audit is the month of the day before D",
)
@pytest.mark.parametrize(
    ("as_of", "span"),
    [
        ("2024-07-01", "2024-06-01..2024-06-30"),
        ("2024-07-02", "2024-07-01..2024-07-31"),
        ("2024-01-01", "2023-12-01..2023-12-31"),
        ("2024-03-01", "2024-02-01..2024-02-29"),
    ],
)
def test_the_default_span_is_the_month_of_the_day_before(as_of: str, span: str) -> None:
    assert default_span(on(as_of)) == run(span)
    assert Office().audit(as_of).span == run(span)


@sentence(
    ("older ones still overdue are listed apart (`arrears`, with any span) and are in no rate"),
)
@pytest.mark.parametrize("span", [None, "2024-06", "2024-06-01..2024-06-30"])
def test_older_ones_still_overdue_are_arrears_with_any_span_and_in_no_rate(
    span: str | None,
) -> None:
    office = Office(records_from="2024-03-01")
    office.duty(MONTHLY)
    office.acts("2024-03-12", "2024-06-12")
    audit = office.audit("2024-07-01", span)
    assert [one.label for one in audit.verdicts] == ["2024-06"]
    assert [one.label for one in audit.arrears] == ["2024-04", "2024-05"]
    assert (audit.summary.due, audit.summary.rate) == (1, 1)


@sentence(
    ("older ones still overdue are listed apart (`arrears`, with any span) and are in no rate"),
)
def test_what_was_made_up_or_comes_after_the_span_is_no_arrear() -> None:
    office = Office(records_from="2024-03-01")
    office.duty(MONTHLY)
    office.act("2024-05-02", makes_up="2024-03")
    audit = office.audit("2024-07-01", "2024-04")
    assert [one.label for one in audit.verdicts] == ["2024-04"]
    assert audit.arrears == ()


@sentence(
    (
        "`alerts` looks at every obligation that runs, or is overdue and not closed, "
        "whatever the span"
    ),
)
def test_alerts_look_at_what_runs_or_is_overdue_and_not_closed_whatever_the_span() -> None:
    office = Office(records_from="2024-03-01")
    office.duty(MONTHLY)
    office.duty({"at_least": 12, "per": "year"}, "yearly")
    office.act("2024-05-12")
    # 30 July: June is overdue and July runs; April closed at the end of May, March a month before.
    for label, alerted in (
        ("2024-03", []),
        ("2024-04", []),
        ("2024-05", []),
        ("2024-06", ["warn"]),  # the third of the year
        ("2024-07", ["tip"]),
    ):
        assert levels(office, "2024-07-30", label) == alerted, label
    closed = {one.label for one in office.verdicts("2024-07-30") if "closed" in one.flags}
    assert closed == {"2024-03", "2024-04"}
    # The year runs too, and its tip comes a week before its end.
    assert levels(office, "2024-12-24", "2024") == ["tip"]


@sentence(
    "`leader` at all of a person's obligations since `records_from`, past ones too",
)
def test_a_leaders_record_holds_all_obligations_since_records_began_past_posts_too() -> None:
    office = Office(records_from="2024-03-01")
    office.duty(MONTHLY)
    office.appoint("王", "2023-01-01", "2024-04-30")
    office.post("书记")
    office.appoint("王", "2024-05-01", post="书记")
    office.appoint("李", "2024-05-01")
    world = office.world("2024-07-10")
    record = leader_record(world, judge_all(world), (), "王", None)
    own = {(one.post, one.label) for one in record.verdicts if one.label <= "2024-06"}
    assert own == {
        ("主任", "2024-03"),
        ("主任", "2024-04"),
        ("书记", "2024-05"),
        ("书记", "2024-06"),
    }
