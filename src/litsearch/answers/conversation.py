"""Questions that lean on earlier ones, made whole by the names of those: no model, always the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litsearch.answers.question import read_question
from litsearch.types import Turn

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
    """The question with what it leaves to earlier turns (oldest first); unchanged when it stands alone.

    "and how does it differ from LoRA?" after "what is DoRA?" asks "how does DoRA differ from LoRA?".
    """
    earlier = ""
    for turn in turns[-MOST_TURNS:]:
        asked = _whole(turn.question, earlier)
        earlier = asked if topic_of(asked) else earlier or (f"what is {topic_of(turn.answer)}?" if turn.answer else "")
    return _whole(question, earlier)


def _whole(question: str, earlier: str) -> str:
    """A question after an earlier one that is whole already."""
    topic = topic_of(earlier)
    if not topic:
        return question
    text = _JOINER.sub("", " ".join(question.split()))
    if (instead := _INSTEAD.match(text)) and topic.lower() in earlier.lower():
        return re.sub(re.escape(topic), lambda _: instead["other"], earlier, count=1, flags=re.IGNORECASE)
    names = [name.text for name in read_question(text).names]
    match = _PRONOUN.search(text)
    if match and not any(name in text[: match.start()] for name in names):
        said = f"{topic}'s" if match["owner"] else topic
        return text[: match.start()] + said + text[match.end() :]
    if not names and len(read_question(text).words) <= FEW_WORDS:
        return f"{text.rstrip(' ?')} {topic}?"
    return text if text != question and names else question


def topic_of(text: str) -> str:
    """What a question is about: its first name, else the subject of "what is SUBJECT?"; "" when it has neither."""
    read = read_question(text)
    return read.names[0].text if read.names else read.subject
