"""Make drafts of entries from the links of a line: which of its words are whose title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from litsearch.lists import urls
from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.names import persons_in
from litsearch.lists.fields import clean_remark, dangling, squeeze, year_in
from litsearch.lists.markdown.bylines import trailer
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    has_person,
    names_ahead,
    names_and_year,
    surnames_ahead,
    surnames_and_year,
)
from litsearch.lists.markdown.inline import Line, text_of
from litsearch.lists.markdown.labels import sentence_with, stands_apart, title_near, told_label
from litsearch.lists.markdown.lead_words import DATE, is_label, leading_year, without_labels
from litsearch.lists.markdown.links import FULL_NAME, Link, links_of, own_claim
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.titles import QUOTED, claim
from litsearch.lists.phrases import BESIDE, LABELS, NO_PREFIX, ONLY_LEAD, TEXTS
from litsearch.lists.url_names import name_of
from litsearch.patterns import expression

_REST_OF_BRACKET = expression(r"^[^()]{0,40}\)")  # "([video](…), 35 min)"
_REFERENCE = expression(r"^\W{0,3}\[\^?(\w{1,12})\]\W{0,3}$")
_SENTENCE_BETWEEN = expression(r"\d\W{0,2}\. [A-Z]\S* .*\w$")  # "…, 2019. There is a good"
_PREFIX = expression(r"^\W{0,2}([A-Z][\w'’-]*(?: [\w'’-]+){0,2}) $")
# "Ann Lee's [Moss]", "Ann Lee's 2004 paper, [Moss]"
_OWNER = expression(
    rf"(?:^|\W)({FULL_NAME})['’]s(?: ((?:19|20)\d\d))?(?: [\w-]+){{0,3}}[\s,:–—-]*$"
)


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
    def is_page(self) -> bool:
        """True for a further page of a work; False in a row of mere addresses."""
        return self.of is not None and not (self.bare and self.of.bare and not self.of.title)

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
    if not link.has_own_title or _is_below(link, earlier):
        return [_labelled(draft, link, earlier)]
    cited = _title_cited(link)
    if cited is not None:
        return [_named(draft, cited, link)]
    unlinked = _unlinked_before(link)
    return [*unlinked, _titled(draft, link, is_second=bool(unlinked))]


def _is_below(link: Link, earlier: list[Draft]) -> bool:
    """Tell whether a word links a page below that of the work before: "[comments](…/comments)"."""
    work = earlier[-1].root.url if earlier else None
    if not work or " " in link.words.strip() or urls.is_front_page(work):
        return False
    return link.url.startswith(work.rstrip("/") + "/")


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
    if not link.is_first or len(link.said.split()) < 2:
        return None
    cited = surnames_and_year(link.words)
    if not cited.authors:
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
    own, ahead, behind = own_claim(link, _prefix(link)), _names_ahead(link), _behind(link)
    draft.title = own.title
    draft.authors = own.authors or ahead.authors or behind.authors
    draft.year = own.year or behind.year or leading_year(link.said) or ahead.year

    is_said = is_second or ahead.authors or _prefix(link)
    lead = "" if is_said else _lead(link)
    remarks = list(filter(None, (lead, behind.rest)))
    draft.remark = clean_remark(" – ".join(remarks)) if len(remarks) > 1 else "".join(remarks)
    return draft


def _behind(link: Link) -> Claim:
    """Return what stands behind a title: "by Ann Lee (2019) - remark", "Ann Lee, Bob Ray"."""
    behind = trailer(text_of(_without_venue(link.tail)))
    is_lead = link.follows.lstrip()[:1] not in ("-", "–", "—")
    if is_lead and ONLY_LEAD.fullmatch(behind.rest.lower()):
        return replace(behind, rest="")
    if behind.authors:
        return behind
    persons = persons_in(behind.rest, least=2)
    return replace(behind, rest="", authors=persons) if persons else _slanted_behind(link, behind)


def _without_venue(tail: Sequence[Piece]) -> Sequence[Piece]:
    """Return what stands behind a title without a venue in italics before names."""
    for i, piece in enumerate(tail):
        if piece.mark == "em" and not all_authors(text_of(tail[:i])):
            persons = persons_in(text_of(tail[i + 1 :]).strip(" ,"), least=2)
            return tail[i + 1 :] if persons and not has_person(persons_in(piece.text)) else tail
    return tail


def _slanted_behind(link: Link, behind: Claim) -> Claim:
    """Take names in italics anywhere behind a title: "- one to read first. *Ann Lee*"."""
    for piece in link.tail:
        persons = persons_in(piece.text) if piece.mark == "em" else ()
        if len(persons) > 1 or has_person(persons):
            rest = clean_remark(behind.rest.replace(piece.text.strip(), ""))
            return replace(behind, rest=rest, authors=persons)
    return behind


def _prefix(link: Link) -> str:
    """Return the words before a link that begin its title: "Training [Compute-Optimal ...]"."""
    if link.prose or not link.is_first or not link.said:
        return ""
    match = _PREFIX.match(NUMBER.sub("", link.said))
    links = [piece for piece in link.line if piece.href]
    if match is None or re.search(r"\w", link.follows) or len(links) != 1:
        return ""
    return "" if _is_lead(match[1]) else match[1] + " "


def _is_lead(text: str) -> bool:
    """Tell whether words before a link only lead to it: "see", "Paper", "Ann Lee wrote"."""
    words = text.split()
    if words[0].lower() in NO_PREFIX or words[-1] in LABELS:
        return True
    return is_label(text) or _OWNER.search(text) is not None


def _names_ahead(link: Link) -> Claim:
    """Return authors before a title: "Lee & Ray (2019), [Title]", "Ann Lee, Bob Ray. [Title]"."""
    if not link.is_first or not link.said:
        return NOTHING
    words = without_labels(NUMBER.sub("", squeeze(link.said)).strip())
    cited = _owner(words)
    if not cited.authors:
        cited = names_and_year(words.strip(" ,.:–-"))
    bare = words.rstrip(' "“„«')
    if cited.authors or not bare.endswith((".", ",", ":", "–", "—", " -")):
        return cited
    ahead = names_ahead(bare[:-1])
    is_quoted = words[-1] in '"“„«'
    if is_quoted or _stand_ahead(ahead, link):
        return ahead
    return surnames_ahead(bare[:-1])


def _stand_ahead(ahead: Claim, link: Link) -> bool:
    """Tell whether names before a title are more than a word with a capital."""
    is_dated = ahead.year is not None and not link.prose
    return is_dated or len(ahead.authors) > 1 or has_person(ahead.authors)


def _owner(words: str) -> Claim:
    """Return the author in "Ann Lee's 2004 paper, [Moss]"."""
    owner = _OWNER.search(words)
    if owner is None:
        return NOTHING
    return Claim(authors=persons_in(owner[1]), year=year_in(owner[2] or "", anywhere=True))


def _lead(link: Link) -> str:
    """Return the remark that stands before the title of the first link in an item."""
    if link.prose or not link.is_first or not link.said:
        return ""
    lead = clean_remark(DATE.sub("", NUMBER.sub("", link.said)))
    if not lead or is_label(lead) or ONLY_LEAD.fullmatch(lead.lower()):
        return ""
    return lead


def _unlinked_before(link: Link) -> list[Draft]:
    """Return the marked or quoted title that a comma or a sentence divides from the first link."""
    if not link.is_first or not _may_hold_title(link):
        return []
    citation, text = claim(link.before), squeeze(link.said)
    if not citation.title or not (text.endswith(",") or citation.is_dated):
        return []
    return [
        Draft(link.piece.line, None, citation.title, authors=citation.authors, year=citation.year)
    ]


def _may_hold_title(link: Link) -> bool:
    """Tell whether a marked or quoted title begins the words before a link."""
    text = squeeze(link.said)
    if len(text.split()) < 3 or not (text.endswith(",") or _SENTENCE_BETWEEN.search(text)):
        return False
    opening = next((piece for piece in link.before if piece.text.strip()), None)
    return opening is not None and (opening.is_marked_title or QUOTED.match(text) is not None)


# A link whose words say what it is: "pdf", an address, a picture.


def _labelled(draft: Draft, link: Link, earlier: list[Draft]) -> Draft:
    _take_label(draft, link)
    citation, tail = title_near(link), text_of(link.tail)
    sentence = _sentence(draft, citation, link)
    if sentence:
        citation, tail = Claim(sentence), ""
    if _are_only_names(citation.title):  # the line above says what they wrote
        draft.authors, draft.year = all_authors(citation.title), citation.year or draft.year
        citation = replace(citation, title="")
    if citation.title:
        return _with_title(draft, citation, tail, link)
    return _without_title(draft, citation, tail, link, earlier)


def _sentence(draft: Draft, citation: Claim, link: Link) -> str:
    """Return the sentence that names a label, unless a reference or a marked title does."""
    if not draft.label or not link.is_first or citation.is_dated:
        return ""
    is_marked = citation.title and any(piece.mark for piece in link.after)
    return "" if is_marked else sentence_with(link)


def _are_only_names(text: str) -> bool:
    names = all_authors(text)
    return len(names) > 1 and has_person(names)


def _take_label(draft: Draft, link: Link) -> None:
    """Give a draft its link's words as label, with what they and a number before them say."""
    cited = names_and_year(link.words)
    numbered = _REFERENCE.match(link.said)
    draft.label = "" if draft.bare else link.words
    draft.authors, draft.year = cited.authors, cited.year or year_in(link.words, anywhere=True)
    draft.reference = numbered[1] if numbered else ""


def _with_title(draft: Draft, citation: Claim, tail: str, link: Link) -> Draft:
    if link.said.rstrip().endswith("("):
        tail = _REST_OF_BRACKET.sub("", tail)
    stands_behind = citation.title not in link.said and citation.title in link.follows
    more = NOTHING if stands_behind else trailer(tail)
    draft.title = citation.title
    draft.authors = citation.authors or more.authors or draft.authors or _owner(link.said).authors
    draft.year = citation.year or more.year or draft.year
    draft.remark = clean_remark(" ".join(filter(None, (citation.rest, more.rest))))
    return draft


def _without_title(
    draft: Draft, citation: Claim, tail: str, link: Link, earlier: list[Draft]
) -> Draft:
    if link.is_first:
        draft.remark = clean_remark(f"{citation.rest} {tail}")
    else:
        draft.remark = clean_remark(tail)
        if stands_apart(link):
            name, telling = name_of(draft.url or "")
            draft.title = name if telling else ""
        else:
            draft.of = earlier[-1].of or earlier[-1]
    draft.label = told_label(draft.label, link.said)
    return draft
