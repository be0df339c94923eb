"""The inline content of a Markdown block as lines of marked words and links, each link with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from litsearch.lists.fields import word_set

Mark = Literal["", "strong", "em", "code", "struck"]
# Runs without any sign that can begin a rule of the parser, and links that hold nothing else.
_RUN = r"[^\n!&*:<\[\]\\_`~]*(?:(?::(?=\s|\Z)|(?<!file):(?!//)|!(?!\[))[^\n!&*:<\[\]\\_`~]*)*"
_LINK = rf"\[({_RUN})\]\(([^\s()<>\\&\x00-\x1f\x7f]+)\)"
_PLAIN = re.compile(
    rf"((?=[^\[*`]){_RUN})|{_LINK}|(?:^|(?<= ))\*\*{_LINK}\*\*(?=[\s.,:;]|$)"
    r"|(?<![\w*])\*\*((?=\w)[^\n!&*:<\[\]\\_`~]*(?<=\w))\*\*(?![\w*])|(?<!`)`([^`\n]*[^`\s][^`\n]*)`(?!`)"
)


class Piece(NamedTuple):
    """A run of words, or a link with its words."""

    text: str
    mark: Mark = ""
    href: str | None = None
    line: int = 0  # 1-based, of the link
    picture: str = ""  # address of the image that a link without words shows


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


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces."""
    return "".join([piece.text for piece in pieces])


def plain_pieces(content: str, number: int) -> list[Piece]:
    """The pieces of a line of plain words and plain links, just as the parser finds them; [] for any other line."""
    pieces: list[Piece] = []
    at = 0
    for match in _PLAIN.finditer(content):
        words, label, target, bold_label, bold_target, bold, code = match.groups()
        if match.start() != at:
            return []
        at = match.end()
        if words:
            pieces.append(Piece(words))
        elif label or bold_label:
            text = " ".join((label or bold_label).split())
            pieces.append(Piece(text, "" if label else "strong", target or bold_target, number))
            if not text:
                return []
        elif bold:
            pieces.append(Piece(bold, "strong"))
        elif code and not (code[0] == code[-1] == " "):
            pieces.append(Piece(code, "code"))
        else:
            return []
    return pieces if at == len(content) else []


def words_of(lines: Sequence[Line]) -> str:
    """The words of several lines."""
    return " ".join(line.text for line in lines)


_SIGNS = re.compile(
    r"[\n!&*:<\[\]\\_`~]"
)  # where a rule may begin; markdown-it's own set is twice as large and as slow
MAX_FILE = 300  # characters of a path in plain text
_SCHEME = re.compile(r"(?i:https?)$|(?<!\w)file$")
_CLOSING = (  # punctuation that no address holds
    "，。；、！？：（）【】《》〈〉「」『』〔〕”“’‘،؛؟۔।…›‹»«\u3000\u200b-\u200f\u2060\ufeff"
)
_ADDRESS = re.compile(rf":[^\s<>\"`|\\^{{}}\[\]{_CLOSING}]+")


def _address(state: StateInline, silent: bool) -> bool:
    """Inline rule: an address in plain text, or the name of a file behind "file:", is a link without the punctuation
    after it."""
    if state.linkLevel or silent or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    limit = state.pos + MAX_FILE if scheme and scheme[0] == "file" else state.posMax
    match = _ADDRESS.match(state.src, state.pos, min(limit, state.posMax)) if scheme else None
    if scheme is None or match is None:
        return False
    rest = trimmed(match[0])
    if not (
        rest[1:3] == "//" and len(rest) > 5 if scheme[0] != "file" else "." in rest or "/" in rest
    ):
        return False
    url = scheme[0] + rest
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def trimmed(address: str) -> str:
    """An address from running text without the punctuation behind it; brackets stay when they are in pairs."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in "?!.,:;*_~'\"" or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


class _Parser(MarkdownIt):
    """CommonMark with tables; keeps every target as it is written."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


def _made() -> _Parser:
    parser = _Parser("commonmark", {"maxNesting": 60})
    parser.enable(["table", "strikethrough"]).disable(
        ["html_block", "code", "inline", "text_join"], True
    )
    parser.inline.ruler.before("link", "address", _address)
    parser.inline.terminator_re = _SIGNS
    return parser


PARSER = _made()


_MARKS: dict[str, Mark] = {"strong_open": "strong", "em_open": "em", "s_open": "struck"}
MAX_INLINE = 6_000  # characters parsed at once
MAX_DENSE = 400  # the same where brackets crowd: on "[[[[" markdown-it takes time with the square of the length
CROWD = 300  # opening brackets in MAX_INLINE characters
MAX_LINES_AHEAD = 50
_TAG = re.compile(r"^<\s*(/?)\s*([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_BREAKING = word_set(
    "br p li ul ol tr table div center details summary dt dd hr h1 h2 h3 h4 h5 h6 blockquote"
)


def lines_of(content: str, number: int, env: dict[str, Any]) -> Iterator[Line]:
    """The lines of a block's inline content."""
    for part, offset in _parts(content):
        pieces = plain_pieces(part, number + offset)
        if pieces:
            yield Line(number + offset, pieces)
            continue
        if (
            part.count("[") > MAX_DENSE // 4 and "](" not in part and "][" not in part
        ):  # brackets and no link
            yield from (
                Line(i, [Piece(line)])
                for i, line in enumerate(part.split("\n"), number + offset)
                if line
            )
            continue
        tokens: list[Token] = []
        PARSER.inline.parse(part, PARSER, env, tokens)
        reader = _Reader(part.split("\n"), number + offset)
        for token in tokens:
            reader.read(token)
        yield from reader.done()


