"""Which rules each fact satisfies, asked of durable-rules: the one module that imports it.

The package is right only in a narrow pattern, and outside of it loses matches silently or ends the
process (docs/decisions/rules-engine.md). So it works in a child process, which runs this very file
as a script: one fact at a time decides, rules are plain lists of comparisons, a batch is some
dozens of facts under one constant sid with a control fact at both ends, a sink rule matches every
fact, no thread runs behind, and whatever was not read whole is an error and never a lost alert.
Everything here is of the standard library, so that the child needs nothing of ours.
"""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.alerting.conditions import Branch, Value
    from problems import Bare, Said

CHILD = (sys.executable, "-P", str(Path(__file__).resolve()))
"""The child's command. `-P`: the folder of this file must not stand before the installed packages.
"""

SID = "1"
BATCH = 40
BRANCHES_AT_ONCE = 32
"""A fact that satisfies more than 62 comparisons side by side in one ruleset is refused (303)."""

OPERATORS = {"ne": "$neq", "lt": "$lt", "le": "$lte", "gt": "$gt", "ge": "$gte"}
SINK, CONTROL = "sink", "control"
MISSING_STATUS = 3


class EngineError(Exception):
    """The alert rules could not be run; `said` says why. No alert was concluded."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(str(said))


class EngineMissing(EngineError):
    """durable-rules is not installed, or does not load here."""

    def __init__(self, why: str) -> None:
        from problems import bare, said

        super().__init__(said("engine_missing", why=bare(why)))


class EngineCrashed(EngineError):
    """The rules engine died, refused its input, took too long, or did not read all of it."""

    def __init__(self, why: Said | Bare) -> None:
        from problems import said

        super().__init__(said("engine_failed", why=why))


def satisfied(
    rules: Mapping[str, Sequence[Branch]],
    facts: Sequence[Mapping[str, Value]],
    command: Sequence[str] = CHILD,
) -> set[tuple[int, str]]:
    """The position of each fact with the name of each rule that it satisfies.

    A rule is satisfied when all comparisons of any of its branches hold. Facts that agree in all
    that the rules ask are put to the engine once. Raises EngineMissing or EngineCrashed.
    """
    if not rules or not facts:
        return set()
    names = sorted(rules)
    asked = sorted({one.fact for branches in rules.values() for row in branches for one in row})
    codes = _codes(rules)
    alike: dict[tuple[int, ...], list[int]] = {}
    for at, fact in enumerate(facts):
        row = tuple(_number(codes, name, fact[name]) for name in asked)
        alike.setdefault(row, []).append(at)
    branches = [
        [
            number,
            [[one.fact, one.operator, _number(codes, one.fact, one.value)] for one in branch],
        ]
        for number, name in enumerate(names)
        for branch in rules[name]
    ]
    rows = list(alike.values())
    request = {"asked": asked, "branches": branches, "facts": [list(row) for row in alike]}
    return {
        (at, names[rule])
        for row, rule in _ask(request, command, 60 + len(rows) // 50)
        for at in rows[row]
    }


def engine_missing() -> EngineMissing | None:
    """Why the alert rules can't run on this machine; None when they can."""
    try:
        _ask({"asked": [], "branches": [], "facts": []}, CHILD, 60)
    except EngineMissing as error:
        return error
    return None


def _codes(rules: Mapping[str, Sequence[Branch]]) -> dict[tuple[str, str], int]:
    """A number for each text that rules compare a fact with.

    The engine compares texts by hash and reads JSON in its own way, so it sees numbers only.
    """
    texts = sorted(
        {
            (one.fact, one.value)
            for branches in rules.values()
            for row in branches
            for one in row
            if isinstance(one.value, str)
        }
    )
    return {text: code for code, text in enumerate(texts, start=1)}


def _number(codes: Mapping[tuple[str, str], int], name: str, value: Value) -> int:
    """A value as the engine sees it; 0 for a text that no rule names."""
    return codes.get((name, value), 0) if isinstance(value, str) else int(value)


def _ask(request: Mapping[str, Any], command: Sequence[str], seconds: int) -> list[list[int]]:
    """The child's conclusions: pairs of a fact's and a rule's position."""
    from problems import bare, reason_of, said

    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineCrashed(said("engine_no_answer", seconds=seconds)) from None
    except OSError as error:
        raise EngineCrashed(said("engine_not_started", reason=reason_of(error))) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise EngineCrashed(_ending(done)) from None
    if not isinstance(answer, dict):
        raise EngineCrashed(said("engine_answers_nonsense"))
    if done.returncode == MISSING_STATUS and "missing" in answer:
        raise EngineMissing(answer["missing"])
    if "error" in answer:
        raise EngineCrashed(bare(answer["error"]))
    if done.returncode:
        raise EngineCrashed(_ending(done))
    if "satisfied" not in answer or answer.get("read") != len(request["facts"]):
        count, read = len(request["facts"]), bare(str(answer.get("read")))
        raise EngineCrashed(said("engine_read_a_part", read=read, count=count))
    found: list[list[int]] = answer["satisfied"]
    return found


def _ending(done: subprocess.CompletedProcess[bytes]) -> Said:
    """How a child ended that gave no answer."""
    from problems import bare, said

    if done.returncode < 0:
        try:
            return said("engine_ended_by", signal=bare(signal.Signals(-done.returncode).name))
        except ValueError:
            return said("engine_ended_by", signal=-done.returncode)
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if not lines:
        return said("engine_ended_with", status=done.returncode)
    return said("engine_ended_saying", status=done.returncode, last=bare(lines[-1]))


