"""Make entries of records with named fields: rows of tables, objects of JSON, references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from litsearch.lists.columns import Role, place_of
from litsearch.lists.fields import (
    clean_remark,
    doi_url,
    plain_text,
    read_mark,
    read_tag,
    squeeze,
    year_in,
)
from litsearch.lists.names import authors_in, turned
from litsearch.lists.urls import as_url, is_document, is_register, title_or_name
from litsearch.types import Entry

T = TypeVar("T")
MAX_VALUES = 500  # tags or authors of one record
MAX_TEXT = 20_000  # characters of one value
LINK_RANK = 12  # from here on a column of links gives way to a DOI

_NESTED = (
    "content",
    "link",
    "resource",
    "article",
    "bookmark",
    "document",
    "attributes",
    "data",
    "item",
)
_INNER = (
    *("name", "display_name", "title", "label", "term", "href", "url", "#text", "text", "value"),
    *("content", "author"),
)
_NUMBERS = re.compile(r"\s*\((?:[\d-]+)\)")
_SURNAME_FIRST = re.compile(r"[^\s,]+, (?:[^\s,]+ ?){1,3}")  # "Lee, Ann"
_LATEST = 4_000_000_000  # seconds since 1970, in 2096: a larger number is no date
_EPOCH = 100_000_000  # a larger number is no year but seconds since 1970
_STATE_TAG = re.compile(r"^user/[^/]*/(?:state/.*|label/(.*))$")  # of feed readers
_FURTHER = re.compile(r"[;,|\s]+(?=https?://)")  # between the addresses of one field
_OF_DBLP = re.compile(r" \d{4}$")  # "Bob Ray 0001" of several
_PMID = re.compile(r"\d{5,8}")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]+)\)|(https?://[^\s<>\"]+)")
_SEPARATORS = re.compile(r"[|,;]")


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one work as a program keeps them, and where in the list it stands."""

    line: int
    fields: Mapping[str, Any]
    section: tuple[str, ...] = ()


def entry_of(record: Record, path: str, extra: Iterable[tuple[str, str]] = ()) -> Entry | None:
    """Return the record as an entry; None when it has neither a title nor an address."""
    fields = record.fields
    if (
        "extended" in fields and "description" in fields and not fields.get("title")
    ):  # Pinboard's names
        fields = {**fields, "title": fields["description"], "description": ""}
    values = by_role(fields)
    url = address_of(values)
    if url is None or is_register(url):
        url = _take_address(values) or url
    if url is None and (number := _PMID.fullmatch(text_of(_named(fields, "pmid")))):
        url = f"https://pubmed.ncbi.nlm.nih.gov/{number[0]}/"
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
        topic=topic or (record.section[-1] if record.section else ""),
        remark=_remark(values.get("remark", [])),
        authors=_authors(values),
        year=_first(map(year_of, values.get("year", []))) or year_in(title),
        read=_state(values, topic),
        extra=(*extra, *_venue(values, extra), *_file(values)),
    )


def _venue(
    values: Mapping[Role, list[Any]], extra: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the journal or conference of a record, unless its columns are kept as they are."""
    venue = next(filter(None, map(text_of, values.get("venue", []))), "")
    told = [value for _, value in extra]
    return [("venue", venue)] if venue and venue not in told else []


def by_role(fields: Mapping[str, Any]) -> dict[Role, list[Any]]:
    """Return the values of each role that say anything, those of the preferred names first."""
    placed: list[tuple[int, Role, Any]] = []
    for name, value in fields.items():
        if value not in (None, "", [], {}):
            role, rank = place_of(str(name))
            placed.append((rank, role, value))
    placed.sort(key=itemgetter(0))
    values: dict[Role, list[Any]] = {}
    for _, role, value in placed:
        values.setdefault(role, []).append(value)

    ranks = [rank for rank, role, _ in placed if role == "url"]
    before = bisect_left(ranks, LINK_RANK)
    if before < len(ranks):
        values["url"][before:before] = values.get("doi", [])
    inner = _inner(fields)
    for role, more in by_role(inner).items() if inner else ():
        values.setdefault(role, []).extend(more)
    return values


def _inner(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object within a record that holds the fields of its work; {} for none."""
    for name in _NESTED:
        inner = fields.get(name)
        if isinstance(inner, Mapping):
            return inner
    return {}


def address_of(values: Mapping[Role, list[Any]]) -> str | None:
    """Return the address of a work: its page, else its DOI, else its page in a register."""
    named = map(_address, _texts_of_all(values.get("url", [])))
    addresses = [url for url in named if url]
    own = [url for url in addresses if not is_register(url)]
    dois = filter(None, map(doi_url, _texts_of_all(values.get("doi", []))))
    return next(chain(own, dois, addresses), None)


def _texts_of_all(values: Iterable[Any]) -> Iterator[str]:
    return chain.from_iterable(map(texts_of, values))


def _address(text: str) -> str | None:
    first = _FURTHER.split(text, maxsplit=1)[0] if text.count("://") > 1 else text
    return as_url(first) or doi_url(text)


def _named(fields: Mapping[str, Any], name: str) -> Any:
    return next((value for key, value in fields.items() if key.lower() == name), None)


def _take_address(values: dict[Role, list[Any]]) -> str | None:
    """Return the first address within the words of a record, which go on without it."""
    for role in ("title", "name", "remark"):
        words = text_of(values.get(role, [])[:1])
        link = _LINK.search(words) if "://" in words else None
        url = as_url(link[2] or link[3].rstrip(".,;:!?)")) if link else None
        if link and url:
            rest = squeeze(words.replace(link[0], f" {link[1] or ''} "))
            values[role] = [rest, *values[role][1:]]
            return url
    return None


def _title(values: Mapping[Role, list[Any]], url: str | None) -> str:
    names = [text_of(value) for role in ("title", "name") for value in values.get(role, [])]
    named = next((name for name in names if name and not as_url(name)), "")
    told = "youtu" in (url or "") and named.startswith("Watched ")
    return named.removeprefix("Watched ") if told else named


def _remark(values: list[Any]) -> str:
    return _first(clean_remark(plain_text(text_of(value))) for value in values) or ""


def _file(values: Mapping[Role, list[Any]]) -> list[tuple[str, str]]:
    """Return the first document that is kept beside the record."""
    texts = [text for value in values.get("file", []) for text in texts_of(value)]
    names = map(str.strip, ";".join(texts).split(";"))
    document = next(filter(is_document, names), "")
    return [("file", document)] if document else []


def texts_of(value: Any) -> list[str]:
    """Return the texts of a value that may be a list, or an object with a name or an address."""
    if isinstance(value, list):
        return list(_texts_of_all(value[:MAX_VALUES]))
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _INNER if value.get(key)), "")
        return [] if isinstance(inner, list) else texts_of(inner)
    if value is None or isinstance(value, bool):
        return []
    text = squeeze(str(value)[:MAX_TEXT])
    return [text] if text else []