def _parts(content: str) -> Iterator[tuple[str, int]]:
    """The content in parts of at most MAX_INLINE characters, and the number of line breaks before each."""
    start = breaks = 0
    while len(content) - start > (
        size := MAX_DENSE if content.count("[", start, start + MAX_INLINE) > CROWD else MAX_INLINE
    ):
        end = content.rfind("\n", start + 1, start + size)
        end = end if end > start else content.rfind(" ", start + 1, start + size)
        end = end if end > start else start + size
        yield content[start:end].lstrip("\n"), breaks + (content[start] == "\n")
        breaks += content.count("\n", start, end)
        start = end
    yield content[start:].lstrip("\n"), breaks + content.startswith("\n", start)


class _Reader:
    """Inline tokens, one after another, into lines of pieces."""

    def __init__(self, source: list[str], number: int) -> None:
        self.source = source
        self.at = 0  # index into source
        self.number = number
        self.lines = [Line(number)]
        self.marks: list[Mark] = []
        self.href: str | None = None
        self.words: list[str] = []
        self.picture = ""
        self.link_at = 0  # index into source
        self.level = 0
        self.label = False
        self.silent = ""  # the HTML element whose words are code

    def done(self) -> list[Line]:
        """The lines read, empty ones left out."""
        self.close_link()
        return [line for line in self.lines if line.pieces]

    def read(self, token: Token) -> None:
        """Take one token."""
        kind = token.type
        if kind in ("text", "text_special"):
            self.say(token.content)
        elif kind == "code_inline":
            self.piece(Piece(token.content, "code")) if self.href is None else self.say(
                token.content
            )
        elif kind in ("softbreak", "hardbreak"):
            self.turn()
        elif kind in _MARKS:
            self.marks.append(_MARKS[kind])
        elif kind.removesuffix("_close") + "_open" in _MARKS:
            self.unmark(_MARKS[kind.removesuffix("_close") + "_open"])
        elif kind == "link_open":
            self.open_link(str(token.attrs.get("href", "")))
        elif kind == "link_close":
            self.close_link()
        elif kind == "image":
            self.image(str(token.attrs.get("src", "")), token.content)
        elif kind == "html_inline":
            self.tag(token.content)

    def say(self, text: str) -> None:
        if self.silent:
            return
        if self.href is not None:
            self.words.append(text)
        else:
            self.piece(Piece(text, self.marks[-1] if self.marks else ""))

    def piece(self, piece: Piece) -> None:
        if piece.text and not self.silent:
            line = self.lines[-1]
            line.heading, line.label = line.heading or self.level, line.label or self.label
            line.pieces.append(piece)

    def turn(self, breaks: int = 1) -> None:
        """A line ends. Within a link's words it is a space."""
        self.at += breaks
        if self.href is not None:
            self.words.append(" ")
        elif breaks or self.lines[-1].pieces:
            self.lines.append(Line(self.number + self.at))

    def unmark(self, mark: Mark) -> None:
        if mark in self.marks:
            self.marks.reverse()
            self.marks.remove(mark)
            self.marks.reverse()

    def open_link(self, href: str) -> None:
        self.close_link()
        self.href, self.words, self.picture, self.link_at = href, [], "", self.at

    def close_link(self) -> None:
        if self.href is None:
            return
        href, self.href = self.href, None
        self.find(href)
        text = " ".join("".join(self.words).split())
        mark: Mark = self.marks[-1] if self.marks else ""
        if text or self.picture:
            line = self.lines[-1]
            line.heading, line.label = line.heading or self.level, line.label or self.label
            picture = "" if text and not self.picture else self.picture
            line.pieces.append(Piece(text, mark, href, self.number + self.link_at, picture))

    def find(self, href: str) -> None:
        """Catch up with line breaks that the tokens do not show (within code) by looking for the link's target."""
        for ahead, line in enumerate(self.source[self.at : self.at + MAX_LINES_AHEAD]):
            if href and href in line:
                self.link_at += ahead
                self.at += ahead
                break

    def image(self, source: str, alt: str) -> None:
        """An image: nothing by itself; within a link it stands for the words that the link lacks."""
        if self.href is not None and not "".join(self.words).strip():
            self.picture = source or "image"
            self.words.append(alt)

    def tag(self, html: str) -> None:
        match = _TAG.match(html)
        if match is None:
            return
        closing, name = bool(match[1]), match[2].lower()
        attributes = {k.lower(): unescape(v.strip("\"'")) for k, v in _ATTRIBUTE.findall(html)}
        self.at += html.count("\n")
        if name in ("code", "kbd", "samp") and self.href is None and name != "kbd":
            self.silent = "" if closing else name
        elif name == "a":
            self.anchor(closing, attributes)
        elif name == "img":
            self.image(attributes.get("src", ""), attributes.get("alt", ""))
        elif name in ("b", "strong", "i", "em"):
            mark: Mark = "strong" if name in ("b", "strong") else "em"
            self.unmark(mark) if closing else self.marks.append(mark)
        elif name in ("td", "th"):
            self.say(" | ")
        elif name in _BREAKING:
            self.structure(name, closing)

    def anchor(self, closing: bool, attributes: dict[str, str]) -> None:
        if closing:
            self.close_link()
        elif "href" in attributes:
            self.open_link(attributes["href"])

    def structure(self, name: str, closing: bool) -> None:
        if self.href is not None:
            self.words.append(" ")
        elif self.lines[-1].pieces:
            self.lines.append(Line(self.number + self.at))
        if name[0] == "h" and name != "hr":
            self.level = 0 if closing else int(name[1])
        elif name == "summary":
            self.label = not closing
