"""Sources and hits in the formats of other programs: for pipes, reference managers, feed readers
and browsers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from litsearch.views import json as views
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
    return _dumped([views.verdict_view(row) for row in rows])


def _jsonl(rows: Rows) -> str:
    return "\n".join(_dumped(views.verdict_view(row)) for row in rows)


def _dumped(value: object, indent: int | None = None) -> str:
    return for_json_line(json.dumps(value, ensure_ascii=False, indent=indent))


def _csv(rows: Rows) -> str:
    return _table(SOURCE_COLUMNS, [_flat(views.verdict_view(row)) for row in rows])


def _flat(view: records.Source) -> dict[str, Any]:
    """Return a source as one row, with where a list names it first."""
    return {**view["entries"][0], **view, "authors": "; ".join(view["authors"])}


def _table(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    return for_table_cell(value) if isinstance(value, str) else value


def _markdown(rows: Rows) -> str:
    return "\n".join(_bullet(row) for row in rows)


def _bullet(row: CatalogSource) -> str:
    title, url = for_markdown(row.title), for_markdown_link(row.source.url or "")
    named = f"[{title}]({url})" if url else f"“{title}”"
    box = "[x] " if any(entry.read for entry in row.source.entries) else ""
    by = f" by {for_markdown(', '.join(row.authors))}" if row.authors else ""
    year = f" ({row.year})" if row.year else ""
    remark = _remark(row)
    return f"- {box}{named}{by}{year}" + (f" - {for_markdown(remark)}" if remark else "")


def _remark(row: CatalogSource) -> str:
    return next((entry.remark for entry in row.source.entries if entry.remark), "")


def _bibtex(rows: Rows) -> str:
    keys: set[str] = set()
    return "\n\n".join(_bibtex_entry(row, keys) for row in rows)


def _bibtex_entry(row: CatalogSource, keys: set[str]) -> str:
    key = _new_key(row, keys)
    fields = {
        "title": for_tex(row.title),
        "author": " and ".join(_tex_author(name) for name in row.authors),
        "year": str(row.year or ""),
        "note": for_tex(_remark(row)),
        "url": for_tex_link(row.source.url or ""),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return f"@{_BIBTEX.get(row.source.kind, 'misc')}{{{key},\n" + "\n".join(lines) + "\n}"


def _new_key(row: CatalogSource, keys: set[str]) -> str:
    """Return a key that no other entry has, such as example2024."""
    words = (row.authors[0] if row.authors else row.title).split()
    name = words[-1 if row.authors else 0] if words else "source"
    base = re.sub(r"[^A-Za-z0-9]", "", name).lower() + str(row.year or "")
    key = base or row.source.source_id
    if key in keys:
        key = f"{base}-{row.source.source_id}"
    keys.add(key)
    return key


def _tex_author(name: str) -> str:
    """Return one author; a name with "and" in it would be read as two."""
    return f"{{{for_tex(name)}}}" if " and " in f" {name} " else for_tex(name)


def _csl_json(rows: Rows) -> str:
    return _dumped([_csl_item(row) for row in rows], indent=1)


def _csl_item(row: CatalogSource) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": row.source.source_id,
        "type": _CSL[row.source.kind],
        "title": row.title,
    }
    if row.source.url:
        item["URL"] = row.source.url
    if row.authors:
        item["author"] = [_csl_name(name) for name in row.authors]
    if row.year:
        item["issued"] = {"date-parts": [[row.year]]}
    remark = _remark(row)
    return item | ({"note": remark} if remark else {})


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.strip().rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _opml(rows: Rows) -> str:
    items = "\n".join(
        f'    <outline text="{_xml(row.title)}" type="link" url="{_xml(row.source.url)}"/>'
        for row in rows
        if row.source.url
    )
    head = "<head><title>litsearch</title></head>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  {head}\n  <body>\n{items}\n  </body>\n</opml>'


def _netscape(rows: Rows) -> str:
    items = "\n".join(
        f'<DT><A HREF="{_xml(row.source.url)}">{_xml(row.title)}</A>'
        for row in rows
        if row.source.url
    )
    head = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">'
    return f"{head}\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n{items}\n</DL><p>"


def _xml(text: str | None) -> str:
    """Return text escaped, without characters that XML cannot hold."""
    return escape(one_line(text or ""))


def _ids(rows: Rows) -> str:
    return "\n".join(row.source.source_id for row in rows)


PIPES: dict[str, Callable[[Rows], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "md": _markdown,
    "bibtex": _bibtex,
    "ids": _ids,
}
EXPORTS: dict[str, Callable[[Rows], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "opml": _opml,
    "netscape": _netscape,
    "md": _markdown,
}


def sources(rows: Rows, name: str) -> str:
    """The sources, in a format of PIPES or EXPORTS."""
    return (PIPES | EXPORTS)[name](rows)


def hits(results: Results, name: str) -> str:
    """The hits, in a format of PIPES; as sources, each once, where the format knows no passages."""
    view = views.results_view(results)
    if name == "json":
        return _dumped(view)
    if name == "jsonl":
        return "\n".join(_dumped(hit) for hit in view["hits"])
    if name == "ids":
        return "\n".join(hit["passage_id"] for hit in view["hits"])
    if name == "csv":
        return _table(HIT_COLUMNS, [_flat_hit(hit) for hit in view["hits"]])
    by_id = {hit.source.source.source_id: hit.source for hit in results.hits}
    return sources(list(by_id.values()), name)


def _flat_hit(hit: records.Hit) -> dict[str, Any]:
    first = hit["entries"][0]
    return {**hit["source"], **hit, "list": first["list"], "line": first["line"]}
