"""Builds that a service runs: one at a time, and one that waits with what all who asked for it want."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from litsearch.server.jobs import Job, Jobs


@pytest.mark.parametrize(
    ("asked", "run"),
    [
        ([("--offline",), ()], ()),
        ([(), ("--offline",)], ()),
        ([("--offline",), ("--offline",)], ("--offline",)),
    ],
)
def test_a_waiting_build_fetches_when_one_who_waits_may(
    asked: list[tuple[str, ...]],
    run: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options: list[tuple[str, ...]] = []

    async def note(self: Jobs, job: Job, given: tuple[str, ...]) -> None:
        options.append(given)
        await asyncio.sleep(0)
        job.status = "done"

    async def builds() -> None:
        jobs = Jobs(tmp_path)
        await jobs.start("--first")
        waiting = [await jobs.start_after(*each) for each in asked]
        assert len({job.id for job in waiting}) == 1
        for _ in range(10):
            await asyncio.sleep(0)

    monkeypatch.setattr(Jobs, "_run", note)
    asyncio.run(builds())
    assert options == [("--first",), run]
