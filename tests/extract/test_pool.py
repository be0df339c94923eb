"""A hostile document costs its own verdict and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest
from extract.orders import obey
from extract.pages import raw

from litsearch.errors import ExtractError
from litsearch.extract.pool import ExtractorPool


@pytest.mark.slow
def test_each_pays_for_itself() -> None:
    orders = [
        "fine 1",
        "hang",
        "fine 2",
        "crash",
        "leave",
        "fine 3",
        "eat",
        "refuse",
        "stumble",
        "nest",
        "fine 4",
    ]
    with ExtractorPool(obey, workers=2, timeout=3, memory_bytes=2 * 1024**3) as pool:
        futures = {order: pool.submit(raw(order), order) for order in orders}
        verdicts = {order: future.exception(timeout=60) for order, future in futures.items()}
    for order in orders:
        if order.startswith("fine"):
            assert futures[order].result().text.startswith(order)
            assert futures[order].result().source_id == order
    told = {order: str(error) for order, error in verdicts.items() if error}
    assert all(isinstance(verdicts[order], ExtractError) for order in told)
    assert "longer than 3 s" in told["hang"]
    assert "crashed" in told["crash"]
    assert "crashed" in told["leave"]
    assert "memory" in told["eat"]
    assert "KeyError" in told["stumble"]
    assert "RecursionError" in told["nest"]
    refused = verdicts["refuse"]
    assert isinstance(refused, ExtractError)
    assert (str(refused), refused.hint, refused.status) == (
        "It is a picture.",
        "Read it aloud.",
        "unsupported",
    )


@pytest.mark.slow
def test_workers_are_kept_and_ctrl_c_is_not_theirs() -> None:
    with ExtractorPool(obey, workers=1, timeout=20) as pool:
        first = pool.submit(raw("a"), "a").result(timeout=60).text.split()[1]
        os.kill(int(first), signal.SIGINT)
        time.sleep(0.2)
        assert pool.submit(raw("b"), "b").result(timeout=60).text.split()[1] == first


@pytest.mark.slow
def test_the_process_that_was_started_early_takes_the_first_document_and_no_other_is_started() -> (
    None
):
    with ExtractorPool(obey, workers=2, timeout=20) as pool:
        pool.start()
        worker = int(pool.submit(raw("a"), "a").result(timeout=60).text.split()[1])
        assert [child.pid for child in multiprocessing.active_children()] == [worker]


@pytest.mark.slow
def test_leaving_with_an_error_leaves_no_worker() -> None:
    begun: list[int] = []
    futures = []

    def interrupted() -> None:
        with ExtractorPool(obey, workers=1, timeout=600) as pool:
            begun.append(int(pool.submit(raw("a"), "a").result(timeout=60).text.split()[1]))
            futures.append(pool.submit(raw("hang"), "h"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert isinstance(futures[0].exception(timeout=10), ExtractError)
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


@pytest.mark.slow
def test_many_that_use_up_their_time_get_less_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litsearch.extract.pool.PATIENCE", 1)
    with ExtractorPool(obey, workers=1, timeout=6) as pool:
        futures = [pool.submit(raw("hang"), str(n)) for n in range(4)]
        last = pool.submit(raw("fine"), "fine")
        told = [str(future.exception(timeout=60)) for future in futures]
        assert last.result(timeout=60).text.startswith("fine")
    assert "longer than 6 s" in told[0]
    assert all("longer than 1 s" in text for text in told[1:])
