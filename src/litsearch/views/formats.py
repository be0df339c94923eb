"""Write sources, hits and changes as other programs take them: pipes, managers, browsers, feeds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from litsearch.lists.url_names import arxiv_year
from litsearch.patterns import expression
from litsearch.views import json as views
from litsearch.views import outlines
from litsearch.views.build_records import ChangedSource, Digest, LostQuote
from litsearch.views.escapes import (
    for_json_line,
    for_markdown,
    for_markdown_link,
    for_table_cell,
    for_tex,
    for_tex_link,
    one_line,
)

if TYPE_CHECKING:
    from litsearch.types import CatalogSource, Results
    from litsearch.views import records

_ARXIV = expression(r"https?://arxiv\.org/abs/(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7})$")

Rows = Sequence["CatalogSource"]
_BIBTEX = {
    "paper": "article",
    "article": "online",
    "post": "online",
    "book": "book",
    "code": "software",
}
_CSL = {
    "paper": "article-journal",
    "article": "webpage",
    "post": "post-weblog",
    "book": "book",
    "code": "software",
}
_CSL |= {"video": "motion_picture", "course": "webpage", "entry": "document"}
SOURCE_COLUMNS = "id title url authors year kind status list line section topic remark".split()
HIT_COLUMNS = "rank score passage_id id title url year kind list line text link".split()


def _json(rows: Rows) -> str:
    return _dumped(list(map(views.verdict_view, rows)))


def _jsonl(rows: Rows) -> str:
    return "\n".join(map(_dumped, map(views.verdict_view, rows)))


def _dumped(value: object, indent: int | None = None) -> str:
    return for_json_line(json.dumps(value, ensure_ascii=False, indent=indent))


def _csv(rows: Rows) -> str:
    return _table(SOURCE_COLUMNS, map(_flat, map(views.verdict_view, rows)))


def _flat(view: records.Source) -> dict[str, Any]:
    """Return a source as one row, with where a list names it first."""
    return {**view["entries"][0], **view, "authors": "; ".join(view["authors"])}


def _table(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    return for_table_cell(value) if isinstance(value, str) else value


def _bibtex(rows: Rows) -> str:
    keys: set[str] = set()
    return "\n\n".join(_bibtex_entry(row, _new_key(row, keys)) for row in rows)


def _bibtex_entry(row: CatalogSource, key: str) -> str:
    fields = {
        "title": for_tex(row.title),
        "author": " and ".join(map(_tex_author, row.authors)),
        "year": str(row.year or arxiv_year(row.url) or ""),
        "note": for_tex(outlines.remark_of(row)),
        "keywords": for_tex(outlines.topic_of(row)),
        "journal": for_tex(outlines.further_of(row, "venue")),
        "urldate": for_tex(outlines.further_of(row, "urldate")),
        "groups": for_tex(" > ".join(outlines.section_of(row))),
        "readstatus": _read(row),
        "url": for_tex_link(row.url or ""),
        **_eprint(row.url or ""),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return f"@{_BIBTEX.get(row.kind, 'misc')}{{{key},\n" + "\n".join(lines) + "\n}"


def _read(row: CatalogSource) -> str:
    return {True: "read", False: "unread", None: ""}[outlines.read_state(row)]


def _eprint(url: str) -> dict[str, str]:
    """Return the fields of an arXiv number, as reference managers know them."""
    number = _ARXIV.match(url)
    if number is None:
        return {}
    return {"eprint": number[1], "archiveprefix": "arXiv"}


def _new_key(row: CatalogSource, keys: set[str]) -> str:
    """Return a key that no other entry has, such as example2024."""
    words = row.authors[0].split()[-1:] if row.authors else row.title.split()[:1]
    name = "".join(words) or "source"
    base = re.sub(r"[^A-Za-z0-9]", "", name).lower() + str(row.year or "")
    key = base or row.source_id
    if key in keys:
        key = f"{base}-{row.source_id}"
    keys.add(key)
    return key


def _tex_author(name: str) -> str:
    """Return one author; a name with "and" in it would be read as two."""
    return f"{{{for_tex(name)}}}" if " and " in f" {name} " else for_tex(name)


def _csl_json(rows: Rows) -> str:
    return _dumped(list(map(_csl_item, rows)), indent=1)


def _csl_item(row: CatalogSource) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": row.source_id,
        "type": _CSL[row.kind],
        "title": row.title,
    }
    if row.url:
        item["URL"] = row.url
    if row.authors:
        item["author"] = list(map(_csl_name, row.authors))
    if row.year:
        item["issued"] = {"date-parts": [[row.year]]}
    further = {
        "note": outlines.remark_of(row),
        "keyword": outlines.topic_of(row),
        "container-title": outlines.further_of(row, "venue"),
        "collection": " > ".join(outlines.section_of(row)),
        "status": _read(row),
    }
    return item | {name: value for name, value in further.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    first_names, _, family = name.strip().rpartition(" ")
    return {"family": family, "given": first_names} if first_names else {"literal": name}


def _ids(rows: Rows) -> str:
    return "\n".join(row.source_id for row in rows)


PIPES: dict[str, Callable[[Rows], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "md": outlines.markdown,
    "bibtex": _bibtex,
    "ids": _ids,
}
EXPORTS: dict[str, Callable[[Rows], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "opml": outlines.opml,
    "netscape": outlines.netscape,
    "md": outlines.markdown,
}


def sources(rows: Rows, name: str) -> str:
    """Write sources in a format of PIPES or EXPORTS."""
    return (PIPES | EXPORTS)[name](rows)


def hits(results: Results, name: str) -> str:
    """Write hits in a format of PIPES; as sources, each once, where it knows no passages."""
    view = views.results_view(results)
    if name == "json":
        return _dumped(view)
    if name == "jsonl":
        return "\n".join(map(_dumped, view["hits"]))
    if name == "ids":
        return "\n".join(hit["passage_id"] for hit in view["hits"])
    if name == "csv":
        return _table(HIT_COLUMNS, map(_flat_hit, view["hits"]))
    by_id = {hit.source.source_id: hit.source for hit in results.hits}
    rows = list(by_id.values())
    return outlines.bullets(rows) if name == "md" else sources(rows, name)


def _flat_hit(hit: records.Hit) -> dict[str, Any]:
    first = hit["entries"][0]
    return {**hit["source"], **hit, "list": first["list"], "line": first["line"]}


GROUPS = {
    "new": "New",
    "reachable": "Can be read now",
    "edited": "Edited by their authors",
    "lost": "Can be read no longer",
    "gone": "Taken out of the lists",
}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A source that is new, or can be read now, as a feed tells of it."""

    updated: str  # ISO 8601
    group: str
    source: ChangedSource


