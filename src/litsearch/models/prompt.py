"""What a language model is told: the files in prompts/, filled with a question and numbered quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

LONGEST_QUESTION = 1_000  # characters
# What strangers write must neither look like a marker, nor like the turns of a chat (<|im_end|>,
# [INST], </s>).
_TAMED = str.maketrans({"[": "(", "]": ")", "<": "< "})


def instructions() -> str:
    """What the model is told first, the same for every question, so that it is read only once."""
    return _file("answer.txt")


def request(question: str, quotes: Sequence[str]) -> str:
    """The quotes and the question. Numbers stand behind the quotes: whoever copies one, copies its
    marker with it.
    """
    numbered = "\n".join(f"- {tame(quote)} [{n}]" for n, quote in enumerate(quotes, 1))
    return _file("question.txt").format(quotes=numbered, question=tame(question)[:LONGEST_QUESTION])


def tame(text: str) -> str:
    """A stranger's text on one line, without anything that a prompt's own marks could be mistaken
    for.
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).translate(_TAMED).split())


@cache
def fingerprint() -> str:
    """What tells these prompts from others."""
    return hashlib.sha256(f"{_file('answer.txt')}\0{_file('question.txt')}".encode()).hexdigest()[
        :8
    ]


@cache
def _file(name: str) -> str:
    return files("litsearch.models").joinpath("prompts", name).read_text("utf-8").strip()
