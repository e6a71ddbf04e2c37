"""An archive that somebody wrote: nothing is unpacked but a store and files named by their hash."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.keeping.restore import restore_store
from problems import BadInput
from tests.data.keeping.test_backup import PHOTO, backed_up, keep, names, sha

Members = dict[str, bytes]


def members(path: Path) -> Members:
    with tarfile.open(path) as archive:
        return {one.name: (archive.extractfile(one) or io.BytesIO()).read() for one in archive}


def pack(path: Path, content: Members) -> None:
    with tarfile.open(path, "w") as archive:
        for name, data in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


IN_IT = f"files/{sha(PHOTO)[:2]}/{sha(PHOTO)}"


def listed(content: Members, name: str, data: bytes = PHOTO, **facts: object) -> Members:
    """With a name more in its list."""
    told = json.loads(content["backup.json"])
    told["members"][name] = {"size": len(data), "sha256": sha(data), **facts}
    return {**content, "backup.json": json.dumps(told).encode(), name: data}


def as_list(content: Members, text: bytes) -> Members:
    return {**content, "backup.json": text}


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda one: {**one, IN_IT: b"other"}, "not_what_was_put_in name=files/"),
        (lambda one: {**one, IN_IT: b"\xff\xd7" * 9}, "not_what_was_put_in name=files/"),
        (lambda one: {**one, "files/more": b"x"}, "not_in_its_list name=files/more"),
        (lambda one: {key: one[key] for key in one if key != IN_IT}, "file_missing file=files/"),
        (
            lambda one: {**one, "store.db": one["store.db"][:-4096]},
            "not_what_was_put_in name=store.db",
        ),
        (lambda one: listed(one, "files/../../out"), r"list_names_file file=files/\.\./\.\./out"),
        (lambda one: listed(one, "/out"), "list_names_file file=/out"),
        (lambda one: listed(one, "files//out"), "list_names_file file=files//out"),
        (lambda one: listed(one, "files/out.sh"), "list_names_file"),
        (lambda one: listed(one, "files/"), "list_names_file"),
        (lambda one: listed(one, sha(b"x")), "list_names_file"),
        (lambda one: listed(one, f"files/{sha(b'x')}", b"x"), "list_names_file"),
        (lambda one: listed(one, f"files/aa/{sha(b'x')}", b"x"), "list_names_file"),
        (lambda one: listed(one, IN_IT, b"x"), "list_names_file"),
        (lambda one: listed(one, IN_IT, size=-1), "list_names_file"),
        (lambda one: listed(one, IN_IT, size=True), "list_names_file"),
        (lambda one: listed(one, IN_IT, size=1 << 50), "list_tells_more"),
        (lambda one: listed(one, IN_IT, size=19), "not_what_was_put_in"),
        (lambda one: {"readme": b"hello"}, "not_a_backup"),
        (lambda one: as_list(one, b"{}"), "not_a_backup"),
        (lambda one: as_list(one, b"{"), "list_unreadable"),
        (lambda one: as_list(one, b"\xff"), "list_unreadable"),
        (lambda one: as_list(one, b"[" * 200_000), "list_unreadable"),
        (lambda one: as_list(one, b'{"dutyclock":' + b"9" * 5000 + b"}"), "list_unreadable"),
        (lambda one: as_list(one, b'{"dutyclock":1,"dutyclock":1}'), "list_unreadable"),
        (lambda one: as_list(one, b'{"dutyclock":true,"members":{}}'), "not_a_backup"),
        (lambda one: as_list(one, b'{"dutyclock":1,"members":{"store.db":5}}'), "list_names_file"),
        (
            lambda one: as_list(one, b'{"dutyclock":1,"members":{"store.db":["size","sha256"]}}'),
            "list_names_file",
        ),
    ],
)
def test_an_archive_that_was_changed_is_refused_and_leaves_nothing(
    tmp_path: Path, harm: Callable[[Members], Members], told: str
) -> None:
    backed_up(tmp_path, "b.tar", keep(tmp_path, PHOTO))
    pack(tmp_path / "b.tar", harm(members(tmp_path / "b.tar")))
    before = names(tmp_path)
    with pytest.raises(BadInput, match=told):
        restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert names(tmp_path) == before
    assert not (tmp_path.parent / "out").exists()


def linked(member: tarfile.TarInfo) -> None:
    member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0


def hard_linked(member: tarfile.TarInfo) -> None:
    member.type, member.linkname, member.size = tarfile.LNKTYPE, "store.db", 0


def device(member: tarfile.TarInfo) -> None:
    member.type, member.devmajor, member.devminor, member.size = tarfile.CHRTYPE, 1, 5, 0


def folder(member: tarfile.TarInfo) -> None:
    member.type, member.size = tarfile.DIRTYPE, 0


def with_holes(member: tarfile.TarInfo) -> None:
    member.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": str(1 << 40)}


@pytest.mark.parametrize("change", [linked, hard_linked, device, folder, with_holes])
def test_a_member_that_is_no_plain_file_is_refused(
    tmp_path: Path, change: Callable[[tarfile.TarInfo], None]
) -> None:
    backed_up(tmp_path, "b.tar", keep(tmp_path, PHOTO))
    content = members(tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            if name == IN_IT:
                change(member)
            archive.addfile(member, io.BytesIO(data) if member.size else None)
    before = names(tmp_path)
    with pytest.raises(BadInput, match="not_in_its_list name=files/"):
        restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert names(tmp_path) == before


def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    backed_up(tmp_path, "b.tar", keep(tmp_path, PHOTO))
    with tarfile.open(tmp_path / "b.tar", "a") as archive:
        member = tarfile.TarInfo(IN_IT)
        member.size = len(PHOTO)
        archive.addfile(member, io.BytesIO(PHOTO))
    with pytest.raises(BadInput, match="not_in_its_list name=files/"):
        restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
