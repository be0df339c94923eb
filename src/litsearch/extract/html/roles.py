"""What each block of a page is: body text, or title, byline, caption, footnote, boilerplate.

Public benchmarks of text extraction count body text alone; a reader wants all of it. So side matter
stays in the text, under a role of its own, and answers and BM25 take what they need.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from litsearch.extract.blocks import Block, letters, reading_size
from litsearch.extract.html import short_lines
from litsearch.extract.html.boundaries import (
    is_heading,
    is_linked,
    is_prose,
    is_sentence,
    mark_beyond,
)
from litsearch.patterns import expression
from litsearch.types import Role

NOTE_MARK = expression(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?[.:]?", re.I)
SHORT = 220  # letters: what bears a byline's or a credit's class and is longer is text all the same
MAX_CAPTION = 900  # letters
KICKER = 60  # letters: links to the section of a site that stand above an article have fewer
CLOSING = 4  # blocks of text at the end, among which notes on the authors stand
MAX_LINE = 4_000  # characters, however few of them are letters: what is longer is no line
MAX_JUDGED = 20_000  # blocks whose words are looked at: a tenth of a millisecond each
TITLE_SHARE = 0.75  # of a page's title that a heading must say to be it


def _classes(words: str) -> re.Pattern[str]:
    """Return a pattern for any of the words as a part of a class."""
    return expression(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.I)


CAPTION = _classes(
    r"(?:fig|figure|photo|image|img|picture|media|wp|tr|se|video|table)-?captions?(?:-?text)? "
    r"captions? caption-?text figcaption cutline "
    r"(?:photo|image|img|picture|media)-?(?:credits?|legend|title|description|source) legende? "
    r"wp-caption-dd spip_doc_titre spip_doc_descriptif gallery-title article__legend caption_target"
)
BYLINE = _classes(
    r"by-?lines? byline-?\w* dateline date-?line posted-?(?:on|by|in)? "
    r"post-?(?:meta|info|date|author|byline|details) entry-?(?:meta|date|author|info) "
    r"article-?(?:meta|info|date|author|byline|signature|stats|details) "
    r"authors?-?(?:name|names|info|line|link|list|meta|box-name|email)? "
    r"meta(?:data|-?info|-?data|__\w+)? pub-?date publish(?:ed|-?date|ed-?on)? publication-?date "
    r"date-?(?:header|published|time|info)? timestamp time-?stamp submitted info-publi createdby "
    r"created modified reading-?time read-?time time-?to-?read tagline comhead "
    r"user-?(?:info|details|action-time) written-?by contributor "
    r"(?:news|story|art|media-news)-?(?:date|author|meta|info) "
    r"vcard source-?info write-?info se_publish-?date"
)
FOOTNOTE = _classes(r"foot-?notes? endnotes? fn-?list footnote-\w+ doc-endnotes?")
FOOTNOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "doc-endnotes"))
REFERENCES = _classes(r"reflist references bibliography ref-list citation-list")
LISTS = ("ol", "ul", "div", "section")
BYLINE_ITEMS = frozenset(("author", "datepublished", "datemodified", "datecreated"))
# Elements of an article whose class tells nothing of what stands in them.
LARGE = frozenset("body main article table tbody tr pre blockquote".split())


def hinted_role(element: etree._Element) -> Role | None:
    """Return the role that an element's tag, class or ARIA role tells; None when they tell none."""
    tag, marks = element.tag, element.get("class") or ""
    if tag in ("figcaption", "caption"):
        return "caption"
    if not element.attrib:
        return None
    if _says_footnote(element, marks):
        return "footnote"
    if tag in LISTS and REFERENCES.search(marks):
        return "references"
    if tag in LARGE:
        return None
    if _opens_with_backlink(element):
        return "footnote"
    return _line_role(element, marks)


def _line_role(element: etree._Element, marks: str) -> Role | None:
    """Return the role of a line, which has few letters: caption or byline."""
    if CAPTION.search(marks) or _is_block_title(element, marks):
        return "caption" if _size(element) <= MAX_CAPTION else None
    if _says_byline(element, marks) and _size(element) <= SHORT:
        return "byline"
    return None


def _says_footnote(element: etree._Element, marks: str) -> bool:
    if element.get("role") in FOOTNOTE_ROLES or element.get("id") == "footnotes":
        return True
    return FOOTNOTE.search(marks) is not None


def _opens_with_backlink(element: etree._Element) -> bool:
    """Tell a note as word processors write it: its number leads back to its mark."""
    first = next(iter(element), None)
    if first is None or first.tag != "a" or (element.text or "").strip():
        return False
    target = first.get("href", "").lower()
    anchor = (first.get("id") or first.get("name", "")).lower()
    if not target.startswith("#") or "ref" not in target:
        return False
    return anchor != "" and "ref" not in anchor


def _is_block_title(element: etree._Element, marks: str) -> bool:
    """Tell Asciidoctor's title of a listing, table or figure."""
    parent = element.getparent()
    return marks == "title" and parent is not None and "block" in (parent.get("class") or "")


def _says_byline(element: etree._Element, marks: str) -> bool:
    """Tell a byline by its element or class; what holds a heading or code is none."""
    if (element.get("itemprop") or "").lower() in BYLINE_ITEMS or element.tag == "address":
        return True
    if BYLINE.search(marks) is None:
        return False
    return next(element.iter("h1", "h2", "h3", "pre"), None) is None


def _size(element: etree._Element) -> int:
    return len(letters("".join(element.itertext())))


