"""The contract of an embedder, with the packaged model: torch and ONNX give the same unit vectors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from smallmodel import small_model

from litsearch.app.embedding import export
from litsearch.app.factories import export_folder
from litsearch.config import Config, RerankerConfig
from litsearch.errors import ConfigError, MissingExtraError
from litsearch.models.model_folder import BiEncoder, describe, find_model, read_export
from litsearch.protocols import Embedder

pytestmark = pytest.mark.slow

TEXTS = [
    "The moon pulls the sea, and the sea rises twice a day.",
    "Yeast makes bread rise.",
    "",
    "   leading and trailing space  \n",
    "Ünïcödé 日本語 \N{SNOWMAN} 𝒳",
    "a",
    "word " * 600,  # more than the window
    "def f(x):\n    return x + 1",
    *(f"Sentence number {i} of many about {'tides and sailors ' * (i % 9)}." for i in range(60)),
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from litsearch.models.onnx_export import export

    source, target = find_model("all-MiniLM-L6-v2"), tmp_path_factory.mktemp("models") / "minilm"
    target.mkdir()
    (target / "left.over").write_text("by a build that was killed")
    export(source, describe(source, "query: ", ""), target)
    return target


@pytest.fixture(scope="module")
def onnx(exported: Path) -> Embedder:
    from litsearch.models.onnx import OnnxEmbedder

    return OnnxEmbedder(exported)


@pytest.fixture(scope="module")
def torch_embedder() -> Embedder:
    from litsearch.models.sentence_transformers import SentenceTransformersEmbedder

    folder = find_model("all-MiniLM-L6-v2")
    return SentenceTransformersEmbedder(folder, describe(folder, "query: ", ""))


@pytest.fixture(scope="module")
def bert_embedder() -> Embedder:
    from litsearch.models.bert import BertEmbedder

    folder = find_model("all-MiniLM-L6-v2")
    return BertEmbedder(folder, describe(folder, "query: ", ""))


def test_an_export_is_whole_and_holds_nothing_else(exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == {
        "embedder.json", "model.onnx", "model.onnx.data", "tokenizer.json",
    }  # fmt: skip
    assert [path.name for path in exported.parent.iterdir()] == ["minilm"]
    assert read_export(exported) == describe(find_model("all-MiniLM-L6-v2"), "query: ", "")


@pytest.mark.parametrize("name", ["onnx", "torch_embedder", "bert_embedder"])
def test_the_contract(name: str, request: pytest.FixtureRequest) -> None:
    embedder: Embedder = request.getfixturevalue(name)
    assert (embedder.dim, embedder.window) == (384, 256)
    assert (
        embedder.fingerprint == describe(find_model("all-MiniLM-L6-v2"), "query: ", "").fingerprint
    )
    matrix = embedder.embed_passages(TEXTS)
    assert matrix.shape == (len(TEXTS), 384)
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
    assert embedder.embed_passages([]).shape == (0, 384)
    query = embedder.embed_query("bread")
    assert query.shape == (384,)
    assert query.dtype == np.float32
    assert query @ embedder.embed_passages(["query: bread"])[0] > 0.999, (
        "the prefix is put before the query"
    )
    assert int(np.argmax(matrix @ query)) == 1
    back = embedder.embed_passages(TEXTS[::-1])[::-1]
    assert (matrix * back).sum(axis=1).min() > 0.999, "each vector stands in its text's place"


def test_onnx_gives_the_vectors_of_torch(onnx: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(find_model("all-MiniLM-L6-v2")), device="cpu", local_files_only=True
    )
    wanted = model.encode(TEXTS, show_progress_bar=False, normalize_embeddings=True)
    assert (onnx.embed_passages(TEXTS) * wanted).sum(axis=1).min() >= 0.9999
    query = model.encode(
        ["query: " + TEXTS[0]], show_progress_bar=False, normalize_embeddings=True
    )[0]
    assert onnx.embed_query(TEXTS[0]) @ query >= 0.9999


@pytest.mark.parametrize("name", ["torch_embedder", "bert_embedder"])
def test_the_bulk_stays_near_in_whatever_numbers_it_reckons(
    name: str, onnx: Embedder, request: pytest.FixtureRequest
) -> None:
    bulk: Embedder = request.getfixturevalue(name)
    cosines = (onnx.embed_passages(TEXTS) * bulk.embed_passages(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_queries_of_many_threads_have_the_vectors_that_each_has_alone(
    onnx: Embedder, exported: Path
) -> None:
    from litsearch.models.onnx import OnnxEmbedder

    alone = np.stack([onnx.embed_query(text) for text in TEXTS])
    many = OnnxEmbedder(exported, many=True)
    with ThreadPoolExecutor(12) as pool:
        together = np.stack(list(pool.map(many.embed_query, TEXTS)))
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_query_needs_no_torch(exported: Path) -> None:
    script = """
