"""Build the next generation out of ingested sources; only what changed is chunked and embedded."""

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
from litsearch.index.write import Prepared, Spool, Tools, compose, texts
from litsearch.languages import language_of
from litsearch.reports import BuildReport
from litsearch.types import CatalogSource, Document, Entry, Ingested, Passage, Source, Span, Verdict

Ingest = Callable[[Mapping[str, str]], Iterator[Ingested]]


def build(
    index: Path, sources: Sequence[Source], ingest: Ingest, live: Generation | None, tools: Tools
) -> BuildReport:
    """Bring the index up to date with the sources; publish a new generation if anything changed.

    The caller holds the lock. `live` is the generation whose parts can be reused, if there is one.
    """
    began = time.monotonic()
    if live is not None and differing_facts(live.manifest.facts, tools.facts):
        live = None

    fingerprints: dict[str, str] = {}
    previous = None
    if live is not None:
        fingerprints, previous = live.catalog.fingerprints(), _previous(live.catalog)

    with Spool(index) as spool:
        prepared = _prepare_all(ingest(fingerprints), previous, tools, spool)
        ready = _unite([prepared[source.source_id] for source in sources])
        generation = _write_generation(index, ready, live, tools)

    report = _report(generation, ready, fingerprints)
    return replace(report, took_s=time.monotonic() - began)


def differing_facts(then: Facts, now: Facts) -> list[str]:
    """Return what of the settings or versions has changed, so that nothing of a generation can be
    reused.
    """
    parts = {
        "embedder": (then.embedder, now.embedder),
        "chunker": (then.chunker, now.chunker),
        "extraction": (then.extraction, now.extraction),
    }
    return [name for name, (before, after) in parts.items() if before != after]


def _write_generation(
    index: Path, ready: Sequence[Prepared], live: Generation | None, tools: Tools
) -> str:
    """Return the generation that holds these sources: the live one, as it is or amended, or a new
    one.
    """
    if live is not None:
        change = write.difference(live.catalog, ready)
        if change.is_empty:
            return live.id
        if change.is_small:
            with draft(index) as next_one:
                return write.amend(next_one, live, change, tools)
    with draft(index) as next_one:
        return compose(next_one, ready, live.catalog if live else None, tools)


class _Previous(NamedTuple):
    """What the live catalog holds, by source id."""

    catalog: Catalog
    rows: Mapping[str, CatalogSource]
    heads: Mapping[str, Document]  # without their texts
    counts: Mapping[str, int]  # of passages
    fingerprints: Mapping[str, str]

    def indexed(self, source_id: str) -> bool:
        """Return True when it holds the text of this source, not only what the lists say of it."""
        return source_id in self.rows and self.rows[source_id].verdict.status == "indexed"


def _previous(catalog: Catalog) -> _Previous:
    sources, rows = {row.source_id: row for row in catalog.sources()}, catalog.rows()
    counts = catalog.passage_counts(list(rows.values())).tolist()
    return _Previous(
        catalog,
        sources,
        catalog.heads(),
        dict(zip(rows, counts, strict=True)),
        catalog.fingerprints(),
    )


def _prepare_all(
    items: Iterator[Ingested], previous: _Previous | None, tools: Tools, spool: Spool
) -> dict[str, Prepared]:
    """Return every source by its id; texts are embedded while the next pages are fetched."""
    by_id: dict[str, Prepared] = {}
    waiting: list[Prepared] = []
    pending = 0
    for item in items:
        prepared = _prepare(item, previous, tools)
        if prepared.unchanged:
            by_id[item.source.source_id] = prepared
            continue
        waiting.append(prepared)
        pending += len(texts(prepared))
        if pending >= tools.batch:
            by_id.update(_embed(waiting, tools, spool))
            waiting, pending = [], 0
    by_id.update(_embed(waiting, tools, spool))
    return by_id


