"""Embedders and vector indexes. Torch is loaded only when something has to be embedded in bulk."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.config import Config
from litsearch.errors import ConfigError
from litsearch.models import bi_encoder
from litsearch.models.bi_encoder import BiEncoder
from litsearch.protocols import Embedder, Reranker, VectorIndex

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

SPAWN = multiprocessing.get_context("spawn")  # fork would copy the locks of other threads


def load_vectors(path: Path) -> VectorIndex:
    """Read vectors.faiss. Raises IndexCorrupt."""
    from litsearch.library.indexes import flat

    return flat.load(path)


class BulkEmbedder:
    """The embedder of a build; it loads torch when the first text comes."""

    def __init__(self, folder: Path, about: BiEncoder) -> None:
        self._folder, self._about = folder, about
        self.fingerprint, self.dim, self.window = about.fingerprint, about.dim, about.window

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of the texts, shape (n, dim), float32."""
        return _bulk_embedder(self._folder, self._about).embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a query, shape (dim,), float32."""
        return _bulk_embedder(self._folder, self._about).embed_query(text)


@cache
def _bulk_embedder(folder: Path, about: BiEncoder) -> Embedder:
    from litsearch.models.embedders.sentence_transformers import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(folder, about)


def export(index: Path, folder: Path, about: BiEncoder) -> None:
    """Write the embedder for queries beside the index, unless it is there. Without it, queries load torch."""
    target = export_folder(index, about.fingerprint)
    if about.pooling is None or bi_encoder.read_export(target) == about:
        return
    # In a process of its own: the memory that torch takes for it, 0.5 GB, ends with it.
    with ProcessPoolExecutor(1, mp_context=SPAWN, initializer=_deaf_to_interrupts) as apart:
        try:
            apart.submit(_export, folder, about, target).result()
        except BrokenProcessPool:
            raise ConfigError(
                f"The embedder in {folder} could not be exported to ONNX: its process was ended.",
                "Free some memory, 1 GB will do, and build again.",
            ) from None


def _export(folder: Path, about: BiEncoder, target: Path) -> None:
    from litsearch.models.embedders import onnx_export

    onnx_export.export(folder, about, target)


def _deaf_to_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def query_embedder(index: Path, config: Config, fingerprint: str) -> Embedder:
    """The embedder that an index was made with, as light as it comes. Raises IndexCorrupt, ConfigError."""
    target = export_folder(index, fingerprint)
    if bi_encoder.read_export(target) is not None:
        from litsearch.models.embedders.onnx import OnnxEmbedder

        return OnnxEmbedder(target)
    settings = config.embedder
    folder = bi_encoder.find_model(settings.model)
    return _bulk_embedder(folder, bi_encoder.describe(folder, settings.query_prefix, settings.passage_prefix))


def reranker(config: Config) -> Reranker:
    """The cross-encoder of the settings; loading it takes seconds. Raises ConfigError."""
    if not config.reranker.model:
        raise ConfigError(
            "There is no reranker that could use a budget.", "Set model under [reranker] in config/litsearch.toml."
        )
    from litsearch.models.rerankers.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(bi_encoder.find_model(config.reranker.model, "reranker"))


def export_folder(index: Path, fingerprint: str) -> Path:
    """Where the embedder of this fingerprint stands, exported."""
    return index / "models" / fingerprint[:16]
