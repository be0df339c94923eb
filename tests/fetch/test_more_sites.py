"""Fetchers for videos, discussions, posts, documents and dead links, over a loopback web that plays
the sites.
"""

from __future__ import annotations

import json

import pytest
from fakeweb import page, redirect, status

from litsearch.errors import FetchError
from litsearch.fetch.sites import google_docs, hackernews, reddit, tweets, wayback
from litsearch.types import RawDocument
from litsearch.works.identity import key_of


@pytest.fixture
def get(proxied, downloader):
    """A real downloader that reaches https addresses of the fake web over http."""
    download = downloader(retries=0)

    def get(url):
        raw = download(url.replace("https://", "http://", 1))
        return RawDocument(
            raw.url.replace("http://", "https://", 1), raw.media_type, raw.body, raw.sha256
        )

    return get


def as_json(value):
    return page(json.dumps(value), "application/json")


def test_a_discussion_is_one_page_in_reading_order(proxied, get):
    deep = {"author": "z", "text": "deepest", "children": []}
    for _ in range(300):
        deep = {"author": "y", "text": None, "children": [deep]}
    proxied.pages["hn.algolia.com/api/v1/items/123"] = as_json(
        {
            "title": "A <story>",
            "author": "a",
            "text": "<p>first</p>",
            "children": [
                {"author": "b", "text": "second", "children": [deep]},
                {"author": "c", "text": "last", "children": None},
            ],
        }
    )
    assert hackernews.accepts("https://news.ycombinator.com/item?id=123")
    raw = hackernews.fetch("https://news.ycombinator.com/item?id=123", get)
    text = raw.body.decode()
    assert (raw.media_type, raw.url) == ("text/html", "https://news.ycombinator.com/item?id=123")
    assert "<h1>A &lt;story&gt;</h1>" in text
    places = [text.index(word) for word in ("first", "second", "deepest", "last")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "answer", [status(404), status(503), page("no json"), as_json([]), as_json({"children": 3})]
)
def test_a_discussion_that_the_api_has_not_is_its_page(proxied, get, answer):
    proxied.pages |= {
        "hn.algolia.com/api/v1/items/123": answer,
        "news.ycombinator.com/item?id=123": page("the page"),
    }
    assert hackernews.fetch("https://news.ycombinator.com/item?id=123", get).body == b"the page"


THREAD = "www.reddit.com/comments/1abcd2e.json?raw_json=1&limit=500"


def comment(author, text, *answers):
    replies = {"kind": "Listing", "data": {"children": list(answers)}} if answers else ""
    return {
        "kind": "t1",
        "data": {"author": author, "body_html": f"<p>{text}</p>", "replies": replies},
    }


def thread(title, text, *comments):
    post = {"title": title, "author": "op", "selftext_html": text and f"<p>{text}</p>"}
    more = {"kind": "more", "data": {"children": ["x1", "x2"]}}
    return as_json(
        [{"data": {"children": [{"data": post}]}}, {"data": {"children": [*comments, more]}}]
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.reddit.com/r/MachineLearning/comments/1abcd2e/some_words/",
        "https://old.reddit.com/r/MachineLearning/comments/1abcd2e/some_words/?sort=top",
        "https://np.reddit.com/r/MachineLearning/comments/1abcd2e",
        "https://new.reddit.com/r/MachineLearning/comments/1abcd2e/some_words/.json",
        "https://www.reddit.com/comments/1abcd2e.json",
        "https://reddit.com/comments/1abcd2e/",
        "https://redd.it/1abcd2e",
    ],
)
def test_a_thread_is_one_page_in_reading_order(proxied, get, url):
    answers = comment("b", "second", comment("c", "third", comment("d", "fourth")))
    proxied.pages[THREAD] = thread("A <thread>", "first", answers, comment("e", "fifth"))
    assert reddit.accepts(url)
    raw = reddit.fetch(url, get)
    text = raw.body.decode()
    assert (raw.media_type, raw.url) == ("text/html", "https://www.reddit.com/comments/1abcd2e")
    assert key_of(raw.url) == key_of(url)
    assert "<h1>A &lt;thread&gt;</h1>" in text
    places = [text.index(word) for word in ("first", "second", "third", "fourth", "fifth")]
    assert places == sorted(places)


def test_a_comment_is_asked_for_by_itself(proxied, get):
    proxied.pages["www.reddit.com/comments/1abcd2e/_/kb1zzzz.json?raw_json=1&limit=500"] = thread(
        "T", "", comment("b", "the comment")
    )
    url = "https://www.reddit.com/r/a/comments/1abcd2e/slug/kb1zzzz/"
    raw = reddit.fetch(url, get)
    assert b"the comment" in raw.body
    assert key_of(raw.url) == key_of(url)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (status(403), "blocked"),
        (status(429), "blocked"),
        (page("<html>whoa there, pardner"), "blocked"),
        (as_json({"reason": "private"}), "blocked"),
        (as_json([1, 2]), "blocked"),
        (status(404), "dead"),
    ],
)
def test_a_thread_that_is_not_to_be_had_says_so(proxied, get, answer, verdict):
    proxied.pages[THREAD] = answer
    with pytest.raises(FetchError) as caught:
        reddit.fetch("https://redd.it/1abcd2e", get)
    assert caught.value.status == verdict
    assert caught.value.hint


