"""Make drafts of entries from the links of a line: which of its words are whose title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from litsearch.lists import urls
from litsearch.lists.fields import (
    clean_remark,
    clean_title,
    dangling,
    may_hold_year,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    authors_by_end,
    line_of_fields,
    names_and_year,
    trailer,
)
from litsearch.lists.markdown.inline import Line, text_of
from litsearch.lists.markdown.labels import sentence_with, stands_apart, title_near, told_label
from litsearch.lists.markdown.links import Link, links_of
from litsearch.lists.markdown.titles import DATE, QUOTED, claim, is_label, leading_year
from litsearch.lists.names import persons_in
from litsearch.lists.phrases import BESIDE, NO_PREFIX, ONLY_LEAD, TEXTS

_REFERENCE = re.compile(r"^\W{0,3}\[\^?(\w{1,12})\]\W{0,3}$")
_PREFIX = re.compile(r"^\W{0,2}([A-Z][\w'’-]*(?: [\w'’-]+){0,2}) $")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(slots=True, eq=False)
class Draft:
    """An entry in the making."""

    line: int
    url: str | None = None
    title: str = ""  # "": not known from the line itself
    label: str = ""  # the words of a link that name no work: "pdf", "slides"
    of: Draft | None = None  # the work that a label belongs to
    bare: bool = False
    picture: bool = False  # the link shows an image, no words
    reference: str = ""  # "1" for an address that stands behind [1]
    remark: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    read: bool | None = None
    topic: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def root(self) -> Draft:
        """The work that it belongs to in the end, or itself."""
        return self if self.of is None else self.of.root

    @property
    def label_words(self) -> set[str]:
        """The words of its label, in lower case."""
        return set(re.findall(r"\w+", self.label.lower()))


def drafts_of(line: Line, *, prose: bool = False) -> list[Draft]:
    """Return the works that a line links, in order. A title that it does not tell is left empty."""
    links = links_of(line, prose=prose)
    drafts: list[Draft] = []
    for link in links:
        drafts += _drafts_of_link(link, drafts)
    if drafts and drafts[-1].remark:
        drafts[-1].remark += dangling(links[-1].follows)  # no link was cut off behind it
    return _main_first(drafts)


def _drafts_of_link(link: Link, earlier: list[Draft]) -> list[Draft]:
    """Return the draft of one link; with it, ahead, that of a title without link before it.

    earlier: the drafts of the links before it.
    """
    draft = _blank(link)
    if not link.has_own_title:
        return [_labelled(draft, link, earlier)]
    cited = _title_cited(link)
    if cited is not None:
        return [_named(draft, cited, link)]
    unlinked = _unlinked_before(link)
    return [*unlinked, _titled(draft, link, is_second=bool(unlinked))]


def _blank(link: Link) -> Draft:
    url = link.url
    draft = Draft(link.piece.line, url, bare=link.is_bare, picture=bool(link.piece.picture))
    if "://" not in url and urls.is_local(url):
        draft.extra = (("file", url.partition("#")[0]),)
        draft.url = f"file:{url}"
    return draft


def _main_first(drafts: list[Draft]) -> list[Draft]:
    """Let the paper stand for the work where its code or slides are linked before it."""
    for i, draft in enumerate(drafts):
        root = draft.of
        if root is None or root not in drafts[:i] or not draft.label_words & TEXTS:
            continue
        if root.label_words & BESIDE and not root.label_words & TEXTS:
            root.url, draft.url = draft.url, root.url
            root.label, draft.label = draft.label, root.label
    return drafts


# A link whose words are a citation, behind the title.


def _title_cited(link: Link) -> Claim | None:
    """Return the title before a citation: "On moss. [Lee and Ray (2019)](…)"."""
    cited = names_and_year(link.words)
    if not cited.authors or not link.is_first or len(link.said.split()) < 2:
        return None
    title = claim(link.before).title
    return replace(cited, title=title.rstrip(".")) if title else None


def _named(draft: Draft, cited: Claim, link: Link) -> Draft:
    draft.title, draft.authors, draft.year = cited.title, cited.authors, cited.year
    draft.remark = clean_remark(link.follows)
    return draft


# A link whose own words are the title.


def _titled(draft: Draft, link: Link, *, is_second: bool) -> Draft:
    """Return the draft of a title with what stands around it. is_second: another one is before."""
    draft.title = clean_title(_prefix(link) + link.words) or link.words
    behind = trailer(text_of(link.tail))
    ahead = _names_ahead(link)
    rest = "" if ONLY_LEAD.fullmatch(behind.rest.lower()) else behind.rest

    draft.year = year_in(draft.title) or behind.year or leading_year(link.said)
    whole = _whole_citation(draft.title)
    if whole.title:
        draft.title, draft.authors = whole.title, whole.authors
        draft.year = whole.year or draft.year
    else:
        draft.authors = behind.authors or authors_by_end(draft.title)[1]
    if not draft.authors and (persons := persons_in(rest, least=2)):
        draft.authors, rest = persons, ""
    if not draft.authors and ahead.authors:
        draft.authors, draft.year = ahead.authors, draft.year or ahead.year

    tells_remark = link.is_first and not (is_second or link.prose or ahead.authors)
    lead = _lead(link.said) if tells_remark else ""
    draft.remark = clean_remark(f"{lead} – {rest}") if lead and rest else lead or rest
    return draft


def _prefix(link: Link) -> str:
    """Return the words before a link that begin its title: "Training [Compute-Optimal ...]"."""
    if link.prose or not link.is_first or not link.said:
        return ""
    match = _PREFIX.match(NUMBER.sub("", link.said))
    if match is None or re.search(r"\w", link.follows) or _links(link) != 1:
        return ""
    words = match[1]
    is_lead = words.lower().split()[0] in NO_PREFIX or is_label(words)
    return "" if is_lead else words + " "


def _links(link: Link) -> int:
    """Return how many links the line of a link has."""
    return len([piece for piece in link.line if piece.href])


def _names_ahead(link: Link) -> Claim:
    """Return authors before a title: "Lee & Ray (2019), [Title]", "Ann Lee, Bob Ray. [Title]"."""
    if not link.is_first or not link.said:
        return NOTHING
    said = NUMBER.sub("", link.said).strip()
    cited = names_and_year(said.strip(" ,.:–-"))
    if cited.authors or not said.endswith((".", ",", ":")):
        return cited
    return Claim(authors=persons_in(said[:-1], least=2))


def _whole_citation(words: str) -> Claim:
    """Return what a link's words say that are a whole reference: "Title, A. Lee, B. Ray, 2019"."""
    is_long = may_hold_year(words) and len(words.split()) > 5
    return line_of_fields(words) if is_long and _YEAR.search(words) else NOTHING


