"""Plain text: its characters from its bytes, and paragraphs set apart by empty lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from charset_normalizer import from_bytes

from litsearch.extract.blocks import Block, clean, clean_code, document, unix_lines
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


SAMPLE = 65_536  # bytes shown to the guesser; more costs seconds and changes nothing
META_CHARSET = expression(
    rb"""<(?:meta|\?xml)\s[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""",
    re.I,
)
TAGS = expression(rb"<[^<>]{0,2000}>")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Labels that the web uses for a larger sibling (WHATWG Encoding Standard).
LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
}
SEVEN_BIT = ("iso2022_jp", "hz", "utf_7")  # pure ASCII bytes, yet not UTF-8
MOST_BROKEN = 20  # foreign characters to one that is no UTF-8: such a text is UTF-8 all the same


def decode(raw: RawDocument) -> str:
    """Return the characters of a text document.

    Its byte order mark tells the encoding; else it is UTF-8 where that fits, else what the document
    declares, else what its bytes look like.
    """
    body = raw.body
    for mark, name in BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    wide = _utf16_without_mark(body)
    if wide:
        return body.decode(wide, "replace")

    declared = _declared_charset(raw)
    if declared in SEVEN_BIT:
        return body.decode(declared, "replace")

    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken or broken * MOST_BROKEN <= sum(map(_not_ascii, text)):
        return text
    if declared is None or declared == "utf-8":
        declared = _guess(body)
    return body.decode(declared, "replace")


def _declared_charset(raw: RawDocument) -> str | None:
    """Return the charset of the header, else of the first bytes, as Python names it."""
    inside = META_CHARSET.search(raw.body[:4096])
    labels = [raw.charset or ""]
    if inside:
        labels.append(inside[1].decode("ascii", "replace"))

    for label in labels:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        return LARGER.get(name, name)
    return None


def _utf16_without_mark(body: bytes) -> str | None:
    """Return the byte order of UTF-16, which shows as a NUL in every other byte of Latin text."""
    head = body[:2000]
    for name, odd in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(odd) >= 8 and odd.count(0) > 0.6 * len(odd):
            return name
    return None


def _guess(body: bytes) -> str:
    """Return Windows-1252 where most letters are ASCII, else what charset-normalizer says."""
    sample = TAGS.sub(b" ", body[:SAMPLE])
    foreign = sum(map((127).__lt__, sample))
    if foreign < len(re.findall(rb"[A-Za-z]", sample)):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _not_ascii(character: str) -> bool:
    return character > "\x7f"
