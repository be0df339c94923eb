"""What short lines around an article say, in the languages of the web.

Who wrote it and when, whose picture it is, what else to read, where to subscribe. The phrases stand
in lines.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from litsearch.extract.blocks import letters
from litsearch.extract.dates import written_date
from litsearch.patterns import expression

BYLINE_SIZE = 130  # letters: a byline with its date, place and reading time has fewer
STAMP_SIZE = 60
CREDIT_SIZE = 160
PROMOTION_SIZE = 260
LETTER_SIZE = 160
CLOSING_SIZE = 200
NOTE_SIZE = 700  # characters
LINKED = 0.5  # share of letters in links

_PHRASES = tomllib.loads(files(__package__).joinpath("lines.toml").read_text("utf-8"))


def _any_of(section: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return a pattern for any phrase of a section of lines.toml, in any language."""
    phrases = "\n".join(text.strip() for text in _PHRASES[section].values())
    alternatives = phrases.replace("\n", "|")
    return expression(f"{before}(?:{alternatives}){after}", re.I)


OPENING = r"\W{0,4}"
BY = _any_of("by", before=OPENING)
DATED = _any_of("dated", before=OPENING)
READ_ALSO = _any_of("read_also", before=OPENING)
PLEA = _any_of("plea", before=OPENING)
COMMENTS = _any_of("comments", before=OPENING)
LABELS = _any_of("labels", before=OPENING, after=r"\s?(?:[:：]|\b(?=[^a-z]))")
CREDIT = _any_of(
    "credit",
    before=OPENING,
    after=r"(?:s? (?:by|credit|courtesy(?: of)?|via|von|de|di|par|por|av|door|från|fra)\b"
    r"|\s?[:：/／©|]|\s?[一二三四五六七八九十\d]{0,3}\s?[▲:：])",
)
AGENCY = "getty images|ap|afp|reuters|epa|dpa|shutterstock|alamy|istock"
CREDIT_END = expression(
    rf"(?:\s?/\s?(?:{AGENCY})|\((?:{AGENCY})\)|via (?:ap|getty)|"
    r"\s?供图(?:\s\S{2,8})?|\s[摄攝]|\s图|[（(]\S{0,6}视觉中国[)）])\W*$",
    re.I,
)
AGENCY_FIRST = expression(
    r"\b(?:AP|AFP|REUTERS|EPA|EFE|ANSA|DPA)\s?/\s?[A-Z][^\W\d_]+ [A-Z][^\W\d_]+\W*$"
)
MAIL_ONLY = expression(r"\W*[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\W+\w{0,5}\W*)?")
LETTER = _any_of("letter")
HASHTAGS = expression(r"(?:#[\w-]{1,40}[\s,·]*)+")
READING_TIME = _any_of("reading_time")
AGO = _any_of("ago")
COUNTER = _any_of("counter")
RIGHTS = _any_of("rights")
BOX_HEADING = _any_of("box_heading", before=r"\W*", after=r"\W*")
COMMENTS_HEADING = _any_of("comments_heading", before=r"\W*", after=r"\W*")
CHANGED = expression(
    r"\b(?:last|page) (?:updated|modified|edited|changed)\b|\bvisitor number\b", re.I
)
CLOCK = expression(r"\b[012]?\d[:.h][0-5]\d\b")
IS = _any_of("is_who", before=r"(?:,.{0,60},)?\s", after=r"\b")
ABOUT_AUTHOR = expression(
    r"(?:(?:[A-Z][\w.'’-]+ ){2,4}(?:is|was|writes|covers)\b[^.]{0,160}\b(?:reporter|writer|editor|"
    r"author|journalist|correspondent|columnist|contributor|blogger|freelance|fellow|professor)\b)|"
    r"(?:the author|about the author)\b.{0,3}(?:is|was|works|teaches)?\b"
)
MARK = expression("[:：]")
NAME = expression(
    r"@?[^\W\d_][\w.'’-]*"
    r"(?:[ ,·|/&]{1,3}(?:(?:and|und|et|y|e|en|och|i|и|de|von|van|der|di|le|la|da|dos) )?"
    r"[^\W\d_][\w.'’-]*){0,6}"
)
SENTENCE = expression(r"[.!?。！？।؟…][\"'”’)»\]]*$")