def digest_markdown(digest: Digest, lost_quotes: Sequence[LostQuote] = ()) -> str:
    """Return a digest as Markdown: a heading a group, a line a source."""
    day = digest["since"][:10]
    parts = [f"# What changed since {day}\n"]
    for group, title in GROUPS.items():
        rows: list[ChangedSource] = digest[group]  # type: ignore[literal-required]
        if rows:
            total = max(len(rows), digest["counts"].get(group, 0) if group == "new" else 0)
            lines = "".join(f"- {_line(row)}\n" for row in rows)
            parts.append(f"## {title} ({total})\n\n{lines}")
    if lost_quotes:
        lines = "".join(f"- {_lost(quote)}\n" for quote in lost_quotes)
        parts.append(f"## Kept answers\n\n{lines}")
    if len(parts) == 1:
        parts.append("Nothing.\n")
    return "\n".join(parts)


def _line(row: ChangedSource) -> str:
    title = for_markdown(row["title"])
    link = f"[{title}](<{for_markdown_link(row['url'])}>)" if row["url"] else title
    return f"{link} ({row['list']}:{row['line']})"


def _lost(quote: LostQuote) -> str:
    words = f"“{for_markdown(quote['quote'])}”"
    return f"{for_markdown(quote['question'])}: {words} {quote['reason']} (`{quote['id']}`)"


def atom(name: str, address: str, updated: str, entries: Sequence[FeedEntry]) -> str:
    """Return entries as an Atom feed (RFC 4287), newest first."""
    body = "".join(_entry(entry) for entry in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_text(name)}</title>\n<id>{_text(address)}</id>\n"
        f"<updated>{_text(updated)}</updated>\n<author><name>litsearch</name></author>\n"
        f'<link rel="self" href={_attribute(address)}/>\n{body}</feed>\n'
    )


def _entry(entry: FeedEntry) -> str:
    source = entry.source
    link = f"<link href={_attribute(source['url'])}/>\n" if source["url"] else ""
    place = f"{GROUPS[entry.group]}: {source['kind']}, {source['list']}:{source['line']}"
    return (
        f"<entry>\n<title>{_text(source['title'])}</title>\n"
        f"<id>tag:litsearch,{entry.updated[:10]}:{_text(source['id'])}:{entry.group}</id>\n{link}"
        f"<updated>{_text(entry.updated)}</updated>\n<summary>{_text(place)}</summary>\n</entry>\n"
    )


def _text(words: str) -> str:
    return escape(one_line(words))


def _attribute(words: str | None) -> str:
    return quoteattr(one_line(words or ""))
