"""Read HTML pages that are lists: blog posts, tables, what Google Docs and Word export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import filterfalse
from urllib.parse import urljoin

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists import markdown
from litsearch.lists.markdown.blocks import Block, joined_lines
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.inline import text_of as text_of_pieces
from litsearch.lists.markdown.spans import Mark, Piece
from litsearch.lists.markup import children, elements, html_root, name_of_tag, text_of
from litsearch.lists.phrases import word_set
from litsearch.lists.urls import as_url
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".html", ".htm", ".xhtml")
DEFAULT_FOR = SUFFIXES

MAX_DEPTH = 200
REMARK_WORDS = 12  # of an entry count as naming it; more is prose in which a link stands

_PASSED_OVER = word_set(
    "script style nav footer aside form button noscript template svg iframe head select textarea "
    "object"
)
_WRAPPERS = ("span", "font", "a", "ins")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = word_set(
    """
    html body main article section div p blockquote center details summary figure figcaption header
    address dl dt dd ul ol li table thead tbody tfoot tr td th hr h1 h2 h3 h4 h5 h6 fieldset caption
    """
)
_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite"), "em"),
    **dict.fromkeys(("s", "del"), "struck"),
    **dict.fromkeys(("code", "pre"), "code"),
}
_PAGE = expression(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# What frames the text of a page, as wikis name it: no work is linked there.
_FRAME_NAMES = word_set(
    "toc catlinks printfooter navbox mw-editsection mw-jump-link mw-navigation mw-head mw-panel "
    "siteSub contentSub footer sidebar breadcrumbs"
)
_FRAME_ROLES = word_set("navigation contentinfo banner search")
_WHOLE = ("html", "body", "main", "article")  # never frames, whatever their classes
_CONTENT_NAMES = ("mw-content-text", "wiki-content", "main-content", "wikitext")
_BULLET = expression(r"^\s*(?:[·•o§▪‣–]|\d{1,3}[.)])[\s\u00a0]+")
_SAVED_FROM = expression(r"<!-- saved from url=\(\d+\)(\S+) -->")
_UNCLOSED = expression(r"<p>(?=\s*<(?:ul|ol|li|table|h\d|p)\b)", re.IGNORECASE)
_NO_PAGES = ("#", "mailto:", "javascript:", "data:")


def accepts(text: str) -> bool:
    """Return True for a page of HTML."""
    return _PAGE.match(text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the page's content links, menus and footers left out.

    Raises ListError.
    """
    if not text.strip():
        return []
    root = html_root(_UNCLOSED.sub("", text))
    if next(root.iter("a", "A"), None) is None:
        raise ListError("The page links nothing.", "To index the page itself, link it from a list.")
    reader = _Reader(_base(root, text))
    return markdown.entries_of(reader.blocks(_content(root)), path)


def _base(root: etree._Element, text: str) -> str:
    """Return the address that a page's relative links start from; "" when it does not say."""
    for element in root.iter("base", "link"):
        if name_of_tag(element) == "base" or element.get("rel") == "canonical":
            href = element.get("href", "")
            if href.startswith(("http://", "https://")):
                return str(href)
    saved = _SAVED_FROM.search(text[:2000])
    return saved[1] if saved else ""


def share_of_links(text: str) -> float:
    """Return which share of a page's words names works that it links.

    It is much in a list of links, and little in an article.
    """
    link_words = 0
    for entry in parse(text, ""):
        if entry.url:
            link_words += len(entry.title.split()) + min(REMARK_WORDS, len(entry.remark.split()))
    words = sum(len(words.split()) for words in _texts_of(_content(html_root(text))))
    return link_words / max(1, words)


def _texts_of(element: etree._Element) -> Iterator[str]:
    """Yield the texts in an element, without those of its frame and its programs."""
    if _is_passed_over(element):
        return
    yield element.text or ""
    for part in element:
        yield from _texts_of(part)
        yield part.tail or ""


