"""An audit's page is the same whether its verdicts were laid out or counted from columns."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from data.store.feed import StoreFeed
from data.store.opening import open_store
from engine.counting.fast import audit_summary
from engine.judging.audit import world_of
from reports.audit.overview import Overview, overview_from_columns, overview_of
from reports.audit.terminal import print_summary
from reports.i18n import LANGS, Lang
from reports.names import Names
from reports.numbered import RowNumbers
from samples.office import write_world
from services import look
from tests.helpers.audited import audited
from tests.helpers.databases import address
from tests.helpers.factory_cli import Said, cache, call
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.memory_feed import MemoryFeed
from tests.worlds.worlds import world_of_seed

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")


def stored(tables: Path, records_from: str) -> Path:
    """A store with the tables of that folder."""
    store = tables.with_name("store.db")
    assert call("init", "--records-from", records_from, "--db", store).code == 0
    taken = call("import", tables, "--db", store)
    assert taken.code == 0, taken.err
    return store


def both_ways(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> tuple[Said, Said]:
    """What a command says of a store that counts as small, and as large."""
    said = []
    for many_acts in (10**9, -1):
        monkeypatch.setattr(look, "MANY_ACTS", many_acts)
        said.append(call(*words))
    return said[0], said[1]


ASKED = (
    ("2023-01-10", "--span", "2022-12"),
    ("2023-07-01", "--span", "2023"),
    ("2023-06-20", "--document", "park_2022"),
    ("2023-07-01", "--span", "2021"),
)
"""A month and a year with arrears, one document's duties, and a span of which nothing is judged."""


def test_the_demos_page_is_the_same_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_world(tmp_path / "tables")
    store = stored(tmp_path / "tables", "2022-07-01")
    asked = [(*one, "--lang", "zh") for one in ASKED] + [(*ASKED[0], "--lang", "en")]
    codes = set()
    for one in asked:
        whole, counted = both_ways(monkeypatch, "audit", "--as-of", *one, "--db", store)
        assert counted.out == whole.out
        assert counted.code == whole.code != 2
        codes.add(whole.code)
    assert codes == {0, 1}


def printed(overview: Overview, names: Names, lang: Lang) -> str:
    """The page of a terminal."""
    out = io.StringIO()
    console = Console(file=out, width=200, force_terminal=True)
    print_summary(overview, names, console, RowNumbers(), lang)
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_any_world_is_the_same_both_ways(lang: Lang) -> None:
    for seed in range(60):
        world = world_of_seed(9000 + seed)
        names = Names(world.records, world.rulebook.vocabulary)
        whole = audited(world.rulebook, world.records, world.as_of, span=world.span)
        register = replace(world.records, activities=())
        counted = audit_summary(
            world.rulebook, register, MemoryFeed(world.records), world.as_of, span=world.span
        )
        page = printed(overview_from_columns(counted, names), names, lang)
        assert page == printed(overview_of(whole, names), names, lang), seed


@pytest.mark.usefixtures("database")
def test_a_store_tells_the_days_of_evidence_of_all_acts(tmp_path: Path) -> None:
    write_world(tmp_path / "tables")
    file = stored(tmp_path / "tables", "2022-07-01")
    store = open_store(address(file))
    records = store.read_records()
    world = world_of(shipped_rules(), records, date(2023, 7, 1), None)
    acts = [act for act in records.activities if act.standing == "live"]
    assert StoreFeed(store).proof_days(acts) == world.days_of_evidence
    some = [act for act in acts if len(act.proofs) > 1][:3] + acts[:3]
    asked = {item for act in some for item in act.proofs}
    told = StoreFeed(store).proof_days(some)
    assert told == {item: world.days_of_evidence[item] for item in asked}
    assert any(len(days) > 1 for days in world.days_of_evidence.values())
    store.close()
