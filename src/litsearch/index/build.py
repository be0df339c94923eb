"""The walker of the build: ingested sources in, the next generation out. Only what changed is
chunked and embedded.
"""

from __future__ import annotations

import hashlib
import operator
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from litsearch.index import chunking, dedupe, write
from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.index.manifest import Facts
from litsearch.index.publish import draft
from litsearch.index.write import Aside, Prepared, Tools, compose, texts
from litsearch.languages import language_of
from litsearch.reports import BuildReport
from litsearch.types import CatalogSource, Document, Entry, Ingested, Passage, Source, Span, Verdict

# sentences to gather before embedding: enough of each length, and the first are there soon
BATCH = 1024

Ingest = Callable[[Mapping[str, str]], Iterator[Ingested]]


def build(
    index: Path, sources: Sequence[Source], ingest: Ingest, live: Generation | None, tools: Tools
) -> BuildReport:
    """Bring the index up to date with the sources and publish a new generation if anything changed.

    The caller holds the lock. `live` is what can be reused, if anything.
    """
    began = time.monotonic()
    if live is not None and made_otherwise(live.manifest.facts, tools.facts):
        live = None

    fingerprints: dict[str, str] = {}
    stored = None
    if live is not None:
        fingerprints, stored = live.catalog.fingerprints(), _stored(live.catalog)

    with Aside(index) as aside:
        prepared = _prepare_all(ingest(fingerprints), stored, tools, aside)
        ready = _united([prepared[source.source_id] for source in sources])
        generation = _publish(index, ready, live, tools)

    report = _report(generation, ready, fingerprints)
    return replace(report, took_s=time.monotonic() - began)


def made_otherwise(then: Facts, now: Facts) -> list[str]:
    """Return what of the making has changed, so that nothing of a generation can be reused: its
    pages are read again.
    """
    parts = {
        "embedder": (then.embedder, now.embedder),
        "chunker": (then.chunker, now.chunker),
        "extraction": (then.extraction, now.extraction),
    }
    return [name for name, (before, after) in parts.items() if before != after]


def _publish(index: Path, ready: Sequence[Prepared], live: Generation | None, tools: Tools) -> str:
    """Return the generation that holds what is ready: the live one, or the live one amended, or one
    written anew.
    """
    if live is not None:
        change = write.difference(live.catalog, ready)
        if change.nothing:
            return live.id
        if change.little:
            with draft(index) as next_one:
                return write.amend(next_one, live, change, tools)
    with draft(index) as next_one:
        return compose(next_one, ready, live.catalog if live else None, tools)


class _Stored(NamedTuple):
    """What the live catalog holds, by source id."""

    catalog: Catalog
    rows: Mapping[str, CatalogSource]
    heads: Mapping[str, Document]  # without their texts
    counts: Mapping[str, int]  # of passages
    fingerprints: Mapping[str, str]

    def indexed(self, source_id: str) -> bool:
        """Return True when it holds the text of this source, not only what the lists say of it."""
        return source_id in self.rows and self.rows[source_id].verdict.status == "indexed"


def _stored(catalog: Catalog) -> _Stored:
    sources, rows = {row.source_id: row for row in catalog.sources()}, catalog.rows()
    counts = catalog.passage_counts(list(rows.values())).tolist()
    return _Stored(
        catalog,
        sources,
        catalog.heads(),
        dict(zip(rows, counts, strict=True)),
        catalog.fingerprints(),
    )


def _prepare_all(
    ingested: Iterator[Ingested], stored: _Stored | None, tools: Tools, aside: Aside
) -> dict[str, Prepared]:
    """Return every source by its id; texts are embedded while the next pages are fetched."""
    done: dict[str, Prepared] = {}
    waiting: list[Prepared] = []
    gathered = 0
    for item in ingested:
        prepared = _prepare(item, stored, tools)
        if prepared.unchanged:
            done[item.source.source_id] = prepared
            continue
        waiting.append(prepared)
        gathered += len(texts(prepared))
        if gathered >= BATCH:
            done.update(_embed(waiting, tools, aside))
            waiting, gathered = [], 0
    done.update(_embed(waiting, tools, aside))
    return done


def _prepare(item: Ingested, stored: _Stored | None, tools: Tools) -> Prepared:
    """Return a source with its text: from the catalog when unchanged, else new, else what the lists
    say of it.
    """
    source_id = item.source.source_id
    if stored is not None:
        item = _kept(item, stored)
        if item.unchanged and stored.indexed(source_id):
            if not item.verdict.reason:  # it may say that only a part was read
                item = replace(item, verdict=stored.rows[source_id].verdict)
            shown, read = (
                _row(item, stored.heads[source_id]),
                partial(stored.catalog.document, source_id),
            )
            count = stored.counts[source_id]
            return Prepared(
                shown, item.fingerprint, read, None, count, unchanged=True, works=item.works
            )
        if item.unchanged:  # it failed, and the same bytes would fail again
            item = replace(item, verdict=stored.rows[source_id].verdict)
    document = _in_its_language(item.document or card(item.source))
    passages = _passages(document, tools)
    document = replace(document, passages=None)
    # its vector is its title's, so that an edited remark costs no embedding
    if item.document is None:
        passages = tuple(replace(passage, sentences=()) for passage in passages)
    works = item.works if item.document is not None else ()
    shown = _row(item, document)
    return Prepared(
        shown, item.fingerprint, document, passages, len(passages), item.unchanged, works=works
    )


