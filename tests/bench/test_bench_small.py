"""The bench's own code, on few rows and untimed: every way gives the same verdicts."""

from __future__ import annotations

from pathlib import Path

from bench.__main__ import SIZES, lines, sizes
from bench.measure import measure
from bench.office import AS_OF, make_store, rulebook
from bench.timed import YEAR_SPAN
from reports.audit.statistics import counted_by_duty, counted_by_unit
from tests.helpers.audited import audited
from tests.helpers.databases import server_version

ACTIVITIES = 2_000


def test_every_way_gives_the_same_verdicts(tmp_path: Path) -> None:
    store = make_store(tmp_path / "bench.db", ACTIVITIES)
    exact = audited(rulebook(), store.read_records(), AS_OF, span=YEAR_SPAN)
    store.close()
    found = measure(tmp_path / "bench.db", sample=5, memory=False)
    assert (found.activities, found.holders, found.verdicts) == (ACTIVITIES, 20, 20 * 158)
    assert found.verdicts == len(exact.verdicts)
    summaries = {**counted_by_duty(exact.verdicts), **counted_by_unit(exact.verdicts)}
    counts = {name: one.states for name, one in summaries.items()}
    assert found.counts["counted"] == found.counts["pandas"] == counts
    some = {
        one.post
        for one in exact.verdicts
        if (one.duty.id, one.post, one.period) in found.sample["objects"]
    }
    sample = {
        (one.duty.id, one.post, one.period): (one.state, one.done)
        for one in exact.verdicts
        if one.post in some
    }
    assert found.sample["counted"] == found.sample["objects"] == sample
    assert (len(some), len(sample)) == (5, 5 * 158)
    told = {name: figure for name, figure, _ in lines(found, None)}
    assert told["counts and verdicts"] == "the same"
    assert (found.server is None) == (server_version() is None)
    if found.server is None:
        assert told["over PostgreSQL"] == "left out: no server"
    else:
        assert found.server.counts == counts


def test_the_rows_of_the_bench_are_as_an_import_would_have_made_them(tmp_path: Path) -> None:
    store = make_store(tmp_path / "bench.db", ACTIVITIES)
    columns = "SELECT row_id, holder, class_no, day_no, flags FROM activities ORDER BY row_id"
    with store.reading() as connection:
        before = connection.exec_driver_sql(columns).all()
        numbers = {n: h for h, n in store.holder_numbers().items()}
        classes = {n: (kind, role) for n, kind, role, _ in store.act_classes()}
    assert store.rebuild_columns() == ACTIVITIES
    with store.reading() as connection:
        after = connection.exec_driver_sql(columns).all()
        again = {n: (kind, role) for n, kind, role, _ in store.act_classes()}
    store.close()
    assert len(numbers) == 20
    named = [(row, holder, classes[c], day, flags) for row, holder, c, day, flags in before]
    assert named == [(row, holder, again[c], day, flags) for row, holder, c, day, flags in after]


def test_sizes_come_from_the_arguments_or_from_bench() -> None:
    assert sizes([], None) == SIZES
    assert sizes(["2000"], "5") == (2000,)
    assert sizes([], "1000000,10000000") == (1_000_000, 10_000_000)
