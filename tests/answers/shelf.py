"""Small libraries made by hand: real catalogs and vectors, with a bag-of-words stand-in for the
embedder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from litsearch.answers.answer import DEPTH, answer, corpus_of
from litsearch.index.catalog_writer import CatalogWriter, sentence_units
from litsearch.index.generation import CATALOG_FILE, VECTORS_FILE, Generation, open_current
from litsearch.index.manifest import Facts
from litsearch.index.publish import draft
from litsearch.index.vectors import exact
from litsearch.retrieval.search import search
from litsearch.types import (
    Answer,
    CatalogSource,
    Document,
    Entry,
    Filters,
    Offsets,
    Passage,
    Results,
    Source,
    Span,
    Status,
    Turn,
    Verdict,
)

if TYPE_CHECKING:
    from litsearch.types import Vector

DIM = 64
Embed = Callable[[str], "Vector"]
GROUP = 2  # sentences a passage, one of them shared with the next

TIDES = (  # sentences of a page that many tests search
    "The moon pulls the sea twice a day.",
    "Sailors keep tables of high water.",
    "Neap tides come at half moon.",
    "Harbours lie in bays.",
    "The highest water is feared.",
)


@dataclass(frozen=True)
class Page:
    """A source to be written: its sentences, or none when only the list speaks of it."""

    title: str
    sentences: tuple[str, ...] = ()
    remark: str = ""
    authors: tuple[str, ...] = ()
    status: Status = "indexed"
    url: str = field(default="")
    table: tuple[str, ...] = ()  # lines behind the sentences


def embed(text: str) -> Vector:
    """Words hashed into DIM buckets: texts that share words are near each other."""
    vector = np.zeros(DIM, np.float32)
    for word in re.findall(r"[a-z0-9]+", text.lower()):
        vector[int(hashlib.sha256(word[:6].encode()).hexdigest(), 16) % DIM] += 1
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def embed_shifted(text: str) -> Vector:
    """Return the same with one number more, so that a cosine c is .5 + .5 c."""
    return np.append(embed(text), np.float32(1)) / np.sqrt(np.float32(2))


def make(index: Path, pages: Sequence[Page], embed: Embed = embed) -> Generation:
    """Write a library of these pages and open it."""
    dim = len(embed(""))
    vectors, sentences = exact.empty(dim), [np.empty((0, dim), np.float32)]
    with draft(index) as next_one:
        with CatalogWriter(next_one.folder / CATALOG_FILE) as catalog:
            for number, page in enumerate(pages):
                source, document, passages = _source(number, page)
                catalog.add(source, "", document, passages)
                units = sentence_units(passages)
                sentences += [embed(document.text[unit.start : unit.end])[None] for unit in units]
                vectors.add(
                    np.stack([embed(page.title if not p.sentences else p.text) for p in passages])
                )
            catalog.finish()
        vectors.save(next_one.folder / VECTORS_FILE)
        with next_one.sentences(dim) as file:
            file.append(np.concatenate(sentences))
        with next_one.sources(dim) as file:
            openings = [" ".join((page.title, *page.sentences[:4])) for page in pages]
            file.append(np.stack([embed(opening) for opening in openings]))
        next_one.publish(Facts("made by hand", "none", dim, "1", "1"))
    return open_current(index, exact.load)


def ask(
    generation: Generation,
    question: str,
    *,
    max_sentences: int = 3,
    turns: Sequence[Turn] = (),
    embed: Embed = embed,
) -> Answer:
    """Search and answer, as the service does."""

    def retrieve(text: str, sources: Sequence[str]) -> tuple[Results, Vector]:
        within = Filters(sources=tuple(sources))
        return search(generation, embed, text, k=DEPTH, depth=200, filters=within), embed(text)

    corpus = corpus_of(generation, retrieve)
    return answer(corpus, question, turns=turns, max_sentences=max_sentences)


def _source(number: int, page: Page) -> tuple[CatalogSource, Document, list[Passage]]:
    name = f"s{number}"
    url = page.url or f"https://example.org/{number}"
    entry = Entry(
        "config/lists/a.md",
        number + 1,
        page.title,
        url,
        ("Section",),
        "",
        page.remark,
        page.authors,
    )
    card = "\n\n".join(part for part in (page.title, page.remark, "Section") if part)
    text = " ".join(page.sentences) if page.sentences else card
    prose, table = len(text), "\n".join(page.table)
    text += f"\n\n{table}" if table else ""
    status: Status = page.status if page.sentences or page.status != "indexed" else "entry-only"
    listed = Source(name, url, "article", (entry,))
    source = CatalogSource.of(
        listed, Verdict(status), page.title, page.authors, None, url if page.sentences else ""
    )
    spans = (
        (Span(0, prose), Span(prose + 2, len(text), role="table")) if table else (Span(0, prose),)
    )
    document = Document(name, page.title, text, spans, hashlib.sha256(text.encode()).hexdigest())
    if not page.sentences:
        return source, document, [Passage(f"{name}-0", name, text, 0, len(text))]
    passages = _passages(name, text, page.sentences)
    if table:
        unit = Offsets(prose + 2, len(text))
        passages.append(Passage(f"{name}-t", name, table, *unit, role="table", sentences=(unit,)))
    return source, document, passages


def _passages(name: str, text: str, sentences: Sequence[str]) -> list[Passage]:
    units, at = [], 0
    for sentence in sentences:
        at = text.index(sentence, at)
        units.append(Offsets(at, at + len(sentence)))
    groups = [tuple(units[i : i + GROUP]) for i in range(max(len(units) - 1, 1))]
    return [
        Passage(
            f"{name}-{i}", name, text[g[0].start : g[-1].end], g[0].start, g[-1].end, sentences=g
        )
        for i, g in enumerate(groups)
    ]
