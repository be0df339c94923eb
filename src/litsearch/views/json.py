"""Make the JSON of every record: one function a record, whose fields `views.records` defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litsearch.answers.deep_links import deep_link
from litsearch.errors import LitsearchError
from litsearch.types import (
    Answer,
    AnswerPart,
    AnswerSentence,
    CatalogSource,
    Citation,
    Document,
    Entry,
    Hit,
    Passage,
    Results,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from litsearch.app.lists import ListFile
    from litsearch.app.maintenance import GenerationSummary
    from litsearch.index.diff import Changes
    from litsearch.reports import BuildReport, Dropped, Finding
    from litsearch.retrieval.explain import Stage
    from litsearch.views import build_records, records, replies


def entry_view(entry: Entry) -> records.Entry:
    """Return one entry of a list, as `parse` shows it."""
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


def mention_view(entry: Entry) -> records.Mention:
    """Return where a list names a source."""
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


def mentions(source: CatalogSource) -> list[records.Mention]:
    """Return every place where a list names the source."""
    return [mention_view(entry) for entry in source.entries]


def source_view(source: CatalogSource) -> records.SourceBrief:
    """Return a source as hits and citations show it."""
    return {
        "id": source.source_id,
        "title": source.title,
        "url": source.url,
        "authors": list(source.authors),
        "year": source.year,
        "kind": source.kind,
    }


def verdict_view(source: CatalogSource) -> records.Source:
    """Return a source with its verdict, as `sources` shows it."""
    return {
        **source_view(source),
        "status": source.verdict.status,
        "reason": source.verdict.reason,
        "remedy": source.verdict.remedy,
        "entries": mentions(source),
    }


def locator_view(passage: Passage, start: int, end: int) -> records.Locator:
    """Return where in its source a text stands; offsets in characters of the stored text."""
    section = " > ".join(passage.heading)
    return {"section": section, "page": passage.page, "start": start, "end": end}


def hit_view(hit: Hit, stages: Mapping[str, Stage] | None = None) -> records.Hit:
    """Return a passage found, explained by what every part of the score thought of it."""
    passage = hit.passage
    view: records.Hit = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": passage.passage_id,
        "text": passage.text,
        "source": source_view(hit.source),
        "entries": mentions(hit.source),
        "locator": locator_view(passage, passage.start, passage.end),
        "link": deep_link(hit.source, passage.text, passage),
        "scores": {name: round(score, 6) for name, score in hit.scores.items()},
    }
    if stages is not None:
        view["explain"] = stages_view(stages)
    return view


def stages_view(stages: Mapping[str, Stage]) -> dict[str, records.Stage]:
    """Return what every part of the score thought of a hit."""
    return {name: stage_view(stage) for name, stage in stages.items()}


def stage_view(stage: Stage) -> records.Stage:
    """Return what one part of the score thought of a hit."""
    return {"score": round(stage.score, 6), "rank": stage.rank, "added": round(stage.added, 6)}


def results_view(results: Results, stages: Sequence[Mapping[str, Stage]] = ()) -> records.Results:
    """Return the hits of one query, explained when stages are given, one mapping a hit."""
    stages_by_hit: Iterable[Mapping[str, Stage] | None] = stages or [None] * len(results.hits)
    view: records.Results = {
        "query": results.query,
        "mode": results.mode,
        "generation": results.generation,
        "took_ms": round(results.took_ms, 2),
        "intent": results.intent,
        "hits": [
            hit_view(hit, each) for hit, each in zip(results.hits, stages_by_hit, strict=True)
        ],
    }
    if results.degraded:
        view["degraded"] = results.degraded
    if results.notes:
        view["notes"] = list(results.notes)
    return view


def passage_view(passage: Passage) -> records.PassageBrief:
    """Return a passage, as its source shows it."""
    return {
        "passage_id": passage.passage_id,
        "text": passage.text,
        "locator": locator_view(passage, passage.start, passage.end),
        "role": passage.role,
    }


def citation_view(citation: Citation) -> records.Citation:
    """Return where a sentence of an answer stands."""
    passage, source = citation.passage, citation.source
    return {
        "n": citation.n,
        "quote": citation.quote,
        "passage_id": passage.passage_id,
        "source": source_view(source),
        "entries": mentions(source),
        "locator": locator_view(passage, citation.start, citation.end),
        "link": deep_link(source, citation.quote, passage, citation.beside),
    }


def sentence_view(sentence: AnswerSentence) -> records.Sentence:
    """Return a sentence of an answer."""
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "support": round(sentence.support, 3),
        "worded": sentence.worded,
    }


def answer_view(answer: Answer) -> records.Answer:
    """Return an answer with its citations, or the reason why there is none."""
    generator, _, model = answer.generator.partition(":")
    view: records.Answer = {
        "question": answer.question,
        "status": answer.status,
        "answered": answer.answered,
        "answer": answer.text,
        "generation": answer.generation,
        "generator": generator,
        "model": model or None,
        "parameters": dict(answer.parameters),
        "took_ms": round(answer.took_ms, 2),
        "sentences": [sentence_view(sentence) for sentence in answer.sentences],
        "citations": [citation_view(citation) for citation in answer.citations],
        "reason": answer.reason,
        "nearest": [hit_view(hit) for hit in answer.nearest],
        "note": answer.note,
        "parts": [part_view(part) for part in answer.parts],
    }
    if answer.degraded:
        view["degraded"] = answer.degraded
    return view


def part_view(part: AnswerPart) -> records.AnswerPart:
    """Return what one of several questions got."""
    return {
        "question": part.question,
        "status": part.status,
        "reason": part.reason,
        "citations": list(part.citations),
    }


def span_view(span: Span) -> records.Block:
    """Return a block of a document's text."""
    return {
        "start": span.start,
        "end": span.end,
        "heading": list(span.heading),
        "page": span.page,
        "role": span.role,
        "item": span.item,
    }


