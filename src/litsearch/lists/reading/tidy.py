"""A Markdown text made ready for reading: the same lines, without front matter, comments and broken characters."""

from __future__ import annotations

import re

from litsearch.lists.fields import check, repair
from litsearch.lists.reading.outliners import plainer

_BULLET = re.compile(r"^([ \t]*)[•◦▪‣●·∙]([ \t]+)", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^(#{2,6}|#(?=[A-Z\d][^#\n]*$))(?=[\w*\[“\"])", re.MULTILINE)
_FOOTNOTE = re.compile(r"^([ \t]{0,3})\[(\^[^\]\s]{1,40})\]:", re.MULTILINE)
_NO_SCHEME = re.compile(r"(?<![\w@/.:\[<-])www\.(?=[\w-]+\.[a-z]{2})")
_HIDDEN = re.compile(r"(?<!`)<(?:!--|(script|style|pre|textarea)\b)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n")
_FRONT_LINE = re.compile(r"^(?:\s*|\s*#.*|[\w-]+:.*|\s+.*|-\s.*)$")


def tidied(text: str) -> str:
    """The text with the same number of lines, and without what Markdown or a person would misread."""
    text = plainer(_blank_front_matter(_blank_hidden(repair(check(text)))))
    text = _NO_SCHEME.sub("https://www.", text) if "www." in text else text
    text = _BULLET.sub(r"\1-\2", text)
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    return _FOOTNOTE.sub(r"\1[\2] ", text)


def _blank_hidden(text: str) -> str:
    """Without HTML comments, scripts, styles and preformatted text; line breaks stay."""
    out: list[str] = []
    at = 0
    missing: set[str] = set()
    for match in _HIDDEN.finditer(text):
        closer = f"</{match[1].lower()}" if match[1] else "-->"
        if match.start() < at or closer in missing:
            continue
        end = re.compile(re.escape(closer), re.IGNORECASE).search(text, match.end())
        if end is None:
            missing.add(closer)
            continue
        out += [text[at : match.start()], "\n" * text.count("\n", match.start(), end.end())]
        at = end.end()
    return "".join([*out, text[at:]])


def _blank_front_matter(text: str) -> str:
    """Without the metadata at the top (also when a second block of it follows); line breaks stay."""
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return text
    lines = text.split("\n")
    fence = opening[1]
    start = text.count("\n", 0, opening.end())
    end = 0
    for i in range(start, min(len(lines), 300)):
        if lines[i].strip() == fence:
            end = i + 1
        elif not _FRONT_LINE.match(lines[i]) or (end and not lines[i].strip()):
            break
    return "\n" * end + "\n".join(lines[end:])
