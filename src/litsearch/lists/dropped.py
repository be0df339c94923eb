"""Tell which links and titles of a list became no entry, and why: nothing is lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from litsearch.lists import urls
from litsearch.lists.fields import squeeze
from litsearch.patterns import expression
from litsearch.reports import Dropped
from litsearch.types import Entry

MAX_SHOWN = 200  # characters of a line or address
MAX_DROPPED = 10_000

_ADDRESS = expression(r"(?:https?|file)(?::|%3A)(?:\\?/|%2F)[^\s<>\"'`|{}]{2,2000}", re.IGNORECASE)
# Names of formats in XML and HTML, which look like addresses.
_DECLARED = expression(
    r"\b(?:xmlns(?::[\w.-]{1,40})?|\w{1,20}:schemaLocation)\s{0,9}=\s{0,9}"
    r"(?P<quote>[\"'])[^\"'<>]{0,2000}(?P=quote)|<!DOCTYPE[^>]{0,500}>",
    re.IGNORECASE,
)
_INVISIBLE = expression("[\u200b-\u200f\u2060\ufeff]")
_BEHIND = expression("[，。；、！？：（）【】《》「」『』“”’،؛؟।…]")  # what no address holds
_TARGET = expression(r"\]\(([^()\s]{1,500})\)")
_NO_PAGE = expression(r"(?:mailto|tel|javascript|data):", re.IGNORECASE)
_FENCE = expression(r"^\s{0,3}(?:```|~~~)")
_ITEM = expression(r"^\s{0,12}(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$")
_HEADING = expression(r"^#{1,6}\s+(.*)$")
_CLOSED = expression(
    r"\W*(?:licen|contribut|thanks|acknowledg|credit|sponsor|support|contact)", re.IGNORECASE
)
_MARKED = (".md", ".markdown", ".txt", ".mdown", ".mkd")
_ESCAPES = (
    ("\\/", "/"),
    ("\\u003d", "="),
    ("\\u0026", "&"),
    ("\\_", "_"),
    ("\\%", "%"),
    ("\\&", "&"),
)


def dropped_lines(text: str, path: str, entries: Sequence[Entry]) -> list[Dropped]:
    """Return what of a text became no entry: links that belong to none, and items of a list.

    An item counts when its words stand in no field of an entry.
    """
    addresses = _known_addresses(entries)
    words = _Words(entries)
    marked = path == "-" or path.lower().endswith(_MARKED)
    dropped: list[Dropped] = []
    undeclared = _DECLARED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for line in _lines(undeclared, marked=marked):
        lost = list(_links(line, addresses)) or _item(line, words)
        for shown, reason in lost:
            dropped.append(Dropped(path, line.number, shown[:MAX_SHOWN], reason))
        if len(dropped) >= MAX_DROPPED:
            break
    return dropped


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and where it stands."""

    number: int
    text: str
    heading: str  # above it
    fenced: bool  # it is code
    marked: bool  # it is Markdown


def _lines(text: str, *, marked: bool) -> Iterator[_Line]:
    heading = ""
    fenced = False
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        fenced ^= marked and bool(_FENCE.match(line))
        title = _HEADING.match(line) if marked and not fenced else None
        heading = title[1] if title else heading
        yield _Line(number, line, heading, fenced, marked)


def _item(line: _Line, words: _Words) -> list[tuple[str, str]]:
    """Return the words of an item that no entry has, with the reason."""
    if not line.marked or line.fenced or "](" in line.text or "://" in line.text:
        return []
    item = _ITEM.match(line.text)
    if item is None or words.hold(line.number, item[1]):
        return []
    return [(squeeze(item[1]), "it names no link, author or year")]


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


def _links(line: _Line, addresses: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the links of a line that no entry has, each with the reason."""
    place = _place(line)
    for match in _ADDRESS.finditer(line.text):
        address = match[0]
        if not _is_known(address, addresses):
            shown = address.split("](")[0].rstrip(").,;]")
            yield shown, _reason(address) or place
    for match in _TARGET.finditer(line.text) if line.marked else ():
        reason = _reason_of_target(match[1], addresses)
        if reason:
            yield match[1], reason


def _reason_of_target(target: str, addresses: set[str]) -> str:
    """Return why the target of a Markdown link is no work; "" when it is one, or an address."""
    if "://" in target and not target.startswith(("http", "file")):
        return "it opens a program, not a page"
    if _NO_PAGE.match(target) or (urls.is_local(target) and _plain(target) not in addresses):
        return "it leads to no page"
    return ""


def _is_known(address: str, addresses: set[str]) -> bool:
    """Tell whether an entry has an address, however it is written, or the one within it."""
    address = _INVISIBLE.sub("", address)
    spellings = [address, address.split("](")[0], address.split(")")[0], *_inside(address)]
    spellings.append(_BEHIND.split(address)[0])
    return not addresses.isdisjoint(map(_plain, spellings))


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


def _place(line: _Line) -> str:
    """Return why nothing on a line is a work."""
    if line.fenced or (line.text.startswith(("    ", "\t")) and "](" not in line.text):
        return "it stands in code"
    if _CLOSED.match(line.heading):
        return f"it stands under the heading {squeeze(line.heading)[:40]!r}"
    if "<!--" in line.text or "%%" in line.text:
        return "it stands in a comment"
    return "its line was not understood as a work"


class _Words:
    """The words of entries by line, to tell whether an item stands in any of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._lines = [entry.line for entry in entries]
        self._entries = entries

    def hold(self, number: int, item: str) -> bool:
        """Return True when an entry near a line has the item's words in one of its fields."""
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
