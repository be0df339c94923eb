"""An oracle of its own: every link of the rendered page is an entry, or of a kind that a person
would not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from lists.cases import CASES
from lists.wild.notes import NOTES
from lists.wild.styles import STYLES
from lxml import html
from markdown_it import MarkdownIt

from litsearch.lists.markdown import parse

LISTS = {name: case[0] for cases in (CASES, NOTES, STYLES) for name, case in cases.items()}
PAGE = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

TARGETS = {
    "anchor": r"#",
    "no page": r"(?:mailto|tel|javascript|data):|[\w ]*$",
    "the list's own files": r"(?:\./)?(?:readme|licen[cs]e|contributing)[\w.-]*$",
    "a repository's upkeep": r"https://github\.com/[^/]+/[^/]+/(?:edit|issues/new|blob/\w+/(?:CONTRIBUTING|README\.\w\w))",
    "a button": r"https://(?:twitter|x)\.com/intent|https://(?:www\.)?(?:discord\.gg|t\.me|patreon\.com|awesome\.re)",
    "a person": r"https://(?:twitter|x|github)\.com/[^/]+/?$",
    "a shortener": r"https://t\.co/",
    "the address of an address": r"http://https://",
    "an address without scheme": r"www\.",
}
WORDS = {
    "a person": r"@\w+$",
    "a mark of time": r"\d?\d:\d\d$",
    "a service": r"(?:un)?subscribe$|RSS feed$|follow us$|share\b|edit this page$",
    "a licence": r"(?:MIT|CC0|Apache.*)$",
}
LINES = {
    "thanks and credit": r"\b(?:inspired by|thanks to|created by|licen[sc]e|contributing|pull requests|share on)",
    "persons": r"\b(?:authors?|instructors?|office hours|speakers?)\b.*:|\bby\b",
    "hidden": r"%%",
}


def links(text: str) -> Iterator[tuple[str, str, str, bool]]:
    """Of each link: its target, its words, those of heading and block around it, and whether it is
    a picture.
    """
    for link in html.fromstring(f"<div>{PAGE.render(text)}</div>").iter("a"):
        around = next((b for b in link.iterancestors("p", "li", "td", "div")), link)
        words = " ".join(link.text_content().split())
        heading = link.xpath("(preceding::h1|preceding::h2|preceding::h3)[last()]")
        above = heading[0].text_content() if heading else ""
        yield (
            link.get("href") or "#",
            words,
            " ".join(f"{above} {around.text_content()}".split()),
            bool(link.xpath(".//img")),
        )


def explained(target: str, words: str, around: str) -> bool:
    """True when a link is of a kind that names nothing to read."""
    if not words and "#" in target:  # the sign beside a heading that links itself
        return True
    rules = ((TARGETS, target), (WORDS, words))
    said = any(re.match(pattern, text, re.I) for table, text in rules for pattern in table.values())
    return said or any(re.search(pattern, around, re.I) for pattern in LINES.values())


def plain(address: str) -> str:
    return unquote(address).removeprefix("file:").rstrip("/").lower()


def unexplained(text: str) -> list[tuple[str, str]]:
    found = parse(text, "list.md")
    known = {plain(e.url) for e in found if e.url} | {plain(v) for e in found for _, v in e.extra}
    return [
        (words, target)
        for target, words, around, picture in links(text)
        if plain(target) not in known and not picture and not explained(target, words, around)
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_link_is_an_entry_or_explained(name: str) -> None:
    assert unexplained(LISTS[name]) == []


def test_the_oracle_sees_a_link_that_was_lost() -> None:
    assert not explained("https://a.example/one", "One", "One, two")
    hidden = "<pre>\n<a href='https://a.example/lost'>Lost</a>\n</pre>\n"
    assert unexplained(hidden) == [("Lost", "https://a.example/lost")]
