"""Tell which links of a line lead to works; others become words, or are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from litsearch.lists import urls
from litsearch.lists.authors.names import persons_in
from litsearch.lists.markdown.citations import has_person
from litsearch.lists.markdown.inline import Line, text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.phrases import NO_PERSON, SERVICE_LEAD, TEXTS
from litsearch.patterns import expression

MIN_MENU = 3  # links
MAX_MENU = 8  # words of a menu of two links
MAX_HOUSE = 4  # words of the name of a conference or a journal

_COMMAND = expression(
    r"(?:git clone|pip3? install(?: -\S+)*|curl(?: -\S+)*|wget(?: -\S+)*|docker pull|npm i\w*|\$)"
    r"\s+\S*$"
)
_BY = expression(r"(?:^|[\s(])(?:by|par|por):?\s*$", re.IGNORECASE)
_BY_THE = expression(  # "by the", "on", "in"; "Lead: Prof. Ann Lee ("
    r"\bby (?:the|our|my)\s$|\b(?:on|in) $"
    r"|^\W*[^\W\d_]+ ?[:：]\W*(?:\w+\. )?(?:[^\W\da-z][\w'’-]+ ){2,3}\($"
)
_VIA = expression(r"\b(?:via|h/t|hat tip(?: to)?):?\s*$", re.IGNORECASE)
_WITH_RANK = expression(r"(?:Prof(?:\.|essor)|Dr\.?|Mrs?\.|Ms\.) (?:\w+\.? ){0,3}\w+$")
_CREATED = expression(
    r"(?:inspired|maintained|created|made|curated|powered|supported|hosted|organi[sz]ed) by:?"
    r"(?: (?:the|our|my))?\s*$",
    re.IGNORECASE,
)
_AT_HOUSE = expression(r"(?:\b(?:at|in|on|by|from|of|for)|[—–@(-])\s*(?:(?:the|their|our) )?$")
_OF_HOUSE = expression(r"\b(?:at|in|from|of|by) (?:the|their|our) $")
_IN_HOUSE = expression(r"\b(?:at|in)\s$")
_BACKWARD = expression(r"\s*(?:[←⟵⬅‹]|<-|«(?!.*»))")
_NUMBER = expression(  # of a log: "April", "May 2021", "#41"
    r"\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:[ ,]+\d{2,4})?"
    r"|#\d{1,4})\s*",
    re.IGNORECASE,
)
_CONNECTIVE = expression(r"^\s*(?:,|&|and|, and)\s*$")
_OF_A_PROGRAM = expression(  # zotero://, obsidian://
    r"^(?!https?:|file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE
)


def working_pieces(line: Line, *, prose: bool = False) -> list[Piece]:
    """Return the pieces of a line; links that lead to no work become words, or are dropped."""
    pieces: list[Piece] = []
    before, person, work = "", -1, ""
    for i, written in enumerate(line.pieces):
        piece = _judged(written, before, i, line)
        if piece is None:
            continue
        further = person == i - 2 >= 0 and bool(_CONNECTIVE.match(line.pieces[i - 1].text))
        is_author = _names_author(piece, before, further=further)
        person = i if is_author else person
        if is_author or _is_of_others(piece, before, work, prose=prose):
            piece = Piece(written.text, written.mark)
        pieces.append(piece)
        work = work or _page_of(piece)
        before = (before + piece.text)[-200:]
    if not any(map(attrgetter("href"), pieces)):
        pieces = _credited(line, pieces)
    return _without_pictures(pieces)


def _judged(piece: Piece, before: str, i: int, line: Line) -> Piece | None:
    """Return a link as a work, plain words, or nothing. before: the words before it."""
    if piece.href is None:
        return piece
    target, words = piece.href, Piece(piece.text, piece.mark)
    if not target.startswith("http") and _OF_A_PROGRAM.match(target):
        return _words_of_program(words)
    url = urls.as_url(urls.true_url(piece.text, target))
    if url is None:
        return _judged_local(piece)
    if _is_person(url, piece, line.pieces[:i]) or _is_service(before):
        return words
    if urls.is_work(url, piece.text) and not _is_shown_or_run(before):
        return piece._replace(href=url)
    return None if _is_picture(piece, before) else words


def _is_picture(piece: Piece, before: str) -> bool:
    return bool(piece.picture) or before.endswith("![")


def _is_service(before: str) -> bool:
    """Tell whether words lead to a page that keeps a newsletter running: "subscribe at"."""
    return bool(before) and SERVICE_LEAD.search(before[-60:]) is not None


def _words_of_program(words: Piece) -> Piece | None:
    """Return the words of a link that opens a program; None for a mere button."""
    if is_label(words.text) or " " not in words.text.strip():
        return None
    return words


def _is_shown_or_run(before: str) -> bool:
    """Tell whether the words before an address make a picture or an argument of a command of it."""
    return before.endswith("![") or _COMMAND.search(before[-60:]) is not None


def _judged_local(piece: Piece) -> Piece | None:
    """Return a link that leads to no page of the web: to a file, or nowhere."""
    if piece.picture:
        return None
    return piece if urls.is_local(piece.href or "") else Piece(piece.text, piece.mark)


def _is_person(url: str, piece: Piece, before: Sequence[Piece]) -> bool:
    """Tell whether a link leads to a profile, unless it is what the line is about."""
    if not urls.is_profile(url, piece.text):
        return False
    return piece.text.startswith("@") or re.search(r"\w", text_of(before)) is not None


def _names_author(piece: Piece, before: str, *, further: bool) -> bool:
    """Tell whether a link stands on a person's name: behind "by" or "via", or such a one."""
    if not piece.href or not before or urls.is_address(piece.text, piece.href):
        return False
    if further or _BY.search(before[-10:]) or _WITH_RANK.match(piece.text):
        return True
    is_credit = _VIA.search(before[-20:]) or _BY_THE.search(before[-80:])
    return is_credit is not None and urls.is_front_page(piece.href)


