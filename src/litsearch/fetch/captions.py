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
    YouTubeRequestFailed,
    YouTubeTranscriptApi,
)

from litsearch.errors import FetchError

SPACING_S = 2.0
MAX_BYTES = 8_000_000  # of one answer; ten hours of captions take 2
Ask = Callable[[str, float, bytes | None], bytes]  # Downloader.ask


def captions(video: str, page: bytes, ask: Ask) -> str:
    """JSON {"language", "segments": [{"start", "text"}]}; "" for a video without captions.

    page: of the video, as it was downloaded. Raises FetchError when YouTube answers no such
    questions now.
    """
    with Session() as session:
        session.trust_env = False  # the wire reads the proxies itself
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Wire(ask, page))
        try:
            tracks = list(YouTubeTranscriptApi(http_client=session).list(video))
            best = min(
                tracks,
                key=lambda track: (track.is_generated, not track.language_code.startswith("en")),
            )
            spoken = best.fetch()
        except (RequestBlocked, YouTubeRequestFailed, FailedToCreateConsentCookie) as error:
            raise FetchError(
                f"YouTube gives no transcripts now ({type(error).__name__})."
            ) from None
        except (CouldNotRetrieveTranscript, RequestException, ParseError):
            return ""
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # an answer of another form
            return ""
    segments = [
        {"start": piece.start, "text": piece.text} for piece in spoken if piece.text.strip()
    ]
    return (
        json.dumps({"language": best.language_code[:2], "segments": segments}, ensure_ascii=False)
        if segments
        else ""
    )


class _Wire(BaseAdapter):
    """The transport of a session: the page that is at hand, and the download for everything else."""

    def __init__(self, ask: Ask, page: bytes) -> None:
        super().__init__()
        self._ask, self._page = ask, page

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """Return the answer to a request; failures are raised as FetchError."""
        url, said = str(request.url or ""), request.body or b""
        if request.method == "GET" and urlsplit(url).path == "/watch":
            body = self._page
        else:
            # the library posts JSON
            posted = said if isinstance(said, bytes) else str(said).encode()
            body = self._ask(url, SPACING_S, posted if request.method == "POST" else None)
        if len(body) > MAX_BYTES:
            raise FetchError("YouTube's answer is larger than any transcript.")
        response = Response()
        response.status_code, response.url, response.request = 200, url, request
        response.encoding, response.raw = "utf-8", io.BytesIO(body)
        return response

    def close(self) -> None:
        """Nothing is held."""
