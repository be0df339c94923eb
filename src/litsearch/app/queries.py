"""Look at a query before it is searched: whether it asks anything, and what a thing is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.errors import did_you_mean
from litsearch.patterns import expression
from litsearch.text import words
from litsearch.types import Filters, Mode

if TYPE_CHECKING:
    from litsearch.index.catalog import Catalog
    from litsearch.retrieval.rerank import DefinitionShare

# What stands in every question of what a thing is; reading questions is not loaded for others.
_MAY_DEFINE = expression(r"(?i)\b(?:what|who|define|explain|describe|tell me)")


def courtesy_reply(query: str, catalog: Catalog) -> str:
    """Return what to say to a greeting, thanks, or marks without a word; "" for what is a query.

    What a title of the library has is a query: "hello", where one says "Hello, world".
    """
    from litsearch.answers.chitchat import invitation, is_courtesy

    if not is_courtesy(query) or not catalog.title_words.isdisjoint(words(query.casefold())):
        return ""
    return invitation(len(catalog.rows()))


def definition_share_for(query: str, mode: Mode = "hybrid") -> DefinitionShare | None:
    """Return how to tell whether a text says what a query wants defined; None for others.

    By words or by meaning alone, passages rank as these say.
    """
    if mode != "hybrid" or not _MAY_DEFINE.search(query):
        return None
    from litsearch.answers.definitions import share_in
    from litsearch.answers.entities import Entity
    from litsearch.answers.question import read_question

    question = read_question(query)
    if question.kind != "definition" or not question.subjects:
        return None
    things = [Entity(subject) for subject in question.subjects]
    return lambda text: max(share_in(text, thing) for thing in things)


def unknown_names(filters: Filters, catalog: Catalog) -> list[str]:
    """Say which topics and lists of the filters are not there, and which may have been meant."""
    topics: dict[str, None] = {}
    lists: dict[str, None] = {}
    for row in catalog.sources():
        topics |= dict.fromkeys(entry.topic for entry in row.entries if entry.topic)
        lists |= dict.fromkeys(Path(entry.list).stem for entry in row.entries)

    complaints: list[str] = []
    for name in filters.topics:
        if not catalog.source_rows(Filters(topics=(name,))):
            complaints.append(_no_such("topic", name, topics))
    for name in filters.lists:
        if not catalog.source_rows(Filters(lists=(name,))):
            complaints.append(_no_such("list", name, lists))
    return complaints


def _no_such(field: str, name: str, names: Collection[str]) -> str:
    hint = did_you_mean(name, names) or f"There are: {', '.join(list(names)[:20])}."
    return f"No {field} is called {name!r}. {hint}"
