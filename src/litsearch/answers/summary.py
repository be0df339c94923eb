"""A summary of one work: its own sentences that say most of it, in its own order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from litsearch.answers.draft import Draft
from litsearch.answers.openings import leans_back
from litsearch.answers.quality import ends, is_apparatus, is_sample, quotability
from litsearch.answers.question import read_question
from litsearch.answers.works import (
    Work,
    address_in,
    find_called,
    find_works,
    is_title_of,
)
from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.patterns import expression
from litsearch.types import AnswerSentence, Citation, Offsets, Passage

if TYPE_CHECKING:
    from litsearch.types import Vector

SENTENCES = 5
LOOKED_AT = 60  # of the sentences nearest to the whole, those whose looks are judged
# Gained by the first sentence of a work, less by later ones: abstracts and openings summarize.
EARLY = 0.12
EARLY_CHARACTERS = 4_000
ABSTRACT = 0.10  # gained under the headings of summaries
LEANING = 0.15
TOO_LIKE = 0.80  # cosine from which a sentence adds nothing to one chosen before
LEAST_QUALITY = 0.5
FEWEST_WORDS = 8
FEWEST_SENTENCES = 3  # without those that are background
FEWEST_TITLE_WORDS = 3  # of a bare title; fewer are the name of a thing

_ASKED = expression(
    r"^\W*(?:(?:please|can you|could you|would you)\s+)*(?:give (?:me )?|write )?(?:an? "
    r"|the )?(?:short |brief |quick )?"
    r"(?:summar(?:y|i[sz]e|ies)|tl;?dr|overview|gist|key (?:points|takeaways|ideas)"
    r"|main (?:points|ideas|message|takeaways))"
    r"(?: of| for| on)?:?\s+(?P<title>.+?)(?:\s+(?:for me|in \w+ sentences?|briefly"
    r"|please))?[?.!\s]*$"
    r"|^\W*what(?:['’]s| is| are)\s+(?P<about>.{2,140}?)\s+(?:all )?about[?.!\s]*$"
    r"|^\W*what(?:['’]s| is| are| was| were) (?:the )?(?:(?:(?:main|key|central|core|big|basic"
    r"|most important) )+(?:ideas?|insights?|points?|results?|lessons?|takeaways?)|(?:(?:main|key"
    r"|central) )*(?:claims?|findings?|messages?|contributions?|conclusions?|arguments?|thesis))"
    r"\s+(?:of|in|from|behind)\s+(?P<idea>.{2,140}?)[?.!\s]*$"
    r"|^\W*what (?:does|do|did)\s+(?:the authors? (?:of|behind) )?(?P<says>.{2,140}?)\s+(?:say"
    r"|claim|argue|find|conclude|tell us|propose|show|observe|demonstrate|discover|report)"
    r"[?.!\s]*$",
    re.IGNORECASE,
)
# A work speaks of itself.
_OWN = expression(
    r"\b(?:we(?: \w+ly)?|this (?:paper|work|article|post|study|survey|essay|chapter|guide))"
    r" (?:show|find|found|propose|introduce|present|demonstrate|argue|observe|explore|develop"
    r"|describe|analy[sz]e|study|investigate|examine|measure|release|report|explain"
    r"|train|prove)",
    re.IGNORECASE,
)
_ABSTRACT = expression(
    r"\b(?:abstract|summary|tl;?dr|introduction|overview|conclusions?)\b", re.IGNORECASE
)

_Unit = tuple[Offsets, Passage]  # a sentence, and the passage that holds it


def work_to_summarize(catalog: Catalog, question: str) -> Work | None:
    """Return the work that a question wants summarized, or is the bare title of; None when it names
    none of the library.
    """
    text = " ".join(question.split())
    match = _ASKED.match(text)
    if not match:
        return _work_by_title(catalog, text)
    title = next(filter(None, match.groups())).strip("\"“”‘’' ")
    works = find_called(catalog, title)
    return works[0] if works else None


def _work_by_title(catalog: Catalog, text: str) -> Work | None:
    """Return the work at an address, or called by a text of some words that asks nothing else."""
    if address_in(text):
        return next(iter(find_works(catalog, text)), None)
    if text.endswith("?") or len(text.split()) < FEWEST_TITLE_WORDS:
        return None
    if read_question(text).kind != "topic":
        return None
    works = [work for work in find_works(catalog, text) if is_title_of(text, work.source)]
    return works[0] if works else None


def summarize(generation: Generation, work: Work) -> Draft | None:
    """Return the sentences nearest to the whole work, early ones first preferred, in the order of
    its text.
    """
    catalog = generation.catalog
    rows = catalog.passage_rows_of([work.row])
    bounds = catalog.sentence_rows(rows)
    if not len(bounds) or bounds[-1, 1] <= bounds[0, 0]:
        return None
    passages = [passage for passage, _ in catalog.passages(rows)]
    first = int(bounds[bounds[:, 1] > bounds[:, 0]][:, 0].min())
    vectors = np.asarray(generation.sentences[first : int(bounds[:, 1].max())], np.float32)
    units = _units(passages)
    centre = generation.sources[work.row]
    scored = _scored(units, vectors, np.einsum("ij,j->i", vectors, centre))
    chosen: list[int] = []
    for place in scored:
        distinct = all(float(vectors[place] @ vectors[other]) < TOO_LIKE for other in chosen)
        if distinct:
            chosen.append(place)
        if len(chosen) == SENTENCES:
            break
    return _draft(work, _without_background([units[place] for place in sorted(chosen)]))


def _without_background(chosen: list[_Unit]) -> list[_Unit]:
    """Return the sentences from the first on in which a work says what it does, if most are left:
    what others did comes before that in an abstract.
    """
    own = next((n for n, unit in enumerate(chosen) if _OWN.search(_text(unit))), 0)
    return chosen[own:] if len(chosen) - own >= FEWEST_SENTENCES else chosen


def _text(unit: _Unit) -> str:
    place, passage = unit
    return passage.text[place.start - passage.start : place.end - passage.start]


def _units(passages: list[Passage]) -> list[_Unit]:
    """Return the sentences of a work in order, each with the first passage that holds it."""
    first: dict[Offsets, Passage] = {}
    for passage in passages:
        for unit in passage.sentences:
            first.setdefault(unit, passage)
    return sorted(first.items(), key=lambda pair: pair[0])


def _scored(units: list[_Unit], vectors: Vector, central: Vector) -> list[int]:
    """Return the places of the sentences that may be quoted, best first."""
    starts = np.array([unit.start for unit, _ in units], np.float32)
    early = EARLY * np.clip(1 - starts / EARLY_CHARACTERS, 0, 1)
    order = np.argsort(-(central + early), kind="stable")[:LOOKED_AT]
    worth: dict[int, float] = {}
    for place in order.tolist():
        score = _worth(units[place], float(central[place] + early[place]))
        if score > 0:
            worth[place] = score
    return sorted(worth, key=lambda place: -worth[place])


def _worth(unit: _Unit, score: float) -> float:
    text, passage = _text(unit), unit[1]
    heading = passage.heading
    if passage.role != "text" or is_sample(heading) or is_apparatus(heading):
        return 0.0
    if not _is_whole(text) or quotability(text) < LEAST_QUALITY:
        return 0.0
    if heading and _ABSTRACT.search(heading[-1]):
        score += ABSTRACT
    return score - LEANING if leans_back(text) else score


def _is_whole(text: str) -> bool:
    """Tell whether a text is some words that end as a sentence does, and lead on to nothing."""
    return len(text.split()) >= FEWEST_WORDS and ends(text) and not text.rstrip().endswith(":")


def _draft(work: Work, chosen: list[_Unit]) -> Draft | None:
    """Return the quotes of a work; None for none."""
    if not chosen:
        return None
    sentences, citations = [], []
    for n, (unit, passage) in enumerate(chosen, 1):
        quote = _text((unit, passage))
        citations.append(Citation(n, quote, unit.start, unit.end, passage, work.source))
        sentences.append(AnswerSentence(quote, (n,), 1.0))
    return Draft(tuple(sentences), tuple(citations))
