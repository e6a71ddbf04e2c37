"""Feeds one target for some seconds, guided by what it reaches: `python -m tests.fuzz.run`.

Arguments: the target, the seconds. Needs the extra `fuzz`. An input that breaks a target is kept
beside it in `build/fuzz`; mended, it belongs into `corpus`. At the end it says how many inputs were
tried.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = ("cli", "files", "problems", "commands", "data", "engine", "reports", "rules", "services")
MEGABYTES = 3000


def main(name: str, seconds: str) -> None:
    """Feeds the target `name`; ends with libFuzzer's status, 0 where nothing broke."""
    import atheris

    scratch = Path(tempfile.mkdtemp(prefix="dutyclock-fuzz-"))
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        os.environ[variable] = str(scratch)
    with atheris.instrument_imports(include=[*OWN, "tests.fuzz.targets"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]

    def one(data: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            target(data, Path(folder))

    kept, found = ROOT / "build" / "fuzz", scratch / "found"
    kept.mkdir(parents=True, exist_ok=True)
    found.mkdir()
    known = Path(__file__).parent / "corpus" / name
    options = [
        *(f"-max_total_time={int(seconds)}", "-max_len=400", "-len_control=0", "-timeout=60"),
        *(f"-rss_limit_mb={MEGABYTES}", "-print_final_stats=1"),
        f"-artifact_prefix={kept}/{name}-",
    ]
    folders = [str(found), *([str(known)] if known.is_dir() else [])]
    atheris.Setup([sys.argv[0], *options, *folders], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])
