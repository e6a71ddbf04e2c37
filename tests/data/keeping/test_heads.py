"""A head that is kept apart from the store: what was rewritten or cut since does not pass."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from data.intake.imports import import_row
from data.store.journal import Doing
from data.store.opening import open_store
from data.words import ANY_WORDS
from tests.data.store.test_journal import corrected
from tests.helpers.factory_cli import call, good, refused
from tests.helpers.factory_store import LATER, NOON, office

SECRET = b"twenty bytes or more\n"


def more(file: Path, person: str) -> None:
    store = open_store(str(file))
    row = {"person": person, "name": "某人"}
    import_row(store, "people", row, name="record", words=ANY_WORDS, doing=Doing(LATER))
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of four entries."""
    corrected(tmp_path).close()
    return tmp_path / "office.db"


def test_a_head_is_written_once_and_says_what_came_after_it(tmp_path: Path, store: Path) -> None:
    file = tmp_path / "head.json"
    said = good("verify", "--db", store, "--head", file).out
    assert said.endswith("the head was written; keep the file apart from the store\n")
    head = json.loads(file.read_text(encoding="utf-8"))
    assert (head["dutyclock"], head["entries"], "signature" in head) == ("head", 4, False)
    assert f"newest hash {head['hash']}\n" in said
    before = file.read_bytes()
    assert (
        "is entry 4 of this chain; 0 came after it"
        in good("verify", "--db", store, "--head", file).out
    )
    more(store, "q1")
    more(store, "q2")
    said = good("verify", "--db", store, "--head", file).out
    assert said.endswith(
        f"the head of {head['moment']} is entry 4 of this chain; 2 came after it\n"
    )
    assert file.read_bytes() == before


def test_a_store_that_was_cut_is_told(tmp_path: Path, store: Path) -> None:
    shutil.copy(store, tmp_path / "early.db")
    more(store, "q1")
    good("verify", "--db", store, "--head", tmp_path / "head.json")
    told = refused("verify", "--db", tmp_path / "early.db", "--head", tmp_path / "head.json")
    assert "the store had 5 entries" in told and "and has 4 now" in told


def test_a_store_whose_chain_was_written_anew_is_told(tmp_path: Path, store: Path) -> None:
    shutil.copy(store, tmp_path / "other.db")
    more(store, "q1")
    more(tmp_path / "other.db", "q2")
    good("verify", "--db", store, "--head", tmp_path / "head.json")
    told = refused("verify", "--db", tmp_path / "other.db", "--head", tmp_path / "head.json")
    assert "entry 5 is not the one that it was" in told


def test_the_head_of_another_store_is_told(tmp_path: Path, store: Path) -> None:
    good("verify", "--db", store, "--head", tmp_path / "head.json")
    (tmp_path / "more").mkdir()
    from data.keeping.making import create_store

    create_store(str(tmp_path / "more" / "x.db"), None, Doing(NOON.replace(hour=13))).close()
    told = refused("verify", "--db", tmp_path / "more" / "x.db", "--head", tmp_path / "head.json")
    assert "the head is of another store" in told


def test_no_head_is_written_of_a_chain_that_does_not_hold(tmp_path: Path) -> None:
    from tests.helpers.databases import beside

    office(tmp_path).close()
    with beside(tmp_path / "office.db") as run:
        run("UPDATE units SET name = '别的镇' WHERE unit = '镇'")
    told = refused("verify", "--db", tmp_path / "office.db", "--head", tmp_path / "head.json")
    assert "rows of entry 2 were changed" in told
    assert not (tmp_path / "head.json").exists()


def test_a_signature_is_made_and_held_against_its_key(tmp_path: Path, store: Path) -> None:
    file, key = tmp_path / "head.json", tmp_path / "key"
    key.write_bytes(SECRET)
    good("verify", "--db", store, "--head", file, "--key", key)
    said = good("verify", "--db", store, "--head", file, "--key", key).out
    assert said.endswith("its signature holds\n")
    said = good("verify", "--db", store, "--head", file).out
    assert said.endswith("its signature was not checked: --key names the secret\n")
    assert (
        call("verify", "--db", store, "--head", file, "--json").data["kept_head"]["signed"] is None
    )
    head = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**head, "moment": "2020-01-01 00:00:00"}), encoding="utf-8")
    told = refused("verify", "--db", store, "--head", file, "--key", key)
    assert "its signature is not one" in told
    key.write_bytes(SECRET.upper())
    file.write_text(json.dumps(head), encoding="utf-8")
    assert "its signature is not one" in refused(
        "verify", "--db", store, "--head", file, "--key", key
    )


def test_a_head_without_a_signature_is_refused_where_there_is_a_key(
    tmp_path: Path, store: Path
) -> None:
    good("verify", "--db", store, "--head", tmp_path / "head.json")
    (tmp_path / "key").write_bytes(SECRET)
    told = refused(
        "verify", "--db", store, "--head", tmp_path / "head.json", "--key", tmp_path / "key"
    )
    assert "the head has no signature" in told


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "[" * 50_000, '{"dutyclock": "head"}', "\udcff",
        '{"dutyclock": "head", "store": 1, "entries": 1, "hash": "", "moment": ""}',
        json.dumps({"dutyclock": "head", "store": "a" * 64, "entries": 10**20, "hash": "a" * 64,
                    "moment": "2023-01-01 00:00:00"}),
    ],
)  # fmt: skip
def test_a_file_that_is_no_head_is_told_and_stays(tmp_path: Path, store: Path, text: str) -> None:
    file = tmp_path / "head.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    before = file.read_bytes()
    assert "this is no head" in refused("verify", "--db", store, "--head", file)
    assert file.read_bytes() == before


def test_a_file_too_long_for_a_head_is_told(tmp_path: Path, store: Path) -> None:
    (tmp_path / "head.json").write_text("x" * 100_000, encoding="utf-8")
    told = refused("verify", "--db", store, "--head", tmp_path / "head.json")
    assert "no more than 65,536 are read" in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
@pytest.mark.parametrize("option", ["--head", "--key"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, store: Path, option: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    line = {"--head": tmp_path / "head.json", "--key": tmp_path / "key", option: tmp_path / "pipe"}
    (tmp_path / "key").write_bytes(SECRET)
    words = [word for pair in line.items() for word in pair]
    told = refused("verify", "--db", store, *words)
    assert "pipe: this is a pipe, not a plain file" in told


def test_a_key_that_is_none_is_told(tmp_path: Path, store: Path) -> None:
    head, key = tmp_path / "head.json", tmp_path / "key"
    asked = ("verify", "--db", store, "--head", head, "--key", key)
    assert "cannot be read" in refused(*asked)
    key.write_bytes(b"short\n")
    assert "the key has 5 bytes" in refused(*asked)
    assert "--key" in refused("verify", "--db", store, "--key", key)
    assert not head.exists()
