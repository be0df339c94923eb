"""What was spoken: transcripts in JSON, and subtitles (WebVTT, SRT).

The start of a paragraph is its heading, so that a hit leads to the minute.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, clean, document, unix_lines
from litsearch.extract.media_type import media_type_of
from litsearch.extract.plain_text import decode
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument

JSON = "application/x-transcript+json"
MEDIA_TYPES = (JSON, "text/vtt", "application/x-subrip")
PARAGRAPH = 60.0  # seconds of speech in one block
MAX_SECONDS = 360_000.0
STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
CUE = expression(rf"[ \t]*{STAMP}[ \t]+-->[ \t]+{STAMP}[^\n]*")
TAG = expression(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,80}\}")


class Segment(NamedTuple):
    """What is said from a time on."""

    start: float  # seconds
    text: str


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a transcript or of subtitles. Raises ExtractError when it is broken."""
    if media_type_of(raw) == JSON:
        return _from_json(raw, source_id)
    return _from_subtitles(raw, source_id)


def _from_json(raw: RawDocument, source_id: str) -> Document:
    """Return the text of {"title", "language", "segments": [{"start", "text"}]}."""
    try:
        transcript = json.loads(decode(raw))
        segments = [_segment(part) for part in transcript["segments"]]
        blocks = list(paragraphs(segments))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExtractError(
            "The transcript is broken: its JSON cannot be read.", "Download it again."
        ) from None

    return document(
        raw,
        source_id,
        blocks,
        title=_string(transcript.get("title")),
        language=_string(transcript.get("language")),
    )


def _from_subtitles(raw: RawDocument, source_id: str) -> Document:
    """Return the text of the cues. Raises ExtractError when there are none."""
    segments = list(_cues(decode(raw)))
    if not segments:
        raise ExtractError("The subtitles hold no cue.", "Open the file and check what it holds.")
    return document(raw, source_id, paragraphs(segments), title=None)


def paragraphs(segments: Iterable[Segment]) -> Iterator[Block]:
    """Yield segments gathered into paragraphs of a minute, each under its time."""
    words: list[str] = []
    begun = 0.0
    for segment in segments:
        if words and segment.start - begun >= PARAGRAPH:
            yield Block(clean(" ".join(words)), (_clock(begun),))
            words = []
        if not words:
            begun = segment.start
        words.append(segment.text)
    if words:
        yield Block(clean(" ".join(words)), (_clock(begun),))


def _segment(part: dict[str, Any]) -> Segment:
    return Segment(float(part.get("start") or 0), str(part.get("text") or ""))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _clock(seconds: float) -> str:
    """Return a time as 4:05 or 1:04:05."""
    minutes, rest = divmod(int(max(0.0, min(seconds, MAX_SECONDS))), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def _cues(text: str) -> Iterator[Segment]:
    """Yield the cues in their order, without the lines that a rolling caption says again."""
    spoken: list[str] = []
    for part in re.split(r"\n[ \t]*\n", unix_lines(text)):
        lines = part.strip("\n").split("\n")
        at = next((index for index, line in enumerate(lines) if CUE.match(line)), None)
        if at is None:
            continue

        shown = [unescape(TAG.sub("", line)).strip() for line in lines[at + 1 :]]
        fresh = [line for line in shown if line and line not in spoken]
        spoken = shown
        if fresh:
            yield Segment(_seconds(lines[at]), " ".join(fresh))


def _seconds(line: str) -> float:
    """Return the start of a cue."""
    match = CUE.match(line)
    if match is None:
        return 0.0
    hours, minutes, seconds, fraction = match.groups()[:4]
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + float(f"0.{fraction}")
