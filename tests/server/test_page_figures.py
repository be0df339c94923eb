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
from fakeweb import page, status
from server.browser import IN_BROWSER
from serving import served

pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = smallweb.make_library(tmp_path_factory.mktemp("figures"))
    (folder / "config" / "lists" / "small.md").write_text(LIST, "utf-8")
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
        }
        litsearch(folder, "build", web=web)
    with served(folder) as address:
        yield f"{address}/"
    shutil.rmtree(folder)


def test_images_stand_at_their_places_with_their_captions(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit("?view=library")
    source = page.evaluate("fetch('sources').then((got) => got.json()).then((all) => all[0])")
    page.goto(page.url.partition("?")[0] + f"?view=read&id={source['id']}")
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
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
