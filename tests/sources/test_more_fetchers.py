"""Fetchers for videos, discussions, posts, documents and dead links, over a loopback web that plays the sites."""

from __future__ import annotations

import json

import pytest
from fakeweb import page, redirect, status

from litsearch.errors import FetchError
from litsearch.sources.fetchers import google_docs, hackernews, tweets, wayback, youtube
from litsearch.types import RawDocument


@pytest.fixture
def get(proxied, downloader):
    """A real downloader that reaches https addresses of the fake web over http."""
    download = downloader(retries=0)

    def get(url):
        raw = download(url.replace("https://", "http://", 1))
        return RawDocument(raw.url.replace("http://", "https://", 1), raw.media_type, raw.body, raw.sha256)

    return get


def as_json(value):
    return page(json.dumps(value), "application/json")


WATCH = "www.youtube.com/watch?v=AbCdEfGhIjK"
LONG = "A description of some length. " * 10


def watch_page(description=LONG, tracks=(), **more):
    player = {
        "playabilityStatus": {"status": "OK"},
        "videoDetails": {"title": "A talk", "shortDescription": description},
        "captions": {"playerCaptionsTracklistRenderer": {"captionTracks": list(tracks)}},
        **more,
    }
    return page(f"<html><script>var ytInitialPlayerResponse = {json.dumps(player)};var x = 1;</script></html>")


def track(path, language="en", **more):
    return {"baseUrl": f"https://www.youtube.com/api/timedtext?v={path}", "languageCode": language, **more}


def captions(*words):
    return as_json(
        {"events": [{"tStartMs": n * 1500, "segs": [{"utf8": word}]} for n, word in enumerate(words)] + [{}]}
    )


@pytest.mark.parametrize("url", ["https://youtu.be/AbCdEfGhIjK?t=1", "https://www.youtube.com/watch?v=AbCdEfGhIjK"])
def test_a_video_is_its_description_and_captions(proxied, get, url):
    proxied.pages |= {
        WATCH: watch_page(tracks=[track("auto", kind="asr"), track("de", "de"), track("en")]),
        "www.youtube.com/api/timedtext?v=en&fmt=json3": captions("Hello", "world"),
    }
    assert youtube.accepts(url)
    raw = youtube.fetch(url, get)
    said = json.loads(raw.body)
    assert (raw.media_type, raw.url) == (youtube.MEDIA_TYPE, "https://" + WATCH)
    assert (said["title"], said["language"]) == ("A talk", "en")
    assert said["segments"] == [
        {"start": 0.0, "text": LONG},
        {"start": 0.0, "text": "Hello"},
        {"start": 1.5, "text": "world"},
    ]


def test_a_video_without_readable_captions_is_its_description(proxied, get):
    for refused in (status(403), page("not json"), as_json([1]), as_json({"events": [1]})):
        proxied.pages |= {
            WATCH: watch_page(tracks=[track("en")]),
            "www.youtube.com/api/timedtext?v=en&fmt=json3": refused,
        }
        assert [s["text"] for s in json.loads(youtube.fetch("https://youtu.be/AbCdEfGhIjK", get).body)["segments"]] == [
            LONG
        ]


def test_captions_that_fail_for_the_moment_are_not_left_out(proxied, get):
    proxied.pages |= {
        WATCH: watch_page(tracks=[track("en")]),
        "www.youtube.com/api/timedtext?v=en&fmt=json3": status(503),
    }
    with pytest.raises(FetchError) as caught:
        youtube.fetch("https://youtu.be/AbCdEfGhIjK", get)
    assert caught.value.transient


@pytest.mark.parametrize(
    ("served", "verdict"),
    [
        (watch_page(description="short"), "blocked"),
        (watch_page(playabilityStatus={"status": "ERROR"}), "dead"),
        (watch_page(playabilityStatus={"status": "LOGIN_REQUIRED"}), "blocked"),
        (watch_page(videoDetails=None), "blocked"),
        (watch_page(playabilityStatus=[1], videoDetails="x"), "blocked"),
        (page("<html>before you continue"), "blocked"),
        (page("ytInitialPlayerResponse = {broken"), "blocked"),
        (page("ytInitialPlayerResponse = " + "[" * 200_000), "blocked"),
        (status(404), "dead"),
    ],
)
def test_videos_that_give_nothing(proxied, get, served, verdict):
    proxied.pages[WATCH] = served
    with pytest.raises(FetchError) as caught:
        youtube.fetch("https://youtu.be/AbCdEfGhIjK", get)
    assert caught.value.status == verdict
    assert caught.value.hint


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


@pytest.mark.parametrize("answer", [status(404), status(503), page("no json"), as_json([]), as_json({"children": 3})])
def test_a_discussion_that_the_api_has_not_is_its_page(proxied, get, answer):
    proxied.pages |= {"hn.algolia.com/api/v1/items/123": answer, "news.ycombinator.com/item?id=123": page("the page")}
    assert hackernews.fetch("https://news.ycombinator.com/item?id=123", get).body == b"the page"


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
    ("answer", "verdict"), [(status(404), "dead"), (status(403), "blocked"), (page("[]"), "blocked")]
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
        ("https://docs.google.com/presentation/d/1AbCdEfGh", "docs.google.com/presentation/d/1AbCdEfGh/export/pdf"),
        (
            "https://docs.google.com/spreadsheets/d/1AbCdEfGh/",
            "docs.google.com/spreadsheets/d/1AbCdEfGh/export?format=csv",
        ),
        ("https://drive.google.com/file/d/1AbCdEfGh/view", "drive.google.com/uc?export=download&id=1AbCdEfGh"),
        ("https://drive.google.com/open?id=1AbCdEfGh", "drive.google.com/uc?export=download&id=1AbCdEfGh"),
    ],
)
def test_google_documents_are_exported(proxied, get, url, export):
    proxied.pages[export] = page("exported")
    assert google_docs.accepts(url)
    assert google_docs.fetch(url, get).body == b"exported"


def test_a_google_document_behind_a_login_is_blocked(proxied, get):
    proxied.pages |= {
        "docs.google.com/document/d/1AbCdEfGh/export?format=html": redirect("http://accounts.google.com/login"),
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
                    "closest": {"url": "http://web.archive.org/web/20200102/https://gone.example/a?b=1"}
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
    [{"archived_snapshots": {}}, [], {"archived_snapshots": {"closest": {"url": "http://evil.example/"}}}, "x", None],
)
def test_a_dead_page_without_copy_stays_dead(proxied, get, answer):
    proxied.pages["archive.org/wayback/available?url=https%3A%2F%2Fgone.example%2F"] = as_json(answer)
    with pytest.raises(FetchError) as caught:
        wayback.fetch("https://gone.example/", get)
    assert caught.value.status == "dead"
    assert not wayback.accepts("https://web.archive.org/web/2020/https://gone.example/")


@pytest.mark.parametrize("module", [google_docs, hackernews, tweets, wayback, youtube])
def test_other_addresses_are_declined(module):
    assert not module.accepts("mailto:someone@example.com")
    if module is not wayback:
        assert not module.accepts("https://example.com/watch?v=AbCdEfGhIjK")
        with pytest.raises(FetchError):
            module.fetch("https://example.com/", None)
