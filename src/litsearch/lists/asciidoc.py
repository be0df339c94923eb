"""Read AsciiDoc: address[Title] in lists, tables and prose, under headings of equals signs."""

from __future__ import annotations

import re

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.types import Entry

SUFFIXES = (".adoc", ".asciidoc", ".asc", ".txt")
DEFAULT_FOR = (".adoc", ".asciidoc", ".asc")

_HEADING = re.compile(r"^(={1,6})[ \t]+(.*)$")
_ATTRIBUTE = re.compile(r"^:!?([\w-]{1,60}):(?:[ \t]+(.*))?$")
_REFERENCE = re.compile(r"\{([\w-]{1,60})\}")
_LINK = re.compile(
    r"(?:link:)?(https?://[^\s\[\]<>\"]{1,2000})\[([^\[\]\n]{0,500})\]|link:(?!//)([^\s\[\]:]{1,500})\[([^\[\]\n]{0,500})\]"
)
_CROSS = re.compile(
    r"<<[^<>,\n]{1,200}(?:,([^<>\n]{1,300}))?>>|xref:[^\s\[\]]{1,300}\[([^\[\]\n]{0,300})\]"
)
_MACRO = re.compile(r"^(?:image|video|audio|include|toc|ifdef|ifndef|endif)::.*$")
_FENCE = re.compile(r"^(-{4,}|\.{4,}|/{4,}|\+{4,})[ \t]*$")
_TABLE = re.compile(r"^\|===")
_CELL = re.compile(r"(?:\d*[.+*<^>]*[aehlmsd]?)\|(?=[^|]|$)")
_BULLET = re.compile(r"^[ \t]*(\*{1,5}|-|\.{1,5})[ \t]+(?=\S)")
_BLOCK_TITLE = re.compile(r"^\.(?=[^\s.])(.{1,200})$")
_BLOCK_ATTRIBUTES = re.compile(r"^\[[^\[\]\n]{0,200}\]$")


def accepts(text: str) -> bool:
    """Return True for a text with AsciiDoc's headings and links."""
    head = text[:100_000]
    return (
        re.search(r"^={1,5} \S", head, re.MULTILINE) is not None
        and re.search(r"https?://\S+\[[^\]\n]*\]", head) is not None
    )


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same. Raises ListError."""
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    lines = text.split("\n")
    attributes: dict[str, str] = {}
    fence = ""
    table = False
    for row, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or fence == mark[1]):
            fence = "" if fence else mark[1]
            lines[row] = ""
        elif fence:
            lines[row] = ""
        elif given := _ATTRIBUTE.match(line):
            attributes[given[1]] = given[2] or ""
            lines[row] = ""
        elif _TABLE.match(line):
            table = not table
            lines[row] = ""
        else:
            lines[row] = _line(
                _REFERENCE.sub(lambda match: attributes.get(match[1], match[0]), line), table
            )
    if lines[0].startswith("# "):
        _blank_header(lines)
    _rule_tables(lines)
    return "\n".join(lines)


def _blank_header(lines: list[str]) -> None:
    """Blank the author and revision lines below the document's title."""
    for row in range(1, min(4, len(lines))):
        if not lines[row].strip():
            return
        if not lines[row].startswith(("-", "#", "1.")):
            lines[row] = ""


def _line(line: str, table: bool) -> str:
    if line.startswith("//") or _MACRO.match(line) or _BLOCK_ATTRIBUTES.match(line):
        return ""
    if heading := _HEADING.match(line):
        return f"{'#' * len(heading[1])} {_inline(heading[2])}"
    if table and line.startswith("|"):
        return "|" + "|".join(f" {_inline(cell.strip())} " for cell in line[1:].split("|")) + "|"
    if bullet := _BULLET.match(line):
        mark = bullet[1]
        sign = "1." if mark[0] == "." else "-"
        return f"{'   ' * (len(mark) - 1)}{sign} {_inline(line[bullet.end() :])}"
    if title := _BLOCK_TITLE.match(line):
        return f"**{title[1]}**"
    return _inline(line)


def _inline(text: str) -> str:
    text = _LINK.sub(_linked, text)
    return _CROSS.sub(lambda match: match[1] or match[2] or "", text)


def _linked(match: re.Match[str]) -> str:
    """Return a link as Markdown's; its words end before its attributes: "Title^", "Title,window=_blank"."""
    address, words = match[1] or match[3], match[2] or match[4] or ""
    words = re.split(r",\s*\w+=", words)[0].strip().removesuffix("^").strip('"')
    return f"[{words}]({address})" if words else address


def _rule_tables(lines: list[str]) -> None:
    """Put a rule under the first row of each table, and empty rows between rows that blank lines divide."""
    head = False
    for row, line in enumerate(lines):
        if not line.startswith("|"):
            head = (
                head
                and not line.strip()
                and any(below.startswith("|") for below in lines[row + 1 : row + 3])
            )
            lines[row] = "| |" if head else line
        elif not head:
            head = True
            if row + 1 < len(lines) and not lines[row + 1].strip():
                lines[row + 1] = "|" + "---|" * (line.count("|") - 1)
