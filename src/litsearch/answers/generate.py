"""Lets a language model word the answer, and keeps only what the quotes support. The model is taken
for a liar.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from litsearch.answers.grounding import Similarity, support
from litsearch.protocols import Generator
from litsearch.types import Answer, AnswerSentence

LONGEST = 4_000  # characters of the model's text that are read
LONGEST_SENTENCE = 1_000  # characters; no quote has as many, so none can support it
_MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_ANY_BRACKET = re.compile(r"\s*\[[^\]]{0,40}\]")
_SENTENCE = re.compile(
    r"\S.*?(?:[.!?][\"'”’)]*(?:\s*\[[\d\s,;]{1,20}\])*(?=\s|$)|\[\d{1,3}\](?=\s+[A-Z])|$)",
    re.DOTALL,
)


def generate(
    model: Generator,
    extractive: Answer,
    *,
    max_sentences: int = 5,
    similarity: Similarity | None = None,
) -> Answer:
    """The answer in the model's words, each sentence with citations that support it; else the
    extractive one.

    The model is asked only when the extractive answer stands firm. Raises GenerationError.
    """
    if extractive.status != "answered":
        return extractive
    began = time.perf_counter()
    steps = verified(model, extractive, max_sentences=max_sentences, similarity=similarity)
    sentences = [step for step in steps if step is not None]
    took_ms = extractive.took_ms + (time.perf_counter() - began) * 1000
    return assembled(replace(extractive, took_ms=took_ms), sentences, model)


def verified(
    model: Generator,
    extractive: Answer,
    *,
    max_sentences: int = 5,
    similarity: Similarity | None = None,
) -> Iterator[AnswerSentence | None]:
    """The sentences that may be shown, each as soon as it is written and checked; markers are those
    of `extractive`.

    None says that the model is at work: who does not want to wait any more can stop listening
    there. A sentence that its citations do not support gives way to the first of the quotes that it
    cites. Raises GenerationError.
    """
    if extractive.status != "answered":
        return
    quotes = [citation.quote for citation in extractive.citations]
    shown: list[AnswerSentence] = []
    with closing(model.generate(extractive.question, quotes)) as pieces:
        for text in _sentences(pieces):
            if text is None:
                yield None
                continue
            sentence = _checked(text, quotes, similarity) or _quoted(text, extractive)
            if sentence is not None and _adds(sentence, shown, extractive):
                shown.append(sentence)
                yield sentence
            if len(shown) >= max_sentences:
                return


def assembled(extractive: Answer, sentences: Sequence[AnswerSentence], model: Generator) -> Answer:
    """The answer made of these sentences; the extractive one when none of them is the model's own."""
    if all(_is_quote(sentence, extractive) for sentence in sentences):
        return extractive
    made_with = (*extractive.parameters, *model.parameters)
    return _renumbered(replace(extractive, generator=model.name, parameters=made_with), sentences)


def _sentences(pieces: Iterable[str]) -> Iterator[str | None]:
    """Whole sentences with their markers, as soon as the next one has begun; None after each piece."""
    text, read = "", 0
    for piece in pieces:
        yield None
        text, read = text + piece, read + len(piece)
        found = list(_SENTENCE.finditer(text))
        # A marker still to come belongs to the sentence before it.
        whole = found[:-1] if found and found[-1].group()[0] != "[" else found[:-2]
        yield from (match.group() for match in whole)
        text = text[whole[-1].end() :] if whole else text
        if read > LONGEST or len(text) > LONGEST_SENTENCE:
            return
    yield from (match.group() for match in _SENTENCE.finditer(text))


def _checked(
    text: str, quotes: Sequence[str], similarity: Similarity | None
) -> AnswerSentence | None:
    """The sentence without its markers and with the citations that support it; None when there are
    none.
    """
    bare = " ".join(_ANY_BRACKET.sub("", text).split())
    scores = {n: support(bare, quotes[n - 1], similarity) for n in _markers(text, len(quotes))}
    good = tuple(n for n, score in scores.items() if score > 0)
    return AnswerSentence(bare, good, max(scores.values())) if good else None


def _quoted(text: str, extractive: Answer) -> AnswerSentence | None:
    """The extractive sentence that stands for the first marker of a text; None when it has no valid
    marker.
    """
    cited = _markers(text, len(extractive.citations))
    return next((one for one in extractive.sentences if cited and cited[0] in one.citations), None)


def _adds(sentence: AnswerSentence, shown: Sequence[AnswerSentence], extractive: Answer) -> bool:
    """False for what was said, word for word, and for a quote of which a part was shown, or the
    other way round.
    """
    for other in shown:
        if _plain(sentence.text) == _plain(other.text):
            return False
        whole = _is_quote(sentence, extractive) or _is_quote(other, extractive)
        if whole and set(sentence.citations) & set(other.citations):
            return False
    return True


def _is_quote(sentence: AnswerSentence, extractive: Answer) -> bool:
    """True for what stands in for a lie; a model that copies a sentence word for word has made one
    of its own.
    """
    return any(sentence is one for one in extractive.sentences)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _markers(sentence: str, count: int) -> list[int]:
    """The markers of a sentence that are quotes' numbers, in order, none twice."""
    numbers = (int(n) for group in _MARKER.findall(sentence) for n in re.findall(r"\d+", group))
    return list(dict.fromkeys(n for n in numbers if 1 <= n <= count))


def _renumbered(answer: Answer, sentences: Sequence[AnswerSentence]) -> Answer:
    """The answer with these sentences, and only the citations that they use, numbered in the order
    of their use.
    """
    used = list(dict.fromkeys(n for sentence in sentences for n in sentence.citations))
    new = {old: n for n, old in enumerate(used, 1)}
    by_number = {citation.n: citation for citation in answer.citations}
    citations = tuple(replace(by_number[old], n=new[old]) for old in used)
    worded = tuple(
        replace(one, citations=tuple(new[n] for n in one.citations)) for one in sentences
    )
    return replace(answer, sentences=worded, citations=citations)
