"""Images of an article are named with their places; icons, placeholders and programs are not."""

from __future__ import annotations

import pytest
from extract.pages import article, extract, raw

from litsearch.types import Document

URL = "https://example.org/posts/lamp.html"


def read(inside: str) -> Document:
    return extract(raw(article(inside), url=URL))


def addresses(inside: str) -> list[str]:
    return [url for _, url, _ in read(inside).figures]


def test_an_image_stands_before_its_caption() -> None:
    inside = (
        "<figure><img src='../img/lamp.jpg' alt='The lamp'>"
        "<figcaption>The lamp in 1902</figcaption></figure>"
    )
    document = read(inside)
    ((at, url, alt),) = document.figures
    assert (url, alt) == ("https://example.org/img/lamp.jpg", "The lamp")
    assert document.text[at:].startswith("The lamp in 1902")


def test_an_image_within_a_paragraph_stands_behind_it() -> None:
    document = read("<p>Before the image <img src=a.png> and behind it.</p><p>The next one.</p>")
    assert document.text[document.figures[0][0] :].startswith("The next one.")


def test_the_last_image_stands_behind_the_text() -> None:
    document = read("<p>The last words of the keeper were few.</p><p><img src=z.png></p>")
    assert document.figures[-1][0] == len(document.text)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("<img src='data:image/gif;base64,R0' data-src='/a.jpg'>", "a.jpg"),
        ("<img srcset='/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w'>", "l.jpg"),
        ("<picture><source srcset='/p.webp 2x, /q.webp 1x'><img></picture>", "p.webp"),
        ("<img src='/wide,crop.jpg'>", "wide,crop.jpg"),
        ("<a href=/big><img src='/b.png' width=640 height=480></a>", "b.png"),
    ],
)
def test_the_image_itself_is_named(image: str, name: str) -> None:
    assert addresses(f"<p>{image}</p>") == [f"https://example.org/{name}"]


@pytest.mark.parametrize(
    "image",
    [
        "<img src=a.svg>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src=/icons/star.png>",
        "<img src=a.png class='avatar round'>",
        "<img src=a.png width=16 height=16>",
        "<img src=a.png width=600 height=1>",
        "<img src=a.png role=presentation>",
        "<img src='javascript:alert(1)'>",
        "<img src='file:///etc/passwd'>",
        "<img src='http://[broken/a.png'>",
        "<img>",
        "<div style='display:none'><img src=a.png></div>",
        "<div class='related-posts'><a href=/x><img src=a.png>Another one</a></div>",
    ],
)
def test_what_is_no_image_of_the_article_is_not_named(image: str) -> None:
    assert addresses(image) == []


def test_an_image_is_named_once_and_not_without_end() -> None:
    assert len(addresses("<img src=a.png>" * 3)) == 1
    assert len(addresses("".join(f"<p><img src={n}.png></p>" for n in range(99)))) == 40


def test_addresses_are_relative_to_the_base() -> None:
    page = article("<img src=a.png>").replace(
        "<head>", "<head><base href='https://cdn.example/x/'>"
    )
    assert extract(raw(page, url=URL)).figures[0][1] == "https://cdn.example/x/a.png"


def test_images_change_no_text() -> None:
    inside = "<p>The keeper wrote down the weather <img src=a.png> every evening of his life.</p>"
    assert read(inside).text == read(inside.replace("<img src=a.png>", "")).text