def _is_passed_over(element: etree._Element) -> bool:
    """Tell whether an element is a program, a menu or another part of the frame of a page."""
    name = name_of_tag(element)
    if not name or name in _PASSED_OVER:
        return True
    if name in _WHOLE or not element.attrib:
        return False
    names = (element.get("id", ""), *element.get("class", "").split())
    return element.get("role") in _FRAME_ROLES or not _FRAME_NAMES.isdisjoint(names)


def _content(root: etree._Element) -> etree._Element:
    """Return the main element or the only article of a page, else its body."""
    for name in ("main", "article"):
        elements = list(root.iter(name))
        if len(elements) == 1 and next(elements[0].iter("a"), None) is not None:
            return elements[0]
    for name in _CONTENT_NAMES:
        element = root.find(f".//*[@id='{name}']")
        if element is not None and next(element.iter("a"), None) is not None:
            return element
    body = root.find(".//body")
    return root if body is None else body


class _Reader:
    """Turn elements into blocks, and the words and links in them into lines."""

    def __init__(self, base: str) -> None:
        self._base = base

    def blocks(self, element: etree._Element, depth: int = 0) -> list[Block]:
        """Return the blocks of an element's content; what stands between blocks is a paragraph."""
        blocks: list[Block] = []
        lines = [Line(element.sourceline or 1)]
        self._words(element.text, lines, "")
        for child in element if depth < MAX_DEPTH else ():
            if _is_passed_over(child):
                pass
            elif _is_block(child):
                blocks += _paragraph(lines)
                blocks += self._block(child, name_of_tag(child), depth)
                lines = [Line(child.sourceline or 1)]
            else:
                self._inline(child, lines, "")
            self._words(child.tail, lines, "")
        return blocks + _paragraph(lines)

    def _block(self, element: etree._Element, name: str, depth: int) -> list[Block]:
        number = element.sourceline or 1
        if name in _HEADINGS:
            return [Block("heading", number, level=int(name[1]), lines=[self._line(element)])]
        if name in ("ul", "ol", "dl"):
            return [Block("list", number, children=self._items(element, depth))]
        if name == "table" and not _holds(element, ("table", *_HEADINGS)):
            return self._table(element, number)
        if name == "header" and _holds(element, ("nav",)):
            return []
        return self.blocks(element, depth + 1)

    def _items(self, element: etree._Element, depth: int) -> list[Block]:
        items: list[Block] = []
        for child in filterfalse(_is_passed_over, element):
            name = name_of_tag(child)
            if name in ("ul", "ol") and items:  # a list within a list, as old editors wrote it
                items[-1].children += self._block(child, name, depth + 1)
            elif name == "dd" and items:
                items[-1].children += self.blocks(child, depth + 1)
            elif name in ("li", "dt", "div"):
                items.append(self._item(child, depth))
        return items

    def _item(self, element: etree._Element, depth: int) -> Block:
        inner = self.blocks(element, depth + 1)
        item = Block("item", element.sourceline or 1)
        if inner and inner[0].kind == "text":
            item.lines = inner.pop(0).lines
        item.children = inner
        return item

    def _table(self, element: etree._Element, number: int) -> list[Block]:
        rows = list(filter(None, map(self._cells, element.iter("tr"))))
        if not rows:
            return []
        widest = max(map(len, rows))
        if not _holds(next(element.iter("tr")), ("th",)):
            rows.insert(0, [])
        for row in rows:
            line = row[0].number if row else number
            row += [Line(line) for _ in range(widest - len(row))]
        return [Block("table", number, rows=rows)]

    def _cells(self, row: etree._Element) -> list[Line]:
        return list(map(self._line, children(row, "td", "th")))

    def _line(self, element: etree._Element) -> Line:
        """Return all the words and links of an element as one line."""
        lines = [Line(element.sourceline or 1)]
        self._words(element.text, lines, "")
        for part in element:
            self._inline(part, lines, "")
            self._words(part.tail, lines, "")
        return joined_lines(list(filter(_says_anything, lines)), lines[0].number)

    def _inline(self, element: etree._Element, lines: list[Line], mark: Mark) -> None:
        """Add an element's words and links to the last line; a break begins another."""
        if _is_passed_over(element):
            return
        name = name_of_tag(element)
        if name == "br":
            lines.append(Line(element.sourceline or lines[-1].number))
        elif name == "a" and element.get("href"):
            self._link(element, lines, mark)
        elif name == "input":
            self._words(_box(element), lines, mark)
        elif name in ("li", "p", "div"):  # within a cell, each a line
            self._content(element, lines, mark)
            lines.append(Line(element.sourceline or lines[-1].number))
        else:
            self._content(element, lines, _MARKS.get(name, mark))

    def _content(self, element: etree._Element, lines: list[Line], mark: Mark) -> None:
        self._words(element.text, lines, mark)
        for part in element:
            self._inline(part, lines, mark)
            self._words(part.tail, lines, mark)

    def _link(self, element: etree._Element, lines: list[Line], mark: Mark) -> None:
        words, picture = text_of(element), ""
        image = next(element.iter("img"), None)
        if image is not None and not words:
            words, picture = str(image.get("alt", "")), str(image.get("src") or "image")
        if words or picture:
            inner = next(filter(_MARKS.__contains__, map(name_of_tag, element.iter())), "")
            number = element.sourceline or lines[-1].number
            target = self._target(str(element.get("href")))
            piece = Piece(words, _MARKS.get(inner, mark), target, number, picture)
            lines[-1].pieces.append(piece)

    def _target(self, href: str) -> str:
        if not self._base or as_url(href) is not None or href.startswith(_NO_PAGES):
            return href
        return urljoin(self._base, href)

    def _words(self, text: str | None, lines: list[Line], mark: Mark) -> None:
        words = re.sub(r"[\s\u00a0]+", " ", text or "")
        if words and (words != " " or lines[-1].pieces):
            lines[-1].pieces.append(Piece(words, mark))


