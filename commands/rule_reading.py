"""Commands that print the rules or compare them: coverage, page, words, diff."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.rule_files import rules
from commands.screen import console, tell
from problems import BadInput, Place, Problem, said

__all__ = ["rules"]


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
    from reports.coverage.page import coverage_html
    from reports.coverage.text import coverage_json, print_coverage
    from services.papers import write_paper
    from services.rule_reading import coverage as asked

    it = asked(edge.office(), Path(text), document)
    if html:
        name = Path(text).name
        page = coverage_html(it.rulebook, it.which, name, it.content, it.covered, edge.lang)
        write_paper(Path(html), page, "rules coverage")
    if as_json:
        told = coverage_json(it.which, it.content, it.covered)
        from reports.jsonio import dump_json

        tell(dump_json(told), nl=False)
        return
    print_coverage(console(), it.rulebook, it.which, it.covered, edge.lang, whole=whole)


@rules.command("page", cls=Command)
@click.argument("document", metavar="[DOCUMENT]", required=False)
@click.option("--out", metavar="FILE", required=True, help="The page to write: .html or .md.")
@with_edge
def page(edge: Edge, document: str | None, out: str) -> None:
    """Write a document's duties as a page: who owes what, on which clause, and what is no duty.

    Without DOCUMENT all documents, one after the other.
    """
    from reports.rules.rule_page import Form, rule_page
    from services.papers import write_paper
    from services.rule_reading import documents

    forms: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "md"}
    form = forms.get(Path(out).suffix.lower())
    if form is None:
        message, hint = said("not_a_page", out=out), said("name_it_html_or_md")
        raise BadInput([Problem(Place("--out"), message, hint)])
    rulebook, named = documents(edge.office(), document)
    write_paper(Path(out), rule_page(rulebook, named, form, edge.lang), "rules page")
    tell(out)


@rules.command("words", cls=Command)
@with_edge
def words(edge: Edge) -> None:
    """Show the kinds of activity as a tree, and how many duties ask for each."""
    from reports.rules.vocabulary_page import kinds_text
    from services.office import office_rulebook

    for line in kinds_text(office_rulebook(edge.office()), edge.lang):
        tell(line)


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
    from services.rule_reading import compare

    it = compare(*(replace(edge, rules=(name,)).office() for name in (old, new)))
    said = DiffWords(it.before, it.after, it.difference, edge.lang)
    if as_json:
        from reports.jsonio import dump_json

        tell(dump_json(said.json()), nl=False)
        return
    for line in said.lines():
        tell(line)