def text_of(value: Any) -> str:
    """Return the first text of a value; "" when it has none."""
    return next(iter(texts_of(value)), "")


def tags_of(values: list[Any]) -> list[str]:
    """Return the tags of the first value that has any, each once."""
    for value in values:
        texts = texts_of(value)
        if isinstance(value, str):
            bare = re.sub(r"[\[\]\"]", "", value) if value.startswith("[") else value
            texts = _SEPARATORS.split(bare)
        tags = [_tag(text) for text in texts]
        if any(tags):
            return list(dict.fromkeys(tag for tag in tags if tag))[:MAX_VALUES]
    return []


def _tag(text: str) -> str:
    state = _STATE_TAG.match(text)
    return squeeze(state[1] or "" if state else text)


def _authors(values: Mapping[Role, list[Any]]) -> tuple[str, ...]:
    """Return the persons of the first field that has any, and those of fields for further ones."""
    first = _first(map(names_of, values.get("authors", []))) or ()
    further = _first(map(names_of, values.get("co", []))) or ()
    return tuple(dict.fromkeys([*first, *further]))


def names_of(value: Any) -> tuple[str, ...]:
    """Return the persons of an author field: "Lee, Ann; Ray, Bob" is two, "Lee, Ann" is one."""
    if isinstance(value, list):
        return tuple(chain.from_iterable(map(_person, value[:MAX_VALUES])))
    if isinstance(value, Mapping):
        within = value.get("author")
        return names_of(within) if isinstance(within, list) else _person(value)
    text = _NUMBERS.sub("", squeeze(str(value)[:MAX_TEXT])).strip(" ;")
    if ";" in text:
        return tuple(turned(name) for name in text.split(";") if name.strip())
    if _SURNAME_FIRST.fullmatch(text):
        return (turned(text),)
    return authors_in(text) or tuple(filter(None, [text]))


def _person(person: Any) -> tuple[str, ...]:
    if not isinstance(person, Mapping):
        return names_of(person) if isinstance(person, str) else ()
    given = person.get("given") or person.get("firstName")
    family = person.get("family") or person.get("lastName")
    parts = (
        (given, person.get("non-dropping-particle"), family) if family else (person.get("literal"),)
    )
    name = squeeze(" ".join(text_of(part) for part in parts if part)) or text_of(person)
    name = _OF_DBLP.sub("", name)
    return (name,) if name else ()


def year_of(value: Any) -> int | None:
    """Return the year of a date in any form: text, number, seconds since 1970, date-parts."""
    if isinstance(value, Mapping):
        value = _first_part(value.get("date-parts")) or value.get("raw") or value.get("literal")
    if isinstance(value, list):
        value = value[0] if value else None
    if type(value) is int and value > _EPOCH:
        return _year_of_seconds(value // 1000 if value > 1000 * _EPOCH else value)
    return year_in(text_of(value), anywhere=True)


def _year_of_seconds(seconds: int) -> int | None:
    return datetime.fromtimestamp(seconds, UTC).year if seconds <= _LATEST else None


def _first_part(parts: Any) -> Any:
    """Return the year of CSL's [[2019, 5, 1]]; None for anything else."""
    first = parts[0] if isinstance(parts, list) and parts else None
    return first[0] if isinstance(first, list) and first else None


def _state(values: Mapping[Role, list[Any]], topic: str) -> bool | None:
    """Return whether the work has been read, as far as any field tells."""
    unread = _first_state(values.get("unread", []))
    if unread is not None:
        return not unread
    read = _first_state([*values.get("archived", []), *values.get("read", [])])
    if read is None and values.get("read at"):
        return True
    return read_tag(topic) if read is None else read


def _first_state(values: Iterable[Any]) -> bool | None:
    return next((state for state in map(_flag, values) if state is not None), None)


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else read_mark(text_of(value))


def _first(values: Iterable[T]) -> T | None:
    return next((value for value in values if value), None)
