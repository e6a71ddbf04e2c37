"""Whatever is answered from a few people's own posts and acts is answered so from all records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

import services.look
import services.office
from data.records import Activity
from data.store.journal import Doing
from engine.judging.verdict import State
from problems import BadInput
from reports.jsonio import dump_json
from reports.leader.as_json import leader_json
from reports.names import Names
from reports.why.as_json import why_json
from reports.why.words import why_text
from samples.office import write_world
from services import records
from services.importing import handed_in, take
from services.keeping import init
from services.leader import leader
from services.look import Look, When, looks
from services.naming import NameResolver
from services.office import Office, office_rulebook, store_of
from services.records import ActWorth, Written, make_up, record
from services.why import Why, why
from tests.engine.test_one_person import store_of as store_of_shape
from tests.helpers.databases import address
from tests.worlds.world_shapes import SHAPES

NOW = datetime.fromisoformat("2023-07-01T09:00")
LAST = When(NOW, date(2023, 7, 1))
DOING = Doing(NOW, "测试")


class Ways:
    """Counts which way each look was, and may shut the shorter one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.apart = services.look._apart
        self.taken: Counter[bool] = Counter()
        self.is_shut = False
        monkeypatch.setattr(services.look, "_apart", self)

    def __call__(self, *asked: object) -> Look | None:
        if self.is_shut:
            return None
        found = self.apart(*asked)  # type: ignore[arg-type]
        self.taken[found is not None] += 1
        return found


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    return Ways(monkeypatch)


def told_why(it: Why) -> str:
    texts = [why_text(it.world, it.explanation, lang) for lang in ("zh", "en")]
    return "".join(texts) + dump_json(why_json(it.explanation))


def both_whys(ways: Ways, office: Office, when: When, name: str) -> tuple[str, str]:
    """The answer of the shorter way where there is one, and of the longer one."""
    found = []
    for is_shut in (False, True):
        ways.is_shut = is_shut
        try:
            found.append(told_why(why(office, when, name)))
        except BadInput as error:
            found.append(str(error.problems))
    ways.is_shut = False
    return found[0], found[1]


