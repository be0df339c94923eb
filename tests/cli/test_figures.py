"""A library with an illustrated article: its images are kept, shown, carried and collected."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import fakeweb
import httpx
import pytest
import smallweb
from conftest import Shelf, litsearch
from extract.test_office import illustrated
from fakeweb import page, status
from serving import served

pytestmark = pytest.mark.slow
HOST = "lamp.reading.example"
LIST = f"# Lamps\n\n- [The lamp of the lighthouse](http://{HOST}/lamp)\n"


def png(width: int, height: int) -> bytes:
    """An image of stripes."""
    lines = b""
    for y in range(height):
        shade = 255 if y // 12 % 2 else 70
        lines += b"\0" + bytes((shade, 120, 160)) * width

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(lines, 0)  # as large as an image is
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


IMAGE = png(480, 240)


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = smallweb.make_library(tmp_path_factory.mktemp("lamps"))
    (folder / "config" / "lists" / "small.md").write_text(LIST, "utf-8")
    text = smallweb.article("The lamp of the lighthouse", smallweb.LIGHTHOUSE)
    figure = "<figure><img src='/img/{}' alt='Stripes'><figcaption>{}</figcaption></figure></p>"
    text = text.replace("</p>", figure.format("lamp.png", "The lamp as it was in 1902"), 1)
    text = text.replace("</article>", "<img src='/img/gone.png'><img src=x.svg></article>")
    with fakeweb.serve() as web:
        web.pages |= {
            f"{HOST}/lamp": page(text, etag='"1"'),
            f"{HOST}/img/lamp.png": page(IMAGE, "image/png"),
            f"{HOST}/img/gone.png": status(404),
        }
        litsearch(folder, "build", web=web)
        yield Shelf(folder, web, {})


def figures(folder: Path) -> list[dict[str, object]]:
    with served(folder) as base:
        (source,) = httpx.get(f"{base}/sources", trust_env=False).json()
        found = httpx.get(f"{base}/figures/{source['id']}", trust_env=False).json()
    shown: list[dict[str, object]] = found["figures"]
    return shown


def test_the_service_gives_them_from_its_own_address(lamps: Shelf) -> None:
    with served(lamps.folder) as base, httpx.Client(base_url=base, trust_env=False) as to:
        (source,) = to.get("/sources").json()
        document = to.get(f"/documents/{source['id']}").json()
        (figure,) = to.get(f"/figures/{source['id']}").json()["figures"]
        assert document["text"][figure["at"] :].startswith("The lamp as it was")
        assert figure["alt"] == "Stripes"
        got = to.get(f"/figures/{source['id']}/{figure['number']}")
        assert got.content == IMAGE
        assert got.headers["content-type"] == "image/png"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert "default-src 'none'" in got.headers["content-security-policy"]
        for number in (1, 2, 99):
            assert to.get(f"/figures/{source['id']}/{number}").status_code == 404
        assert to.get("/figures/nothing").status_code == 404


def test_a_build_asks_for_an_image_once(lamps: Shelf) -> None:
    asked = lamps.web.asked().count(f"http://{HOST}/img/lamp.png")
    lamps.run("build")
    lamps.run("build", "--full")
    assert lamps.web.asked().count(f"http://{HOST}/img/lamp.png") == asked == 1


def test_without_network_and_after_collection_they_are_there(lamps: Shelf) -> None:
    lamps.run("gc")
    litsearch(lamps.folder, "build", "--full", "--offline")
    assert len(figures(lamps.folder)) == 1


def test_a_bundle_carries_them(lamps: Shelf, tmp_path: Path) -> None:
    lamps.run("bundle", "export", str(tmp_path / "lamps.zip"))
    litsearch(tmp_path / "other", "bundle", "import", str(tmp_path / "lamps.zip"))
    assert len(figures(tmp_path / "other")) == 1


@pytest.mark.parametrize("where", ["http://books.reading.example/lamps.epub", "file:lamps.epub"])
def test_images_of_a_book_come_out_of_the_book(tmp_path: Path, where: str) -> None:
    book = illustrated("../lamp.png", **{"OEBPS/lamp.png": IMAGE, "OEBPS/other.png": IMAGE[:-9]})
    folder = smallweb.make_library(tmp_path / "books")
    lists = folder / "config" / "lists"
    (lists / "small.md").write_text(f"# Books\n\n- [The Old Lighthouse]({where})\n", "utf-8")
    (lists / "lamps.epub").write_bytes(book)
    with fakeweb.serve() as web:
        web.pages["books.reading.example/lamps.epub"] = page(book, "application/epub+zip")
        litsearch(folder, "build", web=web)
        assert not [url for url in web.asked() if url.endswith(".png")]
    with served(folder) as base, httpx.Client(base_url=base, trust_env=False) as to:
        (source,) = to.get("/sources").json()
        assert source["status"] == "indexed"
        (figure,) = to.get(f"/figures/{source['id']}").json()["figures"]
        assert figure["alt"] == "The lamp"
        got = to.get(f"/figures/{source['id']}/{figure['number']}")
        assert (got.content, got.headers["content-type"]) == (IMAGE, "image/png")
