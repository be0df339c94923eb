"""Which work a page turned out to be, once it was fetched."""

from __future__ import annotations

import pytest
from fakeweb import page, redirect

from litsearch.errors import FetchError
from litsearch.fetch.sites import web as web_pages
from litsearch.types import Entry, RawDocument
from litsearch.works.identity import reunited, unite, works_of


def sources(*urls):
    return unite(Entry("list.md", n, f"A work of number {n}", url) for n, url in enumerate(urls, 1))


def works(listed, final, head=""):
    (source,) = sources(listed)
    return works_of(
        source, RawDocument(final, "text/html", f"<html><head>{head}</head>".encode(), "")
    )


def canonical(url):
    return f'<LINK href="{url}" rel="canonical" >'


@pytest.mark.parametrize(
    ("final", "head", "expected"),
    [
        ("https://a.example/story", "", ("a.example/story", "")),
        ("https://www.a.example/story/?utm_source=x", "", ("a.example/story", "")),
        ("https://b.example/2024/story", "", ("b.example/2024/story", "")),
        (
            "https://a.example/story",
            canonical("https://b.example/2024/story"),
            ("a.example/story", "b.example/2024/story"),
        ),
        (
            "https://a.example/story",
            canonical("/2024/story"),
            ("a.example/story", "a.example/2024/story"),
        ),
        ("https://a.example/story", canonical("https://a.example/"), ("a.example/story", "")),
        ("https://a.example/story", canonical("javascript:alert(1)"), ("a.example/story", "")),
        ("https://a.example/story", canonical("http://["), ("a.example/story", "")),
        ("https://a.example/story", "<link rel=canonical>", ("a.example/story", "")),
        ("https://b.example/", "", ("", "")),
        ("https://arxiv.org/pdf/2001.00001v2", "", ("arxiv:2001.00001", "")),
    ],
)
def test_the_keys_of_a_page(final, head, expected):
    assert works("https://a.example/story", final, head) == expected


def test_a_front_page_that_is_listed_is_itself():
    assert (
        works("https://a.example", "https://www.a.example/", canonical("https://a.example/"))
        == ("a.example",) * 2
    )


def test_what_an_earlier_build_united_stays_one():
    one, two, three = sources("https://a.example/1", "https://b.example/2", "https://c.example/3")
    known = [one.merge([three]), two]
    again = reunited((one, two, three), known)
    assert again == (one.merge([three]), two)
    assert again[0].aliases == ("https://a.example/1", "https://c.example/3")
    assert reunited((three, two, one), known)[0].source_id == one.source_id
    assert reunited((three, two), known) == (three, two)
    assert reunited((one, two, three), ()) == (one, two, three)


def test_works_without_a_link_stay_united_too():
    titled, linked = unite(
        [Entry("l", 1, "Lamps", authors=("A B",)), Entry("l", 2, "Other", "https://a.example/1")]
    )
    assert len(reunited((titled, linked), [linked.merge([titled])])) == 1


@pytest.mark.parametrize("path", ["/2019/05/story", "/what-the-lamp-saw"])
def test_an_article_that_leads_to_the_front_page_is_gone(web, downloader, path):
    web.pages |= {path: redirect("/"), "/": page("<p>Welcome")}
    with pytest.raises(FetchError) as caught:
        web_pages.fetch(web.at(path), downloader())
    assert caught.value.status == "dead"


def test_a_start_page_may_lead_to_the_front_page(web, downloader):
    web.pages |= {"/en/home": redirect("/"), "/": page("<p>Welcome")}
    assert web_pages.fetch(web.at("/en/home"), downloader()).body == b"<p>Welcome"
