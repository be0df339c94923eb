"""The JSON shapes that every door shows: one function a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litsearch.answers.deep_links import deep_link
from litsearch.errors import LitsearchError
from litsearch.types import (
    Answer,
    AnswerPart,
    AnswerSentence,
    BuildReport,
    CatalogSource,
    Citation,
    Document,
    Dropped,
    Entry,
    Finding,
    Hit,
    Passage,
    Results,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from litsearch.app.lists import ListFile
    from litsearch.app.maintenance import Kept
    from litsearch.index.diff import Changes
    from litsearch.retrieval.explain import Stage

View = dict[str, Any]


def entry_view(entry: Entry) -> View:
    """One entry of a list, as `parse` shows it."""
    return {
        "title": entry.title,
        "url": entry.url,
        "section": " > ".join(entry.section),
        "topic": entry.topic,
        "remark": entry.remark,
        "authors": list(entry.authors),
        "year": entry.year,
        "read": entry.read,
        "line": entry.line,
        "extra": dict(entry.extra),
    }


def mention_view(entry: Entry) -> View:
    """Where a list names a source."""
    return {
        "list": entry.list,
        "line": entry.line,
        "section": " > ".join(entry.section),
        "topic": entry.topic,
        "remark": entry.remark,
        "title": entry.title,
        "url": entry.url,
        "read": entry.read,
    }


def source_view(row: CatalogSource) -> View:
    """A source, as hits and citations show it."""
    return {
        "id": row.source.source_id,
        "title": row.title,
        "url": row.source.url,
        "authors": list(row.authors),
        "year": row.year,
        "kind": row.source.kind,
    }


def verdict_view(row: CatalogSource) -> View:
    """A source with its verdict, as `sources` shows it."""
    verdict = {
        "status": row.verdict.status,
        "reason": row.verdict.reason,
        "remedy": row.verdict.remedy,
    }
    return (
        source_view(row)
        | verdict
        | {"entries": [mention_view(entry) for entry in row.source.entries]}
    )


def locator_view(passage: Passage, start: int, end: int) -> View:
    """Where in its source a text stands; offsets in characters of the stored text."""
    return {
        "section": " > ".join(passage.heading),
        "page": passage.page,
        "start": start,
        "end": end,
    }


def hit_view(hit: Hit) -> View:
    """A passage found."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": passage.passage_id,
        "text": passage.text,
        "source": source_view(hit.source),
        "entries": [mention_view(entry) for entry in hit.source.source.entries],
        "locator": locator_view(passage, passage.start, passage.end),
        "link": deep_link(hit.source, passage.text, passage),
        "scores": {name: round(score, 6) for name, score in hit.scores.items()},
    }


def passage_view(passage: Passage) -> View:
    """A passage, as its source shows it."""
    locator = locator_view(passage, passage.start, passage.end)
    return {
        "passage_id": passage.passage_id,
        "text": passage.text,
        "locator": locator,
        "role": passage.role,
    }


def point_view(row: CatalogSource, x: float, y: float) -> View:
    """A source on the map."""
    topic = next((entry.topic for entry in row.source.entries if entry.topic), "")
    facts = {"topic": topic, "kind": row.source.kind, "year": row.year}
    return {"id": row.source.source_id, "title": row.title, "x": x, "y": y} | facts


def stages_view(stages: Mapping[str, Stage]) -> View:
    """What every leg thought of a hit."""
    return {
        name: {"score": round(stage.score, 6), "rank": stage.rank, "added": round(stage.added, 6)}
        for name, stage in stages.items()
    }


def results_view(results: Results, stages: Sequence[Mapping[str, Stage]] = ()) -> View:
    """The hits of one query, with what every leg thought of each, when that was asked for."""
    explained = [{"explain": stages_view(one)} for one in stages] or [{}] * len(results.hits)
    return {
        "query": results.query,
        "mode": results.mode,
        "generation": results.generation,
        "took_ms": round(results.took_ms, 2),
        **({"degraded": results.degraded} if results.degraded else {}),
        "hits": [hit_view(hit) | more for hit, more in zip(results.hits, explained, strict=True)],
    }


