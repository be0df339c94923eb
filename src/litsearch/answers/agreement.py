"""Whether a claim's words agree with a quote's: numbers, names, negation, direction, condition and scope.

This only refuses. What it lets through may still say more than the quote: that is for a judge (see `judge`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from litsearch.text import is_filler, stem

NEAR = 4  # words on each side of a number among which its unit or its subject stands
GOVERNED = 4  # words that a negation governs
KEPT = 0.5  # share of a condition's words that a claim repeats when it keeps the condition

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[%;:,()—]")
_BREAK = frozenset(";:,()—")
_GROUP = frozenset(";:—")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBER_WORDS = {word: float(value) for value, word in enumerate(_SMALL.split())}
_NUMBER_WORDS |= {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "ninety": 90,
}
_NUMBER_WORDS |= {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
}
_NUMBER_WORDS |= {
    "ninth": 1 / 9,
    "tenth": 0.1,
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "triple": 3,
    "tripled": 3,
}
_VAGUE_NUMBERS = frozenset(["one", "zero", "third", "double", "half"])  # often no numbers
_SCALE = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}

_NEGATIONS = frozenset(
    "not no never none neither nor without cannot hardly barely rarely nothing nobody nowhere unable fail fails failed "
    "lack lacks lacked lacking refuse refuses refused instead impossible".split()
)
# What says "not" without a negation: "only", "except", "unlike", "remains constant".
_HALF_NEGATIONS = frozenset(
    "only except unlike whereas constant same unchanged free closed unless until".split()
)
_OPPOSITES = """
more/fewer,less higher,high/lower,low larger,bigger,large/smaller,small faster,quicker,fast,quickly/slower,slow,slowly
longer,long/shorter,short better/worse best/worst increase,rise,rose,grow,grew,raise/decrease,fall,fell,drop,shrink,lower
improve/worsen,hurt,degrade,deteriorate above/below over/under before,earlier/after,later most/least up/down
maximum/minimum oldest/newest strong,stronger/weak,weaker add/remove accept/reject,refuse gain/lose,loss,cost
cheaper/dearer beat,outperform/underperform open,reopen/close forward/backward first/last merge/split keep/discard,drop
encourage/discourage succeed/fail many/few frequent,common/rare full/empty dry/wet lengthen/shorten inside/outside
""".split()
# What stands before and after these must not change places.
_ORDERED = frozenset(
    "than beat beats outperform outperforms outperformed exceed exceeds exceeded replace replaces replaced precede "
    "precedes cause causes caused before after over".split()
)
_JOINTS = ("after", "before", "because", "until", "since")
_CONJUNCTIONS = frozenset(["and", "but", "while", "whereas"])
_CONDITIONS = frozenset("if unless provided once except until whenever when whether".split())
_CLASSES = {
    "hedge": "may might could can perhaps possibly probably likely potentially seem seems seemed appear appears suggest "
    "suggests suggested expected believed supposed reportedly allegedly claim claims claimed hypothesis assume",
    "extent": "most some few many several usually often sometimes mostly mainly partly largely typically generally "
    "majority tended tends tend number rarely frequently",
    "nearly": "almost nearly virtually roughly about close barely hardly little",
}
_STRONG = {
    "all": "all every each any entire entirely whole everything everyone everybody everywhere completely fully "
    "wherever whatever however total",
    "always": "always never ever constantly",
    "only": "only solely just alone exclusively nothing merely sole unless except",
    "must": "must require requires required need needs needed necessary have has should essential",
    "first": "first earliest original originally initially pioneered",
    "best": "best most strongest highest largest greatest top fastest state-of-the-art optimal ideal",
    "proof": "prove proves proved proof show shows showed shown demonstrate demonstrates certain certainly found",
    "cause": "because since so therefore thus hence due cause causes caused why reason reasons as make makes made thanks "
    "lead leads led result results explain explains allow allows enable enables help helps by through when if which",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a sentence: as written, folded, its stem, and its value if it is a number."""

    text: str
    low: str
    stem: str
    value: float | None
    opens: bool  # it begins a sentence, so that its capital says nothing

    @property
    def telling(self) -> bool:
        """True for what carries meaning: no stop word, no mark."""
        return self.text not in _BREAK and not is_filler(self.low)