def _is_of_others(piece: Piece, before: str, work: str, *, prose: bool) -> bool:
    """Tell whether a link leads to who made, showed or passed on a work, and to none itself."""
    if _is_of_house(piece, before) if work else _is_venue(piece, before):
        return True
    return prose and _is_home_of_person(piece)


def _page_of(piece: Piece) -> str:
    """Return the page that a link with words of its own leads to; "" for a whole site."""
    if not piece.href or is_label(piece.text) or urls.is_front_page(piece.href):
        return ""
    return piece.href


def _is_of_house(piece: Piece, before: str) -> bool:
    """Tell whether a link behind a work leads to who has brought it out or passed it on.

    "[Moss](…) — [Fog Letters](https://fog.example/)", "at [FogCon 2023](…/2023)", "via [Ann](…)".
    """
    url = piece.href
    if not url or _VIA.search(before[-20:]):
        return url is not None
    if not _AT_HOUSE.search(before[-12:]) or urls.is_address(piece.text, url):
        return False
    return urls.is_front_page(url) or _is_named_as_house(piece.text.split(), url, before)


def _is_venue(piece: Piece, before: str) -> bool:
    """Tell whether a link leads to where a work was shown: "accepted at [FogCon 2024](…)"."""
    if not piece.href or not _IN_HOUSE.search(before[-6:]):
        return False
    return urls.is_front_page(piece.href) and is_label(piece.text)


def _is_home_of_person(piece: Piece) -> bool:
    """Tell whether a link is a person's name on the front page of a site."""
    if not piece.href or not urls.is_front_page(piece.href):
        return False
    persons = persons_in(piece.text)
    return len(persons) == 1 and has_person(persons)


def _is_named_as_house(words: Sequence[str], url: str, before: str) -> bool:
    """Tell whether words name a conference, a journal or the like: "in the [Fog Proceedings]"."""
    if not words or len(words) > MAX_HOUSE:
        return False
    if words[-1].lower() in NO_PERSON and _OF_HOUSE.search(before[-12:]):
        return True
    is_name = words[0][0].isupper() and urls.is_shallow(url)
    return is_name and _IN_HOUSE.search(before[-6:]) is not None


