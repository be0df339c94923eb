"""Crossref (api.crossref.org): the works that have a DOI; those under an open licence can be read
there.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from litsearch.works.title_match import Work

NAME = "Crossref"
SPACING_S = 1.0
_FIELDS = "DOI,title,subtitle,author,issued,license"


def question(title: str, author: str) -> str:
    """The address that asks for a title and an author's last name."""
    asked = {"query.title": title, "query.author": author, "rows": 5, "select": _FIELDS}
    return "https://api.crossref.org/works?" + urlencode(
        {name: value for name, value in asked.items() if value}
    )


def read(body: bytes) -> list[Work]:
    """The works of an answer. Raises ValueError when it is none."""
    try:
        return [_work(row) for row in json.loads(body)["message"]["items"]]
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _work(row: dict[str, Any]) -> Work:
    title = ": ".join(
        str(part) for part in [*(row.get("title") or ())[:1], *(row.get("subtitle") or ())[:1]]
    )
    authors = tuple(
        " ".join(str(one[part]) for part in ("given", "family") if one.get(part))
        for one in row.get("author") or ()
    )
    day = ((row.get("issued") or {}).get("date-parts") or [[None]])[0]
    published = "-".join(f"{int(part):02d}" for part in day) if day and day[0] else None
    is_open = any("creativecommons.org" in str(one.get("URL")) for one in row.get("license") or ())
    return Work(
        title,
        authors,
        published,
        f"https://doi.org/{quote(str(row['DOI']), safe='/')}" if is_open else None,
    )
