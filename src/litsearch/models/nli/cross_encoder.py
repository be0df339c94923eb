"""A cross-encoder for natural language inference through sentence-transformers, from a folder or by its hub name."""

from __future__ import annotations

import numpy as np
from sentence_transformers import CrossEncoder

from litsearch.errors import ModelUnavailable


class CrossEncoderNLI:
    """How surely a premise entails a hypothesis. The model names its classes; one of them is "entailment"."""

    def __init__(self, name: str) -> None:
        """Raises ModelUnavailable for what cannot be loaded, or has other classes."""
        try:
            self._model = CrossEncoder(name, device="cpu")
        except Exception as error:  # noqa: BLE001 - whatever a broken folder makes the library raise
            raise ModelUnavailable(
                f"The model {name} cannot be loaded: {str(error)[:200]}.", "Correct nli under [answer], or empty it."
            ) from None
        labels = {str(label).lower(): number for number, label in self._model.config.id2label.items()}
        if "entailment" not in labels:
            raise ModelUnavailable(
                f"The model {name} does not tell entailment; it has {', '.join(labels)}.",
                "Name a cross-encoder for natural language inference under [answer] nli.",
            )
        self._entailment = int(labels["entailment"])

    def entails(self, premise: str, hypothesis: str) -> float:
        """The probability of entailment, 0..1."""
        logits = np.asarray(self._model.predict([(premise, hypothesis)], show_progress_bar=False)[0], np.float64)
        odds = np.exp(logits - logits.max())
        return float(odds[self._entailment] / odds.sum())
