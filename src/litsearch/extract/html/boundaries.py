"""Finds where the text of a page begins and ends, by what trafilatura kept and by shapes of blocks.

trafilatura drops more than it should, so what it dropped is only asked about where it is short, or
stands outside the stretch that it kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from litsearch.extract.blocks import Block, letters, reading_size
from litsearch.extract.html import short_lines
from litsearch.extract.html.main_content import nearby
from litsearch.types import Role

SURE = 20  # letters: fewer stand in any text
GAP = 40  # letters between two blocks that trafilatura took both
MANY = 4  # lines of a page within its text: there its text has ended
RELIABLE = 0.6  # share of the running text that it must have kept to be asked about the rest
BODY = ("text", "code", "table")
BESIDE = ("byline", "boilerplate")


def mark_beyond(blocks: Sequence[Block], roles: list[Role], main_text: str) -> None:
    """Mark labels within the main text, and what stands before or behind it. main_text: letters."""
    held = _held(blocks, main_text)
    places = range(len(blocks))
    body = [index for index in places if held[index] and roles[index] in BODY]
    if not body:
        return
    front = _front(blocks, roles, body[0])
    end = _end(blocks, roles, _last(blocks, roles, body) + 1)
    if not _is_reliable(blocks, roles, held, end):
        return
    _mark_dropped(blocks, roles, held, range(front, end))
    _mark_empty_headings(blocks, roles, held)


def _mark_dropped(
    blocks: Sequence[Block], roles: list[Role], held: Sequence[bool], stretch: range
) -> None:
    """Mark what stands outside the stretch, and the labels within that were dropped."""
    for index, block in enumerate(blocks):
        dropped = not held[index] and is_label(block)
        if roles[index] == "text" and (dropped or index not in stretch):
            roles[index] = "boilerplate"


def _held(blocks: Sequence[Block], main_text: str) -> list[bool]:
    """Tell which blocks trafilatura kept: a few words, only next to what else it kept of them."""
    held, at = [], 0
    for block in blocks:
        text = letters(block.text)
        place = _place(text, main_text, at)
        if place >= 0:
            at = place + len(text)
        held.append(place >= 0)
    return held


def _place(text: str, main_text: str, at: int) -> int:
    """Return where a text stands in the main one, near a place; -1 where it does not."""
    if len(text) < SURE:
        return main_text.find(text, at, at + len(text) + GAP)
    return nearby(text, main_text, at)


def _last(blocks: Sequence[Block], roles: Sequence[Role], body: Sequence[int]) -> int:
    """Return the last block of the kept text: before a gap that is of the page and is the longer.

    Other articles of the site stand in such a gap, with their dates and counters. Behind the last
    paragraph, lines of the page alone make a gap.
    """
    last = before = body[-1]
    behind = 0
    if not is_prose(blocks[last]):
        last = before = _before_the_page(blocks, roles, body)
    for index in reversed(body):
        if index > before:
            continue
        beside, size = _gap(blocks, roles, range(index + 1, before))
        if beside >= MANY and size > behind:
            last, behind = index, 0
        behind += len(letters(blocks[index].text))
        before = index
    return last


def _before_the_page(blocks: Sequence[Block], roles: Sequence[Role], body: Sequence[int]) -> int:
    """Return the last kept paragraph where many lines of the page follow, else the last block."""
    beside = 0
    index = len(blocks)
    for place in reversed(body):
        beside += roles[place + 1 : index].count("byline")
        beside += roles[place + 1 : index].count("boilerplate")
        index = place
        if is_prose(blocks[place]):
            return place if beside >= MANY else body[-1]
    return body[-1]


def _gap(blocks: Sequence[Block], roles: Sequence[Role], places: range) -> tuple[int, int]:
    """Count the lines of the page in a gap, and all its letters."""
    beside = size = 0
    for index in places:
        beside += _is_beside(blocks[index], roles[index])
        size += len(letters(blocks[index].text))
    return beside, size


def _front(blocks: Sequence[Block], roles: Sequence[Role], first: int) -> int:
    """Return where the text begins: at its title, else at the paragraphs before the kept text."""
    for index in reversed(range(first)):
        if roles[index] == "title":
            return index
    index = first
    while index > 0 and (roles[index - 1] != "text" or is_prose(blocks[index - 1])):
        index -= 1
    return index


def _end(blocks: Sequence[Block], roles: Sequence[Role], start: int) -> int:
    """Return where the text ends: behind the paragraphs and list items that go straight on."""
    index = start
    while index < len(blocks) and roles[index] == "text" and _goes_on(blocks[index]):
        index += 1
    return index


def _goes_on(block: Block) -> bool:
    """Tell a paragraph, or an item of the author's list."""
    return is_prose(block) or (block.listed and not is_linked(block))


def _is_reliable(
    blocks: Sequence[Block], roles: Sequence[Role], held: Sequence[bool], end: int
) -> bool:
    """Tell whether trafilatura kept enough of the running text to be asked about the rest.

    What stands behind the end does not count where as much of it is of the page.
    """
    size = held_size = beyond = beside = paragraphs = 0
    for index, block in enumerate(blocks):
        if roles[index] == "text" and is_prose(block):
            size += len(block.text)
            held_size += len(block.text) * held[index]
            if index >= end:
                paragraphs += 1
                beyond += len(block.text) * (not held[index])
        elif index >= end:
            beside += _is_beside(block, roles[index])
    if beside >= paragraphs:
        size -= beyond
    return held_size >= RELIABLE * size


def _is_beside(block: Block, role: Role) -> bool:
    """Tell a line that is of the page, or may be."""
    return role in BESIDE or (role == "text" and is_label(block))


def _mark_empty_headings(blocks: Sequence[Block], roles: list[Role], held: Sequence[bool]) -> None:
    """Mark headings that trafilatura dropped and that have nothing but boilerplate below them."""
    below: Role = "boilerplate"
    for index in reversed(range(len(blocks))):
        empty = below == "boilerplate" and not held[index]
        if empty and roles[index] == "text" and is_heading(blocks[index]):
            roles[index] = "boilerplate"
        if roles[index] != "caption":
            below = roles[index]


PROSE = 60  # letters of a sentence: it is running text, and the opening of a page ends at it
LONG = 120  # letters: prose without a sentence's end
LABEL = 60  # letters: a label has no more
LINKED = 0.5  # share of letters in links


def is_heading(block: Block) -> bool:
    """Tell a block that is itself the last heading of its path."""
    return block.heading[-1:] == (block.text,)


def is_linked(block: Block) -> bool:
    """Tell a block of which half or more stands in links."""
    return block.linked >= LINKED * len(letters(block.text))


def is_sentence(block: Block) -> bool:
    """Tell a line of text that ends as a sentence does, however short."""
    if block.role != "text" or is_heading(block) or is_linked(block):
        return False
    return short_lines.SENTENCE.search(block.text) is not None


def is_prose(block: Block) -> bool:
    """Tell running text: so long that it is no label, and not mostly links."""
    if block.role in ("code", "table"):
        return True
    if block.role != "text" or is_heading(block) or is_linked(block):
        return False
    size = reading_size(block.text)
    if size >= LONG:
        return True
    return size >= PROSE and is_sentence(block) and not block.text.endswith(("…", "..."))


def is_label(block: Block) -> bool:
    """Tell a few words without a sentence's end: no heading, no item of the author's list."""
    if (
        is_heading(block)
        or short_lines.SENTENCE.search(block.text)
        or reading_size(block.text) > LABEL
    ):
        return False
    return not block.listed or is_linked(block)
