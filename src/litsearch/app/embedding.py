"""Embed in a build, and export the embedder for queries.

Torch is loaded only where it is installed and much has to be embedded; otherwise ONNX embeds, on
all cores.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app.factories import export_folder
from litsearch.errors import ConfigError, MissingExtraError
from litsearch.models import model_folder
from litsearch.models.bert_weights import NotUnderstood
from litsearch.models.model_folder import BiEncoder
from litsearch.protocols import Embedder
from litsearch.subprocesses import cores, safe_start

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

# Sentences: 2 s on two cores, in which torch is loaded too, and has done as many half a second
# later.
FEW = 200
ADD_TORCH = "Add it with: pip install sentence-transformers"
SPAWN = multiprocessing.get_context("spawn")  # fork would copy the locks of other threads


def has_torch() -> bool:
    """Return True when torch and sentence-transformers are installed; neither is loaded."""
    return all(find_spec(name) is not None for name in ("torch", "sentence_transformers"))


def require_torch(what: str) -> None:
    """Raise MissingExtraError when what is named cannot work, since torch is not installed."""
    if not has_torch():
        raise MissingExtraError(f"{what} needs torch, which is not installed.", ADD_TORCH)


class TorchEmbedder:
    """The embedder of a build with torch, which is loaded when the first text comes."""

    def __init__(self, folder: Path, facts: BiEncoder) -> None:
        self._folder, self._facts = folder, facts
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window

    @property
    def at_hand(self) -> bool:
        """Return True when torch is installed."""
        return has_torch()

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32. Raises MissingExtraError."""
        return _torch_embedder(self._folder, self._facts).embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32. Raises MissingExtraError."""
        return _torch_embedder(self._folder, self._facts).embed_query(text)


@cache
def _torch_embedder(folder: Path, facts: BiEncoder) -> Embedder:
    require_torch(f"The embedder in {folder}")
    from litsearch.models.bert import BertEmbedder

    try:
        return BertEmbedder(folder, facts)
    except NotUnderstood:
        from litsearch.models.sentence_transformers import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(folder, facts)


class BuildEmbedder:
    """Embeds many texts with torch, and few (or all, where torch is not installed) with the export.

    The export opens in 0.2 s, torch in 2 s. Their vectors differ by rounding (cosine above 0.999),
    as those of two builds with torch do: what a text is batched with moves the last bits.
    """

    def __init__(self, bulk: TorchEmbedder, export: Path) -> None:
        self._bulk, self._exported = bulk, export
        self._much = False
        self.fingerprint, self.dim, self.window = bulk.fingerprint, bulk.dim, bulk.window

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32. Raises MissingExtraError."""
        self._much = self._much or len(texts) > FEW
        return self._chosen().embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32. Raises MissingExtraError."""
        return self._chosen().embed_query(text)

    def _chosen(self) -> Embedder:
        if model_folder.read_export(self._exported) is None:
            return self._bulk
        return self._bulk if self._much and self._bulk.at_hand else self._light

    @cached_property
    def _light(self) -> Embedder:
        from litsearch.models.onnx import OnnxEmbedder

        return OnnxEmbedder(self._exported, many=True, workers=cores())


def export(index: Path, folder: Path, facts: BiEncoder) -> None:
    """Write the embedder as ONNX beside the index, unless it is there. Without it, queries load
    torch. Raises MissingExtraError when neither is possible.
    """
    target = export_folder(index, facts.fingerprint)
    if model_folder.read_export(target, model_folder.LAYOUT) == facts:
        return
    if facts.pooling is None:
        require_torch(f"The embedder in {folder}, which pools in its own way,")
        return
    from litsearch.models import onnx_export

    try:
        onnx_export.export(folder, facts, target)
    except NotUnderstood:
        require_torch(f"The embedder in {folder}, of an architecture that has to be traced,")
        _traced(folder, facts, target)


def _traced(folder: Path, facts: BiEncoder, target: Path) -> None:
    """Export any kind of model, in a process of its own: what torch takes for it, 1 GB, ends with
    it.
    """
    pool = ProcessPoolExecutor(1, mp_context=SPAWN, initializer=_ignore_interrupts)
    with safe_start(), pool as apart:
        try:
            apart.submit(_trace, folder, facts, target).result()
        except BrokenProcessPool:
            raise ConfigError(
                f"The embedder in {folder} could not be exported to ONNX: its process was ended.",
                "Free some memory, 1 GB will do, and build again.",
            ) from None


def _trace(folder: Path, facts: BiEncoder, target: Path) -> None:
    from litsearch.models import onnx_tracing

    onnx_tracing.export(folder, facts, target)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
