"""Pages and raw documents made by hand."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pkgutil import iter_modules

from litsearch import extract as extractors
from litsearch.errors import ExtractError
from litsearch.extract.media_type import media_type_of
from litsearch.types import Document, RawDocument

PROSE = (
    "The lighthouse at the end of the harbour was built from grey stone that masons carried over the sound in winter.",
    "Its lamp burned whale oil for forty years, and the keeper wrote down every ship that passed in a heavy ledger.",
    "When electricity came, the council argued for a whole summer about whether the old lens should stay in its place.",
    "In the end they kept it, because nobody could say what else to do with nine hundred pounds of polished glass.",
    "Visitors climb the hundred and twelve steps today and see the islands lying like sleeping animals in the haze.",
    "A plate beside the door names the three men who drowned while they were laying the foundation of the tower.",
)


def raw(
    body: bytes | str,
    media_type: str = "text/html",
    url: str = "https://example.org/page",
    **more: str,
) -> RawDocument:
    """A document as it might have come."""
    data = body.encode() if isinstance(body, str) else body
    return RawDocument(url, media_type, data, hashlib.sha256(data).hexdigest(), **more)


def article(
    inside: str = "", *, head: str = "", before: str = "", after: str = "", prose: int = 6
) -> str:
    """A page with a real article and something around it."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE[:prose])
    return (
        "<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>The Old Lighthouse</title>"
        f"{head}</head><body>{before}<article><h1>The Old Lighthouse</h1>{paragraphs}{inside}</article>"
        f"{after}</body></html>"
    )


def extract(document: RawDocument) -> Document:
    """As the build does: the extractor that takes this kind of document."""
    kind = media_type_of(document)
    for found in iter_modules(extractors.__path__):
        module = import_module(f"litsearch.extract.{found.name}")
        if kind in getattr(module, "MEDIA_TYPES", ()):
            return module.extract(document, "s")
    raise ExtractError(f"No extractor reads {kind}.", status="unsupported")


def blocks(document: Document) -> list[str]:
    """The text of each span."""
    return [document.text[span.start : span.end] for span in document.spans]
