"""Subtitles, WebVTT and SRT: paragraphs of a minute, each under its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from litsearch.errors import ExtractError
from litsearch.extract.blocks import document
from litsearch.extract.charset import decode
from litsearch.extract.transcript import Segment, paragraphs
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("text/vtt", "application/x-subrip")
STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
CUE = re.compile(rf"[ \t]*{STAMP}[ \t]+-->[ \t]+{STAMP}[^\n]*")
TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,80}\}")


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of subtitles. Raises ExtractError when there is no cue in them."""
    segments = list(_segments(decode(raw)))
    if not segments:
        raise ExtractError("The subtitles hold no cue.", "Open the file and check what it holds.")
    return document(raw, source_id, paragraphs(segments), title=None)


def _segments(text: str) -> Iterator[Segment]:
    """The cues in their order, lines that a rolling caption says again left out."""
    spoken: list[str] = []
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
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
    match = CUE.match(line)
    hours, minutes, seconds, parts = (match.groups() if match else (0, 0, 0, 0))[:4]
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{parts}")
