"""Read Markdown and plain-text notes: bullets, tables, numbered lists and prose that name works.

A text is prepared, cut into blocks, and walked through one block at a time: the lines of a block
give links, links give drafts of entries, and drafts are kept under the sections they stand in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse
from operator import attrgetter

from litsearch.lists.fields import clean_remark, clean_title, joined, squeeze, year_in
from litsearch.lists.markdown.blocks import Block, outline
from litsearch.lists.markdown.citations import NOTHING, Claim
from litsearch.lists.markdown.context import (
    Context,
    book_of,
    describe_first,
    is_shown,
    join_earlier,
    may_name,
    name_by_lines,
    take_authors,
    take_remark,
)
from litsearch.lists.markdown.drafts import Draft, drafts_of
from litsearch.lists.markdown.field_lines import book, is_shelf
from litsearch.lists.markdown.headings import (
    MAX_LABEL,
    MAX_TOPIC,
    is_address_alone,
    is_head,
    is_main_heading,
    label_of,
    linked_below,
    links_below,
    may_head,
)
from litsearch.lists.markdown.inline import Line, pieces_of, unwrapped, words_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.marks import take_task
from litsearch.lists.markdown.preprocess import clipped_page, prepare
from litsearch.lists.markdown.record_lines import fields_of, pages_of, record_drafts, table_fields
from litsearch.lists.markdown.sections import MARKER, TEXT_LABEL, Works
from litsearch.lists.markdown.tables import row_drafts
from litsearch.lists.markdown.titles import claim
from litsearch.lists.markdown.unlinked import number_in, unlinked, with_numbers_linked
from litsearch.lists.phrases import REFERENCES_HEADING
from litsearch.types import Entry

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
DEFAULT_FOR = SUFFIXES


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that a list names, in its order. Raises ListError.

    A link that leads to a page is one entry, or belongs to one.
    """
    clipping = clipped_page(text, path)
    if clipping is not None:
        return [clipping]
    return entries_of(outline(prepare(text)), path)


def entries_of(blocks: Sequence[Block], path: str) -> list[Entry]:
    """Return every work that blocks name, whatever markup they were read from."""
    works = Works(shelf=is_shelf(blocks))
    _Walk(works).blocks(blocks, Context())
    return works.entries(path)


