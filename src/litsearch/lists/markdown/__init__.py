"""Read Markdown and plain-text notes: bullets, tables, numbered lists and prose that name works.

A text is prepared, cut into blocks, and walked through one block at a time: the lines of a block
give links, links give drafts of entries, and drafts are kept under the sections they stand in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from litsearch.lists.fields import clean_remark, clean_title, joined, squeeze, year_in
from litsearch.lists.markdown.blocks import Block, outline
from litsearch.lists.markdown.citations import NOTHING, Claim, byline
from litsearch.lists.markdown.context import Context, is_shown, may_name, name_by_lines
from litsearch.lists.markdown.drafts import Draft, drafts_of
from litsearch.lists.markdown.inline import Line, words_of
from litsearch.lists.markdown.marks import state_of, take_field, take_task
from litsearch.lists.markdown.preprocess import clipped_page, prepare
from litsearch.lists.markdown.sections import MARKER, TEXT_LABEL, Works
from litsearch.lists.markdown.shelves import book, is_done, is_shelf
from litsearch.lists.markdown.tables import fields_of, record_drafts, row_drafts
from litsearch.lists.markdown.titles import claim, is_label
from litsearch.lists.markdown.unlinked import may_number, unlinked, with_numbers_linked
from litsearch.lists.phrases import BESIDE
from litsearch.types import Entry

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
DEFAULT_FOR = SUFFIXES

MAX_LABEL = 12  # words of a line that can be the heading of the items under it
MAX_NAME = 15  # words of a line that can be the title of the address under it
MAX_HEAD = 2  # lines of a paragraph that is the head of those below
MAX_TOPIC = 5  # words of a line that is the heading of a list it does not introduce with a colon


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
        for i, block in enumerate(blocks):
            before = blocks[i - 1] if i else None
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "table":
                self._about = None
                self._table(block)
            elif block.kind == "list":
                context.own = False
                self._about = None
                above = context if context.item else self._above(before, block)
                words.append(self._list(block, above))
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
            drafts = [draft for draft in drafts_of(line) if not draft.picture]
            self._works.settle(drafts, Context())
            self._about = drafts[0] if drafts else None

    def _table(self, block: Block) -> None:
        """Take the works of a table's rows."""
        if not self._works.closed:
            for drafts in row_drafts(block):
                self._works.settle(drafts, Context())

    def _record(self, block: Block, context: Context, head: Claim = NOTHING) -> bool:
        """Take the one work whose fields a block's lines are; False for any other block.

        head: what the item that holds the block says; else a heading may name the work.
        """
        fields = [] if self._works.closed else fields_of(block)
        if fields:
            drafts = record_drafts(fields, head.title or "".join(self._works.section[-1:]))
            drafts[0].year = drafts[0].year or head.year
            drafts[0].authors = drafts[0].authors or head.authors
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
            label = _label_of(block)
            if label:
                self._works.enter(TEXT_LABEL, label)
                return ""
            context = self._above(before, block)
        if self._record(block, context):
            return ""

        lines = block.lines[:-1] if self._introduces(block, after) else block.lines
        drafts = self._lines(lines, context)
        if _is_address_alone(block, drafts) and _is_main_heading(after):
            drafts[0].title = clean_title(after.lines[0].text)  # the address of what follows
        if not context.item:
            self._take_about(block, lines, drafts)
        return "" if drafts else squeeze(words_of(block.lines))

    def _take_about(self, block: Block, lines: Sequence[Line], drafts: list[Draft]) -> None:
        """Take a paragraph without works as words about the work of the one above."""
        if drafts or block.is_linked:
            self._about = drafts[0] if _names_only(block, drafts) else None
        elif self._about is not None:
            for line in lines:
                _remark(self._about, line)

    def _introduces(self, block: Block, after: Block | None) -> bool:
        """Tell whether the last line of a paragraph is the heading of the list that follows it."""
        if after is None or after.kind != "list" or not self._above(block, after).label:
            return False
        return not (self._works.shelf and book(block.lines[-1].text))

    def _above(self, before: Block | None, block: Block) -> Context:
        """Return what the paragraph before a list, or before an address, says of it."""
        if before is None or before.kind != "text" or not before.lines:
            return Context()
        last = before.lines[-1]
        adjacent = last.number + 1 == block.line
        if last.is_linked:
            return Context(parent=self._latest(last) if adjacent else None)
        if not _may_head(last, block, adjacent=adjacent, alone=len(before.lines) == 1):
            return Context()
        linked = [inner for inner in block.children or [block] if inner.is_linked]
        return Context(label=claim(last.pieces).title, sole=len(linked) == 1)

    def _latest(self, line: Line) -> Draft | None:
        """Return the latest work, when it stands on a line."""
        latest = self._works.placed[-1].draft if self._works.placed else None
        return latest if latest is not None and latest.line == line.number else None

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
            words.append(self._item(item, context))
            if any(line.is_linked for line in item.lines[1:]):
                self._works.headings = list(outer)  # a line of its own has ended the label
        self._works.headings = outer
        return "; ".join([word.rstrip(" .;:") for word in words if word])

    def _item(self, block: Block, above: Context) -> str:
        """Take an item and what stands in it; returns its words when nothing in it is a work."""
        read, task = take_task(block.lines[0]) if block.lines else (None, False)
        context = Context(above.parent, above.label, above.sole, True, read, task, above.used)
        settled = self._works.settled
        linked = _linked_below(block)
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
        head = claim(block.lines[0].pieces) if block.lines else NOTHING
        label = head.title
        if label and len(block.children) == 1 and self._record(block.children[0], above, head):
            return ""
        outer = list(self._works.headings)
        names_several = linked > 1 or _links_below(block) > 1
        if names_several and 0 < len(label.split()) <= MAX_LABEL and not is_label(label):
            self._works.label(label)
        named = Context(label=label, sole=linked == 1, item=True, read=read, own=True)
        words = self.blocks(block.children, named if label else above)
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
        if complete and context.parent is None:
            lines = with_numbers_linked(lines, prose=not context.item)
        drafts: list[Draft] = []
        pending: list[Line] = []
        for i, line in enumerate(lines):
            new = self._linked(line, pending, drafts, context)
            if not new:
                pending.append(line)
                continue
            further = any(below.is_linked for below in lines[i + 1 : i + 2])
            if may_name(pending, new, further=further):
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
        admits = self._works.admits
        drafts = drafts_of(line, prose=not context.item)
        drafts = [draft for draft in drafts if is_shown(draft, pending, earlier) and admits(draft)]
        self._works.mark(line)
        if drafts:
            _describe_first(drafts[0], line, context)
            _join_earlier(drafts[0], earlier)
        return drafts

    def _unlinked(
        self, lines: list[Line], earlier: list[Draft], context: Context, complete: bool
    ) -> list[Draft]:
        """Take lines without link that name no link: works without a link, or remarks."""
        drafts: list[Draft] = []
        for line in lines:
            latest = [*earlier, *drafts][-1:]
            if not latest and _tells_authors(context.parent, line):
                continue
            task = context.task and not latest
            draft = unlinked(line, item=context.item, task=task) if complete else None
            if draft is None and complete and self._works.shelf:
                draft = _book(line)
            if draft is not None:
                self._works.settle([draft], context)
                drafts.append(draft)
            elif latest and not MARKER.search(line.text):
                _remark(latest[0], line)
        return drafts


