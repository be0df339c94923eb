"""Books, office documents and markup that pandoc reads.

EPUB, Word, OpenDocument, RTF, RST, Org and LaTeX.

Pandoc comes as a program in the package pypandoc-binary. It runs in the worker's own process group,
in its sandbox (no file and no address but the document is read), and ends with the worker.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from itertools import chain

from lxml import etree

from litsearch.errors import ExtractError
from litsearch.extract import plain_text, zip_files
from litsearch.extract.blocks import below_title, document, one_line
from litsearch.extract.charset import decode
from litsearch.extract.dates import iso_date, written_date
from litsearch.extract.html.metadata import person_names
from litsearch.extract.html.roles import with_title_role
from litsearch.extract.html.structured_data import page_metas
from litsearch.extract.html.to_blocks import first_heading, walk
from litsearch.extract.html.tree import parse, simplify
from litsearch.extract.media_type import media_type_of
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
    files = zip_files.names(raw.body) if kind in PACKED else ()
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
        blocks = zip_files.with_images(blocks, files)
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
