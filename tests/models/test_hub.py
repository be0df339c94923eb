"""Embedders of every family by their names on a hub, which here is a server on this machine that
has small ones with random weights.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import litsearch
from smallmodel import small_model

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

KINDS = ("bert", "roberta", "xlm-roberta", "distilbert", "mpnet", "modernbert")
COMMIT = "0123456789abcdef0123456789abcdef01234567"
LIST = """# Ice

- [The Frozen Harbour](https://site.example/frozen-harbour)
"""
COMPARED = """if __name__ == "__main__":
    import json, sys
    from pathlib import Path
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from litsearch.app.embedding import TorchEmbedder, export
    from litsearch.app.factories import export_folder
    from litsearch.models.model_folder import describe, find_model, read_export
    from litsearch.models.onnx import OnnxEmbedder

    TEXTS = ["Salt lowers the point at which water freezes.", "", "ice " * 300]
    TEXTS += [f"Winter came early{' and stayed' * (i % 23)}, in year {i}." for i in range(40)]

    def least_cosine(some, others):
        return float((some * others).sum(axis=1).min())

    found = {}
    for kind in sys.argv[2:]:
        folder, index = find_model(f"small/{kind}"), Path(sys.argv[1]) / kind
        plain = SentenceTransformer(str(folder), device="cpu").encode(TEXTS, batch_size=1)
        row = found[kind] = {}
        for dimensions in (0, 16):
            about = describe(folder, dimensions=dimensions)
            wanted = plain[:, : about.dim]
            wanted = wanted / np.linalg.norm(wanted, axis=1, keepdims=True)
            export(index, folder, about)
            exported = export_folder(index, about.fingerprint)
            for way in (OnnxEmbedder(exported), TorchEmbedder(folder, about)):
                name = f"{type(way).__name__} {about.dim}"
                row[name] = least_cosine(way.embed_passages(TEXTS), wanted)
                row[f"{name} query"] = float(way.embed_query(TEXTS[0]) @ wanted[0])
    print(json.dumps(found))
"""


class Hub(BaseHTTPRequestHandler):
    """What a client asks of a hub to fetch the models in a folder, by the names of their
    folders."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *arguments: object) -> None:
        self._folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send what a model consists of, or one of its files."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Send the size and digest of a file."""
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        body = self._body(self.path.partition("?")[0].strip("/").split("/"))
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("ETag", f'"{hashlib.sha256(body or b"").hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if with_body:
            self.wfile.write(body or b"")

    def _body(self, parts: list[str]) -> bytes | None:
        match parts:
            case ["api", "models", "small", name, "revision", _]:
                return json.dumps({"id": name, "sha": COMMIT, "siblings": []}).encode()
            case ["api", "models", "small", name, "tree", _]:
                return _listing(self._folder / name)
            case ["small", name, "resolve", _, *path]:
                file = self._folder / name / "/".join(path)
                return file.read_bytes() if file.is_file() else None
        return None


def _listing(model: Path) -> bytes:
    rows = []
    for path in sorted(model.rglob("*")):
        if path.is_file():
            digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
            name, size = path.relative_to(model).as_posix(), path.stat().st_size
            rows.append({"type": "file", "path": name, "size": size, "oid": digest})
    return json.dumps(rows).encode()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a program for which this is the hub."""
    folder = tmp_path_factory.mktemp("hub")
    for kind in KINDS:
        small_model(folder / "made" / kind, kind).rename(folder / kind)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, folder)) as server:
        threading.Thread(target=server.serve_forever).start()
        yield {
            "HF_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
            "HF_HOME": str(folder / "home"),
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_OFFLINE": "0",  # which a build --offline in this process may have set
            "NO_PROXY": "127.0.0.1",
        }
        server.shutdown()


@pytest.fixture(scope="module")
def cosines(
    hub: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    """The least cosines of either way of embedding with plain sentence-transformers, by kind."""
    folder = tmp_path_factory.mktemp("compared")
    script = folder / "compared.py"
    script.write_text(COMPARED)
    done = subprocess.run(
        [sys.executable, str(script), str(folder), *KINDS],
        capture_output=True,
        text=True,
        env=os.environ | hub,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_family_has_the_vectors_of_sentence_transformers_whole_and_cut(
    cosines: dict[str, dict[str, float]], kind: str
) -> None:
    assert len(cosines[kind]) == 8
    assert {name: value for name, value in cosines[kind].items() if value < 0.999} == {}


def test_a_library_of_short_vectors_is_built_searched_and_told(
    hub: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "config" / "lists").mkdir(parents=True)
    (tmp_path / "config" / "lists" / "ice.md").write_text(LIST)
    settings = tmp_path / "config" / "litsearch.toml"

    def with_dimensions(count: int) -> None:
        settings.write_text(f'[embedder]\nmodel = "small/mpnet"\ndimensions = {count}\n')

    with_dimensions(16)
    litsearch(tmp_path, "trust", "--yes", check=False, **hub)
    litsearch(tmp_path, "build", "--offline", **hub)
    reply = json.loads(litsearch(tmp_path, "search", "harbour", "--json", **hub).stdout)
    assert reply["hits"][0]["source"]["title"] == "The Frozen Harbour"
    assert "16 numbers a vector" in litsearch(tmp_path, "models", **hub).stdout

    with_dimensions(24)
    assert "24 numbers a vector" in litsearch(tmp_path, "models", **hub).stdout
    refused = litsearch(tmp_path, "search", "harbour", check=False, **hub)
    built = litsearch(tmp_path, "build", "--offline", **hub)
    assert "embedder" in built.stderr, (refused, built)
    litsearch(tmp_path, "search", "harbour", **hub)

    with_dimensions(49)
    refused = litsearch(tmp_path, "build", "--offline", check=False, **hub)
    assert refused.returncode in (1, 2)
    assert "have 48 numbers, so 49 cannot be kept" in refused.stderr
