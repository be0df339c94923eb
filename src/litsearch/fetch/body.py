"""Read the body of a response: decoded, and never more bytes of it than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpx

from litsearch.errors import FetchError

ACCEPTED_ENCODINGS = "gzip, deflate"  # what is decoded here, with a limit on the output
MAX_ENCODINGS = 3  # one on the other
_OTHER_CODINGS = frozenset("br zstd compress dcb dcz exi bzip2 lzma xz lz4 pack200-gzip".split())
_GZIP = b"\x1f\x8b"
_STEP = 1 << 20  # bytes of output at a time
_TOO_LARGE_HINT = "Raise fetch.max_megabytes in config/litsearch.toml, or remove the link."


class Truncated(Exception):
    """A body that ended before its time."""


def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the decoded body of a streamed response.

    limit: bytes, of the body as sent and as decoded. Raises FetchError above it, and Truncated.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    chunks = _limited(response.iter_raw(), limit)
    for encoding in _encodings(response):
        chunks = _limited(_decoded(chunks, encoding), limit)
    return b"".join(chunks)


def _encodings(response: httpx.Response) -> list[str]:
    """Return the codings of the body that are undone here, the one put on last first.

    Browsers take a name that is no coding, such as "utf-8" or "none", for nothing. Raises
    FetchError for codings that were not asked for, and for more than MAX_ENCODINGS.
    """
    names = response.headers.get("content-encoding", "").lower().split(",")
    codings = [name.strip().removeprefix("x-") for name in names]
    if not _OTHER_CODINGS.isdisjoint(codings):
        raise FetchError(
            "The page came in a compression that was not asked for.",
            "Remove the link, or try it later.",
        )
    undone = [coding for coding in reversed(codings) if coding in ("gzip", "deflate")]
    if len(undone) > MAX_ENCODINGS:
        raise FetchError(
            f"The page is compressed {len(undone)} times over.", "Remove the link, or try it later."
        )
    return undone


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the decoded bytes, a step at a time. Raises Truncated and FetchError."""
    decoder = None
    for chunk in filter(None, chunks):
        decoder = decoder or _decoder(encoding, chunk)
        while chunk:
            if decoder.eof:
                if not chunk.startswith(_GZIP):
                    break  # bytes after the end, which browsers ignore too
                decoder = _decoder(encoding, chunk)  # a further gzip member
            yield _decompressed(decoder, chunk)
            chunk = decoder.unused_data if decoder.eof else decoder.unconsumed_tail

    if decoder is not None and not decoder.eof:
        raise Truncated


def _decompressed(decoder: zlib._Decompress, chunk: bytes) -> bytes:
    try:
        return decoder.decompress(chunk, _STEP)
    except zlib.error:
        hint = "Try it later, or remove the link."
        raise FetchError("The page's compressed bytes are broken.", hint) from None


def _decoder(encoding: str, first: bytes) -> zlib._Decompress:
    """Return a decoder for gzip, or for deflate with or without (as some servers send it) the zlib
    header.
    """
    if encoding == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    zlib_header = (
        len(first) >= 2 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    )
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)


def _too_large(limit: int) -> FetchError:
    return FetchError(f"The page is larger than {limit / 1_000_000:g} MB.", _TOO_LARGE_HINT)
