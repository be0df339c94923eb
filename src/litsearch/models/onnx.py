"""The embedder for queries: an exported model with onnxruntime. It opens in 0.15 s, where torch
takes 2 s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from litsearch.errors import IndexCorrupt
from litsearch.models.model_folder import MODEL_FILE, TOKENIZER_FILE, read_export

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

MOST = 16  # texts at once: nobody waits long for a batch to end


class Together:
    """One batch at a time. Who comes alone is embedded at once; who comes meanwhile goes with the
    others that wait.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Matrix]) -> None:
        """embed: the vectors of some texts, one a row, each as if it were alone."""
        self._embed = embed
        self._waiting: list[tuple[str, Future[Vector]]] = []
        self._running = False
        self._changed = Condition()

    def __call__(self, text: str) -> Vector:
        """The vector of a text. Raises what embed raises, to all whose texts it was given."""
        mine: Future[Vector] = Future()
        with self._changed:
            self._waiting.append((text, mine))
        while not mine.done():
            if batch := self._turn(mine):
                self._run(batch)
        return mine.result()

    def _turn(self, mine: Future[Vector]) -> list[tuple[str, Future[Vector]]]:
        """Wait until mine is done or nobody else works; in this case, what to do now."""
        with self._changed:
            self._changed.wait_for(lambda: mine.done() or not self._running)
            if mine.done():
                return []
            self._running = True
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return batch

    def _run(self, batch: list[tuple[str, Future[Vector]]]) -> None:
        try:
            for (_, future), vector in zip(
                batch, self._embed([text for text, _ in batch]), strict=True
            ):
                future.set_result(vector)
        except BaseException as error:  # noqa: BLE001 - each of them raises it
            for _, future in batch:
                future.set_exception(error)
        finally:
            with self._changed:
                self._running = False
                self._changed.notify_all()


if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

# a query is too little work for two: 6 ms and opened in 0.11 s, with two 9 ms and 0.18 s (two busy
# cores)
THREADS = 1
BATCH = 8  # texts at once, of about one length: 120 sentences took 2.0 s, by 32 3.1 s, by 64 4.4 s
# tokens: as long as the weights take to be read (4 ms; a token 0.33 ms), so much padding is worth
# it
PADDING = 12


class OnnxEmbedder:
    """The same vectors as torch gives in float32 (cosine 0.9999 or more), without torch. Use from
    any thread.
    """

    def __init__(self, folder: Path, *, many: bool = False, threads: int = THREADS) -> None:
        """Open the model that was exported into a folder. Raises IndexCorrupt.

        many: for more than a query or two. Laying out the weights for it takes 65 ms, and saves 10
        ms a query. threads: 0 means one a core.
        """
        facts = read_export(folder)
        if facts is None or facts.pooling is None:
            raise _corrupt(folder, "a file is missing or has another size")
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window
        self._prefixes = facts.query_prefix, facts.passage_prefix
        self._mean = facts.pooling == "mean"
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session = _open(folder / MODEL_FILE, threads, many=many)
        except Exception as error:  # both libraries raise bare Exceptions
            raise _corrupt(folder, str(error).strip().partition("\n")[0]) from error
        self._tokenizer.enable_truncation(self.window)
        self._tokenizer.no_padding()
        self._together = Together(self._embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of the texts, shape (n, dim), float32."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._encode(
                self._tokens([self._prefixes[1] + texts[i] for i in batch])
            )
        return vectors

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a query, shape (dim,), float32; queries of several threads are
        embedded at once.
        """
        return self._together(self._prefixes[0] + text)

    def _embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of texts of any lengths, in batches of those about as long."""
        encodings = self._tokens(texts)
        vectors = np.empty((len(texts), self.dim), np.float32)
        for batch in _alike([len(encoding) for encoding in encodings]):
            vectors[batch] = self._encode([encodings[i] for i in batch])
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch_fast([text.strip() for text in texts])

    def _encode(self, encodings: Sequence[Encoding]) -> Matrix:
        width = max(map(len, encodings))
        ids, mask = np.zeros((2, len(encodings), width), np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        (layer,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        vectors: Matrix = (layer * mask[:, :, None]).sum(axis=1) if self._mean else layer[:, 0]
        vectors = vectors.astype(np.float32)
        # so a sum is as good as a mean
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


def _alike(lengths: Sequence[int]) -> list[list[int]]:
    """Batches of the places of texts of these lengths, shortest first: a new one where it costs
    less than padding.
    """
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        last = batches[-1] if batches else []
        if last and len(last) * (lengths[place] - lengths[last[-1]]) <= PADDING:
            last.append(place)
        else:
            batches.append([place])
    return batches


def _open(path: Path, threads: int, *, many: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_prepacking", "0" if many else "1")
    options.intra_op_num_threads = threads
    # The graph was optimised when it was exported.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _corrupt(folder: Path, why: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The embedder in {folder} cannot be used: {why}.", "Run `litsearch build`."
    )
