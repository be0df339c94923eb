"""Read the markup of Jira and Confluence: [Title|address] in lists, tables and prose, under h1."""

from __future__ import annotations

import re

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".confluence", ".jira", ".txt")
DEFAULT_FOR = (".confluence", ".jira")

_OF_JIRA = expression(r"^h[1-6]\. \S|\[[^\[\]|\n]{1,300}\|https?://[^\[\]\s]+\]", re.MULTILINE)
_HEADING = expression(r"^\s*h([1-6])\.\s+(.*)$")
_BULLET = expression(r"^\s*([*#-]+)\s+")
_LINK = expression(r"\[([^\[\]|\n]{1,300})\|([^\[\]|\s]{1,2000})(?:\|[^\[\]\n]{0,300})?\]")
_BARE = expression(r"\[(https?://[^\[\]|\s]{1,2000})\]")
_BOLD = expression(r"(?<![\w*])\*([^*\n]{1,300})\*(?![\w*])")
_SLANTED = expression(r"(?<![\w_])_([^_\n]{1,300})_(?![\w_])")
_CODE = expression(r"\{(code|noformat)\b[^{}]{0,100}\}")
_MACRO = expression(r"\{[a-z][\w-]{0,30}(?::[^{}]{0,200})?\}")


def accepts(text: str) -> bool:
    """Return True for a text with Jira's headings or links."""
    return _OF_JIRA.search(text[:100_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    out: list[str] = []
    is_code = False
    for line in text.split("\n"):
        marks = len(_CODE.findall(line))
        is_text = not is_code and not marks
        is_code ^= marks % 2 == 1
        out.append(_line(line) if is_text else "")
    _rule_tables(out)
    return "\n".join(out)


def _line(line: str) -> str:
    if heading := _HEADING.match(line):
        return f"{'#' * int(heading[1])} {_inline(heading[2])}"
    if bullet := _BULLET.match(line):
        sign = "1." if bullet[1][-1] == "#" else "-"
        return f"{'   ' * (len(bullet[1]) - 1)}{sign} {_inline(line[bullet.end() :])}"
    return _inline(line).replace("||", "|")


def _inline(text: str) -> str:
    text = _BARE.sub(r"\1", _LINK.sub(r"[\1](\2)", text))
    text = _SLANTED.sub(r"*\1*", _BOLD.sub(r"**\1**", text))
    return _MACRO.sub(" ", text)


def _rule_tables(lines: list[str]) -> None:
    """Put a rule under the first row of each table; the row below it moves up to its own line."""
    row = 0
    while row < len(lines):
        end = row
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        if end - row > 1:
            lines[row] = f"{lines[row]}\n{'|---' * (lines[row].count('|') - 1)}|"
        row = max(end, row + 1)
