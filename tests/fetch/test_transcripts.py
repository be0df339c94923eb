"""Videos and what is said in them: the real library, driven over our own wire against a web that
plays YouTube.
"""

from __future__ import annotations

import json

import pytest
from fakeweb import page, status

from litsearch.errors import FetchError
from litsearch.fetch import captions as captions_module
from litsearch.fetch.api_client import Services
from litsearch.fetch.captions import captions
from litsearch.fetch.sites.youtube import MEDIA_TYPE, Transcripts, Videos
from litsearch.types import RawDocument

ID = "AbCdEfGhIjK"
WATCH = f"www.youtube.com/watch?v={ID}"
PLAYER = "www.youtube.com/youtubei/v1/player?key=AIzaTest"
LONG = "A description of some length. " * 10


def watch_page(description=LONG, **more):
    player = {
        "playabilityStatus": {"status": "OK"},
        "videoDetails": {"title": "A talk", "shortDescription": description},
        **more,
    }
    return page(
        f"<html><script>var ytInitialPlayerResponse = {json.dumps(player)};var x = 1;</script>"
        '<script>ytcfg.set({"INNERTUBE_API_KEY": "AIzaTest"})</script></html>'
    )


def track(path, language="en", **more):
    url = f"https://www.youtube.com/api/timedtext?v={path}"
    return {
        "baseUrl": url,
        "languageCode": language,
        "name": {"runs": [{"text": language}]},
        **more,
    }


def player(*tracks, playability="OK", reason=""):
    said = {"playabilityStatus": {"status": playability, "reason": reason}}
    if tracks:
        said["captions"] = {"playerCaptionsTracklistRenderer": {"captionTracks": list(tracks)}}
    return page(json.dumps(said), "application/json")


def spoken(*words):
    lines = "".join(
        f'<text start="{n * 1.5}" dur="1.5">{word}</text>' for n, word in enumerate(words)
    )
    return page(f'<?xml version="1.0"?><transcript>{lines}</transcript>', "text/xml")


@pytest.fixture
def youtube(proxied, downloader, cache):
    """(fetch, services): a real downloader that reaches https addresses of the fake web over http."""
    download = downloader(retries=0)

    def plain(url):
        return url.replace("https://", "http://", 1)

    def get(url):
        raw = download(plain(url))
        return RawDocument(
            raw.url.replace("http://", "https://", 1), raw.media_type, raw.body, raw.sha256
        )

    def ask(url, spacing, said=None):
        return download.ask(plain(url), 0.0, said)

    services = Services(cache, ask)
    videos = Videos(Transcripts(services, lambda video, body: captions(video, body, ask)))
    return lambda url=f"https://youtu.be/{ID}": videos.fetch(url, get)


def segments(raw):
    return [(one["start"], one["text"]) for one in json.loads(raw.body)["segments"]]


FORMS = [
    f"https://www.youtube.com/watch?v={ID}",
    f"https://www.youtube.com/watch?list=PL1&v={ID}&t=90s",
    f"http://m.youtube.com/watch?v={ID}&list=PL1&index=3",
    f"https://music.youtube.com/watch?v={ID}",
    f"https://youtu.be/{ID}?si=x&t=90",
    f"https://www.youtube.com/shorts/{ID}",
    f"https://www.youtube.com/live/{ID}?feature=share",
    f"https://www.youtube.com/embed/{ID}?start=90",
    f"https://www.youtube-nocookie.com/embed/{ID}",
    f"https://www.youtube.com/v/{ID}",
]


@pytest.mark.parametrize("url", FORMS)
def test_every_form_of_a_video_is_its_description_and_transcript(proxied, youtube, url):
    proxied.pages |= {
        WATCH: watch_page(),
        PLAYER: player(track("auto", kind="asr"), track("de", "de"), track("en")),
        "www.youtube.com/api/timedtext?v=en": spoken("Hello", "wide &amp;amp; open", "world"),
    }
    raw = youtube(url)
    assert (raw.media_type, raw.url) == (MEDIA_TYPE, "https://" + WATCH)
    assert (json.loads(raw.body)["title"], json.loads(raw.body)["language"]) == ("A talk", "en")
    assert segments(raw) == [(0.0, LONG), (0.0, "Hello"), (1.5, "wide & open"), (3.0, "world")]


