"""Read the inline content of a block as lines of marked words and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from operator import attrgetter
from typing import Any

from markdown_it.token import Token

from litsearch.lists.markdown.commonmark import PARSER
from litsearch.lists.markdown.plain import plain_pieces
from litsearch.lists.markdown.spans import Mark, Piece
from litsearch.lists.phrases import word_set
from litsearch.lists.urls import is_video
from litsearch.patterns import expression

MAX_INLINE = 6_000  # characters parsed at once
MAX_DENSE = 400  # the same where brackets crowd: "[[[[" costs time with the square of its length
CROWD = 300  # opening brackets in MAX_INLINE characters
MAX_LINES_AHEAD = 50
MAX_WRAPPED = 40  # pieces of a line that is put together
MIN_WRAPPED = 45  # characters of a line that an editor may have broken

BREAK = Piece("\n")  # between lines that are read as one, such as those of a table's cell


@dataclass(slots=True)
class Line:
    """The pieces of one line of a block."""

    number: int
    pieces: list[Piece] = field(default_factory=list)
    heading: int = 0  # level, when the line is an HTML heading
    label: bool = False  # an HTML summary

    @property
    def text(self) -> str:
        """All its words, pictures left out."""
        return "".join([piece.text for piece in self.pieces if not piece.picture])

    @property
    def is_linked(self) -> bool:
        """True for a line with a link."""
        return any(piece.href for piece in self.pieces)


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces."""
    return "".join([piece.text for piece in pieces])


