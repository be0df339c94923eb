"""What a language model is told: the files in prompts/, filled with a question and passages, or
with a quote and a claim.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from textwrap import shorten

from litsearch.patterns import expression

LONGEST_QUESTION = 1_000  # characters
LONGEST_TITLE = 60  # characters
# Of a paper: [25], (Smith et al., 2021; Lee, 2019). A model copies them, and is slow to read them.
_REFERENCE = expression(
    r"\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]"
    r"|\s*\((?:see |e\.g\.,? )?[A-Z][^()]{0,300}?,? (?:19|20)\d\d[a-z]?(?:;[^()]{0,300})?\)"
)
_JUDGING = ("judge.txt", "judge_examples.jsonl")
CLAIM = "\n\nClaim: "  # between quote and claim; a quote is one line, so it cannot say it
# What strangers write must neither look like a marker, nor like the turns of a chat (<|im_end|>,
# [INST], </s>).
_TAMED = str.maketrans({"[": "(", "]": ")", "<": "< "})

Message = dict[str, str]  # role and content


def answer_messages(
    question: str, passages: Sequence[str], *, marked: bool = True
) -> list[Message]:
    """Return the messages that ask for an answer. Only the last depends on the question.

    passages: a line with the title of the source, then the text. marked: each sentence is to end
    with the number of its passage, which costs a small model time.
    """
    system = _file("answer.txt")
    if marked:
        system = f"{system}\n{_file('markers.txt')}"
    request = _file("question.txt").format(
        passages="\n".join(_listed(passages, marked=marked)),
        question=tame(question)[:LONGEST_QUESTION],
    )
    return [_message("system", system), _message("user", request)]


def _listed(passages: Sequence[str], *, marked: bool) -> Iterator[str]:
    """Yield each text, marked with its number behind: whoever copies it, copies the marker with it.
    A title stands before the first of neighbours that share it, since a text says "we" and "the
    model".
    """
    before = ""
    for n, passage in enumerate(passages, 1):
        title, newline, text = passage.partition("\n")
        if not newline:
            title, text = "", passage
        if title and title != before:
            yield f"From {shorten(tame(title), LONGEST_TITLE, placeholder='…')}:"
        before = title
        bare = f"- {tame(_REFERENCE.sub('', text))}"
        yield f"{bare} [{n}]" if marked else bare


def judge_messages(quote: str, claim: str) -> list[Message]:
    """Return the messages that ask whether a quote says all that a claim says: "Yes" or "No".

    Examples come first, as turns of the chat. Only the last message depends on quote and claim.
    """
    messages = [_message("system", _file("judge.txt"))]
    for example in _examples():
        messages.append(_message("user", _pair(example["quote"], example["claim"])))
        messages.append(_message("assistant", example["verdict"]))
    return [*messages, _message("user", _pair(tame(quote), tame(claim)))]


def tame(text: str) -> str:
    """Return a stranger's text on one line, without anything that a prompt's own marks could be
    mistaken for.
    """
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.translate(_TAMED).split())


def fingerprint() -> str:
    """Return what tells these prompts from others."""
    return _digest("answer.txt", "markers.txt", "question.txt", *_JUDGING)


def judge_fingerprint() -> str:
    """Return what tells the prompt of a judge from others: its calibration holds for it alone."""
    return _digest(*_JUDGING)


@cache
def _digest(*names: str) -> str:
    return hashlib.sha256("\0".join(map(_file, names)).encode()).hexdigest()[:8]


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _pair(quote: str, claim: str) -> str:
    return f"Quote: {quote}{CLAIM}{claim}"


@cache
def _examples() -> tuple[dict[str, str], ...]:
    return tuple(json.loads(line) for line in _file("judge_examples.jsonl").splitlines())


@cache
def _file(name: str) -> str:
    return files("litsearch.models").joinpath("prompts", name).read_text("utf-8").strip()
