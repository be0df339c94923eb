"""A message before its questions are read: slips mended, questions parted, its language told."""

from __future__ import annotations

import re
from itertools import chain

from litsearch.answers.comparison import compares
from litsearch.answers.entities import entities_in
from litsearch.answers.question import START
from litsearch.answers.subjects import subjects_of
from litsearch.index.catalog import Catalog
from litsearch.languages import QUESTION_WORDS
from litsearch.patterns import expression
from litsearch.retrieval.spelling import near_word, worth_correcting

SHORT = range(3, 5)  # letters; of so short a word only two swapped letters are forgiven
_ASKING = frozenset(
    "what when where which who why how does did is are was were can could should the this that"
    " with and for from explain compare define describe summarize difference between about work"
    " works paper mean means".split()
)
_WORD = expression(r"(?<![\w./-])[^\W\d_]{3,40}(?![\w./-])")
MOST_TERM_WORDS = 3
_TERM_WORD = expression(r"[^\W_][\w.+/-]*")
_LETTERS_ONLY = expression(r"[^\W\d_]+")
_FEWEST_WORDS = 3  # of a question that is one of several
_FEWEST_OF_SEVERAL = 2  # words of a question after another one
_LETTERS = expression(r"[^\W\d_]{2}")
_NEXT_QUESTION = expression(r"(?<=\?)\s+(?=[^\s?])")
_ASK_WORD = r"(?:how|what|why|when|where|which|who|whom)"
_AND_QUESTION = expression(
    rf"(?:,\s*(?:and|but|or)?|;|\s(?:and|but))\s+(?P<next>(?:(?:on|in|at|by|for|with|to|from"
    rf"|of) )?{_ASK_WORD}\b(?! to\b))",
    re.IGNORECASE,
)
# For whom, and how briefly, a thing is to be explained: not what is asked.
_MANNER = expression(
    r"[\s,]*\b(?:(?:like|as if|as though) i(?:['’]?m| am| was| were) .{1,30}"
    r"|to an? .{0,15}(?:year[ -]old|child|kid|beginner|novice|layman|layperson)"
    r"|in (?:an? )?(?:very )?(?:simple|plain|easy|layman['’]?s?|few|one|two|short|brief|nutshell)"
    r"(?: (?:terms?|words?|english|language|sentences?|way))?|briefly|step by step|simply)\W*$"
    r"|^\W*eli5\b[\s,:-]*",
    re.IGNORECASE,
)
_ASKS = expression(
    START + rf"(?:(?:on|in|at|by|for|with|to|from|of) )?{_ASK_WORD}\b", re.IGNORECASE
)


def mend(question: str, catalog: Catalog) -> str:
    """Return the question with words that stand nowhere in the library put right, where one slip
    explains them.
    """

    def mended(match: re.Match[str]) -> str:
        """Return a word as it was meant, or as it is."""
        word = match.group()
        is_name = match.start() > 0 and word[:1].isupper() and not word.isupper()
        asks = word.lower() in _ASKING or word.lower() in QUESTION_WORDS
        if is_name or asks or catalog.lexicon.source_frequency(word):
            return word
        right = _swapped(word.casefold(), catalog) or _near(word, catalog)
        return _cased(right, word) if right else word

    return _WORD.sub(mended, question)


def _near(word: str, catalog: Catalog) -> str:
    if not worth_correcting(word):
        return ""
    vocabulary = _ASKING | catalog.title_words
    return near_word(word, vocabulary) or ""


def _swapped(word: str, catalog: Catalog) -> str:
    """Return the short known word that a swap of two neighbouring letters makes; "" when there is
    none.
    """
    if len(word) not in SHORT:
        return ""
    vocabulary = catalog.title_words
    for i in range(len(word) - 1):
        swap = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swap != word and (swap in _ASKING or swap in vocabulary):
            return swap
    return ""


def _cased(right: str, typed: str) -> str:
    """Return the right word in the capitals of the typed one."""
    if typed.isupper():
        return right.upper()
    return right.capitalize() if typed[:1].isupper() else right


def asked_in(text: str) -> str | None:
    """Return the language (ISO 639-1) whose question word a text begins with; None for none.

    Few words tell a language less surely by their grammar: "Wie funktioniert LoRA?".
    """
    words = list(map(str.lower, _LETTERS_ONLY.findall(text)[:2]))
    return QUESTION_WORDS.get(" ".join(words)) or QUESTION_WORDS.get("".join(words[:1]))


def questions_in(text: str) -> list[str]:
    """Split a message into the questions that it asks; one that does not stand alone leans on the
    one before.
    """
    text = " ".join(text.split())
    parts = [part.strip() for part in _NEXT_QUESTION.split(text)]
    if any(len(_LETTERS.findall(part)) < _FEWEST_OF_SEVERAL for part in parts):
        parts = [text]
    return list(chain.from_iterable(map(_joined, parts))) or [text]


def asked_as_term(message: str) -> str:
    """Return "what is KV cache?" for a message that is a term alone; "" for others."""
    term = message.strip(" ?.!")
    words = term.split()
    is_term = 0 < len(words) <= MOST_TERM_WORDS and not compares(term)
    if not is_term or any(word.lower() in _ASKING for word in words):
        return ""
    return f"what is {term}?" if all(map(_TERM_WORD.fullmatch, words)) else ""


def without_manner(question: str) -> str:
    """Return the question without the manner in which it is to be answered: "like I'm five"."""
    matter = _MANNER.sub("", question)
    return matter if len(matter.split()) >= _FEWEST_OF_SEVERAL else question


def _joined(part: str) -> list[str]:
    """Split "what is X and how does it work?", when each half asks and the first says what both are
    about.
    """
    match = _AND_QUESTION.search(part)
    if not match or compares(part):
        return [part]
    first, second = part[: match.start()].strip(" ,;"), part[match.start("next") :].strip()
    asks = _ASKS.match(first) is not None and len(first.split()) >= _FEWEST_WORDS
    has_subject = bool(entities_in(first) or subjects_of(first) or not entities_in(second))
    whole = asks and has_subject and len(second.split()) >= _FEWEST_WORDS - 1
    return [first + "?", second] if whole else [part]