def is_byline(text: str, size: int, authors: set[str]) -> bool:
    """Tell a line that says who wrote a text, when, or how long it takes to read."""
    if size > BYLINE_SIZE:
        return False
    if letters(text).casefold() in authors:
        return True
    short, ended = size <= BYLINE_SIZE / 2, SENTENCE.search(text) is not None
    if BY.match(text) and not ended:
        return short or written_date(text) is not None
    if not ended and _is_timed(text, short):
        return True
    return DATED.match(text) is not None or _is_count(text)


def _is_timed(text: str, short: bool) -> bool:
    """Tell a reading time, or a date that names its month, or in a longer line the day and hour."""
    if short and READING_TIME.search(text):
        return True
    date = written_date(text)
    if date is None or len(date) == len("2024"):
        return False
    return short or CLOCK.search(text) is not None


def _is_count(text: str) -> bool:
    """Tell an age, or numbers and what they count: views, comments, points."""
    if AGO.search(text):
        return True
    return any(map(str.isdigit, text)) and not letters(COUNTER.sub("", text))


def is_stamp(text: str, size: int) -> bool:
    """Tell a line that is nothing but who wrote a text, or when, wherever it stands."""
    if size > STAMP_SIZE:
        return False
    if DATED.match(text) and written_date(text):
        return True
    return (
        MAIL_ONLY.fullmatch(text) is not None or (BY.match(text) and MARK.search(text)) is not None
    )


def is_name(text: str) -> bool:
    """Tell a line that may be nothing but the names of people."""
    if SENTENCE.search(text):
        return False
    words = text.split()
    capital = all(word[:1].isupper() or len(word) <= 4 for word in words)
    return 2 <= len(words) <= 8 and capital and NAME.fullmatch(text) is not None


def is_credit(text: str, size: int) -> bool:
    """Tell a line that says whose picture it is, or what it shows, by a picture's mark."""
    if size > CREDIT_SIZE:
        return False
    return any((CREDIT.match(text), CREDIT_END.search(text), AGENCY_FIRST.search(text)))


def is_promotion(text: str, linked: int, size: int) -> bool:
    """Tell a line that leads to other pages, asks for something, or says whose rights they are."""
    if size > PROMOTION_SIZE:
        return False
    share = linked / max(1, len(letters(text)))
    if size <= LETTER_SIZE and LETTER.search(text):
        return True
    if READ_ALSO.match(text):
        return share >= LINKED / 2 or text.rstrip().endswith((":", "：")) or size <= 45
    if PLEA.match(text):
        return share > 0.1 or size <= 60
    return size <= PROMOTION_SIZE / 2 and RIGHTS.search(text) is not None


def is_author_note(text: str, authors: Sequence[str]) -> bool:
    """Tell a paragraph that says who an author is."""
    if len(text) > NOTE_SIZE:
        return False
    if ABOUT_AUTHOR.match(text):
        return True
    return any(text.startswith(name) and IS.match(text[len(name) :]) for name in authors if name)


def is_closing(text: str, linked: int, size: int, authors: set[str]) -> bool:
    """Tell a line behind a page's last paragraph that belongs to the page, not to its text."""
    if size > CLOSING_SIZE:
        return False
    if any(phrase.match(text) for phrase in (LABELS, COMMENTS, PLEA, READ_ALSO)):
        return True
    if HASHTAGS.fullmatch(text) or RIGHTS.search(text) or CHANGED.search(text):
        return True
    if is_byline(text, size, authors):
        return True
    share = linked / max(1, len(letters(text)))
    return share >= LINKED and not SENTENCE.search(text)


def opens_box(heading: str) -> bool:
    """Tell a heading that opens a box of other articles, comments or promotion."""
    return BOX_HEADING.fullmatch(heading) is not None


def opens_comments(heading: str) -> bool:
    """Tell a heading below which readers speak, not the author."""
    return COMMENTS_HEADING.fullmatch(heading) is not None
