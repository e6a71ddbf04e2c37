"""Commands about the rules: check, list, show, keep, schema."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import click

from commands.edge import Edge, told_in_journal, with_edge
from commands.words import Command, Group
from problems import BadInput, Place, Problem, did_you_mean


@click.group("rules", cls=Group)
def rules() -> None:
    """The duties: check, list and read them."""


@rules.command("check", cls=Command)
@click.argument("path", metavar="[PATH]", required=False)
@with_edge
def check(edge: Edge, path: str | None) -> None:
    """Check every rule file and run its worked examples."""
    from engine.examples import failures
    from engine.policy import DEFAULT_POLICY, load_policy
    from rules.example_places import example_places
    from rules.loader import load_rulebook

    if path:
        edge = replace(edge, rules=(path,))
    office = edge.office_folder()
    rulebook = load_rulebook(edge.rule_folders(), office)
    own = office / "policy.yaml" if office else None
    load_policy(own if own is not None and own.exists() else DEFAULT_POLICY)
    places = example_places(edge.rule_folders(), office)
    problems = [
        Problem(
            places.get((failure.duty, failure.number), Place(failure.duty)),
            failure.message,
            failure.hint,
        )
        for failure in failures(rulebook)
    ]
    if problems:
        raise BadInput(problems)
    text = edge.say("{duties} duties of {documents} documents, {examples} examples: all right")
    examples = sum(len(duty.examples) for duty in rulebook.duties)
    click.echo(
        text.format(
            duties=len(rulebook.duties), documents=len(rulebook.documents), examples=examples
        )
    )


@rules.command("list", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the whole measure.")
@with_edge
def list_(edge: Edge, as_json: bool) -> None:
    """List the duties."""
    from rules.listing import list_entries
    from rules.wording import measure_in_words

    rulebook = edge.rulebook()
    if as_json:
        click.echo(json.dumps(list_entries(rulebook), ensure_ascii=False, indent=2))
        return
    for document in rulebook.documents.values():
        click.echo(f"{document.title} {document.number or ''}".rstrip())
        for duty in rulebook.duties:
            if duty.document == document.id:
                words = measure_in_words(duty.frequency, "en" if edge.lang == "en" else "zh")
                click.echo(f"  {duty.id}  {duty.title}  {words}")


@rules.command("show", cls=Command)
@click.argument("duty", metavar="DUTY")
@with_edge
def show(edge: Edge, duty: str) -> None:
    """Show one duty in plain words, with its clause."""
    from reports.duty_text import duty_text

    rulebook = edge.rulebook()
    found = next((one for one in rulebook.duties if one.id == duty), None)
    if found is None:
        ids = [one.id for one in rulebook.duties]
        hint = did_you_mean(duty, ids) or "see 'dutyclock rules list'"
        raise BadInput([Problem(Place("DUTY"), f"there is no duty '{duty}'", hint)])
    click.echo(duty_text(rulebook, found, edge.lang))


@rules.command("keep", cls=Command)
@told_in_journal
@with_edge
def keep(edge: Edge) -> None:
    """Put the rule files in force into the store, every byte of them."""
    from data.kept_rules import keep_rules

    rulebook = edge.rulebook()
    files = edge.kept_files(rulebook)
    store = edge.store()
    kept = keep_rules(store, asdict(rulebook.hashes), files, edge.doing(store))
    if kept.entry is None:
        text = edge.say("the store has these rule files already, as rulebook {number}")
        click.echo(text.format(number=kept.rulebook))
        return
    text = edge.say("kept as rulebook {number}: {count} files, {new} of them new")
    click.echo(text.format(number=kept.rulebook, count=len(files), new=kept.new_files))


@rules.command("schema", cls=Command)
@with_edge
def schema(edge: Edge) -> None:
    """Print the JSON Schema of a rule file, for editors."""
    from rules.schema import rule_schema

    del edge
    click.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))
