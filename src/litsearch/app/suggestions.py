"""Suggest questions that a library answers: made of its headings, and asked before they are shown.

A heading has capitals of its own kind. How its words are written otherwise, and whether one says
"a" or "the" of a term, is taken from the running text below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from operator import itemgetter

from litsearch.answers.definitions import share_in
from litsearch.answers.entities import Entity
from litsearch.app.library import Library
from litsearch.errors import LitsearchError
from litsearch.languages import FILLERS
from litsearch.patterns import expression
from litsearch.text import is_filler, keywords, stems
from litsearch.types import Answer, Passage

SHOWN = 5
TRIED = 24  # questions asked to find those
SOURCES = 60  # whose headings are looked at
NEAREST = 8  # of those that a question finds
PASSAGES = 60  # that it finds, and in which a related question is mentioned


def questions(library: Library, near: str = "") -> list[str]:
    """Return a few questions that the library answers; near: about the sources that this question
    finds.
    """
    suggestions: list[str] = []
    for candidate in islice(_distinct(_candidates(library, near), near), TRIED):
        if _answers(library, candidate):
            suggestions.append(candidate.question)
        if len(suggestions) == SHOWN:
            break
    return suggestions


def _candidates(library: Library, near: str) -> Iterator[Candidate]:
    """Return what the headings of sources raise, one a source in turn; near a question, those that
    most of the passages it finds speak of.
    """
    if not near:
        return _in_turn(library, _spread(library))
    passages = [hit.passage for hit in library.search(near, k=PASSAGES).hits]
    nearest = list(dict.fromkeys(passage.source_id for passage in passages))[:NEAREST]
    texts = [" ".join((*passage.heading, passage.text)).casefold() for passage in passages]
    counted = [(_mentions(each, texts), each) for each in _in_turn(library, nearest)]
    counted.sort(key=itemgetter(0), reverse=True)
    return (candidate for mentions, candidate in counted if mentions)


def _mentions(candidate: Candidate, texts: Sequence[str]) -> int:
    subject = (candidate.term or candidate.heading).casefold()
    return sum(subject in text for text in texts)


def _in_turn(library: Library, source_ids: Iterable[str]) -> Iterator[Candidate]:
    subjects = stems(" ".join(library.catalog.title_words))
    by_source = [_candidates_of(library, source, subjects) for source in source_ids]
    return chain.from_iterable(filter(None, turn) for turn in zip_longest(*by_source))


def _spread(library: Library) -> list[str]:
    """Return some sources that are spread over the lists."""
    ids: list[str] = []
    for row in library.catalog.sources():
        if row.verdict.status == "indexed":
            ids.append(row.source_id)
    return ids[:: max(1, len(ids) // SOURCES)]


def _candidates_of(library: Library, source_id: str, subjects: frozenset[str]) -> list[Candidate]:
    """Return what the headings of a source ask about subjects of the library, and the terms that
    its text defines.
    """
    passages = library.catalog.passages_of(source_id)
    running = [passage for passage in passages if passage.role == "text"]
    last_headings = [passage.heading[-1] for passage in running if passage.heading]
    text = RunningText(map(_below_heading, running))
    candidates = questions_of_headings(last_headings, text)
    return [each for each in candidates if each.term or _is_about(each.question, subjects)]


def _below_heading(passage: Passage) -> str:
    """Return the text of a passage without the heading that it may begin with."""
    first, _, rest = passage.text.partition("\n")
    is_heading = bool(passage.heading) and first.rstrip().endswith(passage.heading[-1])
    return rest if is_heading else passage.text


def _is_about(question: str, subjects: frozenset[str]) -> bool:
    """Tell whether a question names what a title names; one about a page's own example does not."""
    return not subjects.isdisjoint(stems(" ".join(keywords(question))))


def _distinct(candidates: Iterable[Candidate], near: str) -> Iterator[Candidate]:
    seen_keys = {near.casefold().strip(" ?")}
    for candidate in candidates:
        key = candidate.question.casefold().strip(" ?")
        if key not in seen_keys:
            seen_keys.add(key)
            yield candidate


