"""Images are fetched once, politely and guarded; one that fails costs itself alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fakeweb
import pytest
from fakeweb import page, status

from litsearch.app.figures import gather, image, image_type, kept
from litsearch.config import Config, FetchConfig
from litsearch.types import Figure

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>" + b" " * 2000


@pytest.fixture
def web() -> Iterator[fakeweb.Web]:
    with fakeweb.serve() as web:
        yield web


def config(**more: float) -> Config:
    return Config(fetch=FetchConfig(spacing=0.0, allow_private=True, **more))


def fetch(library: Path, addresses: list[str], **more: float) -> int:
    return gather(library, config(**more), addresses, lambda *_: None)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(9), "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavif", "image/avif"),
        (SVG, ""),
        (b"<html><script>", ""),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_only_images_that_hold_no_program_have_a_type(body: bytes, media_type: str) -> None:
    assert image_type(body) == media_type


def test_what_fails_costs_itself_alone(web: fakeweb.Web, tmp_path: Path) -> None:
    web.pages |= {
        "/a.png": page(PNG, "image/png"),
        "/gone.png": status(404),
        "/big.png": page(PNG + bytes(200_000), "image/png"),
        "/b.png": page(PNG[:-1], "image/png"),
    }
    names = ("/a.png", "/gone.png", "/big.png", "/b.png")
    figures: list[Figure] = [(0, web.at(name), "") for name in names]
    addresses = [*(url for _, url, _ in figures), "http://[broken/c.png"]
    assert fetch(tmp_path, addresses, figures=0.1) >= 4
    assert kept(tmp_path, figures) == [0, 3]
    assert image(tmp_path, web.at("/a.png")) == (PNG, "image/png")
    assert image(tmp_path, web.at("/gone.png")) is None

    asked = len(web.log)
    fetch(tmp_path, [web.at("/a.png"), web.at("/b.png")], figures=0.1)
    assert len(web.log) == asked  # an image that is there is not asked for again


def test_what_is_no_image_is_never_given(web: fakeweb.Web, tmp_path: Path) -> None:
    web.pages |= {
        "/a.png": page(SVG, "image/svg+xml"),
        "/b.png": page(b"<html>" + bytes(2000), "image/png"),
        "/dot.png": page(PNG[:60], "image/png"),
    }
    fetch(tmp_path, [web.at(name) for name in web.pages])
    assert [image(tmp_path, web.at(name)) for name in web.pages] == [None, None, None]


def test_a_host_that_gives_none_is_left_alone(web: fakeweb.Web, tmp_path: Path) -> None:
    fetch(tmp_path, [web.at(f"/{n}.png") for n in range(20)])
    assert len(web.asked()) == 3
    fetch(tmp_path, [web.at(f"/{n}.png") for n in range(20)])
    assert len(web.asked()) == 3  # nor asked again by the next build


def test_a_setting_turns_it_off(web: fakeweb.Web, tmp_path: Path) -> None:
    web.pages["/a.png"] = page(PNG, "image/png")
    assert fetch(tmp_path, [web.at("/a.png")], figures=0) == 0
    assert web.log == []


def test_addresses_within_a_private_network_are_refused(web: fakeweb.Web, tmp_path: Path) -> None:
    guarded = Config(fetch=FetchConfig(spacing=0.0))
    gather(tmp_path, guarded, [web.at("/a.png")], lambda *_: None)
    assert web.log == []
