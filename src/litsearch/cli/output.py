"""Write what commands say: JSON and text on stdout, messages on stderr, nothing raw of strangers.

Bold, dim and links appear only on a terminal, and lines keep within its width.
"""

from __future__ import annotations

import os
import sys

from litsearch.cli.streams import is_unicode
from litsearch.views.escapes import for_json_line, printable

WIDEST, NARROWEST = 100, 20  # columns

_PLURALS = {
    "entry": "entries",
    "pass": "passes",
    "unpublished copy": "unpublished copies",
}


def print_json(value: object) -> None:
    """Print one JSON value on a line of stdout."""
    import json

    ascii_only = not is_unicode(getattr(sys.stdout, "encoding", None))
    print(for_json_line(json.dumps(value, ensure_ascii=ascii_only)))


def say(line: str) -> None:
    """Print a message on stderr, beside the data."""
    print(printable(line), file=sys.stderr, flush=True)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 source", "2 entries"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {_PLURALS.get(noun, noun + 's')}"


def bold(text: str) -> str:
    """Mark what the eye should meet first."""
    return _styled(text, "1")


def dim(text: str) -> str:
    """Mark what is there when it is looked for."""
    return _styled(text, "2")


def link(url: str) -> str:
    """Return an address that a terminal can open (OSC 8); plain off a terminal."""
    shown = printable(url)
    text = dim(shown)
    if text == shown or not shown.startswith(("http://", "https://")):
        return text
    return f"\x1b]8;;{shown}\x1b\\{text}\x1b]8;;\x1b\\"


def wrapped(text: str, indent: str = "   ") -> str:
    """Wrap paragraphs to the terminal's width."""
    from textwrap import fill

    width = _width()
    paragraphs = [paragraph for paragraph in printable(text).split("\n") if paragraph]
    return "\n".join(
        fill(paragraph, width, initial_indent=indent, subsequent_indent=indent)
        for paragraph in paragraphs
    )


def _width() -> int:
    from shutil import get_terminal_size

    return max(NARROWEST, min(get_terminal_size((WIDEST, 24)).columns, WIDEST))


def _styled(text: str, code: str) -> str:
    """Return the text in a style (SGR code); plain off a terminal, and where it is not wanted."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    if not text or plain or not sys.stdout.isatty():
        return text
    return f"\x1b[{code}m{text}\x1b[0m"
