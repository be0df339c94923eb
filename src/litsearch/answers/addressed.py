"""Questions put to a work by its name: "what does the LoRA paper say about the rank?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litsearch.answers.sentences import Candidate
from litsearch.answers.works import Work, address_in, find_called
from litsearch.index.catalog import Catalog
from litsearch.patterns import expression

_NOUN = (
    r"(?:paper|preprint|article|essay|(?:blog )?post|survey|report|thesis|book|chapter|tutorial"
    r"|guide|handbook|talk|video|lecture|readme)"
)
_SAYING = (
    r"(?:say|claim|argue|find|conclude|tell us|propose|show|observe|demonstrate|discover|report"
    r"|write|explain|recommend|suggest|mention|note|teach)"
)
_SAYS = expression(
    rf"^\W*what (?:does|do|did)\s+(?:the authors? (?:of|behind) )?(?P<work>.{{2,140}}?)\s+{_SAYING}"
    r"\s+(?:about|on|of|regarding|concerning)\s+\w",
    re.IGNORECASE,
)
_ACCORDING = expression(r"^\W*according to (?P<work>.{2,140}?),\s+\w", re.IGNORECASE)
_ACCORDING_AFTER = expression(
    r"^\W*\w.{6,140}?,? according to (?P<work>.{2,140}?)\W*$", re.IGNORECASE
)
# "How does the LoRA paper ...": in each name may stand a further article.
_NAMED = expression(
    rf"\bthe (?=(?P<work>(?:[\w.()'’+-]+ ){{1,8}}?){_NOUN}\b(?!['’]s\b))",
    re.IGNORECASE,
)
# "Reed et al. (2019) find that ...": what others did.
_OF_OTHERS = expression(
    r"^(?:[\w’',-]+ ){0,6}?[A-ZÀ-Þ][\w’-]+(?:(?: and| &) [A-ZÀ-Þ][\w’-]+| et al\.?)(?:['’]s)?,? ?"
    r"[\[(](?:(?:19|20)\d\d|\d{1,3}\b)"
)
_ABOUT_OTHERS = expression(
    r"related work|previous work|prior work|literature review", re.IGNORECASE
)


def works_asked(catalog: Catalog, question: str) -> tuple[Work, ...]:
    """Return the works that a question is put to by name; () for a question to all."""
    for phrase in _phrases(" ".join(question.split())):
        works = find_called(catalog, phrase.strip("\"“”‘’' "))
        indexed = tuple(work for work in works if work.source.verdict.status == "indexed")
        if indexed:
            return indexed
    return ()


def _phrases(text: str) -> Iterator[str]:
    """Yield what may be the name of a work that is asked."""
    for pattern in (_SAYS, _ACCORDING, _ACCORDING_AFTER):
        if match := pattern.match(text):
            yield match["work"]
    for match in _NAMED.finditer(text):
        yield match["work"]


def without_address(question: str, works: Sequence[Work]) -> str:
    """Return a question to these works with their title where it gives an address."""
    title = works[0].source.listed_title if works else ""
    words = question.split()
    return " ".join(title if title and address_in(word) else word for word in words)


def in_own_words(candidate: Candidate) -> bool:
    """Tell whether a work speaks for itself, and not of what others found."""
    if any(map(_ABOUT_OTHERS.search, candidate.passage.heading)):
        return False
    return _OF_OTHERS.match(candidate.text) is None
