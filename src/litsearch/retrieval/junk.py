"""Tell passages that say nothing about anything: pleas of the page, tables of contents, bare links."""

from __future__ import annotations

import re

from litsearch.types import Passage

PLEA_WORDS = 60  # a longer passage says something besides
FEW_WORDS = 8  # beside the addresses of a passage that is only links
LEADERS = 2  # rows of dots before a page number
TOC_LINES = 4
TOC_SHARE = 0.7  # of the lines of a table of contents that look like its entries
_PLEA = re.compile(
    r"\b(?:subscribe|newsletter|sign up|follow (?:me|us) on|share this|click here|cookies?|all rights reserved"
    r"|leave a (?:comment|reply)|buy me a coffee|patreon|thanks for reading|join (?:our|the) (?:list|discord|community)"
    r"|abonnieren|abonnez-vous|suscríbe\w*|订阅|登録する)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S+")
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,})\s*\d{1,4}\b")
_CONTENTS_ENTRY = re.compile(
    r"\s*(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*)?\.?\s*[^\W\d][^\d]{2,80}[\s.]\d{1,4}\s*"
)


def is_junk(passage: Passage) -> bool:
    """Return True for a passage that should not stand before others that match."""
    text = passage.text
    return _pleads(text) or _lists_contents(text) or _only_links(text)


def _pleads(text: str) -> bool:
    count = len(text.split())
    return count <= PLEA_WORDS and len({match.lower() for match in _PLEA.findall(text)}) >= (
        2 if count > 25 else 1
    )


def _lists_contents(text: str) -> bool:
    if len(_LEADER.findall(text)) >= LEADERS:
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    entries = sum(_CONTENTS_ENTRY.fullmatch(line) is not None for line in lines)
    return len(lines) >= TOC_LINES and entries >= TOC_SHARE * len(lines)


def _only_links(text: str) -> bool:
    return bool(_ADDRESS.search(text)) and len(_ADDRESS.sub(" ", text).split()) < FEW_WORDS
