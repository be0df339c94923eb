"""What is asked for again on later builds, and what may rest: editions that are missing, look-ups
in the archive.
"""

from __future__ import annotations

import json
import time

import pytest
from fakeweb import page, status

from litsearch.errors import FetchError
from litsearch.fetch.sites import Dispatcher, arxiv, wayback, web

PDF = b"%PDF-1.7 a paper"
DAY = 86_400


class Plain:
    """A fetcher whose https addresses are asked for over http, which the fake web can see."""

    def __init__(self, fetcher):
        self.accepts = fetcher.accepts
        self._fetcher = fetcher

    def fetch(self, url, get):
        return self._fetcher.fetch(url, lambda url: get(url.replace("https://", "http://")))


@pytest.fixture
def build(proxied, downloader):
    """One build of one address: what was asked for, and the document or the error."""

    def build(url):
        get, before = downloader(retries=0), len(proxied.asked())
        fetch = Dispatcher(get, [Plain(arxiv), web], [Plain(wayback)], get.rest)
        try:
            result = fetch(url)
        except FetchError as error:
            result = error
        return proxied.asked()[before:], result

    return build


def test_a_missing_edition_is_not_asked_for_at_every_build(proxied, build, cache):
    proxied.pages["arxiv.org/pdf/2401.00001"] = page(PDF, "application/pdf", etag='"1"')
    first, _ = build("http://arxiv.org/abs/2401.00001")
    assert first == ["http://arxiv.org/html/2401.00001", "http://arxiv.org/pdf/2401.00001"]
    second, raw = build("http://arxiv.org/abs/2401.00001")
    assert second == first[1:]
    assert "if-none-match" in proxied.log[-1].headers
    assert raw.body == PDF
    waits = []
    for _ in range(3):
        waits.append(cache.find(first[0]).next_try - time.time())
        cache.rest(first[0], 0.0)  # its time has come
        assert build("http://arxiv.org/abs/2401.00001")[0] == first
    assert 2 * DAY < waits[0] < waits[1] < waits[2] < 31 * DAY
    proxied.pages["arxiv.org/html/2401.00001"] = page("<p>html")
    cache.rest(first[0], 0.0)
    assert build("http://arxiv.org/abs/2401.00001")[1].body == b"<p>html"


def test_all_editions_are_asked_for_again_when_none_was_there(proxied, build):
    asked, error = build("http://arxiv.org/abs/2401.00001")
    assert isinstance(error, FetchError)
    proxied.pages["arxiv.org/html/2401.00001"] = page("<p>html")
    again, raw = build("http://arxiv.org/abs/2401.00001")
    assert again == asked[:1]
    assert raw.body == b"<p>html"


def lookup(found):
    snapshot = (
        {"closest": {"url": "http://web.archive.org/web/20200101000000/http://gone.example/a"}}
        if found
        else {}
    )
    return page(json.dumps({"archived_snapshots": snapshot}), "application/json")


QUESTION = "archive.org/wayback/available?url=http%3A%2F%2Fgone.example%2Fa"


@pytest.mark.parametrize("answer", [status(404), lookup(found=False)])
def test_the_archive_is_asked_once_for_a_page_that_is_gone(proxied, build, cache, answer):
    proxied.pages |= {"gone.example/a": status(404), QUESTION: answer}
    assert build("http://gone.example/a")[0] == ["http://gone.example/a", f"http://{QUESTION}"]
    waits = []
    for _ in range(2):
        asked, error = build("http://gone.example/a")
        assert asked == ["http://gone.example/a"]
        assert error.status == "dead"
        waits.append(cache.find(f"http://{QUESTION}").next_try - time.time())
        cache.rest("http://gone.example/a", 0.0)
        cache.rest(f"http://{QUESTION}", 0.0)
        assert build("http://gone.example/a")[0] == ["http://gone.example/a", f"http://{QUESTION}"]
        cache.rest("http://gone.example/a", 0.0)
    assert 2 * DAY < waits[0] < waits[1] < 31 * DAY


def test_a_copy_is_kept_and_the_page_may_come_back(proxied, build):
    proxied.pages |= {
        "gone.example/a": status(404),
        QUESTION: lookup(found=True),
        "web.archive.org/web/20200101000000id_/http://gone.example/a": page("<p>old"),
    }
    assert (
        build("http://gone.example/a")[1].url
        == "https://web.archive.org/web/20200101000000/http://gone.example/a"
    )
    asked, raw = build("http://gone.example/a")
    assert asked == ["http://gone.example/a"]
    assert raw.body == b"<p>old"
    # the page itself is not asked for now: the copy serves
    assert build("http://gone.example/a")[1].body == b"<p>old"


def test_a_page_that_comes_back_is_seen_at_the_next_build(proxied, build):
    proxied.pages |= {"gone.example/a": status(404), QUESTION: lookup(found=False)}
    build("http://gone.example/a")
    proxied.pages["gone.example/a"] = page("<p>back")
    assert build("http://gone.example/a")[1].body == b"<p>back"


def test_an_archive_that_is_out_of_order_is_left_alone(proxied, downloader):
    get = downloader(retries=0)
    fetch = Dispatcher(get, [web], [Plain(wayback)], get.rest)
    for n in range(6):
        with pytest.raises(FetchError) as caught:
            fetch(f"http://gone{n}.example/a")
        assert caught.value.status == "dead"
    assert sum("archive.org" in url for url in proxied.asked()) == 3
