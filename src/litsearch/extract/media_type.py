"""What kind of document some bytes are: by their content, then the server, then the suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from litsearch.patterns import expression
from litsearch.types import RawDocument

BINARY = "application/octet-stream"
HEAD = 4096  # bytes looked at
CONTROLS = (*range(9), *range(14, 27), *range(28, 32))  # no line ends, and no escape
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"GIF8", "image/gif"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/vnd.microsoft.icon"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"%!PS", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\x7fELF", BINARY),
    (b"MZ\x90", BINARY),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
DIRECTORY = 65_536  # bytes at the end of a zip archive, where its file names stand
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PACKED = (
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"META-INF/container.xml", "application/epub+zip"),
    (b"mimetype" + ODT.encode(), ODT),
    (b"word/document.xml", DOCX),
)
WEBARCHIVE = expression(rb"bplist0|\s*<\?xml[^>]{0,200}\?>\s*<!DOCTYPE plist", re.I)
TEXT_MARKS = (
    (expression(rb"WEBVTT(?:\s|$)"), "text/vtt"),
    (expression(rb"\s*\d+\s*\r?\n\d{1,2}:\d\d:\d\d,\d{1,3} -->"), "application/x-subrip"),
    (expression(rb"\s*(?:%[^\n]{0,400}\n\s*){0,40}\\documentclass\b"), "application/x-tex"),
    (
        expression(
            rb"(?:[\w-]{2,40}:[^\n]{0,400}\r?\n){0,12}Content-Type:\s*multipart/related", re.I
        ),
        "multipart/related",
    ),
)
SUFFIXES = {
    ".rst": "text/x-rst",
    ".rest": "text/x-rst",
    ".org": "text/x-org",
    ".tex": "application/x-tex",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
}
MARKED_UP_TYPES = {
    "text/vtt": "text/vtt",
    "application/x-subrip": "application/x-subrip",
    "text/x-rst": "text/x-rst",
    "text/prs.fallenstein.rst": "text/x-rst",
    "text/x-org": "text/x-org",
    "application/x-tex": "application/x-tex",
    "text/x-tex": "application/x-tex",
    "multipart/related": "multipart/related",
}
MARKDOWN = ("text/markdown", "text/x-markdown")
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx")
TEXT_SUFFIXES = (".txt", ".text")
NO_PROSE = ("text/css", "text/javascript", "text/xml")
# What servers say of bytes that they have not looked at.
MISDECLARED = ("", BINARY, "binary/octet-stream", "application/pdf", "application/zip")
NOTEBOOK = "application/x-ipynb+json"
NOTEBOOK_KEYS = (b'"cells"', b'"nbformat"')
TRANSCRIPT = "application/x-transcript+json"
SEGMENTS = expression(rb'"segments"\s*:')
PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
PAGE = expression(
    PROLOGUE + rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
OTHER_XML = expression(
    PROLOGUE + rb"<(svg|rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.I | re.S,
)
TAG = expression(
    rb"<(?:p|div|h[1-6]|article|main|section|table|ul|ol|span|br|a|title|meta|script|body|html|img)"
    rb"\b[^<]{0,1000}>",
    re.I,
)
XML_TYPES = {
    b"svg": "image/svg+xml",
    b"rss": "application/rss+xml",
    b"feed": "application/atom+xml",
}


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells the kind of a text."""

    body: bytes
    head: bytes  # the first bytes; of UTF-16 without its NULs
    declared: str  # by the server
    suffix: str  # of the address

    @property
    def is_tagged(self) -> bool:
        """True when a tag of HTML stands in the head."""
        return TAG.search(self.head) is not None


def media_type_of(raw: RawDocument) -> str:
    """Return the media type of a document, lower case; BINARY for bytes that are no text."""
    declared = raw.media_type.split(";")[0].strip().lower()
    magic = _magic(raw.body[:HEAD], declared)
    if magic == "application/zip":
        return _packed_type(raw.body)
    if magic:
        return magic
    if WEBARCHIVE.match(raw.body) and b"WebMainResource" in raw.body:
        return "application/x-webarchive"

    head = _head_as_ascii(raw.body)
    if _is_binary(head):
        return declared if declared.startswith(("image/", "audio/", "video/")) else BINARY
    if PAGE.match(head):
        return "text/html"
    return _text_type(_Signs(raw.body, head, declared, _suffix(raw.url)))


