"""An HTML tree to blocks in reading order: headings, paragraphs, lists, tables, code, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from litsearch.extract.blocks import Block, Picture, clean, clean_code, letters, one_line
from litsearch.extract.html.elements import BLOCKS, DEAD, HEADINGS, all_text, name_of, spaced_text
from litsearch.extract.html.roles import hinted_role
from litsearch.patterns import expression
from litsearch.types import Role

REFERENCES = expression(
    r"(?:\d+\.?\s*)?(?:references?|bibliography|works cited|literature cited)\W*", re.I
)
GENERIC = expression(
    r"(?:home|index|blog|posts?|articles?|untitled|document|page|title|readme|toc|changelog|"
    r"(?:table of )?contents|news|abstract|tl;?dr|overview|introduction|getting started|"
    r"quick ?start|agenda|install(?:ation)?|setup|prelims?|outline|summary|lectures?)\W*",
    re.I,
)
SPACES = expression(r"\s{2,}|[^\S ]")  # what is not one plain space already
CODE = ("pre", "listing", "xmp")
LISTED = frozenset(("li", "dt", "dd"))
COUNTED = ("ol", "ul")
NUMBER = expression(r"\d{1,6}")
TITLE_WITHIN = 4  # blocks from the start
LAYOUT_CELL = 600  # characters: no cell of a table of data is that long on average


def walk(root: etree._Element) -> list[Block]:
    """Return the blocks of an element in reading order. Iterative: nesting costs no stack."""
    state = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        name = name_of(element)
        if event == "end":
            _close(state, element, name, is_root=element is root)
        elif name == "img":
            state.see(element)
        elif not name or name in DEAD or _solid(state, element, name):
            events.skip_subtree()
        else:
            _open(state, element, name)
    state.end()
    return state.blocks


def titled_blocks(root: etree._Element | None) -> tuple[str | None, list[Block]]:
    """Return the heading that names a document, and its blocks; neither where there is no tree."""
    if root is None:
        return None, []
    return first_heading(root), walk(root)


def first_heading(root: etree._Element) -> str | None:
    """Return the heading that names a document: one that opens it and says more than "Contents"."""
    for block in walk(root)[:TITLE_WITHIN]:
        if block.heading == (block.text,) and not GENERIC.fullmatch(block.text):
            return block.text
    return None


@dataclass(slots=True)
class _Walk:
    """What is known while walking: the blocks so far, the open paragraph, the headings above."""

    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    level: int | None = None  # of the heading that is open
    # open elements that tell their role
    roles: list[tuple[etree._Element, Role]] = field(default_factory=list)
    links: int = 0  # open <a> elements
    linked: int = 0  # letters of the open paragraph that stand in links
    lists: int = 0  # open elements of lists
    pictures: list[Picture] = field(default_factory=list)  # before the next block
    within: list[Picture] = field(default_factory=list)  # in the open paragraph, behind its words
    counts: list[int | None] = field(default_factory=list)  # of open lists; None: not counted
    item: str = ""  # the mark of the item that begins

    def write(self, text: str | None) -> None:
        """Add text to the open paragraph; white space of the source is one space."""
        if not text:
            return
        self.buffer.append(SPACES.sub(" ", text))
        if self.links:
            self.linked += len(letters(text))

    def flush(self) -> None:
        """Close the open paragraph or heading."""
        if not self.buffer:
            return
        text, linked = clean("".join(self.buffer)), self.linked
        self.buffer.clear()
        self.linked = 0
        if not text:
            return
        if self.level is not None:
            text = text.replace("\n", " ")
            self._open_section(text, self.level)
        self.add(text, self.roles[-1][1] if self.roles else "text", linked)

    def _open_section(self, text: str, level: int) -> None:
        above = [heading for heading in self.headings if heading[0] < level]
        self.headings = [*above, (level, text)]

    def add(self, text: str, role: Role = "text", linked: int = 0) -> None:
        """Add one finished block."""
        path = tuple(heading for _, heading in self.headings)
        if role == "text" and self.level is None and any(map(REFERENCES.fullmatch, path)):
            role = "references"
        if text:
            before = tuple(self.pictures)
            listed = self.lists > 0
            about = (path, None, role, linked, listed, before, self.item)
            self.blocks.append(Block(text, *about))
            self.pictures, self.within = self.within, []
            self.item = ""

    def see(self, element: etree._Element) -> None:
        """Note an image: it stands before the next block, or behind the words that are open."""
        shown = picture(element)
        if shown is not None:
            opened = any(map(str.strip, self.buffer))
            (self.within if opened else self.pictures).append(shown)

    def end(self) -> None:
        """Close the last paragraph; images behind it stand before a block without text."""
        self.flush()
        self.pictures += self.within
        if self.pictures:
            path = tuple(heading for _, heading in self.headings)
            self.blocks.append(Block("", path, pictures=tuple(self.pictures)))


def _solid(state: _Walk, element: etree._Element, name: str) -> bool:
    """Take code and tables of data as one block each; True when that was done."""
    if name in CODE:
        state.flush()
        state.add(clean_code(_code_text(element)), "code")
        return True
    if name == "table" and _is_data(element):
        state.flush()
        caption = element.find("caption")
        if caption is not None:
            state.add(clean(all_text(caption)), "caption")
        state.add("\n".join(_rows(element)), "table")
        return True
    return False


def _open(state: _Walk, element: etree._Element, name: str) -> None:
    """Begin an element: a block closes the paragraph before it."""
    if name in BLOCKS:
        state.flush()
        role = hinted_role(element)
        if role is not None:
            state.roles.append((element, role))
        if name in HEADINGS:
            state.level = HEADINGS[name]
        state.lists += name in LISTED
        _open_list(state, element, name)
    elif name == "br":
        state.buffer.append("\n")
    elif name == "a":
        state.links += 1
    state.write(element.text)


def _open_list(state: _Walk, element: etree._Element, name: str) -> None:
    """Begin a list, or an item with its mark."""
    if name in COUNTED:
        first = element.get("start", "1") if name == "ol" else ""
        state.counts.append(int(first) - 1 if NUMBER.fullmatch(first) else None)
    elif name == "li":
        count = state.counts[-1] if state.counts else None
        state.item = "•"
        if count is not None:
            state.counts[-1] = count + 1
            state.item = f"{count + 1}."


def _close_list(state: _Walk, name: str) -> None:
    if name in COUNTED and state.counts:
        state.counts.pop()
    elif name == "li":
        state.item = ""


def _close(state: _Walk, element: etree._Element, name: str, *, is_root: bool) -> None:
    """End an element, and write what stands behind it."""
    if name in BLOCKS and name not in DEAD:
        state.flush()
        state.lists -= name in LISTED
        _close_list(state, name)
        if name in HEADINGS:
            state.level = None
        if state.roles and state.roles[-1][0] is element:
            state.roles.pop()
    elif name == "a":
        state.links -= 1
    if not is_root:
        state.write(element.tail)


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only places things on the page."""
    if table.get("role") == "presentation":
        return False
    if next(table.iter("h1", "h2", "h3", "pre", "blockquote"), None) is not None:
        return False
    if next(table.iterdescendants("table"), None) is not None:
        return False
    widths = [len(_cells(row)) for row in table.iter("tr")]
    if len(widths) < 2 or max(widths) < 2:
        return False
    return len(all_text(table)) <= LAYOUT_CELL * sum(widths)


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _rows(table: etree._Element) -> Iterator[str]:
    """Yield rows as "a | b | c"."""
    for row in table.iter("tr"):
        cells = [one_line(spaced_text(cell)) for cell in _cells(row)]
        if any(cells):
            yield " | ".join(cells)


