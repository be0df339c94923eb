"""Tables of works: a row is a work with what its other columns say of it, and the further pages they link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litsearch.lists.columns import Role, role_of, roles_of
from litsearch.lists.fields import (
    MAX_REMARK,
    authors_in,
    clean_remark,
    clean_title,
    joined,
    read_mark,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.bare import numbered
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.draft import Draft, drafts_of
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.titles import claim, is_label

_RULE = re.compile(r"^[\s:=|*_.–—-]*$")
_NO_WORK = re.compile(
    r"(?:public |bank )?holidays?|(?:no|skip) (?:class|meeting|lecture|session|reading)s?|tb[ad]|n/?a|none|cancel+ed|"
    r"(?:(?:spring|fall|autumn|winter|summer|term|reading|mid-?term|christmas|easter) )*(?:break|week|vacation)|"
    r"(?:mid-?term |final )?exams?|to be (?:announced|decided)",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"licen[cs]e", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[Line]
    names: list[str]  # headings of the columns
    roles: list[Role]
    at: int  # the column of the title


def row_drafts(block: Block) -> Iterator[list[Draft]]:
    """The drafts of each row of a table that names a work, the work itself first."""
    head, *rows = block.rows
    if rows and not any(squeeze(cell.text) for cell in head) and not _linked(rows[0]):
        head = rows[0]
    names = [squeeze(cell.text) for cell in head]
    if _linked(head):
        rows.insert(0, head)
        names = [""] * len(head)
    roles = roles_of(names)
    for written in rows:
        cells = written if _linked(written) else numbered(written, prose=False)
        if not all(_RULE.match(cell.text) for cell in cells) and (
            written is not head or _linked(head)
        ):
            drafts = _drafts(_Row(cells, names, roles, _title_column(cells, roles)))
            if drafts:
                yield drafts


def _linked(cells: list[Line]) -> bool:
    return any(piece.href for cell in cells for piece in cell.pieces)


def _drafts(row: _Row) -> list[Draft]:
    cell = row.cells[row.at]
    found = [drafts_of(c) for c in row.cells]
    pictures = all(draft.picture for drafts in found for draft in drafts)
    drafts = [draft for draft in found[row.at] if pictures or not draft.picture]
    title = (
        next((draft.title for draft in drafts[:1] if draft.title), "") or claim(cell.pieces).title
    )
    for i, others in enumerate(found):
        if i == row.at or _LICENCE.match(row.names[i]):
            continue
        for draft in others:
            if pictures or not draft.picture:
                _attach(draft, i, row, drafts, title, several=len(others) > 1)
                drafts.append(draft)
    if (
        not drafts
        and title
        and role_of(row.names[row.at]) == "title"
        and not _NO_WORK.fullmatch(title)
    ):
        drafts = [Draft(cell.number, None, title)]
    if drafts:
        drafts[0].title = drafts[0].title or title or _name(row)
        _describe(drafts[0], row)
    return drafts


def _name(row: _Row) -> str:
    """Return the words of the column of names, for a row whose column of titles only links."""
    cells = zip(row.names, row.cells, strict=False)
    return next((clean_title(cell.text) for name, cell in cells if role_of(name) == "name"), "")


def _attach(
    draft: Draft, i: int, row: _Row, drafts: list[Draft], title: str, *, several: bool
) -> None:
    """A link in another column is the row's work, when it has no link yet, or a further page of it, or a work."""
    needy = not draft.title or row.roles[i] == "url" or not drafts
    if not title or not needy:
        return
    label = draft.label or draft.title or row.names[i]
    vague = not re.search(r"[^\W\d_]", label) or (
        role_of(label) == "url" and len(label) < 8 and not several
    )
    draft.label = row.names[i] if row.names[i] and vague else label
    draft.title, draft.of = ("", drafts[0]) if drafts else (title, None)


def _describe(work: Draft, row: _Row) -> None:
    """Put the other columns of a row where they belong."""
    remarks = [work.remark]
    for i, cell in enumerate(row.cells):
        text = squeeze(cell.text)
        role = row.roles[i]
        if i == row.at or not text or (_RULE.match(text) and role != "read"):
            continue
        if role == "remark":
            remarks.append(clean_remark(text))
        elif role == "topic":
            work.topic = work.topic or clean_title(text)
        elif role == "authors":
            work.authors = authors_in(text) or (clean_title(text),)
        elif role == "year":
            work.year = year_in(text, anywhere=True)
        elif role == "read":
            work.read = read_mark(text)
        elif role == "other" and row.names[i] and not any(piece.href for piece in cell.pieces):
            work.extra = (*work.extra, (row.names[i], text[:MAX_REMARK]))
    work.remark = clean_remark(joined(remarks))


def _title_column(cells: list[Line], roles: list[Role]) -> int:
    """The column of a row that holds its title."""
    titles = [i for i, role in enumerate(roles) if role == "title" and i < len(cells)]
    linked = [i for i in titles if any(p.href and not is_label(p.text) for p in cells[i].pieces)]
    if titles:
        return next((i for i in linked or titles if cells[i].text.strip()), titles[0])
    named = [
        i for i, cell in enumerate(cells) if any(d.title and not d.bare for d in drafts_of(cell))
    ]
    words = [i for i, cell in enumerate(cells) if re.search(r"[^\W\d_]{2}", cell.text)]
    return next(iter(named or words), 0)


# Lists and paragraphs whose lines are the fields of one work: "Title: ...", "Authors: ...".

_KEYED = re.compile(r"^\W*([A-Za-z][A-Za-z /-]{1,20}?)\W{0,3}:\W{0,3}\s(.*)$", re.DOTALL)
MIN_FIELDS = 3
_TELLING = {"authors", "year", "remark", "topic", "read"}


def fields_of(block: Block) -> list[tuple[Role, Line]]:
    """Return the fields of a list or paragraph that describes one work; [] for any other."""
    lines = block.lines or [item.lines[0] for item in block.children if item.lines]
    fields: list[tuple[Role, Line]] = []
    for line in lines:
        match = _KEYED.match(squeeze(line.text)) if ":" in line.text else None
        role = role_of(match[1]) if match else "other"
        if role == "title" and match and "://" in match[2]:
            role = "url"  # "Paper: https://..."
        if role != "other":
            fields.append((role, line))
    roles = [role for role, _ in fields]
    keyed = {line.number for _, line in fields}
    further = [line for line in lines if line.number not in keyed]
    whole = len(fields) > len(further) and not _linked(further)
    if len(set(roles)) < MIN_FIELDS or not whole or roles.count("title") > 1:
        return []
    names_work = "title" in roles or "url" in roles
    return fields if names_work and _TELLING & set(roles) else []


def record_drafts(fields: list[tuple[Role, Line]], heading: str) -> list[Draft]:
    """Return the work of such fields, named by its title or else the heading, and further pages."""
    value = {role: _KEYED.sub(r"\2", squeeze(line.text)) for role, line in reversed(fields)}
    drafts = [draft for _, line in fields for draft in drafts_of(line)]
    work, *others = drafts or [Draft(fields[0][1].number)]
    for other in others:
        other.title, other.of = "", work
    work.title, work.of = clean_title(value.get("title") or heading), None
    work.remark, work.topic = clean_remark(value.get("remark", "")), value.get("topic", "")
    work.authors = authors_in(value.get("authors", ""))
    work.year = year_in(value.get("year", ""), anywhere=True)
    work.read = read_mark(value.get("read", ""))
    return [work, *others]
