"""Crossref (api.crossref.org): the works that have a DOI; those under an open licence can be read
there.
"""

from __future__ import annotations

import json
from operator import itemgetter
from typing import Any
from urllib.parse import quote, urlencode

from litsearch.works.registers import Work

NAME = "Crossref"
SPACING_S = 1.0
_FIELDS = "DOI,title,subtitle,author,issued,license"


def question(title: str, author: str) -> str:
    """Return the address that asks for a title and an author's last name."""
    fields = [("query.title", title), ("query.author", author), ("rows", "5"), ("select", _FIELDS)]
    parameters = list(filter(itemgetter(1), fields))
    return "https://api.crossref.org/works?" + urlencode(parameters)


def read(body: bytes) -> list[Work]:
    """Return the works of an answer. Raises ValueError when it is none."""
    try:
        return list(map(_work, json.loads(body)["message"]["items"]))
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _work(row: dict[str, Any]) -> Work:
    titles = [*(row.get("title") or ())[:1], *(row.get("subtitle") or ())[:1]]
    title = ": ".join(map(str, titles))
    authors = tuple(map(_name, row.get("author") or ()))
    return Work(title, authors, _published(row), _open_copy(row))


def _name(author: dict[str, Any]) -> str:
    parts = filter(None, [author.get("given"), author.get("family")])
    return " ".join(map(str, parts))


def _published(row: dict[str, Any]) -> str | None:
    """Return "2019", "2019-03" or "2019-03-07", as exactly as it is known."""
    issued = row.get("issued") or {}
    day = (issued.get("date-parts") or [[None]])[0]
    if not day or not day[0]:
        return None
    return "-".join(f"{int(part):02d}" for part in day)


def _open_copy(row: dict[str, Any]) -> str | None:
    for licence in row.get("license") or ():
        if "creativecommons.org" in str(licence.get("URL")):
            return f"https://doi.org/{quote(str(row['DOI']), safe='/')}"
    return None
