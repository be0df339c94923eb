"""Embedders with random weights, of several families: small enough to be made in a test."""

from __future__ import annotations

from pathlib import Path

from litsearch.models.model_folder import find_model


def small_model(folder: Path, kind: str = "bert", pooling: str = "mean", **options: object) -> Path:
    """A sentence-transformers model with random weights."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import (
        BertConfig,
        BertModel,
        DistilBertConfig,
        DistilBertModel,
        ModernBertConfig,
        ModernBertModel,
        MPNetConfig,
        MPNetModel,
        RobertaConfig,
        RobertaModel,
        XLMRobertaConfig,
        XLMRobertaModel,
    )

    bare = folder / "bare"
    bare.mkdir(parents=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        (bare / name).write_bytes((find_model("all-MiniLM-L6-v2") / name).read_bytes())
    sizes = {
        "hidden_size": 48,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "intermediate_size": 96,
    }
    if kind == "distilbert":
        model = DistilBertModel(DistilBertConfig(dim=48, n_layers=2, n_heads=2, hidden_dim=96))
    elif kind == "mpnet":
        words = {"vocab_size": 30522, "max_position_embeddings": 515, "initializer_range": 0.2}
        model = MPNetModel(MPNetConfig(**sizes, **words, **options))
    elif kind == "modernbert":
        special = {"pad_token_id": 0, "cls_token_id": 101, "sep_token_id": 102}
        words = {"vocab_size": 30522, "max_position_embeddings": 512}
        model = ModernBertModel(ModernBertConfig(**sizes, **words, **special, **options))
    elif kind in ("roberta", "xlm-roberta"):
        words = {
            "vocab_size": 30522,
            "pad_token_id": 0,
            "max_position_embeddings": 515,
            "initializer_range": 0.2,
        }
        kinds = {"roberta": (RobertaModel, RobertaConfig)}
        model_of, config_of = kinds.get(kind, (XLMRobertaModel, XLMRobertaConfig))
        model = model_of(config_of(**sizes, **words, **options))
    else:
        model = BertModel(BertConfig(**sizes, initializer_range=0.2, **options))
    model.save_pretrained(bare)
    transformer = Transformer(str(bare))
    transformer.max_seq_length = 256
    SentenceTransformer(modules=[transformer, Pooling(48, pooling_mode=pooling)]).save(
        str(folder / "m")
    )
    return folder / "m"
