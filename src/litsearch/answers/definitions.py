"""How surely a sentence says what a thing is: by where the thing stands, and the words around.

Patterns as in work on definitional questions (Hearst 1992; Cui, Kan and Chua 2007): a copula, an
apposition, a naming verb, a long form with its short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from litsearch.answers.entities import Entity
from litsearch.answers.openings import leans_back
from litsearch.answers.short_forms import is_short_form, pattern_of
from litsearch.patterns import expression

LOOKED_AT = 3  # mentions of the thing in a sentence
BEFORE = 120  # characters before a mention in which it may be introduced or named
CIRCLE = 60  # characters after a mention in which its explanation must not repeat it

# What a mention is worth: a whole definition 1, less what only comes near one.
IS_A = 1.0
NAMED_AND_EXPLAINED = 0.9  # "we propose X, a method that ..."
NAMED = 0.7  # "we refer to this approach as X"
EXPANDED = 0.6  # "Long Name (X)"
EXPLAINED = 0.6  # "X, a method that ...", in passing
QUALIFIED = 0.4  # "X, which ...", "X, where ..."
GLOSSED = 0.6  # "X: combine ...", in a list
DOES = 0.5  # "X is used to ...", "X combines ..."
ACTS = 0.3  # any other verb
PRAISED = 0.3  # "X is an important ..."
INTRODUCED = 0.4  # "we introduce X"
WITHIN = 0.6  # "Under X, ...", "In X, ..."
DESCRIBED = 0.5  # "we combine ... into a ... (X)"
LEANING = 0.5  # of that, what a sentence is worth that leans on one before: "That's because X is"

_BRACKETS = r"(?:\s*(?:\([^)]{1,60}\)|\[[\d,\s–-]{1,20}\]))?"
_CLOSE = r"[”\"'’)*_`\]]*"
_OF = r"(?:\s+(?:of|in|for|on|from|with)\s+(?:[^\s,;:.]+\s+){0,7}?[^\s,;:.]+)?"
_ADVERB = (
    r"(?:(?:essentially|basically|simply|just|formally|generally|usually|typically|really"
    r"|often|commonly|normally|now|also)\s+)?"
)
_LONGER_NAME = expression(r"[-–]\w")  # PaLM-Coder is no PaLM
_OPENING = expression(
    r"\W*(?:\d+[.)]\s*)?"
    r"(?:(?:in|for|given|with|from|at|on|to|by|as)\b[^,]{1,60},\s*)?"
    r"(?:(?:the|an?|our|in short|basically|simply put|formally|briefly|in general|generally"
    r"|essentially|concretely|roughly speaking|so|and|but)\b[\s,]*)*"
    r"(?:(?:core|main|basic|key|original|so-called|standard|vanilla|popular|general|full)\s+)?"
    r"[“\"'‘(*_`\[]*",
    re.IGNORECASE,
)
_LONG_FORM = expression(r"\W*[A-Z][\w-]*(?: [\w-]+){0,6} \(")  # Some Long Name (
_DEFINED = expression(
    _BRACKETS
    + _CLOSE
    + _OF
    + r"\s+(?:is|are|was|were|can be|may be)\s+"
    + _ADVERB
    + r"(?:\w+ly\s+)?"
    r"(?:(?:defined|described|understood|thought of)(?: \w+ly)?"
    r" (?:as|by|to be|in (?:terms|\w+ steps)|when)\b"
    r"|a (?:term|name|word|way|measure)\b)",
    re.IGNORECASE,
)
_IS_A = expression(
    _BRACKETS
    + _CLOSE
    + _OF
    + r",?\s*(?:[-–—:]\s+(?:an?|the|\w+ing)\b|(?:is|are|was|were)\s+"
    + _ADVERB
    + r"(?:an?|the|one|any|when|how|where|what|to (?!be\b))\b"
    r"|(?:is|are)\s+(?:(?!(?:to|by|in|on|from|at|as|not|the)\b)[\w-]+\s+){0,3}"
    r"[\w-]+s\s+(?:that|which|for|where|with|trained|used|of)\b"
    r"|(?:refers?|means?|describes?|denotes?|stands|consists?|(?:is|are) short)\b)",
    re.IGNORECASE,
)
_PRAISE = expression(
    r"\W*"
    + _BRACKETS
    + _CLOSE
    + r",?\s*(?:is|are|was|were)\s+"
    + _ADVERB
    + r"(?:(?:one of )?the (?:most|best|same|main|key|right|way to go)\b"
    r"|(?:the|an?)\s+(?:\w+ly\s+)?(?:important|essential|key|powerful|popular|promising|active"
    r"|common|crucial|exciting|interesting|significant|hot|major|critical|great|good|bad"
    r"|challenging|useful|emergent|strong|real|big|hard|natural)\b)",
    re.IGNORECASE,
)
_KIND = r"(?:(?:layer|method|model|algorithm|technique|approach|framework)s?\s+)?"
_DOES = expression(
    _BRACKETS
    + _CLOSE
    + r",?\s*"
    + _KIND
    + r"(?:(?:is|are)\s+(?:often\s+|commonly\s+|usually\s+|typically\s+|widely\s+)?"
    r"(?:designed to|used (?:as|to|for)|known as|computed|measured|obtained|based on|made|built"
    r"|trained to|similar to|responsible for|meant (?:to|for)|intended (?:to|for)"
    r"|composed of|concerned with|seen as|viewed as|regarded as)"
    r"|(?:first\s+|then\s+|\w+ly\s+)?(?:[\w-]+-shot\s+)?"
    r"(?:works(?! (?:well|best|fine|better))|aims to"
    r"|(?:combin|involv|allow|enabl|represent"
    r"|us|tak|map|turn|generat|comput|measur|learn|split|replac|reduc|add|stor|train|freez|quantiz"
    r"|instruct|encod|convert|depend|decompos|provid|mak|assign|select|group|shar|extend|inject"
    r"|adapt|consist|bias)e?s?))\b",
    re.IGNORECASE,
)
# Any verb of the third person with its object: a noun in the plural is followed by a verb.
_ACTS = expression(
    _BRACKETS + _CLOSE + r",?\s*(?:\w+ly\s+)?"
    r"(?!(?:is|was|has|does|as|its|this|thus|plus|always|sometimes|perhaps|outperforms|achieves"
    r"|shows|remains|seems|demonstrates|surpasses|exceeds|performs|needs|requires|fails|suffers"
    r"|improves|matches|tends|appears|comes|goes|differs|results)\b)[a-z]{3,}(?<!s)s\s+"
    r"(?:an?|the|each|every|all|its|their|this|to|from|by|on|with|in|for|into|at|how|which|what"
    r"|both|\w+ing)\b",
    re.IGNORECASE,
)
_GLOSS = expression(_BRACKETS + _CLOSE + r"\s*(?::|\s[-–—])\s+(?!https?|\W)\w", re.IGNORECASE)
_ARTICLES = r"(?:(?:the|an?|our|its|their|new|novel|simple|so-called)\s+)*"
_NAMES = expression(
    r"\b(?:(?:call(?:s|ed)?|term(?:ed)?|named?|dub(?:bed)?)"
    r"(?:\s+(?:it|these|them|(?:this|our|the) \w+))?"
    r"|coined|known as|short for|abbreviated(?: as)?|refer(?:s|red)? to(?:\s+[\w-]+){0,5} as)\s+"
    + _ARTICLES
    + r"[“\"'‘(*_`\[]*$",
    re.IGNORECASE,
)
_INTRODUCES = expression(
    r"\b(?:introduc|propos|present|develop|defin)\w*\s+"
    + _ARTICLES
    + r"(?:(?!of\b|for\b|on\b|with\b|in\b)[\w-]+\s+){0,3}[“\"'‘(*_`\[]*$",
    re.IGNORECASE,
)
_OWN = expression(
    r"\b(?:we|I)\s+(?:[a-z]+\s+)?(?:introduce|propose|present|develop|create|build|call"
    r"|name|dub|term)\b"
    r"|\b(?:our|this) (?:\w+ ){1,3}(?:introduces|proposes|presents|develops|describes|is)\b",
    re.IGNORECASE,
)
_DISCUSSES = expression(
    r"\b(?:we|i|to|let['’]s) (?:\w+ )?(?:discuss|describe|look at|explore|review|explain|cover)\b",
    re.IGNORECASE,
)
_IDEA = expression(
    r"\b(?:idea|goal|aim|purpose|principle|essence) (?:of|behind)\s+"
    + _ARTICLES
    + r"(?:(?:[\w-]+\s+){1,7}\()?[“\"'‘(*_`\[]*$",
    re.IGNORECASE,
)
_OURS = expression(r"\b(?:we|our)\b", re.IGNORECASE)
_WE_CALL = expression(
    r"\bwe (?:\w+ )?(?:call|name|term|dub|refer to)(?: \w+){0,4}?(?: as)?\s+"
    + _ARTICLES
    + r"[“\"'‘(*_`\[]*$",
    re.IGNORECASE,
)
_SENTENCE_END = expression(r"[.!?]\s+(?=[A-Z])|\n")
_APPOSITION = expression(
    _BRACKETS + _CLOSE + r"\s*(?:[,;—–:(]|--| - )\s*(?:i\.e\.,?\s+)?"
    r"(?:an?|the|one (?:of|that)|models?|methods?)\b",
)
_WITHIN = expression(r"\W*(?:under|in|with|by|during|using)\s+(?:(?:the|an?)\s+)?$", re.IGNORECASE)
_CLAUSE = expression(_BRACKETS + _CLOSE + r"\s*[,(—–]\s*(?:which|when|where|in which)\b")
_OTHER_NAME = expression(
    r"\((?:also |sometimes |often )?(?:known as|called|a\.?k\.?a\.?|or|i\.e\.)\s[^()]*$",
    re.IGNORECASE,
)
_NUMBERED = expression(r"^\W*\d+(?:\.\d+)*\.?\s+|\s*\([^()]{1,40}\)\W*$")
_ORIGIN = expression(r"^\W*\[[^\]]{1,80}\]\s*")  # of a word: "[Greek: ...] The ratio 3:2."
_MARKS = " \t\n#*_:.`“”\"'"
_CLOSED = expression(r"[^()]{0,60}\)")
_EXAMPLES = expression(
    r"\b(?:such as|like|e\.g\.,?|including|for example|using|with|and)\s*$", re.I
)
_LONG_BEFORE = expression(r"((?:[\w-]+\s+){0,6}[\w-]+)\s*\(\W*$")
_LONG_AFTER = expression(r"\s*\(((?:[\w-]+\s+){1,6}[\w-]+)\)")
_GIVES_NAME = expression(f"{_NAMES.pattern}|{_INTRODUCES.pattern}", re.IGNORECASE)
# What a name without an explanation is worth, by the words before it: the first that match count.
_NAMED_IN_PASSING = (
    (expression(f"{_DISCUSSES.pattern}.*(?:{_NAMES.pattern})", re.IGNORECASE), 0.0),
    (_NAMES, NAMED),
    (_INTRODUCES, INTRODUCED),
    (_EXAMPLES, 0.0),
    (_IDEA, NAMED_AND_EXPLAINED),
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place where a sentence says the thing."""

    before: str  # at most BEFORE characters
    after: str
    name: str
    opens: bool  # nothing but a few leading words stands before


