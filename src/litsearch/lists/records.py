"""Make entries of records with named fields: rows of tables, objects of JSON, references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

from litsearch.lists.columns import Role, place_of
from litsearch.lists.fields import (
    clean_remark,
    doi_url,
    plain_text,
    read_mark,
    read_tag,
    squeeze,
    unmarked,
    year_in,
)
from litsearch.lists.phrases import TEXTS
from litsearch.lists.url_names import title_or_name
from litsearch.lists.urls import as_url, is_document, is_register
from litsearch.lists.values import first_text, names_of, tags_of, text_of, texts_of_all, year_of
from litsearch.patterns import expression
from litsearch.types import Entry

LINK_RANK = 12  # from here on a column of links gives way to a DOI

_NESTED = (
    "metadata content tab link resource article bookmark document attributes data item".split()
)
_FURTHER = expression(r"[;,|\s]+(?=https?://)")  # between the addresses of one field
_HELD = ("href", "url", "value", "name", "title")  # of an object that is one address
_OWN = frozenset(["self", "next", "prev", "api", "related"])
_NO_SCHEME = expression(r"(?!10\.)(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,12}/\S*$", re.IGNORECASE)
_PMID = expression(r"\d{5,8}")
_LINK = expression(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]+)\)|(https?://[^\s<>\"]+)")
Values = Mapping[Role, list[Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one work as a program keeps them, and where in the list it stands."""

    line: int
    fields: Mapping[str, Any]
    section: tuple[str, ...] = ()


def entry_of(record: Record, path: str, extra: Iterable[tuple[str, str]] = ()) -> Entry | None:
    """Return the record as an entry; None when it has neither a title nor an address."""
    fields = _with_title(record.fields)
    values = by_role(fields)
    url = _url(values, fields)
    title = title_or_name(_title(values, url), url)
    if not title:
        return None
    topic = ", ".join(tags_of(values.get("topic", [])))
    return Entry(
        list=path,
        line=record.line,
        title=title,
        url=url,
        section=record.section,
        topic=topic or "".join(record.section[-1:]),
        remark=_remark(values.get("remark", [])),
        authors=_authors(values),
        year=_year(values) or year_in(title),
        read=_state(values, topic),
        extra=(*extra, *_venue(values, extra), *_file(values)),
    )


