"""Follow-up questions made whole by the turns before them: no model, always the same way.

"and how does it differ from LoRA?" after "what is DoRA?" asks "how does DoRA differ from LoRA?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from litsearch.answers.catalogue_question import read_catalogue_question
from litsearch.answers.chitchat import is_smalltalk
from litsearch.answers.listed import listed_item, names_works, on_listed_works
from litsearch.answers.question import read_question
from litsearch.patterns import expression
from litsearch.text import keywords
from litsearch.types import Turn

MOST_TURNS = 20  # looked back at
MOST_ANSWERS = 3  # among which a list is looked for that "the second one" is of
FEW_WORDS = 2  # content words of a question that cannot stand alone

_JOINER = expression(
    r"^\W*(?:(?:and|but|so|or|then|also|ok(?:ay)?|hm+|well|right|now|i see|yes|no)\b[\s,.!;:]*)+",
    re.IGNORECASE,
)
_PRONOUN = expression(
    r"\b(?:(?P<owner>its|their|theirs|his|her)"
    r"|(?P<thing>it|they|them|he|she|this|that|these|those|the (?:former|latter|same)"
    r"|(?:the|this|that) (?:method|paper|article|approach|technique|model|algorithm|term"
    r"|idea|essay|post|work|author)s?"
    r"(?=\W*$|\s+(?:mean|work|do|say|claim|argue|about)\b)))\b"
    r"(?!['’]?s?\s+(?:method|paper|article|model|approach|technique)\b)",
    re.IGNORECASE,
)
_INSTEAD = expression(
    r"^(?:(?:what|how) about|(?:and )?(?:the )?same(?: question| thing)?(?= for)"
    r"|(?:and|or)(?: what about| how about)?)(?: (?P<relation>for|in|with|on))?"
    r"\s+(?P<other>[^?]{1,120}?)\s*\??$",
    re.IGNORECASE,
)
_BARE = expression(
    r"^(?P<ask>why(?: not)?|how(?: come| so| exactly)?|when|where|who|by whom"
    r"|since when)(?: (?:is|was) that)?\W*$",
    re.IGNORECASE,
)
_MORE = expression(
    r"^(?:please )?(?:(?:can|could) you )?(?:tell me (?:some )?more|more(?: please| details?"
    r"| info\w*)?|go on|continue"
    r"|what else|anything else|elaborate|explain (?:it |this |that )?(?:more|further|again"
    r"|in (?:more )?detail"
    r"|more simply|simply|better)|in more detail|in other words|simply put)"
    r"(?: about (?:it|this|that|them))?\W*$",
    re.IGNORECASE,
)
_EXAMPLE = expression(
    r"^(?:(?:please )?(?:(?:can|could) you )?(?:(?:give|show)(?: me)? |what(?:['’]s| is| are) )?"
    r"(?:(?:an?|some|any|another|for|the) )?examples?(?: of (?:it|this|that|them))?(?: please)?"
    r"|for instance|such as(?: what)?|like what|e\.?g)\W*$",
    re.IGNORECASE,
)
_CREATED = expression(
    r"^who (?P<verb>wrote|invented|created|made|proposed|introduced|developed|built|coined"
    r"|founded)\s+(?P<what>.+?)\W*$",
    re.IGNORECASE,
)
_OF_TOPIC = {"how": "how does {} work?"}
_PAST = {"wrote": "written", "made": "made", "built": "built"}
_ASKS = expression(
    r"^(?:what|who|how|why|when|where|which)(?:['’]s)?\s+(?P<verb>is|are|was|were|does|do"
    r"|did|can|could|should|has|have)\b",
    re.IGNORECASE,
)
_DOES = expression(
    r"^\W*(?:how|why|when|where|what) (?:does|do|did|is|are|was|were|can)\s+(?:(?:the"
    r"|an?)\s+)?(?P<rest>.+)$",
    re.IGNORECASE,
)
_OF_ITS_OWN = expression(  # "and what does it cost?" asks in words of its own
    r"(?:what|who|whose|how|why|when|where|which|is|are|was|were|does|do|did|can)\b(?! about\b)",
    re.IGNORECASE,
)
_JOINS = expression(r"\b(?:and|or|but)\b|[,;]", re.IGNORECASE)
_TWO_ARTICLES = expression(r"\b(?:the|an?)\s+((?:the|an?)\s)", re.IGNORECASE)
_ELLIPSIS = expression(  # "on how many GPUs?"
    r"(?:on|in|at|by|for|with|to|from|of) (?:how|what|which|whom)\b", re.IGNORECASE
)
_WHICH = expression(r"^(?:and )?which (?:one|of (?:them|the two|these)|is|has)\b", re.IGNORECASE)
_BOTH = expression(
    r"\b(?:both(?: of them)?|the two|(?:they|them|these)(?=.{0,40}\b(?:compare|differ\w*|alike"
    r"|relate\w*|have in common)\b)|(?<=between )(?:them|these))\b",
    re.IGNORECASE,
)
_ASPECT = expression(  # of a thing, rather than another thing
    r"(?:the )?(?:memory|costs?|prices?|speed|latency|accuracy|quality|performance|size|limits"
    r"|limitations|drawbacks|(?:dis)?advantages|benefits|risks|applications|uses|training|inference"
    r"|results|evaluation|data|safety|parameters)",
    re.IGNORECASE,
)
# "What are the drawbacks?", which says not of what.
_RELATION = expression(
    r"^(?P<ask>(?:what(?:['’]s| is| are| were)|which(?: are)?|(?:are|is) there|any|list|name"
    r"|explain|describe)\s+(?:(?:some|any|the|main|other|possible) )*(?:(?:dis)?advantages?"
    r"|benefits?|drawbacks?|downsides?|limitations?|limits|weakness(?:es)?|strengths?|pros(?: and"
    r" cons)?|cons|problems?|challenges|risks?|trade-?offs?|alternatives?|applications?|uses"
    r"|use cases|types|kinds|variants|steps|stages|components|parts|costs?|requirements"
    r"|consequences|implications|causes|reasons))\W*$",
    re.IGNORECASE,
)
_EDITION = expression(r"(?:the )?(?:version|v|release|edition) ?\d[\d.]*", re.IGNORECASE)
_ADDRESSED = expression(r"^(?:do|are|can|could|would|will) you\b", re.IGNORECASE)
_VERBS = frozenset(
    "work works help find learn train use improve reduce compute decide build save store"
    " work used trained made"
    " computed calculated built help happen matter differ perform scale fail run".split()
)
# "a tyre change" in "How much is a tyre change for the Model 3?": what another thing can stand for.
_THING = expression(
    r"\b(?:an?|the|any)\s+[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}?(?=\s+(?:for|of|in|on|with|to"
    r"|from|at|by)\b|\s*\?|$)"
)


@dataclass(frozen=True, slots=True)
class _Memory:
    """What a question may lean on: the one before it, made whole; the topics so far and the
    answers, latest first.
    """

    earlier: str = ""
    listed: str = ""  # the last question that the catalog answered with names of works
    topics: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """Return what is being talked about, by its longest name so far."""
        topic = topic_of(self.earlier)
        longer = (name for name in self.topics if topic in name and name in self.earlier)
        return max(longer, key=len, default=topic)


def resolve(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it leaves to earlier turns (oldest first); unchanged when it
    stands alone.
    """
    memory = _Memory()
    for turn in turns[-MOST_TURNS:]:
        if not is_smalltalk(turn.question):
            memory = _remembered(turn, memory)
    return _whole(question, memory)


