"""Whether a stretch of text is a sentence that can be quoted by itself, by its looks alone."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Sign:
    """A pattern, tried only where one of its cues stands: that takes a tenth of the time."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]  # lower case; what the pattern finds holds one of them

    def stands_in(self, text: str, low: str) -> bool:
        return any(cue in low for cue in self.cues) and self.pattern.search(text) is not None


_WORDS = re.compile(r"[^\W\d_]{2,}")
_CODE = _Sign(
    re.compile(r"[{}<>]|==|=>|->|\w\(\)|\b(?:def|import|return|self)\b|^\s*[#$>]{1,3}\s?\w|`{3}|\\[a-z]{3,}"),
    (*"{}<>#$\\", "==", "()", "```", "def", "import", "return", "self"),
)
_REFERENCE = _Sign(
    re.compile(
        r"arXiv(?: preprint|:\d)|\bet al\.,? (?:19|20)\d\d[a-z]?\.|\bIn Proceedings\b|\bpp\. \d|\bdoi\b"
        r"|^\[\d+\]\s+[A-Z]",
        re.I,
    ),
    ("arxiv", "et al.", "in proceedings", "pp. ", "doi", "["),
)
_LINK = re.compile(r"https?://|\]\(|\bwww\.")
_CAPTION = re.compile(r"^(?:fig(?:ure|\.)|table|algorithm|listing|appendix)\s*\d*\s*[:.|]", re.I)
_DEPENDENT = re.compile(
    r"^(?:[-*•–]\s*)?(?:it|its|this|that|these|those|they|their|them|such|he|she|his|her|here|there|then|thus|hence|so|but"
    r"|and|or|however|therefore|instead|also|both|another|similarly|in this|in that|in these|in such|for this|for these"
    r"|as a result|the former|the latter|the same|by doing|to do|consequently|moreover|furthermore|additionally"
    r"|specifically)\b",
    re.I,
)
_ASIDE = _Sign(
    re.compile(
        r"\b(?:please (?:cite|consider|see|refer)|if you (?:find|use|like|enjoy|want)|thanks? (?:to|for)|give us"
        r"|in my opinion|I (?:am|think|hope|will|would|was|have|had)|I['’](?:m|ll|ve|d)|we (?:will|would like|hope)"
        r"|subscribe|newsletter|click)\b",
        re.I,
    ),
    ("please", "if you", "thank", "give us", "in my", "i ", "i'", "i’", "we ", "subscribe", "newsletter", "click"),
)
# News of the day, which answers hardly any question about the thing itself.
_NEWS = _Sign(
    re.compile(
        r"^\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W|\b(?:is|are) now (?:supported|available|live|part of|open)"
        r"|\b(?:is|are|been) (?:just )?(?:released|accepted|selected|featured)\b|!!|[\U0001f300-\U0001faff]\ufe0f?.*!",
        re.I,
    ),
    (".", "/", "-", " now ", "released", "accepted", "selected", "featured", "!"),
)
# Sentences that lead on to what is said elsewhere.
_POINTER = _Sign(
    re.compile(
        r"\blet['’]s\b|\bbefore we (?:dive|go|get|move|start)|\bin (?:this|the (?:next|following)) (?:section|post"
        r"|chapter|article|notebook|tutorial|video)\b|\b(?:described|discussed|explained|detailed|see|shown) "
        r"(?:in (?:more )?details? )?(?:below|above|later|next)\b|\bhere (?:is|are|['’]s) (?:a|an|my|our|some|the)\b",
        re.I,
    ),
    ("let", "before we", "in this", "in the", "below", "above", "later", "next", "here"),
)
_PLEA = _Sign(
    re.compile(r"\bplease (?:cite|consider|star|subscribe)|\bconsider (?:citing|starring|subscribing)", re.I),
    ("please", "consider"),
)
_END = re.compile(r"[.!?…:;][\"'”’)\]*_]*(?:\s*\[\d+\])*$|[。！？]$")
FEWEST_WORDS = 5
MOST_CHARACTERS = 700
CAPTION = 0.2
_LESSER = ((_ASIDE, 0.5), (_NEWS, 0.3), (_POINTER, 0.5), (_CODE, 0.6))  # of the score of others


def well_formed(text: str) -> float:
    """0 for what must not be quoted (code, links, references, captions, headings), up to 1 for a whole statement."""
    words = _WORDS.findall(text)
    if len(words) < FEWEST_WORDS or len(text) > MOST_CHARACTERS:
        return 0.0
    low = text.lower()
    if _REFERENCE.stands_in(text, low) or _PLEA.stands_in(text, low) or _links(text, low) > 1:
        return 0.0
    if sum(map(str.isalpha, text)) < 0.55 * len(text.replace(" ", "")):
        return 0.2
    score = 1.0
    if text.rstrip().endswith("?"):
        score = 0.3
    if _CAPTION.match(text):
        score = min(score, CAPTION)
    for sign, share in _LESSER:
        score *= share if sign.stands_in(text, low) else 1.0
    if not _END.search(text.rstrip()):
        score *= 0.7
    first = next((char for char in text if char.isalnum()), "")
    if first.islower():
        score *= 0.8
    return score


def _links(text: str, low: str) -> int:
    return len(_LINK.findall(text)) if "http" in low or "](" in low or "www." in low else 0


def leans_back(text: str) -> bool:
    """True for a sentence whose first words point to the one before it."""
    return _DEPENDENT.match(text) is not None
