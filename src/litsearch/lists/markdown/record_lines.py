"""Read lists and paragraphs whose lines are the fields of one work: "Title: …", "Authors: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from litsearch.lists.authors.names import authors_in
from litsearch.lists.columns import Role, role_of
from litsearch.lists.fields import clean_remark, clean_title, date_year, joined, read_mark, squeeze
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.citations import NOTHING, Claim
from litsearch.lists.markdown.drafts import Draft, drafts_of
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.titles import claim
from litsearch.patterns import expression

_KEYED = expression(
    r"^\W*([^\W\d_][^\W\d_ /;-]{0,20}?(?: [^\W\d_/;-]{1,20}){0,2})\W{0,3}"
    r"[:：]\W{0,3}?(?:\s|(?=http)|(?<=：)|(?<=[^\x00-\x7f]:))\s*(.*)$",
    re.DOTALL,
)
MIN_FIELDS = 3
MIN_ROLES = 2  # of a table of fields
MIN_PAGES = 2  # lines that only link, below a title
_NAMING: frozenset[Role] = frozenset(["title", "url"])
_TELLING: frozenset[Role] = frozenset(["authors", "year", "remark", "topic", "read"])


@dataclass(frozen=True, slots=True)
class Field:
    """A line that names what it holds: "Year: 2019"."""

    role: Role
    value: str
    line: Line


def fields_of(block: Block) -> list[Field]:
    """Return the fields of a list or paragraph that describes one work; [] for any other."""
    lines = block.lines or _first_lines(block.children)
    if len(lines) < MIN_PAGES:
        return []
    fields, further = _divided(lines)
    if not further and _link_one_work(fields):
        return fields
    if len(fields) <= len(further) or any(line.is_linked for line in further):
        return []
    return fields if _describe_work(fields) else []


def table_fields(block: Block) -> list[Field]:
    """Return the fields of a table whose rows each name and tell one; [] for any other table."""
    fields: list[Field] = []
    rows = list(filter(None, block.rows))
    for cells in rows:
        if len(cells) != 2:
            return []
        role = role_of(squeeze(cells[0].text))
        if role != "other" and not cells[0].is_linked:
            fields.append(Field(role, squeeze(cells[1].text), cells[1]))
    is_record = len(fields) >= MIN_FIELDS and 2 * len(fields) >= len(rows)
    if not is_record or len({field.role for field in fields}) < MIN_ROLES:
        return []
    return fields


def _first_lines(items: Iterable[Block]) -> list[Line]:
    lines: list[Line] = []
    for item in items:
        lines += item.lines[:1]
    return lines


def _divided(lines: Iterable[Line]) -> tuple[list[Field], list[Line]]:
    """Return the fields among lines, and the lines that are none."""
    fields: list[Field] = []
    further: list[Line] = []
    for line in lines:
        field = _field(line)
        if field is None:
            further.append(line)
        else:
            fields.append(field)
    return fields, further


def _field(line: Line) -> Field | None:
    text = line.text
    match = _KEYED.match(squeeze(text)) if ":" in text or "：" in text else None
    if match is None:
        return None
    role, value = role_of(match[1]), match[2]
    if role == "other":
        return None
    if line.is_linked and (is_label(value) or "://" in value):  # "Paper: https://..."
        role = "url"
    return Field(role, value, line)


def _link_one_work(fields: Sequence[Field]) -> bool:
    """Tell whether all fields link pages of one work without naming them: "Paper: https://…"."""
    linked = 0
    for field in fields:
        if field.role == "title" or (field.line.is_linked and field.role != "url"):
            return False
        linked += field.line.is_linked
    return linked > 0


def _describe_work(fields: Iterable[Field]) -> bool:
    """Tell whether fields describe one work: they name it, and say something of it."""
    roles: list[Role] = []
    for field in fields:
        roles.append(field.role)
    if len(set(roles)) < MIN_FIELDS or roles.count("title") > 1:
        return False
    return not (_NAMING.isdisjoint(roles) or _TELLING.isdisjoint(roles))


def record_drafts(fields: Sequence[Field], heading: str, head: Claim = NOTHING) -> list[Draft]:
    """Return the work of such fields, named by its title or else the heading, and its pages.

    head: what the words above the fields say of it.
    """
    value: dict[Role, str] = {}
    for field in fields:
        if field.role == "authors" and "authors" in value:
            value["authors"] += f", {field.value}"
        value.setdefault(field.role, field.value)
    work, *others = _drafts_of(fields)
    for other in others:
        other.title, other.of = "", work
    title = value.get("title") or heading
    citation = claim([Piece(title)])
    work.title, work.of = citation.title or clean_title(title), None
    work.remark, work.topic = clean_remark(value.get("remark", "")), value.get("topic", "")
    work.authors = authors_in(value.get("authors", "")) or head.authors
    work.year = date_year(value.get("year", "")) or citation.year or head.year
    work.read = read_mark(value.get("read", ""))
    return [work, *others]


def pages_of(work: Draft, fields: Sequence[Field]) -> list[Draft]:
    """Give a work what fields below it say, and return what they link as pages of it."""
    record, *others = record_drafts(fields, work.title)
    work.authors, work.year = work.authors or record.authors, work.year or record.year
    work.topic, work.read = work.topic or record.topic, work.read or record.read
    work.remark = clean_remark(joined([work.remark, record.remark]))
    pages = [page for page in (record, *others) if page.url]
    for page in pages:
        page.title, page.label, page.of = "", page.label or "link", work
    return pages


def _drafts_of(fields: Sequence[Field]) -> Iterator[Draft]:
    """Yield what fields link; a work without link when they link nothing."""
    drafts: list[Draft] = []
    for field in fields:
        drafts += drafts_of(field.line)
    yield from drafts or [Draft(fields[0].line.number)]
