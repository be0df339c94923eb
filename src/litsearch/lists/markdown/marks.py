"""Read what a line says of its work beside title and authors: boxes, ticks, fields and tags."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litsearch.lists.authors.names import authors_in
from litsearch.lists.columns import Role, role_of
from litsearch.lists.fields import clean_remark, clean_title, read_mark, squeeze, year_in
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.spans import Piece
from litsearch.patterns import expression

MAX_FIELD = 300  # characters of a line that is a field
_BOX = expression(r"^\s*\[([ xX/<>!?-])\]\s+")
_KEYWORD = expression(r"^\s*(?:(DONE)|TODO|DOING|NOW|LATER|WAITING|NEXT|STARTED):?\s+(?=\S|$)")
_TICK = "[✅☑✔✓]|:white_check_mark:|:heavy_check_mark:"
_OPEN = "[❌☐⬜🔲]|:x:"
_MARKED = expression(
    rf"^\s*(?:({_TICK})|{_OPEN})|(?:({_TICK})|{_OPEN})\ufe0f?\s*(?:\d{{4}}-\d\d-\d\d)?\s*$",
    re.IGNORECASE,
)
_SAID = expression(
    r"[(\[](read|unread|not read|to[- ]read|done|finished|completed|reading|in progress|todo)[)\]]",
    re.IGNORECASE,
)
_FIELD = expression(r"^\s*([A-Za-z][\w-]{1,30})::\s*(.*)$", re.DOTALL)
_NAMED_FIELD = expression(r"^[\s*_]*([^\W\d][\w -]{1,30}?)[*_ ]*[:：][*_ ]*(.*)$", re.DOTALL)
_INLINE_FIELD = expression(r"[(\[]?\b([A-Za-z][\w-]{1,30})::[ \t]*([^\[\]()]{0,200})[)\]]?")
_TAG = r"#(?!\d+\b)(?:\[\[)?[\w/-]{2,40}"
_TAGS = expression(rf"^(?:{_TAG}[\s.,;]*)+(?:–\s*)?|(?:(?:^|\s){_TAG}(?=[\s,]|$),?)+\s*$")


def take_task(lines: Sequence[Line]) -> tuple[bool | None, bool]:
    """Take box or keyword out of the first line of an item.

    Returns the state it tells, and whether it is a box.
    """
    if not lines or lines[0].pieces[0].href is not None:
        return None, False
    line = lines[0]
    first = line.pieces[0]
    box = _BOX.match(first.text)
    match = box or _KEYWORD.match(first.text)
    if match is None:
        return None, False
    line.pieces[0] = Piece(first.text[match.end() :], first.mark)
    if box is None:
        return match[1] is not None, False
    return match[1] in "xX", True


def state_of(line: Line) -> bool | None:
    """Return what a line says of its state: ticked, struck through, "(read)"; None for neither."""
    for piece in line.pieces:
        if piece.mark == "struck" and piece.href:
            return True
    return _told_state(line.text)


def _told_state(text: str) -> bool | None:
    """Return what a tick or a word in brackets says; most lines have no sign that could be one."""
    marked = None if text.isascii() and ":" not in text else _MARKED.search(text)
    if marked is not None:
        return (marked[1] or marked[2]) is not None
    state = _SAID.search(text) if "(" in text or "[" in text else None
    return None if state is None else read_mark(state[1].lower())


def take_field(draft: Draft, text: str) -> bool:
    """Put a field below a work, "tags:: a, b", where it belongs; False for other lines."""
    match = _FIELD.match(text) or _named_field(text)
    if match is None:
        return False
    return _put(draft, role_of(match[1]), squeeze(match[2]))


def _named_field(text: str) -> re.Match[str] | None:
    """Return a line such as "Authors: Ann Lee" as a match of its name and its value."""
    match = _NAMED_FIELD.match(text[:MAX_FIELD])
    if match is None or role_of(match[1]) not in ("authors", "year", "topic"):
        return None
    return match


def _put(draft: Draft, role: Role, value: str) -> bool:
    """Put a value where it belongs; False for a remark."""
    if role == "topic":
        draft.topic = clean_title(value.replace("#", "")) or draft.topic
    elif role == "authors":
        draft.authors = authors_in(value) or draft.authors
    elif role == "year":
        draft.year = year_in(value, anywhere=True) or draft.year
    elif role == "read":
        state = read_mark(value)
        if state is not None:
            draft.read = state
    return role != "remark"


def take_inline_fields(draft: Draft) -> None:
    """Put fields within a remark, "[author:: Ann Lee] [year:: 2019]", where they belong."""
    if "::" in draft.remark:
        for match in _INLINE_FIELD.finditer(draft.remark):
            take_field(draft, f"{match[1]}:: {match[2]}")
        draft.remark = clean_remark(_INLINE_FIELD.sub(" ", draft.remark))


def _bare_tag(tag: str) -> str:
    return tag.strip("#[")


def take_tags(draft: Draft) -> None:
    """Make the #tags before and behind a remark its work's topic."""
    if "#" not in draft.remark or draft.topic:
        return
    tags: list[str] = []
    for match in _TAGS.finditer(draft.remark):
        tags += map(_bare_tag, re.findall(_TAG, match[0]))
    draft.remark = _TAGS.sub("", draft.remark).strip()
    draft.topic = ", ".join(dict.fromkeys(tags))