def definition_share(text: str, subject: Entity) -> float:
    """Return how surely a sentence says what the subject is, 0..1."""
    low = text.lower()
    if not any(cue[:-1] in low for cue in subject.cues):
        return 0.0
    places = list(pattern_of(subject.forms).finditer(text))[:LOOKED_AT]
    mentions = (_mention(text, place) for place in places)
    return max((_share(mention, subject) for mention in mentions), default=0.0)


def is_entry(line: str, text: str, subject: Entity) -> bool:
    """Tell whether a text does not say the subject, and a line above it says nothing else: a term
    of a glossary, or a heading.
    """
    pattern = pattern_of(subject.forms)
    return pattern.fullmatch(_term(line)) is not None and pattern.search(text) is None


def as_entry(line: str, text: str, subject: Entity) -> str:
    """Return the entry of a glossary as "Subject: text"; any other text as it is."""
    return f"{_term(line)}: {_ORIGIN.sub('', text)}" if is_entry(line, text, subject) else text


def _term(line: str) -> str:
    """Return a line without marks, a number before and a bracket behind it."""
    return _NUMBERED.sub("", line).strip(_MARKS)


def tells_what(texts: Iterable[str], subject: Entity | None) -> bool:
    """Tell whether one of the texts says what the subject is."""
    if subject is None:
        return False
    sentences = chain.from_iterable(map(_SENTENCE_END.split, texts))
    return any(definition_share(sentence, subject) > 0 for sentence in sentences)


