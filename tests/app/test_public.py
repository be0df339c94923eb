"""The library as Python programs see it, and the session that the documentation shows."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Shelf

import litsearch
from litsearch.errors import ConfigError, IndexMissing, QueryError

SESSION = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.fixture(scope="module")
def library(shelf: Shelf) -> litsearch.Library:
    return litsearch.open(shelf.folder)


def test_everything_public_is_there() -> None:
    for name in litsearch.__all__:
        assert getattr(litsearch, name) is not None
    public = {name for name in vars(litsearch) if not name.startswith("_")}
    modules = {name for name in public if f"litsearch.{name}" in sys.modules}
    assert public - modules - {"TYPE_CHECKING", "annotations"} <= set(litsearch.__all__)


def test_importing_it_is_quick() -> None:
    line = [sys.executable, "-X", "importtime", "-c", "import litsearch"]
    took = []
    for _ in range(5):
        rows = subprocess.run(line, capture_output=True, text=True, check=True).stderr.splitlines()
        took.append(int(rows[-1].split("|")[1]))  # microseconds
    assert min(took) < 30_000


@pytest.mark.slow
def test_it_finds_what_the_command_finds(shelf: Shelf, library: litsearch.Library) -> None:
    results = library.search("memory of the cache", k=3, topic="inference")
    there = shelf.json("search", "memory of the cache", "-k", "3", "--topic", "inference")
    assert [hit.passage.passage_id for hit in results.hits] == [
        hit["passage_id"] for hit in there["hits"]
    ]


@pytest.mark.slow
def test_it_answers_what_the_command_answers(shelf: Shelf, library: litsearch.Library) -> None:
    assert library.ask("what is DoRA?").text == shelf.json("ask", "what is DoRA?")["answer"]
    assert library.ask("what is DoRA?", topic="kitchen").status != "answered"


@pytest.mark.slow
def test_filters_take_one_word_or_several(library: litsearch.Library) -> None:
    def titles(**filters: object) -> set[str]:
        return {row.title for row in library.sources(**filters)}  # type: ignore[arg-type]

    assert titles(kind="paper") == titles(title="small models") == {"Tokens for small models"}
    assert titles(topic=["kitchen"]) == titles(source="sourdough")
    assert titles(year=[2022, 2023]) == titles(year=2022) | titles(year=2023)
    assert len(titles(unread=True)) == len(titles()) - 1
    assert titles(status="dead") == {"QLoRA for the rest of us"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"k": 0}, "1 to 1000"),
        ({"k": 1001}, "1 to 1000"),
        ({"k": "3"}, "1 to 1000"),
        ({"mode": "hybird"}, "Did you mean 'hybrid'"),
        ({"topc": "x"}, "Did you mean 'topic'"),
        ({"kind": "papers"}, "Did you mean 'paper'"),
        ({"year": "2024"}, "year"),
        ({"source": "sourdoug starter"}, "No source"),
    ],
)
def test_what_cannot_be_asked_for(
    library: litsearch.Library, arguments: dict[str, object], words: str
) -> None:
    with pytest.raises(QueryError) as caught:
        library.search("bread", **arguments)  # type: ignore[arg-type]
    assert words in f"{caught.value} {caught.value.hint}"


@pytest.mark.slow
def test_a_generator_that_nobody_knows(library: litsearch.Library) -> None:
    with pytest.raises(QueryError, match="oracle"):
        library.ask("what is DoRA?", generator="oracle")  # type: ignore[arg-type]


def test_folders_that_are_no_library(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no library folder"):
        litsearch.open(tmp_path / "none")
    with litsearch.open(str(tmp_path)) as library, pytest.raises(IndexMissing):
        library.search("bread")


@pytest.mark.slow
def test_the_documented_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = doctest.testfile(
        str(SESSION), module_relative=False, optionflags=doctest.ELLIPSIS, raise_on_error=True
    )
    assert report.attempted > 5


@pytest.mark.slow
def test_a_query_that_the_embedder_cannot_read_is_searched_by_words_and_told(shelf: Shelf) -> None:
    found = litsearch.open(shelf.folder).search("что такое внимание")
    assert found.mode == "lexical"
    assert any("does not know this script" in note for note in found.notes)
    assert litsearch.open(shelf.folder).search("what is attention?").mode == "hybrid"