# From here on: the child.


def quiet_host() -> Callable[[dict[str, Any]], Any]:
    """durable-rules' host without its two background threads, which run actions late."""
    from durable.engine import Host

    class QuietHost(Host):  # type: ignore[misc]
        def _run(self) -> None:
            """Starts no thread: rules that match have run as soon as a batch has been put in."""

    return QuietHost


class PolicyRun:
    """One policy put to one host: which rows satisfied which rules, and that all were read."""

    def __init__(
        self, branches: Sequence[Any], host_class: Callable[[dict[str, Any]], Any]
    ) -> None:
        self.found: set[tuple[int, int]] = set()
        self.seen: dict[str, set[int]] = {}
        self.failed: BaseException | None = None
        self._first = 0
        definitions: dict[str, dict[str, Any]] = {}
        for start in range(0, len(branches), BRANCHES_AT_ONCE):
            ruleset = f"part{start // BRANCHES_AT_ONCE}"
            definition = {
                SINK: self._rule({"$ex": {"n": 1}}, self._see(ruleset)),
                CONTROL: self._rule({"$ex": {CONTROL: 1}}, self._see(ruleset + CONTROL)),
            }
            for at, (rule, row) in enumerate(branches[start : start + BRANCHES_AT_ONCE]):
                parts = [_expression(*comparison) for comparison in row]
                wanted = parts[0] if len(parts) == 1 else {"$and": parts}
                definition[f"branch{at}"] = self._rule(wanted, self._conclude(rule))
            definitions[ruleset] = definition
        self.rulesets = tuple(definitions)
        # the host changes what it is given
        self.host = host_class(copy.deepcopy(definitions))

    def put(self, asked: Sequence[str], rows: Sequence[Sequence[int]]) -> None:
        """One batch, the first row of which has the next position; raises when not all is read."""
        if not rows:
            return
        size = len(rows)
        facts: list[dict[str, Any]] = [{"sid": SID, "id": 1, "n": 1, CONTROL: 1}]
        for at, row in enumerate(rows, start=2):
            facts.append({"sid": SID, "id": at, "n": at, **dict(zip(asked, row, strict=True))})
        facts.append({"sid": SID, "id": size + 2, "n": size + 2, CONTROL: 1})
        for ruleset in self.rulesets:
            self.seen = {}
            self._size = size
            self.host.assert_facts(ruleset, copy.deepcopy(facts))
            self.host.delete_state(ruleset, SID)
            if self.failed is not None:
                raise self.failed
            if self.seen.get(ruleset + CONTROL) != {1, size + 2}:
                raise RuntimeError("a control fact of a batch was not seen")
            if self.seen.get(ruleset) != set(range(1, size + 3)):
                raise RuntimeError("not every fact of a batch was seen")
        self._first += size

    def _see(self, what: str) -> Callable[[Any], None]:
        return self._guarded(lambda n: self.seen.setdefault(what, set()).add(n))

    def _conclude(self, rule: int) -> Callable[[Any], None]:
        def conclude(n: int) -> None:
            # a control fact lacks what `ne` compares, and may satisfy it
            if 1 < n < self._size + 2:
                self.found.add((self._first + n - 2, rule))

        return self._guarded(conclude)

    def _guarded(self, action: Callable[[int], None]) -> Callable[[Any], None]:
        """`action` on a fact's number. The host swallows exceptions: the first one is kept."""

        def run(closure: Any) -> None:
            try:
                action(int(closure.m.n))
            except BaseException as error:
                self.failed = self.failed or error

        return run

    @staticmethod
    def _rule(expression: dict[str, Any], action: Callable[[Any], None]) -> dict[str, Any]:
        return {"all": [{"m": expression}], "run": action}


def _expression(fact: str, operator: str, value: int) -> dict[str, Any]:
    return {fact: value} if operator == "eq" else {OPERATORS[operator]: {fact: value}}


def answer_of_host(
    request: Mapping[str, Any], host_class: Callable[[dict[str, Any]], Any]
) -> dict[str, Any]:
    """What the child answers: pairs of fact and rule, sorted, and how many facts were read."""
    facts = request["facts"]
    if not facts or not request["branches"]:
        return {"satisfied": [], "read": len(facts)}
    run = PolicyRun(request["branches"], host_class)
    for start in range(0, len(facts), BATCH):
        run.put(request["asked"], facts[start : start + BATCH])
    return {"satisfied": sorted(run.found), "read": len(facts)}


def main() -> None:
    """Reads a request from standard input and writes the answer to standard output."""
    out = os.dup(1)
    os.dup2(2, 1)  # what C code prints must not get into the answer
    status = 0
    try:
        host_class = quiet_host()
        told = answer_of_host(json.load(sys.stdin), host_class)
    except ImportError as error:
        told, status = {"missing": str(error)}, MISSING_STATUS
    except BaseException as error:
        told, status = {"error": f"{type(error).__name__}: {error}"}, 1
    with os.fdopen(out, "wb") as stream:
        stream.write(json.dumps(told).encode("ascii"))
    # the host's memory is the process's: nothing is freed by hand, where C could still fail
    os._exit(status)


if __name__ == "__main__":
    main()