@pytest.mark.parametrize("feature", sorted(SHAPES))
def test_why_is_the_same_from_a_few_people_as_from_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ways: Ways, feature: str
) -> None:
    for seed in range(1, 3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store, rules, as_of = store_of_shape(folder, seed, feature, monkeypatch)
        monkeypatch.setattr(services.office, "load_rulebook", lambda *_, rules=rules: rules)
        office, when = Office(str(folder / "s.db")), When(NOW, as_of)
        all_of_it = next(looks(store, rules, when))
        names = [one.verdict.id for one in all_of_it.judged()]
        for name in Random(seed).sample(names, min(len(names), 5)):
            short, long = both_whys(ways, office, when, name)
            assert short == long
            assert name in short
        store.close()
    TAKEN.update(ways.taken)
    SHAPED.add(feature)


TAKEN: Counter[bool] = Counter()
SHAPED: set[str] = set()


def test_the_shorter_way_answers_most_whys() -> None:
    if set(SHAPES) != SHAPED:
        pytest.skip("only some of the shapes were tried")
    assert TAKEN[True] > 2 * TAKEN[False], TAKEN


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demo's small world, as it was taken in."""
    folder = tmp_path_factory.mktemp("park")
    write_world(folder / "tables")
    office = Office(address(folder / "park.db"), cache=folder)
    init(office, DOING, date(2022, 7, 1))
    take(office, DOING, handed_in(office, folder / "tables"))
    yield office


def everything(office: Office, when: When = LAST) -> Look:
    return next(looks(store_of(office), office_rulebook(office), when))


def test_why_in_the_demo_is_the_same_both_ways(park: Office, ways: Ways) -> None:
    judged = everything(park).judged()
    for one in Random(1).sample(judged, 16):
        short, long = both_whys(ways, park, LAST, one.verdict.id)
        assert short == long
    assert ways.taken[True] > 12


@pytest.mark.parametrize("name", [
    "park_2022.principal.lead_inspection@园区主任/韩雪松@2023-60",
    "park_2022.principal.lead_inspection@园区主任@2023-06",
    "park_2022.principal.lead_inspection@没有的岗位@2023-06",
    "park_2022.principal.lead_inspectoin@园区主任/韩雪松@2023-06",
    "park_2022.principal.lead_inspection",
    "@@",
])  # fmt: skip
def test_what_nobody_owes_is_told_with_the_same_hints_both_ways(
    park: Office, ways: Ways, name: str
) -> None:
    short, long = both_whys(ways, park, LAST, name)
    assert short == long
    assert "no_such_" in short


def test_an_earlier_knowledge_day_is_read_from_all_records(park: Office, ways: Ways) -> None:
    one = next(one for one in everything(park).judged() if one.verdict.state is State.MET)
    found = why(park, When(NOW, LAST.as_of, date(2023, 6, 30)), one.verdict.id)
    assert not ways.taken
    assert found.explanation.verdict.id == one.verdict.id


def test_a_leader_in_the_demo_is_the_same_both_ways(park: Office, ways: Ways) -> None:
    for name in ("秦岚", "韩雪松", "江小帆"):
        found = []
        for is_shut in (False, True):
            ways.is_shut = is_shut
            found.append(dump_json(leader_json(leader(park, LAST, name).records)))
        assert found[0] == found[1]


def told_counted(it: ActWorth | None) -> list[object]:
    """All that is said of an act that was recorded."""
    assert it is not None
    names = Names.of_world(it.world)
    replaced = [(old.activity, old.day, old.kind, names.doer(old)) for old in it.replaces]
    counts = [(one.verdict.id, one.verdict.state, one.verdict.counted) for one in it.counts_for]
    return [it.act, it.unit, replaced, counts]


def cells_of(act: Activity) -> dict[str, str]:
    """An act as it may be recorded once more."""
    cells = {
        "kind": act.kind,
        "day": act.day.isoformat(),
        "holder": act.holder,
        "person": act.person,
        "role": act.role,
        "subjects": ";".join(act.subjects),
    }
    return {name: text for name, text in cells.items() if text}


@pytest.fixture
def own_park(tmp_path: Path, park: Office) -> Office:
    """A demo world of one's own, to be written into."""
    store = store_of(park)
    assert store.file is not None
    store.close()
    (tmp_path / "own.db").write_bytes(store.file.read_bytes())
    return Office(str(tmp_path / "own.db"), cache=park.cache)


def test_what_an_act_counts_for_is_the_same_both_ways(park: Office) -> None:
    store, rules = store_of(park), office_rulebook(park)
    all_of_it = everything(park)
    used = {act.activity for one in all_of_it.judged() for act in one.verdict.counted}
    acts = [one for one in all_of_it.records.activities if one.standing == "live"]
    some = Random(3).sample([one for one in acts if one.activity in used], 8)
    ways = counted = 0
    for act in (*some, *Random(4).sample(acts, 4)):
        whose = records._whose(rules, cells_of(act))
        found = [
            records._counted(it, act.activity, "", NOW.date())
            for it in looks(store, rules, LAST, whose)
        ]
        ways += len(found) > 1
        assert [told_counted(one) for one in found] == [told_counted(found[-1])] * len(found)
        counted += bool(found[-1] and found[-1].counts_for)
    assert ways > 6
    assert counted >= 8


def test_what_is_unmet_is_the_same_both_ways(park: Office) -> None:
    store, rules = store_of(park), office_rulebook(park)
    late = [one.verdict for one in everything(park).judged() if one.verdict.state is State.OVERDUE]
    ways, said, names_of = 0, set(), NameResolver(store, rules)
    for verdict in Random(7).sample(late, 12):
        assert verdict.duty.activity is not None
        kind, holder = verdict.duty.activity.kind[0], verdict.post or verdict.unit
        row = {"kind": kind, "day": "2023-07-01", "holder": holder}
        seen = list(looks(store, rules, LAST, records._whose(rules, row)))
        ways += len(seen) > 1
        for label in (verdict.label, "2019-01"):
            asked = row | {"makes_up": label}
            told = {str(records._nothing_unmet(it, asked, names_of)) for it in seen}
            assert len(told) == 1
            said |= told
    assert ways > 6
    assert "None" in said
    assert len(said) > 3


def test_a_recorded_act_is_told_with_what_it_replaces(own_park: Office, ways: Ways) -> None:
    store, rules = store_of(own_park), office_rulebook(own_park)

    def is_apart(act: Activity) -> bool:
        whose = records._whose(rules, cells_of(act))
        return next(looks(store, rules, LAST, whose)).subset is not None

    acts = everything(own_park).records.activities
    act = next(one for one in acts if one.standing == "live" and is_apart(one))
    ways.taken.clear()
    written: list[Written] = []
    cells = cells_of(act) | {"supersedes": act.activity}
    found = record(own_park, DOING, cells, written.append)
    assert ways.taken[True]
    ways.is_shut = True
    again = record(own_park, DOING, cells | {"activity": found.act.activity}, written.append)
    assert told_counted(found) == told_counted(again)
    assert [old.activity for old in found.replaces] == [act.activity]
    name = found.act.activity
    assert written == [Written(name), Written(name, was_known=True)]


def test_an_act_that_makes_nothing_good_is_refused_and_not_written(own_park: Office) -> None:
    before = everything(own_park).entry
    row = {"kind": "安全检查", "day": "2023-07-01", "holder": "园区主任", "makes_up": "2019-01"}
    with pytest.raises(BadInput, match=r"nothing_unmet .* id=园区主任 label=2019-01"):
        make_up(own_park, DOING, row)
    assert everything(own_park).entry == before
