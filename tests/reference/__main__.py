"""The engine beside the second reading on many worlds: `python -m tests.reference --worlds N`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter

from tests.engine.judging.reaching_seeds import SEEDS
from tests.reference.branches import SENTENCES, Reading
from tests.worlds.compare import differences, show
from tests.worlds.reaching import changed, read
from tests.worlds.world_kinds import KINDS, drawn


def compared(first: int, count: int, kind: str | None, shown: int) -> bool:
    """Whether all agree. Prints how many of each kind do, and the seeds of those that do not."""
    agree: Counter[str] = Counter()
    differ: dict[str, list[int]] = {}
    fields: Counter[str] = Counter()
    for seed in range(first, first + count):
        name, world = (kind, KINDS[kind](seed)) if kind else drawn(seed)
        found = differences(world)
        if not found:
            agree[name] += 1
            continue
        differ.setdefault(name, []).append(seed)
        fields.update({f"{name}: {field}" for _, field, _, _ in found})
        if shown > 0:
            shown -= 1
            print(f"\n=== {name} {seed}")
            show(world)
            for one, field, engine, reference in found[:6]:
                print(
                    f"  >> {one} {field}\n       engine    {engine}\n       reference {reference}"
                )
    print()
    for name in sorted({*agree, *differ}):
        seeds = differ.get(name, [])
        print(f"{name:16} agree {agree[name]:5} differ {len(seeds):5}  {seeds[:8] or ''}")
    for field, n in fields.most_common(30):
        print(f"   {n:5} {field}")
    print(f"{agree.total()} of {count} worlds agree")
    return not differ


def reached(first: int, count: int, kind: str | None) -> None:
    """Prints a line for `reaching_seeds.py` for every sentence that has none and is reached."""
    wanted = set(SENTENCES) - set(SEEDS)
    for seed in range(first, first + count):
        if not wanted:
            break
        name, world = (kind, KINDS[kind](seed)) if kind else drawn(seed)
        reads = Reading()
        whole = read(world, reads)
        # what was asked need not have changed a verdict
        for key in sorted(reads.asked & wanted):
            if changed(world, key, whole):
                wanted.remove(key)
                print(f'    "{key}": ("{name}", {seed}),', flush=True)
    print("    # not reached:", *sorted(wanted))


def main() -> int:
    """0: all worlds agree."""
    parser = ArgumentParser(prog="python -m tests.reference", description=__doc__)
    parser.add_argument("--worlds", type=int, default=1000, help="how many worlds (1000)")
    parser.add_argument("--from-seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--kind", choices=sorted(KINDS), help="only this kind of world")
    parser.add_argument("--show", type=int, default=3, help="how many that differ to print whole")
    parser.add_argument("--reach", action="store_true", help="find seeds for sentences instead")
    asked = parser.parse_args()
    if asked.reach:
        reached(asked.from_seed, asked.worlds, asked.kind)
        return 0
    return not compared(asked.from_seed, asked.worlds, asked.kind, asked.show)


if __name__ == "__main__":
    raise SystemExit(main())
