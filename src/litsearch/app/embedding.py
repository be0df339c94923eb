"""The embedder of a build, and its export for queries. Torch is loaded only when much has to be
embedded.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app.factories import export_folder
from litsearch.errors import ConfigError
from litsearch.models import model_folder
from litsearch.models.bert_weights import NotUnderstood
from litsearch.models.model_folder import BiEncoder
from litsearch.protocols import Embedder

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

# sentences: 2 s on two cores, in which torch is loaded too, and has done as many half a second
# later
LITTLE = 200
SPAWN = multiprocessing.get_context("spawn")  # fork would copy the locks of other threads


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
    from litsearch.models.bert import BertEmbedder

    try:
        return BertEmbedder(folder, about)
    except NotUnderstood:
        from litsearch.models.sentence_transformers import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(folder, about)


class BuildEmbedder:
    """The bulk embedder, and for little work the exported one, which opens in 0.2 s where torch
    takes 2 s.

    Their vectors differ by rounding (cosine above 0.999), as those of two builds with torch do:
    what a text is batched with moves the last bits.
    """

    def __init__(self, bulk: BulkEmbedder, exported: Path) -> None:
        self._bulk, self._exported = bulk, exported
        self._bulky = False
        self.fingerprint, self.dim, self.window = bulk.fingerprint, bulk.dim, bulk.window

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of the texts, shape (n, dim), float32."""
        self._bulky = (
            self._bulky or len(texts) > LITTLE or model_folder.read_export(self._exported) is None
        )
        return (
            self._bulk.embed_passages(texts) if self._bulky else self._light.embed_passages(texts)
        )

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a query, shape (dim,), float32."""
        return self._bulk.embed_query(text) if self._bulky else self._light.embed_query(text)

    @cached_property
    def _light(self) -> Embedder:
        from litsearch.models.onnx import OnnxEmbedder

        return OnnxEmbedder(self._exported, many=True, threads=0)


def export(index: Path, folder: Path, about: BiEncoder) -> None:
    """Write the embedder for queries beside the index, unless it is there. Without it, queries load
    torch.
    """
    target = export_folder(index, about.fingerprint)
    if about.pooling is None or model_folder.read_export(target, model_folder.LAYOUT) == about:
        return
    from litsearch.models import onnx_export as onnx_bert

    try:
        onnx_bert.export(folder, about, target)
    except NotUnderstood:
        _traced(folder, about, target)


def _traced(folder: Path, about: BiEncoder, target: Path) -> None:
    """The same for any kind of model, in a process of its own: what torch takes for it, 1 GB, ends
    with it.
    """
    with ProcessPoolExecutor(1, mp_context=SPAWN, initializer=_deaf_to_interrupts) as apart:
        try:
            apart.submit(_export, folder, about, target).result()
        except BrokenProcessPool:
            raise ConfigError(
                f"The embedder in {folder} could not be exported to ONNX: its process was ended.",
                "Free some memory, 1 GB will do, and build again.",
            ) from None


def _export(folder: Path, about: BiEncoder, target: Path) -> None:
    from litsearch.models import onnx_tracing

    onnx_tracing.export(folder, about, target)


def _deaf_to_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
