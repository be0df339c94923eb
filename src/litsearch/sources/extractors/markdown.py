"""Markdown sources: READMEs and the posts of static sites, with their front matter."""

from __future__ import annotations

import re
import tomllib

from litsearch.sources.extractors.blocks import MAX_CHARACTERS, below_title, clean, decode, document
from litsearch.sources.extractors.html_dates import iso_date
from litsearch.sources.extractors.html_metadata import person_names
from litsearch.sources.extractors.html_walk import GENERIC, first_heading, walk
from litsearch.sources.extractors.markdown_tree import markdown_tree
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("text/markdown", "text/x-markdown")
YAML = re.compile(r"\s*---[ \t]*\n(.{0,50000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.{0,50000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
KEY = re.compile(r"([A-Za-z_][\w.-]{0,40})\s*:(?:\s+(.*)|\s*)$")


def extract(raw: RawDocument, source_id: str, *, max_characters: int = MAX_CHARACTERS) -> Document:
    """The text of a Markdown file. Raises ExtractError when there is none."""
    matter, text = front_matter(decode(raw).lstrip("\ufeff"))
    root = markdown_tree(text)
    named = _one(matter, "title") or ""
    title = named if named and not GENERIC.fullmatch(named) else first_heading(root) if root is not None else None
    return document(
        raw,
        source_id,
        below_title(walk(root) if root is not None else [], title),
        title=title,
        authors=[
            name for key in ("authors", "author") for value in matter.get(key, []) for name in person_names(value)
        ],
        published=iso_date(_one(matter, "date") or _one(matter, "published") or "") or _date_in_name(raw.url),
        language=_one(matter, "lang") or _one(matter, "language"),
        max_characters=max_characters,
    )


def front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """(the values of each top-level key, the text below). Only flat YAML is read: no anchors, no objects."""
    match = TOML.match(text)
    if match:
        try:
            table = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError:
            table = {}
        values = {
            key: [str(part) for part in (value if isinstance(value, list) else [value])] for key, value in table.items()
        }
        return values, text[match.end() :]
    match = YAML.match(text)
    if not match or not any(KEY.match(line) for line in match[1].split("\n")):
        return {}, text
    return _flat_yaml(match[1]), text[match.end() :]


def _flat_yaml(text: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        match = KEY.match(line)
        if match:
            key = match[1].lower()
            values.setdefault(key, [])
        said = match[2] or "" if match else line
        if key:
            values[key] += _scalars(said, nested=not match)
    return values


def _scalars(text: str, *, nested: bool) -> list[str]:
    """The plain strings of a line: "a", [a, b], - a, - name: a."""
    text = text.strip()
    if nested:
        text = re.sub(r"^-\s+", "", text)
        named = KEY.match(text)
        if named:
            text = named[2] or "" if named[1] in ("name", "user") else ""
    parts = text.strip("[],").split(",") if nested or text.startswith("[") else [text]
    found = [part.strip().strip("\"'").strip() for part in parts]
    return [clean(part) for part in found if part and part not in ("|", ">", "[", "]")]


def _one(matter: dict[str, list[str]], key: str) -> str | None:
    return next(iter(matter.get(key, [])), None)


def _date_in_name(url: str) -> str | None:
    """Jekyll names posts 2024-01-31-title.md."""
    match = re.search(r"/((?:19|20)\d\d-[01]\d-[0-3]\d)-[^/]*$", url)
    return match[1] if match else None
