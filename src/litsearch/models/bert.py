"""The embedder for the bulk where the model is a BERT: its own forward pass, in the form that is
fastest here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from litsearch.models.bert_weights import NotUnderstood, read_weights
from litsearch.models.tokenizer import read_tokenizer
from litsearch.subprocesses import cores

if TYPE_CHECKING:
    from litsearch.models.bert_weights import BertWeights, LayerWeights, Pair
    from litsearch.models.model_folder import BiEncoder
    from litsearch.types import Matrix, Vector

# Tokens at once, always as many, so that torch needs one plan for each matrix: plans for each shape
# cost more than they save (7.0 s for what took 2.9 s). 256 to 1,024 take as long: the products
# still fit the cache beside a core.
ROWS = 512
# How much faster bfloat16 must be to be used: it is 3.5 times with AMX, and less than 1 on older
# CPUs.
GAIN = 1.3
COSINE = 0.9995  # how near it must stay to float32: 0.9999 for all-MiniLM-L6-v2
_WORDS = (
    "The index is built once and searched many times, by people who recall half a title, a"
    " colour, 1998 or O(n log n). What they meant stood in a footnote; nobody (so they said) had"
    " read that far: “attention”, it began, is a scarce resource. We measured 3.7 % of it."
).split()
_LENGTHS = (1, 2, 4, 7, 11, 16, 24, 36, 50, 70, 90)  # words
_SAMPLE = [" ".join((_WORDS * 3)[length : 2 * length]) for length in _LENGTHS]


Bias: TypeAlias = Tensor | None  # of the attention between the tokens of a text


@dataclass(frozen=True, slots=True)
class Run:
    """Texts of one length, laid end to end from a row on."""

    start: int
    texts: int
    length: int

    @property
    def end(self) -> int:
        """Return the row after the last."""
        return self.start + self.texts * self.length


class _Linear:
    """A matrix, and what is done to its product with rows."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        self._weight, self._bias = weight, bias

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.linear(rows, self._weight, self._bias)

    def gelu(self, rows: Tensor) -> Tensor:
        return functional.gelu(self(rows))

    def plus(self, rows: Tensor, others: Tensor) -> Tensor:
        return self(rows).add_(others)


class _FusedLinear(_Linear):
    """The same as torch.compile has it on CPUs: oneDNN's product of weights laid out for it, with
    what follows.
    """

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        operators = torch.ops.mkldnn
        self._linear = operators._linear_pointwise
        self._weight, self._bias = operators._reorder_linear_weight(weight, None), bias

    def __call__(self, rows: Tensor) -> Tensor:
        return self._pointwise(rows, "none")

    def gelu(self, rows: Tensor) -> Tensor:
        return self._pointwise(rows, "gelu")

    def plus(self, rows: Tensor, others: Tensor) -> Tensor:
        product: Tensor = self._linear.binary(rows, others, self._weight, self._bias, "add")
        return product

    def _pointwise(self, rows: Tensor, function: str) -> Tensor:
        product: Tensor = self._linear(rows, self._weight, self._bias, function, [], "none")
        return product


class _Norm:
    """Layer normalisation of rows."""

    def __init__(self, pair: Pair, epsilon: float, dtype: torch.dtype) -> None:
        self._weight, self._bias = _tensors(pair, dtype)
        self._epsilon = epsilon

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.layer_norm(
            rows, self._weight.shape, self._weight, self._bias, self._epsilon
        )


