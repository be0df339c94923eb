"""Saved pages: MHTML of Chromium browsers and .webarchive of Safari, read as the page they hold."""

from __future__ import annotations

import hashlib
import plistlib
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from xml.parsers.expat import ExpatError

from litsearch.errors import ExtractError
from litsearch.extract import html
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("multipart/related", "application/x-webarchive")
PAGES = ("text/html", "application/xhtml+xml")


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the article of a saved page. Raises ExtractError when no page is in the file."""
    is_property_list = raw.body.startswith((b"bplist", b"<?xml"))
    page = _from_webarchive(raw) if is_property_list else _from_mhtml(raw)
    if page is None:
        raise ExtractError("The saved file holds no page.", "Save the page again, and name that.")
    return html.extract(page, source_id)


def _from_mhtml(raw: RawDocument) -> RawDocument | None:
    """Return the first page of the parts."""
    try:
        parts = list(message_from_bytes(raw.body).walk())
    except RecursionError:  # parts within parts, a thousand deep
        return None
    for part in parts:
        if part.get_content_type() in PAGES:
            body = part.get_payload(decode=True)
            return _page(raw, body, _charset(part)) if isinstance(body, bytes) else None
    return None


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None


def _from_webarchive(raw: RawDocument) -> RawDocument | None:
    """Return the main resource of a property list."""
    try:
        main = plistlib.loads(raw.body)["WebMainResource"]
        body = main["WebResourceData"]
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, ExpatError, RecursionError):
        return None
    if not isinstance(body, bytes):
        return None
    charset = main.get("WebResourceTextEncodingName")
    return _page(raw, body, charset if isinstance(charset, str) else None)


def _page(raw: RawDocument, body: bytes, charset: str | None) -> RawDocument:
    """Return the page as if it had been fetched; its address stays the file's."""
    digest = hashlib.sha256(body).hexdigest()
    return replace(raw, media_type="text/html", body=body, sha256=digest, charset=charset)