import sys
from pathlib import Path
from litsearch.models.onnx import OnnxEmbedder
assert OnnxEmbedder(Path(sys.argv[1])).embed_query("x").shape == (384,)
assert not {"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(exported)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_loading_and_embedding_is_quiet() -> None:
    script = """
from litsearch.models.model_folder import describe, find_model
from litsearch.models.bert import BertEmbedder
from litsearch.models.sentence_transformers import SentenceTransformersEmbedder
folder = find_model("all-MiniLM-L6-v2")
for kind in BertEmbedder, SentenceTransformersEmbedder:
    kind(folder, describe(folder)).embed_passages(["x"] * 99)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "max"])
def test_other_models(tmp_path: Path, kind: str) -> None:
    from litsearch.models.onnx import OnnxEmbedder
    from litsearch.models.onnx_tracing import export
    from litsearch.models.sentence_transformers import SentenceTransformersEmbedder

    source = small_model(
        tmp_path, "bert" if kind == "max" else kind, "max" if kind == "max" else "cls"
    )
    facts = describe(source)
    embedder = SentenceTransformersEmbedder(source, facts)
    assert embedder.embed_passages(TEXTS).shape == (len(TEXTS), 48)
    if kind == "max":
        with pytest.raises(ConfigError, match="cannot be exported"):
            export(source, facts, tmp_path / "onnx")
        assert not (tmp_path / "onnx").exists()
        return
    export(source, facts, tmp_path / "onnx")
    cosines = (
        OnnxEmbedder(tmp_path / "onnx").embed_passages(TEXTS) * embedder.embed_passages(TEXTS)
    ).sum(axis=1)
    assert cosines.min() >= 0.999


def test_a_model_without_sound_weights_is_one_clear_error(tmp_path: Path) -> None:
    from litsearch.models.onnx_tracing import export
    from litsearch.models.sentence_transformers import SentenceTransformersEmbedder

    packaged = find_model("all-MiniLM-L6-v2")
    for path in packaged.rglob("*"):
        if path.is_file() and path.suffix == ".json":
            (tmp_path / path.relative_to(packaged)).parent.mkdir(exist_ok=True)
            (tmp_path / path.relative_to(packaged)).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(json.dumps({}).encode())
    facts = describe(tmp_path)
    for use in (
        lambda: SentenceTransformersEmbedder(tmp_path, facts),
        lambda: export(tmp_path, facts, tmp_path / "x"),
    ):
        with pytest.raises(ConfigError) as caught:
            use()
        assert caught.value.hint
        assert "\n" not in str(caught.value)


def test_a_build_exports_anew_what_was_laid_out_otherwise_and_queries_read_both(
    exported: Path, tmp_path: Path
) -> None:
    from litsearch.models.onnx import OnnxEmbedder

    folder = find_model("all-MiniLM-L6-v2")
    about = describe(folder, "query: ", "")
    target = export_folder(tmp_path, about.fingerprint)
    shutil.copytree(exported, target)
    facts = json.loads((target / "embedder.json").read_bytes())
    (target / "embedder.json").write_text(
        json.dumps({name: facts[name] for name in ("facts", "files")})
    )
    assert read_export(target) == about
    OnnxEmbedder(target)
    before = (target / "model.onnx").stat().st_ino
    export(tmp_path, folder, about)
    after = (target / "model.onnx").stat().st_ino
    assert after != before
    assert json.loads((target / "embedder.json").read_bytes()) == facts
    export(tmp_path, folder, about)
    assert (target / "model.onnx").stat().st_ino == after


def test_exporting_in_a_build_leaves_no_torch_behind(tmp_path: Path) -> None:
    program = """if __name__ == "__main__":
        import sys
        from pathlib import Path
        from litsearch.models.model_folder import BiEncoder, describe, find_model, read_export
        from litsearch.app.embedding import export
        from litsearch.app.factories import export_folder

        folder = find_model("all-MiniLM-L6-v2")
        about, index = describe(folder), Path(sys.argv[1])
        export(index, folder, about)
        assert read_export(export_folder(index, about.fingerprint)) == about
        assert not {"torch", "transformers"} & set(sys.modules)"""
    script = tmp_path / "program.py"
    script.write_text(program)
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=200)


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where torch is not installed."""
    from importlib.util import find_spec as real

    from litsearch.app import embedding

    heavy = ("torch", "sentence_transformers")
    monkeypatch.setattr(embedding, "find_spec", lambda name: None if name in heavy else real(name))


@pytest.mark.usefixtures("no_torch")
def test_much_is_embedded_without_torch_to_the_same_vectors(
    exported: Path, torch_embedder: Embedder
) -> None:
    from litsearch.app.embedding import FEW, BuildEmbedder, TorchEmbedder

    folder = find_model("all-MiniLM-L6-v2")
    light = BuildEmbedder(TorchEmbedder(folder, describe(folder, "query: ", "")), exported)
    texts = [f"{text} {i}" for i, text in enumerate(TEXTS * (FEW // len(TEXTS) + 1))]
    vectors = light.embed_passages(texts)
    assert (vectors * torch_embedder.embed_passages(texts)).sum(axis=1).min() >= 0.999


@pytest.mark.usefixtures("no_torch")
def test_what_needs_torch_names_the_command_that_adds_it(tmp_path: Path) -> None:
    from litsearch.app.factories import entailment, reranker

    dense = tmp_path / "dense"
    facts = BiEncoder("f", 8, 16, None)
    (tmp_path / "odd").mkdir()
    traced = BiEncoder("g", 8, 16, "mean")
    config = Config(reranker=RerankerConfig(model="some/reranker"))
    calls: list[Callable[[], object]] = [
        lambda: export(tmp_path, dense, facts),
        lambda: export(tmp_path, tmp_path / "odd", traced),
        lambda: reranker(config),
        lambda: entailment("some/nli"),
    ]
    for call in calls:
        with pytest.raises(MissingExtraError) as caught:
            call()
        assert "pip install" in caught.value.hint
