"""arXiv's interface for programs (info.arxiv.org/help/api): titles, and records of up to a hundred
papers at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from lxml import etree

from litsearch.patterns import expression
from litsearch.works.registers import Work

NAME = "arXiv"
SPACING_S = 3.0  # what arXiv asks of programs
BATCH = 100  # records of one request
_API = "https://export.arxiv.org/api/query?"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ID = expression(r"arxiv\.org/abs/(?P<id>.+?)(?:v\d+)?$")


def question(title: str, author: str) -> str:
    """Return the address that asks for a title, and an author's last name when there is one."""
    names = f' AND au:"{_words(author)}"' if author else ""
    return _API + urlencode({"search_query": f'ti:"{_words(title)}"{names}', "max_results": 5})


def records(ids: Iterable[str]) -> str:
    """Return the address that asks for the records of papers."""
    return _API + urlencode({"id_list": ",".join(ids), "max_results": BATCH}, safe=",/")


def read(body: bytes) -> list[Work]:
    """Return the papers of an answer. Raises ValueError when it is none."""
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.tag != f"{_ATOM}feed":
        raise ValueError("no feed")
    return list(_works(root))


def _words(text: str) -> str:
    """Return text without the signs that mean something in a question."""
    return " ".join(re.findall(r"\w+", text))


def _works(root: etree._Element) -> Iterator[Work]:
    for entry in root.iterfind(f"{_ATOM}entry"):
        match = _ID.search(entry.findtext(f"{_ATOM}id") or "")
        title = _one_line(entry.findtext(f"{_ATOM}title"))
        names = entry.iterfind(f"{_ATOM}author/{_ATOM}name")
        authors = tuple(_one_line(name.text) for name in names)
        if match and title and authors:  # an error comes as an entry too
            published = _day(entry.findtext(f"{_ATOM}published"))
            yield Work(title, authors, published, f"https://arxiv.org/abs/{match['id']}")


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _day(text: str | None) -> str | None:
    day = (text or "")[:10]
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
