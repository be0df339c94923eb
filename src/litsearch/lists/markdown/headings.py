"""Tell which lines are headings in all but name: of lists, addresses or what stands below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from litsearch.lists.fields import clean_title, squeeze
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.inline import Line, words_of
from litsearch.lists.markdown.unlinked import may_number

MAX_LABEL = 12  # words of a line that can be the heading of the items under it
MAX_NAME = 15  # words of a line that can be the title of the address under it
MAX_HEAD = 2  # lines of a paragraph that is the head of those below
MAX_TOPIC = 5  # words of a line that is the heading of a list it does not introduce with a colon


def may_head(line: Line, block: Block, *, adjacent: bool, alone: bool) -> bool:
    """Tell whether a line can be the heading of a list, or the title of an address: it is short.

    adjacent: the block follows at once. alone: it is the only line of its paragraph.
    """
    words = squeeze(line.text)
    if not words or words.endswith("."):
        return False
    is_address = block.kind == "text"
    if not adjacent and not (alone and (is_address or words.endswith(":"))):
        return False
    return len(words.split()) <= (MAX_NAME if is_address else MAX_LABEL)


def is_head(block: Block, drafts: Sequence[Draft]) -> bool:
    """Tell whether a paragraph says no more than what a work is called and where it is."""
    if len(drafts) != 1 or len(block.lines) > MAX_HEAD:
        return False
    draft = drafts[0]
    words = squeeze(words_of(block.lines)).split()
    return bool(draft.title) and len(words) <= len(draft.title.split()) + MAX_HEAD + 2


def is_address_alone(block: Block, drafts: list[Draft]) -> bool:
    """Tell whether a block is an address and nothing else."""
    if len(drafts) != 1 or len(block.lines) != 1:
        return False
    return drafts[0].bare and not drafts[0].title


def is_main_heading(block: Block | None) -> TypeGuard[Block]:
    """Tell whether a block is a heading of the first level."""
    return block is not None and block.kind == "heading" and block.level == 1


def label_of(block: Block) -> str:
    """Return the words of a line that is a heading in all but name: bold, or an HTML summary."""
    if len(block.lines) != 1 or not _is_label_line(block.lines[0]):
        return ""
    text = clean_title(block.lines[0].text)
    return "" if len(text.split()) > MAX_LABEL or text[:1] in ('"', "“") else text


def _is_label_line(line: Line) -> bool:
    """Tell whether all words of a line are bold, or a summary, and link nothing."""
    pieces = [piece for piece in line.pieces if piece.text.strip(" :")]
    if any(piece.href for piece in pieces):
        return False
    return line.label or {piece.mark for piece in pieces} == {"strong"}


def linked_below(block: Block) -> int:
    """Return how many blocks or items right below an item link something."""
    inner: list[Block] = []
    for child in block.children:
        inner += child.children or [child]
    return [further.is_linked for further in inner].count(True)


def links_below(block: Block) -> int:
    """Return how many lines below a block link or number a work; two are as many as any."""
    count = 0
    for child in block.children:
        count += [line.is_linked or may_number(line.text) for line in child.lines].count(True)
        if count < 2:
            count += links_below(child)
    return count
