"""Prepare the standard streams: closed, full, or in an encoding without some letters."""

from __future__ import annotations

import codecs
import os
import sys

_QUOTES = dict.fromkeys("‘’‚‹›", "'") | dict.fromkeys("“”„«»", '"')
_DASHES = dict.fromkeys("‐‑–—−", "-") | {"→": "->", "←": "<-", "…": "...", "•": "*", "·": "."}
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d"}
_PLAIN = _QUOTES | _DASHES | _LETTERS | {"×": "x", "\u00a0": " "}


def prepare_streams() -> None:
    """Open what is closed, and let any text be written to any terminal."""
    _open_missing()
    codecs.register_error("litsearch", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a test may have put something else there
            # A file's name may be any bytes: UTF-8 writes "\\udce9", as JSON does.
            unicode = is_unicode(stream.encoding)
            stream.reconfigure(errors="backslashreplace" if unicode else "litsearch")


def is_unicode(encoding: str | None) -> bool:
    """Return True for an encoding that has every letter."""
    return codecs.lookup(encoding or "utf-8").name.startswith(("utf-8", "utf-16", "utf-32"))


def discard_output() -> None:
    """Throw away whatever is written from now on; what is still in a buffer is lost anyway."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _open_missing() -> None:
    """Open closed streams to nowhere: else a file of the library gets their number, and
    our words.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number, which is this one
        if getattr(sys, name) is None:
            stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Put the nearest plain letters in the place of those that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter) or _bare(letter) for letter in text), error.end


def _bare(letter: str) -> str:
    """Return a letter without its marks, or a question mark."""
    import unicodedata  # 1 ms, which a terminal with UTF-8 does not need

    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
    return bare or "?"
