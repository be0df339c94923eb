"""Images of articles for the reader: fetched behind a build, and given out of the cache."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from litsearch.config import Config, FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch.addresses import checked_url
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.protocols import Progress
from litsearch.types import Figure

ENOUGH_S = 300.0  # of one build: what is left comes with the next one
FAILURES = 3  # in a row, after which a host is left alone for this build
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
        wanted = _wanted(cache, addresses)
        if not wanted:
            return 0
        with Downloader(cache, _settings(config.fetch)) as get:
            _fetch_all(get, wanted, config.fetch.hosts, progress)
            return get.requests


def _settings(settings: FetchConfig) -> FetchConfig:
    """Return how images are fetched: as pages are, but smaller, and tried once."""
    return replace(settings, max_megabytes=settings.figures, retries=0)


def _wanted(cache: Cache, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return by host the addresses that may be asked for and have not been answered yet."""
    wanted: dict[str, list[str]] = {}
    for url in addresses:
        address = _normal(url)
        known = cache.find(address) if address else None
        is_due = known is None or (known.sha256 is None and known.next_try <= time.time())
        if address and is_due:
            wanted.setdefault(urlsplit(address).hostname or "", []).append(address)
    return wanted


def _normal(url: str) -> str:
    """Return an address as the cache names it; "" for one that is never asked for."""
    try:
        return checked_url(url, allow_private=True)
    except FetchError:
        return ""


def _fetch_all(
    get: Downloader, wanted: dict[str, list[str]], hosts: int, progress: Progress
) -> None:
    """Fetch several hosts at once, one image at a time from each."""
    end = time.monotonic() + ENOUGH_S
    done = 0
    with ThreadPoolExecutor(min(hosts, len(wanted))) as threads:
        for _ in threads.map(lambda urls: _fetch_some(get, urls, end), wanted.values()):
            done += 1
            progress("Figures", done, len(wanted), "")


def _fetch_some(get: Downloader, urls: Sequence[str], end: float) -> None:
    """Fetch the images of one host, as long as it gives any and there is time."""
    failures = 0
    for url in urls:
        if failures == FAILURES or time.monotonic() > end:
            return
        try:
            get(url)
            failures = 0
        except FetchError:
            failures += 1


def kept(library: Path, figures: Sequence[Figure]) -> list[int]:
    """Return the numbers of those images that the cache has."""
    folder = library / "index" / "cache"
    if not figures or not folder.is_dir():
        return []
    numbers = []
    with closing(Cache(folder)) as cache:
        for number, (_, url, _) in enumerate(figures):
            known = cache.find(_normal(url))
            if known is not None and known.sha256 and known.media_type.startswith("image/"):
                numbers.append(number)
    return numbers


def image(library: Path, url: str) -> tuple[bytes, str] | None:
    """Return the bytes of an image and their type; None where there is none that may be shown."""
    folder = library / "index" / "cache"
    if not folder.is_dir():
        return None
    with closing(Cache(folder)) as cache:
        raw = cache.raw(cache.find(_normal(url)))
    media_type = image_type(raw.body) if raw is not None else ""
    if raw is None or not media_type or len(raw.body) < LEAST:
        return None
    return raw.body, media_type
