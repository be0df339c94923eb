"""Bookmarks as browsers, Pinboard and Pocket export them: HTML with links under folders or
headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from litsearch.lists.fields import (
    clean_remark,
    clean_title,
    html_root,
    name_of_tag,
    read_mark,
    text_of,
)
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".html", ".htm")

_UNCLOSED = re.compile(r"<(?:dt|p)>", re.IGNORECASE)
_REMARK = re.compile(r"<dd>([^<]*+)(?:</dd>)?", re.IGNORECASE)
_READ_FOLDERS = {"unread": False, "read archive": True, "archive": True}  # of Pocket and Instapaper


def accepts(text: str) -> bool:
    """True for a bookmark file, or a page that is a list of links."""
    return (
        "netscape-bookmark-file" in text[:1000].lower()
        or re.search(r"<li>\s*<a\s", text[:4000], re.I) is not None
    )


def parse(text: str, path: str) -> list[Entry]:
    """One entry a link with an address, under its folders. Raises ListError."""
    if not text.strip():
        return []
    return list(_Walk(path).entries(html_root(_flat(text))))


def _flat(text: str) -> str:
    """The page without tags that nobody closes: the parser nests them, and stops at a depth of 256."""
    return _REMARK.sub(r"<dd>\1</dd>", _UNCLOSED.sub("", text))


@dataclass(slots=True)
class _Walk:
    path: str
    folders: list[str] = field(default_factory=list)  # of the open lists
    heading: str = ""  # the latest heading: the name of the next list
    last: Entry | None = None

    def entries(self, root: etree._Element) -> Iterator[Entry]:
        """The links in document order; one is given out when the next begins, for its description
        stands behind it.
        """
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = name_of_tag(element)
            if name in ("h1", "h2", "h3", "h4", "h5", "h6") and event == "end":
                self.heading = clean_title(text_of(element))
            elif name == "dl":
                self.folder(event)
            elif name == "dd" and event == "start" and self.last is not None:
                self.last = replace(self.last, remark=clean_remark(element.text or ""))
            elif name == "a" and event == "start" and (url := as_url(element.get("href", ""))):
                if self.last is not None:
                    yield self.last
                self.last = self.entry(element, url)
        if self.last is not None:
            yield self.last

    def folder(self, event: str) -> None:
        if event == "start":
            # the first list is the whole file
            self.folders.append(self.heading if self.folders else "")
            self.heading = ""
        elif self.folders:
            self.folders.pop()

    def entry(self, element: etree._Element, url: str) -> Entry:
        under = [*self.folders, "" if self.folders else self.heading]
        section = tuple(f for f in under if f and f.lower() not in _READ_FOLDERS)
        to_read = element.get("toread")
        return Entry(
            list=self.path,
            line=element.sourceline or 1,
            title=title_or_name(text_of(element), url),
            url=url,
            section=section,
            topic=", ".join(t.strip() for t in element.get("tags", "").split(",") if t.strip())
            or (section[-1] if section else ""),
            read=_READ_FOLDERS.get(self.heading.lower())
            if to_read is None
            else read_mark(str(int(to_read != "1"))),
        )
