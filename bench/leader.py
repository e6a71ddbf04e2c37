"""`python -m bench.leader [ACTIVITIES]`: one leader's record out of a store of any size.

The store is that of `bench.office`, on disk; people are spread over it, each read and judged once,
so that nobody's pages are at hand. What is timed is what `leader` does between its start and its
printing: finding the person, reading his posts and acts, judging, and the record.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.office import ACTS_A_HOLDER, AS_OF, make_store, rulebook
from data.store.opening import Store, open_store
from data.store.person_subset import StoredSubsets, people_called
from engine.judging.audit import Judged
from engine.judging.world import World
from engine.one_person import judge_people, world_of_people
from reports.leader.facts import leader_record
from rules.rulebook import Rulebook

PEOPLE = 200


def judged_alone(store: Store, rules: Rulebook, name: str) -> tuple[World, list[Judged], str]:
    """Finds, reads and judges one person."""
    people = people_called(store, name)
    found = world_of_people(rules, StoredSubsets(store), people, AS_OF)
    assert found is not None
    world, subset = found
    return world, judge_people(world, subset), people[0]


def answer_times(file: Path, activities: int) -> dict[str, float]:
    """Milliseconds by the clock: the median, and what all but one in twenty stay below."""
    store, rules = open_store(str(file)), rulebook()
    holders = max(1, activities // ACTS_A_HOLDER)
    judged, whole, verdicts = [], [], 0
    for number in range(min(PEOPLE, holders)):
        name = f"张{number * 7919 % holders:07}"
        begun = perf_counter()
        world, found, person = judged_alone(store, rules, name)
        judged.append((perf_counter() - begun) * 1000)
        verdicts = len(leader_record(world, found, (), person).verdicts)
        whole.append((perf_counter() - begun) * 1000)
    store.close()
    slow = len(judged) * 19 // 20
    return {
        "people": len(judged),
        "verdicts each": verdicts,
        "ms read and judged": median(judged),
        "ms at most of 19 in 20": sorted(judged)[slow],
        "ms with the record": median(whole),
    }


def main(arguments: list[str]) -> None:
    """Prints the figures of each size, or of the store in a file: SIZE=FILE."""
    with tempfile.TemporaryDirectory() as folder:
        for told in arguments or ["1_000_000"]:
            size, _, given = told.partition("=")
            activities = int(size.replace("_", ""))
            file = Path(given) if given else Path(folder) / f"leader_{activities}.db"
            if not given:
                make_store(file, activities).close()
            found = answer_times(file, activities)
            figures = ", ".join(f"{name} {figure:,.1f}" for name, figure in found.items())
            print(f"{activities:,} activities: {figures}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
