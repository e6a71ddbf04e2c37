"""Which files make a rulebook, their bytes, and the hashes that an audit keeps of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from problems import Place, Problem, Said, bare, control_in, did_you_mean, reason_of, said
from rules.rulebook import Hashes
from rules.yaml_tree import MAX_BYTES

BUILTIN = Path(__file__).resolve().parent
"""The rules that are shipped, with their vocabulary and calendar."""

Role = Literal["vocabulary", "calendar", "document", "list", "rulings", "adoptions"]

SHARED = ("vocabulary.yaml", "calendar.yaml")
OFFICE = (*SHARED, "rulings.yaml", "adoptions.yaml", "policy.yaml")
_ID = re.compile(r"[^\s@#/;.\ud800-\udfff]+")


@dataclass(frozen=True)
class RuleFile:
    """One file: what it is for, its name in hashes (never an absolute path), as shown, its bytes.

    `document` is the id of the document that a `document` or `list` file belongs to.
    """

    role: Role
    label: str
    shown: str
    raw: bytes
    document: str = ""

    @property
    def stem(self) -> str:
        """The file's name without its ending: the second part of its duties' ids."""
        return self.label.rsplit("/", 1)[-1].removesuffix(".yaml")


def is_id(word: str) -> bool:
    """Whether `word` may be a part of a duty's id: without spaces, dots, `@ # / ;` and what nobody
    sees.
    """
    return _ID.fullmatch(word) is not None and control_in(word) is None


def gather(
    folders: Sequence[Path], office: Path | None, shipped: Path
) -> tuple[list[RuleFile], list[Problem]]:
    """Every file to read, in the order in which later ones extend earlier ones, and problems."""
    reader = _FolderReading()
    for name in SHARED:
        reader.read(shipped / name, f"shipped/{name}", _role_of(name))
    for number, folder in enumerate(folders):
        reader.root(folder, f"rules{number}", words=folder.resolve() != shipped.resolve())
    if office is not None:
        reader.office(office)
    return reader.files, reader.problems


def _role_of(name: str) -> Role:
    roles: dict[str, Role] = {
        "vocabulary.yaml": "vocabulary",
        "calendar.yaml": "calendar",
        "document.yaml": "document",
        "rulings.yaml": "rulings",
        "adoptions.yaml": "adoptions",
    }
    return roles.get(name, "list")


class _FolderReading:
    def __init__(self) -> None:
        self.files: list[RuleFile] = []
        self.problems: list[Problem] = []
        self._seen: dict[str, Path] = {}

    def _say(self, path: Path, message: Said, hint: Said | None = None) -> None:
        self.problems.append(Problem(Place(_shown(path)), message, hint))

    def read(self, path: Path, label: str, role: Role, document: str = "") -> None:
        try:
            with path.open("rb") as stream:
                # One byte past the limit is enough to tell that a file is too large.
                raw = stream.read(MAX_BYTES + 1)
        except FileNotFoundError:
            self._say(path, said("no_such_file"))
        except OSError as error:
            self._say(path, said("cannot_be_read", reason=reason_of(error)))
        else:
            self.files.append(RuleFile(role, label, _shown(path), raw, document))

    def root(self, folder: Path, label: str, words: bool) -> None:
        """A folder of documents, or of one document."""
        if not folder.is_dir():
            what = said("is_a_file") if folder.exists() else said("no_such_folder")
            self._say(folder, what, said("name_rule_folder"))
            return
        if (folder / "document.yaml").exists():
            self.document(folder)
            return
        names = self._yaml_names(folder)
        if words:
            for name in SHARED:
                if name in names:
                    self.read(folder / name, f"{label}/{name}", _role_of(name))
            for name in sorted(names - set(SHARED)):
                hint = did_you_mean(name, SHARED) or said("list_in_document_folder")
                self._say(folder / name, said("rule_file_outside_document"), hint)
        inner = [path for path in sorted(folder.iterdir()) if self._holds_rules(path)]
        for path in inner:
            self.document(path)
        if words and not inner and not names:
            hint = said("document_folder_holds")
            self._say(folder, said("no_rules_in_folder"), hint)

    def document(self, folder: Path) -> None:
        """The files of one document's folder, its own first."""
        document = folder.resolve().name
        if not is_id(document):
            hint = said("document_name_form")
            self._say(folder, said("no_document_id", document=document), hint)
        elif document in self._seen:
            hint = said("other_one_is", file=bare(_shown(self._seen[document])))
            self._say(folder, said("second_document", document=document), hint)
        else:
            self._seen[document] = folder
            names = self._yaml_names(folder)
            names.discard("document.yaml")
            self.read(folder / "document.yaml", f"{document}/document.yaml", "document", document)
            if not names:
                self._say(
                    folder,
                    said("document_without_list", document=document),
                    said("add_a_file_of_duties"),
                )
            for name in sorted(names):
                if not is_id(name.removesuffix(".yaml")):
                    hint = said("list_name_form")
                    self._say(folder / name, said("no_list_name", name=name), hint)
                    continue
                self.read(folder / name, f"{document}/{name}", "list", document)

    def office(self, folder: Path) -> None:
        """The office's own words, days, rulings and adoptions, as far as it keeps such files."""
        if not folder.is_dir():
            what = said("is_a_file") if folder.exists() else said("no_such_folder")
            self._say(folder, what, said("name_own_office_folder"))
            return
        for name in sorted(self._yaml_names(folder)):
            if name in OFFICE[:-1]:
                self.read(folder / name, f"office/{name}", _role_of(name))
            elif name not in OFFICE:
                hint = did_you_mean(name, OFFICE)
                if hint:
                    self._say(folder / name, said("unknown_office_file"), hint)

    def _yaml_names(self, folder: Path) -> set[str]:
        """The names of the YAML files of a folder; an ending that would be passed over is said."""
        names = set()
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.is_dir():
                continue
            if path.suffix == ".yaml":
                names.add(path.name)
            elif path.suffix.lower() in (".yml", ".yaml"):
                self._say(path, said("rule_file_ending", suffix=path.suffix), said("name_it_yaml"))
        return names

    @staticmethod
    def _holds_rules(path: Path) -> bool:
        if not path.is_dir() or path.name.startswith((".", "__")):
            return False
        return any(inner.suffix.lower() in (".yaml", ".yml") for inner in path.iterdir())


def _shown(path: Path) -> str:
    """The path as a reader would type it: from the working folder where it lies in it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def _digest(files: Iterable[RuleFile]) -> str:
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.label, file.raw)):
        total.update(f"{len(file.label.encode())} {len(file.raw)} ".encode())
        total.update(file.label.encode())
        total.update(file.raw)
    return total.hexdigest()


def hashes_of(files: Sequence[RuleFile]) -> Hashes:
    """SHA-256 of the rules (with their words), of the office's decisions, and of the calendar."""
    return Hashes(
        rules=_digest(f for f in files if f.role in ("vocabulary", "document", "list")),
        rulings=_digest(f for f in files if f.role in ("rulings", "adoptions")),
        calendar=_digest(f for f in files if f.role == "calendar"),
    )


def content_key(files: Sequence[RuleFile]) -> str:
    """One hash of all files in the order in which they are read."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.role} {file.document} {_digest([file])}\n".encode())
    return total.hexdigest()
