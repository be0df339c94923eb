"""Web pages: the article itself, with headings, captions, tables, code and formulas."""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence

import trafilatura
from lxml import etree, html

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, below_title, clean, document, letters, reading_size
from litsearch.extract.html.elements import WRITTEN
from litsearch.extract.html.frame import strip_frame
from litsearch.extract.html.headline import headline
from litsearch.extract.html.main_content import find_main, measure, prune
from litsearch.extract.html.metadata import Metadata, read_metadata
from litsearch.extract.html.not_articles import Shown, refuse_pretenders
from litsearch.extract.html.roles import assign_roles
from litsearch.extract.html.structured_data import article_body, article_data, says_paid
from litsearch.extract.html.to_blocks import walk
from litsearch.extract.html.tree import parse, simplify
from litsearch.extract.plain_text import decode
from litsearch.types import Document, RawDocument

# what it finds wrong with a file becomes a verdict
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
LITTLE = 200  # letters: a page that shows no more may say its text to machines only


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the article of a page. Raises ExtractError (blocked, dead) when it is no article."""
    root = parse(decode(raw))
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        raise ExtractError(
            "The page cannot be read as HTML.",
            "Open the address in a browser and check what it shows.",
        )
    simplify(body)
    about = read_metadata(root, raw.url)
    blocks = _checked_blocks(root, body, about)
    return document(
        raw,
        source_id,
        below_title(blocks, about.title),
        title=about.title,
        authors=about.authors,
        published=about.published,
        language=about.language,
        base=root.xpath("string(//base/@href)"),
    )


def _checked_blocks(root: etree._Element, body: etree._Element, about: Metadata) -> list[Block]:
    """Return the blocks of the article. Raises ExtractError when the page is none."""
    passwords = len(root.xpath("//input[@type='password']"))
    scripts = len(list(root.iter("script")))
    silent = list(root.iter("noscript"))
    prune(body)
    for element in silent:
        element.tag = "div"  # its text is read where the page has no other

    shown = [block.text for block in walk(body)]
    blocks = _blocks(root, body, about, silent)
    refuse_pretenders(
        Shown(
            title=clean(root.findtext(".//title") or ""),
            blocks=shown,
            article=[block.text for block in blocks],
            notice=" ".join("".join(element.itertext()) for element in silent),
            scripts=scripts,
            passwords=passwords,
            paid=says_paid(root),
        )
    )
    return blocks


def _blocks(
    root: etree._Element, body: etree._Element, about: Metadata, silent: Sequence[etree._Element]
) -> list[Block]:
    """Return the article as the page shows it, or, where it shows none, as it tells machines."""
    main_text = letters(_kept_by_trafilatura(body))
    blocks = assign_roles(
        _article(body, about.title, main_text), about.title, about.authors, main_text
    )
    if _size(blocks) >= LITTLE:
        return blocks
    others = (article_body(article_data(root)), *map(walk, silent))
    hidden = max(others, key=_size, default=[])
    if _size(hidden) < max(LITTLE, 2 * _size(blocks)):
        return blocks
    return assign_roles(hidden, about.title, about.authors)


def _size(blocks: Sequence[Block]) -> int:
    """Count the letters of running text."""
    return sum(reading_size(block.text) for block in blocks if block.role == "text")


def _article(body: etree._Element, title: str | None, main_text: str) -> list[Block]:
    """Return the blocks of the main content, its headline first."""
    measured = measure(body, main_text)
    first = headline(body, [title or ""])
    name = walk(first)[:1] if first is not None else []
    main = find_main(body, measured, first)
    strip_frame(main, measured)
    blocks = walk(main)
    if name and not any(block.text == name[0].text for block in blocks):
        blocks = [Block(name[0].text, (name[0].text,)), *blocks]
    return blocks


def _kept_by_trafilatura(body: etree._Element) -> str:
    """Return what trafilatura takes for the main text; "" where it finds none."""
    page = html.Element("html")  # trafilatura takes lxml.html elements only
    page.append(copy.deepcopy(body))
    etree.strip_elements(page, "img", "source", with_tail=False)
    _join_written(page)
    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=True)
    except RecursionError:  # it walks some trees by recursion; find_main has other means
        return ""
    return text or ""


def _join_written(page: etree._Element) -> None:
    """Make what is written as characters one text with what stands around it.

    trafilatura takes a minute for a paragraph of 40,000 elements, or of as many texts.
    """
    around = {written.getparent() for written in page.iter(WRITTEN)}
    etree.strip_tags(page, WRITTEN)
    for parent in around:
        parent.text = parent.text
        for child in parent:
            child.tail = child.tail
