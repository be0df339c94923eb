"""Whether a sentence is a shortened copy of a quote: the same words in the same order, nothing
added or bent.

Nothing softer is needed to trust a copy, and no model. A copy begins where a sentence of the quote
begins, ends at its end or at a clause's, may leave out abbreviations and references in brackets,
and keeps every word that qualifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litsearch.patterns import expression

FEWEST_WORDS = 4  # fewer say nothing that needs a citation

_REFERENCE = expression(
    r"\s*(?:\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]|\(\d{1,3}(?:\s*[,;]\s*\d{1,3})*\))"
)
_TOKEN = expression(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[-−](?=\d)|[^\w\s.,;:'’‘\"“”()\[\]_—–‐‑-]")
_JOINED_MINUS = expression(r"[\w)]$")  # a dash after a word joins (GPT-3); elsewhere it is a minus
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_VALUES = {word: str(value) for value, word in enumerate(_NUMBERS)} | {
    "hundred": "100",
    "thousand": "1000",
}
_YEAR = expression(r"(?:19|20)\d\d")
_ARTICLES = frozenset("a an the our".split())
_COUNTED = frozenset("few little lot bit".split())  # "a few" are some, "few" are hardly any
# "but" and "whereas" may take back what they follow
_ENDING = expression(r";|,?\s*(?:and|which)\b", re.I)
_REMARK = expression(r"[:—]|\s–\s")
LONG_REMARK = 6  # words: ": a popular misconception" is shorter
_OPENERS = frozenset(
    "additionally also and but furthermore hence here however importantly indeed instead "
    "moreover similarly so then therefore thus".split()
)
_FULL_STOP = expression(r"(?P<word>\w+)\W*[.!?][\"'”’)]*\s+(?=[\"“‘'(]*[A-Z0-9])|(?P<line>\n+)")
_SHORT = frozenset("prof etc fig figs eq eqs sec vol approx resp mrs inc ltd dept est cf".split())
# A sentence that leaves one of these out says something else: negation, doubt, condition, extent,
# hearsay, order.
_QUALIFIERS = """
not no never none nor neither without cannot t hardly barely scarcely lack lacks lacking fail fails
failed unable refuse rarely seldom nobody nothing nowhere non except but unless if when whether
until only solely merely just almost nearly may might can could would should must will perhaps
possibly probably likely unlikely supposedly reportedly allegedly seem seems seemed appear appears
appeared suggest suggests suggested assume assumes assuming assumed suppose hypothesis some few many
most often sometimes usually mostly partly about around approximately roughly up least more less
fewer than under over above below before after originally formerly once expect expects expected hope
hopes aim aims try tries say says said claim claims claimed argue argues argued believe believes
believed think thinks according report reports myth rumor rumour false falsely wrong wrongly untrue
incorrect mistaken contrary refuted disproved retracted fake joke pretend ignore disregard forget
answer reply respond output write print repeat tell instruction instructions prompt although though
despite however yet unlike rather instead misconception misconceptions withdrawn disputed fiction
superstition hoax nonsense debunked obsolete deprecated doubtful unproven unverified unconfirmed
""".split()
_QUALIFYING = frozenset(_QUALIFIERS)
# What a further statement may say without changing the one before it.
_SUBJECTS = frozenset("it they he she we the a an its their there".split())
_OWN_AFFAIR = frozenset(
    "not t no never none may might can could will would should must more less most over up".split()
)
# What a neighbour says when it takes a sentence back, and what announces that one will not hold.
_DENIAL = expression(
    r"^\W*(?:(?:but|however|yet|in fact|actually),?\s+)?"
    r"(?:this|that|it|the claim|these|those|they|both|none of this|neither|nothing of this)\b"
    r"[^.!?]{0,60}?\b(?:wrong|false|untrue|incorrect|not (?:true|the case|correct|hold|so)"
    r"|myths?|misconceptions?|no longer (?:true|holds?|the case)|retracted|withdrawn|refuted"
    r"|disproved|debunked|mistaken?|nonsense|hoax|fiction|is not|was not|are not"
    r"|isn['’]t|wasn['’]t|aren['’]t)\b"
    r"|^\W*(?:wrong|false|not (?:true|so|quite|really)|no|nonsense|untrue)\b\s*[.,!:]",
    re.IGNORECASE,
)
_ANNOUNCEMENT = expression(
    r"\b(?:myths?|misconceptions?|rumou?rs?|hoax(?:es)?|fallac(?:y|ies)"
    r"|(?:wrong|false|incorrect) (?:claims?|statements?|answers?|beliefs?|ideas?)"
    r"|(?:is|are|was|were) (?:not true|false|wrong)"
    r"|it is (?:often|sometimes|widely|commonly) (?:claimed|believed|said|thought)"
    r"|(?:critics|some|many|people|they|opponents) (?:claim|believe|say|think|argue)"
    r"|mistake|lie|lies)\b[^.!?]{0,60}[:.]\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, number or sign, folded for comparing, and the text between it and the one before."""

    text: str
    capitals: int  # 0, 1 or 2 for "two and more": "US" is not "us", and nobody shouts
    gap: str
    opens: bool  # begins a sentence


