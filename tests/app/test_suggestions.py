"""Questions to begin with: those that a person would ask, and that the library answers well."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import litsearch

from litsearch.app.library import Library, open_library
from litsearch.app.suggestions import questions
from litsearch.config import load_config

TIDES = """# The tides of narrow bays

## Tidal resonance

Tidal resonance is the growth of a tide in a bay whose length suits the period of the moon. Tidal
resonance lifts the water of some bays by more than fifteen metres at spring tide.

## Why do tides grow in narrow bays?

Tides grow in narrow bays because the walls crowd the water that the ocean pushes in, so that it can
only rise. A bay that widens again lets the tide fall to what it was outside.

## How far is the kettle from the boil?

Think of a kettle: the kettle is far from the boil when its water is cold, and near the boil when it
sings. The boil of a kettle comes all at once, however slowly it was heated.

## What about fish?

Fish swim in with the tide and out with the tide, and herons wait for the fish at the narrowest part.

## Harbour walls

Harbour walls of the bay were rebuilt after the flood of that winter, higher by a metre than before.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("tides")
    (folder / "config" / "lists").mkdir(parents=True)
    (folder / "config" / "files").mkdir()
    (folder / "config" / "files" / "tides.md").write_text(TIDES)
    item = "- [The tides of narrow bays](file:config/files/tides.md)\n"
    (folder / "config" / "lists" / "sea.md").write_text(f"# Sea\n\n{item}")
    litsearch(folder, "build", "--offline")
    with open_library(folder, load_config(folder)) as opened:
        yield opened


def test_headings_that_ask_and_terms_that_are_defined_are_suggested(library: Library) -> None:
    assert questions(library) == [
        "Why do tides grow in narrow bays?",
        "What is tidal resonance?",
    ]


def test_related_questions_are_about_what_the_question_finds(library: Library) -> None:
    assert questions(library, "what is tidal resonance?") == ["Why do tides grow in narrow bays?"]