def shown_in(turns: Sequence[Turn]) -> list[str]:
    """Return what was answered before, with the quotes that stood under it."""
    return [text for turn in turns for text in (turn.answer, *turn.quotes) if text]


def topic_of(text: str) -> str:
    """Return what a question is about: the work whose author or date it asks for, else SUBJECT
    of "what is SUBJECT?", or its first name where that is not in the subject, else "".
    """
    on_work = read_catalogue_question(text)
    if on_work is not None and on_work.title:
        return on_work.title
    question = read_question(text)
    if question.entities and question.entities[0].text not in question.subject:
        return question.entities[0].text
    return question.subject or _doer(text)


def _doer(text: str) -> str:
    """Return the one or two words after "how does": what does something."""
    match = _DOES.match(text)
    if match is None:
        return ""
    words = keywords(match["rest"])[:2]
    if len(words) == 2 and (words[1].lower() in _VERBS or f"{words[0]} {words[1]}" not in text):
        words = words[:1]
    return " ".join(words)


def _remembered(turn: Turn, before: _Memory) -> _Memory:
    """Return what the next turn leans on: this question, or one before if it has no topic."""
    earlier = _whole(turn.question, before)
    answers = (turn.answer, *before.answers) if turn.answer else before.answers
    if names_works(earlier):
        return replace(before, listed=earlier, answers=answers[:MOST_ANSWERS])
    if not topic_of(earlier):
        topic = topic_of(turn.answer) if turn.answer else ""
        earlier = before.earlier or (f"what is {topic}?" if topic else "")
    topics = dict.fromkeys([*_topics(earlier), *before.topics])
    return _Memory(earlier, topics=tuple(filter(None, topics)), answers=answers[:MOST_ANSWERS])


def _topics(question: str) -> list[str]:
    """Return the sides of a comparison, or else the topic of a question."""
    sides = [side.text for side in read_question(question).sides]
    return sides[::-1] or [topic_of(question)]


