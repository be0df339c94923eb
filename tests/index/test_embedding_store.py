"""Nothing is embedded twice, and a kill costs one chunk at most."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from litsearch.errors import IndexCorrupt
from litsearch.index.embedding_store import EmbeddingStore


class HashEmbedder:
    """Unit vectors that follow from the text, and a note of what was asked for."""

    fingerprint, dim, window = "hash", 8, 32

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        made = [np.frombuffer(hashlib.sha256(text.encode()).digest(), np.int32) for text in texts]
        matrix = np.array(made, np.float64).reshape(-1, 8) + 0.5
        return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.embed_passages([text])[0]
        return row


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=12), max_size=4)
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_text_is_embedded_once_and_comes_back_in_its_place(
    tmp_path_factory: pytest.TempPathFactory, calls: list[list[str]]
) -> None:
    path, embedder = tmp_path_factory.mktemp("store") / "e.sqlite", HashEmbedder()
    seen: set[str] = set()
    for texts in calls:
        with EmbeddingStore(path, "hash", 8) as store:  # opened again each time
            assert store.known(texts) == [text in seen for text in texts]
            matrix, made = store.embed(texts, embedder)
        assert made == len(set(texts) - seen)
        seen |= set(texts)
        assert matrix.shape == (len(texts), 8)
        assert matrix.dtype == np.float32
        np.testing.assert_allclose(matrix, HashEmbedder().embed_passages(texts), atol=2e-3)
        np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-6)
    assert sorted(embedder.asked) == sorted(seen)


def test_a_stored_vector_equals_one_just_made(tmp_path: Path) -> None:
    texts = [f"text {i}" for i in range(50)]
    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        fresh, _ = store.embed(texts, HashEmbedder())
        stored, made = store.embed(texts[::-1], HashEmbedder())
    assert made == 0
    assert (fresh == stored[::-1]).all()


def test_another_embedder_has_its_own_vectors(tmp_path: Path) -> None:
    for fingerprint, made in (("one", 1), ("other", 1), ("one", 0), ("other", 0)):
        with EmbeddingStore(tmp_path / "a", fingerprint, 8) as store:
            assert store.embed(["text"], HashEmbedder())[1] == made


def test_a_failure_keeps_the_chunks_before_it(tmp_path: Path) -> None:
    texts = [f"text {i}" for i in range(35)]

    class Failing(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if len(self.asked) >= 20:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    store = EmbeddingStore(tmp_path / "a", "hash", 8, chunk=10)
    with store, pytest.raises(KeyboardInterrupt):
        store.embed(texts, Failing())
    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        assert sum(store.known(texts)) == 20
        assert store.embed(texts, HashEmbedder())[1] == 15


_KILLED = """
import os, signal, sys
from pathlib import Path
from litsearch.index import embedding_store as embeddings
from index.test_embedding_store import HashEmbedder
class Killed(HashEmbedder):
    def embed_passages(self, texts):
        if len(self.asked) >= 30:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)
embeddings.EmbeddingStore(Path(sys.argv[1]), "hash", 8, 10).embed([f"text {i}" for i in range(55)], Killed())
"""


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "a")], cwd=tests, check=False
    )
    assert run.returncode == -signal.SIGKILL
    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        matrix, made = store.embed([f"text {i}" for i in range(55)], HashEmbedder())
    assert made == 25
    with EmbeddingStore(tmp_path / "b", "hash", 8) as store:
        undisturbed, _ = store.embed([f"text {i}" for i in range(55)], HashEmbedder())
    assert (matrix == undisturbed).all()


@pytest.mark.parametrize("blob", [b"", b"\0" * 16, b"\xff" * 16, b"\0\x7c" * 8, b"\0" * 14])
def test_a_damaged_vector_is_made_again(tmp_path: Path, blob: bytes) -> None:
    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        wanted, _ = store.embed(["x", "y", "z"], HashEmbedder())
    with sqlite3.connect(tmp_path / "a") as db:
        db.execute("UPDATE vectors SET vector = ? WHERE id = 2", (blob,))
    db.close()
    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        matrix, made = store.embed(["x", "y", "z"], HashEmbedder())
        assert made == 1
        assert (matrix == wanted).all()
        assert store.embed(["x", "y", "z"], HashEmbedder())[1] == 0


def test_an_embedder_that_gives_no_unit_vectors_is_refused(tmp_path: Path) -> None:
    class Wrong(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.full((len(texts), 8), np.nan, np.float32)

    with EmbeddingStore(tmp_path / "a", "hash", 8) as store:
        with pytest.raises(ValueError, match="unit vectors"):
            store.embed(["x"], Wrong())
        assert store.known(["x"]) == [False]


def test_a_file_that_is_no_store_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"no database" * 900)
    with pytest.raises(IndexCorrupt) as caught:
        EmbeddingStore(tmp_path / "a", "hash", 8)
    assert str(tmp_path / "a") in str(caught.value)
    assert "Remove that file" in caught.value.hint
