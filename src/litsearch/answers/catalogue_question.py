"""Questions on the library itself, read for what they want: to count, list, name an author or a
date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from litsearch.answers.catalogue_words import (
    FACETS,
    FILLERS,
    HELD,
    INVENTED,
    LINE,
    NOUN,
    NOUNS,
    PLACE,
    SINCE,
    WHEN,
    WROTE,
)
from litsearch.patterns import expression
from litsearch.types import Filters, Kind

Want = Literal[
    "count", "list", "held", "author", "date", "line", "facets", "overview", "unreadable"
]
Order = Literal["", "newest", "oldest"]

_YEARS = expression(
    r"\b(?:(?:published|written|released|from|of|in|out in|during"
    r"|the year)\s+)+(?:the\s+)?(?:years?\s+)?"
    r"(?P<first>(?:19|20)\d\d)(?:\s*(?:-|–|to|and|until|through)\s*(?P<last>(?:19|20)\d\d))?\b"
    r"|\b(?P<side>since|after|before|until)\s+(?P<edge>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AUTHOR = expression(
    r"\b(?:written |published |made |authored )?(?:by"
    r"|from)\s+(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:(?:van|von|de|der|la|le"
    r"|di)\s+)*[A-ZÀ-Þ][\w.'’-]+){0,3})"
)
# Where nothing has capitals, what is no other word is a name: "what did ada lovelace write?".
_AUTHOR_IN_SMALL = expression(
    r"\b(?:by|from)\s+"
    r"(?!(?:the|this|that|my|our|your|here|last|next|all|any|years?|months?|weeks?)\b)"
    r"(?P<name>[^\W\d_][\w.'’-]+(?:\s+[^\W\d_][\w.'’-]+){0,2}?)"
    r"(?=$|\s+(?:about|on|regarding)\b)"
)
_SOMEBODY = (
    r"(?P<{}>(?!(?:i|you|we|they|he|she|it|the|this|that|these|those|there|not)\b)"
    r"[^\W\d_][^?,;:]{{1,60}}?)"
)
_WRITTEN = expression(
    rf"^\W*(?:so |and )?(?:(?:what|which|(?P<count>how many))(?: (?:else|other))?(?: {NOUN})?"
    rf" (?:did|has|have|does|is|are)\s+{_SOMEBODY.format('name')}\s+"
    r"(?:write|wrote|written|publish(?:ed)?|author(?:ed)?|post(?:ed)?)(?: about)?"
    rf"|{NOUN} (?:that )?{_SOMEBODY.format('other')} (?:wrote|has written"
    r"|published))(?: here)?\W*$",
    re.IGNORECASE,
)
_PERSON = expression(
    r"^\W*(?:so |and )?who(?:['’]s| is| was)\s+"
    r"(?P<name>[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,3})\W*$",
    re.IGNORECASE,
)
_WRITING_ON = expression(
    r"^\W*(?:so |and )?who (?:(?:else )?(?:wrote|writes|has written|have written|published|blogs)) "
    r"(?:papers? |articles? |posts? |books? |something |anything )?(?:about|on)\s+"
    r"(?P<topic>[^?,;:]{2,100}?)\W*$",
    re.IGNORECASE,
)
# Who asks, and in what state, is no part of a topic: "on RLHF if I know nothing".
_CIRCUMSTANCES = expression(
    r",?\s+(?:(?:if|when|since|because|but) (?:i|you|we|one)(?:['’]\w+)?\b.*|as (?:an? )?"
    r"(?:\w+ )?(?:beginner|newcomer|novice|newbie|layman|layperson|amateur)|for (?:\w+ )?"
    r"(?:beginners|newcomers|novices|newbies|dummies))$",
    re.IGNORECASE,
)
_UNREAD = expression(
    r"\bunread\b|\bnot (?:yet )?(?:been )?read(?: yet)?\b|\b(?:i |we )?(?:haven['’]?t"
    r"|have not) (?:i |we )?(?:yet )?(?:been )?read(?: yet)?\b"
    r"|\b(?:still )?to (?:be )?read\b|\b(?:should|shall|could) (?:i|we) read(?: next| first)?\b",
    re.IGNORECASE,
)
_ORDER = expression(
    r"\b(?P<newest>newest|latest|most recent|recent|last)\b|\b(?P<oldest>oldest|earliest)\b",
    re.IGNORECASE,
)
_TOPIC = expression(
    r"\b(?:(?:to|and) (?:learn|understand|study|get into|read up on|know)(?: (?:more )?about)?"
    r"|start(?:ing)? (?:with|on)|on|about|regarding|concerning|covering|related to|dealing with"
    r"|that deal with|discussing)\s+"
    rf"(?!(?:the |my |this |our )?{PLACE}\b)(?P<topic>[^?]{{2,100}}?)\s*$",
    re.IGNORECASE,
)
_HERE = expression(
    rf"\b(?:(?:in|on|from|of|does|do) (?:the|my|this|our|your) {PLACE}\b|(?:do|did) (?:i"
    rf"|you|we) have\b|(?:are|is) there\b"
    rf"|(?:the|my|this|our|your) {PLACE}\b|in (?:here|total)\b)",
    re.IGNORECASE,
)
_COUNT = expression(
    r"^\W*(?:and |so )?(?:how many|(?:what is |what's )?the (?:total )?number of|count)\b",
    re.IGNORECASE,
)
_FAILED = expression(
    r"\b(?:could(?: not|n['’]t)|cannot|can['’]t|were not|weren['’]t|failed to|did(?: not"
    r"|n['’]t)) (?:be )?"
    r"(?:read|fetched|opened|loaded|downloaded|indexed|load)\b"
    r"|\b(?:failed|broken|dead|blocked|unreadable|unreachable|missing)\b",
    re.IGNORECASE,
)
_OVERVIEW = expression(
    rf"^\W*(?:what(?:'s| is| do you have| do i have| does it have)(?: all)? in (?:the|this"
    rf"|my|your|here) ?{PLACE}?"
    rf"|what (?:does|do) (?:the|this|my|your) {PLACE} (?:hold|contain|have|cover)"
    rf"|(?:describe|tell me about|overview of|summari[sz]e) (?:the|this|my|your) {PLACE}"
    rf"|(?:how (?:big|large) is (?:the|this|my|your) {PLACE}|what is (?:the|this"
    rf"|your) {PLACE} about))\W*$",
    re.IGNORECASE,
)
_RECOMMEND = expression(
    r"^\W*(?:please )?(?:(?:can|could) you )?(?:recommend|suggest)(?: me| us)?\b"
    r"|\b(?:should|can|could|do|must) i (?:read|start|begin)\b"
    r"|\b(?:read (?:next|first)|(?:what|where) to (?:read|start|begin))\b",
    re.IGNORECASE,
)
_ASKS = expression(
    r"^\W*(?:so |and |please )?(?:what|which|how|who|list|show|give|name|find"
    r"|do|does|did|is|are|have|has|can|could|any)\b",
    re.IGNORECASE,
)
_WORD = expression(r"[^\W_]+(?:['’][^\W_]+)?")
_NOUN_WORD = expression(rf"{NOUN}|{PLACE}", re.IGNORECASE)
_FACET_WORD = expression(rf"(?P<facet>{'|'.join(FACETS)})s?", re.IGNORECASE)

_ON_ONE: tuple[tuple[Want, re.Pattern[str]], ...] = (
    ("line", LINE),
    ("author", WROTE),
    ("date", WHEN),
)


@dataclass(frozen=True, slots=True)
class CatalogueQuestion:
    """What is asked of the catalogue: which works, and what of them."""

    want: Want
    filters: Filters = Filters()  # noqa: RUF009 - frozen
    topic: str = ""  # what the works are about, looked up by search
    title: str = ""  # of the work that is asked about
    order: Order = ""
    facet: str = ""  # topic, section, list, author, kind, year or site
    certain: bool = True  # False when an answer from the texts may be better: "who invented LoRA?"


def read_catalogue_question(text: str) -> CatalogueQuestion | None:
    """Return what a question asks of the catalogue; None when it asks what texts say."""
    text = " ".join(text.split())
    if _OVERVIEW.match(text):
        return CatalogueQuestion("overview")
    if match := _WRITING_ON.match(text):
        return CatalogueQuestion("list", topic=match["topic"])
    return _on_one_work(text) or _written_by(text) or _on_works(text) or _holding(text)


def _written_by(text: str) -> CatalogueQuestion | None:
    """Read "what did X write?" and "who is X?", which texts may say better."""
    written, person = _WRITTEN.match(text), _PERSON.match(text)
    match = written or person
    if match is None:
        return None
    name = next(filter(None, (match.groupdict().get(group) for group in ("name", "other"))))
    if not (name[0].isupper() or text.islower()):
        return None
    want: Want = "count" if written and written["count"] else "list"
    return CatalogueQuestion(want, Filters(authors=(name,)), certain=written is not None)


def _on_one_work(text: str) -> CatalogueQuestion | None:
    """Read "who wrote X?", "when was X published?", "on which line is X?"."""
    for want, pattern in _ON_ONE:
        if match := pattern.match(text):
            return CatalogueQuestion(want, title=_named(match))
    if match := INVENTED.match(text):
        return CatalogueQuestion("author", title=match["what"], certain=False)
    if match := SINCE.match(text):
        return CatalogueQuestion("date", title=match["what"], certain=False)
    return None


def _holding(text: str) -> CatalogueQuestion | None:
    """Read "do you have X?", "is X in the library?"."""
    match = HELD.match(text)
    return CatalogueQuestion("held", title=_named(match)) if match else None


def _named(match: re.Match[str]) -> str:
    """Return the title that a question names, whichever way it asks."""
    title: str = next(filter(None, match.groupdict().values()))
    return title.strip("\"“”‘’' ")


@dataclass(frozen=True, slots=True)
class _Stripped:
    """A question without what it says of the works: their years, authors, topic."""

    words: tuple[str, ...]  # left over
    filters: Filters
    topic: str
    order: Order
    unreadable: bool


def _strip(text: str) -> _Stripped:
    """Take from a question what it says of the works that it asks for."""
    rest = re.sub(r"\W+$", "", text)
    order, unreadable = _order(rest), _FAILED.search(rest) is not None
    if order:
        rest = _ORDER.sub(" ", rest)
    rest = _FAILED.sub(" ", rest)

    unread, rest = _taken(_UNREAD, rest)
    years, rest = _taken(_YEARS, rest)
    author, rest = _taken(_AUTHOR_IN_SMALL if rest.islower() else _AUTHOR, rest.strip())
    topic, rest = _taken(_TOPIC, rest)
    words = tuple(_WORD.findall(rest.replace("’", "'")))
    filters = Filters(
        kinds=_kinds(words),
        unread=unread is not None,
        authors=(author["name"],) if author else (),
        years=_years(years) if years else (),
    )
    about = _CIRCUMSTANCES.sub("", topic["topic"]) if topic else ""
    return _Stripped(words, filters, about, order, unreadable)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """Return what a pattern finds, and the text without it."""
    match = pattern.search(text)
    if match is None:
        return None, text
    return match, f"{text[: match.start()]} {text[match.end() :]}"


def _on_works(text: str) -> CatalogueQuestion | None:
    """Read a question on works; None when words are left that are no part of such a question."""
    stripped = _strip(text)
    if not all(map(_is_filler, stripped.words)):
        return None

    question = CatalogueQuestion("list", stripped.filters, stripped.topic, order=stripped.order)
    facet = _facet(stripped)
    if facet:
        return _on_facet(question, text, facet)
    want = _want(text, stripped)
    return replace(question, want=want) if want else None


def _want(text: str, stripped: _Stripped) -> Want | None:
    """Return what is wanted of the works; None when too little says that works are meant."""
    nouned = any(map(_NOUN_WORD.fullmatch, stripped.words))
    if stripped.unreadable:
        return "unreadable" if nouned else None
    if _counts(text):
        return "count" if nouned or _limits(stripped.filters) else None
    return "list" if _asks_for_works(text, stripped, nouned=nouned) else None


def _on_facet(question: CatalogueQuestion, text: str, facet: str) -> CatalogueQuestion | None:
    """Read "which topics are there?", "how many lists ...?"; None for facets of something else."""
    asks = _asks_here(text) or _counts(text)
    return replace(question, want="facets", facet=facet) if asks else None


def _asks_here(text: str) -> bool:
    """Tell whether a text asks, and of this library."""
    return _HERE.search(text) is not None and _ASKS.match(text) is not None


def _counts(text: str) -> bool:
    return _COUNT.match(text) is not None


def _asks_for_works(text: str, stripped: _Stripped, *, nouned: bool) -> bool:
    """Tell whether enough says that works of the library are asked for."""
    if _limits(stripped.filters) or stripped.order or _RECOMMEND.search(text):
        return True
    signs = (nouned, _asks_here(text), bool(stripped.topic))
    return sum(signs) > 1


def _limits(filters: Filters) -> bool:
    """Tell whether filters leave out works; "papers" is what many call any work."""
    return replace(filters, kinds=tuple(set(filters.kinds) - {"paper"})).active


def _order(text: str) -> Order:
    match = _ORDER.search(text)
    if not match:
        return ""
    return "newest" if match["newest"] else "oldest"


def _years(match: re.Match[str]) -> tuple[int, ...]:
    """Return every year that "from 2017 to 2019" or "since 2020" means."""
    if match["edge"]:
        edge = int(match["edge"])
        ranges = {
            "since": range(edge, 2101),
            "after": range(edge + 1, 2101),
            "before": range(1900, edge),
            "until": range(1900, edge + 1),
        }
        return tuple(ranges[match["side"].lower()])
    first = int(match["first"])
    return tuple(range(first, int(match["last"] or first) + 1))


def _is_filler(word: str) -> bool:
    low = word.lower()
    return low in FILLERS or bool(_NOUN_WORD.fullmatch(low) or _FACET_WORD.fullmatch(low))


def _kinds(words: Sequence[str]) -> tuple[Kind, ...]:
    """Return the kinds of source that nouns name."""
    kinds = [NOUNS.get(word.lower().removesuffix("s")) for word in words]
    return tuple(dict.fromkeys(filter(None, kinds)))


def _facet(stripped: _Stripped) -> str:
    """Return the field of the catalog that is asked for; "" when certain works are."""
    if stripped.topic or stripped.order or stripped.filters != Filters():
        return ""
    for word in stripped.words:
        if match := _FACET_WORD.fullmatch(word):
            return match["facet"].lower()
    return ""
