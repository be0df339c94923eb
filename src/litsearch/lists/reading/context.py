"""What stands around a link names it when its own line does not: lines above, the item or heading it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists import urls
from litsearch.lists.fields import authors_in, clean_title, year_in
from litsearch.lists.reading.claims import QUOTED, claim, is_label
from litsearch.lists.reading.naming import Draft
from litsearch.lists.reading.pieces import Line
from litsearch.lists.reading.trailer import trailer


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
    marked = any(p.mark in ("strong", "em") for p in first.pieces[:2]) or bool(QUOTED.match(first.text.strip()))
    order = pending if item or marked else pending[::-1]
    for line in order:
        found = claim(line.pieces)
        if found.title:
            others = [other.text for other in pending if other is not line]
            named = next((authors_in(o) for o in others if len(authors_in(o)) > 1), ())
            rest = [found.rest, *(o for o in others if not named or authors_in(o) != named), draft.remark]
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
        draft.title = context.label if not context.used or not draft.label else f"{context.label} ({draft.label})"
        context.used = True
    elif parent is not None and (not draft.remark if draft.label else not urls.name_of(draft.url)[1]):
        draft.of = parent


def is_shown(draft: Draft, pending: list[Line], drafts: list[Draft]) -> bool:
    """False for badges and pictures, unless one is the only link of a title; a video's picture is a link to it."""
    if not draft.picture:
        return True
    if urls.is_video(draft.url or "") and draft.label and not is_label(draft.label):
        draft.title = draft.title or clean_title(draft.label)
        return True
    named = len(draft.title.split()) > 2 or draft.of is not None or any(claim(line.pieces).title for line in pending)
    return named and not any(not d.picture for d in drafts)


def title_of(draft: Draft, section: tuple[str, ...], alone: bool) -> str:
    """The title of a draft: its own, its work's with the label behind, or one read from heading or address."""
    if draft.title:
        return draft.title
    if draft.of is not None and not (draft.bare and draft.of.bare and not (draft.of.title or draft.of.of)):
        base = title_of(draft.of, section, False)
        label = draft.label.strip("[]() ")
        return f"{base} ({label})" if label and label.lower() != "link" else base
    url = draft.url or ""
    if draft.label and url[:5].lower() == "file:":
        return clean_title(draft.label) or draft.label
    heading = section[-1] if section and not is_label(section[-1]) else ""
    if (
        draft.label
        and not draft.bare
        and re.search(r"\w{3}", draft.label)
        and (urls.is_front_page(url) or draft.remark or not heading)
    ):
        return clean_title(draft.label)
    if draft.label and heading:
        return heading if alone else f"{heading} ({draft.label.strip('[]() ')})"
    name, telling = urls.name_of(url)
    return name if telling or not (alone and heading) else heading
