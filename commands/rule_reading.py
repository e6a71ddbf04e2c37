"""Commands that show the rules beside a text, on a page, beside other rules, and their words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from commands.edge import Edge, with_edge
from commands.papers import write_text
from commands.ruling import rules
from commands.words import Command
from problems import BadInput, Place, Problem, did_you_mean
from rules.rulebook import Rulebook

__all__ = ["rules"]


def known_document(rulebook: Rulebook, name: str, place: str) -> str:
    """The document of that id, else of that number. Raises BadInput for one there is not."""
    if name in rulebook.documents:
        return name
    for document in rulebook.documents.values():
        if name in (document.number, document.title):
            return document.id
    hint = did_you_mean(name, rulebook.documents) or "see 'dutyclock rules list'"
    raise BadInput([Problem(Place(place), f"there is no document '{name}'", hint)])


@rules.command("coverage", cls=Command)
@click.argument("text", metavar="TEXT")
@click.option("--document", metavar="ID", help="Which document it is, instead of telling it.")
@click.option("--html", metavar="FILE", help="Write the whole text with its marks as a page.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, every sentence with a mark.")
@click.option("--all", "whole", is_flag=True, help="Show what is settled, too.")
@with_edge
def coverage(
    edge: Edge, text: str, document: str | None, html: str | None, as_json: bool, whole: bool
) -> None:
    """Show what became of each sentence of a document that says how often or by when.

    TEXT is the document as plain text, .docx or .html.
    """
    from data.intake.texts import read_text
    from reports.coverage.page import coverage_html
    from reports.coverage.text import coverage_json, print_coverage
    from rules.coverage import cover, passages, told

    rulebook = edge.rulebook()
    asked = known_document(rulebook, document, "--document") if document else None
    content = read_text(Path(text))
    which = told(rulebook, content, asked)
    covered = cover(content, passages(rulebook, which.document) if which.document else ())
    if html:
        name = Path(text).name
        write_text(Path(html), coverage_html(rulebook, which, name, content, covered, edge.lang))
    if as_json:
        click.echo(json.dumps(coverage_json(which, content, covered), ensure_ascii=False, indent=2))
        return
    print_coverage(edge.console(), rulebook, which, covered, edge.lang, whole=whole)


@rules.command("page", cls=Command)
@click.argument("document", metavar="[DOCUMENT]", required=False)
@click.option("--out", metavar="FILE", required=True, help="The page to write: .html or .md.")
@with_edge
def page(edge: Edge, document: str | None, out: str) -> None:
    """Write a document's duties as a page: who owes what, on which clause, and what is no duty.

    Without DOCUMENT all documents, one after the other.
    """
    from reports.rules.rule_page import Form, rule_page

    forms: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "md"}
    form = forms.get(Path(out).suffix.lower())
    if form is None:
        message, hint = f"'{out}' is no page", "name it .html or .md"
        raise BadInput([Problem(Place("--out"), message, hint)])
    rulebook = edge.rulebook()
    asked = [known_document(rulebook, document, "DOCUMENT")] if document else [*rulebook.documents]
    write_text(Path(out), rule_page(rulebook, asked, form, edge.lang))
    click.echo(out)


@rules.command("words", cls=Command)
@with_edge
def words(edge: Edge) -> None:
    """Show the kinds of activity as a tree, and how many duties ask for each."""
    from reports.rules.vocabulary_page import kinds_text

    for line in kinds_text(edge.rulebook(), edge.lang):
        click.echo(line)


@rules.command("diff", cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="As JSON, every change with both sides.")
@with_edge
def diff(edge: Edge, old: str, new: str, as_json: bool) -> None:
    """Say what two versions of the rules ask differently, and whose verdicts that changes.

    OLD and NEW are folders of rules; the word 'builtin' stands for the shipped ones.
    """
    from reports.rules.diff_text import DiffWords
    from rules.diff import difference

    before, after = (replace(edge, rules=(name,)).rulebook() for name in (old, new))
    said = DiffWords(before, after, difference(before, after), edge.lang)
    if as_json:
        click.echo(json.dumps(said.json(), ensure_ascii=False, indent=2))
        return
    for line in said.lines():
        click.echo(line)
