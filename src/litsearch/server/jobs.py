"""Run builds for the service, each in a process of its own, whose costs and faults stay its own."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from starlette.exceptions import HTTPException

from litsearch.patterns import expression
from litsearch.views import replies

KEPT = 20  # jobs
LONGEST_REPORT = 10_000  # characters
_PROGRESS = expression(r"([\w ]{1,40}): (\d{1,9}) of (\d{1,9})")


def _new_id() -> str:
    return secrets.token_hex(8)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class Job:
    """A build that was asked for; the one record that changes, as the build goes on."""

    id: str = field(default_factory=_new_id)
    started: str = field(default_factory=_now)
    status: str = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    report: str = ""

    def view(self) -> replies.Job:
        """Return the job as JSON."""
        return {
            "id": self.id,
            "status": self.status,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "started": self.started,
            "message": self.message,
            "report": self.report,
        }


class Jobs:
    """One build at a time, and one that waits for it; the latest ones are remembered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.known: OrderedDict[str, Job] = OrderedDict()
        self._running: tuple[Job, asyncio.Task[None]] | None = None
        self._waiting: tuple[Job, asyncio.Task[None]] | None = None
        self._next_options: tuple[str, ...] = ()

    async def start(self, *options: str) -> Job:
        """Return the build that runs, or a new one. Raises HTTPException 409 for a service without
        a folder.
        """
        if self._running and not self._running[1].done():
            return self._running[0]
        job = self._remember()
        self._running = (job, asyncio.create_task(self._run(job, options)))
        return job

    async def start_after(self, *options: str) -> Job:
        """Return a build that begins from now on, so that it sees what was just written.

        It has the options that all who wait for it gave: when one may fetch, it fetches.
        """
        if self._running is None or self._running[1].done():
            return await self.start(*options)
        if self._waiting is None or self._waiting[1].done():
            job = self._remember()
            self._next_options = options
            self._waiting = (job, asyncio.create_task(self._run_next(job, self._running[1])))
        self._next_options = tuple(each for each in self._next_options if each in options)
        return self._waiting[0]

    async def close(self) -> None:
        """End the build that runs; what it downloaded is kept."""
        for running in (self._waiting, self._running):
            if running:
                running[1].cancel()
                with suppress(asyncio.CancelledError):
                    await running[1]

    def _remember(self) -> Job:
        if self._folder is None:
            raise HTTPException(409, "This service has no library folder to build.")
        job = Job()
        self.known[job.id] = job
        if len(self.known) > KEPT:
            self.known.popitem(last=False)
        return job

    async def _run_next(self, job: Job, before: asyncio.Task[None]) -> None:
        await asyncio.wait({before})
        self._running = self._waiting
        self._waiting = None
        await self._run(job, self._next_options)

    async def _run(self, job: Job, options: tuple[str, ...]) -> None:
        command = (
            sys.executable,
            "-P",  # import nothing from the working folder, which may be a stranger's
            "-m",
            "litsearch",
            "--library",
            str(self._folder),
            "build",
            *options,
        )
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, limit=1_000_000
        )
        try:
            await asyncio.gather(_follow(job, process.stderr), _keep_report(job, process.stdout))
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
        if match := _PROGRESS.fullmatch(text):
            job.stage, job.done, job.total = match[1], int(match[2]), int(match[3])
        elif text:
            job.message = text[:500]


async def _keep_report(job: Job, stream: asyncio.StreamReader | None) -> None:
    text = await stream.read() if stream else b""
    job.report = text.decode("utf-8", "replace").strip()[:LONGEST_REPORT]
