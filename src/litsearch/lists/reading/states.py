"""What a line says of its work beside words: whether it has been read, its tags, and fields such as "tags:: a, b"."""

from __future__ import annotations

import re

from litsearch.lists.fields import authors_in, clean_title, read_mark, role_of, squeeze, year_in
from litsearch.lists.reading.naming import Draft
from litsearch.lists.reading.pieces import Line, Piece

_BOX = re.compile(r"^\s*\[([ xX/<>!?-])\]\s+")
_KEYWORD = re.compile(r"^\s*(?:(DONE)|TODO|DOING|NOW|LATER|WAITING|NEXT|STARTED):?\s+(?=\S|$)")
_TICK = "[✅☑✔✓]|:white_check_mark:|:heavy_check_mark:"
_OPEN = "[❌☐⬜🔲]|:x:"
_MARKED = re.compile(
    rf"^\s*(?:({_TICK})|{_OPEN})|(?:({_TICK})|{_OPEN})\ufe0f?\s*(?:\d{{4}}-\d\d-\d\d)?\s*$", re.IGNORECASE
)
_SAID = re.compile(
    r"[(\[](read|unread|not read|to[- ]read|done|finished|completed|reading|in progress|todo)[)\]]", re.IGNORECASE
)
_FIELD = re.compile(r"^\s*([A-Za-z][\w-]{1,30})::\s*(.*)$", re.DOTALL)
_TAG = r"#(?!\d+\b)(?:\[\[)?[\w/-]{2,40}"
_TAGS = re.compile(rf"^(?:{_TAG}[\s.,;]*)+(?:–\s*)?|(?:(?:^|\s){_TAG}(?=[\s,]|$),?)+\s*$")


def take_task(line: Line) -> tuple[bool | None, bool]:
    """The state of a line's box or keyword, and whether it is a box; it is taken out of the words."""
    first = line.pieces[0]
    box = _BOX.match(first.text) if first.href is None else None
    word = _KEYWORD.match(first.text) if first.href is None and box is None else None
    match = box or word
    if match is None:
        return None, False
    line.pieces[0] = Piece(first.text[match.end() :], first.mark)
    return (match[1] in "xX" if box else match[1] is not None), box is not None


def state_of(line: Line) -> bool | None:
    """True for read: ticked, struck through, or said so in brackets; None when the line does not tell."""
    if any(piece.mark == "struck" for piece in line.pieces if piece.href):
        return True
    text = line.text
    marked = None if text.isascii() and ":" not in text else _MARKED.search(text)
    if marked is not None:
        return bool(marked[1] or marked[2])
    said = _SAID.search(text) if "(" in text or "[" in text else None
    return read_mark(said[1].lower()) if said else None


def take_field(draft: Draft, text: str) -> bool:
    """True when a line below a work is a field, "tags:: a, b"; what it says is put where it belongs."""
    match = _FIELD.match(text)
    if match is None:
        return False
    role, value = role_of(match[1]), squeeze(match[2])
    if role == "topic":
        draft.topic = clean_title(value.replace("#", "")) or draft.topic
    elif role == "authors":
        draft.authors = authors_in(value) or draft.authors
    elif role == "year":
        draft.year = year_in(value, anywhere=True) or draft.year
    elif role == "read":
        state = read_mark(value)
        draft.read = draft.read if state is None else state
    return role != "remark"


def take_tags(draft: Draft) -> None:
    """The #tags before and behind a remark are its work's topic."""
    if "#" not in draft.remark or draft.topic:
        return
    tags: list[str] = []
    for match in _TAGS.finditer(draft.remark):
        tags += re.findall(_TAG, match[0])
    draft.remark = _TAGS.sub("", draft.remark).strip()
    draft.topic = ", ".join(dict.fromkeys(tag.strip("#[") for tag in tags))
