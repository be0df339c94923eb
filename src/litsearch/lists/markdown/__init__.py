"""Markdown and plain-text notes: bullets, tables, numbered lists and running text that name works."""

from __future__ import annotations

from collections.abc import Sequence

from litsearch.lists.fields import clean_remark, clean_title, joined, squeeze, year_in
from litsearch.lists.markdown.bare import may_number, numbered, unlinked
from litsearch.lists.markdown.blocks import Block, outline
from litsearch.lists.markdown.context import (
    Context,
    is_shown,
    name_by_lines,
    state_of,
    take_field,
    take_task,
)
from litsearch.lists.markdown.draft import Draft, drafts_of
from litsearch.lists.markdown.inline import Line, words_of
from litsearch.lists.markdown.preprocess import clipped_page, prepared
from litsearch.lists.markdown.sections import MARKER, TEXT_LABEL, Works
from litsearch.lists.markdown.tables import fields_of, record_drafts, row_drafts
from litsearch.lists.markdown.titles import claim, is_label
from litsearch.types import Entry

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
DEFAULT_FOR = SUFFIXES

MAX_LABEL = 12  # words of a line that can be the heading of the items under it
MAX_NAME = 15  # words of a line that can be the title of the address under it
MAX_TOPIC = 5  # words of a line that is the heading of a list it does not introduce with a colon


def parse(text: str, path: str) -> list[Entry]:
    """Every work that the list names, one entry a link that leads to a page, in the list's order. Raises ListError."""
    clipping = clipped_page(text, path)
    if clipping is not None:
        return [clipping]
    return entries_of(outline(prepared(text)), path)


def entries_of(blocks: Sequence[Block], path: str) -> list[Entry]:
    """Return every work that blocks name, whatever markup they were read from."""
    works = Works()
    _Walk(works).blocks(blocks, Context())
    return works.entries(path)


class _Walk:
    """A walk through an outline that puts the works it meets into a list."""

    def __init__(self, works: Works) -> None:
        self.works = works

    def blocks(self, blocks: Sequence[Block], context: Context) -> str:
        """Walk through blocks; returns the words of those that name no work."""
        words: list[str] = []
        for i, block in enumerate(blocks):
            before = blocks[i - 1] if i else None
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            if block.kind == "heading":
                self.heading(block)
            elif block.kind == "table":
                self.table(block)
            elif block.kind == "list":
                context.own = False
                above = context if context.item else self.above(before, block)
                words.append(self.items(block, above))
            else:
                words.append(self.paragraph(block, before, after, context))
        return " ".join(filter(None, words))

    def heading(self, block: Block) -> None:
        """Begin a section; a heading that links a work names it."""
        line = block.lines[0]
        self.works.enter(block.level, clean_title(line.text))
        if not self.works.closed:
            self.works.settle([d for d in drafts_of(line) if not d.picture], Context())

    def table(self, block: Block) -> None:
        """Take the works of a table's rows."""
        if not self.works.closed:
            for drafts in row_drafts(block):
                self.works.settle(drafts, Context())

    def paragraph(
        self, block: Block, before: Block | None, after: Block | None, context: Context
    ) -> str:
        """Take a paragraph outside of a list, or a further one of an item.

        Returns its words when it names no work.
        """
        if not context.item:
            label = _label_of(block)
            if label:
                self.works.enter(TEXT_LABEL, label)
                return ""
            context = self.above(before, block)
        if self.record(block, context):
            return ""
        heads_list = after is not None and after.kind == "list"
        if heads_list and after is not None and self.above(block, after).label:
            drafts = self.lines(block.lines[:-1], context)
        else:
            drafts = self.lines(block.lines, context)
        if _is_address_alone(block, drafts) and after is not None and _is_title(after):
            drafts[0].title = clean_title(after.lines[0].text)  # the address of what follows
        return "" if drafts else squeeze(words_of(block.lines))

    def record(self, block: Block, context: Context) -> bool:
        """Take the one work whose fields a block's lines are; False for any other block."""
        fields = [] if self.works.closed else fields_of(block)
        if fields:
            heading = self.works.section[-1] if self.works.section else ""
            self.works.settle(record_drafts(fields, heading), context)
        return bool(fields)

    def above(self, before: Block | None, block: Block) -> Context:
        """Return what the paragraph before a list, or before an address, says of it."""
        if before is None or before.kind != "text" or not before.lines:
            return Context()
        last = before.lines[-1]
        adjacent = last.number + 1 == block.line
        if any(piece.href for piece in last.pieces):
            latest = self.works.placed[-1].draft if adjacent and self.works.placed else None
            return Context(parent=latest if latest and latest.line == last.number else None)
        if not _introduces(last, block, adjacent=adjacent, alone=len(before.lines) == 1):
            return Context()
        linked = [inner for inner in (block.children or [block]) if _is_linked(inner)]
        return Context(label=claim(last.pieces).title, sole=len(linked) == 1)

    def items(self, block: Block, context: Context) -> str:
        """Take a list; returns the words of the items that name no work."""
        if self.record(block, context):
            return ""
        kept = list(self.works.headings)
        several = not context.sole and not context.item
        if context.label and several and len(context.label.split()) <= MAX_TOPIC:
            self.works.label(context.label)
        words: list[str] = []
        for item in block.children:
            words.append(self.item(item, context))
            if any(piece.href for line in item.lines[1:] for piece in line.pieces):
                self.works.headings = list(kept)  # a line of its own has ended the label
        self.works.headings = kept
        return "; ".join(word.rstrip(" .;:") for word in words if word)

    def item(self, block: Block, above: Context) -> str:
        """Take an item and what stands in it; returns its words when nothing in it is a work."""
        read, task = take_task(block.lines[0]) if block.lines else (None, False)
        context = Context(above.parent, above.label, above.sole, True, read, task, above.used)
        count = self.works.settled
        inner = [further for child in block.children for further in (child.children or [child])]
        linked = sum(1 for further in inner if _is_linked(further))
        drafts = self.lines(block.lines, context, complete=not linked)
        above.used = context.used
        if drafts:
            said = self.blocks(block.children, Context(parent=drafts[0], item=True))
            if said:
                drafts[0].remark = clean_remark(joined([drafts[0].remark, said]))
            return ""
        said = self.below(block, above, linked, read)
        own = squeeze(words_of(block.lines))
        return "" if self.works.settled > count else " ".join(filter(None, (own, said)))

    def below(self, block: Block, above: Context, linked: int, read: bool | None) -> str:
        """Take what stands in an item that names no work: its words name or head what does."""
        label = claim(block.lines[0].pieces).title if block.lines else ""
        several = linked > 1 or _links_below(block) > 1
        kept = list(self.works.headings)
        if label and several and len(label.split()) <= MAX_LABEL and not is_label(label):
            self.works.label(label)
        named = Context(label=label, sole=linked == 1, item=True, read=read, own=True)
        said = self.blocks(block.children, named if label else above)
        self.works.headings = kept
        return said

    def lines(self, lines: Sequence[Line], context: Context, complete: bool = True) -> list[Draft]:
        """Return the drafts of a block's lines.

        A line without link names the link below it, or remarks on the one above. complete: nothing
        below the lines links the works that they name.
        """
        if self.works.closed:
            return []
        if complete and context.parent is None:
            lines = numbered(lines, prose=not context.item)
        drafts: list[Draft] = []
        pending: list[Line] = []
        for i, line in enumerate(lines):
            new = self.linked(line, pending, drafts, context)
            if not new:
                pending.append(line)
                continue
            further = any(piece.href for below in lines[i + 1 : i + 2] for piece in below.pieces)
            if _may_name(pending, new, further=further):
                name_by_lines(new[0], pending, item=context.item)
                new[0].year = new[0].year or year_in(line.text, anywhere=True)
                pending = []
            drafts += self.flush(pending, drafts, context, complete)
            pending = []
            self.works.settle(new, context)
            drafts += new
        return drafts + self.flush(pending, drafts, context, complete)

    def linked(
        self, line: Line, pending: list[Line], drafts: list[Draft], context: Context
    ) -> list[Draft]:
        """Return the works that a line links, the first with what its item says of it."""
        found = drafts_of(line, prose=not context.item)
        new = [d for d in found if is_shown(d, pending, drafts) and self.works.admits(d)]
        self.works.mark(line)
        if new and new[0].read is None:
            new[0].read = state_of(line)
        if new and context.own and new[0].label and context.label and not context.used:
            new[0].title, context.used = context.label, True
            new[0].year = new[0].year or year_in(line.text, anywhere=True)
        return new

    def flush(
        self, pending: list[Line], drafts: list[Draft], context: Context, complete: bool
    ) -> list[Draft]:
        """Take lines without link that name no link: works without a link, or remarks."""
        new: list[Draft] = []
        for line in pending:
            task = context.task and not drafts and not new
            draft = unlinked(line, item=context.item, task=task) if complete else None
            if draft is not None:
                self.works.settle([draft], context)
                new.append(draft)
            elif (drafts or new) and not MARKER.search(line.text):
                last = (drafts + new)[-1]
                if not take_field(last, line.text):
                    last.remark = clean_remark(f"{last.remark} {line.text}")
        return new


