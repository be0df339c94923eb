"""What a page says of itself to machines: meta elements, and JSON-LD in schema.org's vocabulary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from litsearch.extract.blocks import Block, one_line
from litsearch.patterns import expression

MAX_JSON = 2_000_000  # characters of one script that are read
MAX_NODES = 2_000  # objects looked at
ARTICLES = frozenset(
    "Article NewsArticle BlogPosting TechArticle ScholarlyArticle Report WebPage Book VideoObject "
    "LearningResource AnalysisNewsArticle OpinionNewsArticle SocialMediaPosting Course "
    "ReportageNewsArticle LiveBlogPosting MedicalWebPage DiscussionForumPosting".split()
)
INNER = ("@graph", "mainEntity", "mainEntityOfPage")
BREAKS = ("\r\n\r\n", "\n\n", "\r\n", "\n")
PAID = expression(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.I)


def page_metas(root: etree._Element) -> dict[str, list[str]]:
    """Return what the meta elements of a page say, by their names in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        names = map(meta.get, ("name", "property", "itemprop", "http-equiv"))
        name = next(filter(None, names), "").lower()
        content = one_line(meta.get("content") or "")
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def article_data(root: etree._Element) -> dict[str, Any]:
    """Return the object of JSON-LD that describes the article; {} when there is none."""
    for script in root.iter("script"):
        if not (script.get("type") or "").startswith("application/ld+json") or not script.text:
            continue
        try:
            data = json.loads(script.text[:MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_article(node):
                return node
    return {}


def article_body(data: dict[str, Any]) -> list[Block]:
    """Return the paragraphs of the text that the structured data holds; [] when it holds none."""
    body = data.get("articleBody") or data.get("text")
    if not isinstance(body, str) or not body.strip():
        return []
    if "<p" in body or "<br" in body:
        body = "\n\n".join(html.fromstring(f"<div>{body}</div>").itertext())
    mark = next((mark for mark in BREAKS if mark in body), "\n")
    paragraphs = map(one_line, body.split(mark))
    return [Block(text) for text in paragraphs if text]


def says_paid(root: etree._Element) -> bool:
    """Tell a page whose structured data says that not all of it is free."""
    scripts = root.iterfind(".//script[@type='application/ld+json']")
    return any(PAID.search("".join(script.itertext())) for script in scripts)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return not ARTICLES.isdisjoint(types if isinstance(types, list) else [str(types)])


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a value, the outermost first."""
    waiting, count = [data], 0
    while waiting and count < MAX_NODES:
        node = waiting.pop(0)
        count += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in INNER if key in node)
