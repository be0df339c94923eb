"""Read the values of fields as programs keep them: texts, tags, names and dates in any form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from litsearch.lists.authors.names import authors_in, turned
from litsearch.lists.fields import squeeze, year_in
from litsearch.patterns import expression

MAX_VALUES = 500  # tags or authors of one record
MAX_TEXT = 20_000  # characters of one value

_INNER = (
    *("name", "full_name", "display_name", "title", "label", "tag", "term", "href", "url", "#text"),
    *("text", "value", "content", "author"),
)
_DATES = ("raw", "literal", "year", "date")
_NUMBERS = expression(r"\s*\((?:[\d-]+)\)")
_SURNAME_FIRST = expression(r"[^\s,]+, (?:[^\s,]+ ?){1,3}")  # "Lee, Ann"
_LATEST = 4_000_000_000  # seconds since 1970, in 2096: a larger number is no date
_EPOCH = 100_000_000  # a larger number is no year but seconds since 1970
_STATE_TAG = expression(r"^user/[^/]*/(?:state/.*|label/(.*))$")  # of feed readers
_OF_DBLP = expression(r" \d{4}$")  # "Bob Ray 0001" of several
_SEPARATORS = expression(r"[|,;]")
_QUOTES = expression(r"[\[\]\"]|(?<=[\[ ,])'|'(?=[\],])")  # of a list of tags as programs write it


def texts_of(value: Any) -> list[str]:
    """Return the texts of a value that may be a list, or an object with a name or an address."""
    if isinstance(value, list):
        return list(texts_of_all(value[:MAX_VALUES]))
    if isinstance(value, Mapping):
        inner = next(filter(None, map(value.get, _INNER)), "")
        return [] if isinstance(inner, list) else texts_of(inner)
    if value is None or isinstance(value, bool):
        return []
    text = squeeze(str(value)[:MAX_TEXT])
    return [text] if text else []


def texts_of_all(values: Iterable[Any]) -> Iterator[str]:
    """Yield the texts of several values."""
    return chain.from_iterable(map(texts_of, values))


def text_of(value: Any) -> str:
    """Return the first text of a value; "" when it has none."""
    return next(iter(texts_of(value)), "")


def first_text(values: Iterable[Any]) -> str:
    """Return the text of the first of several values that has any; "" for none."""
    return next(filter(None, map(text_of, values)), "")


def tags_of(values: list[Any]) -> list[str]:
    """Return the tags of the first value that has any, each once."""
    for value in values:
        tags = list(filter(None, map(_tag, _written_tags(value))))
        if tags:
            return list(dict.fromkeys(tags))[:MAX_VALUES]
    return []


def _written_tags(value: Any) -> list[str]:
    if not isinstance(value, str):
        return texts_of(value)
    if value.startswith("["):
        value = _QUOTES.sub("", value)
    return _SEPARATORS.split(value)


def _tag(text: str) -> str:
    state = _STATE_TAG.match(text)
    if state is not None:
        text = state[1] or ""
    return squeeze(text)


def names_of(value: Any) -> tuple[str, ...]:
    """Return the persons of an author field: "Lee, Ann; Ray, Bob" is two, "Lee, Ann" is one."""
    if isinstance(value, list):
        persons = list(filter(_is_author, value[:MAX_VALUES])) or value[:MAX_VALUES]
        return tuple(chain.from_iterable(map(_person, persons)))
    if isinstance(value, Mapping):
        within = value.get("author")
        return names_of(within) if isinstance(within, list) else _person(value)
    text = _NUMBERS.sub("", squeeze(str(value)[:MAX_TEXT])).strip(" ;")
    if ";" in text:
        return tuple(map(turned, filter(str.strip, text.split(";"))))
    if _SURNAME_FIRST.fullmatch(text):
        return (turned(text),)
    return authors_in(text) or tuple(filter(None, [text]))


def _is_author(person: Any) -> bool:
    """Tell authors from the editors and translators that Zotero keeps beside them."""
    if not isinstance(person, Mapping):
        return True
    return person.get("creatorType", "author") not in ("editor", "translator", "contributor")


def _person(person: Any) -> tuple[str, ...]:
    if isinstance(person, str):
        return names_of(person)
    if not isinstance(person, Mapping):
        return ()
    name = _OF_DBLP.sub("", _name_of(person) or text_of(person))
    return (turned(name) if _SURNAME_FIRST.fullmatch(name) else name,) if name else ()


def _name_of(person: Mapping[str, Any]) -> str:
    """Return the given and the family name of a person; a name kept whole where there are none."""
    family = person.get("family") or person.get("lastName")
    if not family:
        return text_of(person.get("literal"))
    given_name = person.get("given") or person.get("firstName")
    parts = (given_name, person.get("non-dropping-particle"), family)
    return squeeze(" ".join(map(text_of, parts)))


def year_of(value: Any) -> int | None:
    """Return the year of a date in any form: text, number, seconds since 1970, date-parts."""
    if isinstance(value, Mapping):
        date = _first_part(value.get("date-parts"))
        value = date or next(filter(None, map(value.get, _DATES)), None)
    if isinstance(value, list):
        value = next(iter(value), None)
    if type(value) is int and value > _EPOCH:
        return _year_of_seconds(value)
    return year_in(text_of(value), anywhere=True)


def _year_of_seconds(seconds: int) -> int | None:
    if seconds > 1000 * _EPOCH:
        seconds //= 1000
    if seconds > _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC).year


def _first_part(parts: Any) -> Any:
    """Return the year of CSL's [[2019, 5, 1]]; None for anything else."""
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    return next(iter(parts[0]), None)
