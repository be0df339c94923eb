"""The characters of a text document, from its bytes: by its mark, as UTF-8, as declared, or guessed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from litsearch.types import RawDocument

SAMPLE = 65_536  # bytes shown to the guesser; more costs seconds and changes nothing
META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""",
    re.I,
)
TAGS = re.compile(rb"<[^<>]{0,2000}>")
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
}
LARGER |= {"euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874"}


def decode(raw: RawDocument) -> str:
    """The characters of a text document: by its mark, else as UTF-8, else as declared, else guessed."""
    body = raw.body
    for mark, name in BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    wide = _utf16_without_mark(body)
    if wide:
        return body.decode(wide, "replace")
    named = _named_charset(raw)
    if named in ("iso2022_jp", "hz", "utf_7"):  # pure ASCII bytes, yet not UTF-8
        return body.decode(named, "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken or broken * 20 <= sum(map(_not_ascii, text)):
        return text
    return body.decode(named if named and named != "utf-8" else _guess(body), "replace")


def _named_charset(raw: RawDocument) -> str | None:
    """The charset declared in the header, else in the first bytes, as Python names it; None when unknown."""
    inside = META_CHARSET.search(raw.body[:4096])
    for label in (raw.charset, inside[1].decode("ascii", "replace") if inside else None):
        try:
            name = codecs.lookup(label or "").name
        except LookupError:
            continue
        return LARGER.get(name, name)
    return None


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 shows as a NUL in every other byte of Latin text."""
    head = body[:2000]
    for name, odd in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(odd) >= 8 and odd.count(0) > 0.6 * len(odd):
            return name
    return None


def _guess(body: bytes) -> str:
    """Windows-1252 where most letters are ASCII; else what charset-normalizer takes it for."""
    sample = TAGS.sub(b" ", body[:SAMPLE])
    foreign = sum(map((127).__lt__, sample))
    if foreign < len(re.findall(rb"[A-Za-z]", sample)):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _not_ascii(character: str) -> bool:
    return character > "\x7f"
