"""Plain text: paragraphs set apart by empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litsearch.extract.blocks import Block, clean, clean_code, document
from litsearch.extract.charset import decode
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("text/plain",)
MAX_TITLE = 120
CODE_LINE = re.compile(
    r"(?: {4,}|\t)\S|.*[{};]\s*$|\s*(?:def|class|import|from|return|if|for|while|#include)\b.*[:;>]\s*$"
)


def extract(raw: RawDocument, source_id: str) -> Document:
    """The text of a plain file. Raises ExtractError when there is none."""
    blocks = list(_paragraphs(decode(raw)))
    first = blocks[0].text if blocks else ""
    title = (
        first
        if len(first) <= MAX_TITLE and "\n" not in first and not first.endswith((".", ",", ";"))
        else None
    )
    return document(raw, source_id, blocks, title=title)


def _paragraphs(text: str) -> Iterator[Block]:
    """Prose with its lines joined, code and tables with their lines kept."""
    for part in re.split(
        r"\n[ \t]*\n\s*?(?=\S| )",
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"),
    ):
        lines = [line for line in part.split("\n") if line.strip()]
        if sum(1 for line in lines if CODE_LINE.match(line)) > len(lines) / 2:
            yield Block(clean_code(part), role="code")
        elif lines:
            yield Block(_joined(lines))


def _joined(lines: list[str]) -> str:
    """Hard-wrapped lines become one; short lines, as in lists and verse, stay lines."""
    longest = max(map(len, lines))
    wrapped = longest <= 100 and all(len(line) > 0.6 * longest for line in lines[:-1])
    return clean((" " if wrapped else "\n").join(line.strip() for line in lines))
