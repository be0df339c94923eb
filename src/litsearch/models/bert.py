"""The forward pass of BERT and RoBERTa over texts laid end to end, with nothing padded. For torch on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from litsearch.models.bert_weights import BertWeights, LayerWeights, Pair


@dataclass(frozen=True, slots=True)
class Run:
    """Texts of one length, laid end to end from a row on."""

    start: int
    texts: int
    length: int

    @property
    def end(self) -> int:
        """The row after the last."""
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
    """The same as torch.compile has it on CPUs: oneDNN's product of weights laid out for it, with what follows."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        operators = torch.ops.mkldnn
        self._linear = operators._linear_pointwise
        self._weight, self._bias = operators._reorder_linear_weight(weight, None), bias

    def __call__(self, rows: Tensor) -> Tensor:
        return self._linear(rows, self._weight, self._bias, "none", [], "none")  # type: ignore[no-any-return]

    def gelu(self, rows: Tensor) -> Tensor:
        return self._linear(rows, self._weight, self._bias, "gelu", [], "none")  # type: ignore[no-any-return]

    def plus(self, rows: Tensor, others: Tensor) -> Tensor:
        return self._linear.binary(rows, others, self._weight, self._bias, "add")  # type: ignore[no-any-return]


class _Norm:
    """Layer normalisation of rows."""

    def __init__(self, pair: Pair, epsilon: float, dtype: torch.dtype) -> None:
        self._weight, self._bias = _tensors(pair, dtype)
        self._epsilon = epsilon

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.layer_norm(rows, self._weight.shape, self._weight, self._bias, self._epsilon)


class _Layer:
    """Attention within each text, and the two matrices after it."""

    def __init__(self, weights: LayerWeights, model: BertWeights, linear: type[_Linear], dtype: torch.dtype) -> None:
        self._heads = model.heads
        self._joined, self._out, self._up, self._down = (
            linear(*_tensors(pair, dtype)) for pair in (weights.joined, weights.out, weights.up, weights.down)
        )
        self._first_norm = _Norm(weights.first_norm, model.epsilon, dtype)
        self._second_norm = _Norm(weights.second_norm, model.epsilon, dtype)

    def __call__(self, rows: Tensor, runs: Sequence[Run]) -> Tensor:
        rows = self._first_norm(self._out.plus(self._attended(rows, runs), rows))
        return self._second_norm(self._down.plus(self._up.gelu(rows), rows))

    def _attended(self, rows: Tensor, runs: Sequence[Run]) -> Tensor:
        joined = self._joined(rows)
        found = torch.zeros_like(rows)
        for run in runs:
            shape = run.texts, run.length, 3, self._heads, -1
            query, key, value = joined[run.start : run.end].view(shape).permute(2, 0, 3, 1, 4)
            there = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2)
            found[run.start : run.end].view(there.shape).copy_(there)
        return found


class Bert:
    """The model without its pooling: token ids in, the last layer out."""

    def __init__(self, weights: BertWeights, dtype: torch.dtype, *, fused: bool = False) -> None:
        """dtype: what the layers reckon in; the embeddings are added up in float32.

        fused: with operators that are torch's own affair. They may be missing, or do otherwise, in another release:
        try them first. Raises AttributeError, RuntimeError, TypeError then.
        """
        linear = _FusedLinear if fused else _Linear
        self.dtype = dtype
        self._words, self._positions = torch.from_numpy(weights.words), torch.from_numpy(weights.positions)
        self._padding = weights.padding
        self._norm = _Norm(weights.norm, weights.epsilon, torch.float32)
        self._layers = [_Layer(layer, weights, linear, dtype) for layer in weights.layers]

    def __call__(self, ids: Tensor, runs: Sequence[Run]) -> Tensor:
        """Shape (rows, width). ids: one a row; runs: which rows are texts, the others are not to be looked at."""
        places = self._places(ids, runs)
        embedded = functional.embedding(ids, self._words) + functional.embedding(places, self._positions)
        rows = self._norm(embedded).to(self.dtype)
        for layer in self._layers:
            rows = layer(rows, runs)
        return rows

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
