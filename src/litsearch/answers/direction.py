"""Whether a claim turns round what a quote compares, orders or joins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        one, _, other = pair.partition("/")
        left, right = one.split(","), other.split(",")
        stems_left, stems_right = frozenset(map(stem, left)), frozenset(map(stem, right))
        for word in stems_left:
            table[word] = table.get(word, frozenset()) | stems_right
        for word in stems_right:
            table[word] = table.get(word, frozenset()) | stems_left
    return table


_OPPOSITE_OF = _opposites()


def direction_differs(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim says the opposite of a word of the quote, or turns round what stands on
    its two sides.

    To do both is to say the same: "A is faster than B", "B is slower than A".
    """
    swapped = any(_sides_swapped(word.low, claim, quote) for word in claim if word.low in _ORDERED)
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
    places = [place for place, word in enumerate(words) if word.low == joint]
    if not places:
        return None
    place = places[0]
    breaks = [i for i in range(place) if words[i].text in BREAK or words[i].low in _CONJUNCTIONS]
    start = breaks[-1] + 1 if breaks else 0
    return telling(words[start:place]), telling(words[place + 1 :])


def _says_opposite(claim: Sequence[Word], group: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim has the opposite of a word of a group, and the quote has no such word."""
    own, opposed = {word.stem for word in quote}, {word.stem for word in group}
    new = {word.stem for word in claim} - own
    return any(_OPPOSITE_OF.get(word, frozenset()) & opposed for word in new)


def _range_reversed(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when "from 1.9 to 0.6" has become "from 0.6 to 1.9"."""
    ranges = set(_ranges(quote))
    return any(
        (end, start) in ranges and (start, end) not in ranges for start, end in _ranges(claim)
    )


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
    telling_words = [word for word in claim if word.telling and word.stem not in _OPPOSITE_OF]
    return [first[key(word)] for word in telling_words if key(word) in first]


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
