"""Measures against numbers worked out by hand, and runs that come back as they were written."""

from __future__ import annotations

import gc
import math
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from litsearch.errors import ConfigError
from litsearch.evaluation.collections import known_items
from litsearch.evaluation.measures import Outcome, by_query, latency, means, ranked
from litsearch.evaluation.runs import compare, read_table, write
from litsearch.types import (
    CatalogSource,
    Document,
    Entry,
    Hit,
    Passage,
    Results,
    Source,
    Span,
    Verdict,
)

QRELS = {"q1": {"a": 1, "b": 1}, "q2": {"c": 1}, "q3": {"d": 1}}
RUN = {"q1": {"a": 1.0, "x": 0.5, "b": 0.3}, "q2": {"y": 1.0, "c": 0.5}}


def test_measures_are_those_of_the_book() -> None:
    table = by_query(QRELS, RUN)
    ideal = 1 + 1 / math.log2(3)
    assert table["q1"]["nDCG@10"] == pytest.approx((1 + 1 / 2) / ideal)
    assert table["q2"]["nDCG@10"] == pytest.approx(1 / math.log2(3))
    assert table["q2"]["RR@10"] == 0.5
    assert (table["q1"]["Success@1"], table["q2"]["Success@1"], table["q2"]["Success@5"]) == (
        1,
        0,
        1,
    )
    assert set(table["q3"].values()) == {0.0}, "a query that found nothing counts"
    assert means(table)["R@5"] == pytest.approx(2 / 3, abs=1e-4)


def test_of_a_search_only_the_order_of_sources_and_the_time_are_kept() -> None:
    def hit(source_id: str, rank: int) -> Hit:
        source = CatalogSource.of(
            Source(source_id, None, "entry", ()), Verdict("indexed"), source_id
        )
        return Hit(
            rank, 1 / rank, Passage(f"{source_id}{rank}", source_id, "text", 0, 4), source, {}
        )

    hits = (hit("b", 1), hit("a", 2), hit("b", 3), hit("c", 4))
    kept = ranked(Results("q", "hybrid", "g", hits, 7.5))
    assert list(kept.sources) == ["b", "a", "c"], "each by its best passage"
    assert sorted(kept.sources.values(), reverse=True) == list(kept.sources.values())
    assert kept.took_ms == 7.5
    alive = {id(one) for one in gc.get_referents(kept)}
    assert not alive & {id(hits), *map(id, hits)}, (
        "a thousand queries with their hits would be 0.7 GB"
    )


def test_means_are_over_the_queries_that_have_the_measure() -> None:
    assert means({"a": {"x": 1.0, "y": 0.5}, "b": {"x": 0.0}}) == {"x": 0.5, "y": 0.5}


def test_the_same_run_differs_by_nothing() -> None:
    table = {str(i): {"x": i / 7} for i in range(20)}
    found = compare(table, table)["x"]
    assert (found["difference"], found["p"], found["better"], found["worse"]) == (0, 1, 0, 0)


def test_a_clear_gain_is_significant_and_a_lucky_one_is_not() -> None:
    before = {str(i): {"x": 0.0} for i in range(30)}
    clear = compare({q: {"x": 1.0} for q in before}, before)["x"]
    assert clear["p"] < 0.001
    assert clear["low"] > 0
    lucky = compare({q: {"x": float(q == "3")} for q in before}, before)["x"]
    assert lucky["p"] > 0.5
    assert lucky["low"] <= 0
    assert (lucky["better"], lucky["worse"]) == (1, 0)


def test_only_shared_queries_and_measures_are_compared() -> None:
    assert compare({"a": {"x": 1.0, "y": 1.0}, "b": {"x": 0.0}}, {"a": {"x": 1.0}})["x"]["now"] == 1
    assert compare({"a": {"x": 1.0}}, {"b": {"x": 1.0}}) == {}


