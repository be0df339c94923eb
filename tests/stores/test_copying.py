"""A library goes from any store into any other, and is the same there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from answers.shelf import Page, make
from conftest import Shelf, litsearch
from msgspec.structs import replace as replaced

from litsearch.app import engines, maintenance
from litsearch.app.factories import load_vectors
from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.errors import ConfigError, StoreError
from litsearch.index.generation import open_current
from litsearch.stores import returning
from litsearch.stores.engine import Edition

pytestmark = pytest.mark.slow
QUERIES = ("lora", '"fine-tuning"', "what is quantization?", "adapters -lora")
KEPT = "lance+kept"
OLDER = "20200101T000000000000Z-00000000"


def quiet(stage: str, done: int, total: int, note: str = "") -> None:
    """Show nothing."""


def found(folder: Path) -> list[object]:
    """What searches and a question find."""
    with open_library(folder, load_config(folder)) as library:
        searches = [library.search(query).hits for query in QUERIES]
        answer = library.ask("what is lora?")
        passages = [[(hit.passage, hit.source) for hit in hits] for hits in searches]
        return [passages, answer.text, [citation.quote for citation in answer.citations]]


@pytest.fixture
def away(shelf: Shelf, tmp_path: Path) -> Path:
    """A library folder whose library stands in a store alone."""
    folder = tmp_path / "library"
    folder.mkdir()
    config = load_config(folder)
    engines.copy_library(shelf.folder, config, "local", f"lance+{folder / 'kept'}", quiet)
    return folder


def test_a_copy_that_is_brought_back_is_the_same(shelf: Shelf, away: Path) -> None:
    done = litsearch(away, "store", "copy", KEPT, "local", "--json")
    assert done.returncode == 0
    assert found(away) == found(shelf.folder)
    live = open_current(away / "index", load_vectors)
    assert live.check() == []
    assert live.cosines == open_current(shelf.folder / "index", load_vectors).cosines


def test_bringing_back_goes_on_where_it_broke_off(
    shelf: Shelf, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    load = returning._loaded

    def loading(store, source_id, row):  # type: ignore[no-untyped-def]
        if len(loaded) == 3:
            loaded.append("broken")
            raise OSError("The line is cut.")
        loaded.append(source_id)
        return load(store, source_id, row)

    monkeypatch.setattr(returning, "_loaded", loading)
    monkeypatch.setattr(returning, "AT_ONCE", 1)
    config = load_config(away)
    with pytest.raises(StoreError, match="cut"):
        engines.copy_library(away, config, KEPT, "local", quiet)
    assert not (away / "index" / "CURRENT").exists()

    engines.copy_library(away, config, KEPT, "local", quiet)
    loaded.remove("broken")
    assert len(loaded) == len(set(loaded))
    assert found(away) == found(shelf.folder)


def test_from_one_engine_into_another(shelf: Shelf, away: Path) -> None:
    config = load_config(away)
    generation = engines.copy_library(away, config, KEPT, "lance+second", quiet)
    assert not (away / "index" / "CURRENT").exists()
    config = load_config(away, {"LITSEARCH_INDEX_STORE": "lance+second"})
    with open_library(away, config) as library:
        assert library.generation.id == generation
        (first, *_) = library.search("lora").hits
    with open_library(shelf.folder, load_config(shelf.folder)) as library:
        assert library.search("lora").hits[0].passage == first.passage


def test_a_copy_that_differs_is_told(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litsearch.stores.parts.Parts._said", lambda *_: "")
    monkeypatch.setattr("litsearch.app.engines._other_hits", lambda *_: ["1 of 3 searches"])
    config = load_config(tmp_path)
    with pytest.raises(StoreError, match="not what was copied"):
        engines.copy_library(shelf.folder, config, "local", f"lance+{tmp_path / 'x'}", quiet)


def test_one_place_is_not_copied_onto_itself(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="both FROM and TO"):
        engines.copy_library(tmp_path, load_config(tmp_path), KEPT, KEPT, quiet)


def test_gc_removes_what_a_killed_writer_left_in_the_store(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(shelf.folder, folder)
    settings = {"LITSEARCH_INDEX_STORE": KEPT}
    config = load_config(folder, settings)
    killed = make(tmp_path / "killed", [Page("Killed", ("It never came to be.",))])
    older = Edition(replaced(killed.manifest, generation=OLDER), OLDER, 1)
    engines.EngineStore(KEPT, folder, config.index).sink.begin(older)
    engines.copy_to_store(folder, config, quiet)
    assert maintenance.gc(folder, config).copies == 1
    assert maintenance.gc(folder, config).copies == 0
    assert maintenance.gc(folder, load_config(folder, {})).copies == 0
    with open_library(folder, config) as library:
        assert library.search("lora").hits
