"""Whether what was asked can be judged: the rules are the office's own, and the day has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from data.import_columns import TABLES
from data.records import Adoption
from data.store.opening import Store
from data.store.standing import holding_rows
from engine.judging.world import World
from problems import BadInput, Place, Problem, Said, names, said
from rules.rulebook import Rulebook


def must_bind(rulebook: Rulebook, adoptions: Sequence[Adoption] | None) -> None:
    """Raises BadInput where documents were adopted and none of them is among the rules: nobody
    would owe anything, and nothing would be said of it.
    """
    _refuse_strangers(rulebook, {one.document for one in adoptions or ()})


def must_bind_store(store: Store, rulebook: Rulebook) -> None:
    """The same, of what stands in the store: for those who write before they judge."""
    at = TABLES["adoptions"].at["document"]
    with store.reading() as connection:
        adopted = {str(values[at]) for values, _ in holding_rows(connection, "adoptions")}
    adopted |= {one.document for one in rulebook.adoptions or ()}
    _refuse_strangers(rulebook, adopted)


def doubts_of_rules(world: World) -> Iterator[Said]:
    """That some of the documents which were adopted are not among the rules, if so."""
    adopted = {one.document for one in world.adoptions or ()}
    missing = sorted(adopted - world.rulebook.documents.keys())
    if missing:
        yield said("adopted_but_not_judged", documents=names(missing))


def doubts_of_day(asked: date | None, today: date) -> Iterator[Said]:
    """That the day which is judged is still to come, if so."""
    if asked is not None and asked > today:
        yield said("judged_before_its_day", day=asked)


def _refuse_strangers(rulebook: Rulebook, adopted: set[str]) -> None:
    if adopted and adopted.isdisjoint(rulebook.documents):
        told = said("no_adopted_document_here", documents=names(sorted(adopted)))
        raise BadInput(
            [
                Problem(
                    Place("--rules"),
                    told,
                    said(
                        "name_the_folder_of_the_rules", documents=names(sorted(rulebook.documents))
                    ),
                )
            ]
        )