def _is_block(element: etree._Element) -> bool:
    """Tell whether an element is a block, or one that only wraps blocks."""
    name = name_of_tag(element)
    if name in _BLOCKS:
        return True
    return name in _WRAPPERS and any(name_of_tag(part) in _BLOCKS for part in element)


def _holds(element: etree._Element, names: Sequence[str]) -> bool:
    """Tell whether an element of one of these names stands in another one."""
    return any(part is not element for part in elements(element, *names))


def _box(element: etree._Element) -> str:
    """Return a box to tick as Markdown writes it; "" for other inputs."""
    if element.get("type") != "checkbox":
        return ""
    return "[ ] " if element.get("checked") is None else "[x] "


def _paragraph(lines: list[Line]) -> list[Block]:
    """Return a paragraph of the lines that say anything; one with a bullet in front is an item."""
    lines = list(filter(_says_anything, lines))
    if not lines:
        return []
    first = lines[0]
    bullet = _BULLET.match(text_of_pieces(first.pieces[:3]))
    is_item = bullet is not None and first.pieces[0].href is None
    first.number = next((piece.line for piece in first.pieces if piece.href), first.number)
    if bullet is None or not is_item:
        return [Block("text", first.number, lines=lines)]
    first.pieces = _after(first.pieces, bullet.end())
    return [Block("list", first.number, children=[Block("item", first.number, lines=lines)])]


def _says_anything(line: Line) -> bool:
    return line.is_linked or bool(line.text.strip())


def _after(pieces: list[Piece], start: int) -> list[Piece]:
    """Return the pieces without the first characters of their words."""
    rest: list[Piece] = []
    for piece in pieces:
        cut = min(start, len(piece.text)) if piece.href is None else 0
        start -= cut
        if piece.href or len(piece.text) > cut:
            rest.append(piece._replace(text=piece.text[cut:]))
    return rest