def _may_name(pending: list[Line], new: list[Draft], *, further: bool) -> bool:
    """True for lines that can name the link below them: it has no title, and no list of links follows."""
    if not pending or new[0].title or new[0].reference:
        return False
    many = len(new) > 1 or further
    return not (many and pending[-1].text.rstrip().endswith(":"))


def _introduces(line: Line, block: Block, *, adjacent: bool, alone: bool) -> bool:
    """True for a short line that can be the heading of a list, or the title of an address."""
    words = squeeze(line.text)
    paragraph = block.kind == "text"
    near = adjacent or (alone and (paragraph or words.endswith(":")))
    most = MAX_NAME if paragraph else MAX_LABEL
    return bool(words) and near and not words.endswith(".") and len(words.split()) <= most


def _is_address_alone(block: Block, drafts: list[Draft]) -> bool:
    if len(drafts) != 1 or len(block.lines) != 1:
        return False
    return drafts[0].bare and not drafts[0].title


def _is_title(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1


def _label_of(block: Block) -> str:
    """Return the words of a line that is a heading in all but name: bold, or an HTML summary."""
    if len(block.lines) != 1:
        return ""
    line = block.lines[0]
    pieces = [piece for piece in line.pieces if piece.text.strip(" :")]
    text = clean_title(line.text)
    if any(piece.href for piece in pieces) or len(text.split()) > MAX_LABEL or text[:1] in '"“':
        return ""
    bold = bool(pieces) and all(piece.mark == "strong" for piece in pieces)
    return text if bold or line.label else ""


def _is_linked(block: Block) -> bool:
    return any(piece.href for line in block.lines for piece in line.pieces)


def _links_below(block: Block) -> int:
    """Return how many lines below a block link or number a work; two are as many as any."""
    count = 0
    for child in block.children:
        for line in child.lines:
            count += may_number(line.text) or any(piece.href for piece in line.pieces)
        count += _links_below(child) if count < 2 else 0
    return count
