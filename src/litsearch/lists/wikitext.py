"""Read the markup of MediaWiki: [address Title] in lists, and the templates of its citations."""

from __future__ import annotations

import re
from itertools import count

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".wiki", ".wikitext", ".mediawiki", ".txt")
DEFAULT_FOR = (".wiki", ".wikitext", ".mediawiki")

_OF_WIKI = expression(
    r"\{\{\s*cite \w+\s*\||^={2,5} ?[^=\n]+ ?={2,5}[ \t]*$|^\*+ ?\[https?://\S+ [^\]\n]+\]",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = expression(r"^(={1,6})\s*(.+?)\s*\1\s*$")
_BULLET = expression(r"^([*#:;]+)\s*")
_LINK = expression(r"\[(https?://[^\s\[\]]{1,2000})(?:\s+([^\[\]\n]{1,500}))?\]")
_PAGE = expression(r"^\s*\[\[(?:[A-Za-z]{2,12}|\w{4,20}):[^\[\]]{1,200}\]\]\s*$")
_TEMPLATE = expression(r"\{\{([^{}]{1,5000})\}\}")
_CITATION = expression(
    r"\s*(?:cite|citation|literatur|internetquelle|ouvrage|lien web)\b", re.IGNORECASE
)
_REF = expression(r"<ref\b[^<>/]*>|</ref>|<ref\b[^<>]*/>", re.IGNORECASE)
_BOLD = expression(r"'''([^'\n]{1,500})'''")
_SLANTED = expression(r"''([^'\n]{1,500})''")
_ADDRESS = expression(r"https?://[^\s|{}]{1,2000}")
MAX_AUTHORS = 20
_TITLES = ("title", "titel", "titre")
_URLS = ("url", "chapter-url", "lire en ligne", "online")
_VENUES = ("journal", "work", "website", "newspaper", "magazine", "publisher", "verlag", "éditeur")


def accepts(text: str) -> bool:
    """Return True for a text with MediaWiki's citations, headings or linked bullets."""
    return _OF_WIKI.search(text[:100_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    text = _TEMPLATE.sub(_template, text)
    lines = list(map(_line, text.split("\n")))
    _rule_tables(lines)
    return "\n".join(lines)


def _line(line: str) -> str:
    if _PAGE.match(line):
        return ""
    if heading := _HEADING.match(line):
        return f"{'#' * len(heading[1])} {heading[2]}"
    line = (
        _REF.sub(" ", line) if not line.lstrip().startswith("<ref") else "- " + _REF.sub("", line)
    )
    line = _SLANTED.sub(r"*\1*", _BOLD.sub(r"**\1**", line))
    line = _LINK.sub(_linked, line)
    if bullet := _BULLET.match(line):
        indent = "  " * (len(bullet[1]) - 1)
        return f"{indent}- {line[bullet.end() :]}"
    return line


def _linked(match: re.Match[str]) -> str:
    words = match[2]
    return f"[{words}]({match[1]})" if words else match[1]


def _template(match: re.Match[str]) -> str:
    """Return a citation as a linked or quoted title with its names and year; else an address."""
    inner = match[1]
    breaks = "\n" * inner.count("\n")
    if _CITATION.match(inner):
        return _cited(_fields_of(inner)) + breaks
    address = _ADDRESS.search(inner)
    return (address[0] if address else "") + breaks


def _fields_of(inner: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in inner.split("|")[1:]:
        name, _, value = part.partition("=")
        fields[name.strip().lower()] = " ".join(value.split())
    return fields


def _cited(fields: dict[str, str]) -> str:
    title = _first(fields, _TITLES)
    url = _first(fields, _URLS) or (f"https://doi.org/{fields['doi']}" if fields.get("doi") else "")
    names = _names(fields)
    year = re.search(r"(?:19|20)\d\d", fields.get("year") or fields.get("date") or "")
    venue = _first(fields, _VENUES)
    cited = f"[{title}]({url})" if url else f"“{title}”"
    cited += f" by {' and '.join(names)}" if names else ""
    cited += f" ({year[0]})" if year else ""
    return cited + (f" - {venue}" if venue else "")


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next(filter(None, map(fields.get, names)), "")


def _names(fields: dict[str, str]) -> list[str]:
    """Return the authors of "last1", "first1", "last2" … or of "author"."""
    names: list[str] = []
    for number in map(str, count(1)):
        places = (number, "") if number == "1" else (number,)
        family = next(filter(None, (fields.get(f"last{place}") for place in places)), "")
        given_name = next(filter(None, (fields.get(f"first{place}") for place in places)), "")
        author = next(filter(None, (fields.get(f"author{place}") for place in places)), "")
        if not (family or author) or len(names) == MAX_AUTHORS:
            return names
        names.append(f"{given_name} {family}".strip() or author)
    return names


def _rule_tables(lines: list[str]) -> None:
    """Turn tables into Markdown's: a row's cells stand on one line or on one each."""
    start = -1  # of the open row
    for row, line in enumerate(lines):
        if line.startswith(("{|", "|}", "|-", "|+")):
            lines[row] = ""
            start = -1
        elif line.startswith(("|", "!")) and not line.startswith("| |"):
            sign = line[0]
            cells = " | ".join(map(str.strip, re.split(r"\|\||!!", line[1:])))
            if start < 0:
                start, lines[row] = row, f"| {cells} |"
            else:
                lines[start] += f" {cells} |"
                lines[row] = ""
            if sign == "!" and row + 1 < len(lines) and lines[row + 1].startswith("|-"):
                lines[row + 1] = "|---|"
