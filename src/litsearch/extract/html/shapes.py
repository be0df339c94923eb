"""Tells what a block of a page is by its shape: a heading, a paragraph, a label, links."""

from __future__ import annotations

from litsearch.extract.blocks import Block, letters, reading_size
from litsearch.extract.html import short_lines

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
