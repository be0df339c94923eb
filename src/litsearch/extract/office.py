"""Books, office documents and markup that pandoc reads, and what stands in those that are archives.

EPUB, Word, OpenDocument, RTF, RST, Org and LaTeX.

Pandoc comes as a program in the package pypandoc-binary. It runs in the worker's own process group,
in its sandbox (no file and no address but the document is read), and ends with the worker.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from urllib.parse import quote, unquote

from lxml import etree

from litsearch.errors import ExtractError
from litsearch.extract import plain_text
from litsearch.extract.blocks import INSIDE, Block, Picture, below_title, document, one_line
from litsearch.extract.dates import iso_date, written_date
from litsearch.extract.html.metadata import person_names
from litsearch.extract.html.roles import with_title_role
from litsearch.extract.html.structured_data import page_metas
from litsearch.extract.html.to_blocks import first_heading, walk
from litsearch.extract.html.tree import parse, simplify
from litsearch.extract.media_type import media_type_of
from litsearch.extract.plain_text import decode
from litsearch.types import Document, RawDocument

FORMATS: Mapping[str, str] = {
    "application/epub+zip": "epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/x-rst": "rst",
    "text/x-org": "org",
    "application/x-tex": "latex",
}
MEDIA_TYPES = tuple(FORMATS)
PLAIN = frozenset(("rst", "org", "latex"))  # readable as they are, when pandoc refuses them
PACKED = frozenset(("epub", "docx", "odt"))
SECONDS = 50  # the worker itself has 60
HEAP = "1g"  # of pandoc, which reserves more than it takes
OPTIONS = ("--sandbox", "--to=html5", "--standalone", "--mathjax", "--wrap=none", "--quiet")


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a book or office document.

    Raises ExtractError when pandoc cannot read it, unless it is readable as it stands.
    """
    kind = FORMATS[media_type_of(raw)]
    files = names(raw.body) if kind in PACKED else ()
    try:
        page = _html(raw.body if kind in PACKED else decode(raw).encode(), kind)
    except ExtractError:
        if kind in PLAIN:
            return plain_text.extract(raw, source_id)
        raise

    root = parse(page)
    content = root.find("body") if root is not None else None
    if root is None or content is None:
        raise ExtractError("The document holds no text.", "Open it and check what it shows.")
    simplify(content)
    return _document(raw, source_id, root, content, files)


def _document(
    raw: RawDocument,
    source_id: str,
    root: etree._Element,
    content: etree._Element,
    files: Sequence[str],
) -> Document:
    """Return the text of pandoc's page, with what its head says.

    files: the names of those in the archive that it came from.
    """
    metas = page_metas(root)
    title = _title(root, content)
    date = next(iter(metas.get("dcterms.date", [])), "")
    authors = map(person_names, metas.get("author", []))
    blocks = with_title_role(below_title(walk(content), title), title)
    if files:
        blocks = with_images(blocks, files)
    return document(
        raw,
        source_id,
        blocks,
        title=title,
        authors=list(chain.from_iterable(authors)),
        published=iso_date(date) or written_date(date),
        language=root.get("lang"),
    )


def _title(root: etree._Element, content: etree._Element) -> str | None:
    """Return the title of the head, else the heading that opens the text."""
    title = one_line(root.findtext(".//title") or "")
    if title in ("", "-", "Untitled"):
        return first_heading(content)
    return title


def _html(body: bytes, kind: str) -> str:
    """Return what pandoc makes of a document. Raises ExtractError."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), f"--from={kind}", *OPTIONS, "+RTS", f"-M{HEAP}", "-RTS"]
    try:
        finished = subprocess.run(  # noqa: S603 - the program of a package, on bytes from its input
            command, input=body, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ExtractError(
            f"Pandoc took longer than {SECONDS} s to read the document.",
            "Save it as a PDF or a page, and name that in the list.",
        ) from None

    if finished.returncode:
        message = finished.stderr.decode("utf-8", "replace").strip().split("\n")[0][:200]
        raise ExtractError(
            f"The document cannot be read as {kind}: {message or finished.returncode}.",
            "Open it, save it again, and name the new file in the list.",
            status="unsupported",
        )
    return finished.stdout.decode("utf-8", "replace")


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
