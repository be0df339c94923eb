"""What stands around a link names it when its own line does not: lines above, the item or heading it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists import urls as links
from litsearch.lists.columns import role_of
from litsearch.lists.fields import (
    authors_in,
    clean_remark,
    clean_title,
    read_mark,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.citations import trailer
from litsearch.lists.markdown.draft import Draft
from litsearch.lists.markdown.inline import Line, Piece
from litsearch.lists.markdown.titles import QUOTED, claim, is_label


@dataclass(slots=True)
class Context:
    """What stands above a block and can name a link that has no words of its own."""

    parent: Draft | None = None  # the work of the item above
    label: str = ""  # the words of the item or line above, when they link nothing
    sole: bool = False  # only one address stands below the label
    item: bool = False
    read: bool | None = None
    task: bool = False
    used: bool = False
    own: bool = False  # the label is the first line of the item that the block stands in


def name_by_lines(draft: Draft, pending: list[Line], item: bool) -> None:
    """Name a draft by the lines above it: by the first of an item, by the nearest in running text."""
    first = pending[0]
    marked = any(p.mark in ("strong", "em") for p in first.pieces[:2]) or bool(
        QUOTED.match(first.text.strip())
    )
    order = pending if item or marked else pending[::-1]
    for line in order:
        found = claim(line.pieces)
        if found.title:
            others = [other.text for other in pending if other is not line]
            named = next((authors_in(o) for o in others if len(authors_in(o)) > 1), ())
            rest = [
                found.rest,
                *(o for o in others if not named or authors_in(o) != named),
                draft.remark,
            ]
            behind = trailer(" ".join(r for r in rest if r))
            draft.title, draft.remark = found.title, behind.rest
            draft.authors = found.authors or named or behind.authors
            draft.year = found.year or behind.year or year_in(" ".join(others), anywhere=True)
            return


def name_by_context(draft: Draft, context: Context) -> None:
    """Name a draft without words by what stands above it."""
    if draft.title or draft.url is None:
        return
    parent = context.parent
    if context.label and (context.sole or draft.label):
        draft.title = (
            context.label
            if not context.used or not draft.label
            else f"{context.label} ({draft.label})"
        )
        context.used = True
    elif parent is not None and (
        not draft.remark if draft.label else not links.name_of(draft.url)[1]
    ):
        draft.of = parent


def is_shown(draft: Draft, pending: list[Line], drafts: list[Draft]) -> bool:
    """False for badges and pictures, unless one is the only link of a title; a video's picture is a link to it."""
    if not draft.picture:
        return True
    if links.is_video(draft.url or "") and draft.label and not is_label(draft.label):
        draft.title = draft.title or clean_title(draft.label)
        return True
    named = (
        len(draft.title.split()) > 2
        or draft.of is not None
        or any(claim(line.pieces).title for line in pending)
    )
    return named and not any(not d.picture for d in drafts)


def title_of(
    draft: Draft, section: tuple[str, ...], *, alone: bool = False, among_titles: bool = False
) -> str:
    """Return a draft's title: its own, its work's with the label, or one of heading or address.

    among_titles: the section is a whole list of titled works, so that its heading names none.
    """
    if draft.title:
        return draft.title
    if draft.of is not None and not (draft.bare and draft.of.bare and not draft.of.title):
        base = title_of(draft.of, section)
        label = draft.label.strip("[]() ")
        return f"{base} ({label})" if label and label.lower() != "link" else base
    heading = section[-1] if section and not is_label(section[-1]) else ""
    if draft.label and not draft.bare:
        return _title_of_label(draft, "" if among_titles else heading, alone=alone)
    name, telling = links.name_of(draft.url or "")
    return name if telling or not (alone and heading) else heading


def _title_of_label(draft: Draft, heading: str, *, alone: bool) -> str:
    """Return what a link such as "slides" is called: the heading's words with it, else itself."""
    url = draft.url or ""
    words = clean_title(draft.label) or draft.label
    if url[:5].lower() == "file:":
        return words
    telling = re.search(r"\w{3}", draft.label) or not draft.label.isascii()
    if telling and (links.is_front_page(url) or draft.remark or not heading):
        return words
    if heading:
        return heading if alone else f"{heading} ({draft.label.strip('[]() ')})"
    return links.name_of(url)[0]


_BOX = re.compile(r"^\s*\[([ xX/<>!?-])\]\s+")
_KEYWORD = re.compile(r"^\s*(?:(DONE)|TODO|DOING|NOW|LATER|WAITING|NEXT|STARTED):?\s+(?=\S|$)")
_TICK = "[✅☑✔✓]|:white_check_mark:|:heavy_check_mark:"
_OPEN = "[❌☐⬜🔲]|:x:"
_MARKED = re.compile(
    rf"^\s*(?:({_TICK})|{_OPEN})|(?:({_TICK})|{_OPEN})\ufe0f?\s*(?:\d{{4}}-\d\d-\d\d)?\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"[(\[](read|unread|not read|to[- ]read|done|finished|completed|reading|in progress|todo)[)\]]",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^\s*([A-Za-z][\w-]{1,30})::\s*(.*)$", re.DOTALL)
_INLINE_FIELD = re.compile(r"[(\[]?\b([A-Za-z][\w-]{1,30})::[ \t]*([^\[\]()]{0,200})[)\]]?")
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


def take_fields(draft: Draft) -> None:
    """Put inline fields of a remark, "[author:: Ann Lee] [year:: 2019]", where they belong."""
    if "::" in draft.remark:
        for match in _INLINE_FIELD.finditer(draft.remark):
            take_field(draft, f"{match[1]}:: {match[2]}")
        draft.remark = clean_remark(_INLINE_FIELD.sub(" ", draft.remark))


def take_tags(draft: Draft) -> None:
    """The #tags before and behind a remark are its work's topic."""
    if "#" not in draft.remark or draft.topic:
        return
    tags: list[str] = []
    for match in _TAGS.finditer(draft.remark):
        tags += re.findall(_TAG, match[0])
    draft.remark = _TAGS.sub("", draft.remark).strip()
    draft.topic = ", ".join(dict.fromkeys(tag.strip("#[") for tag in tags))
