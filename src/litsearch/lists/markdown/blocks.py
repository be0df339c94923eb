"""Read a Markdown text as an outline: headings, paragraphs, lists and tables, each with its lines.

The block structure comes from markdown-it. Unlike a renderer, this reads raw HTML as marked text,
and indented text as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it.token import Token

from litsearch.lists.markdown.commonmark import PARSER
from litsearch.lists.markdown.inline import BREAK, Line, lines_of
from litsearch.lists.markdown.spans import Piece
from litsearch.patterns import expression

Kind = Literal["heading", "text", "list", "item", "table"]


@dataclass(slots=True)
class Block:
    """A heading, a paragraph, a list of items, an item with what stands in it, or a table."""

    kind: Kind
    line: int
    level: int = 0  # of a heading
    lines: list[Line] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)  # of a table, the first is its head

    @property
    def is_linked(self) -> bool:
        """True for a block with a link in a line of its own."""
        return any(line.is_linked for line in self.lines)


def outline(text: str) -> list[Block]:
    """Return the blocks of a Markdown text, in order. Never fails; takes linear time."""
    env: dict[str, Any] = {}
    parts = list(parts_of(text, env))  # all of them first: a link may refer to any later line
    blocks: list[Block] = []
    open_list = ""
    for part in parts:
        new = _blocks_of(part, env)
        if part.begins and part.begins == open_list:
            blocks[-1].children += new.pop(0).children
        blocks += new
        open_list = part.ends
    return blocks


# Parts: markdown-it takes long for lists of thousands of items, so a text is cut at its margin.

# a heading or an item, no rule of dashes
_MARGIN = expression(r"#{1,6} |[-*+] (?= *[^\s])(?![-*_ \t]*$)")
# what may make a table's head of the line above it
_RULE = expression(r"[ \t]*[|:-][|:\- \t]*$")
# an item without words, which may end its list
_EMPTY = expression(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$")
_PLAIN = expression(r"[-*+] {1,4}(?![\s#>|=~`]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|\[.*\]:)")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are blocks of their own: a plain item, or what markdown-it makes of them."""

    before: int  # lines of the text before it
    item: str = ""  # the words of a plain item
    tokens: Sequence[Token] = ()
    begins: str = ""  # the mark of the bullet list that it begins with
    ends: str = ""  # that of the list that it ends with, which an item below would continue


