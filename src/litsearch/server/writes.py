"""PATCH /sources/{id}: a read mark or a remark, written into the list file itself."""

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
from typing import Annotated, Any

import fastapi
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app import list_editing
from litsearch.server import schemas
from litsearch.server.problems import responses
from litsearch.server.search import WHOLE
from litsearch.server.state import Desk, json_reply
from litsearch.types import Entry
from litsearch.views import json

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
        """The build that runs, or a new one. Raises HTTPException 409 for a service without a
        folder.
        """
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


class Change(BaseModel):
    """What to write where a list names a source."""

    model_config = ConfigDict(extra="forbid", strict=True)

    list: str = Field(max_length=500, examples=["config/lists/llm.md"])
    line: Annotated[int, Field(ge=1, le=10_000_000), WHOLE]
    title: str = Field(
        max_length=2000, description="as the list has it, so that another entry is never changed"
    )
    read: bool | None = None
    remark: Annotated[str, Field(max_length=500)] = ""


def router(desk: Desk, jobs: Jobs) -> APIRouter:
    """The route that writes; refused unless write = true, and where there are tokens without the
    scope build.
    """
    routes = APIRouter(tags=["library"])

    @routes.patch(
        "/sources/{source_id}",
        summary="Mark a source as read, or add a remark, in the list file that names it",
        response_model=schemas.Mention,
        responses=responses(404, 409, 413, 422),
    )
    async def patch_source(
        source_id: Annotated[str, fastapi.Path(description="as other replies name it")],
        change: Change,
        request: Request,
    ) -> Response:
        """Write a read mark or a remark into the line of a list that names the source, and no
        other.
        """
        token, folder = request.scope.get("token"), desk.folder
        if folder is None or not desk.settings.write:
            raise HTTPException(403, "Writing is off: set write = true under [serve] to allow it.")
        if request.scope.get("tokens_exist") and (token is None or "build" not in token.scopes):
            raise HTTPException(403, "Writing needs a token with the scope build.")

        def write() -> Entry:
            entry = _entry(desk, source_id, change)
            return list_editing.mark(folder, entry, read=change.read, remark=change.remark)

        entry = await desk.reading(write)
        await jobs.start("--offline")  # so that the library soon says what its lists say
        return json_reply(json.mention_view(entry))

    return routes


def _entry(desk: Desk, source_id: str, change: Change) -> Entry:
    try:
        row = desk.library.catalog.source(source_id)
    except KeyError:
        raise HTTPException(404, f"The library has no {source_id!r}.") from None
    wanted = (change.list, change.line, change.title)
    for entry in row.source.entries:
        if (entry.list, entry.line, entry.title) == wanted:
            return entry
    raise HTTPException(409, "The library does not know this entry there: read the source again.")
