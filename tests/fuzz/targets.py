"""What is fed with anything: one function for each reader of what comes from outside.

Each takes bytes and an empty folder, and makes of them what a careless or hostile hand might hand
in: the bytes as they are, or a sound file with some of its bytes replaced. It gives back how many
problems were told; whatever is wrong must be told as `BadInput`, each problem with a place and with
a sentence in both languages. Anything else that is raised is our mistake.
"""

from __future__ import annotations

import contextlib
import gc
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from cli import run
from data.grids.plain_book import book_of_tables
from data.import_columns import TABLES
from data.intake.handing_back import marked_copy
from data.intake.imports import import_path
from data.intake.preview import preview_path
from data.intake.returned import Remark
from data.keeping.archive import write_archive
from data.keeping.backup import backup_store
from data.keeping.making import create_store
from data.keeping.restore import restore_store
from data.store.journal import Doing
from data.store.opening import Store
from data.words import Words
from engine.alerting.policy import DEFAULT_POLICY, load_policy
from problems import BadInput, Problem
from reports.problem_words import problem_text, problem_texts
from rules.loader import load_rulebook
from tests.helpers.factory_store import NOON, OFFICE, write

Target = Callable[[bytes, Path], int]

NOW = datetime.fromisoformat("2024-07-01T09:00")
WORDS = Words(kinds=frozenset({"检查", "会议", "安全检查"}), roles=frozenset({"带队"}))

DOCUMENT = b"""\
title: Duties of leading officials of a made-up town
number: No. 3 of 2024
issuer: the town
signed: 2024-01-15
in_force: 2024-02-01
"""
DUTIES = """\
list: Duties of leading officials
duties:
  lead_inspection:
    title: lead a safety inspection
    source: {clause: Article 2, quote: The mayor leads one inspection a month.}
    holder: {posts: [主要负责人]}
    activity: {kind: 安全检查, role: 带队}
    frequency: {at_least: 1, per: month}
    examples:
      - {as_of: 2024-03-01, done: [2024-02-29], expect: {2024-02: met}}
      - {as_of: 2024-03-01, done: [], expect: {2024-02: overdue}}
""".encode()
CALENDAR = """\
windows:
  汛期:
    - {from: 05-01, to: 09-30, note: as the city says}
  镇里的庙会:
    - {years: {2024: {first: 2024-06-08, last: 2024-06-09}}}
workdays:
  2024: {"off": [2024-05-01], "on": [2024-05-11]}
""".encode()


def told(problems: Sequence[Problem]) -> int:
    """How many problems these are; each has a place and is said in both languages."""
    for problem in problems:
        assert problem.place.file, problem
        assert problem_text(problem, "en") and problem_text(problem, "zh")
    return len(problems)


def refused(error: BadInput) -> int:
    """How many problems were told with it: at least one, and each as it is printed."""
    assert error.problems
    assert list(problem_texts(error, "zh"))
    return told(error.problems)


def spliced(sound: bytes, data: bytes) -> bytes:
    """The sound bytes with a stretch replaced: two bytes say where, one how long it was, and the
    rest takes its place.
    """
    if len(data) < 4:
        return sound
    at = int.from_bytes(data[:2], "big") % (len(sound) + 1)
    return sound[:at] + data[3:] + sound[at + data[2] :]


@cache
def _store() -> Store:
    """A store in memory that holds an office; nothing is ever written into it but this."""
    import tempfile

    store = create_store("sqlite://", None, Doing(NOON))
    with tempfile.TemporaryDirectory() as folder:
        import_path(store, write(Path(folder), OFFICE), words=WORDS, doing=Doing(NOON))
    return store


def _taken(path: Path) -> int:
    """What would become of a file: previewed, and given back where something is wrong in it."""
    found = preview_path(_store(), path, words=WORDS, now=NOW, year=2024)
    remarks: dict[str, list[Remark]] = {}
    for one in found.problems:
        text = problem_text(one, "en")
        remarks.setdefault(one.place.file, []).append(
            Remark(one.place.line, one.place.column, text)
        )
    marked_copy(path, remarks, "problem", 2024)
    return told(found.problems)


def table(data: bytes, folder: Path) -> int:
    """A CSV file: the first byte says which table, the rest is written over its rows of OFFICE."""
    name = list(OFFICE)[data[0] % len(OFFICE)] if data else "people"
    path = write(folder, {name: OFFICE[name]}) / f"{name}.csv"
    path.write_bytes(spliced(path.read_bytes(), data[1:]))
    return _taken(path)


@cache
def _book() -> bytes:
    return book_of_tables({name: rows for name, rows in OFFICE.items() if name in TABLES})


def workbook(data: bytes, folder: Path) -> int:
    """A workbook: the first byte says which of its parts is written over, or the packed file."""
    path = folder / "book.xlsx"
    with zipfile.ZipFile(io.BytesIO(_book())) as book:
        parts = {one.filename: book.read(one) for one in book.infolist()}
    names = [*parts, ""]
    chosen = names[data[0] % len(names)] if data else ""
    if not chosen:
        path.write_bytes(spliced(_book(), data[1:]))
        return _taken(path)
    parts[chosen] = spliced(parts[chosen], data[1:])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return _taken(path)


FORM = (
    ("带队检查记录", "", "", ""),
    ("时间", "被检查单位", "带队领导", "检查方式"),
    ("2024-05-03", "示例厂", "李四", "四不两直"),
)