def _prepare(item: Ingested, previous: _Previous | None, tools: Tools) -> Prepared:
    """Return a source with its text: from the catalog when unchanged, else new, else what the lists
    say of it.
    """
    source_id = item.source.source_id
    if previous is not None:
        item = _keep_text(item, previous)
        if item.unchanged and previous.indexed(source_id):
            if not item.verdict.reason:  # it may say that only a part was read
                item = replace(item, verdict=previous.rows[source_id].verdict)
            shown, read = (
                _row(item, previous.heads[source_id]),
                partial(previous.catalog.document, source_id),
            )
            count = previous.counts[source_id]
            return Prepared(
                shown, item.fingerprint, read, None, count, unchanged=True, works=item.works
            )
        if item.unchanged:  # it failed, and the same bytes would fail again
            item = replace(item, verdict=previous.rows[source_id].verdict)
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


def _keep_text(item: Ingested, previous: _Previous) -> Ingested:
    """Return a source that gives no text now, but did and may again, with the text of that time."""
    source_id, now = item.source.source_id, item.verdict
    passing = now.status in ("entry-only", "blocked", "failed") and item.source.url is not None
    if (
        item.document is not None
        or item.unchanged
        or not passing
        or not previous.indexed(source_id)
    ):
        return item
    verdict = Verdict("indexed", f"The text is that of an earlier build. {now.reason}", now.remedy)
    return replace(
        item, verdict=verdict, unchanged=True, fingerprint=previous.fingerprints[source_id]
    )


def _unite(items: Sequence[Prepared]) -> list[Prepared]:
    """Return the sources, every work once."""
    return [
        _merge(duplicate_groups) for duplicate_groups in dedupe.duplicate_groups(items).values()
    ]


def _merge(duplicate_groups: Sequence[Prepared]) -> Prepared:
    first, *duplicates = duplicate_groups
    if not duplicates:
        return first
    return replace(first, row=first.row.merge(duplicate.row for duplicate in duplicates))


def _row(item: Ingested, document: Document) -> CatalogSource:
    entries = item.source.entries
    authors = document.authors or next((entry.authors for entry in entries if entry.authors), ())
    year_of_list = next((entry.year for entry in entries if entry.year), None)
    return CatalogSource.of(
        source=item.source,
        verdict=item.verdict,
        title=document.title or item.source.listed_title,
        authors=authors,
        year=year_of_list or (int(document.published[:4]) if document.published else None),
        document_url=document.url,
        media_type=document.media_type,
        language=document.language or "",
    )


def _embed(items: Sequence[Prepared], tools: Tools, spool: Spool) -> dict[str, Prepared]:
    """Return the same sources, their vectors now in the store, their texts put aside."""
    sentences = sorted(set().union(*map(texts, items)))
    new = map(operator.not_, tools.store.known(sentences))
    missing = set(compress(sentences, new))
    tools.store.embed(sorted(missing), tools.embedder)

    by_id = {}
    for item in items:
        by_id[item.row.source_id] = replace(
            item,
            embedded=_count_touched(item, missing),
            made=spool.document(item.document),
            cut=spool.passages(item.passages),
        )
    return by_id


def _count_touched(item: Prepared, missing: set[str]) -> int:
    """Return how many passages of a source need an embedding that is missing."""
    if item.row.title in missing:
        return len(item.passages)
    text = item.document.text
    count = 0
    for passage in item.passages:
        sentences = {text[unit.start : unit.end] for unit in passage.sentences}
        count += not missing.isdisjoint(sentences)
    return count


def _report(
    generation: str, ready: Sequence[Prepared], fingerprints: Mapping[str, str]
) -> BuildReport:
    statuses: Counter[str] = Counter()
    passages = embedded = unchanged = unreachable = 0
    for item in ready:
        row, status = item.row, item.row.verdict.status
        statuses[status] += 1
        passages += item.count
        embedded += item.embedded
        unchanged += fingerprints.get(row.source_id) == item.fingerprint
        unreachable += status == "entry-only" and row.url is not None

    removed = fingerprints.keys() - {item.row.source_id for item in ready}
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
