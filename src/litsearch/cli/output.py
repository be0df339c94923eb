"""Write what commands say: data on stdout, messages and progress on stderr, nothing raw.

Bold, dim and links appear only on a terminal, and lines keep within its width.
"""

from __future__ import annotations

import codecs
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from litsearch.views.escapes import for_json_line, printable

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from typing import Any

    from litsearch.protocols import Progress

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


NOTE = 60  # characters of what is being worked on
MINUTE = 60.0  # seconds


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Yield what stages report to: a bar on a terminal, plain lines elsewhere."""
    dumb = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty() and not dumb:
        with _bar() as show:
            yield show
    else:
        yield plain_progress()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int, note: str = "") -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, note="")
            bars.update(tasks[stage], completed=done, total=total, note=printable(note)[:NOTE])

        yield show


def plain_progress() -> Progress:
    """Return what says every tenth of a stage on a line of its own, and one a minute where that
    takes long.
    """
    shown: dict[str, tuple[int, float]] = {}

    def show(stage: str, done: int, total: int, note: str = "") -> None:
        """Say how far a stage is, when it is time."""
        tenth, now = 10 * done // max(total, 1), time.monotonic()
        before, since = shown.get(stage, (-1, now))
        if tenth != before or now - since >= MINUTE:
            shown[stage] = tenth, now
            say(f"{stage}: {done} of {total}")

    return show
