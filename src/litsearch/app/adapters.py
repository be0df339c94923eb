"""Get documents: by which fetcher, out of which cache, through which extractor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path

from litsearch.app import folders, modules_of, trust
from litsearch.app.extraction import extractor_pool
from litsearch.config import Config, working_folder
from litsearch.errors import FetchError, LitsearchError, SourceError
from litsearch.fetch.addresses import checked_url
from litsearch.fetch.api_client import Services
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.fetch.sites import Dispatcher, local, wayback, web, youtube
from litsearch.fetch.sites.local import OwnFiles
from litsearch.types import CatalogSource, Document, RawDocument, Source
from litsearch.works.identity import identify
from litsearch.works.registers import arxiv, crossref, openalex
from litsearch.works.resolve import Records, Resolver

_PDF = b"%PDF-"


def fetch_route(
    library: Path, config: Config, get: Downloader, services: Services
) -> Callable[[str], RawDocument]:
    """Return the function that fetches an address by the fetcher for its kind; `get` is the polite
    download.
    """
    modules = [module for module in modules_of("litsearch.fetch.sites") if hasattr(module, "fetch")]
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
    leads_out = partial(trust.leads_out, library=library)
    return OwnFiles(library / "config" / "files", local_files(library, config), leads_out)


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


def download(library: Path, config: Config, url: str) -> RawDocument:
    """Return what is at an address, as it was sent. Raises FetchError."""
    with (
        closing(Cache(library / "index" / "cache")) as cache,
        Downloader(cache, config.fetch) as get,
    ):
        return get(url)


def original_pdf(library: Path, config: Config, source: CatalogSource) -> bytes | None:
    """Return the PDF of a source as it was downloaded; None when there is none any more."""
    for raw in documents_of(library, config, source):
        if raw is not None and _PDF in raw.body[:1024]:
            return raw.body
    return None


def documents_of(library: Path, config: Config, source: CatalogSource) -> list[RawDocument | None]:
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