def _answers(library: Library, candidate: Candidate) -> bool:
    """Tell whether the library answers well: a term by a sentence that defines it, another question
    by what stands under its heading.
    """
    try:
        answer = library.ask(candidate.question, generator="extractive")
    except LitsearchError:
        return False
    if answer.status != "answered" or not answer.citations:
        return False
    return _defines(answer, candidate.term) if candidate.term else _is_under(answer, candidate)


def _defines(answer: Answer, term: str) -> bool:
    return share_in(answer.citations[0].quote, Entity(term)) >= DEFINED


def _is_under(answer: Answer, candidate: Candidate) -> bool:
    headings_of_first = answer.citations[0].passage.heading
    return any(heading.endswith(candidate.heading) for heading in headings_of_first)


WORDS = range(3, 13)  # of a heading that is a question
SHORT = 4  # letters of a word that stays small in a title
DEFINED = 0.5  # how surely a sentence must say what a term is
OFTEN = 3  # one mention of these, with "a" or in the plural, makes a term one of many
# Headings of every paper, which say nothing of what it is about.
_COMMON = frozenset(
    "a abstract acknowledgements acknowledgments analysis appendix approach background citation"
    " code conclusion conclusions contents contributions course data dataset datasets details"
    " discussion evaluation example examples experiments experimental faq features footnotes"
    " getting i implementation installation introduction learn license limitations links method"
    " methods methodology model models more motivation my notes of our overview part"
    " preliminaries quick reading references related requirements resources results setup"
    " started summary support table the this training usage we work you your".split()
)
# Of a page that speaks of itself, or leans on what stands before.
_LEANING = frozenset(
    "else he her here his i if it its my next not now our she that their them then there these they"
    " this those us we you your".split()
)
_VERB = (
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|must|has|have|had|may|might"
    r"|makes?|causes?|drives?)\b"
)
# What can be answered by quotations: "How good is it?" and "Do they?" ask for a judgement.
_OPEN = expression(
    rf"(?:(?:what|when|where|why|who)(?: exactly)? {_VERB}|how (?:{_VERB}|to |(?:many|much) )"
    r"|which [\w-]+ )",
    re.IGNORECASE,
)
_TERM = expression(r"[A-Za-z][A-Za-z0-9+#/-]*(?: [A-Za-z0-9+#/-]+){0,2}")
_NUMBER = expression(r"^\s*(?:(?:[A-Z]\.?)?\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+")
_ACRONYM = expression(r"^(?=(?:.*[A-Z]){2})[A-Za-z0-9+-]{2,12}$")
# What follows a noun that is no part of a longer one.
_NOUN_ENDS = (
    r"(?=\s*[.,;:()]|\s+(?:and|are|as|at|by|can|for|from|has|have|in|into|is|it|of|on|or|that|the"
    r"|to|was|were|which|will|with)\b)"
)
_WORD = expression(r"[\w'’-]+")
_WITHIN = expression(r"(?<=[a-z,] )[^\W_][\w'’-]*")  # words that begin no sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that a heading raises; term: what is to be defined, where it asks that."""

    question: str
    heading: str
    term: str = ""


