"""Transcripts: JSON with a title and timed segments; the start of a paragraph is its heading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, clean, document
from litsearch.extract.charset import decode
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("application/x-transcript+json",)
PARAGRAPH = 60.0  # seconds of speech in one block


def extract(raw: RawDocument, source_id: str) -> Document:
    """The text of {"title", "language", "segments": [{"start", "text"}]}. Raises ExtractError when
    it is broken.
    """
    try:
        said = json.loads(decode(raw))
        blocks = list(_paragraphs(said["segments"]))
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


def _paragraphs(segments: list[dict[str, Any]]) -> Iterator[Block]:
    """Segments gathered into paragraphs of a minute, each under its time."""
    words: list[str] = []
    begun = 0.0
    for segment in segments:
        start = float(segment.get("start") or 0)
        if words and start - begun >= PARAGRAPH:
            yield Block(clean(" ".join(words)), (_clock(begun),))
            words = []
        if not words:
            begun = start
        words.append(str(segment.get("text") or ""))
    if words:
        yield Block(clean(" ".join(words)), (_clock(begun),))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(max(0.0, min(seconds, 360_000.0))), 60)
    return (
        f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
        if minutes >= 60
        else f"{minutes}:{rest:02d}"
    )