def test_a_transcript_is_asked_for_once_and_kept(proxied, youtube):
    proxied.pages |= {
        WATCH: watch_page(),
        PLAYER: player(track("en")),
        "www.youtube.com/api/timedtext?v=en": spoken("Hello"),
    }
    first = youtube()
    proxied.pages |= {PLAYER: status(500), "www.youtube.com/api/timedtext?v=en": status(500)}
    assert youtube().sha256 == first.sha256
    assert [url.rpartition("/")[2].partition("?")[0] for url in proxied.asked()] == [
        "watch",
        "player",
        "timedtext",
        "watch",
    ]


def test_recognised_speech_serves_when_nobody_wrote_captions(proxied, youtube):
    proxied.pages |= {
        WATCH: watch_page(),
        PLAYER: player(track("de", "de", kind="asr"), track("en", kind="asr")),
        "www.youtube.com/api/timedtext?v=en": spoken("Hello"),
    }
    assert segments(youtube())[1:] == [(0.0, "Hello")]


@pytest.mark.parametrize(
    "refused",
    [
        player(),
        player(
            playability="LOGIN_REQUIRED", reason="This video may be inappropriate for some users."
        ),
        player(playability="ERROR", reason="odd"),
        page("not json", "application/json"),
        page("[1]", "application/json"),
        status(404),
        status(403),
        player(playability="LOGIN_REQUIRED", reason="Sign in to confirm you’re not a bot"),
    ],
)
def test_a_video_whose_transcript_is_refused_is_its_description(proxied, youtube, refused):
    proxied.pages |= {WATCH: watch_page(), PLAYER: refused}
    assert segments(youtube()) == [(0.0, LONG)]


@pytest.mark.parametrize(
    "broken",
    [
        page("not xml"),
        page(""),
        page('<!DOCTYPE t [<!ENTITY a "ha">]><transcript><text start="1">&a;</text></transcript>'),
        page('<transcript><text start="soon">x</text></transcript>'),
        status(403),
        status(503),
        page(b"<transcript>" + b"<" * 9_000_000),
    ],
)
def test_captions_that_are_none_leave_the_description(proxied, youtube, broken):
    proxied.pages |= {WATCH: watch_page(), PLAYER: player(track("en"))}
    proxied.pages["www.youtube.com/api/timedtext?v=en"] = broken
    assert segments(youtube()) == [(0.0, LONG)]


def test_captions_at_a_private_address_are_not_asked_for(proxied, downloader, cache):
    proxied.pages[PLAYER] = player({**track("en"), "baseUrl": "http://169.254.169.254/latest/"})
    asked = []

    def ask(url, spacing, said=None):
        asked.append(url)
        return downloader(allow_private=False, retries=0).ask(
            url.replace("https://", "http://", 1), 0.0, said
        )

    with pytest.raises(FetchError, match="private network"):
        captions(ID, b'"INNERTUBE_API_KEY": "AIzaTest"', ask)
    assert len(asked) == 2
    assert len(proxied.asked()) == 1


def test_a_service_that_refuses_is_left_alone_for_a_while(proxied, youtube):
    proxied.pages |= {WATCH: watch_page(), PLAYER: status(429)}
    for _ in range(3):
        youtube()
    assert sum("player" in url for url in proxied.asked()) == 1


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
def test_videos_that_give_nothing(proxied, youtube, served, verdict):
    proxied.pages |= {WATCH: served, PLAYER: player()}
    with pytest.raises(FetchError) as caught:
        youtube()
    assert caught.value.status == verdict
    assert caught.value.hint


def test_other_addresses_are_no_videos():
    videos = Videos(lambda video, page: None)
    for url in (
        "https://www.youtube.com/@someone",
        "https://www.youtube.com/playlist?list=PL1",
        "mailto:a@b.example",
    ):
        assert not videos.accepts(url)
        with pytest.raises(FetchError):
            videos.fetch(url, None)


def test_the_library_is_bounded():
    assert captions_module.MAX_BYTES < 60_000_000
