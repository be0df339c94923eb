"""A folder dropped onto the page, as a program exports one: its list, and the files it attaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import litsearch
from extract.papers import column, pdf
from server.browser import IN_BROWSER
from serving import served

from litsearch.app.editing import DOCUMENT_SUFFIXES, LIST_SUFFIXES

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
KELP = """Kelp is a brown seaweed that grows in cold water along rocky coasts.
Sea urchins eat kelp where otters are gone, and nothing but stones is left of the forest.
A kelp forest shelters young fish from storms, and gives them crabs and snails to eat."""
DUNES = """A coastal dune is a hill of sand that the wind has heaped up behind a beach.
Marram grass binds the sand with its long roots until the next flood takes it.
Behind the dunes lie wet hollows, where toads breed in spring."""
BIB = """@article{kelp2020, title = {Forests of kelp}, author = {Example, Ada}, year = {2020},
  file = {Full Text:files/12/Example - 2020 - Forests of kelp.pdf:application/pdf}}
@article{dunes2021, title = {Coastal dunes}, author = {Example, Ben}, year = {2021},
  file = {Full Text:files/13/Example - 2021 - Coastal dunes.pdf:application/pdf}}
@article{reefs2022, title = {Reefs of lime}, author = {Example, Cleo}, year = {2022},
  file = {Full Text:files/14/Example - 2022 - Reefs of lime.pdf:application/pdf}}
"""


def drop(page: Any, *paths: Path) -> None:
    """Drop files or folders from the desktop."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": list(map(str, paths)), "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 300, "y": 500, "data": data}
        session.send("Input.dispatchDragEvent", event)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "My Library"
    for number, name, text in (
        (12, "Example - 2020 - Forests of kelp", KELP),
        (13, "Example - 2021 - Coastal dunes", DUNES),
    ):
        place = folder / "files" / str(number)
        place.mkdir(parents=True)
        (place / f"{name}.pdf").write_bytes(pdf([column(text.splitlines(), 72, 640)]))
    (folder / "My Library.bib").write_text(BIB)
    (folder / "cover.xyz").write_bytes(b"\0")
    (folder / ".DS_Store").write_bytes(b"\0")
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "library"
    litsearch(folder, "init", str(folder))
    (folder / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\nretries = 0\n")
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    with served(folder, "--write", ready="/healthz", no_proxy="127.0.0.1", **nowhere) as address:
        yield f"{address}/"


def test_a_folder_is_taken_in_with_what_its_list_attaches(
    visit: Callable[..., Any], export: Path
) -> None:
    page = visit()
    page.wait_for_selector(".put")
    drop(page, export)
    badges = page.locator(".queue .badge")
    playwright.expect(badges).to_have_text(["indexed", "indexed"], timeout=150_000)
    page.get_by_role("link", name="See them").wait_for(timeout=90_000)
    told = page.locator(".queue").inner_text()
    assert "3 sources in config/lists/my-library.bib, ready to be asked" in told
    page.locator(".queue summary").click()
    assert page.locator(".queue details li").all_inner_texts() == ["cover.xyz"]

    playwright.expect(page.locator("main h1")).to_have_text("Your library can be asked now")
    page.wait_for_load_state("networkidle")
    questions = page.locator(".suggested a").all_inner_texts()
    assert len(questions) == len(set(questions))

    page.goto(f"{page.url}?view=library&status=entry-only")
    why = page.locator(".why").inner_text()
    assert "attaches the file Example - 2022 - Reefs of lime.pdf, which is not here" in why
    assert "Drop the file onto the page" in why


def test_the_page_knows_the_files_that_are_read(visit: Callable[..., Any]) -> None:
    page = visit()
    suffixes = [*DOCUMENT_SUFFIXES, *LIST_SUFFIXES, ".xyz", ".png", ".mdx"]
    script = "async (names) => (await import('./web/drops.js')).readable(names)"
    names = page.evaluate(script, [f"a{suffix}" for suffix in suffixes])
    assert set(names) == {f"a{suffix}" for suffix in DOCUMENT_SUFFIXES | LIST_SUFFIXES}
