"""The reranker: any cross-encoder that sentence-transformers can load, with torch on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from sentence_transformers import CrossEncoder

from litsearch.errors import ConfigError, ModelUnavailable

if TYPE_CHECKING:
    from litsearch.types import Vector

WINDOW = 512  # tokens of query and passage together, at most


class CrossEncoderReranker:
    """A cross-encoder with one output, stretched to 0..1 (Nogueira and Cho 2019, "Passage
    Re-ranking with BERT").
    """

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder. Raises ConfigError."""
        try:
            self._model = CrossEncoder(
                str(folder),
                device="cpu",
                max_length=WINDOW,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:
            why = str(error).strip().partition("\n")[0] or type(error).__name__
            raise ConfigError(f"The reranker in {folder} cannot be loaded: {why}", _HINT) from error
        if (labels := self._model.num_labels) != 1:
            raise ConfigError(
                f"The model in {folder} gives {labels} numbers a pair, and a reranker gives one.",
                _HINT,
            )

    def scores(self, query: str, passages: Sequence[str]) -> Vector:
        """Tell how well each passage answers the query, 0..1, shape (n,), float32."""
        if not passages:
            return np.empty(0, np.float32)
        pairs = [(query, passage) for passage in passages]
        logits = self._model.predict(
            pairs, batch_size=len(pairs), activation_fn=torch.nn.Sigmoid(), show_progress_bar=False
        )
        return np.asarray(logits, np.float32)


_HINT = (
    "Set model under [reranker] in config/litsearch.toml to a folder with a cross-encoder, or to"
    " nothing."
)


class CrossEncoderNLI:
    """How surely a premise entails a hypothesis. The model names its classes; one of them is
    "entailment".
    """

    def __init__(self, name: str) -> None:
        """Raises ModelUnavailable for what cannot be loaded, or has other classes."""
        try:
            self._model = CrossEncoder(name, device="cpu")
        except Exception as error:  # noqa: BLE001 - the library raises anything
            raise ModelUnavailable(
                f"The model {name} cannot be loaded: {str(error)[:200]}.",
                "Correct nli under [answer], or empty it.",
            ) from None
        labels = {
            str(label).lower(): number for number, label in self._model.config.id2label.items()
        }
        if "entailment" not in labels:
            raise ModelUnavailable(
                f"The model {name} does not tell entailment; it has {', '.join(labels)}.",
                "Name a cross-encoder for natural language inference under [answer] nli.",
            )
        self._entailment = int(labels["entailment"])

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return the probability of entailment, 0..1."""
        logits = np.asarray(
            self._model.predict([(premise, hypothesis)], show_progress_bar=False)[0], np.float64
        )
        odds = np.exp(logits - logits.max())
        return float(odds[self._entailment] / odds.sum())