def _whole(question: str, memory: _Memory) -> str:
    """Return a question made whole by the one before it, which is whole already."""
    text = " ".join(question.split())
    if memory.listed and memory.answers:
        resolved = on_listed_works(text, memory.listed, memory.answers[0])
        if resolved:
            return resolved
    if not memory.topic or is_smalltalk(text):
        return question
    item = listed_item(text, memory.topic, memory.answers)
    if item:
        return item
    for rule in (_more, _bare, _instead, _several, _related):
        resolved = rule(text, memory)
        if resolved:
            return resolved
    return _with_topic(_JOINER.sub("", text), memory.topic) or question


def _more(text: str, memory: _Memory) -> str:
    """Resolve "tell me more" to the question before, to its topic where that asked for one fact;
    "an example?" to an example of its topic.
    """
    if _EXAMPLE.match(_JOINER.sub("", text)):
        return f"example of {memory.topic}"
    if not _MORE.match(text):
        return ""
    if read_question(memory.earlier).kind in ("person", "date", "place"):
        return f"what is {memory.topic}?"
    return memory.earlier


def _bare(text: str, memory: _Memory) -> str:
    """Resolve "why?" by the verb and object of the question before."""
    match = _BARE.match(_JOINER.sub("", text))
    if not match:
        return ""
    earlier, topic = memory.earlier, memory.topic
    ask = match["ask"].lower().removeprefix("since ").split()[0]
    if created := _CREATED.match(earlier):
        verb = created["verb"].lower()
        participle = _PAST.get(verb, verb)
        return f"{ask} was {created['what']} {participle}?"
    start = _ASKS.match(earlier)
    defines = bool(read_question(earlier).subject)
    if not start or defines:
        return _OF_TOPIC.get(ask, f"{ask} {{}}?").format(topic)
    return f"{ask} {earlier[start.start('verb') :]}"


def _instead(text: str, memory: _Memory) -> str:
    """Resolve "what about X?" by putting X in the place of a thing of the question before."""
    match = _INSTEAD.match(text)
    if not match or read_question(text).kind not in ("topic", "how", "definition"):
        return ""
    other, relation = match["other"], match["relation"]
    if _PRONOUN.search(other) or _OF_ITS_OWN.match(other):
        return ""
    earlier, topic = memory.earlier, memory.topic
    if other[:1].islower() and not read_question(other).entities:
        resolved = _of_common_words(other, relation or "", earlier, topic)
        if resolved:
            return resolved
    if topic.lower() not in earlier.lower():
        return ""
    changed = re.sub(re.escape(topic), lambda _: other, earlier, count=1, flags=re.IGNORECASE)
    return _TWO_ARTICLES.sub(r"\1", changed)


def _of_common_words(other: str, relation: str, earlier: str, topic: str) -> str:
    """Resolve "what about a service?", "and for code?", "what about memory?": what is no name takes
    the place of another thing, or is an aspect of the topic; "" when it may be a topic itself.
    """
    if _EDITION.fullmatch(other):
        return earlier.replace(topic, f"{topic} {other}")
    for thing in _THING.finditer(earlier):
        if topic.lower() not in thing.group().lower():
            return earlier[: thing.start()] + other + earlier[thing.end() :]
    if relation and not topic.islower() and read_question(earlier).subject:
        return f"{topic} {relation} {other}"
    return f"what about {other} of {topic}?" if _ASPECT.fullmatch(other) else ""


def _several(text: str, memory: _Memory) -> str:
    """Resolve "how do they compare?" and "which one is faster?" by the last two topics."""
    if len(memory.topics) < 2 or read_question(text).entities:
        return ""
    both = [memory.topics[1], memory.topics[0]]
    if _WHICH.match(text):
        return f"{text.rstrip(' ?')}, {' or '.join(both)}?"
    match = _BOTH.search(text)
    if match:
        return text[: match.start()] + " and ".join(both) + text[match.end() :]
    return ""


def _related(text: str, memory: _Memory) -> str:
    """Resolve "what are the drawbacks?" to those of the topic."""
    match = _RELATION.match(_JOINER.sub("", text))
    return f"{match['ask']} of {memory.topic}?" if match else ""


def _with_topic(text: str, topic: str) -> str:
    """Put the topic in the place of a pronoun, or behind a question of few words; "" when neither
    fits.
    """
    names = [entity.text for entity in read_question(text).entities]
    match = _PRONOUN.search(text)
    if match and not _is_compound(text[: match.start()], names):
        subject = f"{topic}'s" if match["owner"] else topic
        return text[: match.start()] + subject + text[match.end() :]
    if _ADDRESSED.match(text):
        return ""
    few = len(read_question(text).words) <= FEW_WORDS and not topic_of(text)
    few = few or bool(_ELLIPSIS.match(text))
    if few:
        return f"{text.rstrip(' ?')} {topic}?"
    return text if names else ""


def _is_compound(before: str, names: Sequence[str]) -> bool:
    """Tell whether the words before a pronoun name the thing: "what is X and how does it ...?"."""
    return _JOINS.search(before) is not None and any(name in before for name in names)
