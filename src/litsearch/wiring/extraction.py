"""From bytes to documents: the extractor for each kind, in processes of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from litsearch.config import Config
from litsearch.errors import ExtractError
from litsearch.protocols import Extractor
from litsearch.sources.media import media_type_of
from litsearch.sources.workers import ExtractorPool
from litsearch.types import Document, RawDocument
from litsearch.wiring.adapters import adapters


def extractor_pool(config: Config, workers: int) -> ExtractorPool:
    """The processes that run extract(); workers: 0 means one a core."""
    return ExtractorPool(extract, workers, config.extract.timeout, prepare=_extractors)


def extract(raw: RawDocument, source_id: str) -> Document:
    """The text of a document, by the extractor for its kind. Raises ExtractError."""
    media_type = media_type_of(raw)
    extractor = _extractors().get(media_type)
    if extractor is None:
        raise ExtractError(
            f"Documents of type {media_type or 'unknown'} cannot be read.",
            "Name an HTML page, a PDF, a Markdown or text file, or a notebook of the same work.",
            status="unsupported",
        )
    return extractor.extract(raw, source_id)


@cache
def _extractors() -> Mapping[str, Extractor]:
    modules = adapters("litsearch.sources.extractors")
    return {media_type: module for module in modules for media_type in getattr(module, "MEDIA_TYPES", ())}
