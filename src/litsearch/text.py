"""Text into the terms of the lexical index: stems, with the whole of every compound beside its
parts.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from litsearch.types import Offsets

MAX_LETTERS = 64  # of one part; longer runs of letters are no words
MAX_PARTS = 12  # of one compound

# GPT-4, k-NN, LLM.int8, load_in_8bit, C++, C#: inner marks join, two plus signs and a sharp end a
# name.
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


PLAIN_WORD = re.compile(r"[^\W_]+")

# Words that ask, join or fill: they are no evidence for anything.
_STOPWORDS = """
, [ ] a able about according across actually after again all also although always am among an and any anything are as
ask at author authors away based be became because become been before behind being besides between both but by call
called came can cannot common compare compared comparison could d define definition describe did differ difference
different differs do does doing done down during each either else especially etc even ever every exactly example
explain far few first follow following for from further gave get gets give given gives go goes going good got had
happen happens has have having he help helps her here his how however i idea if in instead into is it its itself just
keep kind know known later less let like list ll look lot made main make makes making many may me mean meaning means
might mine more most much must my name namely need needs never new no nor not now of off often on once one only onto
or other others ought our ours out over overall own paper papers part people per perhaps please point post quite
rather re really regarding s said same say says see seem seems several shall she should show shown shows simply since
so some something still such t take takes tell than that the their them then there these they thing things this those
though through thus to together too toward towards tries try turn two type under until up upon us use used uses using
usually various ve versus very via vs want was way ways we well went were what whatever when where whereas whether
which while who whom whose why will with within without would yet you your yours
"""
STOPWORDS = frozenset(_STOPWORDS.split())

_ENDINGS = (
    *(
        "izations",
        "isations",
        "ization",
        "isation",
        "izing",
        "ising",
        "izers",
        "isers",
        "ized",
        "ised",
        "izes",
        "ises",
    ),
    *(
        "izer",
        "iser",
        "ize",
        "ise",
        "ations",
        "ation",
        "ating",
        "ated",
        "ates",
        "ator",
        "ative",
        "ate",
        "ements",
    ),
    *(
        "ement",
        "ments",
        "ment",
        "nesses",
        "ness",
        "ities",
        "ity",
        "ings",
        "ing",
        "ers",
        "ied",
        "ies",
        "ed",
        "er",
    ),
    *("ally", "als", "al", "ly", "es", "s", "e", "y"),
)
# letters that a stem keeps; "rating" and "rate" may differ, "ring" and "red" must not
_SHORTEST = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word shares with its inflections, lower case; a light stemmer, meant for comparing,
    not for reading.
    """
    low = word.lower()
    for ending in _ENDINGS:
        if (
            low.endswith(ending)
            and len(low) - len(ending) >= _SHORTEST
            and not low.endswith(("ss", "us"))
        ):
            low = low[: -len(ending)]
            break
    else:
        if (
            low.endswith("s")
            and len(low) == _SHORTEST
            and not low.endswith(("ss", "us", "is", "as"))
        ):
            low = low[:-1]
    if low.endswith(("sion", "tion")) and len(low) > _SHORTEST + 3:
        low = low[:-3]
    if len(low) > _SHORTEST and low[-1] == low[-2] and low[-1] not in "lsz":
        low = low[:-1]  # stopp(ed), quantizz
    return low


def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in PLAIN_WORD.findall(text))


def telling(text: str) -> list[str]:
    """The words that carry meaning, in order, without repetition; numbers count, single letters do
    not.
    """
    words = dict.fromkeys(PLAIN_WORD.findall(text))
    return [
        word
        for word in words
        if word.lower() not in STOPWORDS and (len(word) > 1 or word.isdigit())
    ]


# A stop, perhaps closing quotes, brackets or a reference mark, then white space, then what may open
# a sentence.
_BOUNDARY = re.compile(
    r"""(?:[.!?…]|(?<=[.!?])["'”’)\]]{1,3}|[。！？])(?:\s+(?=["'“‘(\[¿¡$\\*_`•–-]{0,3}[A-ZÀ-ÞΑ-ΩА-Я0-9$\\])|(?=[一-龥ぁ-ヿ]))"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|resp|approx|ca|no|nos|vol|pp|p|ch|sec|sect|fig|figs|eq|eqs|eqn|tab|thm|def|app|ref|refs"
    r"|dr|mr|mrs|ms|prof|st|jr|sr|inc|ltd|co|corp|dept|univ|est|ed|eds|rev|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|w\.r\.t|a\.k\.a|viz|incl|max|min)|\b[A-Z](?:\.[A-Z])*|(?:^|\n)\s*\(?(?:\d{1,3}|[ivx]{1,4}))\.$",
    re.IGNORECASE,
)


def sentences(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The sentences of text[start:end], without the white space around them."""
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        stop = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if _abbreviates(text[max(begin, stop - 12) : stop]):
            continue
        yield from _trimmed(text, begin, stop)
        begin = match.end()
    yield from _trimmed(text, begin, end)


def lines(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The lines of text[start:end] that are not blank: the units of code and tables."""
    begin = start
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        if text[begin:stop].strip():
            yield Offsets(begin, stop)
        begin = stop + 1


def _abbreviates(tail: str) -> bool:
    """True when the stop at the end of tail belongs to an abbreviation, an initial or a list
    number.
    """
    return tail.endswith(".") and bool(_ABBREVIATION.search(tail))


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Offsets(start, end)
