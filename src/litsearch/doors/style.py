"""How a terminal is written to: weight and links only where there is one, and no control characters of strangers."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap


def styled(text: str, code: str) -> str:
    """The text in a style (SGR code); plain off a terminal, and where NO_COLOR asks for it."""
    if not text or not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def bold(text: str) -> str:
    """What the eye should meet first."""
    return styled(text, "1")


def dim(text: str) -> str:
    """What is there when it is looked for."""
    return styled(text, "2")


def link(url: str) -> str:
    """An address that a terminal can open (OSC 8); plain off a terminal."""
    return styled(url, "2") if not url.startswith(("http://", "https://")) else _clickable(printable(url))


def _clickable(url: str) -> str:
    shown = dim(url)
    return shown if shown == url else f"\x1b]8;;{url}\x1b\\{shown}\x1b]8;;\x1b\\"


def printable(text: str) -> str:
    """Text of strangers without control characters, which could drive the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def wrapped(text: str, indent: str = "   ") -> str:
    """Paragraphs within the terminal's width, 100 columns at most."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    paragraphs = printable(text).split("\n")
    return "\n".join(textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent) for p in paragraphs if p)


def say(line: str) -> None:
    """A message on stderr, beside the data."""
    print(printable(line), file=sys.stderr, flush=True)
