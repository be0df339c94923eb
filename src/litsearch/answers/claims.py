"""What of a model's statement is to be judged: without what the question or the source has said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from litsearch.answers.agreement import NEGATIONS, is_name
from litsearch.answers.direction import restated
from litsearch.answers.tokens import Word, key, read, telling
from litsearch.patterns import expression
from litsearch.text import stem

_LOW = attrgetter("low")
AGAIN = 0.75  # share of words from which one of two sentences on a quote says the other again
SUBJECT = 6  # words of a sentence, among which its subject stands

_ATTRIBUTION = expression(r"According to (?P<who>[A-Z][\w.' -]{1,40}),\s+")


# A name with capitals or digits inside, and a verb behind it.
_SUBJECT = expression(
    r"(?:The )?(?P<name>(?=[\w.-]*[A-Z0-9][\w.-]*[A-Z0-9]|[A-Z])[\w.-]*\w)(?P<owner>['’]s)?"
    r"(?(owner)(?= [a-z])|(?= (?:is|was|has|had|can|may|will|does|did|took|[a-z]+(?:s|ed))\b))"
)
_SAYS_NOTHING = frozenset(map(stem, "work happen function".split()))  # "how does it work?"
_PLACE = expression(r" (?:in|of|for|with) (?:the )?(?P<name>[\w-]*[A-Z][\w.-]*\w)(?= [a-z]|[,.]$)")
# "X is a paper that introduces Y": of a source, nobody doubts that it is one.
_IS_A_TEXT = expression(r"^ is an? (?:paper|article|post|text|work) (?:that|which)(?= )")
_GOING_ON = expression(
    r"(?:(?:this|these|those|such)\b(?! (?:is|are) (?:how|why|what)\b)"
    r"|(?:so|therefore|thus|hence|then|however|but|also|moreover|for example)\b"
    r"|[\w-]+(?: [\w-]+){0,3} (?:does|do|did|achieves?) (?:this|that|so)\b)",
    re.IGNORECASE,
)
# A further statement behind the last comma: ", which saves memory", ", making it faster"; not a
# condition.
_FURTHER = expression(
    r"(?P<rest>.+),\s+(?:which|where|thereby|thus|so"
    r"|(?!assum|exclud|depend|provid|consider|us)[a-z]+ing)\s[^,;:()]+"
)
_FEWEST_LEFT = 5  # words of a statement without what it goes on to say
_FOR_YES_OR_NO = expression(
    r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might)\b",
    re.IGNORECASE,
)


def only_repeats(text: str, question: str) -> bool:
    """Return True for a statement without a word, number or "not" that the question does not have;
    a question for yes or no is answered so.
    """
    if _FOR_YES_OR_NO.match(question):
        return False
    words, question_words = read(text), read(question)
    claim_words, names = telling(words), telling(list(filter(_has_capital, question_words)))
    if not names <= claim_words:  # "which of A and B ...?" is answered by a name
        return False
    denials = set(map(_LOW, words)) - set(map(_LOW, question_words))
    return claim_words <= telling(question_words) and NEGATIONS.isdisjoint(denials)


def leans(text: str) -> bool:
    """Return True for a sentence that cannot begin an answer, since it goes on from another."""
    return _GOING_ON.match(text) is not None


def without_further(text: str) -> str:
    """Return a statement without what it goes on to say behind its last comma (", which ...", ",
    making ..."); "" where it does not, or hardly anything is left.
    """
    match = _FURTHER.fullmatch(text)
    if match is None or len(match["rest"].split()) < _FEWEST_LEFT:
        return ""
    return f"{match['rest']}."


def says_again(text: str, other: str) -> bool:
    """Return True for two sentences that share most words of the shorter one."""
    words, others = telling(read(text)), telling(read(other))
    return len(words & others) >= AGAIN * min(len(words), len(others))


def is_beside(text: str, question: str, quote: str, *, number: bool) -> bool:
    """Return True for a sentence that should not open an answer: it lacks half of the question's
    words that the best quote says, or any of them where a number is asked for. "How many experts
    has it?" is not answered by how many parameters it has, true as that is.
    """
    shared = telling(read(question)) & telling(read(quote))
    lacking = shared - telling(read(text))
    return bool(lacking) and (number or 2 * len(lacking) >= len(shared))


def _has_capital(word: Word) -> bool:
    return word.text[0].isupper()


def without_attribution(text: str, by: str, question: str) -> str:
    """Return the text without "According to Moss," where the question asks so and the source is by
    them: an author seldom says their own name.
    """
    match = _ATTRIBUTION.match(text)
    if match is None or match["who"] not in question or match["who"] not in by:
        return text
    rest = text[match.end() :]
    return rest[:1].upper() + rest[1:]


def lends(text: str, question: str, context: str) -> bool:
    """Return True for a statement with a word of the question that nothing known of its source
    says: small models join what is asked to whatever a passage says. A question for yes or no is
    answered in its own words.
    """
    if _FOR_YES_OR_NO.match(question):
        return False
    source_words = telling(
        read(f"{context} {context.replace('-', ' ')} {context.replace('-', '')}")
    )
    source_words |= restated(source_words)
    question_words = telling(read(question)) - _SAYS_NOTHING
    lent = [
        word for word in read(text) if word.telling and key(word) in question_words - source_words
    ]
    return not all(telling(read(word.text.replace("-", " "))) <= source_words for word in lent)


def without_place(claim: str, quote: str, titles: Sequence[str], question: str) -> str:
    """Return the claim without "in Moss" where the question asks about Moss, the source is about it
    by its title or heading, and the quote does not name it: a text seldom says where it stands.
    """
    for match in _PLACE.finditer(claim):
        name = telling(read(match["name"]))
        lent = match["name"] in question and name <= telling(read(" ".join(titles)))
        if name and lent and not name & telling(read(quote)):
            return claim[: match.start()] + claim[match.end() :]
    return claim


def of_its_subject(claim: str, quote: str, titles: Sequence[str], question: str) -> str:
    """Return the claim with "It" for a name that it begins with, when the question has the name,
    the source is about it by its title or heading, and the quote has no subject of its own: a
    text says "we" and "the model". Judged so, four true claims rose from .30-.80 to .75-.97.
    """
    for title in titles:
        if _titled(title, claim) and not _has_subject(read(quote)):
            return f"It{_IS_A_TEXT.sub('', claim[len(title) :])}"
    match = _SUBJECT.match(claim)
    if match is None or match["name"] not in question:
        return claim
    name, words = telling(read(match["name"])), read(quote)
    about = telling(read(" ".join(titles)))
    if name & telling(words) or not name <= about or _has_subject(words):
        return claim
    return f"It{'s' if match['owner'] else ''}{_IS_A_TEXT.sub('', claim[match.end() :])}"


def _titled(title: str, claim: str) -> bool:
    """True when a claim begins with a whole title: "Rust: A Handbook explains how ..."."""
    behind = claim.removeprefix(title)
    return len(title.split()) > 1 and behind != claim and behind.startswith(" ")


def _has_subject(words: Sequence[Word]) -> bool:
    """True when a sentence begins with a word of its own, or has a name among its first words."""
    starts = [place for place, word in enumerate(words) if word.opens]
    heads = chain.from_iterable(words[start : start + SUBJECT] for start in starts)
    return any(words[start].telling for start in starts) or any(map(is_name, heads))
