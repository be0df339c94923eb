"""Where the stages of a build run: on this machine, or on those of a cluster.

Lists, verdicts, the cache, the store of embeddings and publishing stay on this machine either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import cached_property, partial
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

from litsearch.app import workers
from litsearch.app.embedding import TorchEmbedder
from litsearch.app.extraction import passage_pool
from litsearch.config import Config, FetchConfig
from litsearch.errors import (
    ConfigError,
    ExtractError,
    LitsearchError,
    MissingExtraError,
    WorkLost,
)
from litsearch.fetch.relay import Answered, Asked, RelayedWire
from litsearch.index.write import BATCH
from litsearch.models.model_folder import BiEncoder
from litsearch.types import Document, RawDocument

if TYPE_CHECKING:
    from litsearch.clusters import Cluster
    from litsearch.fetch.transport import Wire
    from litsearch.types import Matrix

    Embeds = Callable[[Sequence[str]], Future[Matrix]]

LOCAL = "local"
RAY = "ray://"
# Texts that a machine embeds at once: 1,024 take the same processor time in blocks of 256 as whole.
BLOCK = 256


class Stages(Protocol):
    """Where the stages of a build run; a context, within which they can be used."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def wire(self, settings: FetchConfig) -> Wire | None:
        """Return how requests are sent; None: from this machine."""
        ...

    def start(self) -> None:
        """Make ready for documents, without waiting."""
        ...

    def submit(self, raw: RawDocument, source_id: str) -> Future[Document]:
        """Return the document to come; its exception is a SourceError, or ClusterUnavailable."""
        ...

    def bulk_embedder(self, folder: Path, facts: BiEncoder) -> TorchEmbedder:
        """Return what embeds many texts."""
        ...

    @property
    def batch(self) -> int:
        """Return how many texts are well embedded at once."""
        ...

    def check(self) -> None:
        """Raise what keeps the stages from running, if anything did."""
        ...


def stages_of(config: Config) -> Stages:
    """Return where the settings say that a build runs. Raises ConfigError."""
    address = config.build.on
    if address == LOCAL:
        return LocalStages(config)
    if address.startswith(RAY):
        return ClusterStages(partial(_ray, address), config)
    raise ConfigError(
        f"A build cannot run on {address!r}.",
        'Set on under [build] to "local" or "ray://HOST:10001".',
    )


class LocalStages:
    """The stages of a build on this machine."""

    def __init__(self, config: Config) -> None:
        self._pool = passage_pool(config)
        self.start, self.submit = self._pool.start, self._pool.submit

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        """Wait for what was submitted; after an error, give it up."""
        self._pool.__exit__(*raised)

    def wire(self, settings: FetchConfig) -> Wire | None:
        """Return None: requests are sent from here."""
        return None

    def bulk_embedder(self, folder: Path, facts: BiEncoder) -> TorchEmbedder:
        """Return torch, which is loaded at the first text."""
        return TorchEmbedder(folder, facts)

    @property
    def batch(self) -> int:
        """Return how many texts are well embedded at once."""
        return BATCH

    def check(self) -> None:
        """Raise nothing: what fails here is raised where it is waited for."""


class ClusterStages:
    """The stages of a build on the machines of a cluster.

    connect: gives the cluster, when the context is entered.
    """

    def __init__(self, connect: Callable[[], Cluster], config: Config) -> None:
        self._connect, self._config = connect, config
        self._fetching = config.fetch
        self._failure: LitsearchError | None = None

    def __enter__(self) -> Self:
        """Connect, and let every machine agree to the terms. Raises ConfigError,
        MissingExtraError, ClusterUnavailable.
        """
        self._terms = workers.terms_of(self._config)
        self._cluster = self._connect()
        try:
            self._cluster.everywhere(workers.agree, self._terms)
        except BaseException:
            self._cluster.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the cluster; all that was needed has been waited for."""
        self._cluster.close()

    def wire(self, settings: FetchConfig) -> Wire:
        """Return what has the requests of each host sent by one of the machines."""
        self._fetching = settings
        return RelayedWire([partial(self._send, machine) for machine in self._machines])

    @cached_property
    def _machines(self) -> Sequence[Callable[[Any], Future[Any]]]:
        """Return what sends requests and embeds: one process a machine, since one more costs two
        seconds of each machine's time.
        """
        settings = self._fetching
        most = int(settings.max_megabytes * 1_000_000)
        at_once = settings.hosts + BATCH // BLOCK  # blocks that wait keep no request waiting
        terms = self._terms, settings.allow_private, most
        return self._cluster.actors(workers.Machine, *terms, at_once=at_once)

    def _send(self, relay: Callable[[Asked], Future[Answered]], request: Asked) -> Answered:
        """Have a request sent, and note a failure that is not the page's."""
        try:
            return relay(request).result()
        except WorkLost:
            raise
        except LitsearchError as error:
            self._failure = error
            raise

    def start(self) -> None:
        """Start nothing: the machines are started."""

    def submit(self, raw: RawDocument, source_id: str) -> Future[Document]:
        """Return the document to come, from the next machine that has a core free."""
        document: Future[Document] = Future()
        future = self._cluster.run(workers.document, self._terms, raw, source_id)
        future.add_done_callback(partial(_settle, document))
        return document

    def bulk_embedder(self, folder: Path, facts: BiEncoder) -> TorchEmbedder:
        """Return the embedder of all machines together."""
        return ClusterEmbedder(folder, facts, lambda: self._machines)

    @property
    def batch(self) -> int:
        """Return a block for each machine."""
        return max(BATCH, BLOCK * self._cluster.size)

    def check(self) -> None:
        """Raise what a relay met that was no page's fault."""
        if self._failure is not None:
            raise self._failure


def _settle(document: Future[Document], done: Future[Document]) -> None:
    """Give a document's future what came of it; to have lost every machine is the document's."""
    error = done.exception()
    if isinstance(error, WorkLost):
        error = ExtractError(f"The document was not read: {error}", error.hint)
    if error is not None:
        document.set_exception(error)
    else:
        document.set_result(done.result())


class ClusterEmbedder(TorchEmbedder):
    """The embedder of a build on a cluster: each machine embeds blocks of the texts."""

    def __init__(
        self, folder: Path, facts: BiEncoder, machines: Callable[[], Sequence[Embeds]]
    ) -> None:
        super().__init__(folder, facts)
        self._machines = machines

    @property
    def at_hand(self) -> bool:
        """Return True: a machine without torch embeds with ONNX."""
        return True

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32. Raises ClusterUnavailable."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        blocks = [texts[start : start + BLOCK] for start in range(0, len(texts), BLOCK)]
        futures = [
            machine(block) for machine, block in zip(cycle(self._machines()), blocks, strict=False)
        ]
        return np.concatenate([future.result() for future in futures])


def _ray(address: str) -> Cluster:
    try:
        from litsearch.clusters.ray import connect
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"A build on a Ray cluster needs {error.name}, which is not installed.",
            "Install it with `pip install 'litsearch[ray]'`.",
        ) from None
    return connect(address.removeprefix(RAY))
