"""Test collections in the BEIR layout: read as they come, and measured with the search that users
get.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from litsearch.config import Config
from litsearch.errors import ConfigError
from litsearch.evaluation.collections import read_collection

CORPUS: list[dict[str, Any]] = [
    {"_id": 'a"1', "title": "Tides", "text": "The moon pulls the sea.", "metadata": {"url": "x"}},
    {"_id": "b c/2", "title": "", "text": "Yeast makes the dough rise, and an oven bakes it."},
    {"_id": 3, "title": None, "text": "Springs drive a watch."},
    {"_id": "4", "title": "A pendulum keeps time", "text": ""},
    {"_id": "4", "title": "again", "text": "the same id"},
    {"_id": "ünï", "text": "tides " * 400},
]
QUERIES = [
    {"_id": "q1", "text": "what makes dough rise?"},
    {"_id": 2, "text": "the moon"},
    {"_id": "q3", "text": "x"},
]
QRELS = 'q1\tb c/2\t2\n2\ta"1\t1\r\n2\tünï\t0\n\nq9\tnobody\t1\n'


def lay(folder: Path, split: str = "test", heading: str = "", packed: bool = False) -> Path:
    """A collection on disk."""
    files = {
        "corpus.jsonl": "\n".join(json.dumps(one) for one in CORPUS) + "\n\n",
        "queries.jsonl": "\n".join(json.dumps(one) for one in QUERIES),
        f"qrels/{split}.tsv": heading + QRELS,
    }
    (folder / "qrels").mkdir(parents=True)
    for name, text in files.items():
        data = text.encode()
        (folder / (name + ".gz" * packed)).write_bytes(gzip.compress(data) if packed else data)
    return folder


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("heading", ["", "query-id\tcorpus-id\tscore\n"])
@pytest.mark.parametrize("split", ["test", "dev", "train"])
def test_a_collection_is_read_as_it_comes(
    tmp_path: Path, split: str, heading: str, packed: bool
) -> None:
    found = read_collection(lay(tmp_path, split, heading, packed))
    assert found.queries == {"q1": "what makes dough rise?", "2": "the moon"}, (
        "what is not judged is left out"
    )
    assert found.qrels == {"q1": {"b c/2": 2}, "2": {'a"1': 1, "ünï": 0}}
    documents = {item.source.source_id: item.document for item in found.documents}
    assert list(documents) == ['a"1', "b c/2", "3", "4", "ünï"]
    titles = {name: document.title for name, document in documents.items() if document}
    assert titles == {'a"1': "Tides", "b c/2": "", "3": "", "4": "A pendulum keeps time", "ünï": ""}
    assert all(document and document.text for document in documents.values())


def test_the_test_split_is_the_one_that_counts(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "qrels" / "dev.tsv").write_text("q3\tb c/2\t1\n")
    assert set(read_collection(tmp_path).queries) == {"q1", "2"}


def test_what_is_no_collection_is_refused(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(
        [
            ("corpus.jsonl", "{"),
            ("queries.jsonl", '{"text": "x"}'),
            ("qrels/test.tsv", ""),
            ("corpus.jsonl", ""),
        ]
    ):
        folder = lay(tmp_path / str(number))
        (folder / name).write_text(text)
        with pytest.raises(ConfigError):
            read_collection(folder)
    folder = lay(tmp_path / "packed", packed=True)
    (folder / "corpus.jsonl.gz").write_bytes(b"no gzip")
    for broken in (folder, tmp_path / "nowhere"):
        with pytest.raises(ConfigError, match="cannot be read"):
            read_collection(broken)


@pytest.mark.slow
def test_documents_of_any_size_and_name_are_found(tmp_path: Path) -> None:
    from litsearch.app.evaluation import Record, evaluate_beir

    report = evaluate_beir(
        Config(), lay(tmp_path / "tiny"), modes=["hybrid"], record=Record(tmp_path / "runs")
    )
    assert (report["documents"], report["queries"]) == (5, 2)
    assert report["retrieval"]["nDCG@10"] == 1.0
    assert "q1 Q0 b_c/2 1 " in (tmp_path / "runs" / "tiny.run").read_text()


@pytest.mark.slow
def test_a_collection_is_measured_in_every_mode_by_kind_and_without_what_is_excluded(
    tmp_path: Path,
) -> None:
    from litsearch.app.evaluation import Record, evaluate_beir

    folder = lay(tmp_path / "tiny")
    (folder / "exclude.tsv").write_text("q1\tb c/2\n")
    modes = ("hybrid", "dense", "lexical")
    report = evaluate_beir(Config(), folder, modes=modes, record=Record(tmp_path / "runs"))

    assert tuple(report["modes"]) == modes
    for mode, measured in report["modes"].items():
        assert measured["retrieval"]["Success@1"] == 0.5, mode  # q1 may not find its own document
        assert set(measured["by_kind"]) <= {"navigational", "topic", "question", "claim"}
        assert (tmp_path / "runs" / f"tiny-{mode}.run").is_file()
