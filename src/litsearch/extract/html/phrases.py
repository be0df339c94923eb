"""Reads not_articles.toml: the phrases of pages that are not the article, in seventeen languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from litsearch.types import Status

SAVE = "Open it in a browser, save the page or its PDF, and name the file in the list."
SITE = r"(?:.{1,80}\s[|·–—-]\s)?"  # a site's name before a title
BEHIND = r"\W*(?:\s[|·–—:-]\s.{0,80})?"  # a site's name behind it


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases of one kind of page that is not the article, and what to say of it."""

    status: Status
    letters: int  # the page has fewer letters than that
    title: re.Pattern[str]
    text: re.Pattern[str]
    reason: str
    remedy: str
    stub: bool  # the page shows the beginning of the article too


def read_signs() -> dict[str, Sign]:
    """Return the signs by their names, in the order in which they are looked for."""
    table = tomllib.loads(files(__package__).joinpath("not_articles.toml").read_text("utf-8"))
    return {name: _sign(fields) for name, fields in table.items()}


def _sign(fields: Mapping[str, Any]) -> Sign:
    return Sign(
        status=fields["status"],
        letters=fields["letters"],
        title=re.compile(f"{SITE}(?:{_any_of(fields['title'])}){BEHIND}", re.I),
        text=re.compile(_any_of(fields["text"]), re.I),
        reason=fields["reason"],
        remedy=fields["remedy"],
        stub=fields.get("stub", False),
    )


def _any_of(phrases: Mapping[str, str]) -> str:
    """Any phrase in any language."""
    return "|".join(line for text in phrases.values() for line in text.strip().split("\n"))
