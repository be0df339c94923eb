"""Read and write manifest.json: how a generation was made, and size and checksum of each of its
files.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from litsearch.errors import IndexCorrupt, IndexMismatch
from litsearch.index.cosines import CosineScale
from litsearch.regular_files import read_bytes
from litsearch.text import VERSION as TEXT_VERSION

FORMAT = 7  # of the folder; raise it when an older litsearch could not read what this one writes
MANIFEST_FILE = "manifest.json"
REBUILD = "Run `litsearch build`."


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the vectors and passages were made with."""

    embedder: str  # fingerprint
    model: str  # the name in the settings
    dim: int
    chunker: str  # version
    extraction: str  # version
    text: str = TEXT_VERSION  # of the tokenizer


class FileFacts(msgspec.Struct, frozen=True):
    """A file of the generation as it was written."""

    size: int  # bytes
    sha256: str  # of those of its blocks, as durable.facts_of() has it; in a bundle of the file


class Manifest(msgspec.Struct, frozen=True):
    """A generation in figures, without its contents."""

    format: int
    generation: str
    created: str  # ISO 8601, UTC
    facts: Facts
    counts: dict[str, int]  # of sources, entries, passages, sentences
    files: dict[str, FileFacts]
    cosines: CosineScale
    checksum: str = ""  # sha256 of this record with an empty checksum


def seal(manifest: Manifest) -> Manifest:
    """Return the manifest with its own checksum in it."""
    blank = msgspec.structs.replace(manifest, checksum="")
    return msgspec.structs.replace(
        blank, checksum=hashlib.sha256(msgspec.json.encode(blank, order="sorted")).hexdigest()
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, readable to people."""
    text = msgspec.json.format(msgspec.json.encode(seal(manifest)), indent=2)
    (folder / MANIFEST_FILE).write_bytes(text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation.

    Raises IndexMismatch for another format, else IndexCorrupt.
    """
    path = folder / MANIFEST_FILE
    data = read_bytes(path)
    try:
        version = msgspec.json.decode(data, type=_Format).format
        if version != FORMAT:
            raise IndexMismatch(
                f"The index has format {version}, and this litsearch reads format {FORMAT}.",
                REBUILD,
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", REBUILD) from None
    if manifest.facts.text != TEXT_VERSION:
        raise IndexMismatch("The index was made by another version of the tokenizer.", REBUILD)
    if seal(manifest) != manifest:
        raise IndexCorrupt(f"{path} is not what was written: its checksum is wrong.", REBUILD)
    return manifest


class _Format(msgspec.Struct):
    format: int
