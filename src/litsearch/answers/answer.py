"""The walker of ask: a question and its hits in, an answer of verbatim sentences out, or a refusal
that says why.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from litsearch.answers.abstain import judge
from litsearch.answers.citations import compose, surroundings
from litsearch.answers.evidence import Evidence, look_up
from litsearch.answers.question import Question, read_question
from litsearch.answers.rank import Scored, pick, rank
from litsearch.answers.sentences import gather
from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.types import Answer, Citation, Results

if TYPE_CHECKING:
    from litsearch.types import Vector

DEPTH = 40  # hits that an answer should be given to choose from
NEAREST = 3  # passages shown when there is no good answer
EXTRACTIVE = "extractive"


def answer(
    generation: Generation,
    found: Results,
    question: str,
    query_vector: Vector,
    *,
    max_sentences: int = 3,
    nearest: int = NEAREST,
) -> Answer:
    """The answer that the sources of these hits give. Give DEPTH hits; the first `nearest` are
    shown when it is weak.

    query_vector: shape (dim,), unit length, of the question. took_ms counts the search in.
    """
    began = time.perf_counter()
    asked, evidence, ranked = consider(generation, found, question, query_vector)
    verdict = judge(asked, evidence, ranked)
    picked = pick(ranked, asked, max_sentences) if verdict.status != "declined" else []
    sentences, citations = compose(picked, ranked)
    citations = tuple(_placed(generation.catalog, citation) for citation in citations)
    return Answer(
        question=asked.text,
        status=verdict.status,
        sentences=sentences,
        citations=citations,
        generator=EXTRACTIVE,
        generation=generation.id,
        took_ms=found.took_ms + (time.perf_counter() - began) * 1000,
        reason=verdict.reason,
        nearest=tuple(found.hits[:nearest]) if verdict.status != "answered" else (),
        parameters=(("sentences", max_sentences), ("depth", DEPTH), ("rules", rules())),
    )


@cache
def rules() -> str:
    """The version of the rules that find and choose sentences: what tells this code from any other."""
    rooms = (files("litsearch") / room for room in ("answers", "retrieval"))
    modules = sorted(
        (one for room in rooms for one in room.iterdir() if one.name.endswith(".py")), key=str
    )
    return hashlib.sha256(b"".join(one.read_bytes() for one in modules)).hexdigest()[:8]


def consider(
    generation: Generation, found: Results, question: str, query_vector: Vector
) -> tuple[Question, Evidence, list[Scored]]:
    """What an answer is judged and made by: the question as read, its evidence, and the candidates,
    best first.
    """
    asked = read_question(question)
    evidence = look_up(generation.catalog, asked, generation.manifest.counts["passages"])
    candidates = gather(generation, found.hits, query_vector) if not evidence.missing else []
    return asked, evidence, rank(candidates, asked, evidence)


def _placed(catalog: Catalog, citation: Citation) -> Citation:
    """The citation with the words beside it, where a link to a page needs them."""
    source = citation.source
    if not source.document_url or source.media_type == "application/pdf":
        return citation
    text = catalog.document(source.source.source_id).text
    return replace(citation, beside=surroundings(text, citation.start, citation.end))