def _describe_first(draft: Draft, line: Line, context: Context) -> None:
    """Give the first work of a line the state that the line tells, and the label above it."""
    if draft.read is None:
        draft.read = state_of(line)
    if context.own and context.label and draft.label and not context.used:
        draft.title, context.used = context.label, True
        draft.year = draft.year or year_in(line.text, anywhere=True)


def _join_earlier(draft: Draft, earlier: Sequence[Draft]) -> None:
    """Make a line's code, slides or talk a page of the work of the lines above."""
    if earlier and not draft.title and draft.of is None and draft.label_words & BESIDE:
        draft.of = earlier[-1].root


def _remark(work: Draft, line: Line) -> None:
    """Take a line below a work as a field of it, as its authors, or as a further remark."""
    if take_field(work, line.text):
        return
    told = byline(line.text) if not work.authors else NOTHING
    work.authors, work.year = work.authors or told.authors, work.year or told.year
    work.remark = clean_remark(f"{work.remark} {told.rest if told.authors else line.text}")


def _tells_authors(parent: Draft | None, line: Line) -> bool:
    """Take the authors that a line below an item names; False for a line that says else."""
    told = byline(line.text) if parent is not None and not parent.authors else NOTHING
    if parent is None or not told.authors:
        return False
    parent.authors, parent.year = told.authors, parent.year or told.year
    parent.remark = clean_remark(joined([parent.remark, told.rest]))
    return True


def _book(line: Line) -> Draft | None:
    """Return the book that a line of a list of books names; None for any other line."""
    found = book(line.text)
    if found is None:
        return None
    read = True if is_done(line.text) else None
    return Draft(line.number, title=found.title, authors=found.authors, year=found.year, read=read)


def _may_head(line: Line, block: Block, *, adjacent: bool, alone: bool) -> bool:
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


def _names_only(block: Block, drafts: Sequence[Draft]) -> bool:
    """Tell whether a paragraph says no more than what a work is called and where it is."""
    if len(drafts) != 1 or len(block.lines) > MAX_HEAD:
        return False
    draft = drafts[0]
    words = squeeze(words_of(block.lines)).split()
    return bool(draft.title) and len(words) <= len(draft.title.split()) + MAX_HEAD + 2


def _is_address_alone(block: Block, drafts: list[Draft]) -> bool:
    if len(drafts) != 1 or len(block.lines) != 1:
        return False
    return drafts[0].bare and not drafts[0].title


def _is_main_heading(block: Block | None) -> TypeGuard[Block]:
    return block is not None and block.kind == "heading" and block.level == 1


def _label_of(block: Block) -> str:
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


def _linked_below(block: Block) -> int:
    """Return how many blocks or items right below an item link something."""
    inner: list[Block] = []
    for child in block.children:
        inner += child.children or [child]
    return [further.is_linked for further in inner].count(True)


def _links_below(block: Block) -> int:
    """Return how many lines below a block link or number a work; two are as many as any."""
    count = 0
    for child in block.children:
        count += [line.is_linked or may_number(line.text) for line in child.lines].count(True)
        if count < 2:
            count += _links_below(child)
    return count
