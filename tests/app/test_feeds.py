"""Feeds on request: the newest posts of one, or of all that a file of subscriptions names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fakeweb
import pytest

from litsearch.app import adding
from litsearch.config import Config, FetchConfig
from litsearch.errors import ListError
from litsearch.lists import markdown

ITEM = "<item><title>{0}</title><link>{1}/{0}</link><pubDate>{2} Jan 2024 10:00:00 GMT</pubDate></item>"
CONFIG = Config(fetch=FetchConfig(allow_private=True))


def feed_of(web: fakeweb.Web, days: dict[str, int]) -> str:
    items = "".join(ITEM.format(name, web.base, f"{day:02}") for name, day in days.items())
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tide Talk</title>{items}</channel></rss>'


@pytest.fixture
def web() -> Iterator[fakeweb.Web]:
    with fakeweb.serve() as served:
        yield served


@pytest.fixture
def library(tmp_path: Path) -> Path:
    adding.make_library(tmp_path / "library")
    return tmp_path / "library"


def titles(library: Path) -> list[str]:
    path = library / "config" / "lists" / "feeds.md"
    return [entry.title for entry in markdown.parse(path.read_text("utf-8"), "feeds.md")]


def take(library: Path, thing: str, newest: int) -> list[adding.Taken]:
    return list(adding.add_newest(library, CONFIG, thing, Path(thing), newest, ""))


def test_the_newest_posts_become_works_and_none_twice(library: Path, web: fakeweb.Web) -> None:
    web.pages["/feed"] = fakeweb.page(feed_of(web, {"Ebb": 1, "Neap": 3, "Flow": 2}))
    (first,) = take(library, web.at("/feed"), 2)
    assert ([entry.title for entry in first.entries], first.title) == (
        ["Flow", "Neap"],
        "Tide Talk",
    )
    (again,) = take(library, web.at("/feed"), 3)
    assert [entry.title for entry in again.entries] == ["Ebb"]
    assert titles(library) == ["Flow", "Neap", "Ebb"]


def test_the_feed_that_a_page_names_is_read(library: Path, web: fakeweb.Web) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    web.pages["/"] = fakeweb.page(f"<html><head>{link}</head><body>a blog</body></html>")
    web.pages["/feed"] = fakeweb.page(feed_of(web, {"Ebb": 1}))
    take(library, web.at("/"), 5)
    assert titles(library) == ["Ebb"]


def test_a_feed_that_is_gone_costs_itself(library: Path, web: fakeweb.Web, tmp_path: Path) -> None:
    web.pages["/feed"] = fakeweb.page(feed_of(web, {"Ebb": 1}))
    outlines = "".join(f'<outline xmlUrl="{web.at(path)}"/>' for path in ("/gone", "/feed"))
    (tmp_path / "subs.opml").write_text(f'<opml version="1.0"><body>{outlines}</body></opml>')
    gone, feed = take(library, str(tmp_path / "subs.opml"), 5)
    assert "404" in gone.problem
    assert [entry.title for entry in feed.entries] == ["Ebb"]


def test_a_file_that_names_no_feed_is_refused(library: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("- [Ebb](https://a.example)\n")
    with pytest.raises(ListError, match="names no feed"):
        take(library, str(tmp_path / "notes.md"), 5)
