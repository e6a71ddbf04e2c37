"""Why a verdict is what it is, in plain words: clause, window, what was asked, what counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from data.records import Activity
from engine.calendar.periods import Period
from engine.judging.explain import Explanation
from engine.judging.obligations import is_conduct
from engine.judging.verdict import Reason, State, Verdict, VerdictFlag, Working
from engine.judging.world import World
from reports.codes import exempt_word, flag_words, light_word, state_word
from reports.figures import amount, day_text, day_with_weekday, number, period_text, span_text
from reports.i18n import Lang, Translate, mark, translator
from reports.names import Names
from reports.refusals import act_refused, quoted
from rules.frequency import Shape
from rules.wording import measure_in_words

Line = tuple[str, str]
"""A heading (empty: it goes on under the one above) and what stands beside it."""


def why_text(world: World, explanation: Explanation, lang: Lang = "zh") -> str:
    """The whole answer to `dutyclock why`, line by line, ending with a line break."""
    lines = list(_Telling(world, explanation, lang).lines())
    wide = max(_width(heading) for heading, _ in lines)
    text = [
        f"{heading}{' ' * (wide - _width(heading) + 2)}{words}".rstrip() for heading, words in lines
    ]
    return "\n".join([explanation.verdict.id, *text]) + "\n"


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def verdict_sentence(verdict: Verdict, lang: Lang = "zh") -> str:
    """How it stands, in one sentence with its numbers."""
    _ = translator(lang)
    said = _SENTENCES[verdict.state]
    if verdict.state is State.TO_BE_RULED and verdict.measure.shape is not Shape.TO_BE_RULED:
        said = _NO_DAYS
    if verdict.state is State.EXCEEDED and verdict.measure.covers_members:
        said = _TOO_OFTEN

    def many(value: Fraction) -> str:
        return amount(value, verdict.measure, lang)

    return _(said).format(
        required=many(verdict.required),
        done=many(verdict.done),
        short=many(verdict.shortfall),
        most=number(verdict.measure.at_most or 0),
        due=day_text(verdict.deadline, lang),
        opens=day_text(verdict.window.first if verdict.window else None, lang),
        overdue=verdict.days_overdue,
        late=verdict.days_late,
        reason=exempt_word(verdict.reason, lang),
    )


_NO_DAYS = mark("The calendar gives no days for that year; nothing is judged until it does.")
_SENTENCES: Mapping[State, str] = {
    State.TO_BE_RULED: mark("The clause gives no number or day; nothing is judged until a ruling."),
    State.EXEMPT: mark("Nothing is owed: {reason}."),
    State.EXCEEDED: mark("{done} counted, more than the {most} allowed."),
    State.MET: mark("{required} required, {done} counted, reached by {due}."),
    State.MADE_UP: mark("{required} required, {done} counted, reached {late} days after {due}."),
    State.UPCOMING: mark("{required} required, {done} counted; it opens on {opens}."),
    State.DUE_SOON: mark("{required} required, {done} counted, {short} still to do by {due}."),
    State.BEHIND: mark(
        "{required} required, {done} counted, {short} still to do by {due}: behind the calendar."
    ),
    State.OPEN: mark("{required} required, {done} counted, {short} still to do by {due}."),
    State.OVERDUE: mark(
        "{required} required, {done} counted, {short} short, {overdue} days after {due}."
    ),
}


_TOO_OFTEN = mark("{done} reached, some of them more often than the {most} times allowed.")


class _Telling:
    """One explanation, told line by line."""

    def __init__(self, world: World, explanation: Explanation, lang: Lang) -> None:
        self.world = world
        self.explanation = explanation
        self.verdict = explanation.verdict
        self.lang = lang
        self._: Translate = translator(lang)
        self.names = Names.of_world(world)
        self.acts = {act.activity: act for act in world.records.activities}

    def lines(self) -> Iterator[Line]:
        """Verdict, clause, holder, window, working, what counted, what did not."""
        _, verdict, lang = self._, self.verdict, self.lang
        yield (
            _("verdict"),
            _("{state} ({light}), as of {day}").format(
                state=state_word(verdict.state, lang),
                light=light_word(verdict.light, lang),
                day=day_text(verdict.as_of, lang),
            ),
        )
        yield "", verdict_sentence(verdict, lang)
        yield from self._law()
        yield from self._who()
        yield from self._when()
        if verdict.working:
            yield from self._asked(verdict.working)
        yield from self._counted()
        yield from self._not_counted()
        if verdict.missing:
            missing = "、".join(self.names.member(member) for member in verdict.missing)
            yield _("not reached"), missing
        if verdict.flags:
            yield _("flags"), flag_words(verdict.flags, lang)

    def _law(self) -> Iterator[Line]:
        _, duty = self._, self.verdict.duty
        for at, source in enumerate(duty.sources):
            document = self.world.rulebook.documents.get(source.document or duty.document)
            title = f"《{document.title}》" if document else duty.document
            if document and document.number:
                title += f"（{document.number}）" if self.lang == "zh" else f" ({document.number})"
            yield _("document") if not at else "", title
            yield _("clause"), source.clause
            yield _("quote"), f"“{source.quote}”"
        yield _("duty"), duty.title
        yield _("measure"), measure_in_words(self.verdict.measure, self.lang)
        if duty.note:
            yield _("note"), duty.note

    def _who(self) -> Iterator[Line]:
        _, verdict = self._, self.verdict
        yield _("owed by"), self.names.holder(verdict, self.lang)
        if verdict.person is None and verdict.post and not verdict.measure.owed_by_person:
            yield "", _("a result of the post: nobody is named")
        if verdict.event:
            event = self.world.event_of(verdict.event, verdict.unit, verdict.post)
            if event:
                told = f"{event.type} {day_text(event.day, self.lang)} {event.event}"
                zh = self.lang == "zh"
                named = f"{event.title}（{told}）" if zh else f"{event.title} ({told})"
                yield _("event"), named if event.title else told

    def _when(self) -> Iterator[Line]:
        _, verdict, lang = self._, self.verdict, self.lang
        period = period_text(verdict.called, verdict.period, lang)
        days = span_text(verdict.period, lang)
        yield _("period"), period if period == days else f"{period} {days}"
        if verdict.window and verdict.window != verdict.period:
            yield _("in force"), span_text(verdict.window, lang)
        if verdict.due is None:
            return
        yield _("due"), day_with_weekday(verdict.due, lang)
        if verdict.due_unmoved and verdict.due != verdict.due_unmoved:
            before = day_with_weekday(verdict.due_unmoved, lang)
            named = verdict.measure.one_day
            if named and named.weekday:
                moved = _("{day} is a day of rest: until the same weekday of the next week")
            else:
                moved = _("moved from {day}, as the document says")
            yield "", moved.format(day=before)
        if verdict.deadline and verdict.deadline != verdict.due:
            after = day_with_weekday(verdict.deadline, lang)
            grace = (verdict.deadline - verdict.due).days
            yield "", _("with {days} days of grace: until {day}").format(days=grace, day=after)

    def _asked(self, working: Working) -> Iterator[Line]:
        _, lang, measure = self._, self.lang, self.verdict.measure
        conduct = is_conduct(measure)
        yield _("required"), amount(working.required, measure, lang)
        if working.members is not None:
            if VerdictFlag.NO_ROSTER in self.verdict.flags:
                yield "", _("no roster: judged by the tally of the act itself")
            elif working.share is not None:
                yield (
                    "",
                    _("{share} of {members} members, rounded up ({listed} listed)").format(
                        share=_share(working.share), members=working.members, listed=working.listed
                    ),
                )
            else:
                yield (
                    "",
                    _("{asked} for each of {members} members ({listed} listed)").format(
                        asked=number(working.asked), members=working.members, listed=working.listed
                    ),
                )
        elif conduct:
            yield from self._pro_rated(working)
        if not conduct and self.verdict.state is State.EXEMPT:
            yield from self._in_force(working)
            yield from self._lost(working)
        for waiver in self.explanation.waivers:
            yield "", self._waiver(waiver)

    def _pro_rated(self, working: Working) -> Iterator[Line]:
        _ = self._
        if working.share is not None:
            yield (
                "",
                _("{share} of {days} working days in force, rounded up").format(
                    share=_share(working.share), days=working.days_in_force
                ),
            )
        elif working.days_in_force == working.whole_days:
            yield "", _("the whole period is in force: as the clause says")
        elif working.pro_rated is None:
            yield from self._in_force(working)
        else:
            yield (
                "",
                _("{asked} × {days} ÷ {whole} days in force = {exact}, half up: {rounded}").format(
                    asked=number(working.asked),
                    days=working.days_in_force,
                    whole=working.whole_days,
                    exact=_two_decimals(working.pro_rated),
                    rounded=number(working.rounded),
                ),
            )
        yield from self._lost(working)
        if working.left is not None:
            others = "、".join(
                self.names.person(person) for person in self.explanation.other_holders
            )
            yield "", _("others who held the post owe a part of it: {people}").format(people=others)

    def _in_force(self, working: Working) -> Iterator[Line]:
        yield (
            "",
            self._("{days} of {whole} days in force").format(
                days=working.days_in_force, whole=working.whole_days
            ),
        )

    def _lost(self, working: Working) -> Iterator[Line]:
        """Why days are not in force; a day may be lost for two reasons."""
        _ = self._
        lost = (
            (
                working.days_not_in_force,
                _("{days} days on which it did not bind or the records had not begun"),
            ),
            (working.days_outside_tenure, _("{days} days not in the post")),
            (working.days_waived, _("{days} days waived")),
        )
        said = [words.format(days=days) for days, words in lost if days]
        if said and working.days_in_force != working.whole_days:
            yield "", ("，" if self.lang == "zh" else ", ").join(said)

    def _waiver(self, waiver: str) -> str:
        row = next(row for row in self.world.records.waivers if row.waiver == waiver)
        days = span_text(Period(row.first, row.last), self.lang)
        words = self._("waiver {waiver}: {days}, {reason}").format(
            waiver=row.waiver, days=days, reason=row.reason
        )
        if not row.document:
            return words
        return f"{words}（{row.document}）" if self.lang == "zh" else f"{words} ({row.document})"

    def _counted(self) -> Iterator[Line]:
        _, verdict = self._, self.verdict
        heading = _("counted")
        if not verdict.counted:
            yield heading, _("nothing")
        for item in verdict.counted:
            act = self.acts[item.activity]
            many = amount(item.quantity, verdict.measure, self.lang)
            yield (
                heading,
                f"{self._act(act)}：{many}" if (self.lang == "zh") else f"{self._act(act)}: {many}",
            )
            heading = ""

    def _not_counted(self) -> Iterator[Line]:
        """Each act with its reason; those of another kind together at the end, kind by kind."""
        _ = self._
        heading = _("not counted")
        other_kinds: dict[str, list[str]] = {}
        for item in self.explanation.not_counted:
            act = self.acts[item.activity]
            if item.reason is Reason.KIND:
                other_kinds.setdefault(act.kind, []).append(act.activity)
                continue
            reason = act_refused(act, item.reason, self.verdict, self.lang)
            yield heading, f"{self._act(act)}{_(': ')}{reason}"
            heading = ""
        if other_kinds:
            listed = _("; ").join(
                f"{kind} [{_(', ').join(acts)}]" for kind, acts in other_kinds.items()
            )
            rule = self.verdict.duty.activity
            asked = _(" or ").join(quoted(one, self.lang) for one in (rule.kind if rule else ()))
            kinds = _("not of the kind asked for, {asked}").format(asked=asked)
            yield heading, f"{kinds}{_(': ')}{listed}"

    def _act(self, act: Activity) -> str:
        return act_text(act, self.names, self.lang)


def act_text(act: Activity, names: Names, lang: Lang = "zh") -> str:
    """Day, kind, role, who, subjects, evidence and id of a record."""
    _ = translator(lang)
    day = act.day.isoformat()
    if act.first_day and act.first_day != act.day:
        day = f"{act.first_day.isoformat()}..{day}"
    if act.time:
        day += f" {act.time:%H:%M}"
    parts = [day, act.kind]
    parts += [act.role] if act.role else []
    parts.append(names.doer(act))
    if act.on_behalf_of:
        parts.append(_("on behalf of {post}").format(post=names.post(act.on_behalf_of)))
    if act.subjects:
        parts.append(names.subjects(act))
    if act.makes_up:
        parts.append(_("makes up {label}").format(label=act.makes_up))
    if act.proofs:
        parts.append(_("evidence {items}").format(items="、".join(act.proofs_in_words)))
    parts.append(f"[{act.activity}]")
    return " ".join(parts)


def _share(share: Fraction) -> str:
    hundred = share * 100
    return f"{number(hundred)}%" if hundred.denominator == 1 else str(share)


def _two_decimals(value: Fraction) -> str:
    """The number with two decimals, cut off: what lies just under a half must not look like one."""
    cents = floor(value * 100)
    shown = f"{cents // 100}.{cents % 100:02d}"
    return shown if value * 100 == cents else f"{shown}…"
