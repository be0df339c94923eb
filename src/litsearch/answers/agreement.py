"""Whether a claim's words agree with a quote's: numbers, names, negation, direction, condition and
scope.

This only refuses. What it lets through may still say more than the quote: that is for a judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise, product
from operator import attrgetter

from litsearch.answers.direction import direction_differs
from litsearch.answers.scope import (
    adds_clause,
    condition_dropped,
    means_unsaid,
    strengthened,
    weakened,
)
from litsearch.answers.tokens import BREAK, Word, key, read, telling
from litsearch.patterns import expression
from litsearch.text import is_filler, stem

_LOW = attrgetter("low")
NEAR = 4  # words on each side of a number among which its unit or its subject stands
GOVERNED = 4  # words that a negation governs
_VAGUE_NUMBERS = frozenset(["one", "zero", "third", "double", "half"])  # often no numbers
_JOINED = expression(r"[-'’]")
_PLURAL = expression(r"[A-Z][A-Z0-9]s$")
_CLAUSE_END = expression(r"(?<=;)\s+")
_REFERENCE = expression(r"\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
NEGATIONS = frozenset(
    "not no never none neither nor without cannot hardly barely rarely nothing nobody "
    "nowhere unable fail fails failed lack lacks lacked lacking refuse refuses refused "
    "instead impossible".split()
)
_MERE = frozenset(["only", "merely", "solely"])
# What says "not" without a negation: "only", "except", "unlike", "remains constant".
_HALF_NEGATIONS = frozenset(
    "only except unlike whereas constant same unchanged free closed unless until".split()
)


def disagreement(claim: str, quote: str, context: str = "", question: str = "") -> str:
    """Name the kind of thing that a claim says otherwise than a quote ("number", "name", ...); ""
    if the words agree.

    context: what else is known of the quote's source: its title, headings and the passage around
    it. A name of the question may stand in a claim when the context has it.
    """
    claimed, quoted = read(claim), read(quote)
    if _foreign_names(claimed, quoted, context, question):
        return "name"
    for kind, differs in _CHECKS:
        if differs(claimed, quoted):
            return kind

    question_words = read(question)
    if weakened(claimed, quoted, question_words):
        return "extent"
    if strengthened(claimed, quoted, question_words) or means_unsaid(claimed, quoted):
        return "scope"
    return "scope" if adds_clause(claim, f"{quote} {question}") else ""


def bearing(quote: str, claim: str) -> str:
    """Return the clauses of a quote that bear on a claim, without references: what a judge reads.

    It is the shortest run of clauses between semicolons that has all words which the whole quote
    shares with the claim.
    """
    parts = _CLAUSE_END.split(_REFERENCE.sub("", quote))
    claim_words = frozenset(telling(read(claim)))
    shares = [claim_words & telling(read(part)) for part in parts]
    whole = frozenset().union(*shares)
    for length, start in product(range(1, len(parts)), range(len(parts))):
        if frozenset().union(*shares[start : start + length]) == whole:
            return " ".join(parts[start : start + length])
    return " ".join(parts)


def _numbers_differ(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when a number of the claim is not the quote's, or belongs to something else there."""
    places = _places(quote)
    several = len(places) > 1
    for number, ours in _places(claim).items():
        theirs = places.get(number, [])
        for place in ours:
            if claim[place].low in _VAGUE_NUMBERS:
                continue
            if not theirs or (_all_totals(quote, theirs) and not _is_total(claim, place)):
                return True
            lonely = several and not _is_year(float(number))
            if lonely and not _shares_company(claim, place, quote, theirs):
                return True
    return False


def _is_total(words: Sequence[Word], place: int) -> bool:
    """True for the 200 of "60 of the 200"; not for that of "60 inputs of length 200"."""
    before = words[max(0, place - 3) : place]
    is_part = "of" in _lows(before)
    measures = len(before) > 1 and before[-2].low == "of" and before[-1].telling
    return is_part and not measures and any(w.value is not None for w in words[: place - 1])


