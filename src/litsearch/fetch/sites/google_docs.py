"""Google documents, slides, sheets and files that anyone may read: as the file that they export."""

from __future__ import annotations

from litsearch.errors import FetchError
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("docs.google.com", "drive.google.com")
_DOCUMENT = expression(
    r"https?://docs\.google\.com/(?P<kind>document|presentation|spreadsheets)"
    r"/d/(?P<id>[\w-]{8,})(?:[/?#].*)?"
)
_FILE = expression(
    r"https?://drive\.google\.com/(?:file/d/|(?:open|uc)\?(?:[^#]*&)?id=)"
    r"(?P<id>[\w-]{8,})(?:[/?&#].*)?"
)
_EXPORTS = {
    "document": "export?format=html",
    "presentation": "export/pdf",
    "spreadsheets": "export?format=csv",
}
_HINT = (
    "Put the exported file into config/files/, named by the source's id or title,"
    " or remove the link."
)


def accepts(url: str) -> bool:
    """Return whether this is a document, slides, a sheet or a file in Google Drive."""
    return (_DOCUMENT.fullmatch(url) or _FILE.fullmatch(url)) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the exported file. Raises FetchError: blocked when it asks for a login."""
    document, file = _DOCUMENT.fullmatch(url), _FILE.fullmatch(url)
    if document:
        kind, name = document["kind"], document["id"]
        raw = get(f"https://docs.google.com/{kind}/d/{name}/{_EXPORTS[kind]}")
    elif file:
        raw = get(f"https://drive.google.com/uc?export=download&id={file['id']}")
    else:
        raise FetchError(f"{url} is no Google document.")
    if raw.url.startswith("https://accounts.google.com/"):
        raise FetchError("The Google document asks for a login.", _HINT, status="blocked")
    return raw
