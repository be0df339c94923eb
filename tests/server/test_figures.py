"""Images are given from the service's own address, as images and as nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from litsearch.fetch.cache import Cache
from litsearch.server import texts
from litsearch.server.state import State
from litsearch.types import Document, RawDocument

T = TypeVar("T")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>" + b" " * 2000
FIGURES = (
    (0, "https://a.example/lamp.png", "The lamp"),
    (5, "https://a.example/gone.png", ""),
    (9, "https://a.example/drawing.png", ""),
)


@dataclass
class OneDocument:
    """A catalog of one text."""

    figures: tuple[tuple[int, str, str], ...] = FIGURES
    known: list[str] = field(default_factory=lambda: ["s"])

    def document(self, source_id: str) -> Document:
        if source_id not in self.known:
            raise KeyError(source_id)
        return Document(source_id, "T", "Some words", (), "", figures=self.figures)


@pytest.fixture
def to(tmp_path: Path) -> TestClient:
    def store(url: str, body: bytes, media_type: str) -> None:
        raw = RawDocument(url, media_type, body, hashlib.sha256(body).hexdigest())
        cache.store(url, raw)

    with closing(Cache(tmp_path / "index" / "cache")) as cache:
        store(FIGURES[0][1], PNG, "image/png")
        store(FIGURES[2][1], SVG, "image/png")

    async def reading(work: Callable[[], T]) -> T:
        return work()

    library = SimpleNamespace(catalog=OneDocument())
    state = SimpleNamespace(folder=tmp_path, library=library, reading=reading)
    app = FastAPI()
    app.include_router(texts.figures_router(cast(State, state)))
    return TestClient(app)


def test_those_that_the_library_has_are_listed_with_their_places(to: TestClient) -> None:
    listed: list[dict[str, Any]] = to.get("/figures/s").json()["figures"]
    assert listed[0] == {"number": 0, "at": 0, "alt": "The lamp"}
    assert [figure["number"] for figure in listed] == [0, 2]


def test_an_image_runs_nothing_and_is_kept_by_the_browser(to: TestClient) -> None:
    got = to.get("/figures/s/0")
    assert (got.content, got.headers["content-type"]) == (PNG, "image/png")
    assert "sandbox" in got.headers["content-security-policy"]
    assert "default-src 'none'" in got.headers["content-security-policy"]
    assert got.headers["cache-control"] == "private, max-age=86400"


@pytest.mark.parametrize("path", ["s/1", "s/2", "s/3", "other/0", "other"])
def test_what_is_not_there_or_no_image_is_not_found(to: TestClient, path: str) -> None:
    assert to.get(f"/figures/{path}").status_code == 404


@pytest.mark.parametrize("path", ["s/-1", "s/x", "s/99999"])
def test_a_number_is_checked(to: TestClient, path: str) -> None:
    assert to.get(f"/figures/{path}").status_code == 422
