"""Words of questions and sentences: which of them carry meaning, and what inflected ones have in common."""

from __future__ import annotations

import re
from functools import lru_cache

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
    *("izations", "isations", "ization", "isation", "izing", "ising", "izers", "isers", "ized", "ised", "izes", "ises"),
    *("izer", "iser", "ize", "ise", "ations", "ation", "ating", "ated", "ates", "ator", "ative", "ate", "ements"),
    *("ement", "ments", "ment", "nesses", "ness", "ities", "ity", "ings", "ing", "ers", "ied", "ies", "ed", "er"),
    *("ally", "als", "al", "ly", "es", "s", "e", "y"),
)
_SHORTEST = 4  # letters that a stem keeps; "rating" and "rate" may differ, "ring" and "red" must not


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word shares with its inflections, lower case; a light stemmer, meant for comparing, not for reading."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST and not low.endswith(("ss", "us")):
            low = low[: -len(ending)]
            break
    else:
        if low.endswith("s") and len(low) == _SHORTEST and not low.endswith(("ss", "us", "is", "as")):
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
    """The words that carry meaning, in order, without repetition; numbers count, single letters do not."""
    words = dict.fromkeys(PLAIN_WORD.findall(text))
    return [word for word in words if word.lower() not in STOPWORDS and (len(word) > 1 or word.isdigit())]
