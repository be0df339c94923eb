"""The texts of documents, by the extractor for their kind, in processes of their own.

Each process imports this module, so it knows of nothing that fetches, embeds or indexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from litsearch.app import modules_of
from litsearch.errors import ExtractError
from litsearch.extract.media_type import media_type_of
from litsearch.extract.pool import ExtractorPool
from litsearch.types import Document, RawDocument

if TYPE_CHECKING:
    from litsearch.config import Config
    from litsearch.protocols import Extractor, TokenCounter


def extractor_pool(config: Config, workers: int) -> ExtractorPool:
    """Return the processes that run extract(); workers: 0 means one a core."""
    return ExtractorPool(extract, workers, config.extract.timeout, prepare=_extractors)


def passage_pool(config: Config) -> ExtractorPool:
    """Return the processes that run extract_passages(), for a build."""
    read = partial(extract_passages, embedder=config.embedder.model)
    settings = config.extract
    return ExtractorPool(read, settings.workers, settings.timeout, prepare=_extractors)


def extract_passages(raw: RawDocument, source_id: str, *, embedder: str) -> Document:
    """Return the text of a document with its passages. Raises ExtractError.

    Cutting a text takes time and memory too, so it is done under the same limits.
    """
    from litsearch.index.chunking import chunk  # what only a build needs is loaded by it alone

    document = extract(raw, source_id)
    count_tokens, window = _reader(embedder)
    return replace(document, passages=tuple(chunk(document, count_tokens, window)))


@cache
def _reader(embedder: str) -> tuple[TokenCounter, int]:
    """Return what counts an embedder's tokens, and how many it reads at once."""
    from litsearch.models.model_folder import find_model, read_window
    from litsearch.models.tokenizer import token_counter

    folder = find_model(embedder)
    return token_counter(folder), read_window(folder)


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a document, by the extractor for its kind. Raises ExtractError."""
    media_type = media_type_of(raw)
    extractor = _extractors().get(media_type)
    if extractor is None:
        raise ExtractError(
            f"Documents of type {media_type or 'unknown'} cannot be read.",
            "Name a page, PDF, EPUB, Word, Markdown or text file, or a notebook of the same work.",
            status="unsupported",
        )
    return extractor.extract(raw, source_id)


@cache
def _extractors() -> Mapping[str, Extractor]:
    modules = modules_of("litsearch.extract")
    return {
        media_type: module
        for module in modules
        for media_type in getattr(module, "MEDIA_TYPES", ())
    }
