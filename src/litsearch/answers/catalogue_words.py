"""Words that questions on the library itself are made of, as data."""

from __future__ import annotations

import re

from litsearch.patterns import expression
from litsearch.types import Kind

NOUNS: dict[str, Kind | None] = {
    **dict.fromkeys(("video", "talk", "lecture"), "video"),
    **dict.fromkeys(("repo", "repository", "repositorie", "codebase"), "code"),
    **dict.fromkeys(("book",), "book"),
    **dict.fromkeys(("course",), "course"),
    **dict.fromkeys(("paper", "preprint"), "paper"),
    **dict.fromkeys(
        (
            "article post work source entry entrie item document text page link"
            " title reading publication essay note bookmark tutorial blog thing file"
        ).split()
    ),
}
NOUN = rf"(?:{'|'.join(sorted(NOUNS, key=len, reverse=True))})s?"
PLACE = (
    r"(?:librar(?:y|ies)|lists?|reading lists?|collection|catalog(?:ue)?|index|corpus|shelf"
    r"|bookmarks)"
)
FACETS = ("topic", "section", "list", "author", "kind", "year", "site")
FILLERS = frozenset(
    """
    how many much number of where which what whats who list show me us give name find all any the
    a an some every everything anything something ones one are were is was be do does did i you we
    they have has had got there here in on from at this that my our your its it total altogether
    now currently so far please could can would will ought should published written released
    made out come came read reading still yet left to i've haven't hold holds held contain
    what's who's there's contains contained include includes included exist exists stored
    indexed saved added know about tell s next first
    then recommend suggest need want worth start begin starting good best introduction resources
    """.split()
)

# Questions on one work.
_AND_WHEN = r"(?:,? and (?:when|in (?:which|what) year))?"
WROTE = expression(
    r"^\W*(?:so |and )?(?:who (?:wrote|authored|published|made|created|is behind"
    r"|has written)\s+(?P<a>.+?)"
    r"|who (?:is|are|was|were) the (?:author|writer|creator)s? of\s+(?P<b>.+?)"
    r"|(?:the )?authors? of\s+(?P<c>.+?)"
    r"|(?:by whom|who) (?:is|was|were)\s+(?P<d>.+?)\s+(?:written|authored|made|published)(?: by)?"
    rf"|whose (?:paper|work|article|post) is\s+(?P<e>.+?)){_AND_WHEN}\s*[?.!]*$",
    re.IGNORECASE,
)
_MADE = (
    r"(?:invented|proposed|introduced|developed|created|came up with|coined|designed|built|made"
    r"|presented|published|described)"
)
INVENTED = expression(
    r"^\W*(?:so |and )?(?:who|(?:which|what) (?:people|authors|researchers|team|company|group"
    r"|paper|article|work|study|publication))\s+(?:first )?"
    rf"{_MADE}\s+"
    r"(?:the (?:term|idea|method|model|concept|name|notion) )?(?:of )?(?P<what>.+?)"
    rf"{_AND_WHEN}\s*[?.!]*$",
    re.IGNORECASE,
)
SINCE = expression(
    r"^\W*(?:so |and )?(?:when|in (?:which|what) (?:year|paper)|where) (?:was|were)\s+(?P<what>.+?)"
    rf"\s+(?:first |originally ){{0,2}}{_MADE}\s*[?.!]*$",
    re.IGNORECASE,
)
_OUT = (
    r"(?:published|written|released|come out|came out|appear|appeared|out|posted|submitted"
    r"|made public|presented|put online)"
)
WHEN = expression(
    rf"^\W*(?:so |and )?(?:(?:when|in (?:which|what) year|(?:which|what) year)\s+(?:was"
    rf"|were|did|is|has)\s+(?P<a>.+?)\s+(?:first )?{_OUT}(?: in)?"
    r"|how old is\s+(?P<b>.+?)"
    r"|(?:what is |what's )?the (?:publication )?(?:date|year)(?: of publication)? of\s+(?P<c>.+?)"
    r"|from (?:when|which year|what year) is\s+(?P<d>.+?)|(?:of"
    r"|from) which year is\s+(?P<e>.+?)|when did\s+\S.{1,60}?\s+(?:first )?(?:release|publish"
    r"|launch|announce|introduce)\s+(?P<f>.+?))\s*[?.!]*$",
    re.IGNORECASE,
)
LINE = expression(
    rf"^\W*(?:(?:on|in|at) )?(?:(?:which|what) lines?(?: of (?:the|my) {PLACE})? (?:is"
    rf"|are|has|lists?|names?)\s+(?P<a>.+?)"
    rf"|where (?:in|on) (?:the|my|which) {PLACE} (?:is|are)\s+(?P<b>.+?)|(?:in "
    rf"|on )?which lists? (?:is|are|has|names?)\s+(?!there\b)(?P<c>.+?)"
    r"|where (?:is|are)\s+(?P<d>.+?)\s+listed)\s*(?:listed|named|mentioned|in|on)?\s*[?.!]*$",
    re.IGNORECASE,
)
HELD = expression(
    r"^\W*(?:so |and )?(?:(?:do|did) (?:i|you|we) (?:already )?have\s+(?P<a>.+?)"
    rf"|(?:is|are)\s+(?P<b>.+?)\s+(?:already )?(?:in|on|part of) (?:the|my|this|your|our) {PLACE}"
    rf"|does (?:the|my|this|your|our) {PLACE} (?:have|hold|contain|include|list)\s+(?P<c>.+?)"
    rf"|(?:is|are) there\s+(?P<d>.+?)\s+(?:in|on) (?:the|my|this|your|our) {PLACE})"
    rf"(?:\s+(?:in|on) (?:the|my|this|your|our|any) {PLACE})?\s*[?.!]*$",
    re.IGNORECASE,
)