def assign_roles(
    blocks: Sequence[Block], title: str | None, authors: Sequence[str], main_text: str = ""
) -> list[Block]:
    """Give each block of a page its role, by its place and its words where no element told it.

    main_text: the letters that trafilatura took for it; behind its end a label is no text.
    """
    blocks = [block for block in blocks if not _is_note_mark(block)]
    first, last = _prose_bounds(blocks)
    names = {letters(name).casefold() for name in authors}
    page = _Page(title or "", names, first, last)

    roles = [_role_by_words(block, index, page) for index, block in enumerate(blocks)]
    _mark_names(blocks, roles, first)
    _mark_boxes(blocks, roles)
    _mark_notes(blocks, roles, authors)
    mark_beyond(blocks, roles, main_text)
    return _without_boxes(blocks, roles)


def with_title_role(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Return the blocks of a text without bylines and boxes: only its title has a role by words."""
    name = letters(title or "")
    roled = []
    for block in blocks:
        again = block.role == "text" and letters(block.text) == name
        roled.append(replace(block, role="title") if again else block)
    return roled


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a page when its lines are judged."""

    title: str
    authors: set[str]
    first: int  # the first block of running text
    last: int


def _is_note_mark(block: Block) -> bool:
    """Tell a footnote that is nothing but its number."""
    return block.role == "footnote" and NOTE_MARK.fullmatch(block.text) is not None


def _prose_bounds(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the places of the first and the last block of running text."""
    prose = [index for index, block in enumerate(blocks) if is_prose(block)]
    if not prose:  # a notice of a few words: its sentences are its running text
        prose = [index for index, block in enumerate(blocks) if is_sentence(block)]
    if prose:
        return (prose[0], prose[-1])
    return (0, len(blocks) - 1)


def _role_by_words(block: Block, index: int, page: _Page) -> Role:
    """Return the role of a block by its place and its words, where its element told none."""
    if block.role != "text" or index >= MAX_JUDGED or len(block.text) > MAX_LINE:
        return block.role
    if is_heading(block):
        return _heading_role(block, page.title)
    if index <= page.first and _is_title(block, page.title):
        return "title"

    size = reading_size(block.text)
    if short_lines.is_promotion(block.text, block.linked, size):
        return "boilerplate"
    if short_lines.is_credit(block.text, size):
        return "caption"
    if index < page.first:
        return _opening_role(block, size, page)
    return _later_role(block, size, page, behind=index > page.last)


def _heading_role(block: Block, title: str) -> Role:
    """Return the role of a heading: the title again, the head of a box, or text."""
    if _is_title(block, title):
        return "title"
    if short_lines.opens_box(block.text):
        return "boilerplate"
    return "text"


def _opening_role(block: Block, size: int, page: _Page) -> Role:
    """Return the role of a line above the first paragraph: byline, or link to a section."""
    if short_lines.is_byline(block.text, size, page.authors):
        return "byline"
    if size > KICKER or short_lines.SENTENCE.search(block.text) or not is_linked(block):
        return "text"
    return "boilerplate"


def _later_role(block: Block, size: int, page: _Page, *, behind: bool) -> Role:
    """Return the role of a line below the first paragraph. behind: below the last one too."""
    if short_lines.is_stamp(block.text, size):
        return "byline"
    if not behind or not short_lines.is_closing(block.text, block.linked, size, page.authors):
        return "text"
    if short_lines.is_byline(block.text, size, page.authors):
        return "byline"
    return "boilerplate"


def _is_title(block: Block, title: str) -> bool:
    """Tell the title again: its letters, most of them from its beginning, or all with a kicker."""
    shown, whole = letters(block.text).casefold(), letters(title).casefold()
    if not shown or not whole:
        return False
    if whole.startswith(shown) and len(shown) >= TITLE_SHARE * len(whole):
        return True
    return is_heading(block) and whole in shown and len(shown) <= 2 * len(whole)


def _mark_notes(blocks: Sequence[Block], roles: list[Role], authors: Sequence[str]) -> None:
    """Mark notes on the authors among the last paragraphs."""
    prose = [index for index, role in enumerate(roles) if role == "text"]
    for index in prose[-CLOSING:]:
        if is_prose(blocks[index]) and short_lines.is_author_note(blocks[index].text, authors):
            roles[index] = "boilerplate"


def _mark_names(blocks: Sequence[Block], roles: list[Role], first: int) -> None:
    """Mark names beside a byline, before the first paragraph, as bylines too."""
    for index, block in enumerate(blocks[:first]):
        beside = roles[max(0, index - 1) : index] + roles[index + 1 : index + 3]
        if roles[index] != "text" or "byline" not in beside:
            continue
        if not is_heading(block) and short_lines.is_name(block.text):
            roles[index] = "byline"


def _mark_boxes(blocks: Sequence[Block], roles: list[Role]) -> None:
    """Mark links and labels directly below a heading that opens a box; below "Comments", all."""
    boxed = commented = False
    for index, block in enumerate(blocks):
        if is_heading(block):
            boxed = roles[index] == "boilerplate"
            commented = boxed and (commented or short_lines.opens_comments(block.text))
        elif commented:
            roles[index] = "boilerplate"
        elif boxed and roles[index] == "text":
            boxed = is_linked(block) or not short_lines.SENTENCE.search(block.text)
            roles[index] = "boilerplate" if boxed else "text"


def _without_boxes(blocks: Sequence[Block], roles: Sequence[Role]) -> list[Block]:
    """Return the blocks with their roles; no text stands under the heading of a box."""
    roled = list(zip(blocks, roles, strict=True))
    boxes = {block.text for block, role in roled if role == "boilerplate" and is_heading(block)}
    result = []
    for block, role in roled:
        path = tuple(heading for heading in block.heading if heading not in boxes)
        result.append(replace(block, role=role, heading=path))
    return result
