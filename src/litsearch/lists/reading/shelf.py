"""The works found so far, each under the sections that stood above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from litsearch.lists import urls
from litsearch.lists.reading.claims import claim
from litsearch.lists.reading.context import Context, name_by_context, title_of
from litsearch.lists.reading.naming import Draft
from litsearch.lists.reading.pieces import Line, Piece
from litsearch.lists.reading.states import take_tags
from litsearch.types import Entry

TEXT_LABEL = 7  # level of a bold line, below the six levels of headings
ITEM_LABEL = 8  # level of an item's words above further items

MARKER = re.compile(r"\[\^?(\w{1,12})\](?!\()")
_CLOSED = re.compile(
    r"^\W*(?:licen[cs]e|licensing|contribut(?:ing|ors?|ion|ions|e)(?: guidelines| guide| to this.*)?|code of conduct|"
    r"star history|stargazers.*|sponsors?|support(?: (?:us|me|this project))?|acknowledge?ments?|credits|"
    r"contact(?: us| me)?|citation|citing|how to cite|maintainers?|authors?)\W*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"^(?:(?:table of )?contents?|toc|index)$", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """A draft and where it was found."""

    draft: Draft
    section: tuple[str, ...]
    place: int  # number of the section


@dataclass(slots=True)
class Shelf:
    """Drafts in the order in which they were found, and the sections open now."""

    found: list[_Found] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)  # (level, name), outermost first
    closed: bool = False  # the section names no works: licence, contributors and the like
    place: int = 0
    markers: dict[str, str] = field(default_factory=dict)

    @property
    def section(self) -> tuple[str, ...]:
        """The names of the open sections, outermost first."""
        return tuple([name for _, name in self.headings if name])

    def enter(self, level: int, name: str) -> None:
        """A heading of this level begins a section."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        if level < TEXT_LABEL:
            self.closed = bool(_CLOSED.match(name))
        if name:
            self.headings.append((level, "" if _CONTENTS.match(name) else name))
        self.place += 1

    def label(self, name: str) -> None:
        """The words of an item begin a section within the one that stands."""
        self.enter(max(ITEM_LABEL, self.headings[-1][0] + 1 if self.headings else ITEM_LABEL), name)

    def mark(self, line: Line) -> None:
        """Remember what the sentences before [1], [2] say, for the addresses that stand behind these numbers below."""
        text = line.text
        if "[" not in text:
            return
        start = 0
        for match in MARKER.finditer(text):
            said = re.split(r"(?<=[.!?]) ", text[max(start, match.start() - 400) : match.start()])[-1]
            title = claim([Piece(said)]).title
            if title:
                self.markers.setdefault(match[1], title)
            start = match.end()

    def settle(self, drafts: Sequence[Draft], context: Context) -> None:
        """Give drafts what their context says, and keep them. One address counts once in a line or row."""
        seen: dict[str, Draft] = {}
        for draft in _with_files(drafts):
            if draft.read is None:
                draft.read = context.read
            if draft.url and draft.url in seen:
                seen[draft.url].title = seen[draft.url].title or draft.title
                continue
            seen[draft.url or ""] = draft
            if not draft.title and draft.of is None:
                draft.title = self.markers.get(draft.reference, "") if draft.reference else ""
                name_by_context(draft, context)
            self.found.append(_Found(draft, self.section, self.place))

    def entries(self, path: str) -> list[Entry]:
        """The drafts as entries, in the order of their lines."""
        count: dict[int, int] = {}
        for found in self.found:
            count[found.place] = count.get(found.place, 0) + 1
        entries = [_entry(found, path, count[found.place] == 1) for found in self.found]
        return sorted((e for e in entries if e.title), key=lambda e: e.line)


def _with_files(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a line; a local file beside a link is not a work but stands in for the linked page."""
    kept: list[Draft] = []
    for draft in drafts:
        page = next((one for one in kept if one.url and not one.url.lower().startswith("file:")), None)
        relative = dict(draft.extra).get("file", "")
        file = relative or (draft.url if draft.url and draft.url.lower().startswith("file:") else "")
        beside = urls.is_document(relative) and draft.of is not None if relative else bool(file)
        if page is not None and beside and not dict(page.extra).get("file"):
            page.extra = (*page.extra, ("file", file))
            page.remark = page.remark or draft.remark
        else:
            kept.append(draft)
    return kept


def _entry(found: _Found, path: str, alone: bool) -> Entry:
    draft, section = found.draft, found.section
    take_tags(draft)
    return Entry(
        list=path,
        line=draft.line,
        title=title_of(draft, section, alone),
        url=draft.url,
        section=section,
        topic=draft.topic or (section[-1] if section else ""),
        remark=draft.remark,
        authors=draft.authors,
        year=draft.year,
        read=draft.of.read if draft.read is None and draft.of is not None else draft.read,
        extra=draft.extra,
    )
