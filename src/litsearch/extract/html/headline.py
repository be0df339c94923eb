"""Finds the heading that names a page, among those of its site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import filterfalse

from lxml import etree

from litsearch.extract.html.elements import all_text
from litsearch.patterns import expression

SEPARATOR = expression(r"\s+(?:[|·•–—»«:-]|::)\s+|\s*[|｜]\s*")
HOME = expression(r"(?:https?://[^/]+)?/(?:index\.\w{2,4})?|\./?", re.I)
TOLD = 8  # letters: shorter headings stand in a title by chance
PART = 0.6  # of a part of the title: the "Transformer" of "The Transformer Family" is a chapter


def headline(root: etree._Element, titles: Sequence[str] = ()) -> etree._Element | None:
    """Return the heading that names the page: one that its title begins with, else the first <h1>.

    Headings of the site, which stand on every page, come last; those inside the article come first.
    """
    shown = list(filter(_bare_text, root.iter("h1", "h2", "h3")))
    exact = _said_exactly(shown, titles)
    first = [heading for heading in shown if heading.tag == "h1"]
    titled = _named(first, titles)

    for choice in (exact, titled, first):
        own = list(filterfalse(is_of_site, choice))
        if own:
            return _foremost(own)
    repeated = _told(shown, titles) if all(map(_leads_home, first)) else []
    return next(iter(repeated or titled or exact or first), None)


def _said_exactly(
    headings: Sequence[etree._Element], titles: Sequence[str]
) -> list[etree._Element]:
    """Return the headings that are a title, or its first part."""
    whole = set(map(bare, titles))
    opening = {bare(SEPARATOR.split(title)[0]) for title in titles}
    return [heading for heading in headings if _bare_text(heading) in whole | opening]


def _foremost(headings: Sequence[etree._Element]) -> etree._Element:
    """Return the first heading of the highest level, rather one inside the article."""
    inside = [heading for heading in headings if _is_inside_article(heading)]
    return min(inside or headings, key=lambda heading: str(heading.tag))


def _is_inside_article(heading: etree._Element) -> bool:
    return next(heading.iterancestors("article", "main"), None) is not None


def _told(headings: Sequence[etree._Element], titles: Sequence[str]) -> list[etree._Element]:
    """Return the headings that a title begins or ends with, whatever parts it from the site's."""
    bare_titles = [bare(title) for title in titles]
    matches = []
    for heading in headings:
        shown = _bare_text(heading)
        ends = any(title.startswith(shown) or title.endswith(shown) for title in bare_titles)
        if ends and len(shown) >= TOLD and not is_of_site(heading):
            matches.append(heading)
    return matches


def _named(headings: Sequence[etree._Element], titles: Sequence[str]) -> list[etree._Element]:
    return [heading for heading in headings if _is_named(heading, titles)]


def _is_named(heading: etree._Element, titles: Sequence[str]) -> bool:
    return says_heading(titles, _bare_text(heading))


def says_heading(titles: Iterable[str], heading: str) -> bool:
    """Tell whether a title says a bare heading: a good part of it, and not the site behind it."""
    return heading != "" and any(_says(title, heading) for title in titles)


def _says(title: str, heading: str) -> bool:
    parts = list(map(bare, SEPARATOR.split(title)))
    if len(parts) > 1 and heading == parts[-1] and heading != parts[0]:
        return False  # the site
    if any(heading in part and len(heading) >= PART * len(part) for part in parts):
        return True
    return heading in bare(title) and len(heading) > max(map(len, parts))


def is_of_site(heading: etree._Element) -> bool:
    """Tell what stands at the head of every page of a site, and a link to its home page."""
    if any(up.tag == "header" or up.get("role") == "banner" for up in heading.iterancestors()):
        return True
    return _leads_home(heading)


def _leads_home(heading: etree._Element) -> bool:
    """Tell a heading that is a link to the home page."""
    link = heading.find(".//a")
    if link is None or not HOME.fullmatch(link.get("href") or ""):
        return False
    return _bare_text(link) == _bare_text(heading)


def _bare_text(element: etree._Element) -> str:
    return bare(all_text(element))


def bare(text: str) -> str:
    """Return the letters and digits of a text, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()
