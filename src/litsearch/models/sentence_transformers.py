"""The embedder for the bulk where the model is no BERT: any that sentence-transformers has, with
torch on the CPU.
"""

from __future__ import annotations

import copy
import ctypes
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

# oneDNN keeps 1,024 compiled operators otherwise, one for each shape of a batch: 0.1 GB more with
# every 1,500 texts.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")  # read when torch first computes
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from litsearch.errors import ConfigError
from litsearch.subprocesses import cores

if TYPE_CHECKING:
    from litsearch.models.model_folder import BiEncoder
    from litsearch.types import Matrix, Vector

BATCH_TOKENS = 4096  # of one batch, padding included
CHARACTERS_A_TOKEN = 3  # a cautious guess, to make batches without tokenizing twice
# how much faster bfloat16 must be to be used: 4 times with AMX, slower than float32 without
BF16_GAIN = 1.3
BF16_COSINE = 0.999  # how near it must stay to float32: 0.9998 measured for all-MiniLM-L6-v2
# for short texts a quarter faster than "sdpa"
_MODEL = {"use_safetensors": True, "attn_implementation": "eager"}
_tokenizing = threading.Lock()  # tokenizers change while they pad
_SAMPLE = [
    "The index is built once and then searched many times, by people who remember half a title."
    f" Line {i} says so again, at somewhat greater length than the lines before it did."
    * (1 + i % 2)
    for i in range(16)
]


class SentenceTransformersEmbedder:
    """A bi-encoder in the number format that is faster here, bfloat16 or float32: measured when it
    is loaded.
    """

    def __init__(self, folder: Path, facts: BiEncoder) -> None:
        """Load the model in a folder; facts are what describe() says of it. Raises ConfigError."""
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window
        self._facts, self._prefixes = facts, (facts.query_prefix, facts.passage_prefix)
        # A core a batch, not all cores on one: threads that wait for each other cost half when
        # another process is busy.
        torch.set_num_threads(1)
        self._model = _faster(_load(folder))
        self._model.max_seq_length = facts.window
        if (self._model.get_embedding_dimension() or 0) < facts.dim:
            raise ConfigError(
                f"The embedder in {folder} does not give {facts.dim} numbers.",
                "Use another embedder.",
            )

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32."""
        texts = [self._prefixes[1] + text for text in texts]
        vectors = np.empty((len(texts), self.dim), np.float32)

        def encode(batch: list[int]) -> None:
            pooled = _encode(self._model, [texts[i] for i in batch])
            vectors[batch] = self._facts.unit_vectors(pooled)

        with ThreadPoolExecutor(cores()) as pool:
            list(pool.map(encode, _batches(texts, self.window)))
        _give_back()
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32."""
        pooled = _encode(self._model, [self._prefixes[0] + text])
        vector: Vector = self._facts.unit_vectors(pooled)[0]
        return vector


def _give_back() -> None:
    """Return freed memory to the system where the C library can: else it keeps 0.4 GB of scattered
    pieces.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _load(folder: Path) -> SentenceTransformer:
    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, model_kwargs=_MODEL
        )
    except Exception as error:  # safetensors, transformers and torch share no error class
        why = str(error).strip().partition("\n")[0] or type(error).__name__
        hint = "Use another embedder, or fetch this one again."
        raise ConfigError(f"The embedder in {folder} cannot be loaded: {why}", hint) from error
    finally:
        if shown:
            transformers_logging.enable_progress_bar()


def _faster(model: SentenceTransformer) -> SentenceTransformer:
    """The model in bfloat16 when that is much faster on this machine and as good, else as it is."""
    small = copy.deepcopy(model).to(torch.bfloat16)
    wide_time, wide = _timed(model)
    small_time, narrow = _timed(small)
    near = bool((wide * narrow).sum(axis=1).min() >= BF16_COSINE)
    return small if near and small_time * BF16_GAIN <= wide_time else model


def _timed(model: SentenceTransformer) -> tuple[float, Matrix]:
    """Seconds of processor time that the sample takes, the best of two, and its vectors."""
    seconds = []
    for _ in range(2):
        start = time.thread_time()
        vectors = _encode(model, _SAMPLE)
        seconds.append(time.thread_time() - start)
    return min(seconds), vectors


def _encode(model: SentenceTransformer, texts: list[str]) -> Matrix:
    with _tokenizing:
        features = model.preprocess(texts)
    with torch.inference_mode():
        vectors: Matrix = model(features)["sentence_embedding"].float().numpy()
    # In float32, whatever the model did: a bfloat16 vector of "unit length" is off by up to 0.4 %.
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors


def _batches(texts: Sequence[str], window: int) -> Iterator[list[int]]:
    """Positions of texts of about one length, longest first, as many as fit the budget."""
    batch: list[int] = []
    width = 0
    for i in sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i)):
        if batch and (len(batch) + 1) * width > BATCH_TOKENS:
            yield batch
            batch = []
        if not batch:
            width = min(len(texts[i]) // CHARACTERS_A_TOKEN + 2, window)
        batch.append(i)
    if batch:
        yield batch
