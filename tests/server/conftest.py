"""The page of a service over a small library that may be written, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Shelf
from server.browser import CHROMIUM
from serving import served


@pytest.fixture(scope="module")
def folder(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose lists may be written."""
    copy = tmp_path_factory.mktemp("page") / "library"
    shutil.copytree(shelf.folder, copy)
    return copy


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    with served(folder, LITSEARCH_SERVE_WRITE="true") as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(base: str, browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address in a fresh window. Requests to elsewhere, faults of scripts and of the CSP
    fail the test.
    """
    faults: list[str] = []
    contexts = []

    def opened(path: str = "", **how: Any) -> Any:
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on(
            "request",
            lambda request: None if request.url.startswith(base) else faults.append(request.url),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
