"""What all extractors share: bytes to characters, clean characters, and blocks to a Document with spans."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from litsearch.errors import ExtractError
from litsearch.types import Document, RawDocument, Role, Span

MAX_CHARACTERS = 1_000_000  # of one document; the rest is left out
CHARSET_SAMPLE = 65_536  # bytes shown to the guesser; more costs seconds and changes nothing
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
# Format characters that carry no text: soft hyphen, zero-width space, marks of direction, BOM, tags. Joiners stay.
INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
NOT_LETTERS = re.compile(r"[\W_]+")
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # what is not one plain space already
LINES = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or code block. A heading's path ends with its own text."""

    text: str
    heading: tuple[str, ...] = ()
    page: int | None = None
    role: Role = "text"
    linked: int = 0  # letters that stand in links; pages only
    listed: bool = False  # an item of a list; pages only


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


def clean(text: str) -> str:
    """A run of prose: NFC, no control or invisible characters, single spaces, at most single line breaks."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return LINES.sub("\n", SPACES.sub(" ", text)).strip()


def clean_code(text: str) -> str:
    """Lines with their indentation: NFC, tabs as four spaces, no control characters, at most one empty line."""
    lines = INVISIBLE.sub(
        "", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    ).split("\n")
    kept = [line.expandtabs(4).replace("\xa0", " ").rstrip() for line in lines]
    indent = min((len(line) - len(line.lstrip()) for line in kept if line), default=0)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line[indent:] for line in kept)).strip()


def document(
    raw: RawDocument,
    source_id: str,
    blocks: Iterable[Block],
    *,
    title: str | None,
    authors: Sequence[str] = (),
    published: str | None = None,
    language: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Document:
    """The blocks as one text and its spans. Raises ExtractError when there is no letter in them."""
    text, spans = _compose(blocks, max_characters)
    if not any(map(str.isalnum, text)):
        raise ExtractError(
            "The document holds no text.", "Open the address in a browser and check what it shows."
        )
    return Document(
        source_id=source_id,
        title=clean(title).replace("\n", " ") or None if title else None,
        text=text,
        spans=spans,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        url=raw.url,
        media_type=raw.media_type,
        authors=tuple(authors),
        published=published,
        language=language_code(language),
    )


def below_title(blocks: Iterable[Block], title: str | None) -> list[Block]:
    """Heading paths without the document's own title, which stands above every one of them."""
    name = letters(title or "").casefold()
    return [
        replace(block, heading=block.heading[1:])
        if block.heading and letters(block.heading[0]).casefold() == name
        else block
        for block in blocks
    ]


def letters(text: str) -> str:
    """Letters and digits only: what survives any extractor's spacing."""
    return NOT_LETTERS.sub("", text)


def reading_size(text: str) -> int:
    """Return the letters of a text, where a Chinese or Japanese sign counts as three, the letters it replaces."""
    return len(letters(text)) + 2 * len(WIDE.findall(text))


def language_code(tag: str | None) -> str | None:
    """The two letters of a language tag such as "en-GB"; None for anything else."""
    match = re.match(r"\s*([A-Za-z]{2})(?![A-Za-z])", tag or "")
    return match[1].lower() if match else None


def _compose(blocks: Iterable[Block], max_characters: int) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for block in blocks:
        text = block.text.strip()[: max(0, max_characters - at)].rstrip()
        if not text:
            continue
        spans.append(Span(at, at + len(text), block.heading, block.page, block.role))
        parts.append(text)
        at += len(text) + 2
    return "\n\n".join(parts), tuple(spans)


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
    sample = TAGS.sub(b" ", body[:CHARSET_SAMPLE])
    foreign = sum(map((127).__lt__, sample))
    if foreign < len(re.findall(rb"[A-Za-z]", sample)):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _not_ascii(character: str) -> bool:
    return character > "\x7f"
