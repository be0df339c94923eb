"""The catalog gives back what was put into it, finds by word, and filters exactly."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index.made import TEXTS, item, items, write_catalog

from litsearch.errors import IndexCorrupt
from litsearch.index.catalog import Catalog
from litsearch.index.catalog_writer import CatalogWriter, sentence_units
from litsearch.types import Entry, Filters, Offsets, Passage


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    path = tmp_path_factory.mktemp("catalog") / "a #%folder" / "catalog.sqlite"
    path.parent.mkdir()
    write_catalog(path)
    return Catalog(path)


def test_everything_comes_back_as_it_was_added(catalog: Catalog) -> None:
    for row, (source, _, document, passages) in enumerate(items()):
        assert catalog.source(row) == source
        assert catalog.source(source.source_id) == source
        assert catalog.document(source.source_id) == document
        assert tuple(catalog.passages_of(source.source_id)) == passages
    assert catalog.sources() == [source for source, *_ in items()]
    assert [s.source_id for s in catalog.sources("blocked")] == ["clocks"]
    assert catalog.fingerprints() == {name: f"print of {name}" for name in TEXTS}
    assert catalog.counts() == {"sources": 3, "entries": 4, "passages": 6, "sentences": 9}


def test_passages_come_in_the_order_asked_for_each_with_its_source(catalog: Catalog) -> None:
    found = catalog.passages(np.array([5, 0, 3]))
    assert [(passage.passage_id, source) for passage, source in found] == [
        ("clocks-0", 2),
        ("tides-0", 0),
        ("bread-1", 1),
    ]
    assert catalog.passage("bread-1") == (3, found[2][0])
    assert catalog.passages([]) == []


def test_what_is_not_there_is_a_key_error(catalog: Catalog) -> None:
    for ask in (
        lambda: catalog.source("nobody"), lambda: catalog.source(3), lambda: catalog.document("nobody"),
        lambda: catalog.passages([6]), lambda: catalog.passage("nobody"),
        lambda: catalog.passage_row("nobody"), lambda: catalog.sentence_rows([6]),
    ):  # fmt: skip
        with pytest.raises(KeyError):
            ask()


def test_rows_of_sources_passages_and_sentences_fit_together(catalog: Catalog) -> None:
    assert catalog.passage_rows_of([2, 0]).tolist() == [0, 1, 5]
    assert catalog.passage_rows_of([]).tolist() == []
    assert catalog.source_rows_of([0, 1, 2, 4, 5]).tolist() == [0, 0, 1, 1, 2]
    assert catalog.sentence_rows([1, 2, 5]).tolist() == [[1, 3], [3, 5], [7, 9]]
    assert catalog.sentence_rows([]).shape == (0, 2)
    assert [catalog.passage_row(catalog.passages([row])[0][0].passage_id) for row in (0, 3)] == [
        0,
        3,
    ]


def test_sentences_shared_by_passages_have_one_row() -> None:
    _, _, document, passages = items()[0]
    units = sentence_units(passages)
    assert [document.text[start:end] for start, end in units] == [
        "The moon pulls the sea.", "Tides rise twice a day.", "Sailors keep tables of them.",
    ]  # fmt: skip


def test_a_passage_whose_sentences_are_not_neighbours_is_refused(tmp_path: Path) -> None:
    source, fingerprint, document, passages = items()[0]
    apart = Passage(
        "x", "tides", "", 0, 1, sentences=(passages[0].sentences[0], passages[1].sentences[1])
    )
    with (
        CatalogWriter(tmp_path / "c") as writer,
        pytest.raises(ValueError, match="x are not neighbours"),
    ):
        writer.add(source, fingerprint, document, (*passages, apart))


def test_a_passage_that_is_no_stretch_of_its_document_is_refused(tmp_path: Path) -> None:
    source, fingerprint, document, passages = items()[0]
    other = replace(passages[0], text="The moon pulls the tea.")
    with (
        CatalogWriter(tmp_path / "c") as writer,
        pytest.raises(ValueError, match="tides-0 is no stretch"),
    ):
        writer.add(source, fingerprint, document, (other, *passages[1:]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_texts_of_any_length_and_script_come_back_and_their_passages(
    tmp_path: Path, data: st.DataObject
) -> None:
    piece = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
    texts = [
        one * data.draw(st.integers(1, 120))
        for one in data.draw(st.lists(piece, min_size=1, max_size=3))
    ]
    made = []
    for n, text in enumerate(texts):
        source, fingerprint, document, _ = item(f"s{n}", "One.")
        cuts = [sorted((data.draw(st.integers(0, len(text))), len(text))) for _ in range(4)]
        passages = tuple(
            Passage(f"{n}-{i}", f"s{n}", text[a:b], a, b) for i, (a, b) in enumerate(cuts)
        )
        made.append((source, fingerprint, replace(document, text=text), passages))
    (tmp_path / "c").unlink(missing_ok=True)
    write_catalog(tmp_path / "c", made)
    catalog = Catalog(tmp_path / "c")
    for n, (_, _, document, passages) in enumerate(made):
        assert catalog.document(f"s{n}") == document
        assert tuple(catalog.passages_of(f"s{n}")) == passages
    every = [passage for one in made for passage in one[3]][::-1]
    assert [one for one, _ in catalog.passages(range(len(every))[::-1])] == every


def test_the_text_of_a_source_that_went_is_gone_and_others_stay(tmp_path: Path) -> None:
    made = [item(name, f"{name} sentence. " * 300) for name in ("first", "second", "third")]
    write_catalog(tmp_path / "c", made)
    with CatalogWriter(tmp_path / "c") as writer:
        writer.remove(1, made[1][0], made[1][2], made[1][3])
        writer.add(*item("fourth", "Fourth sentence. " * 300))
        writer.finish()
    catalog = Catalog(tmp_path / "c")
    assert [catalog.document(name) for name in ("first", "third")] == [made[0][2], made[2][2]]
    assert catalog.passages_of("third") == list(made[2][3])
    assert catalog.document("fourth").text == "Fourth sentence. " * 300
    with closing(sqlite3.connect(tmp_path / "c")) as db:
        assert db.execute("SELECT count(*) FROM blocks WHERE text LIKE '%second%'").fetchone() == (
            0,
        )


@pytest.mark.parametrize("column", ["start", '"end"'])
def test_a_damaged_place_in_a_text_costs_no_memory(tmp_path: Path, column: str) -> None:
    write_catalog(tmp_path / "c")
    with closing(sqlite3.connect(tmp_path / "c")) as db:
        db.execute(f"UPDATE passages SET {column} = 1 << 60 WHERE id = 3")
        db.commit()
    catalog = Catalog(tmp_path / "c")
    assert len(catalog.passages([3])[0][0].text) <= len(TEXTS["bread"])


def test_the_same_items_give_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_catalog(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_words_are_found_stemmed_in_title_heading_and_text(catalog: Catalog) -> None:
    assert {hit.id for hit in catalog.match_passages(["rising"], 9)} == {0, 1, 2, 3}
    # title and heading name it, too
    assert {hit.id for hit in catalog.match_passages(["tide"], 9)} == {0, 1}
    assert [hit.id for hit in catalog.match_passages(["ovens"], 9)] == [3, 4]
    assert [hit.id for hit in catalog.match_passages(["part 2"], 9)] == [4]
    best = catalog.match_passages(["sea", "tables"], 9)
    assert all(hit.score > 0 for hit in best)
    assert [hit.score for hit in best] == sorted((hit.score for hit in best), reverse=True)
    assert len(catalog.match_passages(["sea", "tables"], 1)) == 1


def test_sources_are_found_by_what_the_lists_say_of_them(catalog: Catalog) -> None:
    for phrase in ("moon", "water", "sky", "twice", "ada byron", "example"):
        assert 0 in {hit.id for hit in catalog.match_sources([phrase], 9)}, phrase
    assert [hit.id for hit in catalog.match_sources(["pendulum"], 9)] == [2]
    assert 0 in {hit.id for hit in catalog.match_sources(["ada byron"], 9, notes_only=True)}
    assert catalog.match_sources(["sees"], 9, notes_only=True) == []


@pytest.mark.parametrize(
    "text", ['"open', "AND NOT", "nocolumn:x", "x^y (", "\udcff", "(" * 5000, ""]
)
def test_no_phrase_is_wrong(catalog: Catalog, text: str) -> None:
    assert catalog.match_passages([text], 3) == []
    assert len(catalog.rows_with_phrase(text)) == 0


@given(st.text(max_size=40))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_phrase(catalog: Catalog, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    catalog.match_passages([text], 3)
    assert len(catalog.document_frequency([text])) == 1


def test_document_frequency_counts_passages_of_stemmed_words_and_phrases(catalog: Catalog) -> None:
    assert catalog.document_frequency(
        ["tides", "tide", "makes it", "it makes", "zebra", "PENDULUMS"]
    ) == [
        2,
        2,
        2,
        0,
        0,
        1,
    ]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(lists=("sea",)), [0]),
        (Filters(lists=("sea.md",)), [0]),
        (Filters(lists=("config/lists/sea.md",)), [0]),
        (Filters(lists=("./config/lists/sea.md",)), [0]),
        (Filters(lists=("things",)), [0, 1, 2]),
        (Filters(lists=("lists/things.md",)), [1, 2]),
        (Filters(lists=("hings.md",)), []),
        (Filters(lists=("sea", "things")), [0, 1, 2]),
        (Filters(topics=("OCEAN",)), [0]),
        (Filters(topics=("oceans",), lists=("things",)), []),  # no one entry has both
        (Filters(topics=("sky",), lists=("things",), unread=True), [0]),
        (Filters(topics=("oceans",), unread=True), []),
        (Filters(unread=True), [0, 1, 2]),
        (Filters(kinds=("paper",)), []),
        (Filters(kinds=("paper", "article")), [0, 1, 2]),
    ],
)
def test_filters(catalog: Catalog, filters: Filters, rows: list[int]) -> None:
    assert catalog.source_rows(filters) == rows
    allowed = catalog.allowed(filters)
    assert allowed is not None
    assert allowed.tolist() == catalog.passage_rows_of(rows).tolist()
    assert allowed.dtype == np.int64
    phrases = ["moon", "bread", "pendulum", "rise", "it"]
    everything = catalog.match_passages(phrases, 99)
    assert catalog.match_passages(phrases, 99, filters) == [
        hit for hit in everything if hit.id in set(allowed.tolist())
    ]
    assert {hit.id for hit in catalog.match_sources(phrases, 99, filters)} == set(rows)


def test_no_filter_allows_everything_without_listing_it(catalog: Catalog) -> None:
    assert catalog.allowed(Filters()) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tides", ["tides"]),
        ("TIDES ", ["tides"]),
        ("brea", ["bread"]),
        ("bre", ["bread"]),  # too short for an id, but part of a title
        ("bread\udcff", []),
        ("https://example.org/bread", ["bread"]),
        ("http://www.example.org/bread/", ["bread"]),
        ("example.org/bread/?s=1", ["bread"]),
        ("all of clocks", ["clocks"]),
        ("moon and sea", ["tides"]),
        ("all of", ["tides", "bread", "clocks"]),
        ("nobody", []),
        (" ", []),
    ],
)
def test_find_source(catalog: Catalog, text: str, names: list[str]) -> None:
    assert [source.source_id for source in catalog.find_source(text)] == names


def test_many_threads_read_one_catalog(catalog: Catalog) -> None:
    wrong: list[object] = []

    def read() -> None:
        for _ in range(30):
            hits = catalog.match_passages(["oven"], 9)
            if [
                passage.passage_id for passage, _ in catalog.passages([hit.id for hit in hits])
            ] != [
                "bread-1",
                "bread-2",
            ]:
                wrong.append(hits)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_empty_catalog_answers(tmp_path: Path) -> None:
    write_catalog(tmp_path / "c", [])
    catalog = Catalog(tmp_path / "c")
    assert catalog.counts() == {"sources": 0, "entries": 0, "passages": 0, "sentences": 0}
    assert (
        catalog.match_passages(["x"], 5)
        == catalog.match_sources(["x"], 5)
        == catalog.sources()
        == []
    )
    assert catalog.passage_rows_of([]).tolist() == []


def test_a_source_without_passages_takes_no_rows(tmp_path: Path) -> None:
    write_catalog(tmp_path / "c", [item("a", "One."), item("none", ""), item("b", "Two. Three.")])
    catalog = Catalog(tmp_path / "c")
    assert [catalog.passage_rows_of([row]).tolist() for row in range(3)] == [[0], [], [1]]
    assert catalog.source_rows_of([0, 1]).tolist() == [0, 2]
    assert catalog.document("none").text == ""


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0" + b"\0" * 4080, b"no database at all" * 400, None]
)
def test_what_is_no_catalog_is_corrupt(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "catalog.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexCorrupt) as caught:
        Catalog(path)
    assert "litsearch build" in caught.value.hint
    assert str(path) in str(caught.value)


def test_a_damaged_page_is_corrupt_or_shows_but_never_another_error(tmp_path: Path) -> None:
    write_catalog(tmp_path / "c")
    good = (tmp_path / "c").read_bytes()
    rng = np.random.default_rng(5)
    found = 0
    for at in rng.integers(100, len(good), 150):
        (tmp_path / "c").write_bytes(good[:at] + bytes([good[at] ^ 0x81]) + good[at + 1 :])
        try:
            catalog = Catalog(tmp_path / "c")
            catalog.sources()
            for name in catalog.fingerprints():
                catalog.document(name)
                catalog.passages_of(name)
            catalog.match_passages(["moon", "oven"], 9)
        except IndexCorrupt:
            found += 1
        except KeyError:  # an id or the full-text index says something else now
            pass
    assert found > 0


def test_everything_may_be_in_any_script(tmp_path: Path) -> None:
    entry = Entry(
        "config/lists/ß.md",
        1,
        "Über \N{SNOWMAN} 𝒳",
        None,
        ("α", "β"),
        "日本",
        "a \"quoted\" 'note'\n|",
        ("Ö",),
    )
    made = item("x", "Ünïcödé 𝒳 text. Zwei.", [entry])
    write_catalog(tmp_path / "c", [made])
    catalog = Catalog(tmp_path / "c")
    assert catalog.source(0) == made[0]
    assert catalog.passages([0])[0][0] == made[3][0]
    assert made[3][0].sentences == (Offsets(0, 15), Offsets(16, 21))
    assert [hit.id for hit in catalog.match_passages(["unicode"], 1)] == [0]
    assert catalog.source_rows(Filters(lists=("ß",), topics=("日",))) == [0]


FIGURES = ((0, "https://a.example/1.png", "The moon"), (24, "https://a.example/2.png", ""))


def illustrated(name: str) -> tuple[object, ...]:
    source, mark, document, passages = item(name, TEXTS[name])
    return source, mark, replace(document, figures=FIGURES), passages


def test_images_come_back_in_their_order_and_go_with_their_text(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    one, other = illustrated("tides"), item("bread", TEXTS["bread"])
    write_catalog(path, [one, other])  # type: ignore[list-item]
    with closing(Catalog(path)) as catalog:
        assert catalog.document("tides").figures == FIGURES
        assert catalog.document("bread").figures == ()
        assert catalog.figure_addresses() == [url for _, url, _ in FIGURES]

    with CatalogWriter(path) as writer:
        source, _, document, passages = one
        writer.remove(0, source, document, passages)  # type: ignore[arg-type]
        writer.finish()
    with closing(Catalog(path)) as catalog:
        assert catalog.figure_addresses() == []


def test_a_catalog_from_before_there_were_images_is_read_and_amended(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    write_catalog(path, [item("bread", TEXTS["bread"])])
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("DROP TABLE figures")
    with closing(Catalog(path)) as catalog:
        assert catalog.document("bread").figures == ()
        assert catalog.figure_addresses() == []

    with CatalogWriter(path) as writer:
        writer.add(*illustrated("tides"))  # type: ignore[arg-type]
        writer.finish()
    with closing(Catalog(path)) as catalog:
        assert catalog.document("tides").figures == FIGURES
