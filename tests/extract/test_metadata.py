"""Title, authors and date, however a page says them."""

from __future__ import annotations

import pytest
from extract.pages import PROSE, extract, raw

BODY = "".join(f"<p>{text}</p>" for text in PROSE)


def page(
    head: str, body: str = "", url: str = "https://example.org/page"
) -> tuple[str | None, tuple[str, ...], str | None]:
    """(title, authors, published) of a page."""
    found = extract(
        raw(f"<html><head>{head}</head><body>{body}<div>{BODY}</div></body></html>", url=url)
    )
    return found.title, found.authors, found.published


def data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


TITLES = {
    "title element": ("<title>On Lamps</title>", "", "On Lamps"),
    "h1 only": ("", "<h1>On Lamps</h1>", "On Lamps"),
    "h1 in the title": ("<title>On Lamps | Harbour News</title>", "<h1>On Lamps</h1>", "On Lamps"),
    "site name in og:site_name": (
        "<title>On Lamps and their oil - Sea News</title><meta property='og:site_name' content='Sea News'>",
        "",
        "On Lamps and their oil",
    ),
    "site first": (
        "<title>Harbour News: On Lamps</title><meta property='og:title' content='On Lamps'>",
        "",
        "On Lamps",
    ),
    "JSON-LD headline": (
        data('{"@type":"BlogPosting","headline":"On Lamps"}') + "<title>x | y</title>",
        "",
        "On Lamps",
    ),
    "JSON-LD in a graph": (
        data(
            '{"@graph":[{"@type":"WebSite","name":"N"},{"@type":"NewsArticle","headline":"On Lamps"}]}'
        ),
        "",
        "On Lamps",
    ),
    "citation_title": (
        "<meta name='citation_title' content='On Lamps'><title>PDF viewer</title>",
        "",
        "On Lamps",
    ),
    "Dublin Core": ("<meta name='DC.title' content='On Lamps'>", "", "On Lamps"),
    "permalink in the heading": (
        "<title>On Lamps — lamps 2.1 documentation</title>",
        "<h1>On Lamps<a class='headerlink' href='#on-lamps'>¶</a></h1>",
        "On Lamps",
    ),
    "the site's h1, the article's h3": (
        "<title>The Keeper: On Lamps</title><meta property='og:title' content='On Lamps'>",
        "<header><h1>The Keeper</h1></header><h3>On Lamps</h3>",
        "On Lamps",
    ),
    "the site's h1, the article's h2": (
        "<title>On Lamps - Keepers' Board</title>",
        "<div role='banner'><h1>Keepers' Board</h1></div><h2>On Lamps</h2>",
        "On Lamps",
    ),
    "the site's h1 and no other": (
        "<title>The Keeper: On Lamps</title><meta property='og:title' content='On Lamps'>",
        "<header><h1>The Keeper</h1></header>",
        "On Lamps",
    ),
    "hero heading": (
        "<title>On Lamps</title>",
        "<header class='masthead'><h1>On Lamps</h1></header>",
        "On Lamps",
    ),
    "file name": ("<title>lamp_fit</title>", "<h1>Fitting a lamp</h1>", "Fitting a lamp"),
    "entities": (
        "<title>Lamps &amp; Oil &#8211; Harbour News</title>",
        "<h1>Lamps &amp; Oil</h1>",
        "Lamps & Oil",
    ),
    "a formula in the heading": (
        "<title>Lamps</title>",
        "<h1>Lamps of <math alttext='n^2'><mi>n</mi></math></h1>",
        "Lamps",
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_titles(name: str) -> None:
    head, body, title = TITLES[name]
    assert page(head, body)[0] == title


ADA, BOTH = ("Ada Byron",), ("Ada Byron", "Mary Shelley")
AUTHORS = {
    "meta": ("<meta name='author' content='Ada Byron'>", "", ADA),
    "citation_author": (
        "<meta name='citation_author' content='Byron, Ada'><meta name='citation_author' content='Shelley, Mary'>",
        "",
        BOTH,
    ),
    "JSON-LD person": (
        data('{"@type":"Article","author":{"@type":"Person","name":"Ada Byron"}}'),
        "",
        ADA,
    ),
    "JSON-LD list": (
        data('{"@type":"Article","author":[{"name":"Ada Byron"},{"name":"Mary Shelley"}]}'),
        "",
        BOTH,
    ),
    "JSON-LD string": (data('{"@type":"Article","author":"Ada Byron"}'), "", ADA),
    "Dublin Core": ("<meta name='dc.creator' content='Ada Byron'>", "", ADA),
    "rel=author": ("", "<p>By <a rel='author' href='/ada'>Ada Byron</a></p>", ADA),
    "itemprop": ("", "<span itemprop='author'>Ada Byron</span>", ADA),
    "itemprop with a name inside": (
        "",
        "<div itemprop='author'><b itemprop='name'>Ada Byron</b> <i>12.3k points</i></div>",
        ADA,
    ),
    "byline": ("", "<p class='byline'>By Ada Byron and Mary Shelley</p>", BOTH),
    "author class": ("", "<span class='post-author'>Ada Byron</span>", ADA),
    "h-card": ("", "<a class='p-author h-card'>Ada Byron</a>", ADA),
    "an address": ("<meta name='author' content='https://example.org/ada'>", "", ()),
    "a role": ("<meta name='author' content='admin'>", "", ()),
    "words in a byline": ("", "<p class='byline'>posted in lamps 3 min read</p>", ()),
    "an account": ("", "<p class='author'>lampkeeper99</p>", ()),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_authors(name: str) -> None:
    head, body, authors = AUTHORS[name]
    assert page(head, body)[1] == authors


DATES = {
    "article:published_time": (
        "<meta property='article:published_time' content='2021-03-04T23:30:00-08:00'>",
        "",
    ),
    "citation_publication_date": (
        "<meta name='citation_publication_date' content='2021/03/04'>",
        "",
    ),
    "dcterms": ("<meta name='dcterms.date' content='2021-03-04'>", ""),
    "JSON-LD": (data('{"@type":"Article","datePublished":"2021-03-04"}'), ""),
    "itemprop": ("", "<time itemprop='datePublished' datetime='2021-03-04'>yesterday</time>"),
    "time": ("", "<time datetime='2021-03-04T10:00'>Mar 4</time>"),
    "published before updated": (
        "",
        "<time datetime='2022-01-01'></time><time class='published' datetime='2021-03-04'></time>",
    ),
    "American words": ("", "<p class='post-meta'>March 4, 2021 · 5 min read</p>"),
    "British words": ("", "<span class='date'>4th March 2021</span>"),
    "short month": ("", "<span class='date'>Thu, 4 Mar 2021</span>"),
    "abbreviated, with a stop": ("", "<div class='byline'>Ada Byron, Mar. 4, 2021</div>"),
}


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str) -> None:
    head, body = DATES[name]
    assert page(head, body)[2] == "2021-03-04"


def test_dates_that_are_none() -> None:
    assert page("", "<p>The lamp of March 4, 2021 was lit.</p>")[2] is None
    assert page("", "<p class='date'>2021</p>")[2] is None
    assert page("", "", "https://example.org/2021/03/lamps")[2] == "2021-03"
