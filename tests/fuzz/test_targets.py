"""Each reader of what comes from outside, fed with anything: a value or told problems, no more.

The same targets run for as long as one likes with `make fuzz TARGET=workbook SECONDS=60`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"

COSTS = {"table": 1, "workbook": 2, "form": 2, "policy": 4, "archive": 4, "arguments": 12}
"""How many times as long as the quickest a target takes, roughly: so many times fewer inputs."""

PIECES = st.sampled_from(
    [
        *(
            b"",
            b"\n",
            b"\t",
            b",",
            b'"',
            b"\0",
            b"\xff",
            b" ",
            b"{",
            b"[" * 300,
            b"]",
            b": ",
            b"- ",
        ),
        *(b"9" * 400, b"-1", b"NaN", b"inf", b"1e400", b"24:00", b"0000-00-00", b"2024-02-31"),
        *(b"9999-12-31", b"..", b"&a;", b"<c r='XFD9'/>", b"*a", b"@"),
        *("五月三日".encode(), "\u3000".encode()),
    ]
)
PAYLOADS = st.builds(
    lambda head, pieces: head + b"".join(pieces),
    st.binary(min_size=0, max_size=5),
    st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=6),
)


def fed(name: str, data: bytes) -> int:
    """How many problems a target told of these bytes, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return TARGETS[name](data, Path(folder))


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_in_is_taken_or_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    counts: list[int] = []

    @settings(
        max_examples=48 // COSTS.get(name, 6),
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(PAYLOADS)
    @example(b"")
    def feed(data: bytes) -> None:
        counts.append(fed(name, data))

    feed()
    assert any(counts), "not one of the inputs was odd enough to be told of"
    assert 0 in counts, "not one of the inputs was sound"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param(path.parent.name, path, id=f"{path.parent.name}-{path.name}")
        for path in sorted(CORPUS.glob("*/*"))
    ],
)
def test_what_once_was_an_error_of_ours_is_told(
    name: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert TARGETS[name](path.read_bytes(), tmp_path) >= 0