class _Walk:
    """A walk through an outline that puts the works it meets into a list."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._about: Draft | None = None  # the work that the words below are about

    def blocks(self, blocks: Sequence[Block], context: Context) -> str:
        """Walk through blocks; returns the words of those that name no work."""
        words: list[str] = []
        befores, afters = [None, *blocks[:-1]], [*blocks[1:], None]
        for before, block, after in zip(befores, blocks, afters, strict=False):
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "table":
                self._about = None
                self._table(block)
            elif block.kind == "list":
                context.own = False
                self._about = None
                words.append(self._list(block, self._context_of(before, block, context)))
            else:
                words.append(self._paragraph(block, before, after, context))
        return " ".join(filter(None, words))

    # Headings and tables.

    def _heading(self, block: Block) -> None:
        """Begin a section; a heading that links a work names it."""
        line = block.lines[0]
        self._works.enter(block.level, clean_title(line.text))
        self._about = None
        if not self._works.closed:
            drafts = list(filterfalse(attrgetter("picture"), drafts_of(line)))
            self._works.settle(drafts, Context())
            self._about = next(iter(drafts), None)

    def _table(self, block: Block) -> None:
        """Take the works of a table's rows."""
        if not self._works.closed and not self._record(block, Context()):
            for drafts in row_drafts(block):
                self._works.settle(drafts, Context())

    def _record(self, block: Block, context: Context, head: Claim = NOTHING) -> bool:
        """Take the one work whose fields a block's lines are; False for any other block.

        head: what the item that holds the block says; else a heading may name the work.
        """
        if self._works.closed:
            return False
        fields = table_fields(block) if block.kind == "table" else fields_of(block)
        work = context.parent
        if fields and work is not None and work.url and work.title:
            self._works.settle(pages_of(work, fields), context)
        elif fields:
            heading = head.title or "".join(self._works.section[-1:])
            drafts = record_drafts(fields, heading, head)
            drafts[0].url = drafts[0].url or number_in(block.lines)
            self._works.settle(drafts, context)
        return bool(fields)

    # Paragraphs.

    def _paragraph(
        self, block: Block, before: Block | None, after: Block | None, context: Context
    ) -> str:
        """Take a paragraph outside of a list, or a further one of an item.

        Returns its words when it names no work.
        """
        if not context.item:
            label = label_of(block)
            if label:
                self._works.enter(TEXT_LABEL, label)
                return ""
            context = self._above(before, block)
        if self._record(block, context):
            return ""

        lines = list(block.lines)
        if not context.item:
            lines = self._without_byline(lines)
        if self._introduces(block, after):
            lines.pop()
        drafts = self._lines(lines, context)
        if is_address_alone(block, drafts) and is_main_heading(after):
            drafts[0].title = clean_title(after.lines[0].text)  # the address of what follows
        if not context.item:
            self._take_about(block, lines, drafts)
        if drafts:
            return ""
        return squeeze(words_of(block.lines))

    def _without_byline(self, lines: list[Line]) -> list[Line]:
        """Return lines without a first one that tells the authors of the work in the heading."""
        return lines[1:] if lines and take_authors(self._about, lines[0]) else lines

    def _take_about(self, block: Block, lines: Sequence[Line], drafts: list[Draft]) -> None:
        """Take a paragraph without works as words about the work of the one above."""
        if is_head(block, drafts):
            self._about = drafts[0]
        elif drafts or block.is_linked:
            self._about = None
        elif self._about is not None:
            for line in lines:
                take_remark(self._about, line)

    def _introduces(self, block: Block, after: Block | None) -> bool:
        """Tell whether the last line of a paragraph is the heading of the list that follows it."""
        if after is None or after.kind != "list" or not self._above(block, after).label:
            return False
        return not (self._works.shelf and book(block.lines[-1].text))

    def _context_of(self, before: Block | None, block: Block, context: Context) -> Context:
        """Return what is said above a list: by its item, or by the paragraph before it."""
        if context.item:
            return context
        return self._above(before, block)

    def _above(self, before: Block | None, block: Block) -> Context:
        """Return what the paragraph before a list, or before an address, says of it."""
        if before is None or before.kind != "text" or not before.lines:
            return Context()
        last = before.lines[-1]
        adjacent = last.number + 1 == block.line
        if last.is_linked:
            return Context(parent=self._latest(last, adjacent=adjacent))
        if not may_head(last, block, adjacent=adjacent, alone=len(before.lines) == 1):
            return Context()
        linked = list(filter(attrgetter("is_linked"), block.children or [block]))
        return Context(label=claim(last.pieces).title, sole=len(linked) == 1)

    def _latest(self, line: Line, *, adjacent: bool) -> Draft | None:
        """Return the latest work, when it stands on a line to which the block is adjacent."""
        if not adjacent or not self._works.placed:
            return None
        latest = self._works.placed[-1].draft
        return latest if latest.line == line.number else None

    # Lists.

    def _list(self, block: Block, context: Context) -> str:
        """Take a list; returns the words of the items that name no work."""
        if self._record(block, context):
            return ""
        outer = list(self._works.headings)
        names_several = not context.sole and not context.item
        if names_several and 0 < len(context.label.split()) <= MAX_TOPIC:
            self._works.label(context.label)

        words: list[str] = []
        for item in block.children:
            words.append(self._item(item, context).rstrip(" .;:"))
            if any(map(attrgetter("is_linked"), item.lines[1:])):
                self._works.headings = list(outer)  # a line of its own has ended the label
        self._works.headings = outer
        return "; ".join(filter(None, words))

    def _item(self, block: Block, above: Context) -> str:
        """Take an item and what stands in it; returns its words when nothing in it is a work."""
        read, task = take_task(block.lines)
        context = Context(above.parent, above.label, above.sole, True, read, task, above.used)
        settled = self._works.settled
        linked = linked_below(block)
        drafts = self._lines(block.lines, context, complete=not linked)
        above.used = context.used
        if drafts:
            words = self.blocks(block.children, Context(parent=drafts[0], item=True))
            if words:
                drafts[0].remark = clean_remark(joined([drafts[0].remark, words]))
            return ""

        words = self._below(block, above, linked, read)
        if self._works.settled > settled:
            return ""
        own = squeeze(words_of(block.lines))
        return " ".join(filter(None, (own, words)))

    def _below(self, block: Block, above: Context, linked: int, read: bool | None) -> str:
        """Take what stands in an item that names no work: its words name or head what does."""
        head = claim(pieces_of(block.lines[:1]))
        label = head.title
        if label and len(block.children) == 1 and self._record(block.children[0], above, head):
            return ""
        outer = list(self._works.headings)
        names_several = linked > 1 or links_below(block) > 1
        if names_several and 0 < len(label.split()) <= MAX_LABEL and not is_label(label):
            self._works.label(label)
        if label:
            above = Context(label=label, sole=linked == 1, item=True, read=read, own=True)
        words = self.blocks(block.children, above)
        self._works.headings = outer
        return words

    # Lines.

    def _lines(self, lines: Sequence[Line], context: Context, complete: bool = True) -> list[Draft]:
        """Return the drafts of a block's lines.

        A line without link names the link below it, or remarks on the one above. complete: nothing
        below the lines links the works that they name.
        """
        if self._works.closed:
            return []
        if context.item and len(lines) > 1:
            lines = unwrapped(lines)
        if complete and context.parent is None:
            lines = with_numbers_linked(lines, prose=not context.item)
        drafts: list[Draft] = []
        pending: list[Line] = []
        for i, line in enumerate(lines):
            new = self._linked(line, pending, drafts, context)
            if not new:
                pending.append(line)
                continue
            further = any(map(attrgetter("is_linked"), lines[i + 1 : i + 2]))
            if may_name(pending, line, new, further=further):
                name_by_lines(new[0], pending, item=context.item)
                new[0].year = new[0].year or year_in(line.text, anywhere=True)
                pending = []
            drafts += self._unlinked(pending, drafts, context, complete)
            pending = []
            self._works.settle(new, context)
            drafts += new
        return drafts + self._unlinked(pending, drafts, context, complete)

    def _linked(
        self, line: Line, pending: list[Line], earlier: list[Draft], context: Context
    ) -> list[Draft]:
        """Return the works that a line links, the first with what its item says of it."""
        drafts: list[Draft] = []
        for draft in drafts_of(line, prose=not context.item):
            if is_shown(draft, pending, earlier) and self._works.admits(draft):
                drafts.append(draft)
        self._works.mark(line)
        if drafts:
            describe_first(drafts[0], line, context)
            join_earlier(drafts[0], earlier)
        return drafts

    def _unlinked(
        self, lines: list[Line], earlier: list[Draft], context: Context, complete: bool
    ) -> list[Draft]:
        """Take lines without link that name no link: works without a link, or remarks."""
        drafts: list[Draft] = []
        for line in lines:
            latest = [*earlier, *drafts][-1:]
            if not latest and take_authors(context.parent, line):
                continue
            draft = None
            if complete:
                draft = self._work_of(line, context, task=context.task and not latest)
            if draft is not None:
                self._works.settle([draft], context)
                drafts.append(draft)
            elif latest and not MARKER.search(line.text):
                take_remark(latest[0], line)
        return drafts

    def _work_of(self, line: Line, context: Context, *, task: bool) -> Draft | None:
        """Return the work that a line names without a link; None for any other line."""
        cited = any(map(REFERENCES_HEADING.match, self._works.section))
        draft = unlinked(line, item=context.item, task=task, cited=cited)
        if draft is None and self._works.shelf:
            return book_of(line)
        return draft
