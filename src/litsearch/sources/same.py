"""Which work a page turned out to be: by the address that it was found at, and by the one that it calls its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from litsearch.sources.identity import id_of_entry, key_of
from litsearch.types import RawDocument, Source

_LOOKED_AT = 200_000  # bytes
_LINK = re.compile(rb"<link\b[^<>]{0,2000}\bcanonical\b[^<>]{0,2000}>", re.IGNORECASE)


def works_of(source: Source, raw: RawDocument) -> tuple[str, ...]:
    """Two keys: of the address that the text came from, and of its rel=canonical; "" for one that says nothing.

    A front page is nobody's article: many pages that are gone lead there, or claim it.
    """
    own = key_of(source.url) if source.url else ""
    keys = [(url, key_of(url) if url else "") for url in (raw.url, _canonical(raw))]
    return tuple(key if key == own or not is_front(url) else "" for url, key in keys)


def reunited(sources: Sequence[Source], known: Iterable[Source]) -> tuple[Source, ...]:
    """The sources, with those as one that an earlier build found to be one work.

    known: the sources of that build, which tell by their entries what was united.
    """
    ids = {id_of_entry(entry): source.source_id for source in known for entry in source.entries}
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(ids.get(source.source_id, source.source_id), []).append(source)
    return tuple(_first(one, group) for one, group in groups.items())


def _first(source_id: str, group: list[Source]) -> Source:
    """A group as one source, which keeps the id, address and kind that it had."""
    same = next((source for source in group if source.source_id == source_id), group[0])
    return same.together(source for source in group if source is not same)


def is_front(url: str) -> bool:
    """True for the front page of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.path.strip("/") and not parts.query and not parts.fragment.startswith(("/", "!"))


def _canonical(raw: RawDocument) -> str:
    """The address that a page gives as its own, "" when none."""
    if "html" not in raw.media_type:
        return ""
    head = raw.body[:_LOOKED_AT]
    for match in _LINK.finditer(head):
        try:
            link = html.fragment_fromstring(match[0].decode("utf-8", "replace"))
            if link.tag == "link" and (link.get("rel") or "").strip().lower() == "canonical" and link.get("href"):
                url = urljoin(raw.url, link.get("href").strip())
                return url if url.lower().startswith(("http://", "https://")) else ""
        except (etree.LxmlError, ValueError):
            continue
    return ""
