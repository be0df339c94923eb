"""Collect the works of a list, each under the sections that stand above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from litsearch.lists import urls
from litsearch.lists.fields import clean_remark, joined
from litsearch.lists.markdown.context import (
    Context,
    name_by_context,
    take_fields,
    take_tags,
    title_of,
)
from litsearch.lists.markdown.draft import Draft
from litsearch.lists.markdown.inline import Line, Piece
from litsearch.lists.markdown.titles import claim
from litsearch.types import Entry

TEXT_LABEL = 7  # level of a bold line, below the six levels of headings
ITEM_LABEL = 8  # level of an item's words above further items
MIN_TITLE = 3  # words of a link that is a work even under a heading of thanks

MARKER = re.compile(r"\[\^?(\w{1,12})\](?!\()")
_CLOSED = re.compile(
    r"^\W*(?:licen[cs]e|licensing|contribut(?:ing|ors?|ion|ions|e)(?: guidelines| guide| to this.*)?"
    r"|code of conduct|star history|stargazers.*|sponsors?|support(?: (?:us|me|this project))?"
    r"|acknowledge?ments?|credits|contact(?: us| me)?|citation|citing|how to cite|maintainers?|authors?)\W*$",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"^\W*(?:licen|contribut|code of conduct|star|sponsor)", re.IGNORECASE
)  # of closed headings: nothing below them is a work
_CONTENTS = re.compile(r"^(?:(?:table of )?contents?|toc|index)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft and the section that it was found in."""

    draft: Draft
    section: tuple[str, ...]
    place: int  # number of the section
    level: int  # of the innermost heading


@dataclass(slots=True)
class Works:
    """The drafts in the order in which they were found, and the sections open now."""

    placed: list[Placed] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)  # (level, name), outermost first
    heading: str = ""  # the latest heading that closes its section: "" while works are read
    place: int = 0
    settled: int = 0  # links taken so far, those that belong to a work among them
    markers: dict[str, str] = field(default_factory=dict)

    @property
    def section(self) -> tuple[str, ...]:
        """The names of the open sections, outermost first."""
        return tuple([name for _, name in self.headings if name])

    @property
    def closed(self) -> bool:
        """True under a heading that names no works: licence, contributing and the like."""
        return bool(_HOUSEKEEPING.match(self.heading))

    def admits(self, draft: Draft) -> bool:
        """Return False under a heading of thanks or credit, unless a link has a title of its own."""
        if not self.heading:
            return True
        words = len(draft.title.split())
        whole = words >= MIN_TITLE or (words == 1 and not draft.title.isascii())
        return whole and not draft.label and not urls.is_front_page(draft.url or "")

    def enter(self, level: int, name: str) -> None:
        """Begin the section of a heading of this level."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        if level < TEXT_LABEL:
            self.heading = name if _CLOSED.match(name) else ""
        if name:
            self.headings.append((level, "" if _CONTENTS.match(name) else name))
        self.place += 1

    def label(self, name: str) -> None:
        """Begin a section of an item's words within the one that stands."""
        self.enter(max(ITEM_LABEL, self.headings[-1][0] + 1 if self.headings else ITEM_LABEL), name)

    def mark(self, line: Line) -> None:
        """Remember what the sentences before [1], [2] say, for the addresses behind these numbers below."""
        text = line.text
        if "[" not in text:
            return
        start = 0
        for match in MARKER.finditer(text):
            before = text[max(start, match.start() - 400) : match.start()]
            title = claim([Piece(re.split(r"(?<=[.!?]) ", before)[-1])]).title
            if title:
                self.markers.setdefault(match[1], title)
            start = match.end()

    def settle(self, drafts: Sequence[Draft], context: Context) -> None:
        """Give drafts what their context says, and keep them. One address counts once in a line or row."""
        seen: dict[str, Draft] = {}
        for draft in _with_files(drafts):
            self.settled += 1
            if draft.read is None:
                draft.read = context.read
            if draft.url and draft.url in seen:
                seen[draft.url].title = seen[draft.url].title or draft.title
                continue
            seen[draft.url or ""] = draft
            if not draft.title and draft.of is None:
                draft.title = self.markers.get(draft.reference, "") if draft.reference else ""
                name_by_context(draft, context)
            if draft.of is None or draft.title or not _belongs(draft):
                level = self.headings[-1][0] if self.headings else 0
                self.placed.append(Placed(draft, self.section, self.place, level))

    def entries(self, path: str) -> list[Entry]:
        """Return the drafts as entries, in the order of their lines."""
        count: dict[int, int] = {}
        titled: set[int] = set()
        for placed in self.placed:
            count[placed.place] = count.get(placed.place, 0) + 1
            if placed.draft.title and placed.level == 1:
                titled.add(placed.place)
        entries: list[Entry] = []
        for placed in self.placed:
            alone = count[placed.place] == 1
            entries.append(_entry(placed, path, alone=alone, among_titles=placed.place in titled))
        return sorted((entry for entry in entries if entry.title), key=lambda entry: entry.line)


def _belongs(draft: Draft) -> bool:
    """Add a link to code, slides or a discussion to its work; False for addresses in a row without words."""
    work = draft.of
    while work is not None and work.of is not None:
        work = work.of
    if (
        work is None
        or not draft.url
        or _is_file(draft.url)
        or (draft.bare and work.bare and not work.title)
    ):
        return False
    if work.url is None:
        work.url = draft.url
    elif draft.url not in (work.url, *(address for _, address in work.extra)):
        label = draft.label.strip("[]() ").lower() or "link"
        work.extra = (*work.extra, (label, draft.url))
    if draft.remark:
        work.remark = clean_remark(joined([work.remark, draft.remark]))
    return True


def _with_files(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a line; a local file beside a link is no work but stands in for the linked page."""
    kept: list[Draft] = []
    for draft in drafts:
        page = next((other for other in kept if other.url and not _is_file(other.url)), None)
        relative = dict(draft.extra).get("file", "")
        file = relative or (draft.url if draft.url and _is_file(draft.url) else "")
        beside = urls.is_document(relative) and draft.of is not None if relative else bool(file)
        if page is not None and beside and not dict(page.extra).get("file"):
            page.extra = (*page.extra, ("file", file))
            page.remark = page.remark or draft.remark
        else:
            kept.append(draft)
    return kept


def _is_file(url: str) -> bool:
    return url[:5].lower() == "file:"


def _entry(placed: Placed, path: str, *, alone: bool, among_titles: bool) -> Entry:
    draft, section = placed.draft, placed.section
    take_fields(draft)
    take_tags(draft)
    return Entry(
        list=path,
        line=draft.line,
        title=title_of(draft, section, alone=alone, among_titles=among_titles),
        url=draft.url,
        section=section,
        topic=draft.topic or (section[-1] if section else ""),
        remark=draft.remark,
        authors=draft.authors,
        year=draft.year,
        read=draft.of.read if draft.read is None and draft.of is not None else draft.read,
        extra=draft.extra,
    )
