"""Builds started by the service, each in a process of its own: what it costs and breaks is not the service's."""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException

KEPT = 20  # jobs
_PROGRESS = re.compile(r"([\w ]{1,40}): (\d{1,9}) of (\d{1,9})")


@dataclass
class Job:
    """A build that was asked for; the one record that changes, as the build goes on."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    status: str = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    report: str = ""

    def view(self) -> dict[str, Any]:
        """As JSON."""
        return dict(vars(self))


class Jobs:
    """One build at a time; the latest ones are remembered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.known: OrderedDict[str, Job] = OrderedDict()
        self._running: tuple[Job, asyncio.Task[None]] | None = None

    async def start(self, *options: str) -> Job:
        """The build that runs, or a new one. Raises HTTPException 409 for a service without a folder."""
        if self._running and not self._running[1].done():
            return self._running[0]
        if self._folder is None:
            raise HTTPException(409, "This service has no library folder to build.")
        job = Job()
        self.known[job.id] = job
        if len(self.known) > KEPT:
            self.known.popitem(last=False)
        self._running = (job, asyncio.create_task(self._run(job, self._folder, options)))
        return job

    async def close(self) -> None:
        """End the build that runs; what it downloaded is kept."""
        if self._running:
            self._running[1].cancel()
            with suppress(asyncio.CancelledError):
                await self._running[1]

    async def _run(self, job: Job, folder: Path, options: tuple[str, ...]) -> None:
        command = (sys.executable, "-m", "litsearch", "--library", str(folder), "build", *options)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, limit=1_000_000
        )
        try:
            await asyncio.gather(_follow(job, process.stderr), _keep(job, process.stdout))
            job.status = "done" if await process.wait() == 0 else "failed"
        except (OSError, ValueError) as error:
            job.status, job.message = "failed", str(error)
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()
            job.status = "failed" if job.status == "running" else job.status


async def _follow(job: Job, stream: asyncio.StreamReader | None) -> None:
    while stream and (line := await stream.readline()):
        text = line.decode("utf-8", "replace").strip()
        if found := _PROGRESS.fullmatch(text):
            job.stage, job.done, job.total = found[1], int(found[2]), int(found[3])
        elif text:
            job.message = text[:500]


async def _keep(job: Job, stream: asyncio.StreamReader | None) -> None:
    text = await stream.read() if stream else b""
    job.report = text.decode("utf-8", "replace").strip()[:10_000]
