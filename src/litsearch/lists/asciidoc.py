"""Read AsciiDoc: address[Title] in lists, tables and prose, under headings of equals signs."""

from __future__ import annotations

import re

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".adoc", ".asciidoc", ".asc", ".txt")
DEFAULT_FOR = (".adoc", ".asciidoc", ".asc")

_HEADING = expression(r"^(={1,6})[ \t]+(.*)$")
_ATTRIBUTE = expression(r"^:!?([\w-]{1,60}):(?:[ \t]+(.*))?$")
_REFERENCE = expression(r"\{([\w-]{1,60})\}")
_LINK = expression(
    r"(?:link:)?(https?://[^\s\[\]<>\"]{1,2000})\[([^\[\]\n]{0,500})\]"
    r"|link:(?!//)([^\s\[\]:]{1,500})\[([^\[\]\n]{0,500})\]"
)
_CROSS = expression(
    r"<<[^<>,\n]{1,200}(?:,([^<>\n]{1,300}))?>>|xref:[^\s\[\]]{1,300}\[([^\[\]\n]{0,300})\]"
)
_MACRO = expression(r"^(?:image|video|audio|include|toc|ifdef|ifndef|endif)::.*$")
_FENCE = expression(r"^(-{4,}|\.{4,}|/{4,}|\+{4,})[ \t]*$")
_TABLE = expression(r"^\|===")
_BULLET = expression(r"^[ \t]*(\*{1,5}|-|\.{1,5})[ \t]+(?=\S)")
_BLOCK_TITLE = expression(r"^\.(?=[^\s.])(.{1,200})$")
_BLOCK_ATTRIBUTES = expression(r"^\[[^\[\]\n]{0,200}\]$")


def accepts(text: str) -> bool:
    """Return True for a text with AsciiDoc's headings and links."""
    head = text[:100_000]
    return (
        re.search(r"^={1,5} \S", head, re.MULTILINE) is not None
        and re.search(r"https?://\S+\[[^\]\n]*\]", head) is not None
    )


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines."""
    reader = _Reader()
    lines = [reader.read(line) for line in text.split("\n")]
    if lines[0].startswith("# "):
        _blank_header(lines)
    _rule_tables(lines)
    return "\n".join(lines)


class _Reader:
    """Read lines in their order: within a block of code or a table they mean other things."""

    def __init__(self) -> None:
        self._attributes: dict[str, str] = {}
        self._fence = ""  # of the open block of code
        self._in_table = False

    def read(self, line: str) -> str:
        """Return a line as Markdown; "" for what is no text."""
        mark = _FENCE.match(line)
        if mark and self._fence in ("", mark[1]):
            self._fence = "" if self._fence else mark[1]
            return ""
        if self._fence:
            return ""
        if attribute := _ATTRIBUTE.match(line):
            self._attributes[attribute[1]] = attribute[2] or ""
            return ""
        if _TABLE.match(line):
            self._in_table = not self._in_table
            return ""
        return _line(_REFERENCE.sub(self._value, line), self._in_table)

    def _value(self, match: re.Match[str]) -> str:
        return self._attributes.get(match[1], match[0])


def _blank_header(lines: list[str]) -> None:
    """Blank the author and revision lines below the document's title."""
    for row in range(1, min(4, len(lines))):
        if not lines[row].strip():
            return
        if not lines[row].startswith(("-", "#", "1.")):
            lines[row] = ""


def _line(line: str, in_table: bool) -> str:
    if line.startswith("//") or _MACRO.match(line) or _BLOCK_ATTRIBUTES.match(line):
        return ""
    if heading := _HEADING.match(line):
        return f"{'#' * len(heading[1])} {_inline(heading[2])}"
    if in_table and line.startswith("|"):
        return _row(line)
    if bullet := _BULLET.match(line):
        mark = bullet[1]
        sign = "1." if mark[0] == "." else "-"
        return f"{'   ' * (len(mark) - 1)}{sign} {_inline(line[bullet.end() :])}"
    if title := _BLOCK_TITLE.match(line):
        return f"**{title[1]}**"
    return _inline(line)


def _row(line: str) -> str:
    cells = map(_inline, map(str.strip, line[1:].split("|")))
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    text = _LINK.sub(_linked, text)
    return _CROSS.sub(lambda match: match[1] or match[2] or "", text)


def _linked(match: re.Match[str]) -> str:
    """Return a link as Markdown's; its words end before its attributes: "Title,window=_blank"."""
    address, words = match[1] or match[3], match[2] or match[4] or ""
    words = re.split(r",\s*\w+=", words)[0].strip().removesuffix("^").strip('"')
    return f"[{words}]({address})" if words else address


def _rule_tables(lines: list[str]) -> None:
    """Put a rule under the first row of each table, and empty rows where lines divide rows."""
    is_open = False
    for row, line in enumerate(lines):
        if not line.startswith("|"):
            below = "".join([further[:1] for further in lines[row + 1 : row + 3]])
            is_open = is_open and not line.strip() and "|" in below
            lines[row] = "| |" if is_open else line
        elif not is_open:
            is_open = True
            if row + 1 < len(lines) and not lines[row + 1].strip():
                lines[row + 1] = "|" + "---|" * (line.count("|") - 1)
