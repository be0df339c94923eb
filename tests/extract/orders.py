"""An extractor that does what its document says, in a module that worker processes can import."""

from __future__ import annotations

import os
import signal
import time

from litsearch.app.extraction import extract
from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, document
from litsearch.types import Document, RawDocument


def obey(raw: RawDocument, source_id: str) -> Document:
    """Do what the bytes say."""
    order = raw.body.decode()
    if order == "hang":
        time.sleep(600)
    if order == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "leave":
        os._exit(0)
    if order == "eat":
        return document(raw, source_id, [Block("x" * 8_000_000_000)], title=None)
    if order == "refuse":
        raise ExtractError("It is a picture.", "Read it aloud.", status="unsupported")
    if order == "stumble":
        raise KeyError("some key")
    if order == "nest":
        return obey(raw, source_id)
    return document(raw, source_id, [Block(f"{order} {os.getpid()}")], title=None)


def obey_or_extract(raw: RawDocument, source_id: str) -> Document:
    """Do what the bytes say, when they are an order; else take out the text."""
    return (
        obey(raw, source_id)
        if raw.body in (b"hang", b"crash", b"leave", b"eat")
        else extract(raw, source_id)
    )