class _Layer:
    """Attention within each text, and the two matrices after it."""

    def __init__(
        self, weights: LayerWeights, model: BertWeights, linear: type[_Linear], dtype: torch.dtype
    ) -> None:
        self._heads = model.heads
        self._joined, self._out, self._up, self._down = (
            linear(*_tensors(pair, dtype))
            for pair in (weights.joined, weights.out, weights.up, weights.down)
        )
        self._first_norm = _Norm(weights.first_norm, model.epsilon, dtype)
        self._second_norm = _Norm(weights.second_norm, model.epsilon, dtype)

    def __call__(self, rows: Tensor, runs: Sequence[Run], biases: Sequence[Bias]) -> Tensor:
        rows = self._first_norm(self._out.plus(self._attended(rows, runs, biases), rows))
        return self._second_norm(self._down.plus(self._up.gelu(rows), rows))

    def _attended(self, rows: Tensor, runs: Sequence[Run], biases: Sequence[Bias]) -> Tensor:
        joined = self._joined(rows)
        context = torch.zeros_like(rows)
        for run, bias in zip(runs, biases, strict=True):
            shape = run.texts, run.length, 3, self._heads, -1
            query, key, value = joined[run.start : run.end].view(shape).permute(2, 0, 3, 1, 4)
            there = functional.scaled_dot_product_attention(query, key, value, bias).transpose(1, 2)
            context[run.start : run.end].view(there.shape).copy_(there)
        return context


class Bert:
    """The model without its pooling: token ids in, the last layer out."""

    def __init__(self, weights: BertWeights, dtype: torch.dtype, *, fused: bool = False) -> None:
        """dtype: what the layers reckon in; the embeddings are added up in float32.

        fused: with operators that are torch's own affair. They may be missing, or do otherwise, in
        another release: try them first. Raises AttributeError, RuntimeError, TypeError then.
        """
        linear = _FusedLinear if fused else _Linear
        self.dtype = dtype
        self._words, self._positions = (
            torch.from_numpy(weights.words),
            torch.from_numpy(weights.positions),
        )
        self._padding = weights.padding
        self._distances = None
        if weights.distances is not None:
            self._distances = torch.from_numpy(weights.distances).to(dtype)
        self._norm = _Norm(weights.norm, weights.epsilon, torch.float32)
        self._layers = [_Layer(layer, weights, linear, dtype) for layer in weights.layers]

    def __call__(self, ids: Tensor, runs: Sequence[Run]) -> Tensor:
        """Shape (rows, width). ids: one a row; runs: which rows are texts, the others are not to be
        looked at.
        """
        places = self._places(ids, runs)
        embedded = functional.embedding(ids, self._words) + functional.embedding(
            places, self._positions
        )
        rows = self._norm(embedded).to(self.dtype)
        biases = [self._bias(run.length) for run in runs]
        for layer in self._layers:
            rows = layer(rows, runs, biases)
        return rows

    def _bias(self, length: int) -> Bias:
        """What the distance of two tokens adds to their attention in a text of this length, shape
        (heads, length, length); None where distances add nothing.
        """
        if self._distances is None:
            return None
        places = torch.arange(length)
        middle = self._distances.shape[1] // 2
        return self._distances[:, places - places[:, None] + middle]

    def _places(self, ids: Tensor, runs: Sequence[Run]) -> Tensor:
        """The position of each token in its text, as the model counts."""
        places = torch.zeros_like(ids)
        for run in runs:
            there = places[run.start : run.end].view(run.texts, run.length)
            if self._padding is None:
                there.copy_(torch.arange(run.length))
            else:
                counted = ids[run.start : run.end].view(there.shape) != self._padding
                there.copy_(counted.cumsum(1) * counted + self._padding)
        return places


