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
from litsearch.extract.html import lines
from litsearch.types import Role

NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?[.:]?", re.I)
SHORT = 220  # letters: what bears a byline's or a credit's class and is longer is text all the same
MAX_CAPTION = 900  # letters
PROSE = 60  # letters of a sentence: a block of so many is running text, and the opening of a page ends at it
LONG = 120  # letters: prose without a sentence's end
KICKER = 60  # letters: links to the section of a site that stand above an article have fewer
MAX_JUDGED = 20_000  # blocks whose words are looked at: a tenth of a millisecond each
LABEL = 60  # letters: a label has no more
RELIABLE = (
    0.6  # share of the running text that trafilatura must have kept to be asked about the rest
)
LINKED = 0.5  # share of letters in links
TITLE_SHARE = 0.75  # of a page's title that a heading must say to be it


def _classes(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.I)


CAPTION = _classes(
    r"(?:fig|figure|photo|image|img|picture|media|wp|tr|se|video|table)-?captions?(?:-?text)? captions? caption-?text "
    r"figcaption cutline (?:photo|image|img|picture|media)-?(?:credits?|legend|title|description|source) legende? "
    r"wp-caption-dd spip_doc_titre spip_doc_descriptif gallery-title article__legend caption_target"
)
BYLINE = _classes(
    r"by-?lines? byline-?\w* dateline date-?line posted-?(?:on|by|in)? post-?(?:meta|info|date|author|byline|details) "
    r"entry-?(?:meta|date|author|info) article-?(?:meta|info|date|author|byline|signature|stats|details) "
    r"authors?-?(?:name|names|info|line|link|list|meta|box-name|email)? meta(?:data|-?info|-?data|__\w+)? pub-?date "
    r"publish(?:ed|-?date|ed-?on)? publication-?date date-?(?:header|published|time|info)? timestamp time-?stamp "
    r"submitted info-publi createdby created modified reading-?time read-?time time-?to-?read tagline comhead "
    r"user-?(?:info|details|action-time) written-?by contributor (?:news|story|art|media-news)-?(?:date|author|meta|info) "
    r"vcard source-?info write-?info se_publish-?date date-?line"
)
FOOTNOTE = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|endnotes?|fn-?list|footnote-\w+|doc-endnotes?)(?:$|[\s_-])", re.I
)
FOOTNOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "doc-endnotes"))
REFERENCES = re.compile(
    r"(?:^|[\s_-])(?:reflist|references|bibliography|ref-list|citation-list)(?:$|[\s_-])", re.I
)
BYLINE_ITEMS = frozenset(("author", "datepublished", "datemodified", "datecreated"))


def hinted_role(element: etree._Element) -> Role | None:
    """Return the role that an element's tag, class or ARIA role tells; None when they tell none."""
    tag, marks = element.tag, element.get("class") or ""
    if tag in ("figcaption", "caption"):
        return "caption"
    if not marks and not element.attrib:
        return None
    if (
        element.get("role") in FOOTNOTE_ROLES
        or FOOTNOTE.search(marks)
        or element.get("id") == "footnotes"
    ):
        return "footnote"
    if REFERENCES.search(marks) and tag in ("ol", "ul", "div", "section"):
        return "references"
    if tag in ("body", "main", "article", "table", "tbody", "tr", "pre", "blockquote"):
        return None
    if _opens_with_backlink(element):
        return "footnote"
    if CAPTION.search(marks) or _is_block_title(element, marks):
        return "caption" if _size(element) <= MAX_CAPTION else None
    if _says_byline(element, marks) and _size(element) <= SHORT:
        return "byline"
    return None


def _opens_with_backlink(element: etree._Element) -> bool:
    """True for a note as word processors write it: its number leads back to its mark."""
    first = next(iter(element), None)
    if first is None or first.tag != "a" or (element.text or "").strip():
        return False
    target, anchor = first.get("href") or "", first.get("id") or first.get("name") or ""
    return (
        target.startswith("#")
        and "ref" in target.lower()
        and bool(anchor)
        and "ref" not in anchor.lower()
    )