def citation_view(citation: Citation) -> View:
    """Where a sentence of an answer stands."""
    return {
        "n": citation.n,
        "quote": citation.quote,
        "passage_id": citation.passage.passage_id,
        "source": source_view(citation.source),
        "entries": [mention_view(entry) for entry in citation.source.source.entries],
        "locator": locator_view(citation.passage, citation.start, citation.end),
        "link": deep_link(citation.source, citation.quote, citation.passage, citation.beside),
    }


def sentence_view(sentence: AnswerSentence) -> View:
    """A sentence of an answer."""
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "support": round(sentence.support, 3),
    }


def answer_view(answer: Answer) -> View:
    """An answer with its citations, or the reason why there is none."""
    return {
        "question": answer.question,
        "status": answer.status,
        "answered": answer.answered,
        "answer": answer.text,
        "generation": answer.generation,
        "generator": answer.generator.partition(":")[0],
        "model": answer.generator.partition(":")[2] or None,
        "parameters": dict(answer.parameters),
        "took_ms": round(answer.took_ms, 2),
        "sentences": [sentence_view(sentence) for sentence in answer.sentences],
        "citations": [citation_view(citation) for citation in answer.citations],
        "reason": answer.reason,
        "nearest": [hit_view(hit) for hit in answer.nearest],
        "note": answer.note,
        "parts": [part_view(part) for part in answer.parts],
    }


def part_view(part: AnswerPart) -> View:
    """Return what one of several questions got."""
    return {
        "question": part.question,
        "status": part.status,
        "reason": part.reason,
        "citations": list(part.citations),
    }


def document_view(document: Document, source: str) -> View:
    """What the extractor made of a document."""
    return {
        "source": source,
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "venue": document.venue,
        "cut": document.cut,
        "media_type": document.media_type,
        "text": document.text,
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "heading": list(span.heading),
                "page": span.page,
                "role": span.role,
            }
            for span in document.spans
        ],
    }


def report_view(report: BuildReport) -> View:
    """What a build did."""
    return {
        "generation": report.generation,
        "sources": {
            "total": report.total,
            "indexed": report.indexed,
            "entry_only": report.entry_only,
            "failed": report.failed,
            "unchanged": report.unchanged,
            "removed": report.removed,
        },
        "passages": {
            "total": report.passages,
            "embedded": report.embedded,
            "reused": report.reused,
        },
        "requests": report.requests,
        "unreachable": report.unreachable,
        "took_s": round(report.took_s, 3),
        "skipped": [
            {"list": file.path, "reason": file.reason, "hint": file.hint} for file in report.skipped
        ],
        "dropped": report.dropped,
    }


def list_view(file: ListFile) -> View:
    """A file among the lists, and why it is none."""
    return {
        "list": file.path,
        "entries": len(file.entries),
        "dropped": len(file.dropped),
        "problem": file.problem,
        "hint": file.hint,
    }


def dropped_view(dropped: Dropped) -> View:
    """A line of a list that became no entry."""
    return {"line": dropped.line, "text": dropped.text, "reason": dropped.reason}


def outcome_view(outcome: BuildReport | LitsearchError) -> View:
    """What a build did, or why it failed."""
    if isinstance(outcome, LitsearchError):
        return {"error": str(outcome), "hint": outcome.hint}
    return report_view(outcome)


def generation_view(one: Kept) -> View:
    """A generation, as `generations` lists it."""
    counts = {"sources": one.sources, "passages": one.passages}
    return {
        "id": one.id,
        "live": one.live,
        "created": one.created,
        **counts,
        "problem": one.problem,
    }


def changes_view(found: Changes) -> View:
    """What changed between two generations."""
    groups = {
        "new": found.new,
        "gone": found.gone,
        "reachable": found.reachable,
        "lost": found.lost,
    }
    edited = [
        {
            "source": source_view(one.row),
            "added": [passage.text for passage in one.added],
            "removed": [passage.text for passage in one.removed],
        }
        for one in found.edited
    ]
    named = {name: [verdict_view(row) for row in rows] for name, rows in groups.items()}
    return named | {"edited": edited, "relisted": [verdict_view(row) for row in found.relisted]}


def finding_view(finding: Finding) -> View:
    """One thing that was checked."""
    return {
        "check": finding.check,
        "ok": finding.ok,
        "message": finding.message,
        "mend": finding.mend,
    }
