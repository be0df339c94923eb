"""What a question asks for: its kind, the things it names, its telling words, its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from litsearch.answers.comparison import sides_of
from litsearch.answers.entities import Entity, entities_in
from litsearch.answers.subjects import AMOUNTS, asks_how_it_works, asks_purpose, subjects_of
from litsearch.languages import ENGLISH, STOPWORDS, language_of
from litsearch.patterns import expression
from litsearch.text import keywords, stem, stems

QuestionKind = Literal[
    "definition",
    "number",
    "person",
    "date",
    "place",
    "purpose",  # "what is X used for?"
    "drawback",  # "what is wrong with X?"
    "why",
    "how",
    "comparison",
    "list",
    "yes-no",
    "summary",
    "topic",  # keywords, or a question of no other kind
]

EXPLAINED = ("how", "why")  # kinds of question that a passage answers better than a sentence
_LEAD = r"^\W*(?:(?:so|and|but|ok|okay|well|please|also|then)[\s,]+)*"
_ASK = r"(?:(?:can|could|would|will) you |please |(?:i(?:'d| would) like|i want) to know )?"
_TELL = r"(?:(?:tell me|explain|describe|know|show me|say)(?: to me| me)? )?"
START = _LEAD + _ASK + _TELL
_QUANTITIES = (
    r"share|percentage|percent|fraction|proportion|number|size|accuracy|score|rate|ratio|cost"
    r"|price|limit|threshold|speed|length|average|median|maximum|minimum|amount|temperature"
    r"|dimension|width|depth|height|weight|duration|distance|capacity|bandwidth|latency|frequency"
    r"|age|population|fee|dose"
)
_HOLDERS = r"person|author|researcher|scientist|company|lab|team|group|organi[sz]ation|institut\w+"
_PLACES = r"city|country|place|university|town|building|continent"
_KIND_PATTERNS: tuple[tuple[QuestionKind, str], ...] = (
    (
        "summary",
        START
        + r"(?:give (?:me )?|write )?(?:an? |the )?(?:short |brief |quick )?"
        + r"(?:summar(?:y|i[sz]e)|tl;?dr|overview of|gist of|key (?:points|takeaways|ideas) of"
        + r"|main (?:points|ideas|message|takeaways) of)"
        + r"|^\W*what(?:'s|’s| is| are)\b.{2,120}\babout\s*\?*$",
    ),
    (
        "why",
        START + r"(?:why\b|how come\b)"
        r"|^\W*(?:warum|weshalb|wieso|pourquoi|por qué|perché|waarom|hvorfor|varför|dlaczego"
        r"|почему|зачем)\b",
    ),
    (
        "comparison",
        r"\bdifferences?\b|\bdiffers?\b|\bcompar\w+\b|\bvs\b|\bversus\b|\bas opposed to\b"
        r"|\b(?:better|worse|faster|slower|larger|smaller|cheaper)\b.{1,60}\b(?:than|or)\b"
        r"|\b(?:advantages?|benefits?|edge) .{1,60}\bover\b",
    ),
    (
        "why",
        START + r"(?:what (?:is|was|are|were) the reasons?\b|for what reason"
        r"|what (?:causes?|caused|motivat\w+|makes?|made)\b)"
        r"|\bwhy (?:is|are|was|were|do|does|did)\b",
    ),
    (
        "drawback",
        START + r"what(?:['’]?s| is| are| was| were)? (?:(?:the|some|its|main|biggest|key|major"
        r"|known|common|pros and|advantages and|benefits and) )*(?:drawbacks?|downsides?|cons"
        r"|disadvantages?|limitations?|weakness(?:es)?|shortcomings?|catch|risk|danger"
        r"|pitfalls?|trade-?offs?|problem|trouble|wrong)\b(?: \w+)?"
        r" (?:of|with|in|to)\b",
    ),
    (
        "number",
        START + rf"(?:how (?:{AMOUNTS})\b|(?:at |to |by |with |in |on |for )?(?:what|which)"
        rf"(?:['’]s| is| are| was| were)?(?: the)?(?: (?!do|can)[\w-]+){{0,2}} (?:{_QUANTITIES})\b)"
        r"|\b(?:vocabulary|context|batch|window|dataset|model) (?:size|length)\b"
        r"|\b(?:on|of|in|to|for|by|than|with|and) how (?:many|much)\b"
        r"|^\W*(?:wie ?viele?|combien|cuánt[oa]s?|quant[aei]|hoeveel|hur (?:många|mycket))\b",
    ),
    (
        "person",
        START + rf"(?:who(?:m|se|['’]s)?\b|by whom\b|(?:which|what) (?:{_HOLDERS})s?\b)"
        r"|^\W*(?:wer|quién(?:es)?)\b",
    ),
    (
        "purpose",  # advice: when a thing serves
        START
        + r"when (?:(?:should|would|could|can|must|might|do|don['’]?t) (?:i|you|we|people|one)\b"
        + r"|(?:not )?to\b)",
    ),
    (
        "date",
        START + r"(?:when\b|since when\b|(?:in |on )?(?:what|which) (?:year|date|month|day)\b)"
        r"|^\W*(?:wann|quand|cuándo|quando|wanneer)\b",
    ),
    (
        "place",
        START + r"(?:where\b(?! (?:do|does) [\w -]+ come (?:in|from)\b)"
        rf"|(?:in )?(?:which|what) (?:{_PLACES})\b)",
    ),
    (
        "list",
        START + r"(?:list\b|name (?:the|some|all|a few|two|three|four|five|\d)|enumerate\b"
        r"|give (?:me )?(?:some |a few )?examples"
        r"|what are (?:the|some)(?: [\w-]+){0,3} [\w-]+s\b"
        r"|what are (?:common|main|different|typical|popular|usual|possible|important)"
        r"(?: [\w-]+){0,3} [\w-]+s\b|(?:what|which)(?: (?!of\b)[\w-]+){0,2} [a-z-]{3,}s"
        r" (?:are|were|do|does|did|can|make|have|is)\b"
        r"|(?:what|which) (?:is|are) .{2,60} (?:made(?: up)?|composed) of\b"
        r"|what (?:does|do) .{2,60} (?:consist of|contain|comprise|include)\b"
        r"|(?:what|which) (?:kinds|types|sorts|parts|steps|stages|ways|methods|tools|datasets)\b)",
    ),
    (
        "how",
        START + r"(?:how\b|in what way\b|by what means\b"
        r"|what (?:happens|is the (?:(?:main|basic|key|core|central) )?(?:process|procedure"
        r"|mechanism|idea|intuition|insight)))"
        r"|^[^?]{0,60}\bhow (?:to|do|does|did|is|are|was|were|can)\b"
        r"|^\W*(?:wie|comment|cómo|hoe|hvordan|hur|как)\b",
    ),
    (
        "yes-no",
        _LEAD + r"(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|had)"
        r"(?:n['’]t)?\s",
    ),
)
_KINDS = tuple((kind, expression(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)
# Asked for in keywords: "cost of training Alpaca". A whole question asks in other ways.
_MEASURE = expression(
    r"\b(?:numbers?|counts?|amount|share|percentages?|fraction|proportion|ratio|rate|size"
    r"|length|width|depth|height"
    r"|costs?|prices?|budget|accuracy|scores?|elo|perplexity|speed|throughput|latency|time"
    r"|duration|age|limit"
    r"|threshold|maximum|minimum|average|median|mean|total|similarity|memory|savings?"
    r"|dimensions?|version|seconds?"
    r"|hours?|days|years?|tokens|parameters|gpus?|samples|steps|epochs|layers|bits?)\b",
    re.IGNORECASE,
)
_FIGURE = expression(
    r"(?<!\w)(?<![^\W\d_][-–‑.])(?<!\d[.,])\d+(?:[.,]\d+)*(?![^\W\d_]{4})"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|million|half|twice"
    r"|double|third|quarter"
    r"|dozen)\b"
)
_SIZE = expression(r"\d+-[^\W\d_]+")
# They say what kind of thing is asked for, not what it is about.
_GENERIC = frozenset(
    "work works working function computed calculated types kinds sorts forms ways examples".split()
)
_AMOUNT = expression(rf"\bhow (?:{AMOUNTS})\b", re.IGNORECASE)
_COUNTED = expression(r"\bhow (?:many|much)\s+$", re.IGNORECASE)
_OF_ONE_SUBJECT = ("definition", "how", "person", "topic", "summary")
# Whose text it is: the library may hold it without saying so.
_OWNS = expression(
    r"['’]s?\s+(?:\S+\s+){0,5}?(?:analysis|article|blog|book|chapter|code|course|essay"
    r"|figure|group|guide|handbook"
    r"|lab|lecture|list|notebook|notes|paper|post|readme|repo(?:sitory)?|review|survey|talk"
    r"|team|thesis|tutorial"
    r"|video|words)s?\b",
    re.IGNORECASE,
)
_SAYS_WHO = expression(
    r"\b(?:according to|per|in the words of|(?:as|is|are|was|were) \w+ by|writes?|wrote)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the answering stages need it."""

    text: str
    kind: QuestionKind
    entities: tuple[Entity, ...]
    credited: tuple[Entity, ...]  # names of whose text or view it is, not of what is asked for
    # content words outside the names, as typed; figures among them in their parts
    words: tuple[str, ...]
    wants_number: bool
    figures: frozenset[str]  # that it names itself: they are not what it asks for
    sides: tuple[Entity, ...]  # of a comparison
    subjects: tuple[str, ...]  # ways to read SUBJECT of "what is SUBJECT?", the likeliest first

    @property
    def subject(self) -> str:
        """Return what "what is SUBJECT?" asks for, or ""."""
        return self.subjects[0] if self.subjects else ""

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the stem of each word."""
        return tuple(map(stem, self.words))

    def says_a_word_of(self, text: str) -> bool:
        """Tell whether a text says one of the names or words."""
        has_name = any(entity.found_in(text) for entity in self.entities)
        return has_name or not stems(text).isdisjoint(self.stems)


def read_question(text: str) -> Question:
    """Return what the words of a question ask for, by fixed rules."""
    text = " ".join(text.split())
    names = tuple(entity for entity in entities_in(text) if not _is_counted(entity, text))
    credited = tuple(entity for entity in names if _credits(entity, text))
    entities = tuple(entity for entity in names if entity not in credited)
    kind = _kind(text)
    measured = bool(_MEASURE.search(text)) and not text.endswith("?")
    return Question(
        text=text,
        kind=kind,
        entities=entities,
        credited=credited,
        words=_words_outside(text, names),
        wants_number=kind == "number" or measured,
        figures=frozenset(figures_in(text)),
        sides=sides_of(text, entities),
        subjects=subjects_of(text) if _is_of_one(kind, text) else (),
    )


def _is_of_one(kind: QuestionKind, text: str) -> bool:
    """Tell whether one thing is asked about: what it is, how it works, how much of it there is."""
    return kind in _OF_ONE_SUBJECT or asks_how_it_works(text) or asks_purpose(text)


def _is_counted(entity: Entity, text: str) -> bool:
    """Tell whether it is asked how many there are of a thing: "how many GPUs ...?"."""
    return _COUNTED.search(text[: text.find(entity.text)]) is not None


def figures_of_row(text: str) -> Iterator[str]:
    """Yield the numbers of a row of a table; 8-bit names a column, and is no figure in it."""
    return figures_in(_SIZE.sub(" ", text))


def figures_in(text: str) -> Iterator[str]:
    """Yield the numbers that say how much; not those of names (GPT-4, word2vec)."""
    return (match.group() for match in _FIGURE.finditer(text))


def _kind(text: str) -> QuestionKind:
    if asks_purpose(text):
        return "purpose"
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return "definition" if subjects_of(text) else "topic"


def _words_outside(text: str, names: tuple[Entity, ...]) -> tuple[str, ...]:
    """Return the content words that stand outside the names, one of each stem."""
    text = _AMOUNT.sub(" ", text)
    grammar = STOPWORDS.get(language_of(text) or ENGLISH, frozenset())
    for entity in names:
        for form in entity.forms:
            text = text.replace(form, " ")
    distinct: dict[str, str] = {}
    for word in reversed(keywords(text)):
        if word.casefold() not in grammar and word.casefold() not in _GENERIC:
            distinct[stem(word)] = word
    return tuple(reversed(distinct.values()))


def _credits(entity: Entity, text: str) -> bool:
    """Tell whether a name says whose words are asked for: "X's paper", "according to X"."""
    at = text.find(entity.text)
    plain = entity.text.replace(" ", "").isalpha() and entity.text.istitle()
    return plain and bool(_OWNS.match(text, at + len(entity.text)) or _SAYS_WHO.search(text[:at]))
