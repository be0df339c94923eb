"""Write sources as lists: Markdown, OPML and bookmarks, under the sections that the lists give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from litsearch.views.escapes import for_markdown, for_markdown_link, one_line

if TYPE_CHECKING:
    from litsearch.types import CatalogSource

Rows = Sequence["CatalogSource"]
Section = tuple[str, ...]

_HASHTAG = re.compile(r"[^\W\d][\w/-]{1,39}")
_OPML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">'
_BOOKMARKS_HEAD = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
    "<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>"
)


def section_of(row: CatalogSource) -> Section:
    """Return the headings above a source, where a list names it first."""
    return row.entries[0].section


def topic_of(row: CatalogSource) -> str:
    """Return the tags that a list gives a source; "" when its topic is but the section's name."""
    first = row.entries[0]
    return "" if first.section and first.topic == first.section[-1] else first.topic


def remark_of(row: CatalogSource) -> str:
    """Return the first remark of any list on a source."""
    return next((entry.remark for entry in row.entries if entry.remark), "")


def read_state(row: CatalogSource) -> bool | None:
    """Return whether any list marks a source as read, or else as not read yet."""
    states = {entry.read for entry in row.entries}
    return True if True in states else (False if False in states else None)


def _by_section(rows: Rows) -> dict[Section, list[CatalogSource]]:
    """Return the rows of each section; those of none come first, as no heading can end another."""
    groups: dict[Section, list[CatalogSource]] = {(): []}
    for row in rows:
        groups.setdefault(section_of(row), []).append(row)
    return groups


# Markdown.


def markdown(rows: Rows) -> str:
    """Write bullets under headings."""
    lines: list[str] = []
    open_section: Section = ()
    for section, group in _by_section(rows).items():
        lines += _headings(open_section, section) if group else []
        lines += [_bullet(row) for row in group]
        open_section = section if group else open_section
    return "\n".join(lines).strip("\n")


def bullets(rows: Rows) -> str:
    """Write bullets in the order of the rows, as a ranking has them."""
    return "\n".join(_bullet(row) for row in rows)


def _headings(before: Section, section: Section) -> Iterator[str]:
    """Yield the headings that lead from one section to another."""
    same = 0
    while same < min(len(before), len(section)) and before[same] == section[same]:
        same += 1
    if len(section) == same:
        same -= 1  # back to a section above: its heading once more
    for level, name in enumerate(section[max(same, 0) :], max(same, 0) + 1):
        yield f"\n{'#' * min(level, 6)} {for_markdown(name)}\n"


def _bullet(row: CatalogSource) -> str:
    title, url = for_markdown(row.title), for_markdown_link(row.url or "")
    named = f"[{title}]({url})" if url else f"“{title}”"
    box = {True: "[x] ", False: "[ ] ", None: ""}[read_state(row)]
    by = f" by {for_markdown(', '.join(row.authors))}" if row.authors else ""
    year = f" ({row.year})" if row.year else ""
    tags = [tag.strip() for tag in topic_of(row).split(",")]
    hashed = [f"#{tag}" for tag in tags if _HASHTAG.fullmatch(tag)]
    said = " ".join([for_markdown(remark_of(row)), *hashed]).strip()
    return f"- {box}{named}{by}{year}" + (f" - {said}" if said else "")


# Folders within folders.


def opml(rows: Rows) -> str:
    """Write outlines within outlines."""
    body = _folders(rows, lambda name: f'<outline text="{_xml(name)}">', "</outline>", _outline)
    head = f"{_OPML_HEAD}\n<head><title>litsearch</title></head>\n<body>"
    return f"{head}\n{body}\n</body>\n</opml>"


def _outline(row: CatalogSource) -> str:
    further = {"category": topic_of(row), "_note": remark_of(row)}
    told = "".join(f' {name}="{_xml(value)}"' for name, value in further.items() if value)
    done = ' _complete="true"' if read_state(row) else ""
    return f'<outline text="{_xml(row.title)}" type="link" url="{_xml(row.url)}"{told}{done}/>'


def netscape(rows: Rows) -> str:
    """Write bookmarks in folders, as browsers read them."""
    body = _folders(rows, lambda name: f"<DT><H3>{_xml(name)}</H3>\n<DL><p>", "</DL><p>", _bookmark)
    return f"{_BOOKMARKS_HEAD}\n<DL><p>\n{body}\n</DL><p>"


def _bookmark(row: CatalogSource) -> str:
    tags = f' TAGS="{_xml(topic_of(row).replace(", ", ","))}"' if topic_of(row) else ""
    state = {True: ' TOREAD="0"', False: ' TOREAD="1"', None: ""}[read_state(row)]
    remark = f"\n<DD>{_xml(remark_of(row))}" if remark_of(row) else ""
    return f'<DT><A HREF="{_xml(row.url)}"{tags}{state}>{_xml(row.title)}</A>{remark}'


def _folders(
    rows: Rows, opening: Callable[[str], str], closing: str, item: Callable[[CatalogSource], str]
) -> str:
    """Write each section as folders within folders, with its items inside."""
    lines: list[str] = []
    for section, group in _by_section([row for row in rows if row.url]).items():
        if group:
            lines += [opening(name) for name in section]
            lines += [item(row) for row in group]
            lines += [closing] * len(section)
    return "\n".join(lines)


def _xml(text: str | None) -> str:
    """Escape a text, without characters that XML cannot hold."""
    return escape(one_line("".join(c if c.isprintable() else " " for c in text or "")))
