"""Read Org files: headlines are sections, or works when they or their properties link a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from litsearch.lists import markdown
from litsearch.lists.columns import role_of
from litsearch.lists.fields import check
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".org", ".md", ".txt")
DEFAULT_FOR = (".org",)

_OF_ORG = expression(
    r"^\*{1,8} .{0,200}\[\[\w{2,8}:|^#\+TITLE:|^[ \t]*:PROPERTIES:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LINK = expression(r"\[\[([^\[\]\n]{1,2000})\]\[([^\[\]\n]{1,500})\]\]")
_BARE_LINK = expression(r"\[\[(https?:[^\[\]\n]{1,2000}|file:[^\[\]\n]{1,500})\]\]")
_HEADLINE = expression(
    r"^(\*{1,8}) +(?:(TODO|NEXT|WAITING|LATER|NOW|STARTED|READ|DONE|CANCELLED) +)?"
    r"(?:\[#[A-Z]\] +)?(.*?)[ \t]*$"
)
_TAGS = expression(r"[ \t]+:([\w@#%:]{1,200}):$")
_PROPERTY = expression(r"^[ \t]*:([\w+-]{1,40}):[ \t]*(.*?)[ \t]*$")
_META = expression(r"^[ \t]*(?:#\+\w+:|(?:CLOSED|SCHEDULED|DEADLINE):|# )", re.IGNORECASE)
_BLOCK = expression(r"^[ \t]*#\+(begin|end)_(\w+)", re.IGNORECASE)
_CODE = ("src", "example", "export", "comment")
_DRAWERS = ("PROPERTIES", "LOGBOOK", "END")
_STAMP = expression(r"[\[<]\d{4}-\d\d-\d\d[^\]>\n]{0,30}[\]>]")


@dataclass(slots=True)
class _Headline:
    """A headline, the row it stands in, and what its drawer says."""

    row: int
    level: int
    state: str
    words: str
    tags: list[str]
    properties: dict[str, str] = field(default_factory=dict)
    links: int = 0  # lines below it that link a page


def accepts(text: str) -> bool:
    """Return True for a text with headlines that link pages, or with Org's properties or title."""
    return _OF_ORG.search(text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    lines = text.split("\n")
    headlines = _take_headlines(lines)
    item = False
    for row, line in enumerate(lines):
        headline = headlines.get(row)
        if headline is not None:
            lines[row], item = _rendered(headline)
        elif line.strip():
            indent = "  " if item else ""
            lines[row] = indent + _inline(line)
    return "\n".join(lines)


def _take_headlines(lines: list[str]) -> dict[int, _Headline]:
    """Return the headlines by row; drawers, planning lines, comments and code are blanked."""
    reader = _Reader()
    for row, line in enumerate(lines):
        if not reader.read(row, line):
            lines[row] = ""
    return reader.headlines


class _Reader:
    """Read lines in their order: within a drawer or a block of code they mean other things."""

    def __init__(self) -> None:
        self.headlines: dict[int, _Headline] = {}
        self._latest: _Headline | None = None
        self._in_drawer = False
        self._in_code = False

    def read(self, row: int, line: str) -> bool:
        """Take a line; False for one that is no text."""
        mark = _BLOCK.match(line)
        if mark:
            self._in_code = mark[1].lower() == "begin" and mark[2].lower() in _CODE
        headline = None if self._in_code else _HEADLINE.match(line)
        if headline:
            self._latest = self.headlines[row] = _headline(row, headline)
            return True
        setting = _PROPERTY.match(line)
        if setting:
            self._property(setting[1].upper(), setting[2])
        if mark or setting or _META.match(line):
            return False
        return self._take_text(line)

    def _take_text(self, line: str) -> bool:
        """Take a line below a headline; False within a drawer or code."""
        if self._latest is not None and "://" in line:
            self._latest.links += 1
        return not (self._in_code or self._in_drawer)

    def _property(self, name: str, value: str) -> None:
        if name in _DRAWERS:
            self._in_drawer = name != "END"
        elif self._in_drawer and self._latest is not None:
            self._latest.properties[name] = value


def _headline(row: int, match: re.Match[str]) -> _Headline:
    words = match[3]
    tags = _TAGS.search(words)
    names = tags[1].strip(":").split(":") if tags else []
    return _Headline(
        row, len(match[1]), match[2] or "", words[: tags.start()] if tags else words, names
    )


def _rendered(headline: _Headline) -> tuple[str, bool]:
    """Return a headline as a heading, or as an item when it is a work; and whether it is one."""
    words = _inline(headline.words)
    url = _property(headline.properties, "url")
    if url and "](" not in words:
        words = f"[{words}]({url})"
    names_link = headline.state and headline.links == 1
    if "](" not in words and "http" not in words and not names_link:
        return f"{'#' * min(headline.level, 6)} {words}", False
    boxes = {"": "", "DONE": "[x] ", "READ": "[x] ", "CANCELLED": "[x] "}
    authors, year = (
        _property(headline.properties, "authors"),
        _property(headline.properties, "year"),
    )
    by = f" by {authors}" if authors else ""
    dated = f" ({year})" if year else ""
    tags = "".join(f" #{tag}" for tag in headline.tags)
    return f"- {boxes.get(headline.state, '[ ] ')}{words}{by}{dated}{tags}", True


def _property(properties: dict[str, str], role: str) -> str:
    return next(
        (value for name, value in properties.items() if value and role_of(name) == role), ""
    )


def _inline(line: str) -> str:
    """Return a line's links as Markdown's, its times left out."""
    line = _LINK.sub(r"[\2](\1)", _STAMP.sub("", line))
    return _BARE_LINK.sub(r"\1", line).replace(" :: ", " - ")
