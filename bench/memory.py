"""`python -m bench.memory STORE`: the peak of memory that an audit adds to its imports."""

from __future__ import annotations

import json
import re
import resource
import sys
from importlib import import_module
from pathlib import Path

from bench.office import AS_OF, rulebook
from bench.timed import YEAR_SPAN, timed_audit
from data.store.opening import open_store


def peak_mb() -> float:
    """The largest size that this process has had so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells on Linux begins with the size of the process that started this one.
        told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if told:
            return int(told[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(file: str) -> None:
    """Prints the megabytes as JSON: of the register, and of all."""
    for name in ("numpy", "pyarrow", "adbc_driver_sqlite.dbapi", "engine.counting.fast"):
        import_module(name)
    rulebook()
    store = open_store(file)
    begun = peak_mb()
    register = store.read_records(with_activities=False)
    laid_out = peak_mb()
    timed_audit(store, register, AS_OF, YEAR_SPAN)
    print(json.dumps({"register": laid_out - begun, "mb": peak_mb() - begun}))


if __name__ == "__main__":
    main(sys.argv[1])
