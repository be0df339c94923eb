"""Images of articles for the reader: fetched behind a build, and given out of the cache."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from litsearch.app.adapters import documents_of
from litsearch.config import Config, FetchConfig
from litsearch.errors import FetchError
from litsearch.extract.blocks import INSIDE
from litsearch.extract.office import image_of
from litsearch.fetch.addresses import checked_url
from litsearch.fetch.cache import Cache, Remembered
from litsearch.fetch.download import Downloader
from litsearch.protocols import Progress
from litsearch.types import CatalogSource, Figure

ENOUGH_S = 300.0  # of one build: what is left comes with the next one
FAILURES = 3  # in a row, after which a host is left alone
REST_S = 86_400.0  # for so long
LEAST = 1_000  # bytes: smaller images are signs of the page
# How files of the kinds begin that a browser shows and that hold no program.
_RIFF, _BOX = b"RIFF", b"ftyp"
_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


def image_type(body: bytes) -> str:
    """Return the media type of an image that is safe to show, by its bytes; "" for all else."""
    for beginning, media_type in _BEGINNINGS.items():
        if body.startswith(beginning):
            return media_type
    if body[:4] == _RIFF and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == _BOX and body[8:12] in (b"avif", b"avis"):
        return "image/avif"
    return ""


def gather(library: Path, config: Config, addresses: Sequence[str], progress: Progress) -> int:
    """Fetch the images that the cache has not; return how many requests that took.

    One that fails costs itself alone, and is asked for again by a later build.
    """
    if not config.fetch.figures:
        return 0
    with closing(Cache(library / "index" / "cache")) as cache:
        addresses_by_host = _wanted(cache, addresses)
        if not addresses_by_host:
            return 0
        with Downloader(cache, _settings(config.fetch)) as get:
            _fetch_all(cache, get, addresses_by_host, config.fetch.hosts, progress)
            return get.requests


def _settings(settings: FetchConfig) -> FetchConfig:
    """Return how images are fetched: as pages are, but smaller, and tried once."""
    return replace(settings, max_megabytes=settings.figures, retries=0)


def _wanted(cache: Cache, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return by host the addresses that may be asked for and have not been answered yet."""
    addresses_by_host: dict[str, list[str]] = {}
    for address in filter(None, map(_normal, addresses)):
        if _is_due(cache, address):
            addresses_by_host.setdefault(urlsplit(address).hostname or "", []).append(address)
    return {host: urls for host, urls in addresses_by_host.items() if not _rests(cache, host)}


def _is_due(cache: Cache, address: str) -> bool:
    """Tell an image that did not come yet and may be asked for."""
    record = cache.find(address)
    return record is None or (record.sha256 is None and record.next_try <= time.time())


def _rests(cache: Cache, host: str) -> bool:
    """Tell whether a host gave no image when it was last asked, and that is not long ago."""
    last = cache.answer(f"figures:{host}")
    return last is not None and last.next_try > time.time()


def _normal(url: str) -> str:
    """Return an address as the cache names it; "" for one that is never asked for."""
    try:
        return checked_url(url, allow_private=True)
    except FetchError:
        return ""


def _fetch_all(
    cache: Cache,
    get: Downloader,
    addresses_by_host: dict[str, list[str]],
    hosts: int,
    progress: Progress,
) -> None:
    """Fetch several hosts at once, one image at a time from each."""
    end = time.monotonic() + ENOUGH_S
    done = 0
    with ThreadPoolExecutor(min(hosts, len(addresses_by_host))) as threads:
        gave = threads.map(lambda urls: _fetch_some(get, urls, end), addresses_by_host.values())
        for host, gives in zip(addresses_by_host, gave, strict=True):
            done += 1
            progress("Figures", done, len(addresses_by_host), host)
            if not gives:
                rest = Remembered(None, 1, time.time() + REST_S)
                cache.remember(f"figures:{host}", rest)


def _fetch_some(get: Downloader, urls: Sequence[str], end: float) -> bool:
    """Fetch the images of one host, while there is time; False when it gives none any more."""
    failures = 0
    for url in urls:
        if failures == FAILURES:
            return False
        if time.monotonic() > end:
            return True
        try:
            get(url)
            failures = 0
        except FetchError as error:
            if error.unreachable:  # it may be this machine's network
                return True
            failures += 1
    return failures < FAILURES


def kept(library: Path, figures: Sequence[Figure]) -> list[int]:
    """Return the numbers of those images that the cache has, or that stand in the document."""
    folder = library / "index" / "cache"
    if not figures or not folder.is_dir():
        return []
    numbers = []
    with closing(Cache(folder)) as cache:
        for number, (_, url, _) in enumerate(figures):
            if url.startswith(INSIDE):
                numbers.append(number)
                continue
            record = cache.find(_normal(url))
            if record is not None and record.sha256 and record.media_type.startswith("image/"):
                numbers.append(number)
    return numbers


def image(library: Path, url: str) -> tuple[bytes, str] | None:
    """Return the bytes of an image and their type; None where there is none that may be shown."""
    folder = library / "index" / "cache"
    if not folder.is_dir():
        return None
    with closing(Cache(folder)) as cache:
        raw = cache.raw(cache.find(_normal(url)))
    return _shown(raw.body) if raw is not None else None


def image_inside(
    library: Path, config: Config, source: CatalogSource, address: str
) -> tuple[bytes, str] | None:
    """Return the bytes of an image that stands in its document, and their type; else None."""
    most = int(config.fetch.figures * 1_000_000)
    for raw in documents_of(library, config, source):
        body = image_of(raw.body, address, most) if raw is not None else None
        if body is not None:
            return _shown(body)
    return None


def _shown(body: bytes) -> tuple[bytes, str] | None:
    media_type = image_type(body)
    return (body, media_type) if media_type and len(body) >= LEAST else None