def _is_row_of_pages(line: Line) -> bool:
    """Tell whether a paragraph is nothing but links of which some lead to no work: a menu."""
    links = [piece for piece in line.pieces if piece.href]
    if not all(map(_may_be_of_menu, links)):
        return False
    words = [piece.text for piece in line.pieces if not piece.href]
    if len(links) < MIN_MENU or "".join(words).strip(" |·•/–—-\n"):
        return len(links) > 1 and len(line.text.split()) <= MAX_MENU and _are_of_one_site(links)
    return not all(map(_is_page, links))


def _is_page(piece: Piece) -> bool:
    return _is_work(piece) and not urls.is_profile(piece.href or "", piece.text)


def _may_be_of_menu(piece: Piece) -> bool:
    """Tell whether a link has few words, and none for a paper."""
    words = re.findall(r"\w+", piece.text.lower())
    return len(words) <= MAX_HOUSE and TEXTS.isdisjoint(words)


def _are_of_one_site(links: Sequence[Piece]) -> bool:
    """Tell whether links lead to the front page of a site and to pages right below it."""
    pages = [piece.href or "" for piece in links]
    if not any(map(urls.is_front_page, pages)) or not all(map(urls.is_shallow, pages)):
        return False
    return len(set(map(urls.site_of, pages))) == 1


def _is_menu(piece: Piece) -> bool:
    """Tell whether a piece is a word that links a page of the same site, or a stroke."""
    if piece.href is None:
        return not piece.text.strip(" |·•/\n")
    is_near = "://" not in piece.href or not urls.is_work(piece.href, piece.text)
    return is_near and len(piece.text.split()) == 1 and not is_label(piece.text)


def is_navigation(line: Line, *, prose: bool) -> bool:
    """Tell whether a line links further numbers of itself: "← Links #87", "Earlier: May, April"."""
    words = [piece.text for piece in line.pieces if piece.href]
    if prose and _is_row_of_pages(line):
        return True
    if len(words) > 1 and all(map(_is_menu, line.pieces)):
        return True
    if any(map(_BACKWARD.match, words)):
        return True
    return len(words) > 1 and (all(map(_NUMBER.fullmatch, words)) or _are_seasons(line, words))


def _are_seasons(line: Line, words: Sequence[str]) -> bool:
    """Tell whether a line links short pages of one site by one word each: "Past: [fall], …"."""
    if not words[0] or not line.text.partition(words[0])[0].rstrip().endswith(":"):
        return False
    if not all(map(str.islower, words)) or any(map(is_label, words)) or " " in "".join(words):
        return False
    pages = [piece.href or "" for piece in line.pieces if piece.href]
    return len(set(map(urls.site_of, pages))) == 1 and all(map(urls.is_shallow, pages))


def _without_pictures(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without pictures, but for linked ones in a line without other links."""
    words = [piece for piece in pieces if not piece.picture]
    if len(words) == len(pieces):
        return pieces
    if any(piece.href for piece in words):
        return words
    return [piece for piece in pieces if piece.href or not piece.picture]


def _credited(line: Line, pieces: list[Piece]) -> list[Piece]:
    """Give a line's only link to its work when it stands on the author: "Moss by [Lee](...)"."""
    works = [piece for piece in line.pieces if _is_work(piece)]
    if len(works) != 1 or urls.is_profile(works[0].href or "", works[0].text):
        return pieces
    work = works[0]
    i = line.pieces.index(work)
    before = text_of(line.pieces[:i])
    if not _BY.search(before[-100:]) or _CREATED.search(before[-100:]) or len(before.split()) < 3:
        return pieces
    return [
        Piece(re.sub(r"[\s(]by:?\s*$", " ", before, flags=re.IGNORECASE), line.pieces[0].mark),
        Piece("[]", "", work.href, work.line),
        Piece(f" by {work.text}"),
        *pieces[i + 1 :],
    ]


def _is_work(piece: Piece) -> bool:
    if not piece.href or urls.as_url(piece.href) is None:
        return False
    return urls.is_work(piece.href, piece.text)
