"""Get documents: by which fetcher, out of which cache, through which extractor."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from litsearch.app import folders
from litsearch.config import Config, working_folder
from litsearch.errors import ExtractError, FetchError, LitsearchError, SourceError
from litsearch.extract.media_type import media_type_of
from litsearch.extract.pool import ExtractorPool
from litsearch.fetch.addresses import checked_url
from litsearch.fetch.api_client import Services
from litsearch.fetch.cache import Cache
from litsearch.fetch.dispatch import Dispatcher
from litsearch.fetch.download import Downloader
from litsearch.fetch.sites import local, wayback, web, youtube
from litsearch.fetch.sites.local import OwnFiles
from litsearch.protocols import Extractor, TokenCounter
from litsearch.types import CatalogSource, Document, RawDocument, Source
from litsearch.works.identity import identify
from litsearch.works.registers import arxiv, crossref, openalex
from litsearch.works.resolve import Resolver
from litsearch.works.scholarly import Records

_PDF = b"%PDF-"


def adapters(package: str) -> list[ModuleType]:
    """Import every module of a room."""
    names = sorted(info.name for info in pkgutil.iter_modules(import_module(package).__path__))
    return [import_module(f"{package}.{name}") for name in names]


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
    modules = adapters("litsearch.extract")
    return {
        media_type: module
        for module in modules
        for media_type in getattr(module, "MEDIA_TYPES", ())
    }


def fetch_route(
    library: Path, config: Config, get: Downloader, services: Services
) -> Callable[[str], RawDocument]:
    """Return the function that fetches an address by the fetcher for its kind; `get` is the polite
    download.
    """
    modules = [module for module in adapters("litsearch.fetch.sites") if hasattr(module, "fetch")]
    special = [module for module in modules if module not in (web, wayback)]
    files = _local_files(library, config)
    videos = youtube.Videos(youtube.Transcripts(services, partial(_captions, get)))
    return Dispatcher(get, [*special, videos, files, web], [wayback], get.rest)


def _captions(get: Downloader, video: str, page: bytes) -> str:
    from litsearch.fetch.captions import captions  # its library takes 0.6 s to import

    return captions(video, page, get.ask)


def local_files(library: Path, config: Config) -> Callable[[str], RawDocument]:
    """Return what reads the files that lists name. It raises FetchError."""
    files = _local_files(library, config)
    return lambda name: files.fetch(name, _no_download)


def _local_files(library: Path, config: Config) -> local.LocalFiles:
    limit = int(config.fetch.max_megabytes * 1_000_000)
    further = folders.reachable(config.lists, library)
    tokens = [library / config.serve.tokens_file] if config.serve.tokens_file else []
    return local.LocalFiles(library, further=further, secret=tokens, max_bytes=limit)


def own_files(library: Path, config: Config) -> OwnFiles:
    """Return the owner's files that stand in for pages."""
    return OwnFiles(library / "config" / "files", local_files(library, config))


def _no_download(url: str) -> RawDocument:
    raise FetchError(f"{url} is no file.")


def resolver(services: Services) -> Resolver:
    """Return what finds open copies of works that have no address, arXiv's first."""
    return Resolver([arxiv, openalex, crossref], services)


def records(services: Services, sources: Sequence[Source]) -> Records:
    """Return what arXiv says of its papers among the sources."""
    return Records(arxiv, services, [source.url or "" for source in sources])


def extract_all(
    library: Path, config: Config, names: Sequence[str]
) -> Iterator[tuple[str, Document | LitsearchError]]:
    """Yield the document behind each address or file, or the error that it gave, in their order.

    The cache and the network are touched only where a name is an address.
    """
    files = local.LocalFiles(working_folder() or library, anywhere=True)
    with ExitStack() as stack, extractor_pool(config, config.extract.workers or 1) as pool:
        fetch: Callable[[str], RawDocument] = _no_download
        if any(map(_is_address, names)):
            fetch = _open_route(stack, library, config)

        for name in names:
            try:
                raw = fetch(identify(name).url) if _is_address(name) else _read(files, name)
                yield name, pool.submit(raw, name).result()
            except LitsearchError as error:
                yield name, error


def original_pdf(library: Path, config: Config, source: CatalogSource) -> bytes | None:
    """Return the PDF of a source as it was downloaded; None when there is none any more."""
    for raw in _documents(library, config, source):
        if raw is not None and _PDF in raw.body[:1024]:
            return raw.body
    return None


def _documents(library: Path, config: Config, source: CatalogSource) -> list[RawDocument | None]:
    """Return what may be the document: the owner's own file first, then what was downloaded."""
    try:
        own = own_files(library, config)(source)
    except SourceError:
        own = None
    return [own, _own_document(library, config, source), *_downloads(library, source)]


def _own_document(library: Path, config: Config, source: CatalogSource) -> RawDocument | None:
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
    with closing(Cache(folder)) as cache:
        return [cache.raw(cache.find(url)) for url in _addresses(source)]


def _is_address(name: str) -> bool:
    """Tell whether a name is an address rather than a file's."""
    return "://" in name


def _read(files: local.LocalFiles, name: str) -> RawDocument:
    """Return the bytes of a file."""
    return files.fetch(f"file:{name}", _no_download)


def _open_route(stack: ExitStack, library: Path, config: Config) -> Callable[[str], RawDocument]:
    """Open the cache and the network, and return the function that fetches an address."""
    cache = stack.enter_context(closing(Cache(library / "index" / "cache")))
    get = stack.enter_context(Downloader(cache, config.fetch))
    return fetch_route(library, config, get, Services(cache, get.ask))


def ask_again(library: Path, config: Config, source: CatalogSource) -> None:
    """Let the next build ask for a source, however lately its addresses failed."""
    private = config.fetch.allow_private
    with closing(Cache(library / "index" / "cache")) as cache:
        for url in _addresses(source):
            with suppress(FetchError):
                cache.rest(checked_url(url, allow_private=private), 0.0)


def _addresses(source: CatalogSource) -> list[str]:
    urls = [source.document_url, source.url or "", *source.aliases]
    return [url for url in urls if url]
