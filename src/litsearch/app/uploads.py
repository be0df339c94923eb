"""Tell what a file that is put in is: a list, a document, or one that a list attaches to a work."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from litsearch.app.lists import read_lists
from litsearch.errors import ListError
from litsearch.fetch.sites.local import attachment_stem, slug
from litsearch.lists import html, markdown, netscape
from litsearch.types import Entry

LIST_SHARE = 0.4  # of a text's lines that name a work: with more it is a list, and no article
_PLAIN = (".md", ".markdown", ".txt")


def is_list(suffix: str, body: bytes) -> bool:
    """Tell whether a text is that of exported bookmarks, or is mostly links."""
    text = body.decode("utf-8", "replace")
    if suffix in (".html", ".htm"):
        return netscape.accepts(text) or _links_mostly(text)
    if suffix not in _PLAIN:
        return False
    lines_with_links = {entry.line for entry in markdown.parse(text, "") if entry.url}
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return len(lines_with_links) >= 2 and len(lines_with_links) >= LIST_SHARE * len(lines)


def _links_mostly(page: str) -> bool:
    try:
        return html.share_of_links(page) >= LIST_SHARE
    except ListError:
        return False  # it links nothing, or is too deep to be read as a list


def attaching_entry(library: Path, name: str) -> Entry | None:
    """Return the entry of a list that attaches a document of this name, wherever it was kept.

    Exports of reference managers say "/home/ann/Zotero/storage/AB12CD34/Lee - Tides.pdf".
    """
    stem = slug(PurePosixPath(name).stem)
    if not (library / "config" / "lists").is_dir():
        return None
    for file in read_lists(library, ()):
        for entry in file.entries:
            if stem and slug(attachment_stem(entry)) == stem:
                return entry
    return None