def _all_totals(words: Sequence[Word], places: Sequence[int]) -> bool:
    return all(map(partial(_is_total, words), places))


def _places(words: Sequence[Word]) -> dict[str, list[int]]:
    """Where each number stands, by its value."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if word.value is not None:
            places.setdefault(key(word), []).append(place)
    return places


def _is_year(value: float) -> bool:
    return value % 1 == 0 and 1000 <= value < 2100


def _shares_company(
    claim: Sequence[Word], place: int, quote: Sequence[Word], places: Sequence[int]
) -> bool:
    """True when a number has a telling neighbour in common with its like in the quote, or none."""
    mine = _company(claim, place)
    return not mine or any(mine & _company(quote, there) for there in places)


def _company(words: Sequence[Word], place: int) -> set[str]:
    near = [*words[max(0, place - NEAR) : place], *words[place + 1 : place + 1 + NEAR]]
    return {word.stem for word in near if word.telling and word.value is None}


def _foreign_names(
    claim: Sequence[Word], quote: Sequence[Word], context: str, question: str
) -> bool:
    """True when the claim has a name that neither the quote has, nor the question together with the
    quote's context.
    """
    lent = _parts(read(question)) & _parts(read(context))
    vocabulary = _parts(quote) | lent
    return any(not _name_parts(word) <= vocabulary for word in filter(is_name, claim))


def is_name(word: Word) -> bool:
    """Tell a name: capitals or digits inside a word; a capital at its head, but for the first word
    of a sentence.
    """
    if word.text[0].isdigit() or not word.text[0].isalpha():
        return False
    inside = any(map(str.isupper, word.text[1:]))
    return inside or (word.text[0].isupper() and not word.opens and not is_filler(word.low))


def _parts(words: Sequence[Word]) -> set[str]:
    return set().union(*map(_name_parts, words))


def _name_parts(word: Word) -> set[str]:
    """The stems of a name's parts; LLMs are of the same name as an LLM."""
    text = word.low[:-1] if _PLURAL.search(word.text) else word.low
    return set(map(stem, filter(None, _JOINED.split(text))))


def _negation_differs(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    if _MERE & _lows(quote) and _narrows(claim) and not _narrows(quote):
        return True
    denies, denied = _negates(claim), _negates(quote)
    if denies and denied:
        return False
    if denies:
        asserted = telling(quote)
        if _HALF_NEGATIONS.isdisjoint(_lows(quote)):
            return True
        return any(governed & asserted for governed in _negated(claim))
    claim_words = telling(claim)
    return any(2 * len(governed & claim_words) > len(governed) for governed in _negated(quote))


def _negates(words: Sequence[Word]) -> bool:
    return any(True for _ in _denials(words))


def _denials(words: Sequence[Word]) -> Iterator[int]:
    """Yield where negations stand; "does not only store keys" denies nothing."""
    lows = [*map(_LOW, words), ""]
    for place, (low, after) in enumerate(pairwise(lows)):
        if low in NEGATIONS and after not in _MERE:
            yield place


def _narrows(words: Sequence[Word]) -> bool:
    """True for "only" without a negation before it."""
    pairs = pairwise(["", *map(_LOW, words)])
    return any(low in _MERE and before not in NEGATIONS for before, low in pairs)


def _lows(words: Sequence[Word]) -> set[str]:
    return {word.low for word in words}


def _negated(words: Sequence[Word]) -> Iterator[set[str]]:
    """Yield, for each negation, the stems of what it governs: a few words, up to a mark."""
    for place in _denials(words):
        governed = []
        for other in words[place + 1 : place + 1 + GOVERNED]:
            if other.text in BREAK or other.low == "but":
                break
            governed.append(other)
        yield telling(governed)


_Check = Callable[[Sequence[Word], Sequence[Word]], bool]
_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("number", _numbers_differ),
    ("negation", _negation_differs),
    ("direction", direction_differs),
    ("condition", condition_dropped),
)
