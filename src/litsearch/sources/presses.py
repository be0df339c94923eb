"""Where open presses keep the PDF of the paper that an abstract page presents, by the form of the page's address."""

from __future__ import annotations

import re

_PRESSES = tuple(  # the abstract page, and its PDF
    (re.compile(r"https?://(?:www\.)?" + page), pdf)
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
            r"(?P<host>(?:papers|proceedings)\.(?:nips|neurips)\.cc)/(?P<shelf>paper(?:_files/paper)?/\d{4})/hash/"
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
    """The address of a paper's PDF; None when the address is not that of an abstract page of a press known here."""
    for page, pdf in _PRESSES:
        match = page.fullmatch(url.partition("#")[0].partition("?")[0])
        if match:
            return pdf.format(**match.groupdict())
    return None
