"""Known-item queries made from a library itself: each names one source, which should come first.

Azzopardi, de Rijke and Balog 2007, "Building simulated queries for known-item topics".
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"[^\W\d_]+")


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
    made = [item for row, document in library for item in _items(row, document, rng)]
    said = Counter((item.kind, item.text.casefold()) for item in made)
    unique = [item for item in made if said[item.kind, item.text.casefold()] == 1]
    chosen: dict[str, KnownItem] = {}
    for kind in dict.fromkeys(item.kind for item in unique):
        of_kind = [item for item in unique if item.kind == kind]
        for number, item in enumerate(rng.sample(of_kind, min(EACH, len(of_kind))), 1):
            chosen[f"{kind}-{number:03d}"] = item
    return chosen


def _items(row: CatalogSource, document: Document, rng: random.Random) -> Iterator[KnownItem]:
    name = row.source_id
    title = row.listed_title
    if len(title.split()) >= 2:
        yield KnownItem("title", title, name)
        if (slipped := _slip(title, rng)) != title:
            yield KnownItem("title-slip", slipped, name)
    yield from _named(row, rng)
    for entry in row.entries:
        if len(entry.remark.split()) >= 5:
            yield KnownItem("remark", entry.remark[:300], name)
    if row.verdict.status != "indexed":
        return
    headings = sorted({span.heading[-1] for span in document.spans if span.heading})
    telling = [heading for heading in headings if 3 <= len(heading.split()) <= 12]
    if telling:
        yield KnownItem("heading", rng.choice(telling), name)
    words = _WORD.findall(title)
    begin = sorted({word for word in _NAME.findall(document.text[:BEGINNING]) if word not in words})
    if begin and words:
        yield KnownItem("opening", f"{rng.choice(begin)} {max(words, key=len)}", name)
    sentences = [
        one for one in _SENTENCE.split(document.text[:OPENING]) if 9 <= len(one.split()) <= 30
    ]
    if sentences:
        words = rng.choice(sentences).split()
        yield KnownItem(
            "sentence", " ".join(word for place, word in enumerate(words) if place % 3 != 2), name
        )


def _named(row: CatalogSource, rng: random.Random) -> Iterator[KnownItem]:
    """Return two words of the title with the name of the author, and with the kind of source."""
    words = [
        match.group()
        for match in _WORD.finditer(row.listed_title)
        if len(match.group()) >= LEAST_LETTERS
    ]
    if len(words) < 2:
        return
    two = " ".join(words[place] for place in sorted(rng.sample(range(len(words)), 2)))
    if surname := " ".join(row.authors[:1]).split()[-1:]:
        yield KnownItem("author", f"{surname[0]} on {two}", row.source_id)
    if kind := _KIND_WORDS.get(row.kind):
        yield KnownItem("kind", f"the {two} {kind}", row.source_id)


def _slip(title: str, rng: random.Random) -> str:
    """Return the title with two neighbouring letters of one of its long words in the wrong order."""
    words = [match for match in _WORD.finditer(title) if len(match.group()) >= LEAST_LETTERS]
    if not words:
        return title
    at = rng.choice(words).start() + rng.randrange(1, LEAST_LETTERS - 2)
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]
