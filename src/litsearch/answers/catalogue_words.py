"""Words that questions on the library itself are made of, as data."""

from __future__ import annotations

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
    how many much number of which what whats who list show me us give name find all any the a an
    some every everything anything something ones one are were is was be do does did i you we
    they have has had got there here in on from at this that my our your its it total altogether
    now currently so far please could can would will ought should published written released
    made out come came read reading still yet left to i've haven't hold holds held contain
    what's who's there's contains contained include includes included exist exists stored
    indexed saved added know about tell s next first
    then recommend suggest need want worth
    """.split()
)
