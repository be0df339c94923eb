"""Any other page: itself, or the paper behind it when it only presents a paper."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from litsearch.errors import FetchError
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

_PRESSES = tuple(  # the abstract page, and its PDF
    (expression(r"https?://(?:www\.)?" + page), pdf)
    for page, pdf in (
        (r"aclanthology\.org/(?P<id>[\w.-]*\d)/?", "https://aclanthology.org/{id}.pdf"),
        (
            r"proceedings\.mlr\.press/(?P<volume>v\d+)/(?P<id>[\w-]+)\.html",
            "https://proceedings.mlr.press/{volume}/{id}/{id}.pdf",
        ),
        (
            r"jmlr\.org/papers/v(?:olume)?(?P<volume>\d+)/(?P<id>[\w-]+)\.html",
            "https://www.jmlr.org/papers/volume{volume}/{id}/{id}.pdf",
        ),
        (
            r"(?P<host>(?:papers|proceedings)\.(?:nips|neurips)\.cc)/"
            r"(?P<shelf>paper(?:_files/paper)?/\d{4})/hash/"
            r"(?P<id>[0-9a-f]{32})-Abstract(?P<track>[\w-]*)\.html",
            "https://{host}/{shelf}/file/{id}-Paper{track}.pdf",
        ),
        (
            r"openaccess\.thecvf\.com/(?P<shelf>content[\w/]*)/html/(?P<id>[\w-]+_paper)\.html",
            "https://openaccess.thecvf.com/{shelf}/papers/{id}.pdf",
        ),
    )
)


def pdf_of_press(url: str) -> str | None:
    """Return the address of a paper's PDF; None when the address is not that of an abstract page of
    a press known here.
    """
    for page, pdf in _PRESSES:
        match = page.fullmatch(url.partition("#")[0].partition("?")[0])
        if match:
            return pdf.format(**match.groupdict())
    return None


# A page with more running text than this is the text itself (publishers' full texts carry
# citation_pdf_url too). Abstract pages of JMLR, PMLR, ACL and NeurIPS have 500 to 4,000 characters
# in paragraphs; full texts 20,000 and more.
ABSTRACT_CHARACTERS = 10_000
# an address of so many steps, or with so many hyphens in its last one, is no front page's other
# name
DEEP_STEPS = 3
SLUG_HYPHENS = 2
_LOOKED_AT = 2_000_000  # bytes


def accepts(url: str) -> bool:
    """Return whether this is a web address."""
    return url.lower().startswith(("http://", "https://"))


def fetch(url: str, get: Get) -> RawDocument:
    """Return the page; of an abstract page that names its PDF, the PDF. Raises FetchError."""
    page = get(url)
    _refuse_front(url, page.url)
    link = pdf_link(page)
    if link is None or link == url:
        return page
    try:
        paper = get(link)
    except FetchError:  # a PDF for subscribers, or a stale link: the abstract is what there is
        return page
    return paper if paper.body[:1024].lstrip().startswith(b"%PDF-") else page


def _refuse_front(url: str, final_url: str) -> None:
    """Raise FetchError when an article's address leads to the front page of its own site: the
    article is gone.
    """
    listed, final = urlsplit(url), urlsplit(final_url)
    steps = [step for step in listed.path.split("/") if step]
    is_deep = len(steps) >= DEEP_STEPS or (bool(steps) and steps[-1].count("-") >= SLUG_HYPHENS)
    is_front = final.path.strip("/") == final.query == ""
    if is_deep and is_front and _site(listed.hostname) == _site(final.hostname):
        raise FetchError(
            f"{url[:200]} leads to the front page of its site: the page is not there any more.",
            "Put the page's file into config/files/, named by the source's id or title,"
            " or remove the link.",
            status="dead",
        )


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def pdf_link(page: RawDocument) -> str | None:
    """Return the address of the PDF that an abstract page presents: Google Scholar's
    citation_pdf_url, or its press's.
    """
    if "html" not in page.media_type:
        return None
    if b"citation_pdf_url" not in page.body[:_LOOKED_AT]:
        return pdf_of_press(page.url)
    try:
        tree = html.document_fromstring(page.body[:_LOOKED_AT])
        length = sum(len(paragraph.text_content()) for paragraph in tree.xpath("//p"))
        if length > ABSTRACT_CHARACTERS:
            return None
        link = tree.xpath("string(//meta[@name='citation_pdf_url']/@content)").strip()
        return urljoin(page.url, link) if link else pdf_of_press(page.url)
    except (etree.LxmlError, ValueError):
        return None
