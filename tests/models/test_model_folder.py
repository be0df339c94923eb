"""What is read of an embedder's folder without torch: where it is, its fingerprint, pooling and
tokens.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from litsearch.errors import ConfigError, IndexCorrupt
from litsearch.models.model_folder import (
    BiEncoder,
    check_export,
    describe,
    find_model,
    read_export,
    write_export,
)
from litsearch.models.onnx import OnnxEmbedder
from litsearch.models.tokenizer import token_counter


def model_folder(
    folder: Path,
    pooling: dict[str, Any] | None = None,
    kinds: str = "Transformer Pooling Normalize",
) -> Path:
    """A folder that looks like a sentence-transformers model, with no weights worth the name."""
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "config.json").write_text(
        json.dumps({"hidden_size": 12, "max_position_embeddings": 512})
    )
    (folder / "sentence_bert_config.json").write_text(
        json.dumps({"max_seq_length": 64, "do_lower_case": False})
    )
    (folder / "1_Pooling" / "config.json").write_text(
        json.dumps(pooling or {"pooling_mode_mean_tokens": True})
    )
    paths = ["", "1_Pooling", "2_Last"]
    modules = [
        {"path": path, "type": f"sentence_transformers.models.{kind}"}
        for path, kind in zip(paths, kinds.split(), strict=False)
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    tokenizer = Tokenizer(
        models.WordLevel({"[CLS]": 0, "a": 1, "b": 2, "[UNK]": 3}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A", special_tokens=[("[CLS]", 0)]
    )
    tokenizer.enable_truncation(2)
    tokenizer.enable_padding(length=100)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_a_folder_says_what_it_is(tmp_path: Path) -> None:
    facts = describe(model_folder(tmp_path / "m"), "q: ", "p: ")
    assert facts == BiEncoder(facts.fingerprint, 12, 64, "mean", "q: ", "p: ")


@pytest.mark.parametrize(
    ("stated", "longest", "window"),
    [(64, 32, 64), (None, 500, 500), (None, 10**30, 512), (None, None, 512)],
)
def test_the_window_is_what_sentence_transformers_reads(
    tmp_path: Path, stated: int | None, longest: int | None, window: int
) -> None:
    folder = model_folder(tmp_path / "m")
    (folder / "sentence_bert_config.json").write_text(
        json.dumps({"max_seq_length": stated} if stated else {})
    )
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"model_max_length": longest} if longest else {})
    )
    assert describe(folder).window == window


def test_the_fingerprint_follows_weights_tokenizer_settings_and_prefixes(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "m")
    seen = {describe(folder).fingerprint, describe(folder, "", "q").fingerprint}
    assert describe(folder, "q").fingerprint == describe(folder).fingerprint  # no passage changes
    assert describe(model_folder(tmp_path / "copy")).fingerprint in seen
    for name in (
        "model.safetensors",
        "tokenizer.json",
        "config.json",
        "1_Pooling/config.json",
        "modules.json",
    ):
        path = folder / name
        path.write_bytes(path.read_bytes() + b" ")
        seen.add(describe(folder).fingerprint)
    assert len(seen) == 7
    (folder / "README.md").write_text("no matter")
    assert describe(folder).fingerprint in seen


@pytest.mark.parametrize(
    ("pooling", "kinds", "wanted"),
    [
        (
            {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False},
            "Transformer Pooling Normalize",
            "mean",
        ),
        ({"pooling_mode_cls_token": True}, "Transformer Pooling", "cls"),
        ({"pooling_mode": "mean"}, "Transformer Pooling Normalize", "mean"),
        ({"pooling_mode": "cls"}, "Transformer Pooling", "cls"),
        ({"pooling_mode_max_tokens": True}, "Transformer Pooling", None),
        (
            {"pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": True},
            "Transformer Pooling",
            None,
        ),
        ({"pooling_mode": "mean"}, "WordEmbeddings Pooling", None),
        ({"pooling_mode": "mean"}, "Transformer Pooling CNN", None),
    ],
)
def test_pooling(tmp_path: Path, pooling: dict[str, Any], kinds: str, wanted: str | None) -> None:
    assert describe(model_folder(tmp_path / "m", pooling, kinds)).pooling == wanted


def test_a_closing_dense_layer_sets_the_dimension(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "m", kinds="Transformer Pooling Dense")
    (folder / "2_Last").mkdir()
    (folder / "2_Last" / "config.json").write_text('{"out_features": 5}')
    facts = describe(folder)
    assert (facts.dim, facts.pooling) == (5, None)


def test_a_bare_transformer_is_pooled_by_mean(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "m")
    (folder / "modules.json").unlink()
    (folder / "sentence_bert_config.json").unlink()
    facts = describe(folder)
    assert (facts.pooling, facts.window) == ("mean", 512)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
@pytest.mark.parametrize("content", [None, b"\xff{", b"[]", b"{}"])
def test_a_folder_that_is_no_model_says_what_to_do(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = model_folder(tmp_path / "m")
    if content is None:
        (folder / name).unlink()
    elif name == "config.json":
        (folder / name).write_bytes(content)
    else:
        return
    with pytest.raises(ConfigError) as caught:
        describe(folder)
    assert "[embedder]" in caught.value.hint


def test_models_are_found_by_name_and_by_folder(tmp_path: Path) -> None:
    assert (find_model("all-MiniLM-L6-v2") / "model.safetensors").stat().st_size > 90_000_000
    assert find_model(str(tmp_path)) == tmp_path
    with pytest.raises(ConfigError, match="no embedder in the folder"):
        find_model(str(tmp_path / "none"))


def test_a_model_that_the_hub_does_not_give_is_one_clear_error() -> None:
    script = """
