"""Collect the works of a list under their sections, and make entries of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import filterfalse
from operator import attrgetter

from litsearch.lists import urls
from litsearch.lists.authors.names import persons_in
from litsearch.lists.fields import clean_remark, joined
from litsearch.lists.markdown.context import Context, name_by_context, title_of
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.inline import Line, text_of
from litsearch.lists.markdown.marks import take_inline_fields, take_tags
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.titles import claim
from litsearch.lists.phrases import CLOSED_HEADING, CONTENTS_HEADING, HOUSEKEEPING_HEADING, TEXTS
from litsearch.patterns import expression
from litsearch.types import Entry

TEXT_LABEL = 7  # level of a bold line, below the six levels of headings
ITEM_LABEL = 8  # level of an item's words above further items
MIN_PERSONS = 3  # remarks that are names make all such remarks authors …
MOST = 0.7  # … when they are this share of all
MIN_TITLE = 3  # words of a link that is a work even under a heading of thanks

MARKER = expression(r"\[\^?(\w{1,12})\](?!\()")
_SENTENCE = expression(r"(?<=[.!?]) ")


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
    shelf: bool = False  # most lines name a title and a person
    settled: int = 0  # links taken so far, those that belong to a work among them
    markers: dict[str, str] = field(default_factory=dict)  # what stands before [1], [2]

    @property
    def section(self) -> tuple[str, ...]:
        """The names of the open sections, outermost first."""
        return tuple([name for _, name in self.headings if name])

    @property
    def level(self) -> int:
        """The level of the innermost heading; 0 above the first."""
        return self.headings[-1][0] if self.headings else 0

    @property
    def closed(self) -> bool:
        """True under a heading that names no works: licence, contributing and the like."""
        return bool(HOUSEKEEPING_HEADING.match(self.heading))

    def admits(self, draft: Draft) -> bool:
        """Return False under a heading of thanks, unless a link has a title of its own."""
        if not self.heading:
            return True
        words = len(draft.title.split())
        whole = words >= MIN_TITLE or (words == 1 and not draft.title.isascii())
        whole = whole or (words > 1 and not persons_in(draft.title))
        return whole and not draft.label and not urls.is_front_page(draft.url or "")

    def enter(self, level: int, name: str) -> None:
        """Begin the section of a heading of this level."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        if level < TEXT_LABEL:
            self.heading = name if CLOSED_HEADING.match(name) else ""
        if name:
            self.headings.append((level, "" if CONTENTS_HEADING.match(name) else name))
        self.place += 1

    def label(self, name: str) -> None:
        """Begin a section of an item's words within the one that stands."""
        self.enter(max(ITEM_LABEL, self.level + 1), name)

    def mark(self, line: Line) -> None:
        """Remember the sentences before [1], [2] for the addresses behind these numbers below."""
        if "[" not in line.text:
            return
        text = text_of(list(filterfalse(attrgetter("href"), line.pieces)))
        start = 0
        for match in MARKER.finditer(text):
            before = text[max(start, match.start() - 400) : match.start()]
            title = claim([Piece(_SENTENCE.split(before)[-1])]).title
            if title:
                self.markers.setdefault(match[1], title)
            start = match.end()

    def settle(self, drafts: Sequence[Draft], context: Context) -> None:
        """Give drafts what their context says, and keep them; an address counts once in a line."""
        by_address: dict[str, Draft] = {}
        for draft in _with_files(drafts):
            self.settled += 1
            draft.read = context.read if draft.read is None else draft.read
            first = by_address.setdefault(draft.url, draft) if draft.url else draft
            if first is not draft:
                first.title = first.title or draft.title
                continue
            self._name(draft, context)
            if draft.of is None or draft.title or not _belongs(draft):
                self.placed.append(Placed(draft, self.section, self.place, self.level))

    def _name(self, draft: Draft, context: Context) -> None:
        if not draft.title and draft.of is None:
            draft.title = self.markers.get(draft.reference, "") if draft.reference else ""
            name_by_context(draft, context)

    def entries(self, path: str) -> list[Entry]:
        """Return the drafts as entries, in the order of their lines."""
        _take_trailing_persons([placed.draft for placed in self.placed])
        count = Counter([placed.place for placed in self.placed])
        titled = {
            placed.place for placed in self.placed if placed.draft.title and placed.level == 1
        }
        entries: list[Entry] = []
        opened: set[int] = set()
        for placed in self.placed:
            is_text = placed.place not in opened and _is_text_of_note(placed)
            opened.add(placed.place)
            alone = count[placed.place] == 1
            among_titles = placed.place in titled
            if is_text:
                alone, among_titles = True, False
            entries.append(_entry(placed, path, alone=alone, among_titles=among_titles))
        return sorted(filter(attrgetter("title"), entries), key=attrgetter("line"))


def _is_text_of_note(placed: Placed) -> bool:
    """Tell whether a link is the text of the paper that a whole note is about: "[PDF](…)"."""
    draft = placed.draft
    if placed.level != 1 or draft.title or draft.remark:
        return False
    return not draft.label_words.isdisjoint(TEXTS)


def _take_trailing_persons(drafts: Sequence[Draft]) -> None:
    """Make remarks that are names the authors of works, where most remarks of a list are."""
    remarked = [draft for draft in drafts if draft.remark and not draft.authors]
    trailers = [(draft, persons_in(draft.remark)) for draft in remarked]
    sure = [(draft, persons) for draft, persons in trailers if persons]
    if len(sure) < MIN_PERSONS or len(sure) < MOST * len(remarked):
        return
    for draft, persons in sure:
        draft.authors, draft.remark = persons, ""


# Several links to one work.


def _belongs(draft: Draft) -> bool:
    """Add a link to code, slides or a discussion to its work.

    False for files, and for addresses in a row without words: they are works of their own.
    """
    work = draft.root
    if work is draft or not draft.url or urls.is_file(draft.url):
        return False
    if draft.bare and work.bare and not work.title:
        return False
    _add_page(work, draft.url, draft.label.strip("[]() ").lower())
    if not _is_told(work, draft.remark):
        work.remark = clean_remark(joined([work.remark, draft.remark]))
    return True


def _is_told(work: Draft, remark: str) -> bool:
    """Tell whether a work's remark already says the words behind a page of it."""
    return remark in work.remark or (bool(work.remark) and remark.endswith(work.remark))


def _add_page(work: Draft, url: str, label: str) -> None:
    if work.url is None:
        work.url = url
    elif url != work.url and url not in [address for _, address in work.extra]:
        work.extra = (*work.extra, (label or "link", url))


def _with_files(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a line without files that stand in for a page linked beside them."""
    rest: list[Draft] = []
    page: Draft | None = None
    for draft in drafts:
        file = _file_beside(draft)
        if page is not None and file and not dict(page.extra).get("file"):
            page.extra = (*page.extra, ("file", file))
            page.remark = page.remark or draft.remark
            continue
        rest.append(draft)
        if page is None and draft.url and not urls.is_file(draft.url):
            page = draft
    return rest


def _file_beside(draft: Draft) -> str:
    """Return the file that a draft names, when it can be the text of the page beside it."""
    relative = dict(draft.extra).get("file", "")
    if relative:
        return relative if draft.of is not None and urls.is_document(relative) else ""
    return draft.url if draft.url and urls.is_file(draft.url) else ""


def _entry(placed: Placed, path: str, *, alone: bool, among_titles: bool) -> Entry:
    draft, section = placed.draft, placed.section
    take_inline_fields(draft)
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
