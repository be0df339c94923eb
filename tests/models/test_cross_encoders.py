"""The contract of rerankers, with a real cross-encoder of random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from litsearch.app.factories import reranker
from litsearch.config import Config, RerankerConfig
from litsearch.errors import ConfigError
from litsearch.models.model_folder import find_model
from litsearch.protocols import Reranker

pytestmark = pytest.mark.slow

TEXTS = [
    "The moon pulls the sea.",
    "",
    "Ünïcödé 日本語 𝒳",
    "word " * 900,
    "Yeast makes dough rise.\nAn oven bakes it.",
]


def save(folder: Path, labels: int = 1) -> Path:
    """A BERT of two thin layers that knows the words of the packaged model, saved as a
    cross-encoder.
    """
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    AutoTokenizer.from_pretrained(str(find_model("all-MiniLM-L6-v2"))).save_pretrained(folder)
    thin = {
        "hidden_size": 24,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 48,
    }
    BertForSequenceClassification(BertConfig(num_labels=labels, **thin)).save_pretrained(folder)
    return folder


def named(model: object) -> Config:
    return Config(reranker=RerankerConfig(model=str(model)))


@pytest.fixture(scope="module", params=["cross_encoder"])
def model(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    return reranker(named(save(tmp_path_factory.mktemp("models") / "thin")))


def test_one_score_a_passage_between_0_and_1(model: Reranker) -> None:
    scores = model.scores("what makes dough rise?", TEXTS)
    assert (scores.shape, scores.dtype) == ((len(TEXTS),), np.float32)
    assert ((scores > 0) & (scores < 1)).all()
    assert model.scores("anything", []).shape == (0,)


def test_scores_do_not_depend_on_the_company(model: Reranker) -> None:
    together = model.scores("tides", TEXTS)
    alone = np.concatenate([model.scores("tides", [text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)
    assert not np.allclose(together, model.scores("bread " * 50, TEXTS), atol=1e-6), (
        "the query is read"
    )


def test_what_is_no_reranker_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    many = save(tmp_path / "many", labels=3)
    for name in (tmp_path / "none", tmp_path / "empty", many):
        with pytest.raises(ConfigError) as caught:
            reranker(named(name))
        assert "\n" not in str(caught.value)
        assert "[reranker]" in caught.value.hint
    with pytest.raises(ConfigError, match="no reranker"):
        reranker(Config())
