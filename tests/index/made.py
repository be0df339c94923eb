"""A small library, made by hand, for the tests of the catalog and of generations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from litsearch.index.catalog_writer import CatalogWriter
from litsearch.types import CatalogSource, Document, Entry, Offsets, Passage, Source, Span, Verdict

Item = tuple[CatalogSource, str, Document, tuple[Passage, ...]]

TEXTS = {
    "tides": "The moon pulls the sea. Tides rise twice a day. Sailors keep tables of them.",
    "bread": "Bread needs flour and water. Yeast makes it rise. An oven bakes it. Ten minutes cool it.",
    "clocks": "A pendulum keeps time. Its length sets the beat.",
}


def item(
    name: str,
    text: str,
    entries: Sequence[Entry] | None = None,
    status: str = "indexed",
    language: str = "",
) -> Item:
    """A source with one passage for every two neighbouring sentences."""
    ends = [i + 1 for i, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends)][: len(ends)]
    units = [Offsets(start, end) for start, end in zip(starts, ends, strict=True)]
    pairs = [tuple(units[i : i + 2]) for i in range(max(len(units) - 1, 1))] if units else []
    passages = tuple(
        Passage(
            f"{name}-{i}", name, text[pair[0].start : pair[-1].end], pair[0].start, pair[-1].end,
            ("On " + name, f"Part {i}"), None if i else 3, "text", pair,
        )
        for i, pair in enumerate(pairs)
    )  # fmt: skip
    listed = tuple(
        entries
        or [Entry("config/lists/things.md", 4, f"About {name}", f"https://example.org/{name}")]
    )
    source = Source(
        name, listed[0].url, "article", listed, (f"http://www.example.org/{name}/?s=1",)
    )
    shown = CatalogSource.of(
        source,
        Verdict(status, "", ""),
        f"All of {name}",
        ("Ada Byron",),
        1843,
        f"https://example.org/{name}",
        "text/html",
        language,
    )  # type: ignore[arg-type]
    spans = tuple(Span(unit.start, unit.end, ("On " + name,), 3, "text") for unit in units)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        name,
        f"All of {name}",
        text,
        spans,
        digest,
        f"https://example.org/{name}",
        "text/html",
        ("A. Byron",),
        "1843-09",
        "en",
    )
    return shown, f"print of {name}", document, passages


def items() -> list[Item]:
    """Three sources in two lists."""
    return [
        item(
            "tides",
            TEXTS["tides"],
            [
                Entry("config/lists/sea.md", 7, "The sea", "https://example.org/tides", ("Nature", "Water"), "Oceans",
                      "read twice", ("Ada",), 1843, True, (("rating", "5"),)),
                Entry("config/lists/later/things.md", 2, "Moon and sea", None, (), "Sky", "", (), None, False),
            ],
        ),
        item("bread", TEXTS["bread"]),
        item("clocks", TEXTS["clocks"], status="blocked"),
    ]  # fmt: skip


def write_catalog(path: Path, made: Sequence[Item] | None = None) -> None:
    """Write a catalog file of these items."""
    with CatalogWriter(path) as writer:
        for one in items() if made is None else made:
            writer.add(*one)
        writer.finish()
