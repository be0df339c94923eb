"""The embedder for queries: an exported model with onnxruntime. It opens in 0.15 s, where torch takes 5 s."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from litsearch.errors import IndexCorrupt
from litsearch.models.bi_encoder import MODEL_FILE, TOKENIZER_FILE, read_export

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

THREADS = 1  # a query is too little work for two: 6 ms and opened in 0.11 s, with two 9 ms and 0.18 s (two busy cores)
BATCH = 8  # texts at once, of about one length: 120 sentences took 2.0 s, by 32 3.1 s, by 64 4.4 s


class OnnxEmbedder:
    """The same vectors as torch gives in float32 (cosine 0.9999 or more), without torch. Use from any thread."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        """Open the model that was exported into a folder; threads: 0 means one a core. Raises IndexCorrupt."""
        facts = read_export(folder)
        if facts is None or facts.pooling is None:
            raise _corrupt(folder, "a file is missing or has another size")
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window
        self._prefixes = facts.query_prefix, facts.passage_prefix
        self._mean = facts.pooling == "mean"
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session = _open(folder / MODEL_FILE, threads)
        except Exception as error:  # both libraries raise bare Exceptions
            raise _corrupt(folder, str(error).strip().partition("\n")[0]) from error
        self._tokenizer.enable_truncation(self.window)
        self._tokenizer.no_padding()

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of the texts, shape (n, dim), float32."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._encode([self._prefixes[1] + texts[i] for i in batch])
        return vectors

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a query, shape (dim,), float32."""
        vector: Vector = self._encode([self._prefixes[0] + text])[0]
        return vector

    def _encode(self, texts: list[str]) -> Matrix:
        encodings = self._tokenizer.encode_batch_fast([text.strip() for text in texts])
        width = max(map(len, encodings))
        ids, mask = np.zeros((2, len(texts), width), np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        (layer,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        vectors: Matrix = (layer * mask[:, :, None]).sum(axis=1) if self._mean else layer[:, 0]
        vectors = vectors.astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)  # so a sum is as good as a mean
        return vectors


def _open(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # The graph was optimised when it was exported.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _corrupt(folder: Path, why: str) -> IndexCorrupt:
    return IndexCorrupt(f"The embedder in {folder} cannot be used: {why}.", "Run `litsearch build`.")
