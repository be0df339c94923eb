"""Whether a stretch of text is a sentence that can be quoted by itself, by its looks alone."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"[{}<>]|==|=>|->|\w\(\)|\b(?:def|import|return|self)\b|^\s*[#$>]{1,3}\s?\w|`{3}|\\[a-z]{3,}")
_REFERENCE = re.compile(
    r"arXiv(?: preprint|:\d)|\bet al\.,? (?:19|20)\d\d[a-z]?\.|\bIn Proceedings\b|\bpp\. \d|\bdoi\b|^\[\d+\]\s+[A-Z]",
    re.I,
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
_ASIDE = re.compile(
    r"\b(?:please (?:cite|consider|see|refer)|if you (?:find|use|like|enjoy|want)|thanks? (?:to|for)|give us"
    r"|in my opinion|I (?:am|think|hope|will|would|was|have|had)|I['’](?:m|ll|ve|d)|we (?:will|would like|hope)"
    r"|subscribe|newsletter|click)\b",
    re.I,
)
_PLEA = re.compile(r"\bplease (?:cite|consider|star|subscribe)|\bconsider (?:citing|starring|subscribing)", re.I)
_END = re.compile(r"[.!?…:;][\"'”’)\]*_]*(?:\s*\[\d+\])*$|[。！？]$")
FEWEST_WORDS = 5
MOST_CHARACTERS = 700


def well_formed(text: str) -> float:
    """0 for what must not be quoted (code, links, references, captions, headings), up to 1 for a whole statement."""
    words = _WORDS.findall(text)
    if len(words) < FEWEST_WORDS or len(text) > MOST_CHARACTERS:
        return 0.0
    if _REFERENCE.search(text) or _PLEA.search(text) or len(_LINK.findall(text)) > 1:
        return 0.0
    if len(_LETTERS.findall(text)) < 0.55 * len(text.replace(" ", "")):
        return 0.2
    score = 1.0
    if text.rstrip().endswith("?"):
        score = 0.3
    if _CAPTION.match(text):
        score = min(score, 0.5)
    if _ASIDE.search(text):
        score *= 0.5
    if _CODE.search(text):
        score *= 0.6
    if not _END.search(text.rstrip()):
        score *= 0.7
    first = next((char for char in text if char.isalnum()), "")
    if first.islower():
        score *= 0.8
    return score


def leans_back(text: str) -> bool:
    """True for a sentence whose first words point to the one before it."""
    return _DEPENDENT.match(text) is not None
