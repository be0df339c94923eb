"""An HTML tree to blocks: headings, paragraphs, list items, tables, code and captions in reading
order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from litsearch.extract.blocks import Block, clean, clean_code
from litsearch.extract.html.tree import BLOCKS, DEAD, HEADINGS, all_text, spaced_text
from litsearch.types import Role

REFERENCES = re.compile(
    r"(?:\d+\.?\s*)?(?:references?|bibliography|works cited|literature cited)\W*", re.I
)
GENERIC = re.compile(
    r"(?:home|index|blog|posts?|articles?|untitled|document|page|title|readme|(?:table of )?contents|toc|changelog|"
    r"news|abstract|tl;?dr|overview|introduction|getting started|quick ?start|agenda|install(?:ation)?|setup|prelims?|"
    r"outline|summary|lectures?)\W*",
    re.I,
)
TITLE_WITHIN = 4  # blocks from the start
LAYOUT_CELL = 600  # characters: no cell of a table of data is that long on average


def walk(root: etree._Element) -> list[Block]:
    """The blocks of an element in reading order. Iterative: nesting costs no stack."""
    state = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not name or name in DEAD or _solid(state, element, name):
                events.skip_subtree()
                continue
            _open(state, element, name)
        else:
            _close(state, element, name, is_root=element is root)
    state.flush()
    return state.blocks


def first_heading(root: etree._Element) -> str | None:
    """The heading that names a document: one that opens it and says more than "Contents"."""
    for block in walk(root)[:TITLE_WITHIN]:
        if (
            block.heading[-1:] == (block.text,)
            and len(block.heading) == 1
            and not GENERIC.fullmatch(block.text)
        ):
            return block.text
    return None


@dataclass(slots=True)
class _Walk:
    """What is known while walking: the blocks so far, the open paragraph, the headings above."""

    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    level: int | None = None  # of the heading that is open

    def flush(self) -> None:
        """Close the open paragraph or heading."""
        text = clean("".join(self.buffer))
        self.buffer.clear()
        if not text:
            return
        if self.level is not None:
            text = text.replace("\n", " ")
            self.headings = [h for h in self.headings if h[0] < (self.level or 0)] + [
                (self.level, text)
            ]
        self.add(text)

    def add(self, text: str, role: Role = "text") -> None:
        """One finished block."""
        path = tuple(heading for _, heading in self.headings)
        if (
            role == "text"
            and self.level is None
            and any(REFERENCES.fullmatch(heading) for heading in path)
        ):
            role = "references"
        if text:
            self.blocks.append(Block(text, path, None, role))


def _solid(state: _Walk, element: etree._Element, name: str) -> bool:
    """Take code and tables of data as one block each; True when that was done."""
    if name in ("pre", "listing", "xmp"):
        state.flush()
        state.add(clean_code(_code_text(element)), "code")
        return True
    if name == "table" and _is_data(element):
        state.flush()
        caption = element.find("caption")
        if caption is not None:
            state.add(clean(all_text(caption)))
        state.add("\n".join(_rows(element)), "table")
        return True
    return False


def _open(state: _Walk, element: etree._Element, name: str) -> None:
    if name in BLOCKS:
        state.flush()
        if name in HEADINGS:
            state.level = HEADINGS[name]
    elif name == "br":
        state.buffer.append("\n")
    state.buffer.append(_collapsed(element.text))


def _close(state: _Walk, element: etree._Element, name: str, *, is_root: bool) -> None:
    if name in BLOCKS and name not in DEAD:
        state.flush()
        if name in HEADINGS:
            state.level = None
    if not is_root:
        state.buffer.append(_collapsed(element.tail))


def _collapsed(text: str | None) -> str:
    """White space of the source is one space; only <br> breaks a line."""
    return re.sub(r"\s+", " ", text) if text else ""


def _is_data(table: etree._Element) -> bool:
    """False for a table that only places things on the page."""
    if table.get("role") == "presentation":
        return False
    if next(table.iter("h1", "h2", "h3", "pre", "blockquote"), None) is not None:
        return False
    if any(inner is not table for inner in table.iter("table")):
        return False
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    if len(widths) < 2 or max(widths) < 2:
        return False
    return len(all_text(table)) <= LAYOUT_CELL * sum(widths)


def _rows(table: etree._Element) -> Iterator[str]:
    """Rows as "a | b | c"."""
    for row in table.iter("tr"):
        cells = [
            clean(spaced_text(cell)).replace("\n", " ") for cell in row if cell.tag in ("td", "th")
        ]
        if any(cells):
            yield " | ".join(cells)


def _code_text(element: etree._Element) -> str:
    """Code as it stands; where every line is an element of its own, lines stay lines."""
    text = all_text(element)
    if "\n" not in text.strip():
        rows = list(element.iter("div", "li", "tr", "p"))
        if len(rows) > 1:
            return "\n".join(all_text(row) for row in rows if row.find("div") is None)
    return text
