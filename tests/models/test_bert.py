"""Our own forward pass: the vectors of sentence-transformers, each the same whatever it is batched
with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from smallmodel import small_model

from litsearch.app.embedding import TorchEmbedder, export
from litsearch.app.factories import export_folder
from litsearch.models.model_folder import describe, find_model, read_export

if TYPE_CHECKING:
    from litsearch.models.bert import BertEmbedder
    from litsearch.types import Matrix

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TEXTS = [
    "Salt lowers the point at which water freezes.",
    "",
    "  space around it \n",
    "a",
    "[PAD] in a text counts as [SEP] any [PAD] other word [UNK]",
    "Ünïcödé 日本語 \N{SNOWMAN} 𝒳",
    "ice " * 900,  # more than the window
    "floe " * 255,  # all of it
    *("Winter came early" + " and stayed" * (i % 23) + f", in year {i}." for i in range(80)),
]


def plain(folder: Path, texts: list[str]) -> Matrix:
    """What sentence-transformers makes of texts, one at a time."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    vectors: Matrix = model.encode(
        texts, batch_size=1, show_progress_bar=False, normalize_embeddings=True
    )
    return vectors


def least_cosine(some: Matrix, others: Matrix) -> float:
    return float((some * others).sum(axis=1).min())


def load(folder: Path) -> BertEmbedder:
    from litsearch.models.bert import BertEmbedder

    return BertEmbedder(folder, describe(folder))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> BertEmbedder:
    return load(small_model(tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="module")
def alone(small: BertEmbedder) -> Matrix:
    return np.concatenate([small.embed_passages([text]) for text in TEXTS])


@given(st.lists(st.integers(0, len(TEXTS) - 1), max_size=60))
@settings(max_examples=30, deadline=None)
def test_a_text_has_one_vector_whatever_it_is_batched_with(
    small: BertEmbedder, alone: Matrix, chosen: list[int]
) -> None:
    together = small.embed_passages([TEXTS[i] for i in chosen])
    assert together.shape == (len(chosen), 48)
    np.testing.assert_allclose(together, alone[chosen], atol=1e-6)


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("kind", ["bert", "roberta", "mpnet"])
@pytest.mark.parametrize("form", ["chosen", "plain", "fused"])
def test_it_gives_the_vectors_of_sentence_transformers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, pooling: str, form: str
) -> None:
    import torch

    from litsearch.models.bert import Bert

    if form == "fused" and not hasattr(torch.ops.mkldnn, "_linear_pointwise"):
        pytest.skip("this torch has no fused operators")
    if form != "chosen":
        fused = form == "fused"
        monkeypatch.setattr(
            "litsearch.models.bert.BertEmbedder._fastest",
            lambda _, weights: Bert(weights, torch.float32, fused=fused),
        )
    folder = small_model(tmp_path, kind, pooling)
    found = load(folder).embed_passages(TEXTS)
    assert least_cosine(found, plain(folder, TEXTS)) >= (0.999 if form == "chosen" else 0.99999)


def test_the_packaged_model_keeps_its_vectors() -> None:
    folder = find_model("all-MiniLM-L6-v2")
    embedder = load(folder)
    found = embedder.embed_passages(TEXTS)
    assert least_cosine(found, plain(folder, TEXTS)) >= 0.999
    assert embedder.embed_query(TEXTS[0]) @ found[0] > 0.999


def broken_fusion(how: str) -> type:
    """Operators of another torch: gone, with other arguments, or with other results."""
    from litsearch.models import bert

    class Broken(bert._FusedLinear):
        def __init__(self, weight: object, bias: object) -> None:
            if how == "gone":
                raise AttributeError(
                    "'_OpNamespace' 'mkldnn' object has no attribute '_linear_pointwise'"
                )
            super().__init__(weight, bias)  # type: ignore[arg-type]

        def gelu(self, rows: object) -> object:  # type: ignore[override]
            if how == "otherwise":
                raise RuntimeError("mkldnn::_linear_pointwise() expected at most 5 argument(s)")
            return super().__call__(rows)  # type: ignore[arg-type]

    return Broken


@pytest.mark.parametrize("how", ["gone", "otherwise", "wrong"])
def test_operators_that_another_torch_has_otherwise_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    folder = small_model(tmp_path)
    monkeypatch.setattr("litsearch.models.bert._FusedLinear", broken_fusion(how))
    monkeypatch.setattr("litsearch.models.bert.GAIN", 0.0)  # whatever is right is fast enough
    assert least_cosine(load(folder).embed_passages(TEXTS), plain(folder, TEXTS)) >= 0.999


