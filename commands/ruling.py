"""Commands about the rules: check, list, show, keep, schema."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from time import perf_counter

import click

from commands.edge import Edge, progress, told_in_journal, with_edge
from commands.words import Command, Group
from problems import BadInput, Place, Problem, did_you_mean, one_of


@click.group("rules", cls=Group)
def rules() -> None:
    """The duties: check, list and read them."""


@rules.command("check", cls=Command)
@click.argument("path", metavar="[PATH]", required=False)
@with_edge
def check(edge: Edge, path: str | None) -> None:
    """Check every rule file and run its worked examples."""
    from engine.alerting.policy import DEFAULT_POLICY, load_policy
    from engine.examples import failures
    from rules.example_places import example_places
    from rules.loader import load_rulebook

    begun = perf_counter()
    if path:
        edge = replace(edge, rules=(path,))
    office = edge.office_folder()
    rulebook = load_rulebook(edge.rule_folders(), office)
    own = office / "policy.yaml" if office else None
    load_policy(own if own is not None and own.exists() else DEFAULT_POLICY)
    failed = list(failures(rulebook, progress(edge.say("duties checked"))))
    if failed:
        places = example_places(edge.rule_folders(), office)
        raise BadInput(
            [
                Problem(
                    places.get((failure.duty, failure.number), Place(failure.duty)),
                    failure.message,
                    failure.hint,
                )
                for failure in failed
            ]
        )
    text = edge.say("{duties} duties of {documents} documents, {examples} examples: all right")
    examples = sum(len(duty.examples) for duty in rulebook.duties)
    said = text.format(
        duties=len(rulebook.duties), documents=len(rulebook.documents), examples=examples
    )
    if sys.stdout.isatty():
        said += edge.say(", in {seconds} s").format(seconds=f"{perf_counter() - begun:.1f}")
    click.echo(said)


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
    from rules.selecting import Choice, selected

    rulebook = edge.rulebook()
    duties = selected(rulebook, Choice(document, holder, kind, shape))
    if as_json:
        entries = list_entries(replace(rulebook, duties=duties))
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    print_duties(edge.console(), rulebook, duties, edge.lang)


@rules.command("show", cls=Command)
@click.argument("duty", metavar="DUTY")
@with_edge
def show(edge: Edge, duty: str) -> None:
    """Show one duty in plain words: its clause, who owes it, what counts, its examples.

    DUTY is its id, or the end of it where only one ends so.
    """
    from reports.rules.duty_text import duty_text

    rulebook = edge.rulebook()
    found = [one for one in rulebook.duties if one.id == duty]
    found = found or [one for one in rulebook.duties if one.id.endswith(f".{duty}")]
    if len(found) != 1:
        ids = [one.id for one in rulebook.duties]
        hint = did_you_mean(duty, ids) or "see 'dutyclock rules list'"
        message = f"there is no duty '{duty}'"
        if found:
            message, hint = f"several duties end in '{duty}'", one_of([one.id for one in found])
        raise BadInput([Problem(Place("DUTY"), message, hint)])
    click.echo(duty_text(rulebook, found[0], edge.lang))


@rules.command("keep", cls=Command)
@told_in_journal
@with_edge
def keep(edge: Edge) -> None:
    """Put the rule files in force into the store, every byte of them."""
    from data.keeping.kept_rules import keep_rules

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
@click.option("--document", is_flag=True, help="That of a document.yaml instead.")
@with_edge
def schema(edge: Edge, document: bool) -> None:
    """Print the JSON Schema of a rule file, for editors."""
    from rules.schema import document_schema, rule_schema

    del edge
    made = document_schema() if document else rule_schema()
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))
