"""Read a query: what is looked up, what it filters by, and what kind of query it is.

    "two words"     the passage, its title or its headings hold these words in this order, if
                    anything does
    -word           and do not hold this one; -"two words" likewise
    title:  author:  site:  year:  kind:  topic:  section:  list:  language:  is:unread

Only short queries are written like this; in a pasted sentence quotation marks, dashes and colons
are punctuation. No query is wrong but for being empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, get_args

from litsearch.errors import QueryError
from litsearch.languages import ENGLISH, asks_elsewhere
from litsearch.patterns import expression
from litsearch.text import WORD, content_words, is_filler, normalize, words
from litsearch.types import FILTERS, Filters, Intent, Kind

# What follows is left out: embedders read 256 to 512 tokens, a quarter to a half of this.
MAX_CHARACTERS = 4_000
MAX_TERMS = 64
MAX_YEARS = 200
# The longest query that is an expression; a longer one is a text, whose quotation marks, dashes and
# colons are punctuation.
EXPRESSION_WORDS = 12
# Content words of a title; a longer query describes what a passage says, even when it asks nothing.
TITLE_WORDS = 5
CLAIM_WORDS = 4  # a sentence of fewer is no claim ...
UNSTOPPED_WORDS = 6  # ... and one without a full stop of fewer: attention is all you need
_FIELDS = {name: field for name, field in FILTERS.items() if name != "source"}
_PIECE = expression(
    r'(?<!\S)(?P<minus>-(?=["\w]))?(?:(?P<field>[A-Za-z]+):(?=\S))?(?:"(?P<phrase>[^"]*)"'
    r"|(?P<word>\S+))"
)
_YEARS = expression(r"(\d{4})(?:(?:\.\.|-)(\d{4}))?")
_QUOTES = expression(r"\"|(?<!\w)'|'(?!\w)")

_TEXT_WORDS = (
    r"reading lists?|(?:research |scientific |academic |blog |survey )*(?:papers?|articles?"
    r"|posts?|publications?|surveys?)"
    r"|works?|research|stud(?:y|ies)|documents?|literature|references?|resources?|sources?"
    r"|(?:reading )?material|something|anything"
)
_TEXTS = rf"(?:{_TEXT_WORDS})"
# What a person asks for, and what may as well begin a title ("An introduction to algebra").
_KINDS_OF_TEXT = (
    rf"(?:{_TEXT_WORDS}|(?:good )?(?:reads?|reading)|books?|chapters?|reports?|tutorials?|guides?"
    r"|introductions?|recommendations?|overviews?|discussions?|descriptions?|explanations?"
    r"|starting points?)"
)
_POLITE = (
    r"(?:(?:hi|hello|hey|please|can you|could you|would you|will you|can i|could i|i am|i'm"
    r"|i want to|i'd like to|i want|i need to|i need"
    r"|i would like to|i would like|i'd like|we are|we need|we|me|help me|trying to)[,!]?\s+)*"
)
_ASK_FOR = (
    r"(?:give|show|find|get|tell|list|recommend|suggest|search|look(?:ing)?|point|provide|share"
    r"|need|want|read|learn)\s+"
    r"(?:(?:me|us|for|to|out)\s+)*"
)
_SOME = (
    r"(?:(?:some|any|all|the|a|an|few|several|more|most|relevant|recent|new|good|best|great"
    r"|key|main|major|classic|seminal|essential|influential|introductory"
    r"|useful|interesting|important"
    r"|related|other|list of)\s+)*"
)
_ABOUT = (
    r"(?:(?:available |out there |to read |to start with |(?:that |which )?exists? )?"
    r"(?:(?:that |which )?(?:have )?(?:discuss|describ|cover|explor|address|propos|introduc"
    r"|investigat"
    r"|examin|study|studi|show|deal)"
    r"(?:e?s|es|ing|ed?)?(?: with)?"
    r"|about|on|in|of|that|which|where|for|to|regarding|concerning|(?:related|relevant) to"
    r"|with)\s+)"
)
_SUBJECT = rf"(?:\s+{_ABOUT}|:\s+)"
_REQUESTS = tuple(
    expression(rf"^\W*{form}", re.IGNORECASE)
    for form in (
        rf"{_POLITE}{_ASK_FOR}{_SOME}{_KINDS_OF_TEXT}{_SUBJECT}",
        rf"{_POLITE}{_ASK_FOR}{_SOME}{_TEXTS}\s+",
        rf"{_POLITE}(?:very |especially |particularly )?interested in"
        rf" (?:{_SOME}{_KINDS_OF_TEXT}{_SUBJECT})?",
        rf"{_POLITE}(?:{_ASK_FOR})+{_SOME}(?:about|regarding|concerning|up on)\s+",
        rf"{_POLITE}(?:{_ASK_FOR})*what (?:(?:do )?(?:you|we|i) (?:have|know)|there is|is there)"
        r" (?:on|about|of)\s+",
        rf"(?:i would|i'd) like {_SOME}{_KINDS_OF_TEXT}{_SUBJECT}",
        rf"(?:do|have) (?:you|we) (?:have|know of|know|got) {_SOME}{_KINDS_OF_TEXT}{_SUBJECT}",
        r"what (?:has|have) been (?:written|published|said|done) (?:about|on)\s+",
        rf"(?:what|which) {_SOME}{_TEXTS} (?:should|can|could|must|do) (?:i|we) read"
        r" (?:about|on|to learn about|to understand|for)\s+",
        rf"{_POLITE}(?:give|show|find|get)\s+(?:me|us)\s+{_SOME}",
        rf"(?:are|is|were) there (?:{_SOME}|no ){_KINDS_OF_TEXT}{_SUBJECT}",
        rf"(?:are|is|were) there (?:{_SOME}|no ){_TEXTS}\s+",
        rf"(?:what|which)(?: are| is)? (?!works? ){_SOME}{_TEXTS}(?: is| are)?{_SUBJECT}",
        rf"(?:any|best|good|some) {_SOME}{_KINDS_OF_TEXT}{_SUBJECT}",
        r"(?:what|where)\s+(?:should|can|could|do|must)\s+(?:i|we)\s+(?:read|find|learn"
        r"|look)(?: up)?(?: more)?"
        rf"(?:\s+{_TEXTS})?\s+(?:about|on|to learn about|to understand|for|regarding)\s+",
        rf"(?:{_SOME}{_TEXTS})\s+(?:about|on|regarding|concerning|discussing|describing"
        rf"|covering)\s+",
    )
)
# One of these stands in every request; compiling the forms takes 10 ms, which other queries save.
_CUES = frozenset(
    """
    give show find get tell list recommend suggest search look looking point provide share need want
    read reads reading learn like interested there have has any anything something paper papers
    article articles post posts publication publications survey surveys work works research study
    studies document documents literature reference references resource resources source sources
    material lists best good some
    """.split()
)
_THANKS = expression(r"(?i)[\s,;.!?]*\b(?:please|thanks|thank you)\b[\s.!?]*$")
_ASKS = expression(
    r"\W*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could"
    r"|should|would|will|has|have)\b",
    re.IGNORECASE,
)
_ASKS_WITHIN = expression(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|do|does|did)\b", re.IGNORECASE
)
_ABBREVIATED = expression(r"\b(?:etc|al|inc|ltd|co|[A-Za-z](?:\.[A-Za-z])*)\.$", re.IGNORECASE)
_FINITE = expression(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|cannot|could|may|might|will|would|must"
    r"|should|isn't|aren't|don't"
    r"|(?:increas|reduc|decreas|caus|improv|promot|induc|activat|regulat|inhibit|prevent|requir"
    r"|need|show|lead|play|provid"
    r"|affect|help|make|allow|enabl|produc|outperform|contain|depend|result|contribut|predict"
    r"|protect|lack)(?:s|es|ed))\b"
)

_KIND_WORDS: dict[Kind, str] = {
    "paper": "paper papers preprint arxiv",
    "video": "video videos talk talks lecture lectures youtube",
    "code": "code repo repos repository repositories github library",
    "article": "post posts blog article articles essay",
    "post": "post posts blog article articles essay tweet tweets thread threads",
    "book": "book books",
    "course": "course courses",
}
_KINDS_WORDS = frozenset(" ".join(_KIND_WORDS.values()).split())


@dataclass(frozen=True, slots=True)
class Query:
    """A query, taken apart."""

    asked: str  # as typed, white space apart
    text: str  # what is embedded: without request phrase, fields and exclusions
    words: tuple[str, ...]  # as typed, without repetition and without those of grammar
    intent: Intent = "navigational"
    language: str = ENGLISH
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = Filters()  # noqa: RUF009 - frozen
    notes: tuple[str, ...] = ()  # what was done to it that its author may not expect


def read_query(text: str, *, intent: Intent | None = None, language: str = ENGLISH) -> Query:
    """Take a query apart. Raises QueryError when it is empty."""
    typed = " ".join(normalize(text.replace("\0", " ")).split())
    if not typed:
        raise QueryError("The query is empty.", "Say what to look for.")
    shortened, notes = _shorten(typed)
    query = Query(typed, shortened, (), language=language, notes=notes)
    is_text = len(shortened.split()) > EXPRESSION_WORDS
    query = _read_text(query) if is_text else _read_expression(query)
    subject = without_request(query.text)
    guess = _intent(subject, language, requested=subject != query.text)
    looked_up = (
        content_words(subject, language)
        or content_words(query.text, language)
        or _all_words(query.text)
    )
    return replace(query, text=subject, words=looked_up[:MAX_TERMS], intent=intent or guess)


def _shorten(typed: str) -> tuple[str, tuple[str, ...]]:
    """Return the beginning of a query that is too long, and the note that says so."""
    if len(typed) <= MAX_CHARACTERS:
        return typed, ()
    beginning = typed[:MAX_CHARACTERS].rsplit(" ", 1)[0]
    note = (
        f"The query has {len(typed):,} characters; the first {len(beginning):,} are searched for."
    )
    return beginning, (note,)


def _read_text(query: Query) -> Query:
    """Return a query that is a text, not an expression: its quotation marks quote nothing."""
    plain = " ".join(_QUOTES.sub("", query.text).split())
    note = "The query is long, so its quotation marks are punctuation: no phrase is required."
    return replace(
        query, text=plain or query.text, notes=query.notes + (note,) * ('"' in query.text)
    )


def _read_expression(query: Query) -> Query:
    """Return a query with its phrases, exclusions and fields taken apart."""
    typed, plain = query.text, list[str]()
    for match in _PIECE.finditer(typed):
        query = _add_piece(query, match, plain)
    text = " ".join(plain).strip()
    subject = text if WORD.search(text) else " ".join(query.filters.titles) or typed
    return replace(query, text=subject)


def _add_piece(query: Query, match: re.Match[str], plain: list[str]) -> Query:
    """Return the query with one more piece; what is plain text goes into plain."""
    value = match["word"] if match["phrase"] is None else match["phrase"].strip()
    if not value:
        return query
    if match["field"] and not match["minus"]:
        filters = _add_filter(query.filters, match["field"].casefold(), value)
        if filters is not None:
            return replace(query, filters=filters)
    elif _excludes(match, value):
        return replace(query, without=(*query.without, value))
    elif match["phrase"] is not None and not match["minus"] and WORD.search(value):
        plain.append(f'"{value}"')
        return replace(query, phrases=(*query.phrases, value))
    plain.append(match.group())
    return query


def _excludes(match: re.Match[str], value: str) -> bool:
    """Return True for -word and -"two words", not for a negative number."""
    return bool(
        match["minus"] and not match["field"] and WORD.search(value) and not value[0].isdigit()
    )


def _add_filter(filters: Filters, field: str, value: str) -> Filters | None:
    """Return the filters with one more, or None for a field or value that is no filter."""
    if field == "is":
        return replace(filters, unread=True) if value.casefold() == "unread" else None

    reader = {"year": _years, "kind": _kinds}.get(field, _as_is)
    name, values = _FIELDS.get(field, ""), reader(value)
    if not name or not values:
        return None
    field_values: dict[str, Any] = {name: (*getattr(filters, name), *values)}
    return replace(filters, **field_values)


def _as_is(value: str) -> tuple[str, ...]:
    return (value,)


def _kinds(value: str) -> tuple[Kind, ...]:
    return tuple(kind for kind in get_args(Kind) if kind == value.casefold())


def _years(value: str) -> tuple[int, ...]:
    match = _YEARS.fullmatch(value)
    if match is None:
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(range(first, last + 1))[:MAX_YEARS]


def _all_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(text)))


def without_request(text: str) -> str:
    """Return what a request is about: "k-NN" of "give me papers about k-NN?"; any other text as it
    is.
    """
    if _CUES.isdisjoint(word.strip(".,:;!?") for word in text.lower().split()):
        return text
    for request in filter(None, (form.match(text) for form in _REQUESTS)):
        rest = _THANKS.sub("", text[request.end() :]).strip()
        if content_words(rest):
            return rest.rstrip("?").rstrip() or rest
    return text


def _intent(text: str, language: str, *, requested: bool) -> Intent:
    """Return what kind of query a text is, by its form alone."""
    if requested:
        return "topic"
    if asks(text):
        return "question"
    if claims(text):
        return "claim"
    return "navigational" if len(content_words(text, language)) <= TITLE_WORDS else "topic"


def asks(text: str) -> bool:
    """Return True for a question; a headline with a question mark asks nothing ("Attention?
    Attention!").
    """
    if _ASKS.match(text) or asks_elsewhere(text):
        return True
    return text.endswith("?") and _ASKS_WITHIN.search(text) is not None


def claims(text: str) -> bool:
    """Return True for a sentence that states something: with a full stop, or with a finite verb
    between its words.
    """
    count = len(text.split())
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return count >= CLAIM_WORDS
    return count >= UNSTOPPED_WORDS and _FINITE.search(text, text.find(" ")) is not None


def kinds_named(query: Query) -> frozenset[Kind]:
    """Return the kinds of source that a title or topic asks for: "the LoRA paper", "gpt video"."""
    folded = {word.casefold() for word in query.words if query.intent == "navigational"}
    return frozenset(kind for kind, names in _KIND_WORDS.items() if folded & set(names.split()))


def without_fillers(query: Query) -> Query:
    """Return a question or claim whose words are those that name something, if it has any: known,
    different or describe name nothing.
    """
    words_left = tuple(word for word in query.words if not is_filler(word))
    if query.intent not in ("question", "claim") or not words_left:
        return query
    return replace(query, words=words_left)


def title_words(query: Query) -> tuple[str, ...]:
    """Return the words of a title without those that name a kind of source, if others are left."""
    rest = tuple(word for word in query.words if word.casefold() not in _KINDS_WORDS)
    return rest or query.words
