"""Laws of fusion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from litsearch.retrieval.fusion import min_max, order, total, weighted, weights
from litsearch.retrieval.query import read_query

SCORES = st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=30).map(
    lambda x: np.array(x, np.float32)
)


@given(SCORES)
def test_stretched_scores_keep_their_order_and_lie_within_0_and_1(
    scores: NDArray[np.float32],
) -> None:
    stretched = min_max(scores)
    assert stretched.min() == 0
    assert stretched.max() <= 1 + 1e-6
    assert all(
        a <= b + 1e-6
        for a, b in zip(
            stretched[np.argsort(scores)], stretched[np.argsort(scores)][1:], strict=False
        )
    )


@given(SCORES, st.floats(0.125, 8, width=32), st.floats(-8, 8, width=32))
def test_scale_and_offset_of_a_signal_do_not_matter(
    scores: NDArray[np.float32], scale: float, offset: float
) -> None:
    moved = min_max((scores.astype(np.float64) * scale + offset).astype(np.float32))
    if np.ptp(scores) > 1e-2:
        np.testing.assert_allclose(moved, min_max(scores), atol=1e-2)


@given(st.integers(1, 20), st.randoms())
def test_the_order_of_signals_and_of_candidates_does_not_matter(count: int, random: object) -> None:
    rng = np.random.default_rng(count)
    signals = {name: rng.normal(size=count).astype(np.float32) for name in "abc"}
    shares = {"a": 0.5, "b": 0.3, "c": 0.2}
    fused = total(weighted(signals, shares), count)
    backwards = total(weighted(dict(reversed(signals.items())), shares), count)
    assert fused.tolist() == backwards.tolist()
    mixed = rng.permutation(count)
    again = total(
        weighted({name: signal[mixed] for name, signal in signals.items()}, shares), count
    )
    np.testing.assert_allclose(again, fused[mixed], atol=1e-6)


def test_a_signal_without_a_share_adds_nothing() -> None:
    signal = np.array([1, 2], np.float32)
    assert weighted({"a": signal, "b": signal}, {"a": 1.0, "b": 0.0}).keys() == {"a"}
    assert weighted({"a": signal}, {}) == {}
    assert total({}, 2).tolist() == [0, 0]


def test_equals_stay_in_their_order() -> None:
    assert order(np.array([1, 3, 1, 3], np.float32)).tolist() == [1, 3, 0, 2]


def test_the_longer_the_sources_of_abstracts_the_more_their_passages_weigh() -> None:
    def share(text: str, length: float) -> float:
        parts = weights(read_query(text), "hybrid", passages_per_source=length)
        return (parts["dense"] + parts["lexical"]) / sum(parts.values())

    question, topic = "what makes dough rise?", "dough"
    assert share(question, 1.0) == share(topic, 1.0) < 0.05
    shares = [share(question, length) for length in (0.0, 1.0, 1.8, 3.0, 5.0, 8.0)]
    assert shares == sorted(shares)
    assert shares[-1] > 0.5
    for length in (1.8, 3.0, 8.0):
        assert share(topic, 1.0) < share(topic, length) < share(question, length)


def test_the_very_short_are_ranked_as_a_plain_fusion_of_sources_ranks_them() -> None:
    parts = weights(read_query("salt lowers the freezing point."), "hybrid", passages_per_source=1)
    assert parts["source_dense"] / parts["source_lexical"] == pytest.approx(0.7 / 0.3)
