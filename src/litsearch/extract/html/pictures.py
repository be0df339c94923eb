"""Finds the images of an article: their addresses, and what is said to show in them; no icons."""

from __future__ import annotations

import re

from lxml import etree

from litsearch.extract.blocks import Picture, one_line
from litsearch.patterns import expression

SMALL = 100  # pixels: an image that is declared narrower or lower is an icon
MAX_ADDRESS = 2_000  # characters
MAX_ALT = 300  # characters
# A script puts the image in the place of an empty one when it is scrolled to.
LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-orig-file", "data-srcset")
SIGN = expression(
    r"(?:^|[\s/_.-])(?:icons?|logos?|avatars?|emojis?|badges?|sprites?|spacer|pixel|tracking|"
    r"gravatar|blank|placeholder|loading|spinner|buttons?|favicon|smil(?:ey|ie)s?|captcha|"
    r"shields|travis|counter|beacon)(?:[\s/_.?-]|$)",
    re.I,
)
VECTOR = expression(r"\.svgz?(?:[?#]|$)", re.I)  # may hold a program, so it is never shown
NUMBER = expression(r"\d+(?:\.\d+)?")


def picture(element: etree._Element) -> Picture | None:
    """Return the image of an <img>, its address as the page writes it; None for icons."""
    address = _address(element)
    if not address or len(address) > MAX_ADDRESS or VECTOR.search(address):
        return None
    if _is_icon(element, address):
        return None
    return Picture(address, one_line(element.get("alt") or "")[:MAX_ALT])


def _address(element: etree._Element) -> str:
    """Return the address of the image itself, not of what stands in for it meanwhile."""
    declared = [element.get(name) for name in LAZY]
    declared += [element.get("src"), element.get("srcset"), *_of_picture(element)]
    for value in filter(None, declared):
        address = _widest(value) if ", " in value or re.search(r"\s\d+[wx]$", value) else value
        if address and not address.startswith(("data:", "blob:", "about:")):
            return address.strip()
    return ""


def _of_picture(element: etree._Element) -> list[str | None]:
    """Return the sets of addresses of the <picture> around an image.

    libxml2 knows of no <source> that is void, and puts the image inside the last one.
    """
    around = next(element.iterancestors("picture"), None)
    if around is None:
        return []
    return [source.get("srcset") or source.get("data-srcset") for source in around.iter("source")]


def _widest(candidates: str) -> str:
    """Return the address of the widest candidate of a srcset."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+", candidates.strip()):
        address, _, width = candidate.strip().partition(" ")
        number = NUMBER.search(width)
        size = float(number[0]) if number else 1.0
        if size > most:
            best, most = address, size
    return best


def _is_icon(element: etree._Element, address: str) -> bool:
    """Tell what is small, or says that it is a sign of the page."""
    if element.get("role") == "presentation" or element.get("aria-hidden") == "true":
        return True
    for side in ("width", "height"):
        number = NUMBER.fullmatch((element.get(side) or "").strip().removesuffix("px"))
        if number and float(number[0]) < SMALL:
            return True
    name = address.partition("?")[0].rpartition("//")[2].partition("/")[2]
    return any(SIGN.search(text) for text in (name, element.get("class") or ""))
