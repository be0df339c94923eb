"""Whether a stretch of text can be quoted by itself, judged by its looks alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from litsearch.answers.hostile import PASSAGES, is_hostile
from litsearch.answers.openings import begins_small
from litsearch.patterns import expression


@dataclass(frozen=True, slots=True)
class _Sign:
    """A pattern, tried only where one of its cues stands: that takes a tenth of the time."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]  # lower case; what the pattern finds holds one of them

    def stands_in(self, text: str, low: str) -> bool:
        return any(cue in low for cue in self.cues) and self.pattern.search(text) is not None


_WORDS = expression(r"[^\W\d_]{2,}")
_CODE = _Sign(
    expression(
        r"[{}<>]|==|=>|->|\w\(\)|\b(?:def|import|return|self)\b|^\s*[#$>]{1,3}\s?\w|`{3}"
        r"|\\[a-z]{3,}|\w+\.\w+\(|\w+\[\w*:"
    ),
    (*"{}<>#$\\(", "==", "()", "```", "def", "import", "return", "self", "["),
)
_REFERENCE = _Sign(
    expression(
        r"arXiv(?: preprint|:\d)|\bet al\.,? (?:19|20)\d\d[a-z]?\.\s*\S|\bIn Proceedings\b"
        r"|\bpp\. \d|\bdoi\b"
        r"|^\[\d+\]\s+[A-Z]|^(?:[A-Z][\w-]+,? (?:[A-Z]\.\s?)+,? ?(?:and |& )?){2,}",
        re.I,
    ),
    ("arxiv", "et al.", "in proceedings", "pp. ", "doi", "[", "."),
)
_LABEL = expression(r"(?<![^\s(])[^\W\d_][\w-]{0,14}: ")
_SETTING = expression(r"[a-z]{3}=[a-z<\"']")  # of the synopsis of a command
_EMPTY = expression(r"\|\s*\|")  # a cell of a table of contents
MOST_LABELS = 3  # of a sentence; more are a row of values: "ES: fuga, I: fuga, F: fugue, D: Fuge"
_UNSPACED = expression(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ADDRESS = expression(r"https?://\S+")
_LINK = expression(r"https?://|\]\(|\bwww\.")
_CAPTION = expression(r"^\W*(?:fig(?:ure|\.)|table|algorithm|listing|appendix)\s*\d*\s*[:.|]", re.I)
_ASIDE = _Sign(
    expression(
        r"\b(?:please (?:cite|consider|see|refer|contact)|if you (?:find|use|like|enjoy|want"
        r"|have (?:any )?questions)"
        r"|thanks? (?:to|for)|give us"
        r"|in my opinion|I (?:am|think|hope|will|would|was|have|had)|I['’](?:m|ll|ve|d)"
        r"|we (?:will|would like|hope)"
        r"|subscribe|newsletter|click|sign up|join us|stay tuned|check out"
        r"|you may have noticed|don['’]t forget)\b",
        re.I,
    ),
    (
        *(
            "please",
            "if you",
            "thank",
            "give us",
            "in my",
            "i ",
            "i'",
            "i’",
            "we ",
            "subscribe",
            "newsletter",
        ),
        *("click", "sign up", "join us", "stay tuned", "check out", "you may", "forget"),
    ),
)
# News of the day, which answers hardly any question about the thing itself.
_NEWS = _Sign(
    expression(
        r"^\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W|\b(?:is|are) now (?:supported|available|live"
        r"|part of|open)"
        r"|\b(?:is|are|been) (?:just )?(?:released|accepted|selected|featured)\b|!!"
        r"|[\U0001f300-\U0001faff]\ufe0f?.*!",
        re.I,
    ),
    (".", "/", "-", " now ", "released", "accepted", "selected", "featured", "!"),
)
# Sentences that send the reader elsewhere: to other pages, through menus.
_DIRECTION = expression(
    r"\W*(?:check|read|see|visit|consult|watch|refer to|(?:have|take) a look at"
    r"|you can (?:also )?(?:find|access|activate|open|reach|call|get to) (?:this|the|it)"
    r"|for (?:more|further) (?:\w+ )?(?:details?|information|examples?|explanations?))\b"
    r"|[^→]*→[^→]*→",
    re.IGNORECASE,
)
# Sentences that lead on to what is said elsewhere.
_POINTER = _Sign(
    expression(
        r"\blet['’]s\b"
        r"|\bwe(?:['’]re| are) going to (?:be|try|look|talk|see|learn|explore|dive|cover)\b"
        r"|^(?:below|next|here|later),? (?:we|i) "
        r"|\bbefore we (?:dive|go|get|move|start)|\bin (?:this|the (?:next"
        r"|following)) (?:section|post"
        r"|chapter|article|notebook|tutorial|video)\b|\b(?:described|discussed|explained"
        r"|detailed|see|shown) "
        r"(?:in (?:more )?details? )?(?:below|above|later|next|in (?:section|appendix|chapter))\b"
        r"|\bhere (?:is|are|['’]s) (?:a|an|my|our|some|the)\b"
        r"|\b(?:section|appendix|chapter) [\dA-Z]+(?:\.\d+)* (?:describes|discusses|presents"
        r"|analy[sz]es|shows|introduces)"
        r"|\bwe (?:describe|discuss|provide|present|give)\b.{0,60}\b(?:in|details?"
        r"|explanation|section)\b"
        r"|\bthis concludes\b|^now that\b|\bi (?:also )?hope\b"
        r"|\bwe (?:have )?(?:now |just |already )?(?:discussed|covered|seen)\b"
        r"|\b(?:figure|table) \d+ (?:shows|illustrates|displays|lists|summarizes|presents"
        r"|compares)",
        re.I,
    ),
    (
        "let",
        "going to",
        "below",
        "next",
        "here",
        "later",
        "concludes",
        "now that",
        "hope",
        "before we",
        "in this",
        "in the",
        "below",
        "above",
        "later",
        "next",
        "here",
        "section",
        "appendix",
        "chapter",
        "we ",
        "figure",
        "table",
    ),
)
_PLEA = _Sign(
    expression(
        r"\bplease (?:cite|consider|star|subscribe)|\bconsider (?:citing|starring|subscribing)"
        r"|\bgive (?:us |it |this repo )?a (?:star|⭐)|⭐"
        r"|\bgrants? permission to (?:reproduce|reprint|copy)",
        re.I,
    ),
    ("please", "consider", "star", "⭐", "permission"),
)
# What pages print of other people's talk: samples, prompts, transcripts.
_SAMPLE = _Sign(
    expression(
        r"^\W*(?:q|a|question|answer|input|output|prompt|user|human|assistant|system"
        r"|instruction|response|premise"
        r"|hypothesis|context|completion|model output|example \d+)\s*\d*:\s",
        re.I,
    ),
    (":",),
)
_TURN = expression(
    r"(?:^|[\s(])(?:q|a|question|answer|(?:model )?(?:in|out)put|prompt|user|human|assistant"
    r"|instruction|response"
    r"|premise|hypothesis|completion)\s*\d*:\s",
    re.IGNORECASE,
)
_ITEM = expression(
    r"\W*(?:\d{1,2}[.)]|\(\w{1,3}\)|[-*•–])\s+\w"
    r"|[A-Z][\w/&'’-]*(?:(?: [\w/&()'’-]+){0,2}|(?: (?:[A-Z(][\w/&()'’-]*|or|and|of))+)"
    r"(?::| [-–—]) +\w"
    r"|(?:First|Second|Third|Fourth|Fifth|Finally|Last)(?:ly)?,"
)
_SAMPLE_HEADING = expression(
    r"\b(?:samples?|qualitative (?:examples?|results?|analysis)|completions?|transcripts?"
    r"|full prompts?|prompts? used"
    r"|example (?:outputs?|dialogues?|conversations?|generations?|prompts?|completions?)"
    r"|generations|test prompts"
    r"|few-shot exemplars|exemplars)\b",
    re.I,
)
_APPARATUS_HEADING = expression(
    r"^\W*(?:references|bibliography|acknowledge?ments?|citations?|how to cite|cite"
    r"|table of contents|contents"
    r"|author contributions?|contributors?|change ?log|news|updates?|licen[sc]e|star history"
    r"|further reading"
    r"|related posts?|see also|links?|footnotes|exercises?|questions?|objectives)\W*$",
    re.I,
)
_END = expression(r"[.!?…:;][\"'”’)\]*_]*(?:\s*\[\d+\])*$|[。！？]$")
_FUTURE = _Sign(
    expression(
        r"\bfuture (?:work|research|versions?)\b|\bremains? to be (?:seen|studied)|\bwe leave\b",
        re.I,
    ),
    ("future", "remain", "we leave"),
)
_STOP = expression(r"""[.!?:。！？]["'”’)\]*_]*(?:\s*\[[\d,\s]+\])*$""")
FEWEST_WORDS = 5
LEANING_BACK = 2  # sentences before, for one that leans on them
LEAST_COMPANY = 0.6  # quality of a sentence that another one may lean on
LEAST_LETTERS = 0.55  # of the characters of prose
MOST_CHARACTERS = 700
CAPTION = 0.2
DIRECTION = 0.4
QUESTION = 0.0
_LESSER = (
    (_ASIDE, 0.5),
    (_NEWS, 0.3),
    (_POINTER, 0.4),
    (_CODE, 0.5),
    (_SAMPLE, 0.0),
    (_FUTURE, 0.3),
)  # of the score of others


_VERBLIKE = expression(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|could|may|might|will|would|should|must"
    r"|do|does|did|let|use|need"
    r"|make|take|get|give|see|show|find|think|want|work)\b|[a-z]{2,}(?:ed|es|s)\b|[a-z]{3,}ing\b"
)
_FORMULA = expression(r"\$\$|\\[a-z]{2,}.*\\[a-z]{2,}", re.DOTALL)
# The marks of an axis, or a row of a table that a PDF has flattened.
_NUMBERS_IN_A_ROW = expression(r"(?:(?<!\S)[-–+]?\d[\d.,]*[%kKMBT]?\s+){6}")
_FEW = 12  # words; of a line without an end or a verb, so few are a heading


def quotability(text: str) -> float:
    """Return 0 for what must not be quoted (code, links, references), 1 for a whole statement."""
    words, low = _count_words(_ADDRESS.sub("", text)), text.lower()
    if words < FEWEST_WORDS or len(text) > MOST_CHARACTERS or _is_unquotable(text, low):
        return 0.0
    if sum(map(str.isalpha, text)) < LEAST_LETTERS * len(text.replace(" ", "")):
        return 0.2

    score = QUESTION if text.rstrip().endswith("?") else 1.0
    if _CAPTION.match(text):
        score = min(score, CAPTION)
    if _DIRECTION.match(text):
        score *= DIRECTION
    for sign, share in _LESSER:
        if sign.stands_in(text, low):
            score *= share
    return score * _wholeness(text, words)


def _count_words(text: str) -> int:
    """Count words; two signs of a script that sets no words apart make one."""
    return len(_WORDS.findall(text)) + len(_UNSPACED.findall(text)) // 2


def _is_unquotable(text: str, low: str) -> bool:
    if is_hostile(text) or _is_row(text):
        return True
    return _REFERENCE.stands_in(text, low) or _PLEA.stands_in(text, low) or _links(text, low) > 1


def _is_row(text: str) -> bool:
    """Tell whether a text is a row of numbers, labels, contents, or of a command's settings."""
    if _NUMBERS_IN_A_ROW.search(text):
        return True
    if text.count("|") > 2 and len(_EMPTY.findall(text)) > 1:
        return True
    signs = ((": ", _LABEL), ("=", _SETTING))
    counted = (pattern for sign, pattern in signs if text.count(sign) > MOST_LABELS)
    return any(len(pattern.findall(text)) > MOST_LABELS for pattern in counted)


def _wholeness(text: str, words: int) -> float:
    """Return how much of a whole sentence a text has: a beginning, a verb, an end, no formulas."""
    score = 1.0
    if not _END.search(text.rstrip()):
        score *= 0.2 if words <= _FEW else 0.6
    if not (_VERBLIKE.search(text) or _UNSPACED.search(text)):
        score *= 0.4
    if _FORMULA.search(text):
        score *= 0.4
    return score * 0.8 if begins_small(text) else score


def ends(text: str) -> bool:
    """Tell whether a text ends like a sentence, or like one that leads on to a list."""
    return _STOP.search(text) is not None


def is_item(text: str) -> bool:
    """Tell whether a text begins like an item of a list: a mark, "Term: ...", "Second, ..."."""
    return _ITEM.match(text) is not None


@lru_cache(PASSAGES)
def is_transcript(text: str) -> bool:
    """Tell whether a text prints what was asked of a model or a person, and what came back."""
    return len(_TURN.findall(text)) > 1


def is_sample(headings: Sequence[str]) -> bool:
    """Tell whether text under these headings is printed as a sample of what a model or a person
    wrote.
    """
    return any(map(_SAMPLE_HEADING.search, headings))


def is_apparatus(headings: Sequence[str]) -> bool:
    """Tell whether text under these headings serves the page: references, news, licences."""
    return bool(headings) and _APPARATUS_HEADING.match(headings[-1]) is not None


def _links(text: str, low: str) -> int:
    return len(_LINK.findall(text)) if "http" in low or "](" in low or "www." in low else 0
