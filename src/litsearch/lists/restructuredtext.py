"""Read reStructuredText: `Title <address>`_ in lists and prose, under underlined headings."""

from __future__ import annotations

import re

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.lists.phrases import word_set
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".rst", ".rest", ".txt")
DEFAULT_FOR = (".rst", ".rest")

_OF_RST = expression(
    r"`[^`<>\n]{1,300} <https?://[^<>`\s]+>`_|^\.\. _[^:\n]{1,100}: https?://", re.MULTILINE
)
_RULE = expression(r"^([=\-`:.'\"~^_*+#<>])\1{2,}[ \t]*$")
_LINK = expression(r"`([^`<>\n]{1,500}?)\s*<([^<>`\s]{1,2000})>`__?")
_NAMED = expression(r"`([^`<>\n]{1,300})`_(?!_)|(?<![\w`])([A-Za-z][\w-]{0,60})_(?![\w_])")
_ANONYMOUS = expression(r"`([^`<>\n]{1,300})`__|(?<![\w`])([A-Za-z][\w-]{0,60})__(?!\w)")
_TARGET = expression(r"^[ \t]*\.\.[ \t]+_(`[^`]+`|[^:`\n]+):[ \t]+(\S+)[ \t]*$")
_NEXT = expression(r"^[ \t]*(?:__|\.\.[ \t]+__:)[ \t]+(\S+)[ \t]*$")
_DIRECTIVE = expression(r"^([ \t]*)\.\.(?:[ \t]|$)(?:[ \t]*([\w-]+)::(.*))?")
_CITATION = expression(r"^\.\.[ \t]+\[[^\]\n]{1,60}\][ \t]+(?=\S)")  # ".. [Elm10] Eve Elm. …"
_SPOKEN = word_set("note tip seealso important hint admonition list-table warning epigraph topic")
_ROLE = expression(r":[\w:-]{1,30}:`([^`<>\n]{1,300}?)(?:\s*<[^<>`]{0,300}>)?`")
_LITERAL = expression(r"``([^`\n]{1,500})``")
_NUMBER = expression(r"^([ \t]*)(?:#|\(?\w\)|\(\d+\))\.?[ \t]+")
_LEVELS = 6


def accepts(text: str) -> bool:
    """Return True for a text with reStructuredText's links or link targets."""
    return _OF_RST.search(text[:100_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    lines = text.split("\n")
    targets, following = _take_targets(lines)
    _blank_directives(lines)
    _mark_headings(lines)
    for row, line in enumerate(lines):
        if "_" in line or "`" in line or "." in line or ")" in line:
            lines[row] = _inline(line, targets, following)
    return "\n".join(lines)


def _take_targets(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the addresses of names, and those without a name in their order, last first.

    Their lines are blanked in place.
    """
    targets: dict[str, str] = {}
    following: list[str] = []
    for row, line in enumerate(lines):
        if target := _TARGET.match(line):
            targets[target[1].strip("`").casefold()] = target[2]
        elif next_one := _NEXT.match(line):
            following.append(next_one[1])
        else:
            continue
        lines[row] = ""
    return targets, following[::-1]


def _blank_directives(lines: list[str]) -> None:
    """Blank comments and directives with what stands in them, unless they hold words to read."""
    depth = -1  # of the block that is left out
    for row, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if depth >= 0 and (not line.strip() or indent > depth):
            lines[row] = ""
            continue
        depth = -1
        if citation := _CITATION.match(line):
            lines[row] = f"- {line[citation.end() :]}"
            continue
        match = _DIRECTIVE.match(line)
        if match is None:
            continue
        spoken = match[2] in _SPOKEN
        lines[row] = match[1] + match[3].strip() if spoken and match[2] != "list-table" else ""
        depth = -1 if spoken else len(match[1])


def _mark_headings(lines: list[str]) -> None:
    """Turn underlined titles into Markdown's headings; a style's level is the order of styles."""
    styles: list[str] = []
    for row in range(1, len(lines)):
        rule = _rule_under(lines[row - 1], lines[row])
        if not rule:
            continue
        is_boxed = row > 1 and _RULE.match(lines[row - 2]) is not None
        style = rule + ("^" if is_boxed else "")
        if style not in styles:
            styles.append(style)
        level = min(styles.index(style) + 1, _LEVELS)
        lines[row - 1] = f"{'#' * level} {lines[row - 1].strip()}"
        lines[row] = ""
        if is_boxed:
            lines[row - 2] = ""


def _rule_under(title: str, line: str) -> str:
    """Return the sign of the rule that underlines a title; "" when a line is none."""
    rule = _RULE.match(line)
    if rule is None or not title.strip() or _RULE.match(title):
        return ""
    return rule[1] if len(line.strip()) >= len(title.strip()) // 2 else ""


def _inline(line: str, targets: dict[str, str], following: list[str]) -> str:
    line = _LINK.sub(r"[\1](\2)", line)
    line = _ROLE.sub(r"\1", line)
    line = _ANONYMOUS.sub(lambda match: _linked(match, following.pop() if following else ""), line)
    line = _NAMED.sub(
        lambda match: _linked(match, targets.get((match[1] or match[2]).casefold(), "")), line
    )
    line = _LITERAL.sub(r"`\1`", line)
    return _NUMBER.sub(r"\g<1>1. ", line)


def _linked(match: re.Match[str], address: str) -> str:
    return f"[{match[1] or match[2]}]({address})" if address else match[0]
