"""Plain text: paragraphs set apart by empty lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litsearch.extract.blocks import Block, clean, clean_code, document, unix_lines
from litsearch.extract.charset import decode
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("text/plain",)
MAX_TITLE = 120  # characters
MAX_WRAPPED = 100  # characters: no editor wraps lines at more
FULL = 0.6  # of the longest line: a wrapped line is at least so long
EMPTY_LINE = expression(r"\n[ \t]*\n\s*?(?=\S| )")
CODE_LINE = expression(
    r"(?: {4,}|\t)\S|.*[{};]\s*$"
    r"|\s*(?:def|class|import|from|return|if|for|while|#include)\b.*[:;>]\s*$"
)


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a plain file. Raises ExtractError when there is none."""
    blocks = list(_paragraphs(decode(raw)))
    return document(raw, source_id, blocks, title=_title(blocks))


def _title(blocks: Sequence[Block]) -> str | None:
    """Return the first paragraph when it is one short line without a full stop."""
    first = blocks[0].text if blocks else ""
    if len(first) > MAX_TITLE or "\n" in first or first.endswith((".", ",", ";")):
        return None
    return first


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield prose with its lines joined, code and tables with their lines kept."""
    # Lines without end at the end would be tried from each of them.
    pages = unix_lines(text).replace("\f", "\n\n").rstrip()
    for part in EMPTY_LINE.split(pages):
        lines = [line for line in part.split("\n") if line.strip()]
        code_lines = sum(1 for line in lines if CODE_LINE.match(line))

        if code_lines > len(lines) / 2:
            yield Block(clean_code(part), role="code")
        elif lines:
            yield Block(_joined(lines))


def _joined(lines: Sequence[str]) -> str:
    """Join hard-wrapped lines; short lines, as in lists and verse, stay lines."""
    longest = max(map(len, lines))
    full = all(len(line) > FULL * longest for line in lines[:-1])
    glue = " " if full and longest <= MAX_WRAPPED else "\n"
    return clean(glue.join(line.strip() for line in lines))
