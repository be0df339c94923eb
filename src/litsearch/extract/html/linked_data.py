"""What a page says of itself in JSON-LD, by the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from litsearch.extract.blocks import Block, clean

MAX_JSON = 2_000_000  # characters of one script that are read
MAX_NODES = 2_000  # objects looked at
ARTICLES = frozenset(
    "Article NewsArticle BlogPosting TechArticle ScholarlyArticle Report WebPage Book VideoObject "
    "LearningResource AnalysisNewsArticle OpinionNewsArticle SocialMediaPosting Course "
    "ReportageNewsArticle LiveBlogPosting MedicalWebPage DiscussionForumPosting".split()
)
BREAKS = ("\r\n\r\n", "\n\n", "\r\n", "\n")


def article_data(root: etree._Element) -> dict[str, Any]:
    """Return the object that describes the article; {} when there is none."""
    for script in root.iter("script"):
        if not (script.get("type") or "").startswith("application/ld+json") or not script.text:
            continue
        try:
            data = json.loads(script.text[:MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            types = node.get("@type")
            if ARTICLES.intersection(types if isinstance(types, list) else [str(types)]):
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
    paragraphs = (clean(part).replace("\n", " ") for part in body.split(mark))
    return [Block(text) for text in paragraphs if text]


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            inner = ("@graph", "mainEntity", "mainEntityOfPage")
            waiting.extend(node[key] for key in inner if key in node)