def _passages(document: Document, tools: Tools) -> tuple[Passage, ...]:
    """Return the passages that a document came with; else it is cut here."""
    if document.passages is not None:
        return document.passages
    return tuple(chunking.chunk(document, tools.count_tokens, tools.window))


def _in_its_language(document: Document) -> Document:
    """Return the document with its language, told by its words where the page does not say it."""
    return replace(document, language=language_of(document.text) or document.language)


def _kept(item: Ingested, stored: _Stored) -> Ingested:
    """Return a source that gives no text now, but did and may again, with the text of that time."""
    source_id, now = item.source.source_id, item.verdict
    passing = now.status in ("entry-only", "blocked", "failed") and item.source.url is not None
    if item.document is not None or item.unchanged or not passing or not stored.indexed(source_id):
        return item
    verdict = Verdict("indexed", f"The text is that of an earlier build. {now.reason}", now.remedy)
    return replace(
        item, verdict=verdict, unchanged=True, fingerprint=stored.fingerprints[source_id]
    )


def _united(items: Sequence[Prepared]) -> list[Prepared]:
    """Return the sources, every work once."""
    return [_one(twins) for twins in dedupe.twins(items).values()]


def _one(twins: Sequence[Prepared]) -> Prepared:
    first, *others = twins
    if not others:
        return first
    return replace(first, row=first.row.together(other.row for other in others))


def _row(item: Ingested, document: Document) -> CatalogSource:
    entries = item.source.entries
    authors = document.authors or next((entry.authors for entry in entries if entry.authors), ())
    listed = next((entry.year for entry in entries if entry.year), None)
    return CatalogSource.of(
        source=item.source,
        verdict=item.verdict,
        title=document.title or item.source.listed_title,
        authors=authors,
        year=listed or (int(document.published[:4]) if document.published else None),
        document_url=document.url,
        media_type=document.media_type,
        language=document.language or "",
    )


def _embed(items: Sequence[Prepared], tools: Tools, aside: Aside) -> dict[str, Prepared]:
    """Return the same sources, their vectors now in the store, their texts put aside."""
    wanted = sorted(set().union(*map(texts, items)))
    new = map(operator.not_, tools.store.known(wanted))
    missing = set(compress(wanted, new))
    tools.store.embed(sorted(missing), tools.embedder)

    embedded = {}
    for item in items:
        embedded[item.row.source_id] = replace(
            item,
            embedded=_touched(item, missing),
            made=aside.document(item.document),
            cut=aside.passages(item.passages),
        )
    return embedded


def _touched(item: Prepared, missing: set[str]) -> int:
    """Return how many passages of a source need an embedding that is missing."""
    if item.row.title in missing:
        return len(item.passages)
    text = item.document.text
    touched = 0
    for passage in item.passages:
        sentences = {text[unit.start : unit.end] for unit in passage.sentences}
        touched += not missing.isdisjoint(sentences)
    return touched


def _report(generation: str, ready: Sequence[Prepared], known: Mapping[str, str]) -> BuildReport:
    statuses: Counter[str] = Counter()
    passages = embedded = unchanged = unreachable = 0
    for item in ready:
        row, status = item.row, item.row.verdict.status
        statuses[status] += 1
        passages += item.count
        embedded += item.embedded
        unchanged += known.get(row.source_id) == item.fingerprint
        unreachable += status == "entry-only" and row.url is not None

    removed = known.keys() - {item.row.source_id for item in ready}
    return BuildReport(
        generation=generation,
        total=len(ready),
        statuses=dict(statuses),
        indexed=statuses["indexed"],
        entry_only=statuses["entry-only"],
        failed=len(ready) - statuses["indexed"] - statuses["entry-only"],
        unchanged=unchanged,
        removed=len(removed),
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        requests=0,
        unreachable=unreachable,
        took_s=0.0,
    )


CARD_TYPE = "text/x-reading-list"
_BETWEEN = "\n\n"


def card(source: Source) -> Document:
    """Return the lists' titles, authors, remarks and topics for a source, one span each, nothing
    said twice.
    """
    lines: dict[str, None] = {}
    for entry in source.entries:
        lines |= dict.fromkeys(filter(None, _card_lines(entry)))

    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + len(_BETWEEN)

    text = _BETWEEN.join(lines)
    return Document(
        source_id=source.source_id,
        title=None,
        text=text,
        spans=tuple(spans),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type=CARD_TYPE,
    )


def _card_lines(entry: Entry) -> Iterator[str]:
    yield _byline(entry)
    yield entry.remark
    topic = (entry.topic,) * bool(entry.topic)
    yield " > ".join(dict.fromkeys((*entry.section, *topic)))


def _byline(entry: Entry) -> str:
    line = entry.title
    if entry.authors:
        line += f", by {', '.join(entry.authors)}"
    if entry.year:
        line += f" ({entry.year})"
    return line
