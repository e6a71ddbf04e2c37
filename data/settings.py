"""What can be set of an office: its key, its words, what it is for, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from problems import Objection, Said, bare, said

LONGEST_SETTING = 100
"""Characters of a name or number that has to stand on one line of a paper."""


@dataclass(frozen=True)
class Setting:
    """One setting. `words` are what it is called in Chinese, the usual one first; `help` says what
    it is for. `on_papers`: a paper shows it. `is_needed`: a paper without it has an empty place.
    """

    key: str
    words: tuple[str, ...]
    help: str
    example: str
    on_papers: bool = False
    is_needed: bool = False


SETTINGS: Mapping[str, Setting] = {
    one.key: one
    for one in (
        Setting(
            "records_from",
            ("台账起算日", "起算日"),
            help="The first day on which anybody is judged.",
            example="2024-01-01",
        ),
        Setting(
            "timezone",
            ("时区",),
            help="The time zone of the office's days.",
            example="Asia/Shanghai",
        ),
        Setting(
            "files",
            ("佐证文件存放处", "文件存放处"),
            help="Where files of evidence are kept; beside the store where it is not set.",
            example="files",
        ),
        Setting(
            "sender",
            ("发文机关", "落款", "发文单位", "发文机关署名"),
            help="Who sends the papers: the name under each of them.",
            example="示例区安全生产委员会办公室",
            on_papers=True,
            is_needed=True,
        ),
        Setting(
            "mark",
            ("发文机关标志", "红头"),
            help="What stands at the head of papers; the sender where it is not set.",
            example="示例区安全生产委员会办公室文件",
            on_papers=True,
        ),
        Setting(
            "code",
            ("代字", "机关代字", "发文机关代字"),
            help="What numbers of papers begin with, before the year.",
            example="示安委办",
            on_papers=True,
            is_needed=True,
        ),
        Setting(
            "contact",
            ("联系人",),
            help="Whom readers of a paper may ask.",
            example="王示例",
            on_papers=True,
            is_needed=True,
        ),
        Setting(
            "phone",
            ("电话", "联系电话"),
            help="The contact's telephone number.",
            example="0510-00000000",
            on_papers=True,
            is_needed=True,
        ),
        Setting(
            "seal",
            ("印章", "印章名称"),
            help="Whose seal papers get that are sealed; the sender's where it is not set.",
            example="示例区安全生产委员会",
            on_papers=True,
        ),
        Setting(
            "copies",
            ("抄送", "抄送机关"),
            help="Who gets a copy of each paper that is sealed, besides those its level names; "
            "parted by ；",
            example="示例区政府办；示例区应急局",
            on_papers=True,
        ),
    )
}
"""All settings by key, in the order in which they are shown."""

_KEYS: Mapping[str, str] = {
    **{word: one.key for one in SETTINGS.values() for word in one.words},
    **{key: key for key in SETTINGS},
}
_TOLD = 40
_CODE = re.compile(r"[^\W\d_]{1,20}")
_PHONE = re.compile(r"\+?[0-9][0-9()（） \-—、,，/转xX]*")


def setting_key(text: str) -> str:
    """The key of a setting, from that key or from one of its Chinese words; any other text is left
    as it is.
    """
    plain = "".join(normalize("NFKC", text).split())
    return _KEYS.get(plain.lower(), _KEYS.get(plain, text.strip()))


def setting_names() -> tuple[str, ...]:
    """Every name by which a setting may be called, keys first."""
    return (*SETTINGS, *(word for word in _KEYS if word not in SETTINGS))


def paper_text(key: str, text: str) -> str:
    """What a setting that papers show says, as it is kept. Raises Objection."""
    plain = " ".join(text.split())
    if key == "code":
        plain = plain.replace(" ", "")
        if not _CODE.fullmatch(plain):
            raise Objection(said("not_a_code", text=text[:_TOLD]), said("code_form"))
    elif key == "phone":
        if not _PHONE.fullmatch(plain) or sum(one.isdigit() for one in plain) < 3:
            raise Objection(said("not_a_telephone", text=text[:_TOLD]), said("telephone_form"))
    elif key == "copies":
        parts = [part.strip(" 。.") for part in re.split(r"[;；]", plain)]
        return _short("；".join(part for part in parts if part), 10 * LONGEST_SETTING, text)
    return _short(plain, LONGEST_SETTING, text)


def _short(plain: str, most: int, text: str) -> str:
    if not plain:
        raise Objection(said("setting_says_nothing", text=text[:_TOLD]), said("write_what_is_set"))
    if len(plain) > most:
        count = bare(str(len(plain)))
        raise Objection(said("setting_too_long", text=text[:_TOLD], count=count), _at_most(most))
    return plain


def _at_most(most: int) -> Said:
    return said("at_most_characters", most=most)
