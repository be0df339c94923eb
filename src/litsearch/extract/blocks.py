"""What all extractors share: clean characters, and blocks to a Document with spans."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from litsearch.errors import ExtractError
from litsearch.patterns import expression
from litsearch.types import Document, Figure, RawDocument, Role, Span

MAX_CHARACTERS = 20_000_000  # of one document: a dozen long novels; what is beyond is told
REMEMBERED = 2_000  # characters: the letters of longer texts are not kept
MAX_TITLE = 300  # characters
MAX_HEADING = 160  # characters; the limit of a stranger's page, not of any author's heading
MAX_DEPTH = 6  # headings above a block
MAX_AUTHORS = 100
MAX_FIGURES = 40  # of one document
MAX_NAME = 100  # characters
INSIDE = "inside:"  # before the name of an image within the document that shows it
# Format characters that carry no text: soft hyphen, zero-width space, marks of direction, BOM,
# tags. Joiners stay.
INVISIBLE = expression(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe"
    "\uffff\ud800-\udfff\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
NOT_LETTERS = expression(r"[\W_]+")
WIDE = expression("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
# Vowel signs of India and South-East Asia, which Python takes for no letters.
SIGNS = expression(r"(?!\w)[\u0900-\u0963\u0980-\u0dff\u0e31-\u0eff\u102b-\u109f]")
SPACES = expression(r"[^\S\n]{2,}|[^\S\n ]")  # what is not one plain space already
LINES = expression(r" ?\n[ \n]*")


class Picture(NamedTuple):
    """An image as a page names it."""

    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or code block.

    A heading's path ends with its own text.
    """

    text: str
    heading: tuple[str, ...] = ()
    page: int | None = None
    role: Role = "text"
    linked: int = 0  # letters that stand in links; pages only
    listed: bool = False  # an item of a list; pages only
    pictures: tuple[Picture, ...] = ()  # images that stand before it
    item: str = ""  # the mark before an item: "•" or "3."; pages only


def clean(text: str) -> str:
    """Return a run of prose in NFC, without control and invisible characters.

    White space is single spaces and at most single line breaks.
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return LINES.sub("\n", SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Return a run of prose, cleaned, on one line."""
    return clean(text).replace("\n", " ")


def clean_code(text: str) -> str:
    """Return lines with their indentation in NFC, without control characters.

    Tabs are four spaces; at most one line in a row is empty.
    """
    text = INVISIBLE.sub("", unix_lines(unicodedata.normalize("NFC", text)))
    lines = [line.expandtabs(4).replace("\xa0", " ").rstrip() for line in text.split("\n")]
    margins = [len(line) - len(line.lstrip()) for line in lines if line]
    margin = min(margins, default=0)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line[margin:] for line in lines)).strip()


def unix_lines(text: str) -> str:
    """Return a text whose lines end with a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def document(
    raw: RawDocument,
    source_id: str,
    blocks: Iterable[Block],
    *,
    title: str | None,
    authors: Sequence[str] = (),
    published: str | None = None,
    language: str | None = None,
    venue: str | None = None,
    cut: str = "",
    base: str = "",
    max_characters: int = MAX_CHARACTERS,
) -> Document:
    """Return the blocks as one text and its spans. Raises ExtractError when no letter is in them.

    cut: how far the document was read, when that was not to its end. base: what addresses of
    images are relative to, when that is not the document's own address.
    """
    blocks = list(blocks)
    text, spans, left_out = _compose(blocks, max_characters)
    if not any(map(str.isalnum, text)):
        raise ExtractError(
            "The document holds no text.", "Open the address in a browser and check what it shows."
        )
    if left_out and not cut:
        cut = f"character {len(text):,} of {len(text) + left_out:,}"
    return Document(
        source_id=source_id,
        title=_title(title or ""),
        text=text,
        spans=spans,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        url=raw.url,
        media_type=raw.media_type,
        authors=tuple(_clipped(name, MAX_NAME) for name in authors[:MAX_AUTHORS]),
        published=published,
        language=language_code(language),
        venue=_clipped(venue or "", MAX_TITLE) or None,
        cut=cut,
        figures=_figures(blocks, spans, urljoin(raw.url, base)),
    )


def _title(text: str) -> str | None:
    return _clipped(one_line(text), MAX_TITLE) or None


def below_title(blocks: Iterable[Block], title: str | None) -> list[Block]:
    """Return blocks whose heading paths leave out the document's own title."""
    name = letters(title or "").casefold()
    below = []
    for block in blocks:
        titled = block.heading and letters(block.heading[0]).casefold() == name
        below.append(replace(block, heading=block.heading[1:]) if titled else block)
    return below


def letters(text: str) -> str:
    """Return letters and digits only: what survives any extractor's spacing."""
    if len(text) > REMEMBERED:
        return NOT_LETTERS.sub("", text)
    return _letters(text)


@lru_cache(maxsize=4096)  # the roles of a page ask for the same lines again and again
def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", text)


def reading_size(text: str) -> int:
    """Count the letters of a text, vowel signs too; a Chinese or Japanese sign counts as three."""
    size = len(letters(text))
    if text.isascii():
        return size
    return size + 2 * len(WIDE.findall(text)) + len(SIGNS.findall(text))


def language_code(tag: str | None) -> str | None:
    """Return the two letters of a language tag such as "en-GB"; None for anything else."""
    match = re.match(r"\s*([A-Za-z]{2})(?![A-Za-z])", tag or "")
    if match:
        return match[1].lower()
    return None


def _compose(blocks: Iterable[Block], max_characters: int) -> tuple[str, tuple[Span, ...], int]:
    """Return the text, its spans, and how many characters found no room."""
    parts: list[str] = []
    spans: list[Span] = []
    at = left_out = 0
    for block in blocks:
        whole = block.text.strip()
        text = whole[: max(0, max_characters - at)].rstrip()
        left_out += len(whole) - len(text)
        if not text:
            continue
        about = (_path(block.heading), block.page, block.role, block.item)
        spans.append(Span(at, at + len(text), *about))
        parts.append(text)
        at += len(text) + 2
    return "\n\n".join(parts), tuple(spans), left_out


def _figures(blocks: Sequence[Block], spans: Sequence[Span], base: str) -> tuple[Figure, ...]:
    """Return the images before blocks of the text, none twice, with their whole addresses."""
    figures: dict[str, Figure] = {}
    left = iter(spans)
    behind = 0
    for block in blocks:
        span = next(left, None) if block.text.strip() else None
        at = span.start if span else behind
        behind = span.end if span else behind
        for address, alt in _shown(block):
            url = _joined(base, address)
            if url and len(figures) < MAX_FIGURES:
                figures.setdefault(url, (at, url, alt))
    return tuple(figures.values())


def _shown(block: Block) -> tuple[Picture, ...]:
    """Return the images of a block; those before what belongs to the page are of the page too."""
    if block.role != "boilerplate":
        return block.pictures
    return ()


def _joined(base: str, address: str) -> str:
    """Return the whole address of an image on the web or in the document; "" for any other."""
    if address.startswith(INSIDE):
        return address
    try:
        url = urljoin(base, address.strip()).partition("#")[0]
    except ValueError:
        return ""
    if url.startswith(("http://", "https://")):
        return url
    return ""


def _path(heading: tuple[str, ...]) -> tuple[str, ...]:
    """Return a heading's path that no page can blow up: every passage below it carries it."""
    return tuple(_clipped(text, MAX_HEADING) for text in heading[:MAX_DEPTH])


def _clipped(text: str, limit: int) -> str:
    """Cut a text at a space before the limit, with an ellipsis for the rest."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip() + "…"
