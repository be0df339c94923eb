"""OpenAlex (docs.openalex.org): scholarly works of all publishers, with where an open copy of each
is.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from litsearch.works.registers import Work

NAME = "OpenAlex"
SPACING_S = 1.0
_FIELDS = "title,authorships,publication_date,best_oa_location"


def question(title: str, author: str) -> str:
    """Return the address that asks for a title; OpenAlex knows authors by number only, so theirs is
    compared afterwards.
    """
    words = " ".join(re.findall(r"\w+", title))
    return "https://api.openalex.org/works?" + urlencode(
        {"filter": f"title.search:{words}", "per-page": 10, "select": _FIELDS}
    )


def read(body: bytes) -> list[Work]:
    """Return the works of an answer. Raises ValueError when it is none."""
    try:
        return [_work(row) for row in json.loads(body)["results"]]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _work(row: dict[str, Any]) -> Work:
    copy = row.get("best_oa_location") or {}
    names = tuple(
        str((authorship.get("author") or {}).get("display_name") or "")
        for authorship in row.get("authorships") or ()
    )
    url = copy.get("pdf_url") or copy.get("landing_page_url")
    return Work(
        str(row.get("title") or ""), names, row.get("publication_date"), str(url) if url else None
    )
