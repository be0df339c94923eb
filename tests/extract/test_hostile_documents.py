"""A library of hostile documents is built in bounded time, memory and disk, and what else it lists too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import litsearch
from endurance import build
from extract.hostile_documents import DOCUMENTS, disk, make_library
from fakeweb import serve

from litsearch.extract import pool

SIZE = 30  # of a bad one, which is 1,000
TIMEOUT_S = 20  # for a document; after eight that take longer, a sixth of it
WORKERS = 2
MEMORY = WORKERS * pool.MEMORY + 2**30  # each worker's limit, and what fetches and embeds
DISK = 60 * 2**20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_hostile_documents_cost_a_bounded_time_memory_and_disk(tmp_path: Path) -> None:
    with serve() as web:
        make_library(tmp_path, web, [SIZE])
        settings = tmp_path / "config" / "litsearch.toml"
        text = settings.read_text("utf-8")
        settings.write_text(
            f"{text}[extract]\ntimeout = {TIMEOUT_S}.0\nworkers = {WORKERS}\n", "utf-8"
        )
        built = build(tmp_path, web)
    assert built.report["sources"]["total"] == len(DOCUMENTS) + 1
    assert built.seconds < 8 * TIMEOUT_S + len(DOCUMENTS) * TIMEOUT_S / 6 + 120
    assert built.memory < MEMORY
    assert disk(tmp_path)[1] < DISK

    works = {
        work["url"]: work for work in json.loads(litsearch(tmp_path, "sources", "--json").stdout)
    }
    assert works["http://plain.example/"]["status"] == "indexed"
    for work in works.values():
        assert "RecursionError" not in work["reason"], work
        assert len(json.dumps(work)) < 4_000
