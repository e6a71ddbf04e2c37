"""Alerts put into words, one paper to each addressee and level. Source: FORMATS, sections 2, 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import cast

from data.keeping.notice_register import NoticeDraft
from data.notice_register import WAITING, NoticeItem, NoticeStage, RegisteredNotice
from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope
from engine.alerting.policy import Level, PaperForm, Policy
from engine.alerting.recipient_words import Recipient
from engine.alerting.register import NoticesBefore
from engine.judging.audit import Judged
from engine.judging.world import World
from reports.figures import day_text
from reports.i18n import LANGS, Lang, Translate, translator
from reports.notice.context import Index, IndexRow, Notice
from reports.notice.lines import Line, Lines
from reports.notice.registered import NoticeContent, content_read, printed, registered_content
from reports.notice.words import Batch, Wording
from reports.own_templates import PaperToFill, filled
from reports.proof import known_text, proof_line
from reports.render import put, safe_name


@dataclass(frozen=True)
class Sender:
    """Who sends the papers, as the office's settings say; what is not given stays an empty place.

    `mark` and `seal` are the sender's own name where they are not given; `copies` get every paper
    that is sealed, parted by ；.
    """

    name: str = ""
    contact: str = ""
    phone: str = ""
    mark: str = ""
    code: str = ""
    seal: str = ""
    copies: str = ""


@dataclass(frozen=True)
class Paper:
    """A file of a run: its name and text, and whose paper it is (the index has no level)."""

    file: str
    text: str
    level: str = ""
    addressee: str = ""


def write_papers(
    folder: Path, papers: Iterable[Paper], others: Mapping[str, bytes] | None = None
) -> None:
    """Writes the papers into a folder, and other files by their names."""
    for paper in papers:
        put(folder / paper.file, paper.text)
    for name, content in (others or {}).items():
        (folder / name).write_bytes(content)


@dataclass(frozen=True)
class NoticeSheet:
    """A notice to be printed, and what its files are called."""

    notice: Notice
    name: str
    level: str
    addressee: str
    needs_approval: bool


def draft_sheet(draft: NoticeDraft) -> NoticeSheet:
    """A draft that the register does not have."""
    content = content_read(draft.content)
    level, to = draft.level, draft.addressee
    return NoticeSheet(content.notice, content.name, level, to, draft.needs_approval)


def sheet_of(notice: RegisteredNotice, sender: Sender) -> NoticeSheet:
    """A notice of the register as it stands now. Until it is issued, and where nobody was set when
    it was drafted, it comes from the `sender` of today.
    """
    content = registered_content(notice)
    name = content.name
    waits = notice.needs_approval and notice.stage is NoticeStage.DRAFTED
    paper = printed(notice)
    if notice.stage in WAITING or not content.is_signed:
        paper = sent_by(paper, sender)
    return NoticeSheet(paper, name, notice.level, notice.addressee, waits)


def sent_by(notice: Notice, sender: Sender) -> Notice:
    """The notice with who sends it."""
    _ = translator(cast("Lang", notice.lang))
    mark = sender.mark or sender.name or _("[sender]")
    most = {PaperForm.RED_HEAD: 62, PaperForm.LETTER: 44, PaperForm.SLIP: 20}
    points = min(Fraction(most[PaperForm(notice.form)]), Fraction(436, max(1, len(mark))))
    return replace(
        notice,
        mark=mark,
        mark_points=f"{points.__floor__()}",
        signed=sender.name or _("[sender]"),
        seal=sender.seal or sender.name or _("seal"),
        contact=_("contact: {name}, telephone: {phone}").format(
            name=sender.contact or _("[contact]"), phone=sender.phone or _("[telephone]")
        ),
    )


def sheet_names(sheets: Sequence[NoticeSheet]) -> list[str]:
    """What the files of each notice are called, without their endings."""
    taken = {"index"}
    return [safe_name(sheet.name, taken) for sheet in sheets]


def sheets_filled(
    sheets: Sequence[NoticeSheet],
    lang: Lang,
    templates: Path | None,
    index: Callable[[Sequence[IndexRow]], Index] | None = None,
    beside: Collection[str] = (),
) -> list[Paper]:
    """A page and a text of each notice, each in the language in which it was drafted; before them
    the `index` where one is made. It names the files that are made `beside` these.
    """
    rows: list[IndexRow] = []
    papers: list[tuple[Paper, Lang, PaperToFill]] = []
    for sheet, name in zip(sheets, sheet_names(sheets), strict=True):
        notice = sheet.notice
        for form in ("html", "txt"):
            own = (f"notice-{sheet.level}.{form}.j2", f"notice.{form}.j2")
            paper = Paper(f"{name}.{form}", "", sheet.level, sheet.addressee)
            its = cast("Lang", notice.lang)
            papers.append((paper, its, PaperToFill(own, {"notice": notice})))
        files = (f"{name}.html", f"{name}.txt")
        row = (len(rows) + 1, notice.paper, notice.addressee, len(notice.rows), *files)
        reasons = translator(its)("; ").join(notice.triggers)
        others = (f"{name}.{form}" for form in ("pdf", "docx", "png"))
        made = (one if one in beside else "" for one in others)
        rows.append(IndexRow(*row, sheet.needs_approval, sheet.level, reasons, *made))
    if index is not None:
        filling = PaperToFill(("index.html.j2",), {"index": index(rows)})
        papers.insert(0, (Paper("index.html", ""), lang, filling))
    found: dict[int, Paper] = {}
    for one in LANGS:
        its_own = [at for at, paper in enumerate(papers) if paper[1] == one]
        texts = filled([papers[at][2] for at in its_own], one, templates) if its_own else []
        for at, text in zip(its_own, texts, strict=True):
            found[at] = replace(papers[at][0], text=text)
    return [found[at] for at in range(len(papers))]


def _name_parts(batch: Batch) -> list[str]:
    parts = [batch.level, batch.addressee]
    if batch.scope is Scope.UNIT:
        return [*parts, "all"]
    return [*parts, "own"] if batch.to_unit else parts


class NoticeWriting:
    """What all notices of one run share."""

    def __init__(
        self,
        world: World,
        judged: Sequence[Judged],
        policy: Policy,
        lang: Lang,
        known_on: date | None,
        sender: Sender,
        before: Iterable[RegisteredNotice] = (),
    ) -> None:
        self.world = world
        self.lines = Lines(world, judged, policy, lang, known_on)
        self.policy = policy
        self.lang = lang
        self.known_on = known_on
        self.sender = sender
        self.before = NoticesBefore(tuple(policy.levels), world.as_of, before)
        self.names = self.lines.names
        self._: Translate = translator(lang)

    def batches(self, alerts: Iterable[Alert]) -> list[Batch]:
        """Alerts of one level to one addressee together, the highest level first."""
        found: dict[tuple[str, str, bool, Scope], list[Alert]] = defaultdict(list)
        for alert in alerts:
            level = self.policy.levels[alert.level]
            own = alert.to_unit and level.for_unit is not None
            found[alert.level, alert.addressee, own, alert.scope].append(alert)
        ladder = list(self.policy.levels)
        places = self.names.unit_order

        def order(batch: Batch) -> tuple[int, int, str, bool, str]:
            unit = batch.alerts[0].unit
            rank = -ladder.index(batch.level)
            place = places.get(unit, len(places))
            return rank, place, batch.addressee, batch.to_unit, batch.scope

        return sorted(
            (
                Batch(*key, tuple(sorted(group, key=lambda alert: alert.key)))
                for key, group in found.items()
            ),
            key=order,
        )

    def notice(self, batch: Batch) -> Notice | None:
        """The paper of a batch; None when nothing in it may be held against anybody."""
        level = self.policy.levels[batch.level]
        lines = self.lines.chosen(batch.alerts, gentle=bool(level.gentle))
        if not lines:
            return None
        paper = level.title(batch.to_unit, self.lang)
        wording = Wording(self.lines, batch, level, lines, paper, self.before)
        annexes = [self._("The obligations")]
        annexes += [self._("Receipt and reply")] if level.reply_working_days is not None else []
        made = Notice(
            lang=self.lang,
            level=batch.level,
            form=level.form,
            paper=paper,
            title_lines=wording.title(),
            mark="",
            mark_points="",
            number=self._number(),
            urgency=self._("proposal: a person approves it before it leaves")
            if level.approval
            else self._("draft: neither signed nor numbered"),
            addressee=self._addressee(batch, level, lines),
            matter=wording.matter(),
            opening=wording.opening(),
            triggers=wording.triggers(),
            laws=self.lines.laws(lines),
            rows=tuple(
                self.lines.row(at, one, bool(level.gentle)) for at, one in enumerate(lines, 1)
            ),
            refused=self.lines.refused(lines),
            previous=wording.previous(),
            asks=wording.asks(),
            consequence=wording.consequence(),
            closing=wording.closing(),
            annexes=tuple(annexes),
            signed="",
            dated=self._("[day of signing]"),
            has_seal=level.seal,
            seal="",
            contact="",
            copies=self._copies(batch),
            wants_reply=level.reply_working_days is not None,
            proof=self.proof(),
        )
        return sent_by(made, self.sender)

    def drafts(self, alerts: Iterable[Alert]) -> list[NoticeDraft]:
        """What is to be drafted for these alerts: the highest level first, then in the order of
        units.
        """
        return [draft for batch in self.batches(alerts) if (draft := self._draft(batch))]

    def _draft(self, batch: Batch) -> NoticeDraft | None:
        notice, level = self.notice(batch), self.policy.levels[batch.level]
        if notice is None:
            return None
        lines = self.lines.chosen(batch.alerts, gentle=bool(level.gentle))
        wording = Wording(self.lines, batch, level, lines, notice.paper, self.before)
        own = {line.matter.id for line in lines if line.is_own}
        is_unit = batch.scope is Scope.UNIT
        items = [
            NoticeItem(one.matter, one.verdicts)
            for one in batch.alerts
            if is_unit or one.matter in own
        ]
        if not is_unit:
            items += [
                NoticeItem(line.matter.id, tuple(one.id for one in line.matter.told), False)
                for line in lines
                if line.matter.id not in own
            ]
        content = NoticeContent(
            notice, wording.asked(), "-".join(_name_parts(batch)), bool(self.sender.name)
        )
        return NoticeDraft(
            level=batch.level,
            addressee=batch.addressee,
            paper=notice.paper,
            unit=batch.alerts[0].unit,
            needs_approval=level.approval,
            reply_working_days=level.reply_working_days,
            items=tuple(items),
            content=content.text(),
        )

    def index(self, rows: Sequence[IndexRow], is_preview: bool = False) -> Index:
        """The list of all notices; each is shown in a preview."""
        day = day_text(self.world.as_of, self.lang)
        return Index(
            lang=self.lang,
            title=self._("Notices of {day}").format(day=day),
            proof=self.proof(),
            rows=tuple(rows),
            nothing="" if rows else self._("There is nothing to be sent."),
            is_preview=is_preview,
        )

    def proof(self) -> str:
        """Audit day, knowledge day and short hashes of what the papers rest on."""
        return proof_line(
            self.world.as_of,
            self.world.rulebook.hashes,
            self.lang,
            known=known_text(self.known_on, self.lang),
            policy=self.policy.digest,
        )

    def _number(self) -> str:
        if not self.sender.code:
            return self._("No. [    ]")
        return self._("No. {code} [    ]").format(code=self.sender.code)

    def _addressee(self, batch: Batch, level: Level, lines: Sequence[Line]) -> str:
        unit, to = batch.alerts[0].unit, batch.addressee
        if to == unit:
            return self.names.unit(unit)
        if level.to is Recipient.HOLDER:
            return self.names.holder(lines[0].matter.verdict, self.lang)
        if level.to is Recipient.ALL_UNITS:
            return self._("all units")
        if level.to is Recipient.DISCIPLINE:
            return self._("the discipline inspection office")
        return self._named(to)

    def _named(self, to: str) -> str:
        """A unit, or a post by its unit, title and who holds it."""
        post = self.world.records.posts.get(to)
        if post is None:
            return self.names.unit(to) if to in self.world.records.units else to
        parts = [self.names.unit(post.unit), self.names.post(to)]
        return ("" if self.lang == "zh" else " ").join(parts)

    def _copies(self, batch: Batch) -> str:
        has_seal = self.policy.levels[batch.level].seal
        own = self.sender.copies.split("；") if has_seal and self.sender.copies else []
        copied = dict.fromkeys(one for alert in batch.alerts for one in alert.copies)
        copied.pop(batch.addressee, None)
        named = dict.fromkeys([*(self._named(one) for one in copied), *own])
        return self._(", ").join(named) + self._(".") if named else ""
