"""The build: everything that it needs, put together."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.config import Config
from litsearch.errors import IndexMissing, StoreError
from litsearch.library.build import build as walk
from litsearch.library.build import made_otherwise
from litsearch.library.chunk import CHUNKER
from litsearch.library.compose import Tools
from litsearch.library.current import current_id, generation_ids, remove_others
from litsearch.library.embeddings import EmbeddingStore
from litsearch.library.generation import Generation, open_current
from litsearch.library.indexes import flat
from litsearch.library.lock import writing
from litsearch.library.manifest import Facts
from litsearch.models import bi_encoder
from litsearch.models.embedders.tokens import token_counter
from litsearch.protocols import Embedder, Progress
from litsearch.sources.cache import Cache
from litsearch.sources.download import Downloader
from litsearch.sources.extractors import EXTRACTION
from litsearch.sources.ingest import ingest
from litsearch.sources.same import reunited
from litsearch.sources.services import Services
from litsearch.sources.workers import ExtractorPool
from litsearch.types import BuildReport, Ingested, RawDocument, Source
from litsearch.wiring.documents import extract, fetch_route, own_files, records, resolver
from litsearch.wiring.lists import read_sources
from litsearch.wiring.models import BulkEmbedder, export, export_folder, load_vectors

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

LITTLE = 300  # sentences: 1 to 2 s on one core, where importing torch alone takes 5 s


def _silent(line: str) -> None:
    """Nobody is told."""


def build(
    library: Path,
    config: Config,
    lists: Sequence[str],
    *,
    full: bool,
    offline: bool,
    progress: Progress,
    say: Callable[[str], None] = _silent,
) -> BuildReport:
    """Bring the index of a library up to date with its lists. Raises ListError, IndexLocked, ConfigError, StoreError.

    say: told in one line why more is made anew than the lists and pages ask for.
    """
    index = library / "index"
    sources = read_sources(library, lists)
    with _kept_whole(), writing(index):
        before, usable = current_id(index), _usable(index, say)
        live = None if full else usable
        sources = as_known(sources, live)
        making = tools(index, config, anew=full)
        if live is not None and (changed := made_otherwise(live.manifest.facts, making.facts)):
            say(f"Everything is made anew from what was downloaded: the {' and the '.join(changed)} changed.")
        with (
            closing(making.store),
            closing(Cache(index / "cache")) as kept,
            Downloader(kept, config.fetch, offline=offline, since=kept.begin()) as get,
            ExtractorPool(extract, config.extract.workers, config.extract.timeout) as pool,
        ):
            if kept.mended:
                say(kept.mended)
            services, storage = Services(kept, get.ask, offline=offline), _Storage()

            def ingested(known: Mapping[str, str]) -> Iterator[Ingested]:
                found = ingest(
                    sources,
                    fetch=storage.guarded(fetch_route(library, config, get, services)),
                    extract=pool.submit,
                    known=known,
                    extraction=EXTRACTION,
                    hosts=config.fetch.hosts,
                    stand_in=own_files(library, config),
                    resolve=resolver(services),
                    describe=records(services, sources),
                )
                for done, item in enumerate(found, 1):
                    storage.check()
                    progress("Sources", done, len(sources), item.source.title)
                    yield item

            report = walk(index, sources, ingested, live, making)
            kept.finish()
            if usable is None:  # nobody goes back to what is damaged or cannot be read
                remove_others(index, {*generation_ids(index)} - {before})
            return replace(report, requests=get.requests)


@contextmanager
def _kept_whole() -> Iterator[None]:
    """A full or vanished disk, or too little memory, ends a build with what to do; the index stays as it was."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        hint = "Make room on the disk, then build again: what was downloaded and embedded so far is kept."
        raise StoreError(f"The build cannot write the index: {error}.", hint) from error
    except MemoryError:
        hint = "Close other programs, then build again: what was downloaded and embedded so far is kept."
        raise StoreError("There is not enough memory for this build.", hint) from None


class _Storage:
    """Notes when downloads cannot be kept, which is no fault of any source: the build ends, and the index stays."""

    def __init__(self) -> None:
        self._failure: OSError | sqlite3.Error | None = None

    def guarded(self, fetch: Callable[[str], RawDocument]) -> Callable[[str], RawDocument]:
        """The same function, watched."""

        def watched(url: str) -> RawDocument:
            try:
                return fetch(url)
            except (OSError, sqlite3.Error) as error:
                self._failure = error
                raise

        return watched

    def check(self) -> None:
        """Raise StoreError when something could not be kept."""
        if self._failure is not None:
            hint = "Make room on the disk, then build again: what was downloaded and embedded so far is kept."
            raise StoreError(f"The build cannot write what it downloads: {self._failure}.", hint) from self._failure


def as_known(sources: Sequence[Source], live: Generation | None) -> tuple[Source, ...]:
    """The sources, with those as one that turned out to be one work when they were fetched."""
    return reunited(sources, [row.source for row in live.catalog.sources()] if live else ())


def _usable(index: Path, say: Callable[[str], None]) -> Generation | None:
    """The generation that a build may take from: every byte of it is looked at, so that no damage is handed on."""
    try:
        live = open_current(index, load_vectors)
        damaged = live.check()
    except IndexMissing:
        return None
    except StoreError as error:
        say(f"Everything is made anew from what was downloaded: {error}")
        return None
    if damaged:
        say(f"Everything is made anew from what was downloaded: {', '.join(damaged)} in the index is damaged.")
        return None
    return live


def tools(index: Path, config: Config, *, anew: bool = False) -> Tools:
    """What a build works with; anew: a damaged export of the embedder is made again, which takes a look at all of it.

    Raises ConfigError when the embedder is not to be had.
    """
    settings = config.embedder
    folder = bi_encoder.find_model(settings.model)
    about = bi_encoder.describe(folder, settings.query_prefix, settings.passage_prefix)
    exported = export_folder(index, about.fingerprint)
    if anew and exported.exists() and bi_encoder.check_export(exported):
        shutil.rmtree(exported)
    export(index, folder, about)
    return Tools(
        facts=Facts(about.fingerprint, settings.model, about.dim, CHUNKER, EXTRACTION),
        store=EmbeddingStore(index / "embeddings.sqlite", about.fingerprint, about.dim),
        embedder=_Embedder(BulkEmbedder(folder, about), exported),
        count_tokens=token_counter(folder),
        window=about.window,
        empty_index=flat.empty,
        keep=config.index.keep,
    )


class _Embedder:
    """The bulk embedder, and for little work the exported one, which opens in 0.2 s where torch takes 5 s.

    Their vectors differ by rounding (cosine above 0.999), as those of two builds with torch do: what a text is batched
    with moves the last bits.
    """

    def __init__(self, bulk: BulkEmbedder, exported: Path) -> None:
        self._bulk, self._exported = bulk, exported
        self._bulky = False
        self.fingerprint, self.dim, self.window = bulk.fingerprint, bulk.dim, bulk.window

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of the texts, shape (n, dim), float32."""
        self._bulky = self._bulky or len(texts) > LITTLE or bi_encoder.read_export(self._exported) is None
        return self._bulk.embed_passages(texts) if self._bulky else self._light.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a query, shape (dim,), float32."""
        return self._bulk.embed_query(text) if self._bulky else self._light.embed_query(text)

    @cached_property
    def _light(self) -> Embedder:
        from litsearch.models.embedders.onnx import OnnxEmbedder

        return OnnxEmbedder(self._exported)
