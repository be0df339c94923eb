"""Lists whose items are the fields of one work: "Title: ...", "Authors: ...", "Link: ..."."""

from __future__ import annotations

import re

from litsearch.lists.fields import Role, authors_in, clean_remark, clean_title, read_mark, role_of, squeeze, year_in
from litsearch.lists.reading.naming import Draft, drafts_of
from litsearch.lists.reading.outline import Block
from litsearch.lists.reading.pieces import Line

_KEYED = re.compile(r"^\W*([A-Za-z][A-Za-z /-]{1,20}?)\W{0,3}:\W{0,3}\s(.*)$", re.DOTALL)


def fields_of(block: Block) -> list[tuple[Role, Line]]:
    """The fields of a list that describes one work; [] when the list is no such thing."""
    fields: list[tuple[Role, Line]] = []
    for item in block.children:
        text = item.lines[0].text if item.lines else ""
        match = _KEYED.match(squeeze(text)) if ":" in text else None
        role = role_of(match[1]) if match else "other"
        if role != "other":
            fields.append((role, item.lines[0]))
    roles = [role for role, _ in fields]
    one = len(set(roles)) >= 3 and 2 * len(fields) > len(block.children) and roles.count("title") <= 1
    return fields if one and ("title" in roles or "url" in roles) and {"authors", "year", "remark"} & set(roles) else []


def record_drafts(fields: list[tuple[Role, Line]], heading: str) -> list[Draft]:
    """The work of such a list, named by its title or else the heading above it, and its further pages."""
    value = {role: _KEYED.sub(r"\2", squeeze(line.text)) for role, line in reversed(fields)}
    work, *others = [d for _, line in fields for d in drafts_of(line)] or [Draft(fields[0][1].number)]
    for other in others:
        other.title, other.of = "", work
    work.title, work.of = clean_title(value.get("title") or heading), None
    work.remark, work.topic = clean_remark(value.get("remark", "")), value.get("topic", "")
    work.authors = authors_in(value.get("authors", ""))
    work.year = year_in(value.get("year", ""), anywhere=True)
    work.read = read_mark(value.get("read", ""))
    return [work, *others]