def _with_title(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return fields with the title where others have it: Pinboard calls it the description.

    It divides tags by spaces.
    """
    if "extended" not in fields or "description" not in fields or fields.get("title"):
        return fields
    tags = text_of(fields.get("tags")).split()
    return {**fields, "title": fields["description"], "description": "", "tags": tags}


def by_role(fields: Mapping[str, Any]) -> dict[Role, list[Any]]:
    """Return the values of each role that say anything, those of the preferred names first."""
    placed: list[tuple[int, Role, Any]] = []
    for name, value in fields.items():
        if value not in (None, "", [], {}):
            role, rank = place_of(str(name))
            placed.append((rank, role, value))
    placed.sort(key=itemgetter(0))
    values: dict[Role, list[Any]] = {}
    ranks: list[int] = []  # of addresses
    for rank, role, value in placed:
        values.setdefault(role, []).append(value)
        if role == "url":
            ranks.append(rank)

    before = bisect_left(ranks, LINK_RANK)
    if before < len(ranks):
        values["url"][before:before] = values.get("doi", [])
    inner = _inner(fields)
    if inner:
        for role, more in by_role(inner).items():
            values.setdefault(role, []).extend(more)
    return values


def _inner(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object within a record that holds the fields of its work; {} for none."""
    for name in _NESTED:
        inner = fields.get(name)
        if isinstance(inner, Mapping):
            return inner
    return {}


# Addresses.


def _url(values: dict[Role, list[Any]], fields: Mapping[str, Any]) -> str | None:
    """Return where a work is: a page of its own, one within its words, else its register's."""
    url = address_of(values)
    if url is None or is_register(url):
        url = _take_address(values) or url
    if url is None:
        return _pubmed(fields)
    return url


def address_of(values: Values) -> str | None:
    """Return the address of a work: its page, else its DOI, else its page in a register."""
    registers: list[str] = []
    for text in texts_of_all(chain.from_iterable(map(_pages, values.get("url", [])))):
        url = _address(text)
        if url and not is_register(url):
            return url
        registers += filter(None, [url])
    dois = filter(None, map(doi_url, texts_of_all(values.get("doi", []))))
    return next(chain(dois, registers), None)


def _pages(value: Any) -> list[Any]:
    """Return the addresses of a field that keeps them by kind, {"pdf": …, "code": …}: texts first.

    A program's own, of which there is one a record, come after.
    """
    if not isinstance(value, Mapping) or any(map(value.get, _HELD)):
        return [value]
    kinds = sorted(value, key=_rank_of_kind)
    return [value[kind] for kind in kinds if isinstance(value[kind], str)]


def _rank_of_kind(kind: Any) -> int:
    """Return how late a kind of page is taken for the work: its text, any other, the program's."""
    name = str(kind).casefold()
    if name in TEXTS:
        return 0
    return 2 if name in _OWN else 1


def _address(text: str) -> str | None:
    if text.count("://") > 1:
        text = _FURTHER.split(text, maxsplit=1)[0]
    if _NO_SCHEME.match(text):
        text = f"https://{text}"
    return as_url(text) or doi_url(text)


def _pubmed(fields: Mapping[str, Any]) -> str | None:
    """Return the page of a number that PubMed gave."""
    for name, value in fields.items():
        if name.lower() == "pmid" and _PMID.fullmatch(text_of(value)):
            return f"https://pubmed.ncbi.nlm.nih.gov/{text_of(value)}/"
    return None


def _take_address(values: dict[Role, list[Any]]) -> str | None:
    """Return the first address within the words of a record, which go on without it."""
    roles: tuple[Role, ...] = ("title", "name", "remark")
    for role in roles:
        words = text_of(values.get(role, [])[:1])
        link = _LINK.search(words)
        if link is None:
            continue
        url = as_url(link[2] or link[3].rstrip(".,;:!?)"))
        if url:
            rest = squeeze(words.replace(link[0], f" {link[1] or ''} "))
            values[role] = [rest, *values[role][1:]]
            return url
    return None


# Other fields.


def _title(values: Values, url: str | None) -> str:
    title = ""
    for value in (*values.get("title", []), *values.get("name", [])):
        text = unmarked(text_of(value))
        if text and not as_url(text):
            title = text
            break
    if "youtu" in (url or ""):
        return title.removeprefix("Watched ")
    return title


def _remark(values: list[Any]) -> str:
    for value in values:
        remark = clean_remark(plain_text(text_of(value)))
        if remark:
            return remark
    return ""


def _year(values: Values) -> int | None:
    return next(filter(None, map(year_of, values.get("year", []))), None)


def _authors(values: Values) -> tuple[str, ...]:
    """Return the persons of the first field that has any, and those of fields for further ones."""
    first = next(filter(None, map(names_of, values.get("authors", []))), ())
    further = next(filter(None, map(names_of, values.get("co", []))), ())
    return tuple(dict.fromkeys([*first, *further]))


def _venue(values: Values, extra: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the journal or conference of a record, unless its columns are kept as they are."""
    venue = first_text(values.get("venue", []))
    if not venue or venue in map(itemgetter(1), extra):
        return []
    return [("venue", venue)]


def _file(values: Values) -> list[tuple[str, str]]:
    """Return the first document that is kept beside the record."""
    names = ";".join(texts_of_all(values.get("file", []))).split(";")
    document = next(filter(is_document, map(str.strip, names)), "")
    return [("file", document)] if document else []


def _state(values: Values, topic: str) -> bool | None:
    """Return whether the work has been read, as far as any field tells."""
    unread = _first_state(values.get("unread", []))
    if unread is not None:
        return not unread
    read = _first_state([*values.get("archived", []), *values.get("read", [])])
    if read is not None:
        return read
    if values.get("read at"):
        return True
    return read_tag(topic)


def _first_state(values: Iterable[Any]) -> bool | None:
    for value in values:
        state = value if isinstance(value, bool) else read_mark(text_of(value))
        if state is not None:
            return state
    return None
