"""Read what stands around a line of links: what names them, and what else is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.lists import urls
from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.names import authors_in
from litsearch.lists.fields import clean_remark, clean_title, joined, year_in
from litsearch.lists.markdown.bylines import byline, trailer
from litsearch.lists.markdown.citations import NOTHING, NUMBER, Claim, has_person
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.field_lines import book, is_done
from litsearch.lists.markdown.imprints import year_of_venue
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.marks import state_of, take_field
from litsearch.lists.markdown.titles import QUOTED, claim
from litsearch.lists.phrases import BESIDE
from litsearch.lists.url_names import name_of


@dataclass(slots=True)
class Context:
    """What stands above a block and can name a link that has no words of its own."""

    parent: Draft | None = None  # the work of the item above
    label: str = ""  # the words of the item or line above, when they link nothing
    sole: bool = False  # only one address stands below the label
    item: bool = False
    read: bool | None = None
    task: bool = False
    used: bool = False
    own: bool = False  # the label is the first line of the item that the block stands in


# The lines above.


def may_name(lines: Sequence[Line], line: Line, drafts: Sequence[Draft], *, further: bool) -> bool:
    """Tell whether lines can name the link below them: it has no title, and no links follow it."""
    if not lines or drafts[0].reference:
        return False
    if _is_of_another(lines[-1], line, drafts[0]):
        return False
    first = lines[0].pieces[0]
    is_titled = drafts[0].label and not drafts[0].authors and first.mark == "strong"
    if drafts[0].title and not is_titled:  # "**Moss**", and below it "Fog Letters, 2020. [pdf]"
        return False
    many = len(drafts) > 1 or further
    return not (many and lines[-1].text.rstrip().endswith(":"))


def _is_of_another(above: Line, line: Line, draft: Draft) -> bool:
    """Tell whether words lead from a whole reference to another page: "see also https://…"."""
    first = line.pieces[0]
    if not draft.bare or first.href is not None or not re.search(r"\w{3}", first.text):
        return False
    return claim(above.pieces).is_dated


def name_by_lines(draft: Draft, lines: Sequence[Line], *, item: bool) -> None:
    """Name a draft by the lines above it: in an item by the first, in running text by the last."""
    lines = _without_fields(draft, lines)
    for line in lines if item or _is_headed(lines) else lines[::-1]:
        citation = claim(line.pieces)
        if citation.title:
            others = [other.text for other in lines if other is not line]
            _name_by_line(draft, citation, others)
            return


def _without_fields(draft: Draft, lines: Sequence[Line]) -> list[Line]:
    """Return lines but for those that are fields of a draft, or name the authors of a label."""
    rest = [line for line in lines if not take_field(draft, line.text)] or list(lines)
    if draft.label:
        return [line for line in rest if not _take_byline(draft, line)]
    return rest


def _take_byline(draft: Draft, line: Line) -> bool:
    """Take a line of several authors, or of a person for sure; False for any other line."""
    names = byline(line.text)
    if len(names.authors) < 2 and not has_person(names.authors):
        return False
    draft.authors, draft.year = draft.authors or names.authors, draft.year or names.year
    return True


def _is_headed(lines: Sequence[Line]) -> bool:
    """Tell whether the first of some lines is a title: by its marks, or by the authors below it."""
    if not lines:
        return False
    return _is_title(lines[0]) or (len(lines) > 1 and bool(all_authors(lines[-1].text)))


def _name_by_line(draft: Draft, citation: Claim, others: Sequence[str]) -> None:
    """Give a draft the title that was found in a line, and what the other lines say."""
    names = _names_in(others)
    rest = [citation.rest, *_without_names(others, names), draft.remark]
    behind = trailer(" ".join(filter(None, rest)))
    draft.title, draft.remark = citation.title, behind.rest
    draft.authors = citation.authors or names or behind.authors or draft.authors
    year = next(filter(None, map(year_of_venue, others)), None)
    draft.year = citation.year or behind.year or draft.year or year


def _is_title(line: Line) -> bool:
    """Tell whether a line begins with a number, or with marked or quoted words."""
    if NUMBER.match(line.text.strip()) or any(
        piece.mark in ("strong", "em") for piece in line.pieces[:2]
    ):
        return True
    return QUOTED.match(line.text.strip()) is not None


def _names_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the first text that is a list of several, or a person for sure."""
    for names in map(authors_in, texts):
        if len(names) > 1 or has_person(names):
            return names
    return ()


def _without_names(texts: Sequence[str], names: tuple[str, ...]) -> list[str]:
    return [text for text in texts if not names or authors_in(text) != names]


# The item above.


def name_by_context(draft: Draft, context: Context) -> None:
    """Name a draft without words by what stands above it, or make it a page of that work."""
    if draft.title or draft.url is None:
        return
    if context.label and (context.sole or draft.label):
        is_further = context.used and draft.label
        draft.title = f"{context.label} ({draft.label})" if is_further else context.label
        context.used = True
    elif context.parent is not None and not _stands_alone(draft):
        draft.of = context.parent


def _stands_alone(draft: Draft) -> bool:
    if draft.label:
        return bool(draft.remark)
    return name_of(draft.url or "")[1]


def is_shown(draft: Draft, pending: Sequence[Line], drafts: Sequence[Draft]) -> bool:
    """Return False for badges and pictures, unless one is the only link of a title.

    A video's picture is a link to it.
    """
    if not draft.picture:
        return True
    if urls.is_video(draft.url or "") and not is_label(draft.label):
        draft.title = draft.title or clean_title(draft.label)
        return True
    if not all(other.picture for other in drafts):
        return False
    return draft.of is not None or len(draft.title.split()) > 2 or _name_work(pending)


def _name_work(lines: Sequence[Line]) -> bool:
    return any(claim(line.pieces).title for line in lines)


# The heading above.


def title_of(
    draft: Draft, section: Sequence[str], *, alone: bool = False, among_titles: bool = False
) -> str:
    """Return a draft's title: its own, its work's with the label, or one of heading or address.

    among_titles: the section is a whole list of titled works, so that its heading names none.
    """
    if draft.title:
        return draft.title
    if draft.is_page:
        return _title_of_page(draft, title_of(draft.root, section))
    heading = "" if among_titles else _telling_heading(section)
    if draft.label and not draft.bare:
        return _title_of_label(draft, heading, alone=alone)
    name, telling = name_of(draft.url or "")
    return heading if alone and heading and not telling else name


def _telling_heading(section: Sequence[str]) -> str:
    heading = NUMBER.sub("", section[-1]) if section else ""
    return "" if is_label(heading) else heading


def _title_of_page(draft: Draft, title: str) -> str:
    """Return what a further page of a work is called."""
    label = draft.label.strip("[]() ")
    return f"{title} ({label})" if label and label.lower() != "link" else title


def _title_of_label(draft: Draft, heading: str, *, alone: bool) -> str:
    """Return what a link such as "slides" is called: the heading's words with it, else itself."""
    url = draft.url or ""
    words = clean_title(draft.label) or draft.label
    if urls.is_file(url) or _tells(draft, heading):
        return words
    if not heading:
        return name_of(url)[0]
    return heading if alone else f"{heading} ({draft.label.strip('[]() ')})"


def _tells(draft: Draft, heading: str) -> bool:
    """Tell whether a label says more than its heading does."""
    if draft.label.isascii() and not re.search(r"\w{3}", draft.label):
        return False
    return not heading or bool(draft.remark) or urls.is_front_page(draft.url or "")


# What the lines around a work say of it.


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