def test_bfloat16_that_is_slow_here_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    folder = find_model("all-MiniLM-L6-v2")
    monkeypatch.setattr("litsearch.models.bert.GAIN", 1e9)
    assert load(folder)._model.dtype == torch.float32


@pytest.mark.parametrize(
    ("kind", "pooling", "change"),
    [
        ("distilbert", "mean", {}),
        ("bert", "max", {}),
        ("bert", "mean", {"hidden_act": "relu"}),
        ("bert", "mean", {"position_embedding_type": "relative_key"}),
        ("bert", "mean", {"num_hidden_layers": 2}),  # another number than the file has
    ],
)  # fmt: skip
def test_what_it_does_not_understand_is_left_to_sentence_transformers(
    tmp_path: Path, kind: str, pooling: str, change: dict[str, object]
) -> None:
    from litsearch.models.bert_weights import NotUnderstood

    folder = small_model(
        tmp_path, kind, pooling, **({} if "num_hidden_layers" in change else change)
    )
    settings = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(settings | change))
    with pytest.raises(NotUnderstood):
        load(folder)
    texts = [text for text in TEXTS if len(text) < 300]
    found = TorchEmbedder(folder, describe(folder)).embed_passages(texts)
    assert least_cosine(found, plain(folder, texts)) >= 0.999


def test_a_window_without_positions_is_not_understood(tmp_path: Path) -> None:
    from litsearch.models.bert_weights import NotUnderstood

    folder = small_model(tmp_path)
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 513}')
    with pytest.raises(NotUnderstood, match="512 positions for 513"):
        load(folder)


@pytest.mark.parametrize("kind", ["bert", "roberta", "distilbert", "mpnet"])
def test_the_export_of_a_build_gives_the_vectors_of_sentence_transformers(
    tmp_path: Path, kind: str
) -> None:
    from litsearch.models.onnx import OnnxEmbedder

    folder = small_model(tmp_path, kind)
    about = describe(folder)
    export(tmp_path, folder, about)
    exported = export_folder(tmp_path, about.fingerprint)
    assert read_export(exported) == about
    assert [path.name for path in exported.parent.iterdir()] == [exported.name]
    assert (
        least_cosine(OnnxEmbedder(exported).embed_passages(TEXTS), plain(folder, TEXTS)) >= 0.9999
    )


def test_our_own_export_is_what_tracing_gives(tmp_path: Path) -> None:
    from litsearch.models import onnx_export as onnx_bert
    from litsearch.models import onnx_tracing
    from litsearch.models.onnx import OnnxEmbedder

    folder = find_model("all-MiniLM-L6-v2")
    for way in onnx_bert, onnx_tracing:
        way.export(folder, describe(folder), tmp_path / way.__name__)
    own, traced = (
        OnnxEmbedder(tmp_path / way.__name__).embed_passages(TEXTS)
        for way in (onnx_bert, onnx_tracing)
    )
    np.testing.assert_allclose(own, traced, atol=1e-6)


def test_an_export_that_does_not_work_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from litsearch.models import onnx_export as onnx_bert
    from litsearch.models.bert_weights import NotUnderstood

    folder, target = small_model(tmp_path), tmp_path / "models" / "one"
    target.mkdir(parents=True)
    (target / "before").write_text("of another build")
    monkeypatch.setitem(onnx_bert._OPSETS, "com.microsoft", 99)
    with pytest.raises(NotUnderstood):
        onnx_bert.export(folder, describe(folder), target)
    assert [path.name for path in target.iterdir()] == ["before"]
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_damaged_file_is_not_understood(tmp_path: Path, name: str) -> None:
    from litsearch.models.bert import BertEmbedder
    from litsearch.models.bert_weights import NotUnderstood

    folder = small_model(tmp_path)
    facts = describe(folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:40])
    with pytest.raises(NotUnderstood):
        BertEmbedder(folder, facts)


def test_the_bulk_of_a_bert_needs_torch_alone() -> None:
    script = """
import sys
from litsearch.models.model_folder import describe, find_model
from litsearch.app.embedding import TorchEmbedder, export
from litsearch.app.factories import export_folder
folder = find_model("all-MiniLM-L6-v2")
assert TorchEmbedder(folder, describe(folder)).embed_passages(["x"] * 9).shape == (9, 384)
assert not {"transformers", "sentence_transformers"} & set(sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
