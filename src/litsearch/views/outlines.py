"""Write sources as lists: Markdown, OPML and bookmarks, under the sections that lists give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from litsearch.patterns import expression
from litsearch.views.escapes import for_markdown, for_markdown_link, one_line

if TYPE_CHECKING:
    from litsearch.types import CatalogSource

Rows = Sequence["CatalogSource"]
Section = tuple[str, ...]

_HASHTAG = expression(r"[^\W\d][\w/-]{1,39}")
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
    entry = row.entries[0]
    if entry.section and entry.topic == entry.section[-1]:
        return ""
    return entry.topic


def remark_of(row: CatalogSource) -> str:
    """Return the first remark of any list on a source."""
    for entry in row.entries:
        if entry.remark:
            return entry.remark
    return ""


def further_of(row: CatalogSource, name: str) -> str:
    """Return what the first list that says it keeps under a further name: venue, urldate."""
    for entry in row.entries:
        value = dict(entry.extra).get(name, "")
        if value:
            return value
    return ""


def read_state(row: CatalogSource) -> bool | None:
    """Return whether any list marks a source as read, or else as not read yet."""
    states = {entry.read for entry in row.entries}
    for state in (True, False):
        if state in states:
            return state
    return None


def _by_section(rows: Rows) -> dict[Section, list[CatalogSource]]:
    """Return the rows of each section; those of none come first, as no heading can end another."""
    groups: dict[Section, list[CatalogSource]] = {(): []}
    for row in rows:
        groups.setdefault(section_of(row), []).append(row)
    if not groups[()]:
        del groups[()]
    return groups


# Markdown.


def markdown(rows: Rows) -> str:
    """Write bullets under headings."""
    lines: list[str] = []
    open_section: Section = ()
    for section, group in _by_section(rows).items():
        lines += _headings(open_section, section)
        lines += map(_bullet, group)
        open_section = section
    return "\n".join(lines).strip("\n")


def bullets(rows: Rows) -> str:
    """Write bullets in the order of the rows, as a ranking has them."""
    return "\n".join(map(_bullet, rows))


def _headings(before: Section, section: Section) -> Iterator[str]:
    """Yield the headings that lead from one section to another."""
    same = 0
    for above, name in zip(before, section, strict=False):
        if above != name:
            break
        same += 1
    if section and len(section) == same:
        same -= 1  # back to a section above: its heading once more
    for level, name in enumerate(section[same:], same + 1):
        yield f"\n{'#' * min(level, 6)} {for_markdown(name)}\n"


def _bullet(row: CatalogSource) -> str:
    title, url = for_markdown(row.title), for_markdown_link(row.url or "")
    box = {True: "[x] ", False: "[ ] ", None: ""}[read_state(row)]
    line = f"- {box}[{title}]({url})" if url else f"- {box}“{title}”"
    if row.authors:
        line += f" by {for_markdown(_listed(row.authors))}"
    if row.year:
        line += f" ({row.year})"

    words = [for_markdown(remark_of(row))]
    for tag in map(str.strip, topic_of(row).split(",")):
        if _HASHTAG.fullmatch(tag):
            words.append(f"#{tag}")
    remark = " ".join(words).strip()
    return f"{line} - {remark}" if remark else line


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: "Oar and Ray" is two, "Oar, Ray" may be one."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


# Folders within folders.


def opml(rows: Rows) -> str:
    """Write outlines within outlines."""
    body = _folders(rows, lambda name: f'<outline text="{_xml(name)}">', "</outline>", _outline)
    head = f"{_OPML_HEAD}\n<head><title>litsearch</title></head>\n<body>"
    return f"{head}\n{body}\n</body>\n</opml>"


def _outline(row: CatalogSource) -> str:
    attributes = {
        "text": row.title,
        "type": "link",
        "url": row.url,
        "category": topic_of(row),
        "_note": remark_of(row),
        "_complete": "true" if read_state(row) else "",
    }
    return f"<outline{_attributes(attributes)}/>"


def _attributes(values: Mapping[str, str | None]) -> str:
    """Write attributes, without those of no value but the text and the address."""
    parts: list[str] = []
    for name, value in values.items():
        if value or name in ("text", "url"):
            parts.append(f' {name}="{_xml(value)}"')
    return "".join(parts)


def netscape(rows: Rows) -> str:
    """Write bookmarks in folders, as browsers read them."""
    body = _folders(rows, lambda name: f"<DT><H3>{_xml(name)}</H3>\n<DL><p>", "</DL><p>", _bookmark)
    return f"{_BOOKMARKS_HEAD}\n<DL><p>\n{body}\n</DL><p>"


def _bookmark(row: CatalogSource) -> str:
    tags = _attributes({"TAGS": topic_of(row).replace(", ", ",")})
    state = {True: ' TOREAD="0"', False: ' TOREAD="1"', None: ""}[read_state(row)]
    link = f'<DT><A HREF="{_xml(row.url)}"{tags}{state}>{_xml(row.title)}</A>'
    remark = remark_of(row)
    return f"{link}\n<DD>{_xml(remark)}" if remark else link


def _folders(
    rows: Rows, opening: Callable[[str], str], closing: str, item: Callable[[CatalogSource], str]
) -> str:
    """Write each section as folders within folders, with its items inside."""
    lines: list[str] = []
    for section, group in _by_section([row for row in rows if row.url]).items():
        lines += map(opening, section)
        lines += map(item, group)
        lines += [closing] * len(section)
    return "\n".join(lines)


def _xml(text: str | None) -> str:
    """Escape a text, without characters that XML cannot hold."""
    return escape(one_line("".join(map(_printable, text or ""))))


def _printable(character: str) -> str:
    return character if character.isprintable() else " "
