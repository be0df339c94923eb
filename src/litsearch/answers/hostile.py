"""Text that talks to its reader or to a model instead of saying something about its subject.

A page can be written to be quoted: it answers a question with an address to log in at, orders a
model about, repeats a name, or hides behind letters that look like others. Such text never
becomes part of an answer. An order that stands in quotation marks is talked about, not given.
"""

from __future__ import annotations

import re
from collections import Counter

from litsearch.patterns import expression

BIDI_CONTROLS = expression("[\u202a-\u202e\u2066-\u2069]")
_MIXED_SCRIPT = expression(r"[A-Za-z][а-яё]|[а-яё][A-Za-z]", re.IGNORECASE)  # Greek is mathematics
_WORD = expression(r"[^\W\d_]{2,}")
_QUOTED = expression(r"[\"“«„][^\"”»“]{3,200}[\"”»“]|‘[^’]{3,200}’|`[^`]{3,200}`")

_ORDER_TO_A_MODEL = expression(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |every |your )*(?:previous|prior|above|earlier"
    r"|other|preceding|system|former) (?:\w+ )?(?:instructions?|prompts?|rules?|sources?|text"
    r"|messages?)"
    r"|\byou are now (?:in|an?|the|my)\b|\b(?:reply|respond|answer) (?:only|exactly) with\b"
    r"|\bdo not (?:mention|reveal|cite|disclose) (?:this|these|any other|your)\b"
    r"|\b(?:maintenance|developer|debug|god) mode\b|<\|?(?:im_start|im_end|system|endoftext)\|?>"
    r"|^\W*(?:system|assistant)\s*:",
    re.IGNORECASE,
)
_OWN_ANSWER = expression(
    r"\bthe (?:correct|right|real|true|only|best|official|short)?\s?answer "
    r"(?:is|to this question is)\s*:"
    r"|\b(?:every|all|any) other (?:source|page|answer|website)s?\b[^.]{0,80}\b"
    r"(?:wrong|false|outdated|fake)\b",
    re.IGNORECASE,
)
_ADDRESS = expression(
    r"\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|net|org|info|example|io|ru|cn|xyz)/", re.IGNORECASE
)
_CALL_TO_ACT = expression(
    r"\b(?:visit|log ?in|sign ?in|click|enter|order|buy|call|claim|download|register|verify"
    r"|pay|send)\b",
    re.IGNORECASE,
)
_SALE = expression(
    r"^\W*subscribe\b|^\W*(?:order|buy|call|claim|shop|get)\b.{0,80}"
    r"\b(?:today|now|save|discount|offer|price)\b",
    re.IGNORECASE,
)
_SECRET = expression(
    r"\b(?:enter|send|type|give|confirm|submit)\b[^.]{0,40}\b(?:passwords?|codes?|pin|card numbers?"
    r"|credentials|account)\b",
    re.IGNORECASE,
)

FEWEST = 14  # words from which repetition tells
VARIETY = 0.5  # share of different words below which a text is stuffed


def is_hostile(text: str) -> bool:
    """Tell whether a sentence or passage gives orders, asks for secrets, or is disguised."""
    if is_disguised(text):
        return True

    spoken = _QUOTED.sub(" ", text)
    if (
        _ORDER_TO_A_MODEL.search(spoken)
        or _OWN_ANSWER.search(spoken)
        or _SECRET.search(spoken)
        or _SALE.search(spoken)
    ):
        return True

    beckons = _ADDRESS.search(spoken) is not None and _CALL_TO_ACT.search(spoken) is not None
    return beckons or is_stuffed(spoken)


def is_disguised(text: str) -> bool:
    """Tell whether a text hides what it says: controls of direction, letters of two scripts in a
    word.
    """
    return BIDI_CONTROLS.search(text) is not None or _MIXED_SCRIPT.search(text) is not None


def is_stuffed(text: str) -> bool:
    """Tell whether a text repeats a few words instead of saying something."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST:
        return False

    most = max(Counter(words).values())
    return len(set(words)) < VARIETY * len(words) and most > len(words) / 6