def test_reddit_may_want_no_programs(proxied, get):
    proxied.pages |= {
        "www.reddit.com/robots.txt": page("User-agent: *\nDisallow: /", "text/plain"),
        THREAD: thread("T", "x"),
    }
    with pytest.raises(FetchError, match="lets no programs") as caught:
        reddit.fetch("https://redd.it/1abcd2e", get)
    assert caught.value.status == "blocked"
    assert proxied.asked() == []


def test_a_post_is_what_its_embedding_says(proxied, get):
    address = "https%3A%2F%2Ftwitter.com%2Fsome%2Fstatus%2F12"
    proxied.pages[f"publish.twitter.com/oembed?url={address}&omit_script=1&dnt=1"] = as_json(
        {"author_name": "Some <One>", "html": "<blockquote><p>Words.</p></blockquote>"}
    )
    raw = tweets.fetch("https://x.com/some/status/12?s=20", get)
    assert raw.url == "https://x.com/some/status/12"
    assert b"<p>Words.</p>" in raw.body
    assert b"Some &lt;One&gt;" in raw.body


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(status(404), "dead"), (status(403), "blocked"), (page("[]"), "blocked")],
)
def test_a_post_that_may_not_be_embedded(proxied, get, answer, verdict):
    address = "https%3A%2F%2Ftwitter.com%2Fsome%2Fstatus%2F12"
    proxied.pages[f"publish.twitter.com/oembed?url={address}&omit_script=1&dnt=1"] = answer
    with pytest.raises(FetchError) as caught:
        tweets.fetch("https://twitter.com/some/status/12", get)
    assert caught.value.status == verdict
    assert not tweets.accepts("https://x.com/some")


@pytest.mark.parametrize(
    ("url", "export"),
    [
        (
            "https://docs.google.com/document/d/1AbCdEfGh/edit?usp=x",
            "docs.google.com/document/d/1AbCdEfGh/export?format=html",
        ),
        (
            "https://docs.google.com/presentation/d/1AbCdEfGh",
            "docs.google.com/presentation/d/1AbCdEfGh/export/pdf",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1AbCdEfGh/",
            "docs.google.com/spreadsheets/d/1AbCdEfGh/export?format=csv",
        ),
        (
            "https://drive.google.com/file/d/1AbCdEfGh/view",
            "drive.google.com/uc?export=download&id=1AbCdEfGh",
        ),
        (
            "https://drive.google.com/open?id=1AbCdEfGh",
            "drive.google.com/uc?export=download&id=1AbCdEfGh",
        ),
    ],
)
def test_google_documents_are_exported(proxied, get, url, export):
    proxied.pages[export] = page("exported")
    assert google_docs.accepts(url)
    assert google_docs.fetch(url, get).body == b"exported"


def test_a_google_document_behind_a_login_is_blocked(proxied, get):
    proxied.pages |= {
        "docs.google.com/document/d/1AbCdEfGh/export?format=html": redirect(
            "http://accounts.google.com/login"
        ),
        "accounts.google.com/login": page("log in"),
    }
    with pytest.raises(FetchError) as caught:
        google_docs.fetch("https://docs.google.com/document/d/1AbCdEfGh/edit", get)
    assert caught.value.status == "blocked"


def test_a_dead_page_may_have_a_copy(proxied, get):
    proxied.pages |= {
        "archive.org/wayback/available?url=https%3A%2F%2Fgone.example%2Fa%3Fb%3D1": as_json(
            {
                "archived_snapshots": {
                    "closest": {
                        "url": "http://web.archive.org/web/20200102/https://gone.example/a?b=1"
                    }
                }
            }
        ),
        "web.archive.org/web/20200102id_/https://gone.example/a?b=1": page("the copy"),
    }
    raw = wayback.fetch("https://gone.example/a?b=1", get)
    assert raw.body == b"the copy"
    assert raw.url == "https://web.archive.org/web/20200102/https://gone.example/a?b=1"


@pytest.mark.parametrize(
    "answer",
    [
        {"archived_snapshots": {}},
        [],
        {"archived_snapshots": {"closest": {"url": "http://evil.example/"}}},
        "x",
        None,
    ],
)
def test_a_dead_page_without_copy_stays_dead(proxied, get, answer):
    proxied.pages["archive.org/wayback/available?url=https%3A%2F%2Fgone.example%2F"] = as_json(
        answer
    )
    with pytest.raises(FetchError) as caught:
        wayback.fetch("https://gone.example/", get)
    assert caught.value.status == "dead"
    assert not wayback.accepts("https://web.archive.org/web/2020/https://gone.example/")


@pytest.mark.parametrize("module", [google_docs, hackernews, reddit, tweets, wayback])
def test_other_addresses_are_declined(module):
    assert not module.accepts("mailto:someone@example.com")
    if module is not wayback:
        assert not module.accepts("https://example.com/watch?v=AbCdEfGhIjK")
        with pytest.raises(FetchError):
            module.fetch("https://example.com/", None)
