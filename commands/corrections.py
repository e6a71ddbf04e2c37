"""Commands that mend: make-up, void."""

from __future__ import annotations

from datetime import date

import click

from commands.edge import Edge, today, told_in_journal, with_edge
from commands.staffing import AS_OF, Watched, units_of
from commands.storing import fields, record_told
from commands.words import Command
from problems import BadInput, Place, Problem

_MOST = 5


@click.command("make-up", cls=Command)
@fields("kind", "day", "holder", "makes_up")
@told_in_journal
@with_edge
def make_up(edge: Edge, **given: str | None) -> None:
    """Record an act that makes an earlier period good; there must be an unmet obligation for it."""
    from data.cell_values import CellError, day_text
    from data.intake.imports import record_activity
    from engine.judging.audit import judge_all, world_of
    from engine.judging.making_up import unmet, unmet_named

    values = {name: text for name, text in given.items() if text is not None}
    holder, label, kind = values["holder"], values["makes_up"].strip(), values["kind"]
    rulebook, store = edge.rulebook(), edge.store()
    records = store.read_records()
    try:
        as_of = max(today(store), date.fromisoformat(day_text(values["day"])))
    except CellError:
        as_of = today(store)
    world = world_of(rulebook, records, as_of, None)
    unit, problems = world.unit_of(holder), []
    if unit is not None:
        open_ = unmet(judge_all(world, unit=unit), holder)
        if not unmet_named(world, open_, label, kind):
            near = dict.fromkeys(
                one.label for one in open_ if unmet_named(world, [one], one.label, kind)
            )
            message = f"no obligation of '{holder}' for '{label}' that '{kind}' makes good is unmet"
            hint = (
                f"unmet: {', '.join(list(near)[-_MOST:])}" if near else "nothing is to be made up"
            )
            problems.append(Problem(Place("makes_up"), message, hint))
    doing = edge.doing(store)
    activity = record_activity(
        store, values, words=edge.words(), now=doing.now, who=doing.who, why=doing.why,
        problems=problems,
    )  # fmt: skip
    record_told(edge, rulebook, store, activity, values)


@click.command("void", cls=Command)
@click.argument("table", metavar="TABLE")
@click.argument("key", metavar="KEY…", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", required=True, help="Why it does not hold.")
@AS_OF
@told_in_journal
@with_edge
def void(edge: Edge, table: str, key: tuple[str, ...], reason: str, as_of: date | None) -> None:
    """Strike a record out: it stays, to be explained, and counts for nothing from then on."""
    from data.intake.voids import void_record

    if not reason.strip():
        hint = "write into void_reason why it does not hold"
        message = "a row is declared void without a reason"
        raise BadInput([Problem(Place("--reason"), message, hint)])
    watched = Watched.of(edge, as_of)
    cells = void_record(watched.store, table, key, reason, edge.doing(watched.store))
    text = edge.say("struck out {table} {key}: {reason}")
    click.echo(text.format(table=table, key=" ".join(key), reason=reason))
    holder = cells.get("holder")
    watched.tell(units_of(holder) if holder and table != "activities" else None)
