"""Coming back: what failed is fetched again or read from a file, and what is new is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fakeweb
import pytest
from conftest import litsearch
from server.browser import IN_BROWSER
from serving import served
from smallweb import article

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
KELP = "Kelp is a brown seaweed that grows in cold water. Sea urchins eat it where otters are gone."
PEAT = "Peat is dead moss that water has kept from the air. It grows a millimetre a year."
LIST = """# Coasts

- [On kelp](http://kelp.example/one)
- [On peat](http://peat.example/one)
"""


@pytest.fixture
def web() -> Iterator[fakeweb.Web]:
    """Two sites, of which one has lost its page."""
    with fakeweb.serve() as served_web:
        served_web.pages["kelp.example/one"] = fakeweb.page(article("On kelp", KELP))
        yield served_web


@pytest.fixture
def proxies(web: fakeweb.Web) -> dict[str, str]:
    return {"http_proxy": web.base, "https_proxy": web.base, "no_proxy": "127.0.0.1"}


@pytest.fixture
def folder(tmp_path: Path, proxies: dict[str, str]) -> Path:
    made = tmp_path / "library"
    litsearch(made, "init", str(made))
    (made / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\nretries = 0\n")
    (made / "config" / "lists" / "example.md").unlink()
    (made / "config" / "lists" / "coasts.md").write_text(LIST, "utf-8")
    litsearch(made, "build", **proxies)
    return made


@pytest.fixture
def base(folder: Path, proxies: dict[str, str]) -> Iterator[str]:
    with served(folder, "--write", ready="/healthz", **proxies) as address:
        yield f"{address}/"


def failing(visit: Callable[..., Any]) -> Any:
    """The page of the source that could not be read."""
    page = visit("?view=library")
    page.locator(".exceptions").get_by_role("link", name="On peat").click()
    page.locator(".reader .badge.dead").wait_for()
    return page


def test_what_failed_is_fetched_again(visit: Callable[..., Any], web: fakeweb.Web) -> None:
    page = failing(visit)
    page.get_by_role("button", name="Fetch it again").click()
    page.get_by_text("reading").wait_for(state="detached", timeout=90_000)
    page.locator(".reader .badge.dead").wait_for(timeout=90_000)
    web.pages["peat.example/one"] = fakeweb.page(article("On peat", PEAT))
    page.get_by_role("button", name="Fetch it again").click()
    page.locator(".reader .badge.indexed").wait_for(timeout=90_000)
    page.fill("#q", "What is peat?")
    page.press("#q", "Enter")
    page.wait_for_selector(".answer .cite")
    assert "dead moss" in page.locator(".quotes").inner_text()


def test_what_failed_is_read_from_its_file(visit: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(article("On peat", PEAT).encode())
    page = failing(visit)
    page.get_by_label("Give its file").set_input_files(file)
    page.locator(".reader .badge.indexed").wait_for(timeout=90_000)
    page.reload()
    page.get_by_role("link", name="Read the stored text").click()
    playwright.expect(page.locator(".text-body")).to_contain_text("dead moss")


def test_what_is_new_is_told_once(
    visit: Callable[..., Any],
    folder: Path,
    web: fakeweb.Web,
    proxies: dict[str, str],
) -> None:
    page = visit()
    page.get_by_role("heading", name="What would you like to know?").wait_for()
    assert page.get_by_text("New since you were here").count() == 0

    web.pages["dunes.example/one"] = fakeweb.page(article("On dunes", PEAT))
    more = "- [On dunes](http://dunes.example/one)\n"
    (folder / "config" / "lists" / "coasts.md").write_text(LIST + more, "utf-8")
    litsearch(folder, "build", **proxies)
    page.reload()
    new = page.locator(".new")
    new.get_by_role("heading", name="New since you were here").wait_for(timeout=30_000)
    assert new.get_by_role("link").all_inner_texts() == ["On dunes"]
    page.reload()
    page.get_by_role("heading", name="What would you like to know?").wait_for()
    assert page.get_by_text("New since you were here").count() == 0
