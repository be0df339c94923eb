"""The captions of YouTube's videos: youtube-transcript-api, its requests sent by our own wire.

The library asks for a video's player as YouTube's application does, and then for the captions that
it names. Both requests go through the polite download: spaced, counted, limited, to public
addresses only. YouTube's robots.txt, which closes both addresses to crawlers, is not asked for
them: they are asked as of a service, once for a video that the owner named. Importing the library
takes 0.6 s, so this is loaded for the first video that has to be asked for.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import BaseAdapter
from youtube_transcript_api import (
    CouldNotRetrieveTranscript,
    FailedToCreateConsentCookie,
    RequestBlocked,
    Transcript,
    YouTubeRequestFailed,
    YouTubeTranscriptApi,
)

from litsearch.errors import FetchError

SPACING_S = 2.0
MAX_BYTES = 8_000_000  # of one answer; ten hours of captions take 2
Ask = Callable[[str, float, bytes | None], bytes]  # Downloader.ask
# what an answer of another form raises in the library
_OTHER_FORM = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def captions(video: str, page: bytes, ask: Ask) -> str:
    """Return JSON {"language", "segments": [{"start", "text"}]}; "" for a video without captions.

    page: of the video, as it was downloaded. Raises FetchError when YouTube answers no such
    questions now.
    """
    with Session() as session:
        session.trust_env = False  # the wire reads the proxies itself
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Wire(ask, page))
        try:
            tracks = list(YouTubeTranscriptApi(http_client=session).list(video))
            track = min(tracks, key=_distance)
            spoken = track.fetch()
        except (RequestBlocked, YouTubeRequestFailed, FailedToCreateConsentCookie) as error:
            raise FetchError(
                f"YouTube gives no transcripts now ({type(error).__name__})."
            ) from None
        except (CouldNotRetrieveTranscript, RequestException, ParseError):
            return ""
        except _OTHER_FORM:
            return ""

    segments = []
    for piece in spoken:
        if piece.text.strip():
            segments.append({"start": piece.start, "text": piece.text})
    if not segments:
        return ""
    transcript = {"language": track.language_code[:2], "segments": segments}
    return json.dumps(transcript, ensure_ascii=False)


def _distance(track: Transcript) -> tuple[bool, bool]:
    """Return how far a track is from the wanted one: written by people, and in English."""
    return track.is_generated, not track.language_code.startswith("en")


class _Wire(BaseAdapter):
    """The transport of a session: the page that is at hand, the download for everything else."""

    def __init__(self, ask: Ask, page: bytes) -> None:
        super().__init__()
        self._ask, self._page = ask, page

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """Return the answer to a request; failures are raised as FetchError."""
        url = str(request.url or "")
        if request.method == "GET" and urlsplit(url).path == "/watch":
            body = self._page
        elif request.method == "POST":
            content = request.body or b""  # JSON
            content = content if isinstance(content, bytes) else str(content).encode()
            body = self._ask(url, SPACING_S, content)
        else:
            body = self._ask(url, SPACING_S, None)
        if len(body) > MAX_BYTES:
            raise FetchError("YouTube's answer is larger than any transcript.")
        response = Response()
        response.status_code, response.url, response.request = 200, url, request
        response.encoding, response.raw = "utf-8", io.BytesIO(body)
        return response

    def close(self) -> None:
        """Close nothing: nothing is held."""