def document_view(document: Document, source: str) -> records.Extracted:
    """Return what the extractor made of a document; source: what was extracted, as it was named."""
    return {
        "source": source,
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "venue": document.venue,
        "cut": document.cut,
        "media_type": document.media_type,
        "text": document.text,
        "spans": [span_view(span) for span in document.spans],
    }


def point_view(source: CatalogSource, x: float, y: float) -> replies.Point:
    """Return a source on the map."""
    topics = [entry.topic for entry in source.entries if entry.topic]
    return {
        "id": source.source_id,
        "title": source.title,
        "x": x,
        "y": y,
        "topic": topics[0] if topics else "",
        "kind": source.kind,
        "year": source.year,
        "lists": list(dict.fromkeys(entry.list for entry in source.entries)),
        "read": any(entry.read for entry in source.entries),
    }


def report_view(report: BuildReport) -> build_records.BuildReport:
    """Return what a build did."""
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


def list_view(file: ListFile) -> build_records.ListFile:
    """Return a file among the lists, and why it is none."""
    return {
        "list": file.path,
        "entries": len(file.entries),
        "dropped": len(file.dropped),
        "problem": file.problem,
        "hint": file.hint,
    }


def dropped_view(line: Dropped) -> build_records.Dropped:
    """Return a line of a list that became no entry."""
    return {"line": line.line, "text": line.text, "reason": line.reason}


def outcome_view(
    outcome: BuildReport | LitsearchError,
) -> build_records.BuildReport | build_records.Failure:
    """Return what a build did, or why it failed."""
    if isinstance(outcome, LitsearchError):
        return {"error": str(outcome), "hint": outcome.hint}
    return report_view(outcome)


def generation_view(generation: GenerationSummary) -> build_records.Generation:
    """Return a generation, as `generations` lists it."""
    return {
        "id": generation.id,
        "live": generation.live,
        "created": generation.created,
        "sources": generation.sources,
        "passages": generation.passages,
        "problem": generation.problem,
    }


def changes_view(changes: Changes) -> build_records.Changes:
    """Return what changed between two generations."""
    edits: list[build_records.EditedSource] = []
    for edit in changes.edited:
        added = [passage.text for passage in edit.added]
        removed = [passage.text for passage in edit.removed]
        edits.append({"source": source_view(edit.row), "added": added, "removed": removed})
    return {
        "new": [verdict_view(source) for source in changes.new],
        "gone": [verdict_view(source) for source in changes.gone],
        "reachable": [verdict_view(source) for source in changes.reachable],
        "lost": [verdict_view(source) for source in changes.lost],
        "edited": edits,
        "relisted": [verdict_view(source) for source in changes.relisted],
    }


def finding_view(finding: Finding) -> build_records.Finding:
    """Return one thing that was checked."""
    return {
        "check": finding.check,
        "ok": finding.ok,
        "message": finding.message,
        "mend": finding.mend,
    }