def share_in(text: str, subject: Entity) -> float:
    """Return how surely the sentence of a text that tells most says what the subject is, 0..1."""
    return max(_share_alone(sentence, subject) for sentence in _SENTENCE_END.split(text))


def _share_alone(sentence: str, subject: Entity) -> float:
    """Return how surely a sentence says what the subject is; less of one that leans on another."""
    share = definition_share(sentence, subject)
    return LEANING * share if share and leans_back(sentence) else share


def introduces(text: str, subject: Entity) -> bool:
    """Tell whether authors call the subject theirs in a text: "we propose X", "our X, a ..."."""
    mentions = (_mention(text, place) for place in pattern_of(subject.forms).finditer(text))
    return any(map(_is_own, mentions))


def _is_own(mention: _Mention) -> bool:
    clause = _SENTENCE_END.split(mention.before)[-1]
    if _OWN.search(clause) is None:
        return False
    expanded = _LONG_BEFORE.search(clause)
    if expanded and is_short_form(mention.name, expanded[1]):
        return True
    return _INTRODUCES.search(clause) is not None or _WE_CALL.search(clause) is not None


def _mention(text: str, place: re.Match[str]) -> _Mention:
    before = text[: place.start()]
    opens = bool(_OPENING.fullmatch(before) or _LONG_FORM.fullmatch(before))
    return _Mention(before[-BEFORE:], text[place.end() :], place.group(), opens)