def _code_text(element: etree._Element) -> str:
    """Return code as it stands; where every line is an element of its own, lines stay lines."""
    text = all_text(element)
    if "\n" in text.strip():
        return text
    rows = list(element.iter("div", "li", "tr", "p"))
    if len(rows) < 2:
        return text
    return "\n".join(all_text(row) for row in rows if row.find("div") is None)


SMALL = 100  # pixels: an image that is declared narrower or lower is an icon
MAX_ADDRESS = 2_000  # characters
MAX_ALT = 300  # characters
# A script puts the image in the place of an empty one when it is scrolled to.
LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-orig-file", "data-srcset")
SIGN = expression(
    r"(?:^|[\s/_.-])(?:icons?|logos?|avatars?|emojis?|badges?|sprites?|spacer|pixel|tracking|"
    r"gravatar|blank|placeholder|loading|spinner|buttons?|favicon|smil(?:ey|ie)s?|captcha|"
    r"shields|travis|counter|beacon)(?:[\s/_.?-]|$)",
    re.I,
)
VECTOR = expression(r"\.svgz?(?:[?#]|$)", re.I)  # may hold a program, so it is never shown
DIGITS = expression(r"\d+(?:\.\d+)?")


def picture(element: etree._Element) -> Picture | None:
    """Return the image of an <img>, its address as the page writes it; None for icons."""
    address = _address(element)
    if not address or len(address) > MAX_ADDRESS or VECTOR.search(address):
        return None
    if _is_icon(element, address):
        return None
    return Picture(address, one_line(element.get("alt") or "")[:MAX_ALT])


def _address(element: etree._Element) -> str:
    """Return the address of the image itself, not of what stands in for it meanwhile."""
    declared = [element.get(name) for name in LAZY]
    declared += [element.get("src"), element.get("srcset"), *_of_picture(element)]
    for value in filter(None, declared):
        address = _widest(value) if ", " in value or re.search(r"\s\d+[wx]$", value) else value
        if address and not address.startswith(("data:", "blob:", "about:")):
            return address.strip()
    return ""


def _of_picture(element: etree._Element) -> list[str | None]:
    """Return the sets of addresses of the <picture> around an image.

    libxml2 knows of no <source> that is void, and puts the image inside the last one.
    """
    around = next(element.iterancestors("picture"), None)
    if around is None:
        return []
    return [source.get("srcset") or source.get("data-srcset") for source in around.iter("source")]


def _widest(candidates: str) -> str:
    """Return the address of the widest candidate of a srcset."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+", candidates.strip()):
        address, _, width = candidate.strip().partition(" ")
        number = DIGITS.search(width)
        size = float(number[0]) if number else 1.0
        if size > most:
            best, most = address, size
    return best


def _is_icon(element: etree._Element, address: str) -> bool:
    """Tell what is small, or says that it is a sign of the page."""
    if element.get("role") == "presentation" or element.get("aria-hidden") == "true":
        return True
    for side in ("width", "height"):
        number = DIGITS.fullmatch((element.get(side) or "").strip().removesuffix("px"))
        if number and float(number[0]) < SMALL:
            return True
    name = address.partition("?")[0].rpartition("//")[2].partition("/")[2]
    return any(SIGN.search(text) for text in (name, element.get("class") or ""))
