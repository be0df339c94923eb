"""Read HTML pages that are lists, such as blog posts, tables, and what Google Docs and Word export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists import markdown
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.inline import Line, Mark, Piece
from litsearch.lists.markup import html_root, name_of_tag
from litsearch.lists.urls import as_url
from litsearch.types import Entry

SUFFIXES = (".html", ".htm", ".xhtml")
DEFAULT_FOR = SUFFIXES

MAX_DEPTH = 200
REMARK_WORDS = 12  # of an entry count as naming it; more is prose in which a link stands

_PASSED_OVER = frozenset(
    "script style nav footer aside form button noscript template svg iframe head select textarea object".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MARKS: dict[str, Mark] = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "s": "struck",
                           "del": "struck", "code": "code", "pre": "code"}  # fmt: skip
_BLOCKS = frozenset(
    "html body main article section div p blockquote center details summary figure figcaption header address dl dt dd "
    "ul ol li table thead tbody tfoot tr td th hr h1 h2 h3 h4 h5 h6 fieldset caption".split()
)
# What frames the text of a page, as wikis name it: no work is linked there.
_FRAME_NAMES = frozenset(
    "toc catlinks printfooter navbox mw-editsection mw-jump-link mw-navigation mw-head mw-panel "
    "siteSub contentSub footer sidebar breadcrumbs".split()
)
_FRAME_ROLES = frozenset("navigation contentinfo banner search".split())
_CONTENT_NAMES = ("mw-content-text", "wiki-content", "main-content", "wikitext")
_BULLET = re.compile(r"^\s*(?:[·•o§▪‣–]|\d{1,3}[.)])[\s\u00a0]+")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_UNCLOSED = re.compile(r"<p>(?=\s*<(?:ul|ol|li|table|h\d|p)\b)", re.IGNORECASE)


def accepts(text: str) -> bool:
    """Return True for a page of HTML."""
    return (
        re.match(
            r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body)\b",
            text,
            re.IGNORECASE | re.DOTALL,
        )
        is not None
    )


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the page's content links, menus and footers left out. Raises ListError."""
    if not text.strip():
        return []
    root = html_root(_UNCLOSED.sub("", text))
    _take_out_frame(root)
    if next(root.iter("a", "A"), None) is None:
        raise ListError("The page links nothing.", "To index the page itself, link it from a list.")
    reader = _Reader(_base(root, text))
    return markdown.entries_of(reader.blocks(_content(root)), path)


def _base(root: etree._Element, text: str) -> str:
    """Return the address that relative links of the page are relative to; "" when it does not say."""
    for element in root.iter("base", "link"):
        if name_of_tag(element) == "base" or element.get("rel") == "canonical":
            href = element.get("href", "")
            if href.startswith(("http://", "https://")):
                return str(href)
    saved = _SAVED_FROM.search(text[:2000])
    return saved[1] if saved else ""


def _take_out_frame(root: etree._Element) -> None:
    """Take menus, contents and edit links out of a page, and leave what is written behind them."""
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None or not _is_frame(element):
            continue
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (element.tail or "")
        else:
            parent.text = (parent.text or "") + (element.tail or "")
        parent.remove(element)


