"""Transcripts: JSON with a title and timed segments; the start of a paragraph is its heading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, clean, document
from litsearch.extract.charset import decode
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("application/x-transcript+json",)
PARAGRAPH = 60.0  # seconds of speech in one block
MAX_SECONDS = 360_000.0


class Segment(NamedTuple):
    """What is said from a time on."""

    start: float  # seconds
    text: str


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of {"title", "language", "segments": [{"start", "text"}]}.

    Raises ExtractError when it is broken.
    """
    try:
        said = json.loads(decode(raw))
        blocks = list(paragraphs([_segment(part) for part in said["segments"]]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExtractError(
            "The transcript is broken: its JSON cannot be read.", "Download it again."
        ) from None
    title, language = said.get("title"), said.get("language")
    return document(
        raw,
        source_id,
        blocks,
        title=title if isinstance(title, str) else None,
        language=language if isinstance(language, str) else None,
    )


def paragraphs(segments: Iterable[Segment]) -> Iterator[Block]:
    """Return segments gathered into paragraphs of a minute, each under its time."""
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


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(max(0.0, min(seconds, MAX_SECONDS))), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