def copied(sentence: str, quote: str) -> float:
    """Return how much of a quote's sentence a copy of it keeps, up to 1; 0 when it says anything
    else.
    """
    claim, quoted = _words(sentence), _words(quote)
    if sum(word.text.isalpha() for word in claim) < FEWEST_WORDS:
        return 0.0
    return max((_share(claim, quoted, start) for start in _starts(quoted)), default=0.0)


def supported(sentence: str, quote: str) -> bool:
    """Return True when a sentence is a copy of a quote, or of a part of it."""
    return copied(sentence, quote) > 0


def taken_back(before: str, quote: str, after: str) -> bool:
    """Return True when the text before a quote announces an error, or the text after it denies what
    was said.
    """
    return bool(_ANNOUNCEMENT.search(before) or _DENIAL.match(after))


def _words(text: str) -> list[_Word]:
    text = _REFERENCE.sub("", text).strip()  # a paper's own references are no words of it
    ends = {match.end() for match in _FULL_STOP.finditer(text) if _is_full_stop(match)}
    words: list[_Word] = []
    last = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in {"-", "−"} and _JOINED_MINUS.search(text[: match.start()][-1:]):
            continue
        gap = text[last : match.start()]
        opens = not words or any(last < end <= match.start() for end in ends)
        words.append(_Word(_folded(token, text[match.end() :][:1]), _capitals(token), gap, opens))
        last = match.end()
    return words


def _is_full_stop(match: re.Match[str]) -> bool:
    word = match["word"]
    return word is None or ((len(word) > 2 or word.isdigit()) and word.lower() not in _SHORT)


def _capitals(token: str) -> int:
    return min(2, sum(map(str.isupper, token)))


def _folded(token: str, following: str) -> str:
    """Fold a token: 10,000 and 10000 are the same; so are 1.50 and 1.5, six and 6. "No," is not
    "no".
    """
    low = token.casefold()
    if low == "no" and following == ",":
        return "no,"
    if not low[0].isdigit():
        return "-" if low == "−" else _VALUES.get(low, low)
    plain = re.sub(r",(?=\d{3}\b)", "", low)
    if plain.count(".") == 1 and "," not in plain:
        return plain.rstrip("0").rstrip(".")
    return plain


def _starts(quoted: Sequence[_Word]) -> Iterator[int]:
    """Yield where the quote's sentences begin; a first "However" may be left out."""
    for place, word in enumerate(quoted):
        if word.opens:
            yield place
            if word.text in _OPENERS and place + 1 < len(quoted):
                yield place + 1


def _share(claim: Sequence[_Word], quoted: Sequence[_Word], start: int) -> float:
    """Return (1 + the share of the quote's sentence that is kept) / 2; 0 when words go apart."""
    aligned = _aligned(claim, quoted, start)
    if aligned is None:
        return 0.0
    matched, at = aligned
    end = _end_of_sentence(quoted, at)
    if at < end and not _may_end(quoted, at, end):
        return 0.0
    if at < end and quoted[end - 1].text == "?":
        return 0.0
    if _QUALIFYING & _left_out(quoted, start, end, aligned):
        return 0.0
    return (1 + len(matched) / (end - start)) / 2