def parts_of(text: str, env: dict[str, Any]) -> Iterator[Part]:
    """Yield the parts of a text in order; after the last, env has the targets of references."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = _next_margin(lines, at)
        if _is_plain(lines, at, end):
            mark = lines[at][0]
            yield Part(at, lines[at][2:].strip(), begins=mark, ends=mark)
        else:
            end = _next_plain(lines, end)
            tokens = PARSER.parse("\n".join(lines[at:end]), env)
            yield Part(at, "", tokens, *_open_lists(tokens, lines[at:end]))
            end = _end_of_fence(tokens, lines, at, end)
        at = end


def _next_margin(lines: list[str], at: int) -> int:
    """Return the next line at which a block at the margin begins."""
    above = lines[at]
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if _MARGIN.match(line) and not _EMPTY.match(above):
            below = lines[i + 1] if i + 1 < len(lines) else ""
            if not _RULE.match(below):
                return i
        above = line if line.strip(" \t") else above
    return len(lines)


def _next_plain(lines: list[str], at: int) -> int:
    """Return the next line at which a plain item begins."""
    while at < len(lines):
        end = _next_margin(lines, at)
        if _is_plain(lines, at, end):
            return at
        at = end
    return at


def _is_plain(lines: list[str], at: int, end: int) -> bool:
    """Tell whether lines are an item of one line that holds no further block."""
    line = lines[at]
    if line[:2] not in ("- ", "* ", "+ ") or not _MARGIN.match(line) or not _PLAIN.match(line):
        return False
    return not any(below.strip(" \t") for below in lines[at + 1 : end])


def _open_lists(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[str, str]:
    """Return the marks of the bullet lists with which tokens begin and end; "" for other blocks."""
    top = [token for token in tokens if token.type == "bullet_list_open" and token.level == 0]
    if not top:
        return "", ""
    begins = top[0].markup if tokens[0] is top[0] else ""

    written = len("\n".join(lines).rstrip(" \t\n").split("\n"))  # lines, without empty ones below
    last = top[-1].map
    is_last = tokens[-1].type == "bullet_list_close" and last is not None and last[1] >= written
    return begins, top[-1].markup if is_last else ""


def _end_of_fence(tokens: Sequence[Token], lines: list[str], at: int, end: int) -> int:
    """Return the line after a fence that lines[at:end] leave open; end when they leave none."""
    fence = tokens[-1] if tokens else None
    if fence is None or fence.type != "fence" or fence.level or fence.map is None:
        return end
    first, behind = fence.map
    if behind - first > 1 and _closes(lines[at + behind - 1], fence.markup):
        return end
    while end < len(lines) and not _closes(lines[end], fence.markup):
        end += 1
    return end + 1


def _closes(line: str, fence: str) -> bool:
    mark = line.strip(" \t")
    return len(mark) >= len(fence) and not mark.strip(fence[0])


# Blocks.


def _blocks_of(part: Part, env: dict[str, Any]) -> list[Block]:
    """Return the blocks of a part of the text."""
    if part.item:
        number = part.before + 1
        item = Block("item", number, lines=list(lines_of(part.item, number, env)))
        return [Block("list", number, children=[item])]

    tree = _Tree(env)
    above: Token | None = None
    for token in part.tokens:
        line = part.before + token.map[0] + 1 if token.map else tree.innermost.line
        tree.take(token, line, above)
        above = token
    return tree.blocks


_OPENINGS: dict[str, Kind] = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "table_open": "table",
}
_CLOSINGS = ("bullet_list_close", "ordered_list_close", "list_item_close", "table_close")


class _Tree:
    """The blocks of tokens, and those that are open."""

    def __init__(self, env: dict[str, Any]) -> None:
        self._env = env
        self._open = [Block("text", 1)]

    @property
    def innermost(self) -> Block:
        """The innermost open block."""
        return self._open[-1]

    @property
    def blocks(self) -> list[Block]:
        """The outermost blocks."""
        return self._open[0].children

    def take(self, token: Token, line: int, above: Token | None) -> None:
        """Open, close or fill the block that a token belongs to."""
        kind = _OPENINGS.get(token.type)
        if kind is not None:
            block = Block(kind, line)
            self.innermost.children.append(block)
            self._open.append(block)
        elif token.type == "tr_open":
            self.innermost.rows.append([])
        elif token.type in _CLOSINGS:
            self._open.pop()
        elif token.type == "inline":
            lines = list(lines_of(token.content, line, self._env))
            _fill(self.innermost, lines, line, above)


def _fill(block: Block, lines: list[Line], number: int, above: Token | None) -> None:
    """Put the lines of an inline token where they belong."""
    if block.kind == "table":
        block.rows[-1].append(joined_lines(lines, number))
    elif level := _heading_level(above, lines):
        block.children.append(Block("heading", number, level, [joined_lines(lines, number)]))
    elif block.kind == "item" and not (block.lines or block.children) and above and above.level:
        block.lines = lines
    else:
        block.children.extend(_split_headings(lines))


def _heading_level(opening: Token | None, lines: list[Line]) -> int:
    """Return the level of a heading; 0 for a paragraph, also one with a rule of dashes under it."""
    if opening is None or opening.type != "heading_open":
        return 0
    is_title = opening.markup[0] == "#" or (len(lines) == 1 and not lines[0].is_linked)
    return int(opening.tag[1]) if is_title else 0


def joined_lines(lines: Sequence[Line], number: int) -> Line:
    """Return lines as one, with a break between them."""
    pieces: list[Piece] = []
    for line in lines:
        pieces += [*line.pieces, BREAK]
    return Line(number, pieces[:-1])


def _split_headings(lines: list[Line]) -> Iterator[Block]:
    """Yield the lines of a paragraph as text blocks, its HTML headings as headings."""
    text: list[Line] = []
    for line in lines:
        if not line.heading:
            text.append(line)
            continue
        if text:
            yield Block("text", text[0].number, lines=text)
            text = []
        yield Block("heading", line.number, level=line.heading, lines=[line])
    if text:
        yield Block("text", text[0].number, lines=text)
