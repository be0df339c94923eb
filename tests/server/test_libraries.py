"""Several libraries in one service: each at its path, with its own lists, tokens and page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Shelf, litsearch
from server.browser import CHROMIUM
from serving import served

from litsearch.server.app import names_of

TOKEN = "own-" + "t" * 20


def test_names_are_those_of_the_folders_and_differ() -> None:
    folders = [Path("/a/My Reading"), Path("/b/my-reading"), Path("/c/Größe"), Path("/")]
    assert names_of(folders) == ["my-reading", "my-reading-2", "größe", "library"]


@pytest.fixture(scope="module")
def folders(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A library for anybody, and one that may be written to by those who have its token."""
    made = [tmp_path_factory.mktemp(name) / name for name in ("open", "own")]
    for folder in made:
        shutil.copytree(shelf.folder, folder)
    settings = made[1] / "config" / "litsearch.toml"
    more = '[serve]\nwrite = true\ntokens_file = "tokens"\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    (made[1] / "tokens").write_text(f"me read,build {TOKEN}\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def base(folders: list[Path]) -> Iterator[str]:
    mine = str(folders[0].parent)
    litsearch(folders[1], "trust", "--yes", XDG_CONFIG_HOME=mine)
    with served(folders[0], "--library", str(folders[1]), XDG_CONFIG_HOME=mine) as address:
        yield f"{address}/"


@pytest.fixture
def to(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, trust_env=False, timeout=30) as client:
        yield client


@pytest.mark.slow
def test_each_has_its_own_settings_and_tokens(to: httpx.Client) -> None:
    assert to.get("/l/open/stats").json()["writable"] is False
    assert to.get("/l/own/stats").status_code == 401
    own = {"Authorization": f"Bearer {TOKEN}"}
    assert to.get("/l/own/stats", headers=own).json()["writable"] is True
    entry = {"url": "https://new.example/"}
    assert to.post("/l/open/entries", json=entry).status_code == 403
    assert to.post("/l/own/entries", json=entry).status_code == 401
    named = to.get("/l/open/libraries").json()["libraries"]
    assert [(row["path"], row["current"]) for row in named] == [
        ("/l/open/", True),
        ("/l/own/", False),
    ]


@pytest.mark.slow
def test_paths_lead_where_they_say(to: httpx.Client) -> None:
    assert to.get("/search", params={"q": "DoRA"}).json()["hits"]  # of the first
    assert to.get("/l/none/stats").status_code == 404
    assert to.get("/").headers["location"] == "./l/open/"
    assert to.get("/l/open").headers["location"] == "open/"
    assert to.get("/l/").headers["location"] == "open/"
    assert to.get("/l/own/healthz").status_code == 200
    assert to.get("/l/open/openapi.json").json()["servers"] == [{"url": "/l/open"}]
    assert to.get("/l/%2e%2e/stats").status_code == 404


@pytest.mark.slow
def test_names_are_told_to_nobody_who_may_not_come_in(to: httpx.Client) -> None:
    for path in ("/l/none/stats", "/l/open/stats"):
        assert to.get(path, headers={"Host": "evil.example"}).status_code == 400
        assert to.get(path, headers={"Origin": "https://evil.example"}).status_code == 403


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs a chromium")
def test_one_is_chosen_on_the_page(visit: Callable[..., Any]) -> None:
    page = visit("l/open/?q=what+is+DoRA%3F")
    page.wait_for_selector(".answer .cite")
    page.evaluate("token => sessionStorage.setItem('/l/own/token', token)", TOKEN)
    page.get_by_label("Library", exact=True).select_option("own")
    page.wait_for_url("**/l/own/")
    page.wait_for_selector(".start h1")
    # The other library knows nothing of what was asked of the first.
    assert page.get_by_text("Asked before").count() == 0
    assert page.evaluate("localStorage.getItem('/l/own/conversations')") is None
    assert page.evaluate("localStorage.getItem('/l/open/conversations')") is not None
