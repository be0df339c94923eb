"""Whether a quote says what somebody else's sentence says: the same words in the same order,
nothing added or bent.

Words alone decide, because nothing softer tells "A beats B" from "B beats A", 40 from 14, or "may"
from "does": shared words and cosines of all these are high. A sentence may be a shortened sentence
of the quote: it begins where that begins, ends at its end or at a clause's, leaves out brackets,
and keeps every word that qualifies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

FEWEST_WORDS = 4  # fewer say nothing that needs a citation
# cosine, when an embedder is at hand; words of one field are near each other anyway
LEAST_SIMILARITY = 0.5

Similarity = Callable[[str, str], float]

_MARKER = re.compile(r"\s*\[\d+(?:\s*[,;]\s*\d+)*\]")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[-−](?=\d)|[^\w\s.,;:!?'’‘\"“”()\[\]_—–‐‑-]|[?]")
_JOINED_MINUS = re.compile(r"[\w)]$")  # a dash after a word joins (GPT-3); elsewhere it is a minus
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_VALUES = {word: str(value) for value, word in enumerate(_NUMBERS)} | {
    "hundred": "100",
    "thousand": "1000",
}
_ARTICLES = frozenset("a an the our".split())
_ENDING = re.compile(r"[;:(—]|\s–\s|,?\s*(?:and|but|which|while|whereas)\b", re.I)
_OPENERS = frozenset(
    "additionally also and but furthermore hence here however importantly indeed instead moreover similarly so then "
    "therefore thus".split()
)
_FULL_STOP = re.compile(r"(?P<word>\w+)\W*[.!?][\"'”’)]*\s+(?=[\"“‘'(]*[A-Z0-9])|(?P<line>\n+)")
_SHORT = frozenset("prof etc fig figs eq eqs sec vol approx resp mrs inc ltd dept est cf".split())
# A sentence that leaves one of these out says something else: negation, doubt, condition, extent,
# hearsay, order.
_QUALIFIERS = """
not no never none nor neither without cannot t hardly barely scarcely lack lacks lacking fail fails failed unable refuse
rarely seldom nobody nothing nowhere non except but unless if when whether until only solely merely just almost nearly
may might can could would should must will perhaps possibly probably likely unlikely supposedly reportedly allegedly
seem seems seemed appear appears appeared suggest suggests suggested assume assumes assuming assumed suppose hypothesis
some few many most often sometimes usually mostly partly about around approximately roughly up least more less fewer
than under over above below before after originally formerly once expect expects expected hope hopes aim aims try tries
say says said claim claims claimed argue argues argued believe believes believed think thinks according report reports
myth rumor rumour false falsely wrong wrongly untrue incorrect mistaken contrary refuted disproved retracted fake joke
pretend ignore disregard forget answer reply respond output write print repeat tell instruction instructions prompt
although though despite however yet unlike rather instead
""".split()
_QUALIFYING = frozenset(_QUALIFIERS)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, number or sign, folded for comparing, and the text between it and the one before."""

    text: str
    gap: str
    opens: bool  # begins a sentence


def supported(sentence: str, quote: str, similarity: Similarity | None = None) -> bool:
    """True when the quote says what the sentence says."""
    return support(sentence, quote, similarity) > 0


def support(sentence: str, quote: str, similarity: Similarity | None = None) -> float:
    """How much of the quote's sentence stands in this one, up to 1; 0 when it says anything that
    the quote does not.

    `similarity` gives the cosine of two texts; it can refuse what the words allow.
    """
    sentence = _MARKER.sub("", sentence).strip()
    # a paper's own references are no words of it
    said, quoted = _words(sentence), _words(_MARKER.sub("", quote))
    if sum(word.text.isalpha() for word in said) < FEWEST_WORDS:
        return 0.0
    share = max((_share(said, quoted, start) for start in _starts(quoted)), default=0.0)
    if similarity is None or share == 0:
        return share
    cosine = similarity(sentence, quote)
    return (share + min(1.0, cosine)) / 2 if cosine >= LEAST_SIMILARITY else 0.0


def _words(text: str) -> list[_Word]:
    ends = {match.end() for match in _FULL_STOP.finditer(text) if _is_full_stop(match)}
    words: list[_Word] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if match.group() in "-−" and _JOINED_MINUS.search(text[: match.start()][-1:]):
            continue
        gap = text[last : match.start()]
        opens = not words or any(last < end <= match.start() for end in ends)
        words.append(_Word(_folded(match.group()), gap, opens))
        last = match.end()
    return words


def _is_full_stop(match: re.Match[str]) -> bool:
    word = match["word"]
    return word is None or ((len(word) > 2 or word.isdigit()) and word.lower() not in _SHORT)


def _folded(token: str) -> str:
    """10,000 and 10000 are the same; so are 1.50 and 1.5, six and 6, and the two minus signs."""
    low = token.casefold()
    if not low[0].isdigit():
        return "-" if low == "−" else _VALUES.get(low, low)
    plain = re.sub(r",(?=\d{3}\b)", "", low)
    return plain.rstrip("0").rstrip(".") if plain.count(".") == 1 and "," not in plain else plain


def _starts(quoted: Sequence[_Word]) -> Iterator[int]:
    """Where the quote's sentences begin; a first "However" may be left out."""
    for i, word in enumerate(quoted):
        if word.opens:
            yield i
            if word.text in _OPENERS and i + 1 < len(quoted):
                yield i + 1


def _share(said: Sequence[_Word], quoted: Sequence[_Word], start: int) -> float:
    """(1 + the share of the quote's sentence that is kept) / 2; 0 when the words go apart."""
    aligned = _aligned(said, quoted, start)
    if aligned is None:
        return 0.0
    kept, at = aligned
    end = next((i for i in range(at, len(quoted)) if quoted[i].opens), len(quoted))
    if at < end and not _ENDING.match(quoted[at].gap.lstrip() + quoted[at].text):
        return 0.0
    left_out = (word for i, word in enumerate(quoted[start:end], start) if i not in kept)
    if any(word.text in _QUALIFYING for word in left_out):
        return 0.0
    if at < end and quoted[end - 1].text == "?":
        return 0.0
    return (1 + len(kept) / (end - start)) / 2


def _aligned(
    said: Sequence[_Word], quoted: Sequence[_Word], start: int
) -> tuple[set[int], int] | None:
    """The places of the quote's words that the sentence says, and where it stops; None when it says
    others.
    """
    kept: set[int] = set()
    at, i = start, 0
    while i < len(said):
        if at < len(quoted) and _same(said[i].text, quoted[at].text):
            kept.add(at)
            at, i = at + 1, i + 1
        elif at < len(quoted) and quoted[at].text in _ARTICLES:
            at += 1
        elif said[i].text in _ARTICLES:
            i += 1
        elif at < len(quoted) and "(" in quoted[at].gap:
            at = _after_bracket(quoted, at)
        else:
            return None
    return kept, at


def _after_bracket(quoted: Sequence[_Word], at: int) -> int:
    """The first word after the bracket that opens before this one; past the end when it is never
    closed.
    """
    return next((i for i in range(at + 1, len(quoted)) if ")" in quoted[i].gap), len(quoted) + 1)


def _same(one: str, other: str) -> bool:
    """Equal, or singular and plural."""
    if one == other:
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) > 3 and shorter.isalpha() and longer == shorter + "s" and shorter[-1] != "s"