def _end_of_sentence(quoted: Sequence[_Word], at: int) -> int:
    """The place after the sentence that goes on at a place."""
    while at < len(quoted) and not quoted[at].opens:
        at += 1
    return at


def _left_out(
    quoted: Sequence[_Word], start: int, end: int, aligned: tuple[set[int], int]
) -> set[str]:
    """The words of a sentence that a copy leaves out, but for what a further statement may say."""
    matched, at = aligned
    left_out = {quoted[place].text for place in set(range(start, end)) - matched}
    if at < end and _is_statement(quoted, at):
        left_out -= _OWN_AFFAIR.intersection(word.text for word in quoted[at:end])
    return left_out


def _is_statement(quoted: Sequence[_Word], at: int) -> bool:
    """True for ", and it ...": a statement of its own, which may deny what it likes."""
    if not quoted[at].gap.lstrip().startswith(",") or quoted[at].text != "and":
        return False
    return at + 1 < len(quoted) and quoted[at + 1].text in _SUBJECTS


def _may_end(quoted: Sequence[_Word], at: int, end: int) -> bool:
    """True when a sentence may stop before this word: at a clause, a long remark, or brackets that
    may be left out.
    """
    lead = quoted[at].gap.lstrip() + quoted[at].text
    if _ENDING.match(lead):
        return True
    if _REMARK.match(lead):
        return end - at >= LONG_REMARK
    return _after_aside(quoted, at) == end


def _aligned(
    claim: Sequence[_Word], quoted: Sequence[_Word], start: int
) -> tuple[set[int], int] | None:
    """Return the places of the quote's words that the sentence says, and where it stops; None if it
    says others.
    """
    matched: set[int] = set()
    at, i = start, 0
    while i < len(claim):
        if at < len(quoted) and _same(claim[i], quoted[at]):
            matched.add(at)
            at, i = at + 1, i + 1
        elif _is_free_article(quoted, at):
            at += 1
        elif _is_free_article(claim, i):
            i += 1
        elif at < len(quoted) and (after := _after_aside(quoted, at)):
            at = after
        else:
            return None
    return matched, at


def _is_free_article(words: Sequence[_Word], place: int) -> bool:
    """True for an article that changes nothing; "a few" is not "few"."""
    if place >= len(words) or words[place].text not in _ARTICLES:
        return False
    return place + 1 >= len(words) or words[place + 1].text not in _COUNTED


def _after_aside(quoted: Sequence[_Word], at: int) -> int:
    """Return the place after the brackets that open before this word, if they may be left out; 0 if
    not.

    An abbreviation, its long form, a reference with its year or an example may; "(on the training
    set)" may not.
    """
    if "(" not in quoted[at].gap:
        return 0
    end = at + 1
    while end < len(quoted) and ")" not in quoted[end].gap:
        end += 1
    before = quoted[at - 1].text if at else ""
    return end if _is_aside(quoted[at:end], before) else 0


def _is_aside(inside: Sequence[_Word], before: str) -> bool:
    """True for what brackets may hold without saying anything of their own."""
    texts = [word.text for word in inside]
    capitals = any(word.capitals for word in inside)
    abbreviation = len(inside) == 1 and capitals
    reference = capitals and any(map(_YEAR.fullmatch, texts))
    example = texts[0] in {"see", "cf"} or texts[:2] in (["e", "g"], ["i", "e"])
    return abbreviation or reference or example or _is_expansion(texts, before)


def _is_expansion(inside: Sequence[str], abbreviation: str) -> bool:
    """True when the words in brackets spell out the abbreviation before them: "LoRA (Low-Rank
    Adaptation)".
    """
    initials = "".join(word[0] for word in inside)
    return (
        len(inside) > 1 and abbreviation[:1] == initials[0] and set(initials) <= set(abbreviation)
    )


def _same(word: _Word, other: _Word) -> bool:
    """Equal, or singular and plural; both in capitals, or neither."""
    if (word.capitals > 1) != (other.capitals > 1):
        return False
    first, second = word.text, other.text
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 3 and shorter.isalpha() and longer == shorter + "s" and shorter[-1] != "s"