def disagreement(claim: str, quote: str, context: str = "", question: str = "") -> str:
    """Name the kind of thing that a claim says otherwise than a quote ("number", "name", ...); "" if the words agree.

    context: what else is known of the quote's source: its title, headings and the passage around it. A name of the
    question may stand in a claim when the context has it.
    """
    claimed, quoted = read(claim), read(quote)
    if _foreign_names(claimed, quoted, context, question):
        return "name"
    return next((kind for kind, differs in _CHECKS if differs(claimed, quoted)), "")


def read(text: str) -> list[Word]:
    """Return the words of a text, with numbers as values: "10,000", "10k" and "ten thousand" have one."""
    words: list[Word] = []
    for sentence in _SENTENCE_END.split(text):
        for place, token in enumerate(_TOKEN.findall(sentence)):
            words.append(_word(token, opens=place == 0))
    return list(_scaled(words))


def _word(token: str, *, opens: bool) -> Word:
    low = token.casefold().replace("’", "'")
    if low.endswith("n't") or low == "cannot":
        low = "not"
    low = low.removesuffix("'s")
    value = _NUMBER_WORDS.get(low)
    if low[0].isdigit():
        value = _value(low)
    return Word(token, low, stem(low), value, opens)


def _value(digits: str) -> float:
    """10,000 is ten thousand; 1,5 is taken for a decimal as in most of Europe."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    head, dot, tail = plain.partition(".")
    return float(head + dot + tail.replace(".", ""))


def _scaled(words: Sequence[Word]) -> Iterator[Word]:
    """Join "1.5" and "billion", "10" and "k"."""
    skip = False
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else word
        scale = _SCALE.get(following.low)
        digits = word.value is not None and word.text[0].isdigit()
        if skip:
            skip = False
        elif scale and digits:
            skip = True
            value = (word.value or 0) * scale
            yield replace(word, text=f"{word.text} {following.text}", value=value)
        else:
            yield word


def telling(words: Sequence[Word]) -> set[str]:
    """Return the stems of the words that carry meaning, and the values of the numbers."""
    return {_key(word) for word in words if word.telling}


def _key(word: Word) -> str:
    return word.stem if word.value is None else f"{word.value:g}"


# --- numbers and names


def _numbers_differ(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when a number of the claim is not the quote's, or belongs to something else there."""
    places = _places(quote)
    several = len(places) > 1
    for place, word in enumerate(claim):
        if word.value is None or word.low in _VAGUE_NUMBERS:
            continue
        there = places.get(f"{word.value:g}", [])
        if not there or (_all_totals(quote, there) and not _is_total(claim, place)):
            return True
        if several and not _is_year(word.value) and not _shares_company(claim, place, quote, there):
            return True
    return False


def _is_total(words: Sequence[Word], place: int) -> bool:
    """True for the 200 of "60 of the 200"."""
    before = [word.low for word in words[max(0, place - 3) : place]]
    return "of" in before and any(word.value is not None for word in words[: place - 1])


def _all_totals(words: Sequence[Word], places: Sequence[int]) -> bool:
    return all(_is_total(words, place) for place in places)


