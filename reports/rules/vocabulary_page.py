"""The words of the rules on one page: kinds of activity as a tree, and the other lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.codes import BilingualWord
from reports.i18n import Lang, translator
from rules.rulebook import Rulebook
from rules.vocabulary import Attribute, Kind
from rules.vocabulary import Word as Entry

LISTS: Mapping[str, BilingualWord] = {
    "roles": BilingualWord("角色", "roles"),
    "post_classes": BilingualWord("职务类别", "post classes"),
    "unit_types": BilingualWord("单位类型", "unit types"),
    "subject_types": BilingualWord("对象类型", "subject types"),
    "event_types": BilingualWord("触发事项类型", "event types"),
    "industries": BilingualWord("行业", "industries"),
    "tags": BilingualWord("标签", "tags"),
    "quantity_units": BilingualWord("数量单位", "units of quantity"),
    "attributes": BilingualWord("属性", "attributes"),
}
"""The lists beside the kinds, by their keys in vocabulary.yaml."""


@dataclass(frozen=True)
class KindLine:
    """A kind in the tree: how deep it stands, and how many duties ask for it by its own name."""

    depth: int
    word: str
    kind: Kind
    duties: int


def kind_lines(rulebook: Rulebook) -> list[KindLine]:
    """The tree from the top, each kind below its wider one, both in the order of the files."""
    kinds = rulebook.vocabulary.kinds
    below: dict[str | None, list[str]] = {}
    for word, kind in kinds.items():
        below.setdefault(kind.under if kind.under in kinds else None, []).append(word)
    asked = Counter(
        word for duty in rulebook.duties if duty.activity for word in set(duty.activity.kind)
    )

    def walk(above: str | None, depth: int) -> Iterator[KindLine]:
        for word in below.get(above, ()):
            yield KindLine(depth, word, kinds[word], asked[word])
            yield from walk(word, depth + 1)

    return list(walk(None, 0))


def kinds_text(rulebook: Rulebook, lang: Lang = "zh") -> list[str]:
    """The tree as lines for a terminal, with the number of duties that ask for each kind."""
    _ = translator(lang)
    lines = []
    for line in kind_lines(rulebook):
        english = f"  {line.kind.en}" if lang == "en" else ""
        count = _("duties: {count}").format(count=line.duties) if line.duties else "—"
        lines.append(f"{'  ' * line.depth}{line.word}{english}  {count}")
    return lines


def _said_of(one: Entry) -> str:
    values = "、".join(one.values) if isinstance(one, Attribute) else ""
    return " · ".join(part for part in (values, one.note) if part)


def vocabulary_md(rulebook: Rulebook) -> str:
    """The page, each word in both languages."""
    lines = [
        "# The words of the rules · 规则的词",
        "",
        "<!-- Made by `make docs` from the rules, their vocabulary.yaml and calendar.yaml. -->",
        "",
        "The Chinese form is the word, in rule files and in tables; an office adds its own in its",
        "`vocabulary.yaml`. Behind a kind stands how many duties ask for it by name;",
        "`dutyclock rules list --kind WORD` names them.",
        "",
        "中文就是规则文件和导入表里写的词，机关在自己的 `vocabulary.yaml` 里添加。"
        "类别后面是点名要它的职责有几条，",
        "`dutyclock rules list --kind 词` 列出这些职责。",
        "",
        "## Kinds of activity · 活动种类",
        "",
        "A duty that asks for a kind takes those below it, too. "
        "· 要求某一类的职责，它下面的各类也算。",
        "",
    ]
    for line in kind_lines(rulebook):
        kind = line.kind
        said = [kind.en]
        if kind.role:
            said.append(f"role · 角色 {kind.role}")
        if kind.note:
            said.append(kind.note)
        count = f" ({line.duties})" if line.duties else ""
        lines.append(f"{'  ' * line.depth}- **{line.word}** {'; '.join(said)}{count}")
    for key, title in LISTS.items():
        words = getattr(rulebook.vocabulary, key)
        lines += [
            "",
            f"## {title.en.capitalize()} · {title.zh}",
            "",
            "| 词 | word | 说明 |",
            "|---|---|---|",
        ]
        lines += [f"| {word} | {one.en} | {_said_of(one)} |" for word, one in words.items()]
    lines += ["", "## Windows · 时段", "", "| 词 | word |", "|---|---|"]
    for name, stretches in rulebook.calendar.windows.items():
        english = next((one.en for one in stretches if one.en), "")
        lines.append(f"| {name} | {english} |")
    return "\n".join(lines) + "\n"
