"""Reads replies of models that were taught to write JSON: its sentences, with their markers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from litsearch.patterns import expression

_FENCE = expression(r"^\s*```\w*\s*|\s*```\s*$")
_BEGINNING = expression(r"\s*(?:```\w*\s*)?(?:\{\s*[\"}]|\[\s*[{\"])")
_TEXTS = "answer answers response text content sentence sentences statement claim result".split()
_SOURCES = "source sources passage passages citation citations marker markers reference id".split()


def is_json(reply: str) -> bool:
    """Tell whether a reply begins as JSON does: there is nothing to read before its end."""
    return _BEGINNING.match(reply) is not None


def told_in_json(reply: str) -> str:
    """Return the sentences in a reply, a line each; "" for what is no JSON, or tells none."""
    try:
        value = json.loads(_FENCE.sub("", reply))
    except (ValueError, RecursionError):
        return ""
    return "\n".join(_sentences(value))


def _sentences(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_sentences, value))
    elif isinstance(value, dict):
        fields = {str(name).casefold(): part for name, part in value.items()}
        marker = "".join(f" [{n}]" for name in _SOURCES for n in _numbers(fields.get(name)))
        for name in _TEXTS:
            for sentence in _sentences(fields.get(name)):
                yield f"{sentence}{marker}"


def _numbers(value: object) -> Iterator[int]:
    if isinstance(value, int) and 0 < value < 100:
        yield value
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_numbers, value))
