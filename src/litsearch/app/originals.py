"""Finds the bytes that a source's text came from, in the cache or among the owner's files."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from litsearch.app.adapters import local_files, own_files
from litsearch.config import Config
from litsearch.errors import SourceError
from litsearch.fetch.cache import Cache
from litsearch.types import CatalogSource, RawDocument

PDF = b"%PDF-"


def original_pdf(library: Path, config: Config, source: CatalogSource) -> bytes | None:
    """Return the PDF of a source as it was downloaded; None when there is none any more."""
    for raw in _documents(library, config, source):
        if raw is not None and PDF in raw.body[:1024]:
            return raw.body
    return None


def _documents(library: Path, config: Config, source: CatalogSource) -> list[RawDocument | None]:
    """Return what may be the document: the owner's own file first, then what was downloaded."""
    try:
        own = own_files(library, config)(source.source)
    except SourceError:
        own = None
    return [own, _file(library, config, source), *_downloads(library, source)]


def _file(library: Path, config: Config, source: CatalogSource) -> RawDocument | None:
    url = source.url or ""
    if not url.lower().startswith("file:"):
        return None
    try:
        return local_files(library, config)(url)
    except SourceError:
        return None


def _downloads(library: Path, source: CatalogSource) -> list[RawDocument | None]:
    folder = library / "index" / "cache"
    if not folder.is_dir():
        return []
    urls = [source.document_url, source.url or "", *source.aliases]
    with closing(Cache(folder)) as cache:
        return [cache.raw(cache.find(url)) for url in urls if url]