def _lead(said: str) -> str:
    """Return the remark that stands before a title."""
    lead = clean_remark(DATE.sub("", NUMBER.sub("", said))) if said else ""
    if not lead or is_label(lead) or ONLY_LEAD.fullmatch(lead.lower()):
        return ""
    return lead


def _unlinked_before(link: Link) -> list[Draft]:
    """Return the marked or quoted title that a comma divides from the first link."""
    text = squeeze(link.said)
    if not link.is_first or not text.endswith(",") or len(text.split()) < 3:
        return []
    opening = next((piece for piece in link.before if piece.text.strip()), None)
    if opening is None or not (opening.is_marked_title or QUOTED.match(text)):
        return []
    found = claim(link.before)
    if not found.title:
        return []
    return [Draft(link.piece.line, None, found.title, authors=found.authors, year=found.year)]


# A link whose words say what it is: "pdf", an address, a picture.


def _labelled(draft: Draft, link: Link, earlier: list[Draft]) -> Draft:
    draft.label = "" if draft.bare else link.words
    numbered = _REFERENCE.match(link.said)
    draft.reference = numbered[1] if numbered else ""

    found, told = title_near(link), text_of(link.tail)
    sentence = sentence_with(link) if draft.label and link.is_first else ""
    if sentence and not (found.title and any(piece.mark for piece in link.after)):
        found, told = Claim(sentence), ""
    if found.title:
        return _with_title(draft, found, told, link)
    return _without_title(draft, found, told, link, earlier)


def _with_title(draft: Draft, found: Claim, told: str, link: Link) -> Draft:
    stands_behind = found.title not in link.said and found.title in link.follows
    more = NOTHING if stands_behind else trailer(told)
    draft.title = found.title
    draft.authors, draft.year = found.authors or more.authors, found.year or more.year
    draft.remark = clean_remark(" ".join(filter(None, (found.rest, more.rest))))
    return draft


def _without_title(
    draft: Draft, found: Claim, told: str, link: Link, earlier: list[Draft]
) -> Draft:
    if link.is_first:
        draft.remark = clean_remark(f"{found.rest} {told}")
    else:
        draft.remark = clean_remark(told)
        if stands_apart(link):
            name, telling = urls.name_of(draft.url or "")
            draft.title = name if telling else ""
        else:
            draft.of = earlier[-1].of or earlier[-1]
    draft.label = told_label(draft.label, link.said)
    return draft
