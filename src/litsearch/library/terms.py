"""Text into the terms of the lexical index: stems, with the whole of every compound beside its parts."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

MAX_LETTERS = 64  # of one part; longer runs of letters are no words
MAX_PARTS = 12  # of one compound

# GPT-4, k-NN, LLM.int8, load_in_8bit, C++, C#: inner marks join, two plus signs and a sharp end a name.
WORD = re.compile(r"[^\W_]+(?:[-‐‑–'’./_+:·][^\W_]+)*(?:\+\+(?!\w)|#(?!\w))?")
_PART = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_POSSESSIVE = re.compile(r"['’]s?$")
_CAMEL_PART = 3  # letters; LangChain comes apart, DoRA and PyTorch do not
_stemmer, _stemming = Stemmer.Stemmer("english"), threading.Lock()


def terms(text: str) -> list[str]:
    """The terms of a text in order, with repetitions."""
    return [term for word in WORD.findall(text) for term in terms_of(word)]


@lru_cache(maxsize=200_000)
def terms_of(word: str) -> tuple[str, ...]:
    """The terms of one word: the stems of its parts, and of a compound the whole without its marks."""
    bare = _POSSESSIVE.sub("", word)
    parts = [part[:MAX_LETTERS] for part in _PART.findall(bare)][:MAX_PARTS]
    found = [piece for part in parts for piece in _pieces(part)]
    if bare.endswith(("++", "#")):
        found.append(_plain("".join(parts)) + bare[len(bare.rstrip("+#")) :])
    elif len(parts) > 1:
        found.append(_stem(_plain("".join(parts)))[:MAX_LETTERS])
    return tuple(dict.fromkeys(found))


def _pieces(part: str) -> Iterator[str]:
    """A run of letters and digits; the words in it too: GPT of GPT2, lang and chain of LangChain."""
    yield _stem(_plain(part))
    if not part.isalpha():
        yield from (_stem(_plain(letters)) for letters in _LETTERS.findall(part))
    elif not part.islower():
        humps = _CAMEL.split(part)
        if len(humps) > 1 and min(map(len, humps)) >= _CAMEL_PART:
            yield from (_stem(_plain(hump)) for hump in humps)


def _plain(word: str) -> str:
    """Lower case, without accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)) or word.casefold()


def _stem(word: str) -> str:
    with _stemming:
        stem: str = _stemmer.stemWord(word)
    return stem
