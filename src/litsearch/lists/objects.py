"""Find the works in nested objects, whatever program wrote them: JSON, JSON Lines or YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from litsearch.lists import markdown
from litsearch.lists.columns import role_of
from litsearch.lists.fields import clean_title
from litsearch.lists.phrases import word_set
from litsearch.lists.records import Record, address_of, by_role, entry_of
from litsearch.lists.urls import as_url
from litsearch.lists.values import text_of
from litsearch.patterns import expression
from litsearch.types import Entry

MAX_DEPTH = 40

# Names of containers that say nothing of what they hold.
_PLAIN = word_set(
    """
    items list lists data results bookmarks links children entries records roots collections cards
    response rows bookmark_bar other synced content documents works library feed feeds articles
    pages tabs tabgroups groups nodes edges hits docs papers bookmarksmenufolder checksum
    sync_metadata urls messages value values
    """
)
# What a work may hold that is no further work of the list.
_PARTS = word_set(
    """
    authors author tags labels highlights annotations citations references related recommendations
    attachments subtitles origin owner creators user publisher container alternate canonical
    enclosures media images reference link institution funder affiliation assertion license editor
    authorships concepts referenced_works related_works locations externalids openaccesspdf
    """
)
_PAGES = frozenset(["self", "next", "prev", "first", "last"])  # of an answer's own
_ROOTS = frozenset(["roots", "bookmark_bar", "other", "synced"])  # of Chrome


_TEXTS = ("string", "text", "textContent", "full_text", "body", "message", "selftext", "markdown")
_CHAT_LINK = expression(r"<(https?://[^|<>\s]+)\|([^<>]{1,300})>")  # Slack's
MAX_HEADING = 12  # words of a note that heads those below it


class Object(dict[str, Any]):
    """A JSON or YAML object, and the line on which it begins."""

    line: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A text within an object, as outliners, chats and boards keep it, which links works."""

    line: int
    text: str
    section: tuple[str, ...]


def entries_of(values: Iterable[Record | Note], path: str) -> Iterator[Entry]:
    """Yield the entries of records, and those of the links within notes."""
    for value in values:
        if isinstance(value, Note):
            yield from _entries_of_note(value, path)
        elif (entry := entry_of(value, path)) is not None:
            yield entry


def _entries_of_note(note: Note, path: str) -> Iterator[Entry]:
    text = note.text if "\n" in note.text.strip() else f"- {note.text.strip()}"
    for entry in markdown.parse(text, path):
        section = (*note.section, *entry.section)
        topic = entry.topic or "".join(section[-1:])
        yield replace(entry, line=note.line, section=section, topic=topic)


def works_of(value: Any, line: int = 1) -> Iterator[Record | Note]:
    """Yield the works of a value, in the list's order, each under the names of what holds it."""
    yield from _walk(value, (), line, 0, has_name=False)


def _walk(
    value: Any, section: tuple[str, ...], line: int, depth: int, *, has_name: bool
) -> Iterator[Record | Note]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if as_url(value):
            yield Record(line, {"url": value}, section)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _walk(item, section, line, depth + 1, has_name=True)
    elif isinstance(value, Mapping):
        line = getattr(value, "line", line)
        yield from _object(value, section, line, depth, has_name=has_name)


def _object(
    value: Mapping[str, Any], section: tuple[str, ...], line: int, depth: int, *, has_name: bool
) -> Iterator[Record | Note]:
    work = _work_of(value, depth)
    if work is not None:
        yield Record(line, work, section)
        return
    text = _text(value)
    if "://" in text:
        yield Note(line, text, section)
    own = _name(value, text, has_name=has_name)
    inside = (*section, *filter(None, [own]))
    for name, child in _children(value, text):
        key = "" if own else _name_of_key(name)
        below = (*inside, key) if key and _has_list(child) else inside
        yield from _walk(child, below, line, depth + 1, has_name=not key and name not in _ROOTS)


def _children(value: Mapping[str, Any], text: str) -> Iterator[tuple[str, Any]]:
    """Yield the lists and objects within an object that may hold works; text: its own words."""
    for name, child in value.items():
        is_part = name.lower() in _PARTS or (text and name in _TEXTS)
        if isinstance(child, list | Mapping) and not is_part:
            yield name, child


def _text(value: Mapping[str, Any]) -> str:
    """Return the text that an object holds, of one piece or of several; "" for none."""
    for name in _TEXTS:
        text = value.get(name)
        parts = text if isinstance(text, list) else [text]
        words = "".join(map(_words, parts))
        if words.strip():
            return _CHAT_LINK.sub(r"[\2](\1)", words)
    return ""


def _words(part: Any) -> str:
    """Return a piece of a text as Markdown: Telegram keeps links as objects."""
    if isinstance(part, str):
        return part
    if not isinstance(part, Mapping) or not isinstance(part.get("text"), str):
        return ""
    href = part.get("href")
    return f"[{part['text']}]({href})" if isinstance(href, str) else str(part["text"])


def _heading(text: str) -> str:
    """Return a short text without links, which heads what is nested below it; "" for others."""
    if "://" in text or len(text.split()) > MAX_HEADING:
        return ""
    return clean_title(text.replace("[[", "").replace("]]", ""))


def _work_of(value: Mapping[str, Any], depth: int) -> Mapping[str, Any] | None:
    """Return the fields of an object that is a work, or a pair of a title and an address."""
    if _is_work(value, depth) and not _holds_works(value):
        return value
    if len(value) != 1 or not depth:
        return None
    ((name, only),) = value.items()
    if name in _PAGES or not isinstance(only, str) or not as_url(only):
        return None
    return {"title": name, "url": only}


def _name_of_key(name: str) -> str:
    """Return what the key of a container says of what it holds."""
    return "" if name.lower() in _PLAIN or name.isdigit() else clean_title(name)


def _is_work(value: Mapping[str, Any], depth: int) -> bool:
    """Tell whether an object is one with an address, or with a title and what only works have."""
    values = by_role(value)
    titled = any(text_of(title) for title in values.get("title", []))
    if address_of(values) is not None:
        return depth > 0 or titled
    is_told = "authors" in values or "year" in values or "authors" in map(role_of, value)
    return titled and is_told and not _holds_works(value)


def _holds_works(value: Mapping[str, Any]) -> bool:
    """Tell whether an object holds a list of works: it is a folder, whatever address it has."""
    for name, child in value.items():
        is_list = isinstance(child, list) and name.lower() not in _PARTS
        if is_list and any(map(_names_work, child[:3])):
            return True
    return False


def _names_work(item: Any) -> bool:
    if not isinstance(item, Mapping):
        return False
    values = by_role(item)
    is_named = "title" in values or "name" in values or not {"title", "name"}.isdisjoint(item)
    return is_named and address_of(values) is not None


def _has_list(child: Any) -> bool:
    return isinstance(child, list) or any(isinstance(inner, list) for inner in child.values())


def _name(value: Mapping[str, Any], text: str, *, has_name: bool) -> str:
    """Return the name of a folder, or its text; "" for the roots of a program's own tree."""
    if not has_name or "root" in value or str(value.get("guid", "")).endswith("____"):
        return _heading(text)
    return clean_title(text_of(value.get("title") or value.get("name"))) or _heading(text)
