"""A Markdown text as an outline: headings, paragraphs, lists and tables, each with its lines.

The block structure comes from markdown-it. Unlike a renderer, this reads raw HTML as marked text, and indented text
as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it.token import Token

from litsearch.lists.markdown.inline import PARSER, Line, Piece, lines_of

_MARGIN = re.compile(
    r"#{1,6} |[-*+] (?= *[^\s])(?![-*_ \t]*$)"
)  # a heading or an item, no rule of dashes
_RULE = re.compile(r"[ \t]*[|:-][|:\- \t]*$")  # may make a table's head of the line above it
_EMPTY = re.compile(
    r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$"
)  # an item without words, which may end its list
_PLAIN = re.compile(r"[-*+] {1,4}(?![\s#>|=~`]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|\[.*\]:)")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are blocks of their own: a plain item, or what markdown-it makes of them."""

    before: int  # lines of the text before it
    item: str = ""  # the words of a plain item
    tokens: Sequence[Token] = ()
    begins: str = ""  # the mark of the bullet list that it begins with
    ends: str = (
        ""  # the mark of the bullet list that it ends with, which an item below would continue
    )


def parts_of(text: str, env: dict[str, Any]) -> Iterator[Part]:
    """The parts of a text in order. When all were given out, env has the targets of reference links."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if _is_plain(lines, at, end):
            yield Part(at, lines[at][2:].strip(), begins=lines[at][0], ends=lines[at][0])
        else:
            while end < len(lines) and not _is_plain(lines, end, beyond := _end(lines, end)):
                end = beyond
            tokens = PARSER.parse("\n".join(lines[at:end]), env)
            yield Part(at, "", tokens, *_open_lists(tokens, lines[at:end]))
            end = _fence_end(tokens, lines, at, end)
        at = end


def _end(lines: list[str], at: int) -> int:
    """The next line at which a block at the margin begins."""
    above = lines[at]
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if (
            _MARGIN.match(line)
            and not _EMPTY.match(above)
            and not _RULE.match("".join(lines[i + 1 : i + 2]))
        ):
            return i
        above = line if line.strip(" \t") else above
    return len(lines)


def _is_plain(lines: list[str], at: int, end: int) -> bool:
    """True for an item of one line that holds no further block."""
    line = lines[at]
    plain = line[:2] in ("- ", "* ", "+ ") and _MARGIN.match(line) and _PLAIN.match(line)
    return bool(plain) and not any(line.strip(" \t") for line in lines[at + 1 : end])


def _open_lists(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[str, str]:
    """The marks of the bullet lists with which tokens begin and end; "" where they do so with something else."""
    top = [token for token in tokens if token.type == "bullet_list_open" and token.level == 0]
    if not top:
        return "", ""
    written = max(i for i, line in enumerate(lines, 1) if line.strip(" \t"))
    last = (
        tokens[-1].type == "bullet_list_close"
        and top[-1].map is not None
        and top[-1].map[1] >= written
    )
    return top[0].markup if tokens[0] is top[0] else "", top[-1].markup if last else ""


def _fence_end(tokens: Sequence[Token], lines: list[str], at: int, end: int) -> int:
    """The line after a fence that lines[at:end] leave open; end when they leave none."""
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


def outline(text: str) -> list[Block]:
    """The blocks of a Markdown text, in order. Never fails on text; costs time linear in it."""
    env: dict[str, Any] = {}
    blocks: list[Block] = []
    open_list = ""
    for part in list(parts_of(text, env)):  # all of them first: a link may refer to any later line
        new = _blocks_of(part, env)
        if part.begins and part.begins == open_list:
            blocks[-1].children += new.pop(0).children
        blocks += new
        open_list = part.ends
    return blocks


def _blocks_of(part: Part, env: dict[str, Any]) -> list[Block]:
    """The blocks of a part of the text."""
    root = Block("text", 1)
    if part.item:
        number = part.before + 1
        item = Block("item", number, lines=list(lines_of(part.item, number, env)))
        return [Block("list", number, children=[item])]
    stack = [root]
    for i, token in enumerate(part.tokens):
        line = part.before + token.map[0] + 1 if token.map else stack[-1].line
        _place(token, line, stack, env, part.tokens[i - 1] if i else None)
    return root.children


def _place(
    token: Token, line: int, stack: list[Block], env: dict[str, Any], before: Token | None
) -> None:
    """Open, close or fill the block that a token belongs to; stack[-1] is the innermost open one."""
    if token.type in ("bullet_list_open", "ordered_list_open"):
        _open(stack, Block("list", line))
    elif token.type == "list_item_open":
        _open(stack, Block("item", line))
    elif token.type == "table_open":
        _open(stack, Block("table", line))
    elif token.type == "tr_open":
        stack[-1].rows.append([])
    elif token.type in (
        "bullet_list_close",
        "ordered_list_close",
        "list_item_close",
        "table_close",
    ):
        stack.pop()
    elif token.type == "inline":
        _fill(stack[-1], token, line, env, before)


def _open(stack: list[Block], block: Block) -> None:
    stack[-1].children.append(block)
    stack.append(block)


def _fill(block: Block, token: Token, line: int, env: dict[str, Any], before: Token | None) -> None:
    """Put the lines of an inline token where they belong."""
    lines = list(lines_of(token.content, line, env))
    if block.kind == "table":
        block.rows[-1].append(_joined(lines, line))
    elif before is not None and before.type == "heading_open" and _is_heading(before, lines):
        block.children.append(
            Block("heading", line, level=int(before.tag[1]), lines=[_joined(lines, line)])
        )
    elif (
        block.kind == "item"
        and not block.lines
        and not block.children
        and before is not None
        and before.level > 0
    ):
        block.lines = lines
    else:
        block.children.extend(_split_headings(lines))


def _is_heading(opening: Token, lines: list[Line]) -> bool:
    """False for a paragraph that a rule of dashes under it turned into a heading."""
    return opening.markup[0] == "#" or (
        len(lines) == 1 and not any(p.href for p in lines[0].pieces)
    )


def _joined(lines: list[Line], number: int) -> Line:
    pieces = [piece for line in lines for piece in (*line.pieces, Piece(" "))]
    return Line(number, pieces[:-1])


def _split_headings(lines: list[Line]) -> Iterator[Block]:
    """The lines of a paragraph as text blocks, with its HTML headings as headings of their own."""
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
