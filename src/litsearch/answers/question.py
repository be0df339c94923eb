"""What a question asks for: named things, telling words, a number, a definition, two sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litsearch.answers.entities import Name, names_in
from litsearch.text import stem, telling
from litsearch.types import Turn

_NUMBER = re.compile(
    r"\b(?:how (?:many|much|long|often|large|big|small|fast|high|low|deep|wide|old|expensive|accurate(?:ly)?|well|far)"
    r"|what(?:['’]s| is| are| was| were)?(?: the)?(?: \w+)? (?:share|percentage|percent|fraction|proportion|number|size"
    r"|accuracy|score|rate|ratio|cost|price|year|limit|threshold|speed|length|average|median|maximum|minimum)"
    r"|(?:vocabulary|context|batch|window|dataset|model) (?:size|length)|latency|learning rate|when was|when were)\b",
    re.IGNORECASE,
)
# Asked for in keywords: "cost of training Alpaca", "maximum context length". A whole question asks
# in other ways.
_MEASURE = re.compile(
    r"\b(?:numbers?|counts?|amount|share|percentages?|fraction|proportion|ratio|rate|size|length|width|depth|height|costs?"
    r"|prices?|budget|accuracy|scores?|elo|perplexity|speed|throughput|latency|time|duration|age|limit|threshold|maximum"
    r"|minimum|average|median|mean|total|similarity|memory|savings?|dimensions?|version|seconds?|hours?|days|years?"
    r"|tokens|parameters|gpus?|samples|steps|epochs|layers|bits?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<!\w)(?<![^\W\d_][-–‑.])(?<!\d[.,])\d+(?:[.,]\d+)*(?![^\W\d_]{4})"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|million|half|twice|double|third|quarter|dozen)\b"
)
_SIDES = re.compile(
    r"\b(?:vs\.?|versus|compare[ds]?|comparison|differ(?:s|ence|ences|ent)?|differs? from|better|worse|each|both|unlike"
    r"|contrast|respectively|rather than|as opposed to|which (?:one )?(?:is|of))\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:so |and )?(?:what(?:['’]s| is| are| was| were)|who(?:['’]s| is| are| was)|define|explain|describe"
    r"|tell me (?:what|about)|what does)\s+(?:(?P<article>an?|the|some)\s+)?(?P<subject>[^?,;:]{2,80}?)"
    r"(?:\s+(?:stand for|mean|is|are|do))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s+(?:in|for|from|used|and|of|as|with|when|by|to|on|at|according|that|which|within|during|good|about)\b.*$",
    re.I,
)
_CLAUSES = re.compile(
    r"\s*(?:[,;]\s*|\s+)(?:and|or|but)\s+(?:how|what|why|when|where|which|who|does|do|is|are|can)\b.*",
    re.I,
)
_SUBJECT_WORDS = 4
# Whose text it is: the library may hold it without saying so.
_OWNS = re.compile(
    r"['’]s?\s+(?:\S+\s+){0,5}?(?:analysis|article|blog|book|chapter|code|course|essay|figure|group|guide|handbook"
    r"|lab|lecture|list|notebook|notes|paper|post|readme|repo(?:sitory)?|review|survey|talk|team|thesis|tutorial"
    r"|video|words)s?\b",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    r"\b(?:according to|per|in the words of|(?:as|is|are|was|were) \w+ by|writes?|wrote)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the answering stages need it."""

    text: str
    names: tuple[Name, ...]
    credited: tuple[Name, ...]  # names of whose text or view it is, not of what is asked for
    # telling words outside the names, as typed; figures among them in their parts
    words: tuple[str, ...]
    wants_number: bool
    figures: frozenset[str]  # that it names itself: they are not what it asks for
    wants_sides: bool  # compares, or asks of each
    subject: str  # of "what is SUBJECT?", else ""

    @property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple(stem(word) for word in self.words)


