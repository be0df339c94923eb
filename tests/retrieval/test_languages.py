"""Pages in twelve languages are found by their words, in a library of one language and of all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from retrieval import own

from litsearch.index.catalog import Catalog
from litsearch.index.catalog_writer import CatalogWriter
from litsearch.retrieval.query import read_query
from litsearch.types import CatalogSource, Document, Entry, Filters, Passage, Source, Span, Verdict


def write(path: Path, texts: list[own.Text]) -> Catalog:
    with CatalogWriter(path) as writer:
        for number, text in enumerate(texts):
            source = Source(text.name, None, "article", (Entry("own.md", number + 1, text.title),))
            top_places = CatalogSource.of(
                source, Verdict("indexed"), text.title, language=text.language
            )
            spans = (Span(0, len(text.body)),)
            document = Document(text.name, text.title, text.body, spans, "", language=text.language)
            passage = Passage(text.name, text.name, text.body, 0, len(text.body))
            writer.add(top_places, "", document, [passage])
        writer.finish()
    return Catalog(path)


def first(catalog: Catalog, query: own.Asked) -> str:
    """The name of the best source by words; "" when none has any."""
    language = query.kind if query.kind in own.LANGUAGES else "en"
    words = read_query(query.text, language=language).words
    scores = catalog.lexicon.scores("source", words)
    names = {row: name for name, row in catalog.rows().items()}
    return names[int(np.argmax(scores))] if scores.any() else ""


@pytest.mark.parametrize("code", own.LANGUAGES)
def test_pages_of_one_language(tmp_path: Path, code: str) -> None:
    collection = own.language(code)
    catalog = write(tmp_path / "c", collection.texts)
    assert catalog.languages == (code,)
    missed = [q.text for q in collection.of(code) if first(catalog, q) not in q.relevant]
    assert len(missed) <= 1, missed


def test_pages_of_all_languages_at_once(tmp_path: Path) -> None:
    collection = own.languages()
    catalog = write(tmp_path / "c", collection.texts)
    assert set(catalog.languages) == set(own.LANGUAGES)
    asked = [query for code in own.LANGUAGES for query in collection.of(code)]
    right = sum(first(catalog, query) in query.relevant for query in asked)
    assert right >= 0.9 * len(asked)


def test_a_filter_by_language(tmp_path: Path) -> None:
    catalog = write(tmp_path / "c", own.languages().texts)
    rows = catalog.source_rows(Filters(languages=("de", "zh"))) or []
    assert {catalog.source(row).language for row in rows} == {"de", "zh"}
    assert len(rows) == 20
