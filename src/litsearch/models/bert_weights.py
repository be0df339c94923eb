"""What the folder of a BERT or RoBERTa holds: its settings and matrices, if they are of the kind
that we can reckon.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import safe_open

from litsearch.untrusted import read_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = {"bert", "roberta", "xlm-roberta", "mpnet"}
# Where transformers keeps each part. Whatever else stands in the file is not understood, but for
# heads of other uses.
_JOINED = ("attention.self.query", "attention.self.key", "attention.self.value")
_ATTENTION = ("attention.output.dense", "attention.output.LayerNorm")
_MPNET_JOINED = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
_MPNET_ATTENTION = ("attention.attn.o", "attention.LayerNorm")
_FEED_FORWARD = ("intermediate.dense", "output.dense", "output.LayerNorm")
_FARTHEST = 128  # distance of tokens from which on MPNet tells no difference
_UNUSED = ("pooler.", "cls.", "lm_head.", "embeddings.position_ids")


class NotUnderstood(Exception):
    """The model is of a kind, or has parts, that we do not reckon ourselves."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The weight and the bias of a matrix, shapes (out, in) and (out,), or of a normalisation, both
    (width,).
    """

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """A layer: attention (queries, keys and values as one matrix) and its norm, two matrices and
    their norm.
    """

    joined: Pair
    out: Pair
    first_norm: Pair
    up: Pair
    down: Pair
    second_norm: Pair


@dataclass(frozen=True, slots=True)
class BertWeights:
    """A model without its pooling, in float32."""

    heads: int
    epsilon: float  # of the norms
    # the token that RoBERTa does not count, and after whose number it begins; None: each counts
    padding: int | None
    words: NDArray[np.float32]  # shape (vocabulary, width)
    # shape (positions, width), with the embedding of the first kind of text in them
    positions: NDArray[np.float32]
    norm: Pair
    layers: tuple[LayerWeights, ...]
    # MPNet: what a distance between tokens adds to their attention, shape (heads, 2 positions - 1),
    # from the token farthest before
    distances: NDArray[np.float32] | None = None

    @property
    def window(self) -> int:
        """Tokens of the longest text that there are positions for."""
        return len(self.positions) - self.first_position

    @property
    def first_position(self) -> int:
        """Return the position of a text's first token."""
        return 0 if self.padding is None else self.padding + 1


def read_weights(folder: Path) -> BertWeights:
    """Read config.json and model.safetensors. Raises NotUnderstood, for whatever reason."""
    try:
        settings = json.loads(read_bytes(folder / "config.json"))
        if not _understood(settings):
            raise NotUnderstood(f"model_type {settings.get('model_type')}, or one of its options")
        with safe_open(folder / "model.safetensors", framework="numpy") as file:
            return _weights(settings, _Tensors(file))
    except NotUnderstood:
        raise
    except Exception as error:  # safetensors and numpy share no error class
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error


def _understood(settings: dict[str, Any]) -> bool:
    """True when the options that change the reckoning stand as nearly all models have them."""
    return (
        settings.get("model_type") in KINDS
        and settings.get("hidden_act") == "gelu"
        and settings.get("position_embedding_type", "absolute") == "absolute"
        and not settings.get("is_decoder")
        and not settings.get("add_cross_attention")
        and settings["hidden_size"] % settings["num_attention_heads"] == 0
    )


def _weights(settings: dict[str, Any], tensors: _Tensors) -> BertWeights:
    mpnet = settings["model_type"] == "mpnet"
    words = tensors["embeddings.word_embeddings.weight"]
    positions = tensors["embeddings.position_embeddings.weight"]
    if not mpnet:
        positions = positions + tensors["embeddings.token_type_embeddings.weight"][0]
    weights = BertWeights(
        heads=int(settings["num_attention_heads"]),
        epsilon=float(settings["layer_norm_eps"]),
        padding=None if settings["model_type"] == "bert" else int(settings["pad_token_id"]),
        words=words,
        positions=positions,
        norm=tensors.pair("embeddings.LayerNorm"),
        layers=tuple(
            _layer(tensors, number, mpnet=mpnet)
            for number in range(int(settings["num_hidden_layers"]))
        ),
        distances=_distances(tensors, len(positions)) if mpnet else None,
    )
    if tensors.unread:
        raise NotUnderstood(f"unknown tensors: {sorted(tensors.unread)[:3]}")
    return weights


def _distances(tensors: _Tensors, positions: int) -> NDArray[np.float32]:
    """The attention that MPNet adds by distance: by buckets that grow with it, half of them for the
    tokens behind (Raffel et al. 2020, "Exploring the Limits of Transfer Learning", as T5 does).
    """
    table = tensors["encoder.relative_attention_bias.weight"]  # shape (buckets, heads)
    half = len(table) // 2
    exact = half // 2
    ahead = np.arange(-positions + 1, positions)
    distance = np.abs(ahead)
    growth = np.log(np.maximum(distance, 1) / exact) / np.log(_FARTHEST / exact)
    far = np.minimum(exact + (growth * (half - exact)).astype(np.int64), half - 1)
    buckets = np.where(distance < exact, distance, far) + half * (ahead > 0)
    return np.ascontiguousarray(table[buckets].T)


def _layer(tensors: _Tensors, number: int, *, mpnet: bool) -> LayerWeights:
    parts = _MPNET_JOINED if mpnet else _JOINED
    others = (*(_MPNET_ATTENTION if mpnet else _ATTENTION), *_FEED_FORWARD)
    queries, keys, values = (tensors.pair(f"encoder.layer.{number}.{part}") for part in parts)
    joined = Pair(
        np.concatenate([queries.weight, keys.weight, values.weight]),
        np.concatenate([queries.bias, keys.bias, values.bias]),
    )
    return LayerWeights(
        joined, *(tensors.pair(f"encoder.layer.{number}.{part}") for part in others)
    )


class _Tensors:
    """The tensors of a file by their names within the model, and which of them nobody asked for."""

    def __init__(self, file: Any) -> None:
        self._file = file
        names = set(file.keys())
        heads = {name.partition(".")[0] for name in names}
        family = next((head for head in ("bert", "roberta", "mpnet") if head in heads), "")
        self._prefix = family and f"{family}."
        own_names = {name.removeprefix(self._prefix): name for name in names}
        self.unread = {full for own, full in own_names.items() if not own.startswith(_UNUSED)}

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        full = self._prefix + name
        self.unread.discard(full)
        tensor: NDArray[np.float32] = self._file.get_tensor(full).astype(np.float32, copy=False)
        return tensor

    def pair(self, name: str) -> Pair:
        """Return weight and bias of a part."""
        return Pair(self[f"{name}.weight"], self[f"{name}.bias"])