def test_what_is_written_is_a_trec_run_and_comes_back(tmp_path: Path) -> None:
    found = Outcome(QRELS, RUN | {"q 4|": {"a b": 0.1}}, (1.0, 2.0), {"q1": {"Quote@5": 1.0}})
    earlier = {"q1": {"nDCG@10": 0.1}}
    write(
        tmp_path / "new", "mine", found, {"queries": 3, "retrieval": means(found.table())}, earlier
    )
    lines = (tmp_path / "new" / "mine.run").read_text().splitlines()
    assert lines[:3] == [
        "q1 Q0 a 1 1.000000 litsearch",
        "q1 Q0 x 2 0.500000 litsearch",
        "q1 Q0 b 3 0.300000 litsearch",
    ]
    assert all(len(line.split()) == 6 for line in lines)
    assert "q1 0 a 1" in (tmp_path / "new" / "mine.qrels").read_text().splitlines()
    assert read_table(tmp_path / "new" / "mine.run") == found.table()
    assert "| q1 |" in (tmp_path / "new" / "mine.md").read_text()
    picture = ET.fromstring((tmp_path / "new" / "mine.svg").read_text())
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}title")) == len(found.table())


def test_what_is_no_run_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1]")
    for path in (tmp_path / "x.run", tmp_path / "none.run"):
        with pytest.raises(ConfigError) as caught:
            read_table(path)
        assert "--runs" in caught.value.hint
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError):
        write(tmp_path / "file" / "below", "mine", Outcome({}, {}, ()), {}, None)


def test_percentiles() -> None:
    assert latency(tuple(map(float, range(101)))) == {
        "search": 50.0,
        "search_p95": 95.0,
        "search_p99": 99.0,
    }
    assert latency(()) == {"search": None}


def made(
    name: str, title: str, text: str, remark: str = "", heading: str = ""
) -> tuple[CatalogSource, Document]:
    source = Source(name, None, "article", (Entry("a.md", 1, title, remark=remark),))
    spans = (Span(0, len(text), (heading,) if heading else ()),)
    document = Document(name, title, text, spans, "")
    return CatalogSource.of(source, Verdict("indexed"), title), document


def test_known_items_name_one_source_and_are_the_same_every_time() -> None:
    sentence = "Tides rise and fall because the moon pulls at all the water of the sea."
    shelf = [
        made(
            "a",
            "Understanding the tides",
            sentence,
            "the best text there is on them",
            "How the moon pulls",
        ),
        made("b", "Understanding bread", "Short. " * 5, heading="Contents"),
        made("c", "Understanding bread", ""),
    ]
    items = known_items(shelf)
    assert items == known_items(shelf)
    kinds = {(item.kind, item.source_id) for item in items.values()}
    assert kinds == {
        ("title", "a"),
        ("title-slip", "a"),
        ("remark", "a"),
        ("heading", "a"),
        ("sentence", "a"),
    } | {("title-slip", name) for name in "bc" if ("title-slip", name) in kinds}
    slipped = next(
        item.text for item in items.values() if item.kind == "title-slip" and item.source_id == "a"
    )
    assert slipped != "Understanding the tides"
    assert sorted(slipped) == sorted("Understanding the tides")
    left = next(item.text for item in items.values() if item.kind == "sentence")
    assert left == "Tides rise fall because moon pulls all the of the"


def test_known_items_are_also_asked_for_by_author_and_by_kind() -> None:
    row, document = made("a", "Measuring coastal currents", "Short.")
    items = {
        item.kind: item.text
        for item in known_items([(replace(row, authors=("Ada Example",)), document)]).values()
    }
    author, kind = items["author"], items["kind"]
    assert author.startswith("Example on ")
    assert kind.startswith("the ")
    assert kind.endswith(" post")
    two = author.removeprefix("Example on ").split()
    assert kind.split()[1:-1] == two
    assert [word for word in row.title.split() if word in two] == two, "in the order of the title"
    assert "author" not in {
        item.kind for item in known_items([made("a", "Measuring coastal currents", "")]).values()
    }


def test_known_items_are_asked_for_by_a_name_that_their_text_begins_with() -> None:
    row, document = made(
        "a", "On currents", "A note by Ada Example, Harbour Institute. Measuring takes a year."
    )
    items = [
        item.text for item in known_items([(row, document)]).values() if item.kind == "opening"
    ]
    assert len(items) == 1
    assert items[0] in {"Example currents", "Harbour currents", "Institute currents"}