def _share(mention: _Mention, subject: Entity) -> float:
    longer = _LONGER_NAME.match(mention.after) or mention.before.endswith(("-", "–"))
    if longer or _is_circular(mention):
        return 0.0
    share = max(_by_verb(mention), _by_naming(mention), _by_other_name(mention))
    # that a long name has a short one does not say what it is
    return (
        share
        if mention.name.lower() in map(str.lower, subject.others)
        else max(share, _by_long_form(mention))
    )


def _is_circular(mention: _Mention) -> bool:
    """Tell whether a thing is explained by itself: "X: the standard X architecture"."""
    explained = _IS_A.match(mention.after) or _GLOSS.match(mention.after)
    return explained is not None and mention.name.lower() in mention.after[:CIRCLE].lower()


def _by_verb(mention: _Mention) -> float:
    """Return what a clause that speaks of the thing is worth: "X is ...", "X does ..."."""
    if _DEFINED.match(mention.after):
        return IS_A
    if _WITHIN.fullmatch(mention.before) and mention.after.startswith(","):
        return WITHIN
    if not mention.opens:
        return 0.0
    if _PRAISE.match(mention.after):
        return PRAISED
    if _IS_A.match(mention.after):
        return IS_A
    if _DOES.match(mention.after):
        return DOES
    if _GLOSS.match(mention.after):
        return GLOSSED
    return ACTS if _ACTS.match(mention.after) else 0.0


def _by_naming(mention: _Mention) -> float:
    """Return what it is worth that a clause gives the thing its name, or explains the name."""
    aside = _APPOSITION.match(mention.after) is not None
    explained = aside or _IS_A.match(mention.after) is not None
    if explained and _GIVES_NAME.search(mention.before):
        return NAMED_AND_EXPLAINED
    for pattern, worth in _NAMED_IN_PASSING:
        if pattern.search(mention.before):
            return worth
    if aside:
        return EXPLAINED
    return QUALIFIED if _CLAUSE.match(mention.after) else 0.0


def _by_other_name(mention: _Mention) -> float:
    """Return what it is worth that the thing is another's name: "Y (also known as X) is a ..."."""
    if not _OTHER_NAME.search(mention.before):
        return 0.0
    closed = _CLOSED.match(mention.after)
    return IS_A if closed and _IS_A.match(mention.after, closed.end()) else NAMED


def _by_long_form(mention: _Mention) -> float:
    """Return what it is worth that a long form and its short one stand together."""
    long_before = _LONG_BEFORE.search(mention.before)
    if long_before and is_short_form(mention.name, long_before[1]):
        explained = _APPOSITION.match(mention.after.lstrip(")”\"'*")) is not None
        return NAMED_AND_EXPLAINED if explained else EXPANDED
    long_after = _LONG_AFTER.match(mention.after)
    if long_after and is_short_form(mention.name, long_after[1]):
        return EXPANDED
    ours = long_before and mention.after[:1] == ")" and _OURS.search(mention.before)
    return DESCRIBED if ours else 0.0