def _is_block_title(element: etree._Element, marks: str) -> bool:
    """Asciidoctor's title of a listing, table or figure."""
    parent = element.getparent()
    return marks == "title" and parent is not None and "block" in (parent.get("class") or "")


def _says_byline(element: etree._Element, marks: str) -> bool:
    if (element.get("itemprop") or "").lower() in BYLINE_ITEMS or element.tag == "address":
        return True
    return (
        BYLINE.search(marks) is not None
        and next(element.iter("h1", "h2", "h3", "pre"), None) is None
    )


def _size(element: etree._Element) -> int:
    return len(letters("".join(element.itertext())))


def assign_roles(
    blocks: Sequence[Block], title: str | None, authors: Sequence[str], kept: str = ""
) -> list[Block]:
    """Give each block of a page its role, by its place and its words where no element told it.

    kept: the letters that trafilatura took for the main text; behind its end a label is no text.
    """
    blocks = [
        block for block in blocks if block.role != "footnote" or not NOTE_MARK.fullmatch(block.text)
    ]
    first, last = _prose_bounds(blocks)
    known = {letters(name).casefold() for name in authors}
    page = _Page(title or "", known, first, last)
    roles = [_role_by_words(block, index, page) for index, block in enumerate(blocks)]
    _mark_names(blocks, roles, first)
    _mark_boxes(blocks, roles)
    _mark_unkept(blocks, roles, kept)
    return _without_boxes(blocks, roles)


