"""What the columns of a table of works hold, told by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Role = Literal["title", "name", "url", "topic", "remark", "authors", "year", "read", "other"]

_ROLES: dict[Role, str] = {
    "title": "title|paper|papers|paper title|article|articles|book|books|work|publication|talk|video|lecture|course"
    "|post|blog|blog post|reading|document title|book title|notebook|survey|tutorial|thesis"
    "|story|headline|titel|titre|título|titolo",
    "name": "name|project|resource|tool|item|what|model|method|repository|repo|entry|text|entry title|framework",
    "url": "url|link|links|href|pdf|code|github|website|site|web|source|sources|slides|paper link|arxiv|doi|homepage"
    "|source url|page|address|uri|permalink|excerpt url|document url|demo|project page|paper url|code link|weblink"
    "|adresse|lien|enlace",
    "topic": "topic|topics|category|categories|tag|tags|area|field|subject|theme|keyword|keywords|document tags|folder"
    "|section|collection|task|bookshelves|shelves|labels|manual tags|thema|schlagworte|thème|tema|etiquetas",
    "remark": "comment|comments|note|notes|description|remark|remarks|summary|abstract|about|tldr|tl;dr|why|importance"
    "|excerpt|annotation|document note|main idea|contribution|what is it|details|takeaway|takeaways|highlight"
    "|selection|highlight|my review|review|private notes|abstract note|notizen|notiz|bemerkung"
    "|remarque|remarques|notas",
    "authors": "author|authors|by|speaker|speakers|writer|creator|document author|book author|lecturer|instructor"
    "|autor|autorin|auteur|auteurs|autore|autores",
    "year": "year|date|published|publication date|release date|when|publication year|release|year published"
    "|original publication year|publishedat|jahr|année|año|anno",
    "read": "read|read?|read or not|status|done|done?|finished|progress|state|read status|is read"
    "|seen|watched|gelesen|lu|leído|letto",
}
_BY_NAME: dict[str, Role] = {name: role for role, names in _ROLES.items() for name in names.split("|")}


def role_of(heading: str) -> Role:
    """What a column of this heading holds; "other" for headings that say nothing known."""
    name = re.sub(r"[\s_*`:-]+", " ", heading).strip().casefold()
    found = _BY_NAME.get(name)
    if found is None and name.endswith("s"):
        found = _BY_NAME.get(name[:-1])
    return found or "other"


def roles_of(headings: Sequence[str]) -> list[Role]:
    """The roles of a table's columns; one that has a title gives way in its columns of mere names."""
    roles = [role_of(heading) for heading in headings]
    if "title" in roles:
        return ["other" if role == "name" else role for role in roles]
    return ["title" if role == "name" and i == roles.index("name") else role for i, role in enumerate(roles)]
