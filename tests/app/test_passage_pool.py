"""A build's documents come cut into passages, out of processes that can be ended."""

from __future__ import annotations

import pytest
from extract.pages import PROSE, article, raw

from litsearch.app.extraction import extract, passage_pool
from litsearch.config import Config, ExtractConfig
from litsearch.errors import ExtractError
from litsearch.index.chunking import chunk
from litsearch.models.model_folder import find_model, read_window
from litsearch.models.tokenizer import token_counter

EMBEDDER = find_model(Config().embedder.model)


def test_a_document_comes_with_the_passages_that_it_would_be_cut_into() -> None:
    page = raw(article())
    with passage_pool(Config(extract=ExtractConfig(workers=1))) as pool:
        document = pool.submit(page, "s").result(timeout=120)
    expected = chunk(extract(page, "s"), token_counter(EMBEDDER), read_window(EMBEDDER))
    assert document.passages == tuple(expected)
    assert len(expected) > 1


@pytest.mark.slow
def test_what_is_too_long_to_be_cut_costs_itself_alone() -> None:
    endless = raw("\n\n".join(PROSE * 40_000), "text/plain")
    settings = ExtractConfig(workers=1, timeout=3)
    with passage_pool(Config(extract=settings)) as pool:
        late = pool.submit(endless, "late")
        short = pool.submit(raw(article()), "short")
        with pytest.raises(ExtractError, match="longer than 3 s"):
            late.result(timeout=120)
        assert short.result(timeout=120).passages
