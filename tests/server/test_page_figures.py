"""The reader in a real browser shows the images of a text, at their places and from the service."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fakeweb
import pytest
import smallweb
from cli.test_figures import HOST, IMAGE, LIST
from conftest import litsearch
from extract.papers import column, pdf
from fakeweb import page, status
from server.browser import IN_BROWSER
from serving import served

pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
PAPER = f"- [Tokens for small models](http://{HOST}/tokens.pdf)\n"
CAPTION = "Figure 1: Loss by the number of training tokens, on one laptop."


def paper() -> bytes:
    lines = column(["Tokens for small models"], 72, 720, size=18)
    lines += column(smallweb.PAPER, 72, 640) + column([CAPTION], 72, 500)
    return pdf([lines + column(smallweb.PAPER, 72, 460)])


def source_of(page: Any, title: str) -> str:
    """Return the id of a source."""
    rows = page.evaluate("fetch('sources').then((got) => got.json())")
    return str(next(row["id"] for row in rows if title in row["title"]))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = smallweb.make_library(tmp_path_factory.mktemp("figures"))
    (folder / "config" / "lists" / "small.md").write_text(LIST + PAPER, "utf-8")
    text = smallweb.article("The lamp of the lighthouse", smallweb.LIGHTHOUSE)
    figure = (
        "<p>{}</p><figure><img src=/img/lamp.png alt=Stripes>"
        "<figcaption>The lamp as it was in 1902</figcaption></figure>"
    )
    first = smallweb.LIGHTHOUSE.strip().splitlines()[0]
    text = text.replace(f"<p>{first}</p>", figure.format(first))
    text = text.replace("</article>", "<img src=/img/gone.png></article>")
    with fakeweb.serve() as web:
        web.pages |= {
            f"{HOST}/lamp": page(text),
            f"{HOST}/img/lamp.png": page(IMAGE, "image/png"),
            f"{HOST}/img/gone.png": status(404),
            f"{HOST}/tokens.pdf": page(paper(), "application/pdf"),
        }
        litsearch(folder, "build", web=web)
    with served(folder) as address:
        yield f"{address}/"
    shutil.rmtree(folder)


def test_images_stand_at_their_places_with_their_captions(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit("?view=library")
    source = source_of(page, "lamp")
    page.goto(page.url.partition("?")[0] + f"?view=read&id={source}")
    page.wait_for_selector(".reader figure img")
    figures = page.locator(".reader figure")
    assert figures.count() == 1  # the one that was gone is not missed
    image = figures.locator("img")
    page.wait_for_function("document.querySelector('figure img').naturalWidth === 480")
    assert image.get_attribute("alt") == "Stripes"
    assert figures.locator("figcaption").inner_text() == "The lamp as it was in 1902"
    before = page.evaluate("document.querySelector('figure').previousElementSibling.textContent")
    assert before.startswith("Caching keys and values")
    page.screenshot(path=str(tmp_path / "figures.png"), full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    box = image.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390


def test_the_caption_of_a_pdf_leads_to_its_page(visit: Callable[..., Any]) -> None:
    page = visit("?view=library")
    source = source_of(page, "Tokens")
    page.goto(page.url.partition("?")[0] + f"?view=read&id={source}")
    caption = page.locator(".reader .caption")
    assert CAPTION in caption.inner_text()
    page.route(
        "**/originals/*", lambda route: route.fulfill(body="%PDF", content_type="text/plain")
    )
    caption.get_by_role("button", name="See page 1").click()
    page.wait_for_selector(".reading.split iframe")
    assert f"originals/{source}#page=1" in page.locator("iframe").get_attribute("src")
