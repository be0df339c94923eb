"""Look into documents that are zip archives: how much they hold, and the images of a book."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, unquote

from litsearch.errors import ExtractError
from litsearch.extract.blocks import INSIDE, Block, Picture

MAX_UNPACKED = 200_000_000  # bytes that a packed document may hold
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError)


def names(body: bytes) -> list[str]:
    """Return the names of the files in an archive.

    Raises ExtractError for one that is broken or unpacks to more than any book holds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = archive.infolist()
    except _BROKEN:
        raise ExtractError(
            "The document is broken: its archive cannot be read.",
            "Download it again.",
            status="unsupported",
        ) from None
    size = sum(file.file_size for file in files)
    if size > MAX_UNPACKED:
        raise ExtractError(
            f"The document unpacks to {size:,} bytes; {MAX_UNPACKED:,} are the most.",
            "Name a smaller copy of it.",
            status="unsupported",
        )
    return [file.filename for file in files]


def with_images(blocks: Iterable[Block], files: Iterable[str]) -> list[Block]:
    """Return blocks whose images are those of the archive, under its own names for them."""
    by_path = {file: file for file in files}
    for file in list(by_path):  # pandoc leaves out the folder that Word keeps them in
        by_path.setdefault(file.partition("/")[2], file)

    changed = []
    for block in blocks:
        images = [(by_path.get(unquote(image.address)), image.alt) for image in block.pictures]
        pictures = tuple(Picture(INSIDE + quote(name), alt) for name, alt in images if name)
        changed.append(replace(block, pictures=pictures))
    return changed


def image_of(body: bytes, address: str, most: int) -> bytes | None:
    """Return an image that a text names by an address inside its document; most: bytes."""
    name = unquote(address.removeprefix(INSIDE))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive, archive.open(name) as file:
            image = file.read(most + 1)
    except (*_BROKEN, KeyError, RuntimeError, zlib.error, EOFError):
        return None
    return image if len(image) <= most else None