def _places(words: Sequence[Word]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if word.value is not None:
            places.setdefault(f"{word.value:g}", []).append(place)
    return places


def _is_year(value: float) -> bool:
    return value % 1 == 0 and 1000 <= value < 2100


def _shares_company(
    claim: Sequence[Word], place: int, quote: Sequence[Word], places: Sequence[int]
) -> bool:
    """True when a number has a telling neighbour in common with its like in the quote, or has none."""
    mine = _company(claim, place)
    return not mine or any(mine & _company(quote, there) for there in places)


def _company(words: Sequence[Word], place: int) -> set[str]:
    near = [*words[max(0, place - NEAR) : place], *words[place + 1 : place + 1 + NEAR]]
    return {word.stem for word in near if word.telling and word.value is None}


def _foreign_names(
    claim: Sequence[Word], quote: Sequence[Word], context: str, question: str
) -> bool:
    """True when the claim has a name that neither the quote has, nor the question together with the quote's context."""
    known = _parts(quote)
    lent = _parts(read(question)) & _parts(read(context))
    names = [word for word in claim if _is_name(word)]
    return any(not _name_parts(word) <= known | lent for word in names)


def _is_name(word: Word) -> bool:
    """Capitals or digits inside a word; a capital at its head, but for the first word of a sentence."""
    if word.text[0].isdigit() or not word.text[0].isalpha():
        return False
    inside = any(char.isupper() for char in word.text[1:])
    return inside or (word.text[0].isupper() and not word.opens and not is_filler(word.low))


def _parts(words: Sequence[Word]) -> set[str]:
    return {part for word in words for part in _name_parts(word)}


def _name_parts(word: Word) -> set[str]:
    return {stem(part) for part in re.split(r"[-'’]", word.low) if part}


# --- negation


def _negation_differs(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    denies, denied = _negates(claim), _negates(quote)
    if denies and denied:
        return False
    if denies:
        asserted = telling(quote)
        half = any(word.low in _HALF_NEGATIONS for word in quote)
        return not half or any(governed & asserted for governed in _negated(claim))
    said = telling(claim)
    return any(
        governed and len(governed & said) * 2 >= len(governed) for governed in _negated(quote)
    )


def _negates(words: Sequence[Word]) -> bool:
    return any(word.low in _NEGATIONS for word in words)


def _negated(words: Sequence[Word]) -> Iterator[set[str]]:
    """Yield, for each negation, the stems of what it governs: a few words, up to a mark."""
    for place, word in enumerate(words):
        if word.low not in _NEGATIONS:
            continue
        governed = []
        for other in words[place + 1 : place + 1 + GOVERNED]:
            if other.text in _BREAK or other.low == "but":
                break
            governed.append(other)
        yield telling(governed)


# --- direction


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES:
        one, _, other = pair.partition("/")
        left, right = one.split(","), other.split(",")
        stems_left, stems_right = frozenset(map(stem, left)), frozenset(map(stem, right))
        for key in stems_left:
            table[key] = table.get(key, frozenset()) | stems_right
        for key in stems_right:
            table[key] = table.get(key, frozenset()) | stems_left
    return table


_OPPOSITE_OF = _opposites()


def _direction_differs(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim says the opposite of a word of the quote, or turns round what stands on its two sides.

    To do both is to say the same: "A is faster than B", "B is slower than A".
    """
    swapped = any(_sides_swapped(word.low, claim, quote) for word in claim if word.low in _ORDERED)
    opposed = [group for group in _groups(quote) if _says_opposite(claim, group, quote)]
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
    breaks = [i for i in range(place) if words[i].text in _BREAK or words[i].low in _CONJUNCTIONS]
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
    """True when the claim names in the other order what it has in common with the quote: "B is slower than A"."""
    order = _shared_order(claim, quote)
    return len(order) > 1 and order[0] > order[-1]


def _shared_order(claim: Sequence[Word], quote: Sequence[Word]) -> list[int]:
    """Return where the claim's telling words stand in the quote, in the claim's order."""
    first: dict[str, int] = {}
    for place, word in enumerate(quote):
        first.setdefault(_key(word), place)
    telling_words = [word for word in claim if word.telling and word.stem not in _OPPOSITE_OF]
    return [first[_key(word)] for word in telling_words if _key(word) in first]


def _sides_swapped(relation: str, claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when both have the relation ("than", "before"), with what stands before it and after it exchanged."""
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
    for clause in _clauses(words):
        for place, word in enumerate(clause):
            if word.low == relation:
                return telling(clause[:place]), telling(clause[place + 1 :])
    return None


# --- condition, extent, scope


def _condition_dropped(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim uses a part of the quote that depends on a condition, and leaves the condition out."""
    said, groups = telling(claim), list(_groups(quote))
    for group in groups:
        elsewhere = telling([word for other in groups if other is not group for word in other])
        for condition, rest in _conditions(group):
            uses = (rest - elsewhere) & said
            if uses and len(condition & said) < KEPT * len(condition):
                return True
    return False


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a quote that stand by themselves: between sentence ends, semicolons, colons and dashes."""
    group: list[Word] = []
    for word in words:
        if group and (word.opens or word.text in _GROUP):
            yield group
            group = []
        if word.text not in _GROUP:
            group.append(word)
    if group:
        yield group


def _conditions(group: Sequence[Word]) -> Iterator[tuple[set[str], set[str]]]:
    """Yield for each condition of a group the stems of its clause, and those of the rest."""
    for place, word in enumerate(group):
        if word.low not in _CONDITIONS:
            continue
        end = next((i for i in range(place + 1, len(group)) if group[i].text == ","), len(group))
        condition = telling(group[place + 1 : end])
        yield condition, telling(group) - condition


def _weakened(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim leaves out a doubt or an extent ("may", "most", "almost") of the part that it uses."""
    said, words = telling(claim), set(_limits(claim))
    clauses = list(_clauses(quote))
    for clause in clauses:
        elsewhere = telling([word for other in clauses if other is not clause for word in other])
        if not (telling(clause) - elsewhere) & said:
            continue
        here = set(_limits(clause))
        if any(here & members and not words & members for members in _MEMBERS.values()):
            return True
    return False


def _limits(words: Sequence[Word]) -> Iterator[str]:
    """Yield the words in small letters, without those that belong to another: "a few hundred", "the most likely"."""
    following: list[Word | None] = [*words[1:], None]
    for word, after in zip(words, following, strict=True):
        counted = after is not None and after.value is not None
        compared = (
            after is not None
            and word.low == "most"
            and after.low.endswith(("ly", "ant", "ent", "ive", "ful"))
        )
        if not counted and not compared:
            yield word.low


def _clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a quote between marks of any kind."""
    clause: list[Word] = []
    for word in words:
        if clause and (word.opens or word.text in _BREAK):
            yield clause
            clause = []
        if word.text not in _BREAK:
            clause.append(word)
    if clause:
        yield clause


def _strengthened(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True when the claim has a word of all, of always or of reason, and the quote none of that kind."""
    ours, theirs = set(_limits(claim)), {word.low for word in quote}
    added = (name for name, strong in _ADDED.items() if ours & strong)
    return any(not theirs & _STRONG_MEMBERS[name] for name in added)


_MEMBERS = {name: frozenset(words.split()) for name, words in _CLASSES.items()}
_STRONG_MEMBERS = {name: frozenset(words.split()) for name, words in _STRONG.items()}
# Of each kind, the words that a claim must not add; the others only show that a quote has the kind.
_ADDED: dict[str, Set[str]] = {
    "all": frozenset(
        "all every everything everyone everybody everywhere completely fully entirely entire any".split()
    ),
    "always": frozenset("always never ever".split()),
    "only": frozenset("only solely exclusively alone".split()),
    "must": frozenset("must".split()),
    "first": frozenset("first earliest".split()),
    "best": frozenset("best strongest state-of-the-art optimal".split()),
    "proof": frozenset("prove proves proved proof".split()),
    "cause": frozenset("because since therefore thus hence".split()),
}

_Check = Callable[[Sequence[Word], Sequence[Word]], bool]
_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("number", _numbers_differ),
    ("negation", _negation_differs),
    ("direction", _direction_differs),
    ("condition", _condition_dropped),
    ("extent", _weakened),
    ("scope", _strengthened),
)
