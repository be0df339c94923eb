"""Slips of the pen in a question, mended by the words of titles, authors and questions."""

from __future__ import annotations

import re

from litsearch.index.catalog import Catalog
from litsearch.retrieval.spelling import near_word, worth_correcting

SHORT = range(3, 5)  # letters; of so short a word only two swapped letters are forgiven
_ASKING = frozenset(
    "what when where which who why how does did is are was were can could should the this that"
    " with and for from explain compare define describe summarize difference between about work"
    " works paper mean means".split()
)
_WORD = re.compile(r"(?<![\w./-])[^\W\d_]{3,40}(?![\w./-])")


def mend(question: str, catalog: Catalog) -> str:
    """Return the question with words that stand nowhere in the library put right, where one slip
    explains them.
    """

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        named = match.start() > 0 and word[:1].isupper() and not word.isupper()
        if named or word.lower() in _ASKING or catalog.lexicon.holders(word):
            return word
        right = _swapped(word.casefold(), catalog) or _near(word, catalog)
        return _cased(right, word) if right else word

    return _WORD.sub(mended, question)


def _near(word: str, catalog: Catalog) -> str:
    if not worth_correcting(word):
        return ""
    known = _ASKING | catalog.title_words
    return near_word(word, known) or ""


def _swapped(word: str, catalog: Catalog) -> str:
    """Return the short known word that a swap of two neighbouring letters makes; "" when there is
    none.
    """
    if len(word) not in SHORT:
        return ""
    swaps = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    known = catalog.title_words
    return next((swap for swap in swaps if swap != word and (swap in _ASKING or swap in known)), "")


def _cased(right: str, typed: str) -> str:
    """Return the right word in the capitals of the typed one."""
    if typed.isupper():
        return right.upper()
    return right.capitalize() if typed[:1].isupper() else right
