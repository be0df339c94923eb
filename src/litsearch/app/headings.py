"""Make questions of headings: those that ask, as in a sentence; and of terms, what they are.

A heading has capitals of its own kind. How its words are written otherwise, and whether one says
"a" or "the" of a term, is taken from the running text below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from litsearch.languages import FILLERS
from litsearch.patterns import expression

WORDS = range(3, 15)  # of a heading that is a question
SHORT = 4  # letters of a word that stays small in a title
# Headings of every paper, which say nothing of what it is about.
_COMMON = frozenset(
    "a abstract acknowledgements acknowledgments analysis appendix approach background citation"
    " code conclusion conclusions contents contributions course data dataset datasets details"
    " discussion evaluation example examples experiments experimental faq features footnotes"
    " getting i implementation installation introduction learn license limitations links method"
    " methods methodology model models more motivation my notes of our overview part"
    " preliminaries quick reading references related requirements resources results setup"
    " started summary support table the this training usage we work you your".split()
)
_OWN = frozenset("i my our this us we you your".split())  # of a page that speaks of itself
_TERM = expression(r"[A-Za-z][A-Za-z0-9+#/-]*(?: [A-Za-z0-9+#/-]+){0,3}")
_NUMBER = expression(r"^\s*(?:(?:[A-Z]\.?)?\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+")
_ACRONYM = expression(r"^(?=(?:.*[A-Z]){2})[A-Za-z0-9+-]{2,12}$")
_WITHIN = expression(r"(?<=[a-z,] )[^\W_][\w'’-]*")  # words that begin no sentence


class RunningText:
    """Tells how words are written in a text that runs."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._text = "\n".join(parts)
        self._forms: dict[str, Counter[str]] = {}
        for word in _WITHIN.findall(self._text):
            self._forms.setdefault(word.casefold(), Counter())[word] += 1

    def form(self, word: str) -> str | None:
        """Return a word as it is written most often; None where it does not occur."""
        forms = self._forms.get(word.casefold())
        if not forms:
            return None
        small = word.lower()
        return small if 2 * forms[small] >= forms.total() else forms.most_common(1)[0][0]

    def article(self, term: str) -> str:
        """Return "a ", "an " or "the " where most mentions of a term have it, else ""."""
        mentions = re.findall(rf"(?:\b(an?|the) )?\b{re.escape(term)}\b", self._text, re.IGNORECASE)
        if not mentions:
            return ""
        article, count = Counter(map(str.lower, mentions)).most_common(1)[0]
        return f"{article} " if article and 2 * count > len(mentions) else ""


def questions(headings: Iterable[str], text: RunningText) -> list[str]:
    """Return what headings ask, and then what the terms among them are."""
    bare = list(dict.fromkeys(_NUMBER.sub("", heading).strip() for heading in headings))
    asking = [_asking(heading, text) for heading in bare if _is_question(heading)]
    return [*asking, *(_what_is(heading, text) for heading in bare if _is_term(heading))]


def _is_question(heading: str) -> bool:
    words = heading.lower().split()
    return heading.endswith("?") and len(words) in WORDS and not _OWN & set(words)


def _is_term(heading: str) -> bool:
    words = heading.lower().split()
    if not _TERM.fullmatch(heading) or not _COMMON.isdisjoint(words):
        return False
    if len(words) == 1:
        return bool(_ACRONYM.match(heading))
    return not words[-1].endswith("ing")


def _asking(heading: str, text: RunningText) -> str:
    first, *rest = heading.rstrip("? ").split()
    if heading.isupper() or _is_title(rest):
        is_upper = heading.upper() == heading
        first = first.capitalize()
        rest = [_as_written(word, text, shouted=is_upper) for word in rest]
    return f"{' '.join([first, *rest])}?"


def _is_title(words: list[str]) -> bool:
    """Tell whether the longer words of a heading have capitals, as those of titles."""
    long = [word for word in words if len(word) > SHORT]
    return bool(long) and all(word[0].isupper() for word in long)


def _as_written(word: str, text: RunningText, *, shouted: bool) -> str:
    bare = word.strip(",:;()“”\"'")
    form = bare.lower() if bare.lower() in FILLERS else text.form(bare)
    if form is None:
        # A name stands in the text below, too; what is short and shouted may be one of letters.
        is_plain = bare.istitle() or (shouted and len(bare) > SHORT)
        form = bare.lower() if is_plain and bare.isalpha() else bare
    return word.replace(bare, form) if bare else word


def _what_is(heading: str, text: RunningText) -> str:
    """Return the question for a term: of several things, what they are."""
    term = " ".join(map(_uncapitalised, heading.split()))
    last = term.split()[-1]
    is_plural = last.endswith("s") and not last.endswith(("ss", "is", "us")) and last.islower()
    if is_plural or " and " in term:
        return f"What are {term}?"
    article = text.article(term) if " " in term else ""  # an acronym is a name
    return f"What is {article}{term}?"


def _uncapitalised(word: str) -> str:
    """Return a word of a heading as it stands in a sentence; an acronym keeps its capitals."""
    parts = word.split("-")
    if any(part[1:] != part[1:].lower() for part in parts):
        return word
    return word.lower()
