"""Do a build's work on the machines of a cluster, each of which imports this module.

Everything here can be done again: what comes of it depends on its arguments alone.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

from litsearch import __version__
from litsearch.app.extraction import passage_pool
from litsearch.app.factories import embedder_facts, export_folder
from litsearch.config import Config, EmbedderConfig, ExtractConfig
from litsearch.errors import ConfigError
from litsearch.extract import EXTRACTION
from litsearch.fetch.relay import Answered, Asked, Relay
from litsearch.index.chunking import CHUNKER
from litsearch.types import Document, RawDocument

if TYPE_CHECKING:
    from litsearch.extract.pool import ExtractorPool
    from litsearch.types import Matrix


@dataclass(frozen=True, slots=True)
class Terms:
    """What a machine has to have as the build has it, so that it gives what the build would."""

    embedder: EmbedderConfig
    fingerprint: str  # of that embedder
    timeout: float  # seconds for one document
    version: str = __version__
    extraction: str = EXTRACTION
    chunker: str = CHUNKER


def terms_of(config: Config) -> Terms:
    """Return the terms of a build. Raises ConfigError when the embedder cannot be found."""
    fingerprint = embedder_facts(config)[1].fingerprint
    return Terms(config.embedder, fingerprint, config.extract.timeout)


@cache
def agree(build: Terms) -> None:
    """Raise ConfigError unless this machine has what the build has."""
    machine = socket.gethostname()
    ours = _versions(Terms(build.embedder, "", 0.0))
    theirs = _versions(build)
    if ours != theirs:
        raise ConfigError(
            f"The machine {machine} has litsearch {ours}, the build is of {theirs}.",
            "Install the same litsearch on every machine of the cluster.",
        )
    try:
        _, embedder = embedder_facts(_config(build))
    except ConfigError as error:
        hint = "Install it on every machine, or name one that all have under [embedder]."
        raise ConfigError(f"On the machine {machine}: {error}", hint) from None
    if embedder.fingerprint != build.fingerprint:
        raise ConfigError(
            f"The embedder {build.embedder.model} of the machine {machine} is another one.",
            "Put the same files on every machine of the cluster.",
        )


def document(build: Terms, raw: RawDocument, source_id: str) -> Document:
    """Return the text of a document with its passages, read in a process of its own.

    Raises ExtractError, ConfigError.
    """
    agree(build)
    return _pool(build).submit(raw, source_id).result()


class Machine:
    """Sends requests and embeds passages for a build, in one process of a machine: what it needs
    for either is loaded at the first, once.
    """

    def __init__(self, build: Terms, allow_private: bool, max_bytes: int) -> None:
        """allow_private, max_bytes: of requests. Raises ConfigError."""
        agree(build)
        self._build, self._opening, self._embedding = build, Lock(), Lock()
        self._relay: Relay | None = None
        self._embed: Callable[[Sequence[str]], Matrix] | None = None
        self._open = partial(Relay, allow_private, max_bytes)

    def __call__(self, work: Asked | Sequence[str]) -> Answered | Matrix:
        """Return the answer to a request, or the vectors of texts. Raises ConfigError."""
        if not isinstance(work, Asked):
            with self._embedding:  # which takes all cores that there are
                self._embed = self._embed or _embedding(self._build)
                return self._embed(work)
        with self._opening:
            self._relay = self._relay or self._open()
        return self._relay(work)

    def close(self) -> None:
        """Close all connections."""
        if self._relay is not None:
            self._relay.close()


def _embedding(build: Terms) -> Callable[[Sequence[str]], Matrix]:
    """Return a function that embeds passages: with torch where it is installed, else with ONNX.

    Raises ConfigError.
    """
    from litsearch.app.embedding import TorchEmbedder, export, has_torch

    folder, facts = embedder_facts(_config(build))
    if has_torch():
        return TorchEmbedder(folder, facts).embed_passages

    from litsearch.models.onnx import OnnxEmbedder
    from litsearch.subprocesses import cores

    with TemporaryDirectory(prefix="litsearch-") as place:
        export(Path(place), folder, facts)
        exported = export_folder(Path(place), facts.fingerprint)
        return OnnxEmbedder(exported, many=True, workers=cores()).embed_passages


@cache
def _pool(build: Terms) -> ExtractorPool:
    """Return the one process of this worker, which is kept from document to document."""
    return passage_pool(_config(build))


def _config(build: Terms) -> Config:
    extract = ExtractConfig(workers=1, timeout=build.timeout)
    return Config(embedder=build.embedder, extract=extract)


def _versions(some: Terms) -> str:
    return f"{some.version} (extraction {some.extraction}, chunker {some.chunker})"
