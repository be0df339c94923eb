"""Make known-item queries from a library itself: each names one source, which should come first.

Azzopardi, de Rijke and Balog 2007, "Building simulated queries for known-item topics".
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from litsearch.patterns import expression
from litsearch.types import CatalogSource, Document, Kind

EACH = 100  # queries of a kind, at most
SEED = 1
OPENING = 3_000  # characters, in which the sentences stand that tell what a text is about
BEGINNING = 400  # characters, in which papers name their authors and venue
LEAST_LETTERS = 6  # of a word that is given a slip
_KIND_WORDS: dict[Kind, str] = {
    "paper": "paper",
    "video": "video",
    "code": "repository",
    "article": "post",
    "post": "post",
    "book": "book",
    "course": "course",
}
_SENTENCE = expression(r"(?<=[.!?])\s+")
_NAME = expression(r"(?<=[\w,] )[A-Z][a-z]{3,}\b")
_WORD = expression(r"[^\W\d_]+")


class KnownItem(NamedTuple):
    """A query, its kind, and the source that it was made from."""

    kind: str
    text: str
    source_id: str


def known_items(library: Iterable[tuple[CatalogSource, Document]]) -> dict[str, KnownItem]:
    """Return queries by id, of these kinds: titles; titles with a slip; two words of a title with
    the author's name, or with the kind of source; one with a name that the text begins with;
    remarks; headings; sentences without each third word.
    """
    rng = random.Random(SEED)  # noqa: S311 - a choice that can be repeated, no secret
    items: list[KnownItem] = []
    for row, document in library:
        items += _of_title(row, rng)
        items += _of_two_words(row, rng)
        items += _of_remarks(row)
        if row.verdict.status == "indexed":
            items += _of_text(row, document, rng)

    unique: dict[str, list[KnownItem]] = {}
    occurrences = Counter(map(_query, items))
    for item in items:
        if occurrences[_query(item)] == 1:
            unique.setdefault(item.kind, []).append(item)

    by_id: dict[str, KnownItem] = {}
    for kind, of_kind in unique.items():
        sample = rng.sample(of_kind, min(EACH, len(of_kind)))
        for number, item in enumerate(sample, 1):
            by_id[f"{kind}-{number:03d}"] = item
    return by_id


def _query(item: KnownItem) -> tuple[str, str]:
    return item.kind, item.text.casefold()


def _of_title(row: CatalogSource, rng: random.Random) -> Iterator[KnownItem]:
    """Yield the title, and the title with a slip."""
    title = row.listed_title
    if len(title.split()) < 2:
        return
    yield KnownItem("title", title, row.source_id)
    misspelling = _slip(title, rng)
    if misspelling != title:
        yield KnownItem("title-slip", misspelling, row.source_id)


def _of_two_words(row: CatalogSource, rng: random.Random) -> Iterator[KnownItem]:
    """Yield two words of the title with the name of the author, and with the kind of source."""
    words = [word.group() for word in _long_words(row.listed_title)]
    if len(words) < 2:
        return
    first, second = sorted(rng.sample(range(len(words)), 2))
    two = f"{words[first]} {words[second]}"
    if surname := " ".join(row.authors[:1]).split()[-1:]:
        yield KnownItem("author", f"{surname[0]} on {two}", row.source_id)
    if kind := _KIND_WORDS.get(row.kind):
        yield KnownItem("kind", f"the {two} {kind}", row.source_id)


def _of_remarks(row: CatalogSource) -> Iterator[KnownItem]:
    """Yield the remarks of five words and more."""
    for entry in row.entries:
        if len(entry.remark.split()) >= 5:
            yield KnownItem("remark", entry.remark[:300], row.source_id)


def _of_text(row: CatalogSource, document: Document, rng: random.Random) -> Iterator[KnownItem]:
    """Yield a heading, a name that the text begins with, and a sentence without each third word."""
    headings = {span.heading[-1] for span in document.spans if span.heading}
    telling = _of_words(sorted(headings), 3, 12)
    if telling:
        yield KnownItem("heading", rng.choice(telling), row.source_id)

    words = _WORD.findall(row.listed_title)
    names = sorted(set(_NAME.findall(document.text[:BEGINNING])).difference(words))
    if names and words:
        name, longest = rng.choice(names), max(words, key=len)
        yield KnownItem("opening", f"{name} {longest}", row.source_id)

    sentences = _of_words(_SENTENCE.split(document.text[:OPENING]), 9, 30)
    if sentences:
        words = rng.choice(sentences).split()
        del words[2::3]
        yield KnownItem("sentence", " ".join(words), row.source_id)


def _of_words(texts: Iterable[str], fewest: int, most: int) -> list[str]:
    """Return the texts that have so many words."""
    return [text for text in texts if fewest <= len(text.split()) <= most]


def _slip(title: str, rng: random.Random) -> str:
    """Return the title with two neighbouring letters of one long word in the wrong order."""
    words = _long_words(title)
    if not words:
        return title
    at = rng.choice(words).start() + rng.randrange(1, LEAST_LETTERS - 2)
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]


def _long_words(title: str) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(title) if len(word.group()) >= LEAST_LETTERS]
