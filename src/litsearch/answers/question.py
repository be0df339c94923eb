"""What a question asks for: its kind, the things it names, its telling words, its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from litsearch.answers.entities import Entity, entities_in
from litsearch.languages import ENGLISH, STOPWORDS, language_of
from litsearch.text import keywords, stem

QuestionKind = Literal[
    "definition",
    "number",
    "person",
    "date",
    "place",
    "why",
    "how",
    "comparison",
    "list",
    "yes-no",
    "summary",
    "topic",  # keywords, or a question of no other kind
]

_LEAD = r"^\W*(?:(?:so|and|but|ok|okay|well|please|also|then)[\s,]+)*"
_ASK = r"(?:(?:can|could|would|will) you |please |(?:i(?:'d| would) like|i want) to know )?"
_TELL = r"(?:(?:tell me|explain|describe|know|show me|say)(?: to me| me)? )?"
START = _LEAD + _ASK + _TELL
_AMOUNTS = (
    r"many|much|long|often|large|big|small|fast|high|low|deep|wide|old|tall|heavy|expensive"
    r"|accurate(?:ly)?|far"
)
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
        START + r"(?:why\b|how come\b)",
    ),
    (
        "comparison",
        r"\bdifferences?\b|\bdiffers?\b|\bcompar\w+\b|\bvs\b|\bversus\b|\bas opposed to\b"
        r"|\b(?:better|worse|faster|slower|larger|smaller|cheaper)\b.{1,60}\b(?:than|or)\b",
    ),
    (
        "why",
        START + r"(?:what (?:is|was|are|were) the reasons?\b|for what reason"
        r"|what (?:causes?|caused|motivat\w+)\b)|\bwhy (?:is|are|was|were|do|does|did)\b",
    ),
    (
        "number",
        START + rf"(?:how (?:{_AMOUNTS})\b|(?:at |to |by |with |in |on |for )?(?:what|which)"
        rf"(?:['’]s| is| are| was| were)?(?: the)?(?: (?!do|can)[\w-]+){{0,2}} (?:{_QUANTITIES})\b)"
        r"|\b(?:vocabulary|context|batch|window|dataset|model) (?:size|length)\b"
        r"|\b(?:on|of|in|to|for|by|than|with|and) how (?:many|much)\b",
    ),
    (
        "person",
        START + rf"(?:who(?:m|se|['’]s)?\b|by whom\b|(?:which|what) (?:{_HOLDERS})s?\b)",
    ),
    (
        "date",
        START + r"(?:when\b|since when\b|(?:in |on )?(?:what|which) (?:year|date|month|day)\b)",
    ),
    (
        "place",
        START + rf"(?:where\b(?! (?:do|does) \w+ come in)|(?:in )?(?:which|what) (?:{_PLACES})\b)",
    ),
    (
        "list",
        START + r"(?:list\b|name (?:the|some|all|a few|two|three|four|five|\d)|enumerate\b"
        r"|give (?:me )?(?:some |a few )?examples"
        r"|what are (?:the|some)(?: [\w-]+){0,3} [\w-]+s\b"
        r"|what are (?:common|main|different|typical|popular|usual|possible|important)"
        r"(?: [\w-]+){0,3} [\w-]+s\b|(?:what|which)(?: [\w-]+){0,2} [a-z-]{3,}s"
        r" (?:are|were|do|does|did|can|make|have|is)\b"
        r"|(?:what|which) (?:is|are) .{2,60} (?:made(?: up)?|composed) of\b"
        r"|what (?:does|do) .{2,60} (?:consist of|contain|comprise|include)\b"
        r"|(?:what|which) (?:kinds|types|sorts|parts|steps|stages|ways|methods|tools|datasets)\b)",
    ),
    (
        "how",
        START + r"(?:how\b|in what way\b|by what means\b"
        r"|what (?:happens|is the (?:process|procedure|idea)))"
        r"|^[^?]{0,60}\bhow (?:to|do|does|did|is|are|was|were|can)\b",
    ),
    (
        "yes-no",
        _LEAD + r"(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|had)"
        r"(?:n['’]t)?\s",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)
# Asked for in keywords: "cost of training Alpaca". A whole question asks in other ways.
_MEASURE = re.compile(
    r"\b(?:numbers?|counts?|amount|share|percentages?|fraction|proportion|ratio|rate|size"
    r"|length|width|depth|height"
    r"|costs?|prices?|budget|accuracy|scores?|elo|perplexity|speed|throughput|latency|time"
    r"|duration|age|limit"
    r"|threshold|maximum|minimum|average|median|mean|total|similarity|memory|savings?"
    r"|dimensions?|version|seconds?"
    r"|hours?|days|years?|tokens|parameters|gpus?|samples|steps|epochs|layers|bits?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<!\w)(?<![^\W\d_][-–‑.])(?<!\d[.,])\d+(?:[.,]\d+)*(?![^\W\d_]{4})"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|million|half|twice"
    r"|double|third|quarter"
    r"|dozen)\b"
)
_SIDES = re.compile(
    r"\b(?:vs\.?|versus|compare[ds]?|comparison|differ(?:s|ence|ences|ent)?|better|worse"
    r"|each|both|unlike"
    r"|contrast|respectively|rather than|as opposed to|which (?:one )?(?:is|of))\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:so |and )?(?:what(?:['’]s| is| are| was| were)|who(?:['’]s| is| are| was)"
    r"|define|explain|describe"
    r"|tell me (?:what|about)|what does(?=.*\b(?:stand for|mean|do)\b))\s+(?:(?P<article>an?"
    r"|the|some)\s+)?(?P<subject>[^?,;:]{2,80}?)"
    r"(?:\s+(?:stand for|mean|is|are|do))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s+(?:in|for|from|used|and|of|as|with|when|by|to|on|at|according|that|which|within"
    r"|during|good|about)\b.*$",
    re.IGNORECASE,
)
# The lost in the middle effect, the curse of dimensionality problem: the head noun stands last.
_NAMED_AFTER = re.compile(
    r"\s(?:effect|problem|paradox|hypothesis|trick|phenomenon|principle|theorem|conjecture|test"
    r"|dilemma|method|algorithm|approach|attack|bias)\s*$",
    re.IGNORECASE,
)
# Chain of thought, mixture of experts: a name with "of" inside.
_OF_NAME = re.compile(r"[\w-]+(?:\s[\w-]+)?\sof\s(?:the\s)?[\w-]+", re.IGNORECASE)
# How does X work?
_WORKING = re.compile(
    r"^\W*(?:so |and )?how (?:(?:do|does|did)\s+(?P<a>[^?,;:]{2,60}?)\s+(?:actually |really )?"
    r"(?:work|function)|(?:is|are)\s+(?P<b>[^?,;:]{2,60}?)\s+(?:computed|calculated|defined))"
    r"(?:\s(?:in|for|with|on)\b[^?]*)?\W*$",
    re.IGNORECASE,
)
# They say what kind of thing is asked for, not what it is about.
_GENERIC = frozenset(
    "work works working function computed calculated types kinds sorts forms ways examples".split()
)
_COUNTED = re.compile(r"\bhow (?:many|much)\s+$", re.IGNORECASE)
_AUXILIARY = re.compile(r"\s+(?:do|does|mean|stand)$", re.IGNORECASE)
_CLAUSES = re.compile(
    r"\s*(?:[,;]\s*|\s+)(?:and|or|but)\s+(?:how|what|why|when|where|which|who|does|do|is|are"
    r"|can)\b.*",
    re.IGNORECASE,
)
_SUBJECT_WORDS = 5
_OF_ONE_SUBJECT = ("definition", "how", "person", "topic", "summary")
# Whose text it is: the library may hold it without saying so.
_OWNS = re.compile(
    r"['’]s?\s+(?:\S+\s+){0,5}?(?:analysis|article|blog|book|chapter|code|course|essay"
    r"|figure|group|guide|handbook"
    r"|lab|lecture|list|notebook|notes|paper|post|readme|repo(?:sitory)?|review|survey|talk"
    r"|team|thesis|tutorial"
    r"|video|words)s?\b",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    r"\b(?:according to|per|in the words of|(?:as|is|are|was|were) \w+ by|writes?|wrote)\s+$",
    re.IGNORECASE,
)

_SIDE = r"[^,;:?]{2,60}?"
_END = r"(?=\s*(?:[?,;:.]|$|\s(?:in|for|on|when|with|of|as|at)\b|\sand\s(?:how|what|why|which)\b))"
_COMPARED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bdifferences? between (?P<a>{_SIDE}) and (?P<b>{_SIDE}){_END}",
        rf"(?:^|[:,]|\bcompare)\s*(?P<a>{_SIDE})\s+(?:vs\.?|versus|compared (?:to"
        rf"|with))\s+(?P<b>{_SIDE}){_END}",
        rf"\bcompare (?P<a>{_SIDE}) (?:and|with|to) (?P<b>{_SIDE}){_END}",
        rf"\bhow (?:do|does|did|is|are) (?P<a>{_SIDE}) (?:differ(?:ent)?|compare) (?:from"
        rf"|with|to|than) (?P<b>{_SIDE}){_END}",
        rf"\bhow (?:do|does|did|are) (?P<a>{_SIDE}) and (?P<b>{_SIDE}) (?:differ|compare|relate)\b",
        rf"^(?:is|are) (?P<a>{_SIDE}) (?:better|worse|faster|slower|larger|smaller|cheaper"
        rf"|newer|older) than (?P<b>{_SIDE}){_END}",
        rf"^which is \w+(?: \w+)?[,:] (?P<a>{_SIDE}) or (?P<b>{_SIDE}){_END}",
        rf"^(?:is|are) (?P<a>{_SIDE}) or (?P<b>{_SIDE}) (?:better|worse|faster|slower|larger"
        rf"|smaller|cheaper)\b",
    )
)
_FRAME = re.compile(r"^(?:the|an?|what (?:is|are)(?: the)?)\s+", re.IGNORECASE)


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


def read_question(text: str) -> Question:
    """Return what the words of a question ask for, by fixed rules."""
    text = " ".join(text.split())
    found = tuple(entity for entity in entities_in(text) if not _is_counted(entity, text))
    credited = tuple(entity for entity in found if _credits(entity, text))
    entities = tuple(entity for entity in found if entity not in credited)
    kind = _kind(text)
    subjects = subjects_of(text) if kind in _OF_ONE_SUBJECT else ()
    measured = bool(_MEASURE.search(text)) and not text.endswith("?")
    return Question(
        text=text,
        kind=kind,
        entities=entities,
        credited=credited,
        words=_words_outside(text, found),
        wants_number=kind == "number" or measured,
        figures=frozenset(figures_in(text)),
        sides=_sides(text, entities),
        subjects=subjects,
    )


def _is_counted(entity: Entity, text: str) -> bool:
    """Tell whether it is asked how many there are of a thing: "how many GPUs ...?"."""
    return _COUNTED.search(text[: text.find(entity.text)]) is not None


def figures_in(text: str) -> Iterator[str]:
    """Yield the numbers that say how much; not those of names (GPT-4, word2vec)."""
    return (match.group() for match in _FIGURE.finditer(text))


def _kind(text: str) -> QuestionKind:
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return "definition" if subjects_of(text) else "topic"


def _words_outside(text: str, names: tuple[Entity, ...]) -> tuple[str, ...]:
    """Return the content words that stand outside the names, one of each stem."""
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


def subjects_of(text: str) -> tuple[str, ...]:
    """Return the ways to read what a question wants defined: whole, without what only says its kind
    or which of them, and cut at the first preposition.
    """
    if working := _WORKING.match(text):
        return tuple(filter(_may_be_subject, [_bare(working["a"] or working["b"])]))
    match = _DEFINITION.match(_CLAUSES.sub("", text))
    if not match:
        return ()
    whole = _AUXILIARY.sub("", match["subject"])
    cut = _AUXILIARY.sub("", _REST.sub("", match["subject"]))
    named = _OF_NAME.fullmatch(whole) is not None or _NAMED_AFTER.search(whole) is not None
    readings = [cut]
    if named:
        readings = [whole, _NAMED_AFTER.sub("", whole), cut]
    return tuple(filter(_may_be_subject, dict.fromkeys(map(_bare, readings))))


def _bare(reading: str) -> str:
    """Return a reading without article and quotation marks."""
    return _FRAME.sub("", reading).strip(" “”\"'’")


def compares(text: str) -> bool:
    """Tell whether a question asks of several things together."""
    return _SIDES.search(text) is not None


def _may_be_subject(reading: str) -> bool:
    return 0 < len(reading.split()) <= _SUBJECT_WORDS and bool(keywords(reading))


def _sides(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the things that a question compares: two phrases, else the names of a question of
    both.
    """
    for pattern in _COMPARED:
        if match := pattern.search(text):
            return tuple(map(Entity, _with_noun(match["a"], match["b"])))
    return entities if len(entities) > 1 and compares(text) else ()


def _with_noun(first: str, second: str) -> tuple[str, str]:
    """Give "soft" of "soft versus hard attention" the noun that it shares."""
    first, second = (_FRAME.sub("", side).strip(" ?.,") for side in (first, second))
    words = second.split()
    adjective = (
        len(first.split()) == 1 and len(words) == 2 and first.islower() and words[0].islower()
    )
    return (f"{first} {words[1]}", second) if adjective else (first, second)
