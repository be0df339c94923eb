"""CSL JSON, the exchange format of Zotero, Pandoc and others, and any JSON list of objects with a
url or a title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from litsearch.errors import ListError
from litsearch.lists.fields import (
    authors_in,
    check,
    clean_remark,
    doi_url,
    read_mark,
    read_tag,
    squeeze,
    year_in,
)
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".json",)

_TO_READ = {"yes": False, "no": True}  # Pinboard
_REMARKS = ("note", "extended", "abstract", "description")
_GAP = re.compile(r"[\s,]*")


def accepts(text: str) -> bool:
    """True for what can be a JSON list of objects."""
    return re.match(r"\ufeff?\s*\[\s*[{\]]", text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """One entry an object that has a title or an address. Raises ListError."""
    entries = [_entry(item, line, path) for item, line in _objects(check(text))]
    return [entry for entry in entries if entry is not None]


def _objects(text: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The objects of a JSON list, each with the line on which it begins."""
    decoder = json.JSONDecoder()
    at = _GAP.match(text).end()  # type: ignore[union-attr]  # the pattern matches everywhere
    if not text[at:]:
        return
    if text[at] != "[":
        raise ListError("The list is no JSON list of objects.", 'Export it as "CSL JSON".')
    line, counted, at = 1, 0, at + 1
    while True:
        at = _GAP.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise ListError(
                f"Line {line} of the list is no JSON: {error}.", "Export it again."
            ) from None
        if isinstance(item, dict):
            yield item, line


def _entry(item: dict[str, Any], line: int, path: str) -> Entry | None:
    value = {str(key).casefold(): v for key, v in item.items()}
    url = next(
        (u for key in ("url", "href", "link", "uri") if (u := as_url(_text(value.get(key))))), None
    )
    url = url or doi_url(_text(value.get("doi")))
    pinned = "description" in value and "extended" in value  # Pinboard's names for title and remark
    title = title_or_name(
        _text(value.get("description" if pinned else "title") or value.get("name")), url
    )
    topic = _topic(
        value.get("keyword") or value.get("tags") or value.get("labels") or value.get("topic")
    )
    state = _text(value.get("status") or value.get("read") or value.get("state"))
    if not title:
        return None
    return Entry(
        list=path,
        line=line,
        title=title,
        url=url,
        topic=topic,
        remark=clean_remark(
            _text(
                next(
                    (
                        r
                        for key in _REMARKS
                        if (r := value.get(key)) and not (pinned and key == "description")
                    ),
                    "",
                )
            )
        ),
        authors=_authors(value.get("author") or value.get("authors")),
        year=_year(
            value.get("issued")
            or value.get("year")
            or value.get("date")
            or value.get("publishedat")
        ),
        read=_TO_READ.get(
            _text(value.get("toread")), read_tag(topic) if not state else read_mark(state)
        ),
    )


def _text(value: object) -> str:
    return squeeze(str(value)[:20_000]) if isinstance(value, str | int | float) else ""


def _topic(value: object) -> str:
    tags = value[:20] if isinstance(value, list) else [value]
    return ", ".join(
        filter(None, (_text(tag.get("name") if isinstance(tag, dict) else tag) for tag in tags))
    )


def _authors(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return authors_in(_text(value))
    names = []
    for person in value[:500]:
        if isinstance(person, dict):
            parts = (
                person.get("given"),
                person.get("non-dropping-particle"),
                person.get("family"),
                person.get("literal"),
            )
            names.append(squeeze(" ".join(filter(None, map(_text, parts)))))
        else:
            names.append(_text(person))
    return tuple(name for name in names if name)


def _year(value: object) -> int | None:
    if isinstance(value, dict):
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        value = (
            first[0]
            if isinstance(first, list) and first
            else value.get("raw") or value.get("literal")
        )
    return year_in(_text(value), anywhere=True)