def form(data: bytes, folder: Path) -> int:
    """A form of the office in a workbook: its cells, written over as one text."""
    sound = "\n".join("\t".join(row) for row in FORM).encode()
    text = spliced(sound, data).decode("utf-8", "replace")
    rows = [line.split("\t")[:200] for line in text.split("\n")[:200]]
    plain = [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
    path = folder / "form.xlsx"
    path.write_bytes(book_of_tables({"检查": plain}))
    return _taken(path)


def _rules(folder: Path, files: Iterable[tuple[str, bytes]], office: bool = False) -> int:
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    try:
        load_rulebook([folder / "town_2024"], folder / "office" if office else None)
    except BadInput as error:
        return refused(error)
    return 0


def rule_file(data: bytes, folder: Path) -> int:
    """A document of rules: the first byte says which of its two files is written over."""
    is_list = bool(data[:1]) and data[0] % 4 > 0
    return _rules(
        folder,
        [
            ("town_2024/document.yaml", DOCUMENT if is_list else spliced(DOCUMENT, data[1:])),
            ("town_2024/leaders.yaml", spliced(DUTIES, data[1:]) if is_list else DUTIES),
        ],
    )


def calendar(data: bytes, folder: Path) -> int:
    """The calendar of an office."""
    return _rules(
        folder,
        [
            ("town_2024/document.yaml", DOCUMENT),
            ("town_2024/leaders.yaml", DUTIES),
            ("office/calendar.yaml", spliced(CALENDAR, data)),
        ],
        office=True,
    )


def policy(data: bytes, folder: Path) -> int:
    """The alert policy of an office."""
    path = folder / "policy.yaml"
    path.write_bytes(spliced(DEFAULT_POLICY.read_bytes(), data))
    try:
        load_policy(path)
    except BadInput as error:
        return refused(error)
    return 0


COMMANDS = (
    (("audit", "--as-of"), "2024-05-20"),
    (("audit", "--as-of", "2024-05-20", "--span"), "2024-05"),
    (("audit", "--as-of", "2024-05-20", "--unit"), "镇"),
    (("audit", "--again"), "1"),
    (("journal", "--entry"), "2"),
    (("leader", "--as-of", "2024-05-20"), "李四"),
    (("why",), "park_2022.principal.hear_reports@主任/p1@2022-Q3"),
    (("calendar", "--span"), "2024-05"),
    (("handover", "镇长", "--on"), "2024-05-20"),
    (("record", "--kind", "安全检查", "--holder", "镇长", "--day"), "2024-05-03"),
    (("record", "--day", "2024-05-03", "--holder", "镇长", "--kind"), "安全检查"),
    (("record", "--day", "2024-05-03", "--kind", "安全检查", "--holder"), "镇长"),
    (("record", "--day", "2024-05-03", "--kind", "安全检查", "--holder", "镇长", "--event"), "赛1"),
    (("void", "activities"), "a1\n--reason\nx"),
    (("evidence",), "a1"),
)
"""What a command line begins with, and sound words behind it, a line each."""


def arguments(data: bytes, folder: Path) -> int:
    """A command line: the first byte says of which command, the rest is written over its words."""
    begun, sound = COMMANDS[data[0] % len(COMMANDS)] if data else COMMANDS[0]
    text = spliced(sound.encode(), data[1:]).decode("utf-8", "surrogateescape").replace("\0", "")
    # Options that name files are not for strangers' words: they would be written.
    words = [
        f" {one}" if one.startswith("-") and one not in sound else one
        for one in text.split("\n")[:6]
    ]
    # SQLite knows files by their numbers, which the system gives again: whatever of the command
    # before still holds a store open would lock the one that is made now.
    gc.collect()
    db = folder / "office.db"
    db.write_bytes(_store_bytes())
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([*begun, *words, "--db", str(db), "--lang", "en"])
    assert code in (0, 1, 2), code
    assert "Traceback" not in err.getvalue()
    assert code != 2 or err.getvalue().strip()
    return int(code == 2)


@cache
def _store_bytes() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "office.db"
        store = create_store(f"sqlite:///{db}", None, Doing(NOON))
        import_path(store, write(Path(folder) / "in", OFFICE), words=WORDS, doing=Doing(NOON))
        copy = Path(folder) / "copy.db"
        backup_store(store, copy)
        store.close()
        return copy.read_bytes()


@cache
def _archive() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "files"
        kept.mkdir()
        store = Path(folder) / "store.db"
        store.write_bytes(_store_bytes())
        write_archive(Path(folder) / "a.tar", store, True, kept, lambda _done, _total: None)
        return (Path(folder) / "a.tar").read_bytes()


def archive(data: bytes, folder: Path) -> int:
    """A backup with its files: what is written over lies in its list, or in its first pages."""
    sound = _archive()
    edge = 1536 if data[:1] and data[0] % 2 else 8192
    path = folder / "backup.tar"
    path.write_bytes(spliced(sound[:edge], data[1:]) + sound[edge:])
    db = folder / "restored.db"
    try:
        restore_store(path, f"sqlite:///{db}")
    except BadInput as error:
        return refused(error)
    finally:
        for one in folder.glob("restored.db*"):
            one.unlink()
    return 0


TARGETS: dict[str, Target] = {
    "table": table,
    "workbook": workbook,
    "form": form,
    "rule_file": rule_file,
    "calendar": calendar,
    "policy": policy,
    "arguments": arguments,
    "archive": archive,
}