def _is_frame(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    names = {element.get("id", ""), *element.get("class", "").split()}
    is_part = name_of_tag(element) not in ("html", "body", "main", "article")
    return is_part and (not names.isdisjoint(_FRAME_NAMES) or element.get("role") in _FRAME_ROLES)


def share_of_links(text: str) -> float:
    """Return which share of a page's words names works that it links: much in a list of links,
    little in an article.
    """
    named = 0
    for entry in parse(text, ""):
        if entry.url:
            named += len(entry.title.split()) + min(REMARK_WORDS, len(entry.remark.split()))
    root = html_root(text)
    _take_out_frame(root)
    words = sum(len(words.split()) for words in _words_of(_content(root)))
    return named / max(1, words)


def _words_of(element: etree._Element) -> Iterator[str]:
    """Yield the texts below an element, without those of its frame and its programs."""
    if name_of_tag(element) in _PASSED_OVER:
        return
    yield element.text or ""
    for child in element:
        yield from _words_of(child)
        yield child.tail or ""


def _content(root: etree._Element) -> etree._Element:
    """Return the main element or the only article of a page, else its body."""
    for name in ("main", "article"):
        found = list(root.iter(name))
        if len(found) == 1 and next(found[0].iter("a"), None) is not None:
            return found[0]
    for name in _CONTENT_NAMES:
        named = root.find(f".//*[@id='{name}']")
        if named is not None and next(named.iter("a"), None) is not None:
            return named
    body = root.find(".//body")
    return root if body is None else body


class _Reader:
    """Turn elements into blocks, and the words and links in them into lines."""

    def __init__(self, base: str) -> None:
        self._base = base

    def blocks(self, element: etree._Element, depth: int = 0) -> list[Block]:
        """Return the blocks of an element's content; words and links between blocks are paragraphs."""
        found: list[Block] = []
        lines = [Line(element.sourceline or 1)]
        self._words(element.text, lines, "")
        for child in element if depth < MAX_DEPTH else ():
            name = name_of_tag(child)
            if name in _BLOCKS or (name and self._holds_blocks(child)):
                found += _paragraph(lines)
                found += self._block(child, name, depth)
                lines = [Line(child.sourceline or 1)]
            elif name not in _PASSED_OVER:
                self._inline(child, name, lines, "")
            self._words(child.tail, lines, "")
        return found + _paragraph(lines)

    def _holds_blocks(self, element: etree._Element) -> bool:
        return name_of_tag(element) in ("span", "font", "a", "ins") and any(
            name_of_tag(child) in _BLOCKS for child in element
        )

    def _block(self, element: etree._Element, name: str, depth: int) -> list[Block]:
        number = element.sourceline or 1
        if name in _HEADINGS:
            return [Block("heading", number, level=int(name[1]), lines=[self._line(element)])]
        if name in ("ul", "ol", "dl"):
            return [Block("list", number, children=self._items(element, depth))]
        if name == "table" and not any(
            name_of_tag(inner) in ("table", *_HEADINGS)
            for inner in element.iter()
            if inner is not element
        ):
            return self._table(element, number)
        if name in _PASSED_OVER or (
            name == "header" and any(name_of_tag(e) == "nav" for e in element.iter())
        ):
            return []
        return self.blocks(element, depth + 1)

    def _items(self, element: etree._Element, depth: int) -> list[Block]:
        items: list[Block] = []
        for child in element:
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
        rows: list[list[Line]] = []
        for row in element.iter("tr"):
            cells = [self._line(cell) for cell in row if name_of_tag(cell) in ("td", "th")]
            if cells:
                rows.append(cells)
        if not rows:
            return []
        widest = max(len(row) for row in rows)
        headed = any(name_of_tag(cell) == "th" for cell in next(element.iter("tr")))
        if not headed:
            rows.insert(0, [Line(number) for _ in range(widest)])
        for row in rows:
            row += [Line(row[0].number) for _ in range(widest - len(row))]
        return [Block("table", number, rows=rows)]

    def _line(self, element: etree._Element) -> Line:
        """Return all the words and links of an element as one line."""
        lines = [Line(element.sourceline or 1)]
        self._words(element.text, lines, "")
        for child in element:
            name = name_of_tag(child)
            if name not in _PASSED_OVER:
                self._inline(child, name, lines, "")
            self._words(child.tail, lines, "")
        pieces = [piece for line in lines for piece in (*line.pieces, Piece(" "))][:-1]
        return Line(lines[0].number, pieces)

    def _inline(self, element: etree._Element, name: str, lines: list[Line], mark: Mark) -> None:
        """Add an element's words and links to the last line; a break begins another."""
        if name == "br":
            lines.append(Line(element.sourceline or lines[-1].number))
        elif name == "a" and element.get("href"):
            self._link(element, lines, mark)
        elif name == "input" and element.get("type") == "checkbox":
            self._words("[x] " if element.get("checked") is not None else "[ ] ", lines, mark)
        elif name and name not in _PASSED_OVER:
            inner = _MARKS.get(name, mark)
            self._words(element.text, lines, inner)
            for child in element:
                self._inline(child, name_of_tag(child), lines, inner)
                self._words(child.tail, lines, inner)

    def _link(self, element: etree._Element, lines: list[Line], mark: Mark) -> None:
        words = " ".join("".join(element.itertext()).split())
        image = next(element.iter("img"), None)
        picture = "" if words or image is None else str(image.get("src") or "image")
        if image is not None and not words:
            words = str(image.get("alt", ""))
        marked = next(
            (_MARKS[tag] for inner in element.iter() if (tag := name_of_tag(inner)) in _MARKS), mark
        )
        number = element.sourceline or lines[-1].number
        if words or picture:
            lines[-1].pieces.append(
                Piece(words, marked, self._target(str(element.get("href"))), number, picture)
            )

    def _target(self, href: str) -> str:
        if (
            self._base
            and as_url(href) is None
            and not href.startswith(("#", "mailto:", "javascript:", "data:"))
        ):
            return urljoin(self._base, href)
        return href

    def _words(self, text: str | None, lines: list[Line], mark: Mark) -> None:
        words = re.sub(r"[\s\u00a0]+", " ", text or "")
        if words and (words != " " or lines[-1].pieces):
            lines[-1].pieces.append(Piece(words, mark))


def _paragraph(lines: list[Line]) -> list[Block]:
    """Return a paragraph of the lines that say anything; one with a bullet for its first sign is an item."""
    said = [
        line for line in lines if any(piece.href or piece.text.strip() for piece in line.pieces)
    ]
    if not said:
        return []
    first = said[0].pieces[0]
    bullet = (
        _BULLET.match("".join(piece.text for piece in said[0].pieces[:3]))
        if first.href is None
        else None
    )
    said[0].number = next((piece.line for piece in said[0].pieces if piece.href), said[0].number)
    if bullet is None:
        return [Block("text", said[0].number, lines=said)]
    said[0].pieces = _after(said[0].pieces, bullet.end())
    return [Block("list", said[0].number, children=[Block("item", said[0].number, lines=said)])]


def _after(pieces: list[Piece], start: int) -> list[Piece]:
    """Return the pieces without the first characters of their words."""
    kept: list[Piece] = []
    for piece in pieces:
        cut = min(start, len(piece.text)) if piece.href is None else 0
        start -= cut
        if piece.href or len(piece.text) > cut:
            kept.append(piece._replace(text=piece.text[cut:]))
    return kept
