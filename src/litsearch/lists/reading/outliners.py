"""What Obsidian, Logseq, Roam and Org write beside Markdown, put into Markdown's words: the same lines, plainer."""

from __future__ import annotations

import re

_WIKI_LINK = re.compile(r"\[\[(?!\d+\]\])([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[:])")
_ROAM_TASK = re.compile(r"\{\{\s*\[?\[?(TODO|DONE)\]?\]?\s*\}\}")
_COMMENT = re.compile(r"%%[^%\n]{1,1000}%%")
_ORG = re.compile(r"^\*{1,8} .{0,200}\[\[\w{2,8}:|^#\+TITLE:|^[ \t]*:PROPERTIES:[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\]\[([^\[\]\n]{1,500})\]\]")
_ORG_LINE = re.compile(
    r"^(?:(\*{1,8}) +(.*?)(?:[ \t]+:[\w@:]{1,100}:)?|[ \t]*(?:#\+\w+:|:\w+:|(?:CLOSED|SCHEDULED|DEADLINE):).*)[ \t]*$",
    re.MULTILINE,
)


def plainer(text: str) -> str:
    """The text with links of notes as their words, tasks as TODO or DONE, and Org's headlines as headings or items."""
    if "%%" in text:
        text = _COMMENT.sub(" ", text)
    if "[[" not in text and "{{" not in text:
        return text
    text = _ROAM_TASK.sub(r"\1 ", text)
    if _ORG.search(text):
        text = _ORG_LINE.sub(_headline, _ORG_LINK.sub(r"[\2](\1)", text))
    return _WIKI_LINK.sub(_words, text)


def _headline(match: re.Match[str]) -> str:
    stars, words = match[1], match[2]
    if not stars:
        return ""
    return f"- {words}" if "](" in words or "[[" in words else f"{'#' * min(len(stars), 6)} {words}"


def _words(match: re.Match[str]) -> str:
    """The words of a link to a note; an address as it is."""
    target = match[1].strip()
    return match[2] or (target if "://" in target else target.rpartition("/")[2] or target)
