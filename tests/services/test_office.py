"""What services choose: which clock, which folder, and how much of a store is read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.intake.imports import import_row
from data.intake.preview import Fate
from data.store.journal import Doing
from data.words import ANY_WORDS
from problems import BadInput
from services import look
from services.audit import Question, audit
from services.importing import handed_in, preview
from services.keeping import init
from services.look import When, looks
from services.office import (
    Office,
    done_at,
    local,
    office_rulebook,
    own_folder,
    policy_of,
    store_of,
)
from tests.helpers.factory_cli import PARK
from tests.helpers.factory_cli import write as write_park
from tests.helpers.factory_store import office as small_office

at = datetime.fromisoformat
LATE = datetime(2023, 6, 30, 20, 15, 9, 7, tzinfo=UTC)
"""The evening of a day in Greenwich, the morning of the next one in China."""


def test_a_moment_is_told_on_the_clocks_of_the_store(tmp_path: Path) -> None:
    store = small_office(tmp_path)
    assert local(LATE, store) == local(LATE) == at("2023-07-01T04:15:09")
    row = {"key": "timezone", "value": "America/New_York"}
    import_row(store, "settings", row, name="init", words=ANY_WORDS, doing=Doing(local(LATE)))
    assert local(LATE, store) == at("2023-06-30T16:15:09")
    assert done_at(Doing(LATE, "甲", "乙"), store) == Doing(local(LATE, store), "甲", "乙")
    assert When(LATE).day(store) == date(2023, 6, 30)
    assert When(LATE, date(2022, 1, 1)).day(store) == date(2022, 1, 1)
    store.close()


def test_a_moment_without_a_zone_is_local_already(tmp_path: Path) -> None:
    store = small_office(tmp_path)
    assert local(at("2023-06-30T23:59:59.000005"), store) == at("2023-06-30T23:59:59")
    store.close()


def test_the_usual_folder_is_made_with_its_store_and_not_by_looking(tmp_path: Path) -> None:
    office = Office(str(tmp_path / "home" / "dutyclock.db"), is_usual=True)
    with pytest.raises(BadInput, match="no_store_here"):
        store_of(office)
    assert not (tmp_path / "home").exists()
    init(office, Doing(LATE))
    assert store_of(office).timezone() == "Asia/Shanghai"


def test_a_folder_that_was_named_is_not_made(tmp_path: Path) -> None:
    office = Office(str(tmp_path / "mistyped" / "dutyclock.db"))
    for ask in (lambda: store_of(office), lambda: init(office, Doing(LATE))):
        with pytest.raises(BadInput, match="no_parent_folder"):
            ask()
    assert not (tmp_path / "mistyped").exists()


def test_the_own_folder_is_looked_at_when_it_is_asked_for(tmp_path: Path) -> None:
    office = Office("none.db", folder=tmp_path / "none")
    for ask in (own_folder, policy_of, office_rulebook):
        with pytest.raises(BadInput, match="no_such_folder"):
            ask(office)
    assert own_folder(Office("none.db")) is None


def test_a_preview_makes_no_store(tmp_path: Path) -> None:
    office = Office(str(tmp_path / "new.db"), cache=tmp_path)
    sheets = handed_in(office, write_park(tmp_path / "park", PARK))
    found = preview(office, LATE, sheets)
    assert sum(one.count(Fate.NEW) for one in found.preview.tables) > 10
    assert not found.preview.problems
    assert not (tmp_path / "new.db").exists()


@pytest.fixture
def park(tmp_path: Path) -> Office:
    from services.importing import take

    office = Office(str(tmp_path / "park.db"), cache=tmp_path)
    take(office, Doing(LATE), handed_in(office, write_park(tmp_path / "park", PARK)))
    return office


def test_columns_are_read_where_counts_are_enough_of_a_large_store_as_it_is_known_now(
    park: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2022, 10, 1)
    now, then = Question(day), Question(day, date(2023, 1, 1))
    store, rules = store_of(park), office_rulebook(park)

    def ways(question: Question, *, counts: bool) -> list[str]:
        found = looks(store, rules, question.when, counts=counts)
        return ["columns" if it.feed else "few" if it.subset else "all" for it in found]

    assert ways(now, counts=True) == ["all"]
    whole = audit(park, now, counts=True)
    monkeypatch.setattr(look, "MANY_ACTS", 2)
    assert ways(now, counts=True) == ["columns", "all"]
    assert ways(now, counts=False) == ways(then, counts=True) == ["all"]
    counted = audit(park, now, counts=True)
    assert whole.whole is not None
    assert counted.whole is None
    assert counted.overview.summary == whole.overview.summary
    assert audit(park, now).whole is not None
    store.close()
