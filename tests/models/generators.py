"""Generators that behave, crash, hang and lie; a module of their own, because another process loads
them by name.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Sequence

from litsearch.errors import ModelUnavailable, PromptTooLong
from litsearch.protocols import Pieces

# A sentence of the tests' first quote.
COPY = "Fernadapt trains 40 times fewer weights than Mossnet. [1]\n"


class Scripted:
    """Does what the question says."""

    name = "scripted"
    parameters = (("seed", 7),)

    def generate(self, asked: str, quotes: Sequence[str]) -> Pieces:
        question = asked.removesuffix("?")
        yield COPY if question == "copying" else "One "
        if question == "crash":
            ctypes.string_at(0)
        elif question == "exit":
            os._exit(3)
        elif question == "hang":
            time.sleep(600)
        elif question == "too long":
            raise PromptTooLong("too long", "shorter")
        elif question == "bug":
            raise KeyError("what nobody thought of")
        elif question in ("for ever", "slowly", "copying"):
            while True:
                time.sleep(0.001 if question == "for ever" else 0.05)
                yield "and on "
        elif question == "who":
            yield str(os.getpid())
        elif question == "in other words":
            yield "\nFernadapt keeps 12 layers frozen [1]."
            return
        yield f"of {len(quotes)} [1]."

    def entails(self, premise: str, hypothesis: str) -> float:
        """Know nothing."""
        return 0.5

    def close(self) -> None:
        pass


def scripted() -> Scripted:
    return Scripted()


def missing() -> Scripted:
    raise ModelUnavailable("no such model", "get one")


def broken() -> Scripted:
    raise OSError("half a file")


def dying() -> Scripted:
    ctypes.string_at(0)
    return Scripted()
