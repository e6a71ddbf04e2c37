"""Which faces a paper is set in, and where their files are. Source: PAPERS, section 1.

They are found by file: asked for by name, a face that is not there is replaced without a word.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

SYSTEM_FOLDERS = (
    Path("C:/Windows/Fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts/opentype/public/fandol"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts/Supplemental"),
)
"""Where systems keep faces."""

LARGEST_FACE = 100_000_000
"""How many bytes the file of a face may have."""


class FaceUse(StrEnum):
    """What a face is for, by the name that it has in the style sheet."""

    TEXT = "FS"
    TITLE = "XBS"
    HEAD = "HT"
    LATIN = "LS"
    RARE = "RARE"


@dataclass(frozen=True)
class FaceWanted:
    """A use of a face: what the face is called, its files by rank, and the packages (of Debian and
    Ubuntu) that bring one.
    """

    called: str
    files: tuple[str, ...]
    package: str


WANTED: Mapping[FaceUse, FaceWanted] = {
    FaceUse.TEXT: FaceWanted(
        "仿宋",
        ("simfang.ttf", "FandolFang-Regular.otf", "FandolFang-Regular.ttf"),
        "texlive-lang-chinese",
    ),
    FaceUse.TITLE: FaceWanted(
        "小标宋",
        ("FZXBSJW.TTF", "FZXBSK.TTF", "NotoSerifCJK-Bold.ttc", "NotoSerifSC-Bold.otf"),
        "fonts-noto-cjk",
    ),
    FaceUse.HEAD: FaceWanted(
        "黑体",
        (
            *("simhei.ttf", "NotoSansCJK-Medium.ttc", "NotoSansSC-Medium.otf"),
            *("NotoSansCJK-Bold.ttc", "FandolHei-Regular.otf"),
        ),
        "fonts-noto-cjk-extra",
    ),
    FaceUse.LATIN: FaceWanted(
        "Times New Roman", ("times.ttf", "LiberationSerif-Regular.ttf"), "fonts-liberation"
    ),
    FaceUse.RARE: FaceWanted(
        "生僻字", ("LXGWWenKai-Light.ttf", "LXGWWenKaiGB-Light.ttf"), "fonts-lxgw-wenkai"
    ),
}
"""What papers are set in. Faces that come with Windows are used where they are, never shipped."""

NEEDED = (FaceUse.TEXT, FaceUse.TITLE, FaceUse.HEAD, FaceUse.LATIN)
"""Without these no paper is made: a reader of it would see boxes."""


@dataclass(frozen=True)
class Faces:
    """The files that were found, by use."""

    files: Mapping[FaceUse, Path]

    @property
    def missing(self) -> tuple[FaceUse, ...]:
        """The uses that no file was found for, of those that are needed."""
        return tuple(use for use in NEEDED if use not in self.files)

    def content(self, use: FaceUse) -> bytes:
        """The face as a file of its own. A collection gives its face of simplified Chinese."""
        return _content(self.files[use])

    def rare_in(self, text: str) -> frozenset[str]:
        """The Chinese characters of a text that the face of the text lacks."""
        has = _characters(self.files[FaceUse.TEXT])
        return frozenset(one for one in text if is_chinese(one) and ord(one) not in has)

    def nowhere_in(self, text: str) -> frozenset[str]:
        """Those of them that no other face has either: a reader would see boxes."""
        rare = self.files.get(FaceUse.RARE)
        has = _characters(rare) if rare else frozenset()
        return frozenset(one for one in self.rare_in(text) if ord(one) not in has)


def faces_in(folders: Iterable[Path]) -> Faces:
    """The faces that lie in these folders or below them, the first folder first."""
    files: dict[FaceUse, Path] = {}
    for folder in folders:
        there = _files_below(folder)
        for use, wanted in WANTED.items():
            found = [there[name.casefold()] for name in wanted.files if name.casefold() in there]
            if found:
                files.setdefault(use, found[0])
    return Faces(files)


def is_chinese(letter: str) -> bool:
    """Whether it is a Chinese character, of the rare planes too."""
    return (
        "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or letter >= "\U00020000"
    )


_NAMES = frozenset(name.casefold() for wanted in WANTED.values() for name in wanted.files)


def _files_below(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for at, below, names in os.walk(folder):
        below.sort()
        for name in sorted(names):
            path = Path(at, name)
            if name.casefold() in _NAMES and path.stat().st_size <= LARGEST_FACE:
                found.setdefault(name.casefold(), path)
    return found


@cache
def _content(path: Path) -> bytes:
    if path.suffix.lower() != ".ttc":
        return path.read_bytes()
    from fontTools.ttLib import TTCollection

    with TTCollection(path, lazy=True) as faces:
        named = {str(one["name"].getDebugName(4)): one for one in faces.fonts}
        chosen = next((one for name, one in named.items() if " SC " in f"{name} "), faces.fonts[0])
        chosen.recalcTimestamp = chosen.recalcBBoxes = False
        out = io.BytesIO()
        chosen.save(out, reorderTables=None)
    return out.getvalue()


@cache
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as face:
        return frozenset(face.getBestCmap())


def style_of(uses: Sequence[FaceUse], address: str) -> str:
    """The style sheet that names the faces, each under `address` and its own name."""
    return "".join(f"@font-face{{font-family:{use};src:url({address}{use})}}\n" for use in uses)
