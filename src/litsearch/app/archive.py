"""Keep the cache and the vectors of a build where the settings say that any machine finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app.factories import embedder_facts
from litsearch.config import Config
from litsearch.errors import MissingExtraError
from litsearch.fetch import cache_database
from litsearch.fetch.cache import Cache
from litsearch.index import embedding_store
from litsearch.index.embedding_store import EmbeddingStore
from litsearch.types import Ingested

if TYPE_CHECKING:
    from litsearch.stores.archive import Archive

Ingest = Callable[[Mapping[str, str]], Iterator[Ingested]]
NOTES = "archive.sqlite"  # in index/: what is there already


@contextmanager
def archived(library: Path, config: Config) -> Iterator[Callable[[Ingest], Ingest]]:
    """Bring what other machines kept at `[index] cache`, and keep there what comes of this build.

    Gives what lets the build go through its sources and sees to that meanwhile. Raises ConfigError,
    MissingExtraError, StoreUnavailable.
    """
    if not config.index.cache:
        yield lambda ingest: ingest
        return
    with _archive(library / "index", config) as archive:
        yield lambda ingest: lambda fingerprints: archive.during(ingest(fingerprints))


def _archive(index: Path, config: Config) -> Archive:
    try:
        from litsearch.stores.archive import Archive, Kind
    except ModuleNotFoundError as error:
        hint = "Install it with `pip install 'litsearch[lance]'`."
        message = f"A cache elsewhere needs {error.name}, which is not installed."
        raise MissingExtraError(message, hint) from None

    cache, vectors = index / "cache", index / "embeddings.sqlite"
    about = embedder_facts(config)[1]
    with closing(Cache(cache)), EmbeddingStore(vectors, about.fingerprint, about.dim):
        pass  # both are there now
    name = f"vectors/{about.fingerprint[:32]}"
    kinds = [Kind(name, vectors, *embedding_store.sql_of(about.fingerprint))]
    for table in cache_database.COLUMNS:
        kinds.append(Kind(table, cache / "fetches.sqlite", *cache_database.sql_of(table)))
    return Archive(config.index.cache, index / NOTES, cache / "bodies", kinds)
