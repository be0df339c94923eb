"""Read bookmarks as browsers, Pinboard, Raindrop and Pocket export them: links under folders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from litsearch.lists.fields import clean_remark, clean_title, plain_text
from litsearch.lists.markup import html_root, name_of_tag, text_of
from litsearch.lists.url_names import title_or_name
from litsearch.lists.urls import as_url
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".html", ".htm")

_UNCLOSED = expression(r"<(?:dt|p)>|</p>", re.IGNORECASE)
_REMARK = expression(r"<dd>([^<]*)(?:</dd>)?", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# folders of Pocket and Instapaper
_STATES = {"unread": False, "read archive": True, "archive": True}
_READ_LATER = expression(r"<h1>(?:unread|read archive|archive)</h1>\s*<[uo]l>", re.IGNORECASE)


def accepts(text: str) -> bool:
    """Return True for a bookmark file, or what Pocket and Instapaper export."""
    return "netscape-bookmark-file" in text[:1000].lower() or _READ_LATER.search(text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a link with an address, under its folders. Raises ListError."""
    if not text.strip():
        return []
    walk = _Walk(path)
    for event, element in etree.iterwalk(html_root(_flat(text)), events=("start", "end")):
        take = walk.start if event == "start" else walk.end
        take(element, name_of_tag(element))
    return walk.entries


def _flat(text: str) -> str:
    """Return the page without tags that nobody closes.

    The parser nests them, and stops at a depth of 256.
    """
    return _REMARK.sub(r"<dd>\1</dd>", _UNCLOSED.sub("", text))


@dataclass(slots=True)
class _Walk:
    """A walk through a bookmark file in document order."""

    path: str
    folders: list[str] = field(default_factory=list)  # of the open lists
    heading: str = ""  # the latest heading: the name of the next list
    whole: bool = True  # that heading names the whole file
    entries: list[Entry] = field(default_factory=list)

    def start(self, element: etree._Element, name: str) -> None:
        """Take the beginning of an element; a description belongs to the link before it."""
        if name == "dl":
            self.folders.append("" if self.whole else self.heading)
            self.heading = ""
        elif name == "dd" and self.entries:
            remark = clean_remark(plain_text(element.text or ""))
            self.entries[-1] = replace(self.entries[-1], remark=remark)
        elif name == "a" and (url := as_url(element.get("href", ""))):
            self.entries.append(self._entry(element, url))

    def end(self, element: etree._Element, name: str) -> None:
        """Take the end of an element."""
        if name in _HEADINGS:
            self.heading = clean_title(text_of(element))
            self.whole = name == "h1"
        elif name == "dl" and self.folders:
            self.folders.pop()

    def _entry(self, element: etree._Element, url: str) -> Entry:
        under = [*self.folders, "" if self.folders else self.heading]
        section = tuple([name for name in under if name and name.lower() not in _STATES])
        tags = ", ".join(filter(None, map(str.strip, element.get("tags", "").split(","))))
        return Entry(
            list=self.path,
            line=element.sourceline or 1,
            title=title_or_name(text_of(element), url),
            url=url,
            section=section,
            topic=tags or "".join(section[-1:]),
            read=self._state(element.get("toread")),
        )

    def _state(self, to_read: str | None) -> bool | None:
        """Return what Pinboard's attribute says, else what the folder of Pocket does."""
        return _STATES.get(self.heading.lower()) if to_read is None else to_read != "1"
