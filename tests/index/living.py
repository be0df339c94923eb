"""A library in memory whose builds take milliseconds: documents by name, an embedder that hashes,
no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.test_embedding_store import HashEmbedder

from litsearch.app.factories import load_vectors, vectors_for
from litsearch.index.build import build
from litsearch.index.current import current_id
from litsearch.index.embedding_store import EmbeddingStore
from litsearch.index.generation import Generation, open_current
from litsearch.index.manifest import Facts
from litsearch.index.write import Tools
from litsearch.reports import BuildReport
from litsearch.types import Document, Entry, Ingested, Source, Span, Verdict

FACTS = Facts(embedder="hash", model="hash-8", dim=8, chunker="1", extraction="1")
SUBJECTS = ("tides", "yeast", "pendulums", "lighthouses", "glaciers", "violins", "bridges", "bees")


def text(subject: str, sentences: int = 12) -> str:
    """Paragraphs that no other subject has."""
    lines = [
        f"Note {n} on {subject} says that the {subject} of region {n * 7} differ from those of region {n * 7 + 1}"
        f" by {n} parts in a hundred, as was measured in the year {1800 + n}."
        for n in range(sentences)
    ]
    return "\n\n".join(" ".join(lines[n : n + 3]) for n in range(0, sentences, 3))


@dataclass
class World:
    """The lists and the pages as they are now; change them, then build again."""

    entries: list[Entry] = field(
        default_factory=lambda: [entry(n, name) for n, name in enumerate(SUBJECTS)]
    )
    pages: dict[str, str] = field(
        default_factory=lambda: {name: text(name) for name in SUBJECTS[:-1]}
    )
    facts: Facts = FACTS
    extracted: list[str] = field(default_factory=list)

    def sources(self) -> list[Source]:
        return [
            Source(one.title, f"https://example.org/{one.title}", "article", (one,))
            for one in self.entries
        ]

    def ingest(self, known: Mapping[str, str]) -> Iterator[Ingested]:
        for source in self.sources():
            page = self.pages.get(source.source_id)
            if page is None:
                yield Ingested(source, Verdict("dead", "It is gone.", "Correct the link."))
                continue
            mark = hashlib.sha256(f"{page}{self.facts.extraction}".encode()).hexdigest()
            if known.get(source.source_id) == mark:
                yield Ingested(source, Verdict("indexed"), None, mark, True)
                continue
            self.extracted.append(source.source_id)
            yield Ingested(source, Verdict("indexed"), document(source, page), mark)

    def build(
        self, index: Path, *, full: bool = False, keep: int = 2
    ) -> tuple[BuildReport, HashEmbedder]:
        """Build, and return the report and the embedder, which knows what was asked of it."""
        index.mkdir(parents=True, exist_ok=True)
        embedder = HashEmbedder()
        embedder.fingerprint = self.facts.embedder
        live = open_current(index, load_vectors) if current_id(index) and not full else None
        with closing(EmbeddingStore(index / "embeddings.sqlite", self.facts.embedder, 8)) as store:
            tools = Tools(
                self.facts, store, embedder, _count, 64, partial(vectors_for, index), keep
            )
            return build(index, self.sources(), self.ingest, live, tools), embedder

    def edit(self, place: int, **changed: object) -> None:
        self.entries[place] = replace(self.entries[place], **changed)  # type: ignore[arg-type]


def entry(line: int, name: str) -> Entry:
    return Entry(
        "config/lists/a.md",
        line + 3,
        name,
        f"https://example.org/{name}",
        ("Things",),
        "Nature",
        f"on {name}",
    )


def document(source: Source, page: str) -> Document:
    spans, start = [], 0
    for block in page.split("\n\n"):
        spans.append(Span(start, start + len(block), ("Part",)))
        start += len(block) + 2
    digest = hashlib.sha256(page.encode()).hexdigest()
    return Document(
        source.source_id, f"About {source.source_id}", page, tuple(spans), digest, source.url or ""
    )


def opened(index: Path) -> Generation:
    return open_current(index, load_vectors)


def _count(texts: Sequence[str]) -> list[int]:
    return [len(one.split()) for one in texts]
