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
from litsearch.lists.markdown.inline import Line, Piece, words_of
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
                for drafts in [] if self.works.closed else row_drafts(block):
                    self.works.settle(drafts, Context())
            elif block.kind == "list":
                context.own = False
                words.append(
                    self.items(block, context if context.item else self.above(before, block))
                )
            else:
                words.append(self.paragraph(block, before, after, context))
        return " ".join(w for w in words if w)

    def heading(self, block: Block) -> None:
        line = block.lines[0]
        self.works.enter(block.level, clean_title(line.text))
        if not self.works.closed:
            self.works.settle([d for d in drafts_of(line) if not d.picture], Context())

    def paragraph(
        self, block: Block, before: Block | None, after: Block | None, context: Context
    ) -> str:
        """A paragraph outside of a list, or a further one of an item; returns its words when it names no work."""
        label = _label_of(block)
        if label and not context.item:
            self.works.enter(TEXT_LABEL, label)
            return ""
        if not context.item:
            context = self.above(before, block)
        if not self.works.closed and self._is_record(block, context):
            return ""
        heads_list = (
            after is not None and after.kind == "list" and bool(self.above(block, after).label)
        )
        drafts = self.lines(block.lines[:-1] if heads_list else block.lines, context)
        alone = (
            len(drafts) == 1 and len(block.lines) == 1 and drafts[0].bare and not drafts[0].title
        )
        if alone and after is not None and after.kind == "heading" and after.level == 1:
            drafts[0].title = clean_title(after.lines[0].text)  # the address of what follows
        return "" if drafts else squeeze(words_of(block.lines))

    def _is_record(self, block: Block, context: Context) -> bool:
        """Settle the one work whose fields a block's lines are; False for any other block."""
        fields = fields_of(block)
        if fields:
            heading = self.works.section[-1] if self.works.section else ""
            self.works.settle(record_drafts(fields, heading), context)
        return bool(fields)

    def above(self, before: Block | None, block: Block) -> Context:
        """What the paragraph before a list, or before a paragraph with an address, says of it."""
        if before is None or before.kind != "text" or not before.lines:
            return Context()
        last = before.lines[-1]
        adjacent = last.number + 1 == block.line
        if any(p.href for p in last.pieces):
            latest = self.works.placed[-1].draft if adjacent and self.works.placed else None
            return Context(
                parent=latest if latest is not None and latest.line == last.number else None
            )
        words = squeeze(last.text)
        paragraph = block.kind == "text"
        near = adjacent or (len(before.lines) == 1 and (paragraph or words.endswith(":")))
        if (
            not words
            or not near
            or words.endswith(".")
            or len(words.split()) > (MAX_NAME if paragraph else MAX_LABEL)
        ):
            return Context()
        linked = [b for b in (block.children or [block]) if any(p.href for p in _pieces(b))]
        return Context(label=claim(last.pieces).title, sole=len(linked) == 1)

    def items(self, block: Block, context: Context) -> str:
        """A list; returns the words of the items that name no work."""
        if not self.works.closed and self._is_record(block, context):
            return ""
        kept = list(self.works.headings)
        if (
            context.label
            and not context.sole
            and not context.item
            and len(context.label.split()) <= MAX_TOPIC
        ):
            self.works.label(context.label)
        words: list[str] = []
        for item in block.children:
            words.append(self.item(item, context))
            if any(
                p.href for line in item.lines[1:] for p in line.pieces
            ):  # a line of its own has ended the label
                self.works.headings = list(kept)
        self.works.headings = kept
        return "; ".join(w.rstrip(" .;:") for w in words if w)

    def item(self, block: Block, above: Context) -> str:
        """An item and what stands in it; returns its words when nothing in it names a work."""
        read, task = take_task(block.lines[0]) if block.lines else (None, False)
        context = Context(above.parent, above.label, above.sole, True, read, task, above.used)
        count = self.works.settled
        inner = [b for child in block.children for b in (child.children or [child])]
        linked = sum(1 for b in inner if any(p.href for p in _pieces(b)))
        drafts = self.lines(block.lines, context, complete=not linked)
        above.used = context.used
        if drafts:
            said = (
                self.blocks(block.children, Context(parent=drafts[0], item=True))
                if block.children
                else ""
            )
            drafts[0].remark = (
                clean_remark(joined([drafts[0].remark, said])) if said else drafts[0].remark
            )
            return ""
        label = claim(block.lines[0].pieces).title if block.lines else ""
        kept = list(self.works.headings)
        if (
            label
            and (linked > 1 or _links_below(block) > 1)
            and len(label.split()) <= MAX_LABEL
            and not is_label(label)
        ):
            self.works.label(label)
        named = Context(label=label, sole=linked == 1, item=True, read=read, own=True)
        said = self.blocks(block.children, named if label else above)
        self.works.headings = kept
        own = squeeze(words_of(block.lines))
        return "" if self.works.settled > count else " ".join(w for w in (own, said) if w)

    def lines(self, lines: Sequence[Line], context: Context, complete: bool = True) -> list[Draft]:
        """The drafts of a block's lines. A line without link names the link below it, or remarks on the one above.

        complete: nothing below the lines links the works that they name.
        """
        drafts: list[Draft] = []
        pending: list[Line] = []
        if complete and context.parent is None:
            lines = numbered(lines, prose=not context.item)
        for i, line in enumerate([] if self.works.closed else lines):
            new = [
                d for d in drafts_of(line, prose=not context.item) if is_shown(d, pending, drafts)
            ]
            self.works.mark(line)
            if new and new[0].read is None:
                new[0].read = state_of(line)
            if not new:
                pending.append(line)
                continue
            if context.own and new[0].label and context.label and not context.used:
                new[0].title, context.used = context.label, True
                new[0].year = new[0].year or year_in(line.text, anywhere=True)
            many = len(new) > 1 or any(
                p.href for below in lines[i + 1 : i + 2] for p in below.pieces
            )
            named = bool(pending) and not (many and pending[-1].text.rstrip().endswith(":"))
            if named and not new[0].title and not new[0].reference:
                name_by_lines(new[0], pending, item=context.item)
                pending = []
            if pending:
                drafts += self.flush(pending, drafts, context, complete)
                pending = []
            self.works.settle(new, context)
            drafts += new
        return drafts + self.flush(pending, drafts, context, complete) if pending else drafts

    def flush(
        self, pending: list[Line], drafts: list[Draft], context: Context, complete: bool
    ) -> list[Draft]:
        """Lines without link that name no link: works without a link, or remarks."""
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


def _label_of(block: Block) -> str:
    """The words of a line that is bold as a whole, or an HTML summary: a heading in all but name."""
    if len(block.lines) != 1:
        return ""
    line = block.lines[0]
    pieces = [p for p in line.pieces if p.text.strip(" :")]
    bold = pieces and all(p.mark == "strong" and not p.href for p in pieces)
    text = clean_title(line.text)
    plain = (
        not any(p.href for p in pieces) and len(text.split()) <= MAX_LABEL and text[:1] not in '"“'
    )
    return text if plain and (bold or line.label) else ""


def _pieces(block: Block) -> list[Piece]:
    return [piece for line in block.lines for piece in line.pieces]


def _links_below(block: Block) -> int:
    """How many lines below a block link or number a work; two are as many as any."""
    count = 0
    for child in block.children:
        count += sum(
            1 for line in child.lines if may_number(line.text) or any(p.href for p in line.pieces)
        )
        count += _links_below(child) if count < 2 else 0
    return count