def words_of(lines: Sequence[Line]) -> str:
    """Return the words of several lines."""
    return " ".join(map(attrgetter("text"), lines))


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """Return the pieces of several lines."""
    return list(chain.from_iterable(map(attrgetter("pieces"), lines)))


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Return lines with those joined that an editor has broken in the middle of a sentence."""
    joined: list[Line] = []
    for line in lines:
        if joined and _is_wrapped(joined[-1], line):
            pieces = [*joined[-1].pieces, Piece(" "), *line.pieces]
            joined[-1] = Line(joined[-1].number, pieces)
        else:
            joined.append(line)
    return joined


def _is_wrapped(line: Line, further: Line) -> bool:
    if len(line.pieces) > MAX_WRAPPED:
        return False
    text, rest = line.text.rstrip(), further.text.lstrip()
    if len(text) < MIN_WRAPPED or line.is_linked or text[-1] in ".:;!?)]" or not rest:
        return False
    return rest[0].islower() or text.count("“") > text.count("”") or text.count('"') % 2 == 1


def lines_of(content: str, number: int, env: dict[str, Any]) -> Iterator[Line]:
    """Yield the lines of a block's inline content.

    number: of the first line. env: the targets of reference links.
    """
    for part, offset in _parts(content):
        first = number + offset
        pieces = plain_pieces(part, first, env.get("references", ()))
        if pieces:
            yield Line(first, pieces)
        elif _is_crowded(part):
            yield from _unread_lines(part, first)
        else:
            yield from _parsed_lines(part, first, env)


def _parts(content: str) -> Iterator[tuple[str, int]]:
    """Yield the content in parts of at most MAX_INLINE characters, with the line breaks before."""
    start = breaks = 0
    while len(content) - start > (size := _size_of_part(content, start)):
        end = _end_of_part(content, start, size)
        yield content[start:end].lstrip("\n"), breaks + (content[start] == "\n")
        breaks += content.count("\n", start, end)
        start = end
    yield content[start:].lstrip("\n"), breaks + content.startswith("\n", start)


def _size_of_part(content: str, start: int) -> int:
    brackets = content.count("[", start, start + MAX_INLINE)
    return MAX_DENSE if brackets > CROWD else MAX_INLINE


def _end_of_part(content: str, start: int, size: int) -> int:
    """Return where to cut: at the last line break, else the last space, else anywhere."""
    for sign in "\n ":
        end = content.rfind(sign, start + 1, start + size)
        if end > start:
            return end
    return start + size


def _is_crowded(part: str) -> bool:
    """Tell whether a part holds many brackets and no link."""
    return part.count("[") > MAX_DENSE // 4 and "](" not in part and "][" not in part


def _unread_lines(part: str, number: int) -> Iterator[Line]:
    for i, line in enumerate(part.split("\n"), number):
        if line:
            yield Line(i, [Piece(line)])


def _parsed_lines(part: str, number: int, env: dict[str, Any]) -> list[Line]:
    tokens: list[Token] = []
    PARSER.inline.parse(part, PARSER, env, tokens)
    reader = _Reader(part.split("\n"), number)
    for token in tokens:
        reader.read(token)
    return reader.lines()


# All other lines.

_MARKS: dict[str, Mark] = {
    "strong_open": "strong",
    "em_open": "em",
    "s_open": "struck",
    "strong_close": "strong",
    "em_close": "em",
    "s_close": "struck",
}
_MARK_TAGS: dict[str, Mark] = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_TAG = expression(r"^<\s*(/?)\s*([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = expression(r"""\b(href|src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ADDRESS = expression(r"https?://[^\s#]+$", re.IGNORECASE)  # "#": the anchor of a heading
_BREAKING = word_set(
    "br p li ul ol tr table div center details summary dt dd hr h1 h2 h3 h4 h5 h6 blockquote"
)


class _Reader:
    """Read inline tokens, one after another, into lines of pieces."""

    def __init__(self, source: list[str], number: int) -> None:
        self._source = source
        self._at = 0  # index into source
        self._number = number
        self._lines = [Line(number)]
        self._marks: list[Mark] = []
        self._href: str | None = None
        self._words: list[str] = []  # of the open link
        self._picture = ""
        self._link_at = 0  # index into source
        self._level = 0
        self._label = False
        self._silent = ""  # the HTML element whose words are code

    def lines(self) -> list[Line]:
        """Return the lines read, empty ones left out."""
        self._close_link()
        return [line for line in self._lines if line.pieces]

    def read(self, token: Token) -> None:
        """Take one token."""
        kind = token.type
        if kind in ("text", "text_special"):
            self._say(token.content, self._mark)
        elif kind == "code_inline":
            self._say(token.content, "code")
        elif kind in ("softbreak", "hardbreak"):
            self._break_line()
        elif kind in _MARKS:
            self._turn_mark(_MARKS[kind], closing=token.nesting < 0)
        elif kind == "link_open":
            self._open_link(str(token.attrs.get("href", "")))
        elif kind == "link_close":
            self._close_link()
        elif kind == "image":
            self._image(str(token.attrs.get("src", "")), token.content)
        elif kind == "html_inline":
            self._html(token.content)

    @property
    def _mark(self) -> Mark:
        return self._marks[-1] if self._marks else ""

    def _say(self, text: str, mark: Mark) -> None:
        if self._silent:
            return
        if self._href is not None:
            self._words.append(text)
        elif text:
            self._add(Piece(text, mark))

    def _add(self, piece: Piece) -> None:
        line = self._lines[-1]
        line.heading, line.label = line.heading or self._level, line.label or self._label
        line.pieces.append(piece)

    def _break_line(self) -> None:
        """End a line; within a link's words that is a space."""
        self._at += 1
        if self._href is not None:
            self._words.append(" ")
        else:
            self._lines.append(Line(self._number + self._at))

    def _turn_mark(self, mark: Mark, *, closing: bool) -> None:
        if not closing:
            self._marks.append(mark)
        elif mark in self._marks:
            self._marks.reverse()
            self._marks.remove(mark)
            self._marks.reverse()

    def _open_link(self, href: str) -> None:
        self._close_link()
        self._href, self._words, self._picture, self._link_at = href, [], "", self._at

    def _close_link(self) -> None:
        if self._href is None:
            return
        href, self._href = self._href, None
        self._catch_up(href)
        text = " ".join("".join(self._words).split())
        if not text and not self._picture and _ADDRESS.match(href):
            text = href  # "[](https://example.org/a)" is an address by itself
        if text or self._picture:
            number = self._number + self._link_at
            self._add(Piece(text, self._mark, href, number, self._picture))

    def _catch_up(self, href: str) -> None:
        """Count line breaks that the tokens do not show (within code): look for the target."""
        for ahead, line in enumerate(self._source[self._at : self._at + MAX_LINES_AHEAD]):
            if href and href in line:
                self._link_at += ahead
                self._at += ahead
                break

    def _image(self, source: str, alt: str) -> None:
        """Take an image: within a link it stands for the words that the link lacks."""
        if self._href is not None and not "".join(self._words).strip():
            self._picture = source or "image"
            self._words.append(alt)
        elif self._href is None and is_video(source):  # embedded, as Obsidian does it
            self._add(Piece(alt, self._mark, source, self._number + self._at))

    def _html(self, html: str) -> None:
        match = _TAG.match(html)
        if match is None:
            return
        closing, name = bool(match[1]), match[2].lower()
        self._at += html.count("\n")
        if name in ("code", "samp") and self._href is None:
            self._silent = "" if closing else name
        elif name in ("a", "img"):
            self._link_tag(name, html, closing=closing)
        elif name in _MARK_TAGS:
            self._turn_mark(_MARK_TAGS[name], closing=closing)
        elif name in ("td", "th"):
            self._say(" | ", self._mark)
        elif name in _BREAKING:
            self._structure(name, closing=closing)

    def _link_tag(self, name: str, html: str, *, closing: bool) -> None:
        attributes: dict[str, str] = {}
        for key, value in _ATTRIBUTE.findall(html):
            attributes[key.lower()] = unescape(value.strip("\"'"))

        if name == "img":
            self._image(attributes.get("src", ""), attributes.get("alt", ""))
        elif closing:
            self._close_link()
        elif "href" in attributes:
            self._open_link(attributes["href"])

    def _structure(self, name: str, *, closing: bool) -> None:
        if self._href is not None:
            self._words.append(" ")
        elif self._lines[-1].pieces:
            self._lines.append(Line(self._number + self._at))
        if name[0] == "h" and name != "hr":
            self._level = 0 if closing else int(name[1])
        elif name == "summary":
            self._label = not closing