from litsearch.errors import ConfigError
from litsearch.models.model_folder import find_model
try:
    find_model("nobody/has-this-model")
except ConfigError as error:
    print(error)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], env={"HF_HUB_OFFLINE": "1", "PATH": "", "HOME": "/nonexistent"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.startswith(
        'The embedder "nobody/has-this-model" could not be had from the hub: '
    )
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


def test_tokens_are_counted_whole_with_the_special_ones(tmp_path: Path) -> None:
    count = token_counter(model_folder(tmp_path / "m"))
    assert count(["a", "a b a b", "", "x " * 1000]) == [2, 5, 1, 1001]
    assert count([]) == []
    with pytest.raises(ConfigError):
        token_counter(tmp_path)


def test_an_export_is_read_only_when_it_is_whole(tmp_path: Path) -> None:
    facts = BiEncoder("f", 12, 64, "cls", "q", "p")
    assert read_export(tmp_path) is None
    for name in ("model.onnx", "model.onnx.data", "tokenizer.json"):
        (tmp_path / name).write_bytes(name.encode())
    write_export(tmp_path, facts)
    assert read_export(tmp_path) == facts
    assert check_export(tmp_path) == []
    (tmp_path / "model.onnx.data").write_bytes(b"model.onnx.datA")
    assert read_export(tmp_path) == facts  # the size is right
    assert check_export(tmp_path) == ["model.onnx.data"]
    (tmp_path / "model.onnx.data").write_bytes(b"mod")
    assert read_export(tmp_path) is None
    with pytest.raises(IndexCorrupt):
        OnnxEmbedder(tmp_path)
    (tmp_path / "embedder.json").write_bytes(b"\xff{}")
    assert read_export(tmp_path) is None
    assert check_export(tmp_path) == ["embedder.json"]


def test_a_broken_model_says_how_to_mend_it(tmp_path: Path) -> None:
    for name in ("model.onnx", "model.onnx.data", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"broken")
    write_export(tmp_path, BiEncoder("f", 12, 64, "mean"))
    with pytest.raises(IndexCorrupt) as caught:
        OnnxEmbedder(tmp_path)
    assert "litsearch build" in caught.value.hint


def test_a_model_s_own_prompts_are_used_unless_others_are_set(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "m")
    assert (describe(folder).query_prefix, describe(folder).passage_prefix) == ("", "")
    prompts = {"prompts": {"query": "find: ", "document": "text: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    told = describe(folder)
    assert (told.query_prefix, told.passage_prefix) == ("find: ", "text: ")
    assert describe(folder, "q ", "p ").query_prefix == "q "
    family = describe(model_folder(tmp_path / "multilingual-e5-small"))
    assert (family.query_prefix, family.passage_prefix) == ("query: ", "passage: ")


def test_a_vocabulary_is_enough_and_nothing_is_told(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "m")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ConfigError, match=r"neither tokenizer\.json nor vocab\.txt"):
        token_counter(folder)
    (folder / "vocab.txt").write_text("\n".join("[PAD] [UNK] [CLS] [SEP] [MASK] moss ##es".split()))
    assert token_counter(folder)(["Moss", "mosses moss"]) == [3, 5]


def test_a_changed_bit_in_what_an_export_says_is_noticed(tmp_path: Path) -> None:
    for name in ("model.onnx", "model.onnx.data", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"x")
    facts = BiEncoder("0123abcd", 4, 128, "mean", "query: ", "")
    write_export(tmp_path, facts)
    path = tmp_path / "embedder.json"
    good = path.read_bytes()
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert read_export(tmp_path) in (None, facts)
        assert check_export(tmp_path) in ([], ["embedder.json"])
        assert check_export(tmp_path) or read_export(tmp_path) == facts
