"""PDF files that PDFium does not open, read with pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pypdf

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, clean, document
from litsearch.types import Document, RawDocument

# what it finds wrong with a file becomes a verdict
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def extract_with_pypdf(raw: RawDocument, source_id: str, max_pages: int) -> Document:
    """Return the text of a file. Raises ExtractError when pypdf cannot read it either."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw.body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise needs_password()
        count = len(reader.pages)
        blocks = list(_pages(reader, max_pages))
    except ExtractError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file makes it do
        raise ExtractError(
            f"The PDF is broken: {type(error).__name__} while reading it.",
            "Download it again, or mend it with `qpdf` and name the new file in the list.",
        ) from None
    cut = f"page {max_pages} of {count}" if count > max_pages else ""
    return document(raw, source_id, blocks, title=None, cut=cut)


def needs_password() -> ExtractError:
    """Return the verdict on a file that nobody can read without its password."""
    return ExtractError(
        "The PDF is encrypted and needs a password.",
        "Decrypt it with `qpdf --decrypt`, and name the new file in the list.",
        status="unsupported",
    )


def _pages(reader: pypdf.PdfReader, max_pages: int) -> Iterator[Block]:
    for number, page in enumerate(reader.pages[:max_pages], 1):
        for part in re.split(r"\n\s*\n", page.extract_text()):
            yield Block(clean(part), page=number)