class RunningText:
    """Tells how words are written in a text that runs, and what it defines."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._parts = [(part, part.casefold()) for part in parts]
        self._forms: dict[str, Counter[str]] = {}
        for part, _ in self._parts:
            for word in _WITHIN.findall(part):
                self._forms.setdefault(word.casefold(), Counter())[word] += 1

    def form(self, word: str) -> str | None:
        """Return a word as it is written most often; None where it does not occur."""
        forms = self._forms.get(word.casefold())
        if not forms:
            return None
        small = word.lower()
        return small if 2 * forms[small] >= forms.total() else forms.most_common(1)[0][0]

    def written(self, term: str) -> str | None:
        """Return several words as they stand most often within sentences; None where they do not
        stand together.
        """
        pattern = re.compile(rf"(?<=[a-z,] ){re.escape(term)}(?!\w)", re.IGNORECASE)
        forms = Counter[str]()
        for part in self._saying(term):
            forms.update(pattern.findall(part))
        return forms.most_common(1)[0][0] if forms else None

    def article(self, term: str) -> str:
        """Return "a " or "an " for what is counted, "the " where most mentions have it, else ""."""
        before = Counter[str]()
        words = rf"(?:\b(an?|the) )?\b{re.escape(term)}(s?){_NOUN_ENDS}"
        pattern = re.compile(words, re.IGNORECASE)
        for part in self._saying(term):
            before.update(article.lower() or plural for article, plural in pattern.findall(part))
        if 2 * before["the"] > before.total():
            return "the "
        if OFTEN * (before["a"] + before["an"] + before["s"]) > before.total():
            return "an " if term[0].lower() in "aeiou" else "a "
        return ""

    def defines(self, term: str) -> bool:
        """Tell whether a sentence says what the term is."""
        subject = Entity(term)
        return any(share_in(part, subject) >= DEFINED for part in self._saying(term))

    def _saying(self, term: str) -> Iterable[str]:
        low = term.casefold()
        return (part for part, folded in self._parts if low in folded)


def questions_of_headings(headings: Iterable[str], text: RunningText) -> list[Candidate]:
    """Return what headings ask, and then what the terms are that the text defines."""
    bare = list(dict.fromkeys(_NUMBER.sub("", heading).strip() for heading in headings))
    asking = [
        Candidate(_asking(heading, text), heading) for heading in bare if _is_question(heading)
    ]
    terms = [(heading, _term(heading, text)) for heading in bare if _is_term(heading)]
    defined = [
        Candidate(_what_is(term, text), heading, term)
        for heading, term in terms
        if _is_asked_for(term, text) and text.defines(term)
    ]
    return [*asking, *defined]


def _is_question(heading: str) -> bool:
    words = _WORD.findall(heading.lower())
    is_plain = heading.endswith("?") and ":" not in heading
    is_open = is_plain and _OPEN.match(heading) is not None
    return is_open and len(words) in WORDS and _LEANING.isdisjoint(words)


def _is_term(heading: str) -> bool:
    words = heading.lower().split()
    if not _TERM.fullmatch(heading) or not _COMMON.isdisjoint(words):
        return False
    return not any(is_filler(word) or len(word) == 1 for word in words)


def _is_asked_for(term: str, text: RunningText) -> bool:
    """Tell whether people would ask what a term is: an acronym, or several words that are no part
    of the text's own subject, as "the online demo" is.
    """
    if " " not in term:
        return _ACRONYM.match(term) is not None
    return text.article(term) != "the "


def _asking(heading: str, text: RunningText) -> str:
    first, *rest = heading.rstrip("? ").split()
    if heading.isupper() or _is_title(rest):
        is_upper = heading.upper() == heading
        first = first.capitalize()
        rest = [_as_written(word, text, shouted=is_upper) for word in rest]
    return f"{' '.join([first, *rest])}?"


def _is_title(words: list[str]) -> bool:
    """Tell whether the longer words of a heading have capitals, as those of titles."""
    long = [word for word in words if len(word) > SHORT]
    return bool(long) and all(word[0].isupper() for word in long)


def _term(heading: str, text: RunningText) -> str:
    """Return a heading as its words stand in a sentence."""
    if " " in heading and (written := text.written(heading)):
        return written
    shouted = heading.isupper() and " " in heading
    return " ".join(_as_written(word, text, shouted=shouted) for word in heading.split())


def _as_written(word: str, text: RunningText, *, shouted: bool) -> str:
    bare = word.strip(",:;()“”\"'")
    form = bare.lower() if bare.lower() in FILLERS else text.form(bare)
    if form is None:
        # A name stands in the text below, too; what is short and shouted may be one of letters.
        is_plain = bare.istitle() or (shouted and len(bare) > SHORT)
        form = bare.lower() if is_plain and bare.isalpha() else bare
    return word.replace(bare, form) if bare else word


def _what_is(term: str, text: RunningText) -> str:
    """Return the question for a term: of several things, what they are."""
    last = term.split()[-1]
    is_plural = last.endswith("s") and not last.endswith(("ss", "is", "us")) and last.islower()
    if is_plural:
        return f"What are {term}?"
    article = text.article(term) if " " in term else ""  # an acronym is a name
    return f"What is {article}{term}?"
