"""Whether a claim leaves out a condition, doubt or limit of a quote, or claims more than it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from operator import attrgetter

from litsearch.answers.tokens import BREAK, Word, clauses, groups, read, telling
from litsearch.text import is_filler

KEPT = 0.5  # share of a condition's words that a claim repeats when it keeps the condition
# Telling words of a further clause, and the share of them that must be new: of reasons and purposes
# less is enough.
MORE, HALF = 3, 0.5
FEW, MOST = 2, 0.6
_REASONS = frozenset("which because so that who to by since for".split())
_JOINTS = _REASONS | {"and", "but", "while", "whereas"}
# "It allows for cutting" says that it can be cut.
_ABILITIES = frozenset("allow allows enable enables able possible".split())
# What a text says of something that it is needed for: "in order to", "so that".
_PURPOSES = frozenset("because since so order otherwise".split())
# How a text says by what means something is done; so do verbs in "-ing".
_MEANS = frozenset("by via through using use uses used".split())
INVITED = 4  # words before "to" among which stands what asks for it
SINCE = 5  # words after "since" among which stands the year from which on something is so
_YEARS = range(1900, 2100)
_INVITING = frozenset(
    "easier easy hard harder difficult able unable likely possible have has had enough".split()
)
_CONDITIONS = frozenset("if unless provided once except until whenever when whether".split())
_CLASSES = {
    "hedge": "may might could can perhaps possibly probably likely potentially seem seems seemed "
    "appear appears suggest suggests suggested expected believed supposed reportedly "
    "allegedly claim claims claimed hypothesis assume",
    "extent": "most some few many several usually often sometimes mostly mainly partly largely "
    "typically generally majority tended tends tend number rarely frequently",
    # "The largest model has 8 layers" is not "the model has 8 layers".
    "selection": "largest smallest biggest longest shortest oldest newest heaviest",
    "nearly": "almost nearly virtually roughly about close barely hardly little",
}
_STRONG = {
    "all": "all every each any entire entirely whole everything everyone everybody everywhere "
    "completely fully wherever whatever however total",
    "always": "always never ever constantly",
    "only": "only solely just alone exclusively nothing merely sole unless except",
    "must": "must require requires required need needs needed necessary have has should essential",
    "first": "first earliest original originally initially pioneered",
    "best": "best most strongest highest largest greatest top fastest state-of-the-art optimal "
    "ideal",
    "proof": "prove proves proved proof show shows showed shown demonstrate demonstrates certain "
    "certainly found",
    "cause": "because since so therefore thus hence due cause causes caused why reason reasons as "
    "make makes made thanks lead leads led result results explain explains allow allows "
    "enable enables help helps by through when if which",
}


def condition_dropped(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """Return True when the claim uses a part of the quote that depends on a condition, and leaves
    the condition out.
    """
    claim_words, parts = telling(claim), list(groups(quote))
    for part in parts:
        elsewhere = _others(parts, part)
        for condition, rest in _conditions(part):
            uses = (rest - elsewhere) & claim_words
            if uses and len(condition & claim_words) < KEPT * len(condition):
                return True
    return False


def _others(parts: Sequence[Sequence[Word]], part: Sequence[Word]) -> set[str]:
    """The stems of all parts but one."""
    return set().union(*(telling(other) for other in parts if other is not part))


def _conditions(group: Sequence[Word]) -> Iterator[tuple[set[str], set[str]]]:
    """Yield for each condition of a group the stems of its clause, and those of the rest."""
    for place, word in enumerate(group):
        if word.low not in _CONDITIONS:
            continue
        end = next((i for i in range(place + 1, len(group)) if group[i].text == ","), len(group))
        condition = telling(group[place + 1 : end])
        yield condition, telling(group) - condition


def weakened(claim: Sequence[Word], quote: Sequence[Word], question: Sequence[Word] = ()) -> bool:
    """Return True when the claim leaves out a doubt or an extent ("may", "most", "almost") of the
    part that it uses; "how does it improve answers?" may be answered from "it can improve them".
    """
    claim_words, limits = telling(claim), set(_limits(claim))
    if not _ABILITIES.isdisjoint(limits):
        limits.add("can")
    quote = _without_ability(quote, telling(question))
    # "Moss can be told in two steps, the first of which dries it" is not used by naming Moss.
    names = telling(list(filter(_has_capital, question)))
    parts = list(clauses(quote))
    for part in parts:
        if not (telling(part) - _others(parts, part)) & claim_words - names:
            continue
        here = set(_limits(part))
        if any(here & members and not limits & members for members in _MEMBERS.values()):
            return True
    return False


def _without_ability(words: Sequence[Word], question_words: Set[str]) -> list[Word]:
    """Return the words without each "can" before a word of the question."""
    following: list[Word | None] = [*words[1:], None]
    pairs = zip(words, following, strict=True)
    return [word for word, after in pairs if not _is_ability(word, after, question_words)]


def _has_capital(word: Word) -> bool:
    return word.text != word.text.lower()


def _is_ability(word: Word, after: Word | None, question_words: Set[str]) -> bool:
    return word.low == "can" and after is not None and after.stem in question_words


def _limits(words: Sequence[Word]) -> Iterator[str]:
    """Yield the words in small letters, without those that belong to another: "a few hundred", "the
    most likely".
    """
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


def strengthened(
    claim: Sequence[Word], quote: Sequence[Word], question: Sequence[Word] = ()
) -> bool:
    """Return True when the claim has a word of all, of always or of reason, and the quote none of
    that kind. "Why does it need salt?" may be answered from what the salt is there for.
    """
    ours, theirs = set(_limits(claim)), set(_lows(quote))
    if _since_a_year(quote):
        theirs.discard("since")
    if not _PURPOSES.isdisjoint(theirs) and _tells_need(question):
        ours -= _ADDED["must"]
    added = (name for name, strong in _ADDED.items() if ours & strong)
    return any(not theirs & _STRONG_MEMBERS[name] for name in added)


def _since_a_year(words: Sequence[Word]) -> bool:
    """True for "since Moss (2017) there have been many": that is when, and not why."""
    lows = _lows(words)
    place = lows.index("since") if "since" in lows else len(words)
    return any(word.value in _YEARS for word in words[place + 1 : place + 1 + SINCE])


def _tells_need(words: Sequence[Word]) -> bool:
    return not _ADDED["must"].isdisjoint(_lows(words))


def adds_clause(claim: str, quote: str) -> bool:
    """Return True when most of a further clause of a claim is not in the quote: "..., and remember
    landmarks", "... to make it faster".

    Of 81 true and false claims that the other checks left, it refused 26 false ones and 1 true one.
    """
    quote_words, words = telling(read(quote)), read(claim)
    if _has_new_purpose(words, quote_words):
        return True
    if _joins_steps(words) and not _joins_steps(read(quote)) and not _does_all(words, read(quote)):
        return True

    _, *further = _by_joints(words)
    for joint, clause in further:
        clause_words = telling(clause)
        fewest, share = (FEW, MOST) if joint in _REASONS else (MORE, HALF)
        if len(clause_words) >= fewest and len(clause_words - quote_words) >= share * len(
            clause_words
        ):
            return True
    return False


def means_unsaid(claim: Sequence[Word], quote: Sequence[Word]) -> bool:
    """Return True for "it helps to read a model by turning vectors", where the quote only says that
    it turns vectors: small models join a question's words to any sentence so. True, too, for a
    means where the quote names none.
    """
    lows = _lows(claim)
    if "by" not in lows[:-1]:
        return False
    place = lows.index("by")
    if not lows[place + 1].endswith("ing"):
        return False
    if claim[place + 1].stem not in telling(quote) and _MEANS.isdisjoint(_lows(quote)):
        return True
    plain = list(filter(_is_plain, claim[:place]))
    parts = read(" ".join(_lows(quote)).replace("-", " "))
    return len(telling(plain) - telling(quote) - telling(parts)) > 1


def _is_plain(word: Word) -> bool:
    return word.text.islower() and not is_filler(word.stem)  # "keeps" tells no more than "keep"


def _lows(words: Sequence[Word]) -> list[str]:
    return list(map(attrgetter("low"), words))


def _joins_steps(words: Sequence[Word]) -> bool:
    """True for "is trained by fitting it and then using ...": where the quote says "we fit it, and
    then use ...", the second step need not be one of the same thing.
    """
    lows = _lows(words)
    if "by" not in lows:
        return False
    place = lows.index("by")
    first, *rest = [*lows[place + 1 :], ""]
    return first.endswith("ing") and any(map(_is_further_step, rest, rest[1:], rest[2:]))


def _does_all(words: Sequence[Word], quote: Sequence[Word]) -> bool:
    """True for "works by sorting it and drying it" where the quote says "sorts it and dries it": of
    one thing, by its verbs' endings.
    """
    place, quote_lows = _lows(words).index("by"), _lows(quote)
    further = (word for word in words[place:] if word.low not in quote_lows)
    steps = {word.stem for word in further if word.low.endswith("ing")}
    return steps <= {word.stem for word in quote if word.low.endswith("s")}


def _is_further_step(joint: str, word: str, after: str) -> bool:
    return joint == "and" and (word.endswith("ing") or (word == "then" and after.endswith("ing")))


def _has_new_purpose(words: Sequence[Word], quote_words: Set[str]) -> bool:
    """True for "to make it faster" where the quote makes nothing; not for "is easier to read" and
    "has time to read".
    """
    for place, (to, verb) in enumerate(pairwise(words)):
        if to.low != "to" or not verb.text.islower() or not verb.telling:
            continue
        before = {word.low for word in words[max(0, place - INVITED) : place]}
        if verb.value is None and verb.stem not in quote_words and _INVITING.isdisjoint(before):
            return True
    return False


def _by_joints(words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """The clauses of a claim, each with the word or mark that joins it to what is before."""
    parts: list[tuple[str, list[Word]]] = [("", [])]
    for word in words:
        if word.text in BREAK or word.low in _JOINTS:
            parts.append((word.low, []))
        else:
            parts[-1][1].append(word)
    return parts


_MEMBERS = {name: frozenset(words.split()) for name, words in _CLASSES.items()}
_STRONG_MEMBERS = {name: frozenset(words.split()) for name, words in _STRONG.items()}
# Of each kind, the words that a claim must not add; the others only show that a quote has the kind.
_ADDED: dict[str, Set[str]] = {
    "all": frozenset(
        "all every everything everyone everybody everywhere completely fully entirely "
        "entire any".split()
    ),
    "always": frozenset("always never ever".split()),
    "only": frozenset("only solely exclusively alone".split()),
    "must": frozenset("must need needs require requires".split()),
    "first": frozenset("first earliest".split()),
    "best": frozenset("best strongest state-of-the-art optimal".split()),
    "proof": frozenset("prove proves proved proof".split()),
    "cause": frozenset("because since therefore thus hence".split()),
}
