"""YouTube: what is said in a video, with time codes, and what stands below it.

YouTube lets programs read the page of a video (title, description) but mostly not its captions; then the description is
what there is, and a transcript of the owner's may stand in for it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import RawDocument

MEDIA_TYPE = "application/x-transcript+json"
MIN_CHARACTERS = 200  # of description and captions together; less says nothing that the title does not
_VIDEO = re.compile(
    r"https?://(?:(?:www\.|m\.|music\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|embed/|live/)|youtu\.be/)"
    r"(?P<id>[\w-]{11})(?:[?&#].*)?"
)
_PLAYER = "ytInitialPlayerResponse = "
_HINT = "Put a transcript into config/files/, named by the source's id or title, or remove the link."


def accepts(url: str) -> bool:
    """True for a video's address."""
    return _VIDEO.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """The description and the captions as JSON: {"title", "language", "segments": [{"start", "text"}]}.

    Raises FetchError: dead when the video is gone, blocked when programs may not read enough of it.
    """
    match = _VIDEO.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no video.")
    page = get(f"https://www.youtube.com/watch?v={match['id']}")
    player = _player(page)
    details = _mapping(player.get("videoDetails"))
    segments = [{"start": 0.0, "text": str(details.get("shortDescription") or "")}]
    track = _track(player)
    if track is not None:
        segments += _captions(track, get)
    if sum(len(str(segment["text"])) for segment in segments) < MIN_CHARACTERS:
        raise FetchError("YouTube shows programs neither captions nor a description.", _HINT, status="blocked")
    said = {
        "title": str(details.get("title") or ""),
        "language": str(track["languageCode"])[:2] if track and track.get("languageCode") else None,
        "segments": segments,
    }
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return replace(page, media_type=MEDIA_TYPE, charset="utf-8", body=body, sha256=hashlib.sha256(body).hexdigest())


def _player(page: RawDocument) -> Mapping[str, Any]:
    """What the page tells its player. Raises FetchError when it is no page of a video that can be watched."""
    text = page.body.decode("utf-8", "replace")
    start = text.find(_PLAYER)
    try:
        player = _mapping(json.JSONDecoder().raw_decode(text, start + len(_PLAYER))[0] if start >= 0 else None)
    except (ValueError, RecursionError):
        player = {}
    status = _mapping(player.get("playabilityStatus")).get("status", "OK")
    if status == "ERROR":
        raise FetchError("The video is not there any more.", _HINT, status="dead")
    if not player.get("videoDetails") or status not in ("OK", "LIVE_STREAM_OFFLINE"):
        raise FetchError("YouTube shows the video to people only.", _HINT, status="blocked")
    return player


def _track(player: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The captions to take: written before recognised, English before others."""
    captions = _mapping(_mapping(player.get("captions")).get("playerCaptionsTracklistRenderer")).get("captionTracks")
    tracks = [_mapping(track) for track in captions] if isinstance(captions, list) else []
    tracks = [track for track in tracks if isinstance(track.get("baseUrl"), str)]
    return min(
        tracks,
        key=lambda track: (track.get("kind") == "asr", not str(track.get("languageCode")).startswith("en")),
        default=None,
    )


def _captions(track: Mapping[str, Any], get: Get) -> list[dict[str, Any]]:
    """The captions of a track; none when they are refused or are not what they should be."""
    try:
        events = json.loads(get(f"{track['baseUrl']}&fmt=json3").body)["events"]
        return [
            {"start": float(event.get("tStartMs", 0)) / 1000, "text": text}
            for event in events
            if (text := "".join(str(part.get("utf8", "")) for part in event.get("segs", ())).strip())
        ]
    except FetchError as error:
        if error.transient and error.status != "blocked":  # the next build may get them
            raise
        return []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
