"""arXiv: whatever form the address has, the paper itself, as HTML where there is that."""

from __future__ import annotations

from litsearch.errors import FetchError
from litsearch.fetch.sites import first_of
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("arxiv.org",)
# year and month; arXiv makes HTML editions of what is submitted since December 2023
HTML_SINCE = "2312"
_PAPER = expression(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d+)?(?:\.pdf)?/?(?:[?#].*)?"
)


def accepts(url: str) -> bool:
    """Return whether this is a paper's abstract, PDF or HTML address."""
    return _PAPER.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the HTML edition, else the PDF; of a withdrawn paper, the abstract page. Raises
    FetchError.
    """
    match = _PAPER.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no arXiv paper.")
    paper = match["id"] + (match["version"] or "")
    editions = ["pdf", "abs"]
    if "/" not in paper and paper[:4] >= HTML_SINCE:
        editions.insert(0, "html")
    return first_of(get, [f"https://arxiv.org/{edition}/{paper}" for edition in editions])