def read_question(text: str) -> Question:
    """What the words of a question ask for, by fixed rules."""
    text = " ".join(text.split())
    found = names_in(text)
    credited = tuple(name for name in found if _credits(name, text))
    names = tuple(name for name in found if name not in credited)
    rest = text
    for name in found:
        for form in name.forms:
            rest = rest.replace(form, " ")
    distinct = {stem(word): word for word in reversed(telling(rest))}
    return Question(
        text=text,
        names=names,
        credited=credited,
        words=tuple(reversed(distinct.values())),
        wants_number=bool(
            _NUMBER.search(text) or (_MEASURE.search(text) and not text.endswith("?"))
        ),
        figures=frozenset(figures_in(text)),
        wants_sides=len(names) > 1 and bool(_SIDES.search(text)),
        subject=_subject(text),
    )


def figures_in(text: str) -> Iterator[str]:
    """The numbers that say how much; not those of names (GPT-4, word2vec)."""
    return (match.group() for match in _FIGURE.finditer(text))


def _credits(name: Name, text: str) -> bool:
    """True in "X's paper", "according to X": who says it."""
    at = text.find(name.text)
    plain = name.text.replace(" ", "").isalpha() and name.text.istitle()
    return plain and bool(_OWNS.match(text, at + len(name.text)) or _SAYS_WHO.search(text[:at]))


def _subject(text: str) -> str:
    match = _DEFINITION.match(_CLAUSES.sub("", text))
    if not match:
        return ""
    subject = _REST.sub("", match["subject"]).strip(" “”\"'’")
    words = subject.split()
    return subject if 0 < len(words) <= _SUBJECT_WORDS and telling(subject) else ""


MOST_TURNS = 20  # looked back at
FEW_WORDS = 2  # telling words of a question that cannot stand alone
_JOINER = re.compile(r"^\W*(?:and|but|so|or|then|also)\b[\s,]*", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<owner>its|their|theirs)|(?P<thing>it|they|them|this|that|these|those|the (?:former|latter|same)))\b"
    r"(?!['’]?s?\s+(?:method|paper|article|model|approach|technique)\b)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"^(?:what|how) about\s+(?P<other>[^?]{1,120}?)\s*\??$", re.IGNORECASE)


def resolve(question: str, turns: Sequence[Turn]) -> str:
    """The question with what it leaves to earlier turns (oldest first); unchanged when it stands
    alone.

    "and how does it differ from LoRA?" after "what is DoRA?" asks "how does DoRA differ from
    LoRA?".
    """
    earlier = ""
    for turn in turns[-MOST_TURNS:]:
        asked = _whole(turn.question, earlier)
        earlier = (
            asked
            if topic_of(asked)
            else earlier or (f"what is {topic_of(turn.answer)}?" if turn.answer else "")
        )
    return _whole(question, earlier)


def _whole(question: str, earlier: str) -> str:
    """A question after an earlier one that is whole already."""
    topic = topic_of(earlier)
    if not topic:
        return question
    text = _JOINER.sub("", " ".join(question.split()))
    if (instead := _INSTEAD.match(text)) and topic.lower() in earlier.lower():
        return re.sub(
            re.escape(topic), lambda _: instead["other"], earlier, count=1, flags=re.IGNORECASE
        )
    names = [name.text for name in read_question(text).names]
    match = _PRONOUN.search(text)
    if match and not any(name in text[: match.start()] for name in names):
        said = f"{topic}'s" if match["owner"] else topic
        return text[: match.start()] + said + text[match.end() :]
    if not names and len(read_question(text).words) <= FEW_WORDS:
        return f"{text.rstrip(' ?')} {topic}?"
    return text if text != question and names else question


def topic_of(text: str) -> str:
    """What a question is about: its first name, else the subject of "what is SUBJECT?"; "" when it
    has neither.
    """
    read = read_question(text)
    return read.names[0].text if read.names else read.subject
