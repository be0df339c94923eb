"""A cross-encoder for NLI: loading, on random weights; what it may refuse, on a stub."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from litsearch.errors import ModelUnavailable

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] owls hunt at night by day mice".split()


def make_model(folder: Path, labels: Iterable[str]) -> Path:
    """A BERT of random weights that is far too small to know anything."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(WORDS))
    names = dict(enumerate(labels))
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=len(names),
        id2label=names,
        label2id={name: number for number, name in names.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_folder_is_loaded_and_gives_a_probability(tmp_path: Path) -> None:
    from litsearch.models.cross_encoders import CrossEncoderNLI

    model = CrossEncoderNLI(str(make_model(tmp_path, ["contradiction", "entailment", "neutral"])))
    one = model.entails("owls hunt at night", "owls hunt")
    assert 0 < one < 1
    assert model.entails("owls hunt at night", "owls hunt") == pytest.approx(one)


@pytest.mark.slow
def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    from litsearch.models.cross_encoders import CrossEncoderNLI

    with pytest.raises(ModelUnavailable, match="does not tell entailment"):
        CrossEncoderNLI(str(make_model(tmp_path, ["good", "bad"])))
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        CrossEncoderNLI(str(tmp_path / "empty"))
