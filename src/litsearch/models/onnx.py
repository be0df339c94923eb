"""The embedder for queries: an exported model with onnxruntime. It opens in 0.15 s, where torch
takes 2 s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from litsearch.errors import IndexCorrupt
from litsearch.models.model_folder import MODEL_FILE, read_export
from litsearch.models.tokenizer import TOKENIZER_FILE

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

MOST = 16  # texts at once: nobody waits long for a batch to end
# A query is too little work for two: 6 ms and opened in 0.11 s, with two 9 ms and 0.18 s.
THREADS = 1
# Tokens of a batch of passages, whose texts are of about one length. 1,000 sentences took 10.1 s of
# CPU with 256, 10.4 with 512, 10.8 with 1,024 and 12.1 with 2,048; torch in bfloat16 took 5.8.
BATCH_TOKENS = 512
# Tokens: as long as the weights take to be read (4 ms; a token 0.33 ms), so much padding is worth
# it.
PADDING = 12


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
            vectors = self._embed([text for text, _ in batch])
            for (_, future), vector in zip(batch, vectors, strict=True):
                future.set_result(vector)
        except BaseException as error:  # noqa: BLE001 - each of them raises it
            for _, future in batch:
                future.set_exception(error)
        finally:
            with self._changed:
                self._running = False
                self._changed.notify_all()


class OnnxEmbedder:
    """The same vectors as torch gives in float32 (cosine 0.9999 or more), without torch. Use from
    any thread.
    """

    def __init__(self, folder: Path, *, many: bool = False, workers: int = 1) -> None:
        """Open the model that was exported into a folder. Raises IndexCorrupt.

        many: for more than a query or two. Laying out the weights for it takes 65 ms, and saves 10
        ms a query. workers: batches of passages embedded at once, each on a core of its own.
        """
        facts = read_export(folder)
        if facts is None or facts.pooling is None:
            raise _corrupt(folder, "a file is missing or has another size")
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window
        self._facts, self._prefixes = facts, (facts.query_prefix, facts.passage_prefix)
        self._mean = facts.pooling == "mean"
        self._workers = workers
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session = _open(folder / MODEL_FILE, many=many)
        except Exception as error:  # both libraries raise bare Exceptions
            raise _corrupt(folder, str(error).strip().partition("\n")[0]) from error
        self._tokenizer.enable_truncation(self.window)
        self._tokenizer.no_padding()
        self._together = Together(self._embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        encodings = self._tokens([self._prefixes[1] + text for text in texts])

        def embed(batch: Sequence[int]) -> None:
            vectors[batch] = self._encode([encodings[i] for i in batch])

        # A core a batch, not all cores on one: threads that wait for each other cost half when
        # another process is busy.
        with ThreadPoolExecutor(self._workers) as pool:
            for _ in pool.map(embed, _batches([len(encoding) for encoding in encodings])):
                pass
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32; queries of several threads are
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
        # of unit length in the end, so a sum is as good as a mean
        pooled: Matrix = (layer * mask[:, :, None]).sum(axis=1) if self._mean else layer[:, 0]
        return self._facts.unit_vectors(pooled)


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


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts of these lengths in batches of alike ones, longest first."""
    batches: list[list[int]] = []
    width = 0
    for place in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if not batches or (len(batches[-1]) + 1) * width > BATCH_TOKENS:
            batches.append([])
            width = lengths[place]
        batches[-1].append(place)
    return batches


def _open(path: Path, *, many: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_prepacking", "0" if many else "1")
    options.intra_op_num_threads = THREADS
    # The graph was optimised when it was exported.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _corrupt(folder: Path, why: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The embedder in {folder} cannot be used: {why}.", "Run `litsearch build`."
    )
