"""The forward pass of BERT and RoBERTa over texts laid end to end, with nothing padded. For torch on the CPU."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor
from torch.nn import functional

KINDS = {"bert", "roberta", "xlm-roberta"}
_LAYER = "encoder.layer."
# Where transformers keeps each part of a layer; queries, keys and values become one matrix.
_JOINED = ("attention.self.query", "attention.self.key", "attention.self.value")
_DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
# Of other uses of the model, or made anew: what stands in the file beside these and the layers is not understood.
_UNUSED = ("pooler.", "cls.", "lm_head.", "embeddings.position_ids")
_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")


class NotUnderstood(Exception):
    """The model is of a kind, or has parts, that this forward pass does not know."""


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


class Weights:
    """What the files of a model hold, in float32, and what its settings say."""

    def __init__(self, folder: Path) -> None:
        """Read config.json and map model.safetensors. Raises NotUnderstood; OSError, ValueError and others."""
        self._settings = settings = json.loads((folder / "config.json").read_text("utf-8"))
        self.kind = settings.get("model_type")
        if self.kind not in KINDS or not _plain(settings):
            raise NotUnderstood(f"model_type {self.kind}, or one of its options")
        self.heads, self.layers = int(settings["num_attention_heads"]), int(settings["num_hidden_layers"])
        self.epsilon = float(settings.get("layer_norm_eps", 1e-12))
        self._tensors = _tensors(folder / "model.safetensors")
        self._expect()

    @property
    def padding(self) -> int | None:
        """The token that RoBERTa does not count, and after whose number it begins to; None: each token counts."""
        return None if self.kind == "bert" else int(self._settings.get("pad_token_id", 1))

    @property
    def window(self) -> int:
        """Tokens of the longest text that there are positions for."""
        positions = len(self["embeddings.position_embeddings.weight"])
        return positions if self.padding is None else positions - self.padding - 1

    def __getitem__(self, name: str) -> Tensor:
        return self._tensors[name].float()

    def pair(self, name: str) -> tuple[Tensor, Tensor]:
        """Weight and bias of a part."""
        return self[f"{name}.weight"], self[f"{name}.bias"]

    def layer(self, number: int, part: str) -> tuple[Tensor, Tensor]:
        """Weight and bias of a part of a layer."""
        return self.pair(f"{_LAYER}{number}.{part}")

    def joined(self, number: int) -> tuple[Tensor, Tensor]:
        """Weight and bias of queries, keys and values as one."""
        weights, biases = zip(*(self.layer(number, part) for part in _JOINED), strict=True)
        return torch.cat(weights), torch.cat(biases)

    def _expect(self) -> None:
        parts = [f"embeddings.{part}.weight" for part in _EMBEDDINGS]
        paired = ["embeddings.LayerNorm"]
        for number in range(self.layers):
            paired += [f"{_LAYER}{number}.{part}" for part in (*_JOINED, *_DENSE, *_NORMS)]
        wanted = {*parts, *(f"{part}.{what}" for part in paired for what in ("weight", "bias"))}
        others = {name for name in self._tensors if not name.startswith(_UNUSED)}
        if others != wanted:
            raise NotUnderstood(f"tensors missing or unknown: {sorted(others ^ wanted)[:3]}")


def _plain(settings: dict[str, Any]) -> bool:
    """True when the options that change the reckoning stand as nearly all models have them."""
    return (
        settings.get("hidden_act") == "gelu"
        and settings.get("position_embedding_type", "absolute") == "absolute"
        and not settings.get("is_decoder")
        and not settings.get("add_cross_attention")
        and settings["hidden_size"] % settings["num_attention_heads"] == 0
    )


def _tensors(path: Path) -> dict[str, Tensor]:
    with safe_open(path, framework="pt") as file:
        names = file.keys()
        prefix = next((kind for kind in ("bert.", "roberta.") if any(name.startswith(kind) for name in names)), "")
        return {name.removeprefix(prefix): file.get_tensor(name) for name in names}


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

    def __init__(self, pair: tuple[Tensor, Tensor], epsilon: float, dtype: torch.dtype) -> None:
        self._weight, self._bias, self._epsilon = pair[0].to(dtype), pair[1].to(dtype), epsilon

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.layer_norm(rows, self._weight.shape, self._weight, self._bias, self._epsilon)


class _Layer:
    """Attention within each text, and the two matrices after it."""

    def __init__(self, weights: Weights, number: int, linear: type[_Linear], dtype: torch.dtype) -> None:
        def dense(pair: tuple[Tensor, Tensor]) -> _Linear:
            return linear(pair[0].to(dtype).contiguous(), pair[1].to(dtype))

        self._heads = weights.heads
        self._joined = dense(weights.joined(number))
        self._out, self._up, self._down = (dense(weights.layer(number, part)) for part in _DENSE)
        self._norms = [_Norm(weights.layer(number, part), weights.epsilon, dtype) for part in _NORMS]

    def __call__(self, rows: Tensor, runs: Sequence[Run]) -> Tensor:
        rows = self._norms[0](self._out.plus(self._attended(rows, runs), rows))
        return self._norms[1](self._down.plus(self._up.gelu(rows), rows))

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

    def __init__(self, weights: Weights, dtype: torch.dtype, *, fused: bool = False) -> None:
        """dtype: what the layers reckon in; the embeddings are added up in float32.

        fused: with operators that are torch's own affair. They may be missing, or do otherwise, in another release:
        try them first. Raises AttributeError, RuntimeError, TypeError then.
        """
        linear = _FusedLinear if fused else _Linear
        words, positions, kinds = (weights[f"embeddings.{part}.weight"] for part in _EMBEDDINGS)
        self._words, self._positions, self._padding = words, positions + kinds[0], weights.padding
        self._norm = _Norm(weights.pair("embeddings.LayerNorm"), weights.epsilon, torch.float32)
        self._layers = [_Layer(weights, number, linear, dtype) for number in range(weights.layers)]
        self.dtype = dtype

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
