"""What a language model is asked: the question, and what an answer to one of its kind says."""

from __future__ import annotations

from litsearch.answers.question import read_question

# Small models answer a question for reasons or steps with talk about its topic.
_WISHES = {
    "definition": "Say what it is and what it does.",
    "why": "Give the reason.",
    "how": "Say how it is done.",
    "number": "Give the number and what it counts.",
    "person": "Say who.",
    "date": "Say when.",
    "place": "Say where.",
    "comparison": "Say how they differ.",
    "list": "Name all of them in one sentence.",
}


def asked(question: str) -> str:
    """Return a question as a model is asked it: with what an answer to one of its kind says."""
    wish = _WISHES.get(read_question(question).kind, "")
    return f"{question.rstrip(' ?.!')}? {wish}" if wish else question