def _packed_type(body: bytes) -> str:
    """Return what a zip archive holds: a book, an office document, or anything."""
    for mark, kind in PACKED:
        if mark in body[:HEAD] or mark in body[-DIRECTORY:]:
            return kind
    return "application/zip"


def _text_type(signs: _Signs) -> str:
    """Return the kind of a document that is made of characters and is no whole HTML page."""
    xml = OTHER_XML.match(signs.head)
    if xml:
        return XML_TYPES.get(xml[1].lower(), "application/xml")
    if _may_be_json(signs):
        return _json_type(signs)
    if signs.declared in MARKDOWN:
        return "text/markdown"
    return _marked_up_type(signs) or _markdown_by_name(signs) or _plain_type(signs)


def _marked_up_type(signs: _Signs) -> str | None:
    """Return the kind of a text by its first signs, else as declared, else by its suffix."""
    for pattern, kind in TEXT_MARKS:
        if pattern.match(signs.head):
            return kind
    return MARKED_UP_TYPES.get(signs.declared) or SUFFIXES.get(signs.suffix)


def _markdown_by_name(signs: _Signs) -> str | None:
    """Return Markdown for a file that is named so, unless the server shows it as a page."""
    if signs.suffix not in MARKDOWN_SUFFIXES:
        return None
    return None if signs.declared == "text/html" and signs.is_tagged else "text/markdown"


def _plain_type(signs: _Signs) -> str:
    """Return the kind of a text that bears no sign of its own: as declared, where that may be."""
    declared = signs.declared
    if declared in ("text/html", "application/xhtml+xml"):
        return "text/html" if signs.is_tagged or not signs.body.strip() else "text/plain"
    if declared in NO_PROSE:
        return declared
    if declared.startswith("text/") or signs.suffix in TEXT_SUFFIXES:
        return "text/plain"
    if declared in MISDECLARED or declared.startswith("image/"):
        return "text/html" if signs.is_tagged else "text/plain"
    return declared


def _may_be_json(signs: _Signs) -> bool:
    return _is_notebook_by_name(signs) or signs.head.lstrip()[:1] == b"{"


def _is_notebook_by_name(signs: _Signs) -> bool:
    return signs.suffix == ".ipynb" or signs.declared == NOTEBOOK


def _is_notebook(signs: _Signs) -> bool:
    return _is_notebook_by_name(signs) or all(key in signs.body for key in NOTEBOOK_KEYS)


def _json_type(signs: _Signs) -> str:
    """Return notebook, transcript or data; text that only begins with a brace keeps its type."""
    if _is_notebook(signs):
        return NOTEBOOK
    if signs.declared.endswith("json"):
        segmented = signs.declared == TRANSCRIPT or SEGMENTS.search(signs.body)
        return TRANSCRIPT if segmented else "application/json"
    if signs.suffix == ".json":
        return "application/json"

    if signs.declared in MARKDOWN or signs.suffix in MARKDOWN_SUFFIXES:
        return "text/markdown"
    is_page = signs.declared == "text/html" and signs.is_tagged
    return "text/html" if is_page else "text/plain"


def _magic(head: bytes, declared: str) -> str | None:
    """Return the kind that the first bytes tell; None when they tell none."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n") if b"%PDF-" in head[:64] else head
    for mark, kind in MAGIC:
        if start.startswith(mark):
            return kind
    if declared == "application/pdf" and b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return None


def _head_as_ascii(body: bytes) -> bytes:
    """Return the first bytes; UTF-16 without its NULs, so that tags can be found in it."""
    head = body[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _alternates(head):
        return head.lstrip(b"\xff\xfe").replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _alternates(head: bytes) -> bool:
    """Tell UTF-16, which shows as a NUL in every other byte of Latin text."""
    if len(head) < 16:
        return False
    fewer, more = sorted((head[0::2].count(0), head[1::2].count(0)))
    return more > 0.3 * len(head) and fewer < 0.05 * len(head)


def _is_binary(head: bytes) -> bool:
    """Tell bytes of which more than one in fifty is a control character; a stray NUL is none."""
    return sum(head.count(code) for code in CONTROLS) * 50 > len(head)


def _suffix(url: str) -> str:
    """Return the suffix of an address's last part, with its dot."""
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower()
    return name[name.rfind(".") :] if "." in name else ""
