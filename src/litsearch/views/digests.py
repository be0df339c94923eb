"""Tell what builds changed: as Markdown to read or mail, and as an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from litsearch.views.build_records import ChangedSource, Digest, LostQuote
from litsearch.views.escapes import for_markdown, for_markdown_link, one_line

TITLES = {
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
    for group, title in TITLES.items():
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
    place = f"{TITLES[entry.group]}: {source['kind']}, {source['list']}:{source['line']}"
    return (
        f"<entry>\n<title>{_text(source['title'])}</title>\n"
        f"<id>tag:litsearch,{entry.updated[:10]}:{_text(source['id'])}:{entry.group}</id>\n{link}"
        f"<updated>{_text(entry.updated)}</updated>\n<summary>{_text(place)}</summary>\n</entry>\n"
    )


def _text(words: str) -> str:
    return escape(one_line(words))


def _attribute(words: str | None) -> str:
    return quoteattr(one_line(words or ""))
