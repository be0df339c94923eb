"""OpenReview: the PDF of a submission, since its forum page is built by a script and turns programs
away.
"""

from __future__ import annotations

from litsearch.errors import FetchError
from litsearch.fetch.sites import first_of
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("openreview.net",)
_PAPER = expression(
    r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?(?:[^#]*&)?id=(?P<id>[\w-]+)(?:[&#].*)?"
)


def accepts(url: str) -> bool:
    """Return whether this is a submission's forum or PDF address."""
    return _PAPER.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the PDF, else the forum page. Raises FetchError."""
    match = _PAPER.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no OpenReview submission.")
    forms = (f"https://openreview.net/{form}?id={match['id']}" for form in ("pdf", "forum"))
    return first_of(get, forms)
