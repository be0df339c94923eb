"""A service over a library in a store: it answers the same, follows, and says when the store is away."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Shelf, litsearch
from fastapi.testclient import TestClient

from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.server.app import create_app
from litsearch.server.middleware import LOCAL_HOSTS

pytestmark = pytest.mark.slow
STORE = "lance+kept"


@dataclass
class Served:
    """A library in a store, and a service that reads it there."""

    folder: Path
    client: TestClient

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        reply = self.client.get(path)
        return reply.status_code, reply.json()


@pytest.fixture
def served(shelf: Shelf, tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "library"
    shutil.copytree(shelf.folder, folder)
    litsearch(folder, "store", "copy", "local", STORE, "--json")
    config = load_config(folder, {"LITSEARCH_INDEX_STORE": STORE})
    with open_library(folder, config) as library:
        app = create_app(library, LOCAL_HOSTS)
        yield Served(folder, TestClient(app, raise_server_exceptions=False))


def test_it_answers_as_the_local_index_does(shelf: Shelf, served: Served) -> None:
    with open_library(shelf.folder, load_config(shelf.folder)) as library:
        local = TestClient(create_app(library, LOCAL_HOSTS), raise_server_exceptions=False)
        for path in ("/search?q=lora", "/sources", "/stats", "/map", "/ask?q=what+is+lora"):
            mine, theirs = local.get(path), served.client.get(path)
            assert theirs.status_code == mine.status_code
            if path.startswith("/search"):
                ids = [
                    [hit["passage_id"] for hit in reply.json()["hits"]] for reply in (mine, theirs)
                ]
                assert ids[0] == ids[1] != []


def test_a_store_that_is_away_is_told_until_it_is_back(served: Served) -> None:
    assert served.get("/readyz")[0] == 200
    kept, gone = served.folder / "kept", served.folder / "gone"
    kept.rename(gone)
    time.sleep(1.1)  # so long the live generation is taken for known
    for path in ("/readyz", "/search?q=lora"):
        reply = served.client.get(path)
        assert reply.status_code == 503
        assert int(reply.headers["Retry-After"]) > 0
    assert served.get("/healthz")[0] == 200
    gone.rename(kept)
    assert served.get("/search?q=lora")[0] == 200


def test_it_follows_what_a_build_copies_there(shelf: Shelf, served: Served) -> None:
    before = served.get("/healthz")[1]["generation"]
    lists = next((served.folder / "config" / "lists").glob("*.md"))
    lists.write_text(
        lists.read_text("utf-8") + "\n- [Of whales](https://whales.example/book)\n", "utf-8"
    )
    built = litsearch(
        served.folder, "build", "--offline", "--json", web=shelf.web, LITSEARCH_INDEX_STORE=STORE
    )
    assert built.returncode == 0
    until = time.monotonic() + 10
    while time.monotonic() < until and served.get("/healthz")[1]["generation"] == before:
        assert served.get("/search?q=whales")[0] == 200
        time.sleep(0.1)
    found = served.get("/search?q=whales")[1]
    assert found["generation"] != before
    assert "whales" in str(found["hits"])


def test_a_local_library_loads_no_engine() -> None:
    code = (
        "import sys; import litsearch.app.library, litsearch.app.engines;"
        " print(sorted({'lancedb', 'pyarrow', 'qdrant_client', 'grpc'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_store_of_no_kind_is_refused(shelf: Shelf) -> None:
    done = litsearch(shelf.folder, "search", "lora", check=False, LITSEARCH_INDEX_STORE="pigeon")
    assert done.returncode == 2
    assert "pigeon" in done.stderr
    assert "Traceback" not in done.stderr
