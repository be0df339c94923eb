"""Take what the lines around a work say of it: its state, its authors, fields and remarks."""

from __future__ import annotations

from collections.abc import Sequence

from litsearch.lists.fields import clean_remark, joined, year_in
from litsearch.lists.markdown.bylines import byline
from litsearch.lists.markdown.citations import NOTHING
from litsearch.lists.markdown.context import Context
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.marks import state_of, take_field
from litsearch.lists.markdown.shelves import book, is_done
from litsearch.lists.phrases import BESIDE


def describe_first(draft: Draft, line: Line, context: Context) -> None:
    """Give the first work of a line the state that the line tells, and the label above it."""
    if draft.read is None:
        draft.read = state_of(line)
    if context.own and context.label and draft.label and not context.used:
        draft.title, context.used = context.label, True
        draft.year = draft.year or year_in(line.text, anywhere=True)


def join_earlier(draft: Draft, earlier: Sequence[Draft]) -> None:
    """Make a line's code, slides or talk a page of the work of the lines above."""
    if earlier and not draft.title and draft.of is None and draft.label_words & BESIDE:
        draft.of = earlier[-1].root


def take_remark(work: Draft, line: Line) -> None:
    """Take a line below a work as a field of it, as its authors, or as a further remark."""
    if take_field(work, line.text):
        return
    citation = byline(line.text) if not work.authors else NOTHING
    work.authors, work.year = work.authors or citation.authors, work.year or citation.year
    work.remark = clean_remark(f"{work.remark} {citation.rest if citation.authors else line.text}")


def take_authors(parent: Draft | None, line: Line) -> bool:
    """Take the authors that a line below an item names; False for a line that says else."""
    citation = byline(line.text) if parent is not None and not parent.authors else NOTHING
    if parent is None or not citation.authors:
        return False
    parent.authors, parent.year = citation.authors, parent.year or citation.year
    parent.remark = clean_remark(joined([parent.remark, citation.rest]))
    line.pieces.clear()  # no remark is made of it
    return True


def book_of(line: Line) -> Draft | None:
    """Return the book that a line of a list of books names; None for any other line."""
    citation = book(line.text)
    if citation is None:
        return None
    read = True if is_done(line.text) else None
    return Draft(
        line.number, title=citation.title, authors=citation.authors, year=citation.year, read=read
    )
