"""YouTube: what is said in a video, with time codes, and what stands below it.

The page of a video gives title and description; its captions are asked for once and kept, so that
no build needs YouTube for what it has. Without one the description is what there is, and a
transcript of the owner's may stand in for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from litsearch.errors import FetchError
from litsearch.fetch.api_client import Services
from litsearch.fetch.sites import document_of
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

MEDIA_TYPE = "application/x-transcript+json"
# of description and captions together; less says nothing that the title does not
MIN_CHARACTERS = 200
_VIDEO = expression(
    r"https?://(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/"
    r"(?:watch/?\?(?:[^#]*&)?v=|(?:shorts|embed|live|v|e)/)|(?:www\.)?youtu\.be/)"
    r"(?P<id>[\w-]{11})(?:[/?&#].*)?"
)
_PLAYER = expression(r"ytInitialPlayerResponse\s{0,9}=\s{0,9}")
_HINT = (
    "Put a transcript into config/files/, named by the source's id or title, or remove the link."
)
SERVICE = "YouTube"


class Transcripts:
    """What is said in videos. captions: asks for it, by a video's id and page (fetch.captions)."""

    def __init__(self, services: Services, captions: Callable[[str, bytes], str]) -> None:
        self._services, self._captions = services, captions

    def __call__(self, video: str, page: bytes) -> str | None:
        """Return JSON {"language", "segments": [{"start", "text"}]}; None when none is to be had.

        page: of the video, as it was downloaded.
        """
        question = f"transcript:{video}"
        if not self._services.fresh(question):
            text = self._services.attempt(SERVICE, lambda: self._captions(video, page))
            if text is not None:
                self._services.keep(question, text or None)
        return self._services.kept(question)


class Videos:
    """Videos with their transcripts. transcript: gives what is said in a video, as JSON."""

    HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be")

    def __init__(self, transcript: Callable[[str, bytes], str | None]) -> None:
        self._transcript = transcript

    def accepts(self, url: str) -> bool:
        """Return whether this is a video's address."""
        return _VIDEO.fullmatch(url) is not None

    def fetch(self, url: str, get: Get) -> RawDocument:
        """Return the description and the transcript as JSON: {"title", "language", "segments":
        [{"start", "text"}]}.

        Raises FetchError: dead when the video is gone, blocked when programs may not read enough of
        it.
        """
        match = _VIDEO.fullmatch(url)
        if match is None:
            raise FetchError(f"{url} is no video.")
        page = get(f"https://www.youtube.com/watch?v={match['id']}")
        details = _details(page)
        spoken = json.loads(self._transcript(match["id"], page.body) or "{}")
        segments = [
            {"start": 0.0, "text": str(details.get("shortDescription") or "")},
            *spoken.get("segments", ()),
        ]
        if sum(len(segment["text"]) for segment in segments) < MIN_CHARACTERS:
            raise FetchError(
                "YouTube shows programs neither captions nor a description.",
                _HINT,
                status="blocked",
            )
        transcript = {
            "title": str(details.get("title") or ""),
            "language": spoken.get("language"),
            "segments": segments,
        }
        text = json.dumps(transcript, ensure_ascii=False)
        return document_of(page, page.url, MEDIA_TYPE, text)


def _details(page: RawDocument) -> Mapping[str, Any]:
    """Return title and description. Raises FetchError when no video can be watched there."""
    text = page.body.decode("utf-8", "replace")
    start = _PLAYER.search(text)
    try:
        player = _mapping(json.JSONDecoder().raw_decode(text, start.end())[0] if start else None)
    except (ValueError, RecursionError):
        player = {}
    status = _mapping(player.get("playabilityStatus")).get("status", "OK")
    if status == "ERROR":
        raise FetchError("The video is not there any more.", _HINT, status="dead")
    details = _mapping(player.get("videoDetails"))
    if not details or status not in ("OK", "LIVE_STREAM_OFFLINE"):
        raise FetchError("YouTube shows the video to people only.", _HINT, status="blocked")
    return details


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
