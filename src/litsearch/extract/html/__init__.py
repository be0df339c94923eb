"""Web pages: the article itself, with headings, captions, tables, code and formulas."""

from __future__ import annotations

import copy
import logging

import trafilatura
from lxml import etree, html

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, below_title, clean, document, letters
from litsearch.extract.charset import decode
from litsearch.extract.html.frame import strip_frame
from litsearch.extract.html.main_content import find_main, prune
from litsearch.extract.html.measure import measure
from litsearch.extract.html.metadata import headline, read_metadata
from litsearch.extract.html.not_articles import refuse_pretenders, says_paid
from litsearch.extract.html.roles import assign_roles
from litsearch.extract.html.to_blocks import walk
from litsearch.extract.html.tree import parse, simplify
from litsearch.types import Document, RawDocument

logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # what it finds wrong with a file becomes a verdict
MEDIA_TYPES = ("text/html", "application/xhtml+xml")


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the article of a page. Raises ExtractError (blocked or dead) when the page is no article."""
    root = parse(decode(raw))
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        raise ExtractError(
            "The page cannot be read as HTML.",
            "Open the address in a browser and check what it shows.",
        )
    simplify(body)
    about = read_metadata(root, raw.url)
    scripts = sum(1 for _ in root.iter("script"))
    passwords = len(root.xpath("//input[@type='password']"))
    notice = " ".join("".join(element.itertext()) for element in root.iter("noscript"))
    page_title = clean(root.findtext(".//title") or "")
    prune(body)
    shown = [block.text for block in walk(body)]
    kept = letters(_kept_by_trafilatura(body))
    blocks = assign_roles(_article(body, about.title, kept), about.title, about.authors, kept)
    words = sum(len(block.text.split()) for block in blocks)
    paid = says_paid(root)
    refuse_pretenders(
        page_title, shown, notice, scripts=scripts, words=words, passwords=passwords, paid=paid
    )
    return document(
        raw,
        source_id,
        below_title(blocks, about.title),
        title=about.title,
        authors=about.authors,
        published=about.published,
        language=about.language,
    )


def _article(body: etree._Element, title: str | None, kept: str) -> list[Block]:
    """The blocks of the main content, its headline first."""
    measured = measure(body, kept)
    first = headline(body, [title or ""])
    name = walk(first)[:1] if first is not None else []
    main = find_main(body, measured, first)
    strip_frame(main, measured)
    blocks = walk(main)
    if name and not any(block.text == name[0].text for block in blocks):
        blocks = [Block(name[0].text, (name[0].text,)), *blocks]
    return blocks


def _kept_by_trafilatura(body: etree._Element) -> str:
    page = html.Element("html")  # trafilatura takes lxml.html elements only
    page.append(copy.deepcopy(body))
    try:
        found = trafilatura.extract(page, include_comments=False, include_tables=True)
    except RecursionError:  # it walks some trees by recursion; find_main has other means
        return ""
    return found or ""
