"""A Markdown text cut where a block at the margin must begin, so that markdown-it need not see the plain items.

markdown-it takes 60 microseconds and more for an item of a list, and in long lists most items are one line of words
and links. These are taken as what they are; what lies between goes to markdown-it. The outline is the same (a law in
the tests): an item or a heading at the margin ends all that stands above it, but for a fence, whose end is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from litsearch.lists.reading.parser import PARSER

_MARGIN = re.compile(r"#{1,6} |[-*+] (?= *[^\s])(?![-*_ \t]*$)")  # a heading or an item, no rule of dashes
_RULE = re.compile(r"[ \t]*[|:-][|:\- \t]*$")  # may make a table's head of the line above it
_EMPTY = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$")  # an item without words, which may end its list
_PLAIN = re.compile(r"[-*+] {1,4}(?![\s#>|=~`]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|\[.*\]:)")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are blocks of their own: a plain item, or what markdown-it makes of them."""

    before: int  # lines of the text before it
    item: str = ""  # the words of a plain item
    tokens: Sequence[Token] = ()
    begins: str = ""  # the mark of the bullet list that it begins with
    ends: str = ""  # the mark of the bullet list that it ends with, which an item below would continue


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
        if _MARGIN.match(line) and not _EMPTY.match(above) and not _RULE.match("".join(lines[i + 1 : i + 2])):
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
    last = tokens[-1].type == "bullet_list_close" and top[-1].map is not None and top[-1].map[1] >= written
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
