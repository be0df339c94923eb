"""Follow-up questions made whole by the turns before them: no model, always the same way.

"and how does it differ from LoRA?" after "what is DoRA?" asks "how does DoRA differ from LoRA?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from litsearch.answers.catalogue_question import read_catalogue_question
from litsearch.answers.chitchat import is_smalltalk
from litsearch.answers.question import read_question
from litsearch.text import keywords
from litsearch.types import Turn

MOST_TURNS = 20  # looked back at
FEW_WORDS = 2  # content words of a question that cannot stand alone
ITEM_WORDS = 14  # of an item of an answer that "the second one" asks about

_JOINER = re.compile(r"^\W*(?:and|but|so|or|then|also|ok(?:ay)?)\b[\s,]*", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<owner>its|their|theirs|his|her)"
    r"|(?P<thing>it|they|them|he|she|this|that|these|those|the (?:former|latter|same)"
    r"|(?:the|this|that) (?:method|paper|article|approach|technique|model|algorithm|term"
    r"|idea|essay|post|work|author)s?"
    r"(?=\W*$|\s+(?:mean|work|do|say|claim|argue|about)\b)))\b"
    r"(?!['’]?s?\s+(?:method|paper|article|model|approach|technique)\b)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^(?:(?:what|how) about|(?:and|or)(?: what about| how about"
    r"| for)?)\s+(?P<other>[^?]{1,120}?)\s*\??$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?P<ask>why(?: not)?|how(?: come| so| exactly)?|when|where|who|by whom"
    r"|since when)(?: (?:is|was) that)?\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:please )?(?:(?:can|could) you )?(?:tell me (?:some )?more|more(?: please| details?"
    r"| info\w*)?|go on|continue"
    r"|what else|anything else|elaborate|explain (?:it |this |that )?(?:more|further|again"
    r"|in (?:more )?detail"
    r"|more simply|simply|better)|in more detail)"
    r"(?: about (?:it|this|that|them))?\W*$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"^(?:please )?(?:(?:can|could) you )?(?:(?:give|show)(?: me)? )?(?:an?|some|any|another"
    r"|for) examples?"
    r"(?: of (?:it|this|that|them))?(?: please)?\W*$",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "last")
_ORDINAL = re.compile(
    rf"^(?:(?:what|how) about |and |tell me (?:more )?about |explain "
    rf"|what is )?the (?P<which>{'|'.join(_ORDINALS)})"
    r"(?: one| point| step| item| part| thing)?\W*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*\[\d{1,3}\]")
_NUMBERED = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[•*-])\s+(?=\S)|\n+")
_CREATED = re.compile(
    r"^who (?P<verb>wrote|invented|created|made|proposed|introduced|developed|built|coined"
    r"|founded)\s+(?P<what>.+?)\W*$",
    re.IGNORECASE,
)
_PAST = {"wrote": "written", "made": "made", "built": "built"}
_ASKS = re.compile(
    r"^(?:what|who|how|why|when|where|which)(?:['’]s)?\s+(?P<verb>is|are|was|were|does|do"
    r"|did|can|could|should|has|have)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^\W*(?:how|why|when|where|what) (?:does|do|did|is|are|was|were|can)\s+(?:(?:the"
    r"|an?)\s+)?(?P<rest>.+)$",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(  # "and what does it cost?" asks in words of its own
    r"(?:what|who|whose|how|why|when|where|which|is|are|was|were|does|do|did|can)\b(?! about\b)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:and|or|but)\b|[,;]", re.IGNORECASE)
_TWO_ARTICLES = re.compile(r"\b(?:the|an?)\s+((?:the|an?)\s)", re.IGNORECASE)
_ELLIPSIS = re.compile(  # "on how many GPUs?"
    r"(?:on|in|at|by|for|with|to|from|of) (?:how|what|which|whom)\b", re.IGNORECASE
)
_VERBS = frozenset(
    "work works help find learn train use improve reduce compute decide build save store"
    " work used trained made"
    " computed calculated built help happen matter differ perform scale fail run".split()
)
# "a tyre change" in "How much is a tyre change for the Model 3?": what another thing can stand for.
_THING = re.compile(
    r"\b(?:an?|the|any)\s+[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}?(?=\s+(?:for|of|in|on|with|to"
    r"|from|at|by)\b|\s*\?|$)"
)


def resolve(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it leaves to earlier turns (oldest first); unchanged when it
    stands alone.
    """
    earlier, answer = "", ""
    for turn in turns[-MOST_TURNS:]:
        whole = _whole(turn.question, earlier, answer)
        if is_smalltalk(turn.question):
            continue
        earlier = _remembered(whole, earlier, turn)
        answer = turn.answer
    return _whole(question, earlier, answer)


def topic_of(text: str) -> str:
    """Return what a question is about: the work whose author or date it asks for, else its first
    name, else SUBJECT of "what is SUBJECT?", else "".
    """
    on_work = read_catalogue_question(text)
    if on_work is not None and on_work.title:
        return on_work.title
    read = read_question(text)
    if read.entities:
        return read.entities[0].text
    return read.subject or _doer(text)


