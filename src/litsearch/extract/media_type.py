"""What kind of document some bytes are: their content first, then what the server said, then the
suffix.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from litsearch.types import RawDocument

BINARY = "application/octet-stream"
HEAD = 4096  # bytes looked at
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
WEBARCHIVE = re.compile(rb"bplist0|\s*<\?xml[^>]{0,200}\?>\s*<!DOCTYPE plist", re.I)
TEXT_MARKS = (
    (re.compile(rb"WEBVTT(?:\s|$)"), "text/vtt"),
    (re.compile(rb"\s*\d+\s*\r?\n\d{1,2}:\d\d:\d\d,\d{1,3} -->"), "application/x-subrip"),
    (re.compile(rb"\s*(?:%[^\n]{0,400}\n\s*){0,40}\\documentclass\b"), "application/x-tex"),
    (
        re.compile(
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
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
OTHER_XML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(svg|rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.I | re.S,
)
TAG = re.compile(
    rb"<(?:p|div|h[1-6]|article|main|section|table|ul|ol|span|br|a|title|meta|script|body|html|img)\b[^<]{0,1000}>",
    re.I,
)
XML_TYPES = {
    b"svg": "image/svg+xml",
    b"rss": "application/rss+xml",
    b"feed": "application/atom+xml",
}


def media_type_of(raw: RawDocument) -> str:
    """The media type of a document, lower case; "application/octet-stream" for bytes that are no
    text.
    """
    said = raw.media_type.split(";")[0].strip().lower()
    suffix = _suffix(raw.url)
    magic = _magic(raw.body[:HEAD], said)
    if magic == "application/zip":
        return _packed_type(raw.body)
    if magic:
        return magic
    if WEBARCHIVE.match(raw.body) and b"WebMainResource" in raw.body:
        return "application/x-webarchive"
    head = _head_as_ascii(raw.body)
    if _is_binary(head):
        return said if said.startswith(("image/", "audio/", "video/")) else BINARY
    if PAGE.match(head):
        return "text/html"
    return _text_type(raw.body, head, said, suffix)


def _packed_type(body: bytes) -> str:
    """What a zip archive holds: a book, an office document, or anything."""
    for mark, kind in PACKED:
        if mark in body[:HEAD] or mark in body[-DIRECTORY:]:
            return kind
    return "application/zip"


def _marked_up_type(head: bytes, said: str, suffix: str) -> str | None:
    """The kind of a text by its first signs, else by its suffix; None for pages and plain text."""
    for pattern, kind in TEXT_MARKS:
        if pattern.match(head):
            return kind
    if said in MARKED_UP_TYPES:
        return MARKED_UP_TYPES[said]
    return SUFFIXES.get(suffix)


def _text_type(body: bytes, head: bytes, said: str, suffix: str) -> str:
    """The kind of a document that is made of characters and is no whole HTML page."""
    other = OTHER_XML.match(head)
    if other:
        return XML_TYPES.get(other[1].lower(), "application/xml")
    if suffix == ".ipynb" or said == "application/x-ipynb+json" or head.lstrip()[:1] == b"{":
        return _json_type(body, head, said, suffix)
    if said in MARKDOWN:
        return "text/markdown"
    marked_up = _marked_up_type(head, said, suffix)
    if marked_up:
        return marked_up
    tagged = TAG.search(head) is not None
    if suffix in MARKDOWN_SUFFIXES and (said != "text/html" or not tagged):
        return "text/markdown"
    if said in ("text/html", "application/xhtml+xml"):
        return "text/html" if tagged or not body.strip() else "text/plain"
    if said.startswith("text/") or suffix in TEXT_SUFFIXES:
        return "text/plain" if said not in ("text/css", "text/javascript", "text/xml") else said
    if said in (
        "",
        BINARY,
        "binary/octet-stream",
        "application/pdf",
        "application/zip",
    ) or said.startswith("image/"):
        return "text/html" if tagged else "text/plain"
    return said


def _json_type(body: bytes, head: bytes, said: str, suffix: str) -> str:
    """JSON is a notebook, a transcript or data; text that only begins with a brace keeps its type."""
    if (
        suffix == ".ipynb"
        or said == "application/x-ipynb+json"
        or (b'"cells"' in body and b'"nbformat"' in body)
    ):
        return "application/x-ipynb+json"
    if said == "application/x-transcript+json" or (
        said.endswith("json") and re.search(rb'"segments"\s*:', body)
    ):
        return "application/x-transcript+json"
    if said.endswith("json") or suffix == ".json":
        return "application/json"
    if said in MARKDOWN or suffix in MARKDOWN_SUFFIXES:
        return "text/markdown"
    return "text/html" if said == "text/html" and TAG.search(head) else "text/plain"


def _magic(head: bytes, said: str) -> str | None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n") if b"%PDF-" in head[:64] else head
    for mark, kind in MAGIC:
        if start.startswith(mark):
            return kind
    if said == "application/pdf" and b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return None


def _head_as_ascii(body: bytes) -> bytes:
    """The first bytes; UTF-16 with its NULs taken out, so that tags can be found in it."""
    head = body[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _alternating(head):
        return head.lstrip(b"\xff\xfe").replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _alternating(head: bytes) -> bool:
    """UTF-16 shows as a NUL in every other byte of Latin text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return (
        len(head) >= 16 and max(even, odd) > 0.3 * len(head) and min(even, odd) < 0.05 * len(head)
    )


def _is_binary(head: bytes) -> bool:
    """More than one control character in fifty; a stray NUL is not enough."""
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    return controls * 50 > len(head)


def _suffix(url: str) -> str:
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower()
    return name[name.rfind(".") :] if "." in name else ""
