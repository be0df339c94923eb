"""Whether a claim turns round what a quote compares, orders or joins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from litsearch.answers.tokens import BREAK, Word, clauses, groups, key, telling
from litsearch.text import stem

_OPPOSITES = """
more/fewer,less higher,high/lower,low larger,bigger,large/smaller,small
faster,quicker,fast,quickly/slower,slow,slowly longer,long/shorter,short better/worse best/worst
increase,rise,rose,grow,grew,raise/decrease,fall,fell,drop,shrink,lower
improve/worsen,hurt,degrade,deteriorate above/below over/under before,earlier/after,later most/least
up/down maximum/minimum oldest/newest strong,stronger/weak,weaker add/remove accept/reject,refuse
gain/lose,loss,cost cheaper/dearer beat,outperform/underperform open,reopen/close forward/backward
first/last merge/split keep/discard,drop encourage/discourage succeed/fail many/few
frequent,common/rare full/empty dry/wet lengthen/shorten inside/outside
""".split()
# "Small" may say again what the quote calls "to the minimum", though it calls another thing large.
_EXTREMES = """
minimum,minimal,minimize/small,smaller,low,lower,less,few,fewer,short,shorter
maximum,maximal,maximize/large,larger,big,bigger,high,higher,more,many,long,longer
""".split()
# What stands before and after these must not change places.
_ORDERED = frozenset(
    "than beat beats outperform outperforms outperformed exceed exceeds exceeded replace "
    "replaces replaced precede precedes cause causes caused before after over".split()
)
_JOINTS = ("after", "before", "because", "until", "since")
_CONJUNCTIONS = frozenset(["and", "but", "while", "whereas"])


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES:
        first, _, other = pair.partition("/")
        left, right = first.split(","), other.split(",")
        stems_left, stems_right = frozenset(map(stem, left)), frozenset(map(stem, right))
        for word in stems_left:
            table[word] = table.get(word, frozenset()) | stems_right
        for word in stems_right:
            table[word] = table.get(word, frozenset()) | stems_left
    return table


def _stems_of(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split(",")))


_OPPOSITE_OF = _opposites()
_RESTATED = tuple(tuple(map(_stems_of, row.split("/"))) for row in _EXTREMES)


def direction_differs(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """Return True when the claim says the opposite of a word of the quote, or turns round what
    stands on its two sides.

    To do both is to say the same: "A is faster than B", "B is slower than A".
    """
    relations = {word.low for word in claim} & _ORDERED
    swapped = any(_sides_swapped(relation, claim, quote) for relation in sorted(relations))
    opposed = [group for group in groups(quote) if _says_opposite(claim, group, quote)]
    if opposed:
        return not swapped and not any(_turned(claim, group) for group in opposed)
    return swapped or _range_reversed(claim, quote) or _attached_elsewhere(claim, quote)


def _attached_elsewhere(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when "after" or "because" joins to the claim's statement what belongs to another one in
    the quote: "closed, and reopened after ..." has become "closed after ...".
    """
    for joint in _JOINTS:
        ours, theirs = _joined(joint, claim), _joined(joint, quote)
        if ours is None or theirs is None:
            continue
        (left, right), (near, after) = ours, theirs
        if left and near and right & after and not left & near:
            return True
    return False


def _joined(joint: str, words: Sequence[Word]) -> tuple[set[str], set[str]] | None:
    """Return the stems of the statement before a joint, from the last "and" on, and those after."""
    start = 0
    for place, word in enumerate(words):
        if word.low == joint:
            return telling(words[start:place]), telling(words[place + 1 :])
        if word.text in BREAK or word.low in _CONJUNCTIONS:
            start = place + 1
    return None


def _says_opposite(claim: Sequence[Word], group: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim has the opposite of a word of a group, and the quote has no such word."""
    opposed = _stems(group)
    new = _stems(claim) - _stems(quote)
    unsaid = opposed - _stems(claim)
    new -= restated(unsaid)
    return any(not opposed.isdisjoint(_OPPOSITE_OF.get(word, ())) for word in new)


def restated(stems: Set[str]) -> set[str]:
    """Return the stems that may say less exactly what these say: "small" for "minimum"."""
    return set().union(*(words for extreme, words in _RESTATED if extreme & stems))


def _stems(words: Sequence[Word]) -> set[str]:
    return {word.stem for word in words}


def _range_reversed(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when "from 1.9 to 0.6" has become "from 0.6 to 1.9"."""
    ranges, claimed = set(_ranges(quote)), set(_ranges(claim))
    return any((end, start) in ranges for start, end in claimed - ranges)


def _ranges(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    for start, to, end in zip(words, words[1:], words[2:], strict=False):
        if to.low == "to" and start.value is not None and end.value is not None:
            yield start.value, end.value


def _turned(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim names in the other order what it has in common with the quote: "B is
    slower than A".
    """
    order = _shared_order(claim, quote)
    return len(order) > 1 and order[0] > order[-1]


def _shared_order(claim: Sequence[Word], quote: Sequence[Word]) -> list[int]:
    """Return where the claim's telling words stand in the quote, in the claim's order."""
    first: dict[str, int] = {}
    for place, word in enumerate(quote):
        first.setdefault(key(word), place)
    order: list[int] = []
    for word in claim:
        if word.telling and word.stem not in _OPPOSITE_OF and key(word) in first:
            order.append(first[key(word)])
    return order


def _sides_swapped(relation: str, claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when both have the relation ("than", "before"), with what stands before it and after it
    exchanged.
    """
    ours, theirs = _sides(relation, claim), _sides(relation, quote)
    if ours is None or theirs is None:
        return False
    left, right = ours
    before, after = theirs
    moved_right = (left & after) - before
    moved_left = (right & before) - after
    return bool(moved_right and moved_left and not (right & after) - before)


def _sides(relation: str, words: Sequence[Word]) -> tuple[set[str], set[str]] | None:
    """Return the stems before and after a relation, within the clause."""
    for clause in clauses(words):
        for place, word in enumerate(clause):
            if word.low == relation:
                return telling(clause[:place]), telling(clause[place + 1 :])
    return None
