"""Tell which links and titles of a list became no entry, and why: nothing is lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import unquote

from litsearch.lists import urls
from litsearch.lists.fields import squeeze
from litsearch.reports import Dropped
from litsearch.types import Entry

MAX_SHOWN = 200  # characters of a line or address
MAX_DROPPED = 10_000

_ADDRESS = re.compile(r"(?:https?|file)(?::|%3A)(?:\\?/|%2F)[^\s<>\"'`|{}]{2,2000}", re.IGNORECASE)
_TARGET = re.compile(r"\]\(([^()\s]{1,500})\)")
_NO_PAGE = re.compile(r"(?:mailto|tel|javascript|data):", re.IGNORECASE)
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_ITEM = re.compile(r"^\s{0,12}(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_CLOSED = re.compile(
    r"\W*(?:licen|contribut|thanks|acknowledg|credit|sponsor|support|contact)", re.IGNORECASE
)
_ESCAPES = (
    ("\\/", "/"),
    ("\\u003d", "="),
    ("\\u0026", "&"),
    ("\\_", "_"),
    ("\\%", "%"),
    ("\\&", "&"),
)


def dropped_lines(text: str, path: str, entries: Sequence[Entry]) -> list[Dropped]:
    """Return every link of a text that is no entry and belongs to none, and every item of a list
    whose words stand in no field of an entry."""
    known = _known_addresses(entries)
    marked = path.lower().endswith((".md", ".markdown", ".txt", ".mdown", ".mkd")) or path == "-"
    dropped: list[Dropped] = []
    fenced = False
    heading = ""
    words = _Words(entries)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        fenced ^= marked and bool(_FENCE.match(line))
        title = _HEADING.match(line) if marked and not fenced else None
        heading = title[1] if title else heading
        found = list(_links(line, known, fenced=fenced, heading=heading, marked=marked))
        item = (
            _ITEM.match(line) if marked and not fenced and not found and "](" not in line else None
        )
        if item and "://" not in line and not words.hold(number, item[1]):
            found = [(squeeze(item[1]), "it names no link, author or year")]
        for shown, reason in found:
            dropped.append(Dropped(path, number, shown[:MAX_SHOWN], reason))
        if len(dropped) >= MAX_DROPPED:
            break
    return dropped


def _known_addresses(entries: Iterable[Entry]) -> set[str]:
    addresses: set[str] = set()
    for entry in entries:
        if entry.url:
            addresses.add(_plain(entry.url))
        for _, value in entry.extra:
            addresses.add(_plain(value))
    return addresses


def _plain(address: str) -> str:
    """Return an address in the one form in which all spellings of it are compared."""
    for escape, sign in _ESCAPES:
        address = address.replace(escape, sign)
    address = unquote(unescape(address)).lower().removeprefix("file:")
    address = re.sub(r"^https?:/+(?:www\.)?", "", address)
    return address.rstrip("/.,;:!?)]}*_~\"'\\>，。；、！？）】》」』")


def _links(
    line: str, known: set[str], *, fenced: bool, heading: str, marked: bool
) -> Iterator[tuple[str, str]]:
    """Yield the links of a line that no entry has, each with the reason."""
    place = _place(line, fenced=fenced, heading=heading)
    for match in _ADDRESS.finditer(line):
        address = match[0]
        spellings = {_plain(address), _plain(address.split("](")[0]), _plain(address.split(")")[0])}
        if spellings & known or any(_plain(inner) in known for inner in _inside(address)):
            continue
        reason = _reason(address) or place
        yield address.split("](")[0].rstrip(").,;]"), reason
    for match in _TARGET.finditer(line) if marked else ():
        target = match[1]
        if "://" in target and not target.startswith(("http", "file")):
            yield target, "it opens a program, not a page"
        elif _NO_PAGE.match(target) or (urls.is_local(target) and _plain(target) not in known):
            yield target, "it leads to no page"


def _inside(address: str) -> list[str]:
    """Return the addresses within one, as those that only redirect hold them."""
    unwrapped = urls.as_url(unescape(address))
    return [unwrapped] if unwrapped else []


def _reason(address: str) -> str:
    """Return why an address is no work, whatever line it stands in; "" when it could be one."""
    url = urls.as_url(address.rstrip(").,;]"))
    if url is None:
        return "it is no address of a page"
    if not urls.is_work(url, ""):
        return "it is a picture, a badge or a button"
    return "it is the page of a person" if urls.is_profile(url, "") else ""


def _place(line: str, *, fenced: bool, heading: str) -> str:
    """Return why nothing on a line is a work."""
    if fenced or (line.startswith(("    ", "\t")) and "](" not in line):
        return "it stands in code"
    if _CLOSED.match(heading):
        return f"it stands under the heading {squeeze(heading)[:40]!r}"
    if "<!--" in line or "%%" in line:
        return "it stands in a comment"
    return "its line was not understood as a work"


class _Words:
    """The words of entries by line, to tell whether an item without a link stands in any of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._lines = [entry.line for entry in entries]
        self._entries = entries

    def hold(self, number: int, item: str) -> bool:
        """Return True when an entry at or around a line has the item's words in one of its fields."""
        at = bisect_right(self._lines, number)
        start = _letters(item)[:30]
        near = self._entries[max(0, at - 3) : at + 3]
        if any(entry.line == number for entry in near) or not start:
            return True
        return any(start in _letters(_all_words(entry)) for entry in near)


def _all_words(entry: Entry) -> str:
    return " ".join([entry.title, entry.remark, entry.topic, *entry.section, *entry.authors])


def _letters(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalnum())
