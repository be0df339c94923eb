"""Read bookmarks as browsers, Pinboard, Raindrop and Pocket export them: HTML with links under folders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from litsearch.lists.fields import clean_remark, clean_title, plain_text, read_mark
from litsearch.lists.markup import html_root, name_of_tag, text_of
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".html", ".htm")

_UNCLOSED = re.compile(r"<(?:dt|p)>|</p>", re.IGNORECASE)
_REMARK = re.compile(r"<dd>([^<]*)(?:</dd>)?", re.IGNORECASE)
_STATES = {
    "unread": False,
    "read archive": True,
    "archive": True,
}  # folders of Pocket and Instapaper
_READ_LATER = re.compile(r"<h1>(?:unread|read archive|archive)</h1>\s*<[uo]l>", re.IGNORECASE)


def accepts(text: str) -> bool:
    """Return True for a bookmark file, or what Pocket and Instapaper export."""
    return "netscape-bookmark-file" in text[:1000].lower() or _READ_LATER.search(text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a link with an address, under its folders. Raises ListError."""
    if not text.strip():
        return []
    return list(_Walk(path).entries(html_root(_flat(text))))


def _flat(text: str) -> str:
    """Return the page without tags that nobody closes: the parser nests them, and stops at a depth of 256."""
    return _REMARK.sub(r"<dd>\1</dd>", _UNCLOSED.sub("", text))


@dataclass(slots=True)
class _Walk:
    path: str
    folders: list[str] = field(default_factory=list)  # of the open lists
    heading: str = ""  # the latest heading: the name of the next list
    whole: bool = True  # that heading names the whole file
    last: Entry | None = None

    def entries(self, root: etree._Element) -> Iterator[Entry]:
        """Yield the links in document order; each when the next begins, for its description stands behind it."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = name_of_tag(element)
            if name in ("h1", "h2", "h3", "h4", "h5", "h6") and event == "end":
                self.heading = clean_title(text_of(element))
                self.whole = name == "h1"
            elif name == "dl":
                self._folder(event)
            elif name == "dd" and event == "start" and self.last is not None:
                self.last = replace(self.last, remark=clean_remark(plain_text(element.text or "")))
            elif name == "a" and event == "start" and (url := as_url(element.get("href", ""))):
                if self.last is not None:
                    yield self.last
                self.last = self._entry(element, url)
        if self.last is not None:
            yield self.last

    def _folder(self, event: str) -> None:
        if event == "start":
            self.folders.append("" if self.whole else self.heading)
            self.heading = ""
        elif self.folders:
            self.folders.pop()

    def _entry(self, element: etree._Element, url: str) -> Entry:
        under = [*self.folders, "" if self.folders else self.heading]
        section = tuple(name for name in under if name and name.lower() not in _STATES)
        tags = [tag.strip() for tag in element.get("tags", "").split(",") if tag.strip()]
        to_read = element.get("toread")
        return Entry(
            list=self.path,
            line=element.sourceline or 1,
            title=title_or_name(text_of(element), url),
            url=url,
            section=section,
            topic=", ".join(tags) or (section[-1] if section else ""),
            read=_STATES.get(self.heading.lower())
            if to_read is None
            else read_mark(str(int(to_read != "1"))),
        )