def with_title_role(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Return the blocks of a text without bylines and boxes: only its title has a role by words."""
    roled = []
    for block in blocks:
        again = block.role == "text" and letters(block.text) == letters(title or "")
        roled.append(replace(block, role="title") if again else block)
    return roled


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a page when its lines are judged."""

    title: str
    authors: set[str]
    first: int  # the first block of running text
    last: int


def _prose_bounds(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the places of the first and the last block of running text."""
    prose = [index for index, block in enumerate(blocks) if is_prose(block)]
    return (prose[0], prose[-1]) if prose else (0, len(blocks) - 1)


def is_prose(block: Block) -> bool:
    """Return True for running text: so long that it is no label, and not mostly links."""
    if block.role in ("code", "table"):
        return True
    if block.role != "text" or is_heading(block) or block.linked * 2 >= len(letters(block.text)):
        return False
    size = reading_size(block.text)
    return size >= LONG or (size >= PROSE and lines.SENTENCE.search(block.text) is not None)


def is_heading(block: Block) -> bool:
    """Return True for a block that is itself the last heading of its path."""
    return block.heading[-1:] == (block.text,)


def _role_by_words(block: Block, index: int, page: _Page) -> Role:
    if block.role != "text" or index >= MAX_JUDGED:
        return block.role
    heading = is_heading(block)
    if (index <= page.first or heading) and _is_title(block, page.title):
        return "title"
    if heading:
        return "boilerplate" if lines.opens_box(block.text) else "text"
    size = reading_size(block.text)
    if lines.is_promotion(block.text, block.linked, size):
        return "boilerplate"
    if lines.is_credit(block.text, size):
        return "caption"
    if index < page.first:
        return _opening_role(block, size, page)
    if lines.is_stamp(block.text, size):
        return "byline"
    if index > page.last and lines.is_closing(block.text, block.linked, size, page.authors):
        return "byline" if lines.is_byline(block.text, size, page.authors) else "boilerplate"
    return "text"


def _opening_role(block: Block, size: int, page: _Page) -> Role:
    """Before the first paragraph stand bylines, and links to the sections of the site."""
    if lines.is_byline(block.text, size, page.authors):
        return "byline"
    linked = block.linked >= LINKED * len(letters(block.text))
    return (
        "boilerplate"
        if linked and size <= KICKER and not lines.SENTENCE.search(block.text)
        else "text"
    )


def _is_title(block: Block, title: str) -> bool:
    """The title again: the same letters, most of them at its beginning, or all of them with a kicker."""
    shown, wanted = letters(block.text).casefold(), letters(title).casefold()
    if not shown or not wanted:
        return False
    if shown == wanted or (wanted.startswith(shown) and len(shown) >= TITLE_SHARE * len(wanted)):
        return True
    return is_heading(block) and wanted in shown and len(shown) <= 2 * len(wanted)


def _mark_unkept(blocks: Sequence[Block], roles: list[Role], kept: str) -> None:
    """Mark what trafilatura did not keep and what reads like a label of the page, where it kept the rest."""
    held = [letters(block.text) in kept for block in blocks]
    prose = [role == "text" and is_prose(block) for block, role in zip(blocks, roles, strict=True)]
    if not any(held) or _size_of(blocks, prose, held) < RELIABLE * _size_of(blocks, prose, prose):
        return
    last = max(index for index, is_held in enumerate(held) if is_held)
    for index, block in enumerate(blocks[: last + 1]):
        if roles[index] == "text" and not held[index] and _is_label(block):
            roles[index] = "boilerplate"
    _mark_tail(blocks, roles, last + 1)
    _mark_empty_headings(blocks, roles, held)


def _size_of(blocks: Sequence[Block], some: Sequence[bool], also: Sequence[bool]) -> int:
    """The letters of the blocks of which both is true."""
    chosen = [block for block, one, other in zip(blocks, some, also, strict=True) if one and other]
    return sum(len(block.text) for block in chosen)


def _is_label(block: Block) -> bool:
    """A few words without a sentence's end that are neither a heading nor an item of the author's list."""
    if is_heading(block) or lines.SENTENCE.search(block.text) or reading_size(block.text) > LABEL:
        return False
    return not block.listed or block.linked * 2 >= len(letters(block.text))


def _mark_tail(blocks: Sequence[Block], roles: list[Role], start: int) -> None:
    """Behind the kept text only paragraphs and items that go straight on are text."""
    index = start
    while index < len(blocks) and roles[index] == "text" and _goes_on(blocks[index]):
        index += 1
    for place in range(index, len(blocks)):
        if roles[place] == "text":
            roles[place] = "boilerplate"


def _goes_on(block: Block) -> bool:
    return is_prose(block) or (block.listed and block.linked * 2 < len(letters(block.text)))


def _mark_empty_headings(blocks: Sequence[Block], roles: list[Role], held: Sequence[bool]) -> None:
    """A heading with nothing but boilerplate below it is boilerplate."""
    below: Role = "boilerplate"
    for index in reversed(range(len(blocks))):
        if (
            is_heading(blocks[index])
            and roles[index] == "text"
            and below == "boilerplate"
            and not held[index]
        ):
            roles[index] = "boilerplate"
        if roles[index] != "caption":
            below = roles[index]


def _mark_names(blocks: Sequence[Block], roles: list[Role], first: int) -> None:
    """A name beside a byline, before the first paragraph, is a byline too."""
    for index in range(first):
        if (
            roles[index] == "text"
            and not is_heading(blocks[index])
            and lines.is_name(blocks[index].text)
        ):
            beside = roles[max(0, index - 1) : index] + roles[index + 1 : index + 3]
            if "byline" in beside:
                roles[index] = "byline"


def _mark_boxes(blocks: Sequence[Block], roles: list[Role]) -> None:
    """Links and labels directly below a heading that opens a box are of the box; all below "Comments" is."""
    boxed = commented = False
    for index, block in enumerate(blocks):
        if is_heading(block):
            boxed = roles[index] == "boilerplate"
            commented = boxed and (commented or lines.opens_comments(block.text))
        elif commented:
            roles[index] = "boilerplate"
        elif boxed and roles[index] == "text":
            boxed = block.linked * 2 >= len(letters(block.text)) or not lines.SENTENCE.search(
                block.text
            )
            roles[index] = "boilerplate" if boxed else "text"


def _without_boxes(blocks: Sequence[Block], roles: Sequence[Role]) -> list[Block]:
    """The blocks with their roles; no text stands under the heading of a box."""
    boxes = {
        block.text
        for block, role in zip(blocks, roles, strict=True)
        if role == "boilerplate" and is_heading(block)
    }
    result = []
    for block, role in zip(blocks, roles, strict=True):
        path = tuple(heading for heading in block.heading if heading not in boxes)
        result.append(replace(block, role=role, heading=path))
    return result
