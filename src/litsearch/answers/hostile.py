"""Text that talks to its reader or to a model instead of saying something about its subject.

A page can be written to be quoted: it answers a question with an address to log in at, orders a
model about, repeats a name, or hides behind letters that look like others. Such text never
becomes part of an answer. An order that stands in quotation marks is talked about, not given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from litsearch.patterns import expression

BIDI_CONTROLS = expression("[\u202a-\u202e\u2066-\u2069]")
_FOREIGN = "\u0400-\u04ff\u0530-\u058f\u13a0-\u13ff\uab70-\uabbf"  # Cyrillic, Armenian, Cherokee
_MIXED_SCRIPT = expression(
    # Greek beside Latin is mathematics, but no letter of a word that looks like a Latin one.
    rf"[A-Za-z][{_FOREIGN}]|[{_FOREIGN}][A-Za-z]|[a-z]{{3}}[οναιρυ][a-z]"
)
# Words in letters that Unicode has for formulas and for Chinese lines; what selects a form of the
# sign before it, several times over, spells out something that nobody sees.
_IN_OTHER_LETTERS = expression(
    "[\U0001d400-\U0001d6a3]{3,} [\U0001d400-\U0001d6a3]{3,}"
    "|[\uff21-\uff3a\uff41-\uff5a]{3,}[ \u3000][\uff21-\uff3a\uff41-\uff5a]{3,}"
    "|[\ufe00-\ufe0f\U000e0000-\U000e01ef]{3,}"
)
_WORD = expression(r"[^\W\d_]{2,}")
_QUOTED = expression(r"[\"“«„][^\"”»“]{3,200}[\"”»“]|‘[^’]{3,200}’|`[^`]{3,200}`")

_ORDER_TO_A_MODEL = expression(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |every |your )*(?:previous|prior|above|earlier"
    r"|other|preceding|system|former) (?:\w+ )?(?:instructions?|prompts?|rules?|sources?|text"
    r"|messages?)"
    r"|\byou are now (?:in|an?|the|my)\b|\b(?:reply|respond|answer) (?:only|exactly) with\b"
    r"|\bdo not (?:mention|reveal|cite|disclose) (?:this|these|any other|your)\b"
    r"|\b(?:maintenance|developer|debug|god) mode\b|<\|?(?:im_start|im_end|system"
    r"|endoftext|assistant|user)\|?>"
    r"|^\W*(?:system|assistant)\s*:|<</?sys>>|\[/?inst\]|#{2,} ?(?:instruction|response)s?\s*:"
    r"|\b(?:user|human)\s*:.{0,300}\b(?:assistant|ai)\s*:"
    r"|\b(?:note|message|attention|instructions?) (?:to|for) (?:all |any |the |an? )*(?:ai|llms?"
    r"|chatbots?|language models?|assistants?)\b|\bif you are an? (?:ai|llm|language model"
    r"|assistant|chatbot|bot)\b|\bas an? (?:ai|(?:large )?language model|assistant),? you\b"
    r"|\b(?:ai|llms?|chatbots?|language models?|assistants?|bots?)(?: (?:systems?|models?|agents?"
    r"|readers?))? (?:(?:that|who) reads?|reading|processing|summari[sz]ing|indexing) this\b"
    r"|\b(?:dear|hello|hey|attention),? (?:ai|llm|chatbot|bot|language model|assistant)s?\b"
    r"|\bfrom now on,? (?:you|always|answer|say|call|reply|only)\b"
    r"|\b(?:ignore|disregard|forget) (?:everything|anything|whatever|what|all) (?:that )?"
    r"(?:you|else|was|is|were) |\bsystem prompt (?:update|override|change)|\boverride\s*:"
    r"|\b(?:new|updated|special|hidden) instructions?\s*:|\btell the user (?:that|to)\b"
    r"|\b(?:when|before|while) (?:answering|summari[sz]ing)\b[^.]{0,80}\b(?:always|must)\b"
    r"|\byou must (?:always |first |only )*(?:cite|mention|recommend|praise)\b"
    r"|\b(?:copy|repeat|include) the following (?:sentence|text|words|line)s? (?:in|to|verbatim)"
    r"|\b(?:rank|cite|quote) this (?:page|passage|site|source|document) (?:first|only|instead)\b"
    r"|\bhighest priority for (?:all|any|every)\b|\bin (?:every|any|each) summary of this page\b",
    re.IGNORECASE,
)
_ORDER_ELSEWHERE = expression(
    r"\b(?:ignorier|vergiss|vergesst|missacht)\w*\b.{0,40}\b(?:anweisung|instruktion|vorgabe)\w*"
    r"|\b(?:ignore[rz]|oublie[rz]?)\b.{0,30}\binstructions\b"
    r"|\b(?:ignor[ae]\w*|olvid[ae]\w*|dimentic\w*)\b.{0,30}"
    r"\b(?:instrucciones|instruções|istruzioni)"
    r"|\bигнориру\w*.{0,30}(?:инструкци|указани)|(?:忽略|无视|無視).{0,12}(?:指令|指示|提示)"
    r"|指示.{0,6}無視",
    re.IGNORECASE,
)
_OWN_ANSWER = expression(
    r"\bthe (?:only |one |single )?(?:correct|right|real|true|only|best|official|short)?\s?"
    r"answer (?:is|to this question is)\s*:"
    r"|\btrust no other (?:page|source|site)|\bno (?:further|other) sources? (?:is|are) needed\b"
    r"|\b(?:not|never) (?:use|cite|read|trust|believe) any other"
    r" (?:document|source|page|(?:web)?site)s?\b"
    r"|\b(?:every|all|any) other (?:source|page|answer|website)s?\b[^.]{0,80}\b"
    r"(?:wrong|false|outdated|fake)\b",
    re.IGNORECASE,
)
_ADDRESS = expression(
    r"\bhttps?:|\bwww\.|\w\.(?:com|net|org|info|example|io|ru|cn|xyz)/", re.IGNORECASE
)
# An address that is written so that it is not taken for one.
_HIDDEN_ADDRESS = expression(
    r"\bh t t p\b|\w(?:\[\.\]|\(dot\)|\[dot\])\w|\bhxxps?\b", re.IGNORECASE
)
_SITE = expression(
    r"\w\.(?:com|net|org|info|example|io|ru|cn|xyz)\b.{0,100}\b(?:log|sign) ?in\b"
    r"|\b(?:log|sign) ?in\b.{0,100}\w\.(?:com|net|org|info|example|io|ru|cn|xyz)\b"
    r"|\b(?:log|sign) ?in (?:at|to (?:read|see|learn|find out))\b"
    r"|\bscan the (?:qr )?code (?:and|to)\b"
    r"|\b(?:phone|call|ring)\b.{0,40}\+?\d[\d ()-]{7,}",
    re.IGNORECASE,
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

_ORDER_WORDS = (
    "ignore|disregard|forget|from now|override|prompt|you |you,| with|do not| mode|<|system"
    "|assistant|inst]|instruction|response| ai|ai |llm|bot|language model|tell the|always|must"
    "|following|this p|this s|this d|priority|summary"
).split("|")
# Each with words of which a text holds one that it stands in; most hold none, and no pattern is
# tried.
_SIGNS = (
    (("answer", "other", "needed"), _OWN_ANSWER),
    (
        ("ignor", "verg", "missacht", "oubli", "olvid", "dimentic", "игнор", "忽略", "视", "視"),
        _ORDER_ELSEWHERE,
    ),
    (("password", "code", "pin", "card", "credential", "account"), _SECRET),
    (("subscribe", "today", "now", "save", "discount", "offer", "price"), _SALE),
    (("log", "sign", "scan", "phone", "call", "ring"), _SITE),
    (("h t t p", "hxxp", "[.]", "dot"), _HIDDEN_ADDRESS),
    (_ORDER_WORDS, _ORDER_TO_A_MODEL),
)
_DISGUISES = (BIDI_CONTROLS, _MIXED_SCRIPT, _IN_OTHER_LETTERS)
_LETTERS_APART = expression(r"(?:\b[A-Za-z] ){10}|(?:\b[A-Za-z][.*_-]){5}[A-Za-z]\b")
_DIGIT_IN_WORD = expression(r"\b\d[a-z]|[a-z]\d[a-z]", re.IGNORECASE)
_AS_LETTERS = str.maketrans("01357@$", "oiesta" + "s")

PASSAGES = 500  # of some questions
FEWEST = 14  # words from which repetition tells
VARIETY = 0.5  # share of different words below which a text is stuffed


def is_hostile(text: str) -> bool:
    """Tell whether a sentence or passage gives orders, asks for secrets, or is disguised."""
    if is_disguised(text):
        return True

    spoken = _QUOTED.sub(" ", text)
    if any(map(_gives_orders, _readings(spoken))):
        return True

    beckons = _ADDRESS.search(spoken) is not None and _CALL_TO_ACT.search(spoken) is not None
    return beckons or is_stuffed(spoken)


def _gives_orders(text: str) -> bool:
    """Tell whether a text gives orders, asks for secrets, or calls itself the answer."""
    low = text.lower()
    for words, sign in _SIGNS:
        if any(map(low.__contains__, words)) and sign.search(text):
            return True
    return False


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it is, and with the letters that digits in its words stand for."""
    yield text
    if _DIGIT_IN_WORD.search(text):
        yield text.translate(_AS_LETTERS)


@lru_cache(PASSAGES)  # asked of the passage of each candidate
def is_disguised(text: str) -> bool:
    """Tell whether a text hides what it says: controls of direction, letters of two scripts in a
    word, letters set apart.
    """
    if not text.isascii() and any(sign.search(text) for sign in _DISGUISES):
        return True
    return _LETTERS_APART.search(text) is not None


def is_stuffed(text: str) -> bool:
    """Tell whether a text repeats a few words instead of saying something."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST:
        return False

    most = max(Counter(words).values())
    return len(set(words)) < VARIETY * len(words) and most > len(words) / 6