def _doer(text: str) -> str:
    """Return the one or two words after "how does": what does something."""
    match = _DOES.match(text)
    if match is None:
        return ""
    words = keywords(match["rest"])[:2]
    if len(words) == 2 and (words[1].lower() in _VERBS or f"{words[0]} {words[1]}" not in text):
        words = words[:1]
    return " ".join(words)


def _remembered(whole: str, earlier: str, turn: Turn) -> str:
    """Return what the next turn leans on: this question, or one before if it has no topic."""
    if topic_of(whole):
        return whole
    if earlier:
        return earlier
    topic = topic_of(turn.answer) if turn.answer and not is_smalltalk(turn.question) else ""
    return f"what is {topic}?" if topic else ""


def _whole(question: str, earlier: str, answer: str) -> str:
    """Return a question made whole by the one before it, which is whole already."""
    text = " ".join(question.split())
    topic = topic_of(earlier)
    if not topic or is_smalltalk(text):
        return question
    for rule in (_ordinal, _more, _bare, _instead):
        resolved = rule(text, earlier, topic, answer)
        if resolved:
            return resolved
    return _with_topic(_JOINER.sub("", text), topic) or question


def _ordinal(text: str, earlier: str, topic: str, answer: str) -> str:
    """Resolve "the second one" to the words of the second item of the answer."""
    match = _ORDINAL.match(text)
    if not match or not answer:
        return ""
    items = _items(answer)
    which = match["which"].lower()
    place = _ORDINALS.index(which)
    if which == "last":
        place = len(items) - 1
    if place >= len(items):
        return ""
    words = items[place].split()[:ITEM_WORDS]
    return f"{topic}: {' '.join(words)}"


def _items(answer: str) -> list[str]:
    """Split an answer into its items: those that it numbers, else its quotes."""
    parts = [" ".join(part.split()) for part in _NUMBERED.split(_ITEM.sub("", answer))]
    listed = list(filter(None, parts[1:]))
    if len(listed) > 1:
        return listed
    quotes = map(str.strip, _ITEM.split(answer))
    return list(filter(None, quotes))


def _more(text: str, earlier: str, topic: str, answer: str) -> str:
    """Resolve "tell me more" to the question before, "an example?" to an example of its topic."""
    if _MORE.match(text):
        return earlier
    return f"example of {topic}" if _EXAMPLE.match(text) else ""


def _bare(text: str, earlier: str, topic: str, answer: str) -> str:
    """Resolve "why?" by the verb and object of the question before."""
    match = _BARE.match(_JOINER.sub("", text))
    if not match:
        return ""
    ask = match["ask"].lower().split()[0]
    if created := _CREATED.match(earlier):
        verb = created["verb"].lower()
        participle = _PAST.get(verb, verb)
        return f"{ask} was {created['what']} {participle}?"
    start = _ASKS.match(earlier)
    defines = bool(read_question(earlier).subject)
    if not start or defines:
        return f"{ask} {topic}?"
    return f"{ask} {earlier[start.start('verb') :]}"


def _instead(text: str, earlier: str, topic: str, answer: str) -> str:
    """Resolve "what about X?" by putting X in the place of a thing of the question before."""
    match = _INSTEAD.match(text)
    if not match or read_question(text).kind not in ("topic", "how", "definition"):
        return ""
    other = match["other"]
    if _PRONOUN.search(other) or _OF_ITS_OWN.match(other):
        return ""
    if other[:1].islower() and not read_question(other).entities:
        for thing in _THING.finditer(earlier):
            if topic.lower() not in thing.group().lower():
                return earlier[: thing.start()] + other + earlier[thing.end() :]
    if topic.lower() not in earlier.lower():
        return ""
    changed = re.sub(re.escape(topic), lambda _: other, earlier, count=1, flags=re.IGNORECASE)
    return _TWO_ARTICLES.sub(r"\1", changed)


def _with_topic(text: str, topic: str) -> str:
    """Put the topic in the place of a pronoun, or behind a question of few words; "" when neither
    fits.
    """
    names = [entity.text for entity in read_question(text).entities]
    match = _PRONOUN.search(text)
    if match and not _is_compound(text[: match.start()], names):
        said = f"{topic}'s" if match["owner"] else topic
        return text[: match.start()] + said + text[match.end() :]
    few = len(read_question(text).words) <= FEW_WORDS and not topic_of(text)
    few = few or bool(_ELLIPSIS.match(text))
    if few:
        return f"{text.rstrip(' ?')} {topic}?"
    return text if names else ""


def _is_compound(before: str, names: Sequence[str]) -> bool:
    """Tell whether the words before a pronoun name the thing: "what is X and how does it ...?"."""
    return _JOINS.search(before) is not None and any(name in before for name in names)
