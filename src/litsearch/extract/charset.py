"""The characters of a text document, from its bytes."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from litsearch.patterns import expression
from litsearch.types import RawDocument

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
