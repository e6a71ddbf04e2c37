"""Commands about the rules: check, list, show, keep, schema."""

from __future__ import annotations

import sys
from dataclasses import replace
from time import perf_counter

import click

from commands.bilingual import Command, Group
from commands.context import Edge, with_edge
from commands.options import told_in_journal
from commands.screen import console, progress, tell


@click.group("rules", cls=Group)
def rules() -> None:
    """The duties: check, list and read them."""


@rules.command("check", cls=Command)
@click.argument("path", metavar="[PATH]", required=False)
@with_edge
def check(edge: Edge, path: str | None) -> None:
    """Check every rule file and run its worked examples."""
    from services.rule_reading import check as asked

    begun = perf_counter()
    if path:
        edge = replace(edge, rules=(path,))
    rulebook = asked(edge.office(), progress(edge.say("duties checked")))
    text = edge.say("{duties} duties of {documents} documents, {examples} examples: all right")
    examples = sum(len(duty.examples) for duty in rulebook.duties)
    said = text.format(
        duties=len(rulebook.duties), documents=len(rulebook.documents), examples=examples
    )
    if sys.stdout.isatty():
        said += edge.say(", in {seconds} s").format(seconds=f"{perf_counter() - begun:.1f}")
    tell(said)


@rules.command("list", cls=Command)
@click.option("--document", metavar="ID", help="Only the duties of this document.")
@click.option("--holder", metavar="WORD", help="Only those owed by this class, type or tag.")
@click.option("--kind", metavar="WORD", help="Only those that this kind of activity counts for.")
@click.option("--shape", metavar="SHAPE", help="Only those with a measure of this shape.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the whole measure.")
@with_edge
def list_(
    edge: Edge,
    document: str | None,
    holder: str | None,
    kind: str | None,
    shape: str | None,
    as_json: bool,
) -> None:
    """List the duties by document and list."""
    from reports.rules.rule_list import print_duties
    from rules.listing import list_entries
    from rules.selecting import Choice
    from services.rule_reading import duties as asked

    rulebook, duties = asked(edge.office(), Choice(document, holder, kind, shape))
    if as_json:
        entries = list_entries(replace(rulebook, duties=duties))
        from reports.jsonio import dump_json

        tell(dump_json(entries), nl=False)
        return
    print_duties(console(), rulebook, duties, edge.lang)


@rules.command("show", cls=Command)
@click.argument("duty", metavar="DUTY")
@with_edge
def show(edge: Edge, duty: str) -> None:
    """Show one duty in plain words: its clause, who owes it, what counts, its examples.

    DUTY is its title, its id, or the end of it where only one ends so.
    """
    from reports.rules.duty_text import duty_text
    from services.rule_reading import duty_named

    rulebook, found = duty_named(edge.office(), duty)
    tell(duty_text(rulebook, found, edge.lang))


@rules.command("keep", cls=Command)
@told_in_journal
@with_edge
def keep(edge: Edge) -> None:
    """Put the rule files in force into the store, every byte of them."""
    from services.rule_reading import keep as asked

    it = asked(edge.office(), edge.doing())
    kept = it.kept
    if kept.entry is None:
        text = edge.say("the store has these rule files already, as rulebook {number}")
        tell(text.format(number=kept.rulebook))
        return
    text = edge.say("kept as rulebook {number}: {count} files, {new} of them new")
    tell(text.format(number=kept.rulebook, count=it.files, new=kept.new_files))


@rules.command("schema", cls=Command)
@click.option("--document", is_flag=True, help="That of a document.yaml instead.")
@with_edge
def schema(edge: Edge, document: bool) -> None:
    """Print the JSON Schema of a rule file, for editors."""
    from rules.schema import document_schema, rule_schema

    del edge
    made = document_schema() if document else rule_schema()
    from reports.jsonio import dump_json

    tell(dump_json(made), nl=False)
