"""What kind of work an address leads to, by its host and path."""

from __future__ import annotations

import re

from litsearch.types import Kind

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "video",
        r"(?:.+\.)?(?:youtube\.com|youtu\.be|vimeo\.com|twitch\.tv|ted\.com|bilibili\.com|videolectures\.net|soundcloud\.com)/.*"
        r"|.*\.(?:mp4|webm|mp3)",
    ),
    (
        "post",
        r"(?:.+\.)?(?:x\.com|twitter\.com|reddit\.com|news\.ycombinator\.com|bsky\.app|threads\.net|lobste\.rs|quora\.com|"
        r"stackoverflow\.com|stackexchange\.com|facebook\.com|t\.me)/.*|(?:.+\.)?linkedin\.com/(?:posts|feed)/.*|[^/]+/@\w+/\d+",
    ),
    (
        "code",
        r"(?:.+\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht|colab\.research\.google\.com|pypi\.org)/.*"
        r"|kaggle\.com/(?:code|notebooks)/.*|.*\.ipynb",
    ),
    (
        "course",
        r"(?:.+\.)?(?:coursera\.org|edx\.org|udemy\.com|udacity\.com|ocw\.mit\.edu|course\.fast\.ai|dlsyscourse\.org|"
        r"fullstackdeeplearning\.com)/.*|(?:cs|ee)\d{2,3}\w*\.stanford\.edu/.*|stanford-cs\d+\.github\.io/.*"
        r"|.*/(?:courses?|lectures|short-courses)(?:/.*)?|[^/]*\b(?:course|bootcamp)\b[^/]*/.*",
    ),
    (
        "book",
        r"(?:.+\.)?(?:goodreads\.com/book|books\.google\.[a-z.]+|oreilly\.com/library/view|manning\.com/books|leanpub\.com|"
        r"gutenberg\.org|deeplearningbook\.org|d2l\.ai)(?:/.*)?|(?:.+\.)?amazon\.[a-z.]+/(?:.*/)?dp/.*|.*\.epub",
    ),
    (
        "paper",
        r"(?:.+\.)?(?:arxiv\.org|openreview\.net|aclanthology\.org|biorxiv\.org|medrxiv\.org|semanticscholar\.org|"
        r"proceedings\.mlr\.press|jmlr\.org|papers\.nips\.cc|(?:papers|proceedings)\.neurips\.cc|openaccess\.thecvf\.com|"
        r"ieeexplore\.ieee\.org|dl\.acm\.org|sciencedirect\.com|link\.springer\.com|academic\.oup\.com|ssrn\.com|jstor\.org|"
        r"pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov|hal\.science|dblp\.org|distill\.pub|transformer-circuits\.pub)/.*"
        r"|.*\.(?:pdf|ps|ps\.gz)",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def kind_of(place: str) -> Kind:
    """The kind of a work by where it stands (host and path, without www.)."""
    place = place.partition("?")[0]
    for kind, pattern in _KINDS:
        if pattern.fullmatch(place):
            return kind
    return "article"