def _tensors(pair: Pair, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(pair.weight).to(dtype), torch.from_numpy(pair.bias).to(dtype)


class BertEmbedder:
    """A BERT, RoBERTa or MPNet with mean or first-token pooling: the vectors of
    sentence-transformers, without loading it.
    """

    def __init__(self, folder: Path, facts: BiEncoder) -> None:
        """Load the model in a folder; facts are what describe() says of it.

        Raises NotUnderstood when sentence-transformers has to be asked.
        """
        self.fingerprint, self.dim, self.window = facts.fingerprint, facts.dim, facts.window
        self._facts, self._prefixes = facts, (facts.query_prefix, facts.passage_prefix)
        self._mean = facts.pooling == "mean"
        if facts.pooling is None:
            raise NotUnderstood("more than a transformer with mean or first-token pooling")
        # A core a batch, not all cores on one: threads that wait for each other cost half when
        # another process is busy.
        torch.set_num_threads(1)
        weights = read_weights(folder)
        if weights.window < self.window:
            raise NotUnderstood(f"{weights.window} positions for {self.window} tokens")
        try:
            self._tokenizer = read_tokenizer(folder)
            self._tokenizer.enable_truncation(self.window)
            self._tokenizer.no_padding()
            self._model = self._fastest(weights)
        except Exception as error:  # tokenizers and torch share no error class
            raise NotUnderstood(f"{type(error).__name__}: {error}") from error

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32, as each text has alone."""
        return self._embed([self._prefixes[1] + text for text in texts])

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32."""
        vector: Vector = self._embed([self._prefixes[0] + text])[0]
        return vector

    def _fastest(self, weights: BertWeights) -> Bert:
        """The model in bfloat16, fused if this torch can, when that is as good and much faster;
        else in float32.
        """
        wide = Bert(weights, torch.float32)
        # one layer tells what all of them will take
        first = replace(weights, layers=weights.layers[:1])
        wide_time = self._seconds(Bert(first, torch.float32))
        for fused in (True, False):
            try:
                if self._seconds(Bert(first, torch.bfloat16, fused=fused)) * GAIN > wide_time:
                    return wide
                narrow = Bert(weights, torch.bfloat16, fused=fused)
                if (self._sampled(wide) * self._sampled(narrow)).sum(axis=1).min() >= COSINE:
                    return narrow
            except (AttributeError, RuntimeError, TypeError):
                continue  # another release of torch, or another CPU
        return wide

    def _seconds(self, model: Bert) -> float:
        """Processor time that the sample takes, the better of two."""
        took = []
        for _ in range(2):
            began = time.thread_time()
            self._sampled(model)
            took.append(time.thread_time() - began)
        return min(took)

    def _sampled(self, model: Bert) -> Matrix:
        ids = self._tokens(_SAMPLE)
        vectors = []
        for pack in _packs(ids):
            vectors.append(self._vectors(model, [ids[place] for place in pack]))
        return np.concatenate(vectors)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        stripped = [text.strip() for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(stripped)]

    def _embed(self, texts: Sequence[str]) -> Matrix:
        ids = self._tokens(texts)
        vectors = np.empty((len(texts), self.dim), np.float32)

        def embed(pack: list[int]) -> None:
            vectors[pack] = self._vectors(self._model, [ids[i] for i in pack])

        with ThreadPoolExecutor(cores()) as pool:
            list(pool.map(embed, _packs(ids)))
        return vectors

    def _vectors(self, model: Bert, texts: Sequence[list[int]]) -> Matrix:
        """Unit vectors of texts that are sorted by their length."""
        flat = list(chain.from_iterable(texts))
        rows = -(-len(flat) // ROWS) * ROWS
        runs = list(_runs(texts))
        with torch.inference_mode():
            layer = model(torch.tensor(flat + [0] * (rows - len(flat))), runs)
            pooled = torch.cat([self._pooled(layer, run) for run in runs])

        # In float32, whatever the model did: a bfloat16 vector of "unit length" is off by .4 %.
        return self._facts.unit_vectors(pooled.numpy())

    def _pooled(self, layer: Tensor, run: Run) -> Tensor:
        """One row for each text of a run: the mean of its tokens, or its first one."""
        tokens = layer[run.start : run.end].view(run.texts, run.length, -1)
        if self._mean:
            return tokens.mean(1, dtype=torch.float32)
        return tokens[:, 0].float()


def _packs(texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Positions of texts, longest first, as many as fit the rows; a longer text stands alone."""
    pack: list[int] = []
    size = 0
    for i in sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i)):
        if pack and size + len(texts[i]) > ROWS:
            yield pack
            pack, size = [], 0
        pack.append(i)
        size += len(texts[i])
    if pack:
        yield pack


def _runs(texts: Sequence[Sequence[int]]) -> Iterator[Run]:
    """Where texts of one length stand among them."""
    start = 0
    for length, alike in groupby(map(len, texts)):
        run = Run(start, sum(1 for _ in alike), length)
        yield run
        start = run.end
