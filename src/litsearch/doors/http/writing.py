"""PATCH /sources/{id}: a read mark or a remark, written into the list file itself."""

from __future__ import annotations

from typing import Annotated

import fastapi
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app import lists
from litsearch.doors import views
from litsearch.doors.http import schemas
from litsearch.doors.http.desk import Desk, json_reply
from litsearch.doors.http.finding import WHOLE
from litsearch.doors.http.jobs import Jobs
from litsearch.doors.http.problems import responses
from litsearch.types import Entry


class Change(BaseModel):
    """What to write where a list names a source."""

    model_config = ConfigDict(extra="forbid", strict=True)

    list: str = Field(max_length=500, examples=["config/lists/llm.md"])
    line: Annotated[int, Field(ge=1, le=10_000_000), WHOLE]
    title: str = Field(max_length=2000, description="as the list has it, so that another entry is never changed")
    read: bool | None = None
    remark: Annotated[str, Field(max_length=500)] = ""


def router(desk: Desk, jobs: Jobs) -> APIRouter:
    """The route that writes; refused unless write = true, and where there are tokens without the scope build."""
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
        """Write a read mark or a remark into the line of a list that names the source, and no other."""
        token, folder = request.scope.get("token"), desk.folder
        if folder is None or not desk.settings.write:
            raise HTTPException(403, "Writing is off: set write = true under [serve] to allow it.")
        if request.scope.get("tokens_exist") and (token is None or "build" not in token.scopes):
            raise HTTPException(403, "Writing needs a token with the scope build.")

        def write() -> Entry:
            entry = _entry(desk, source_id, change)
            return lists.mark(folder, entry, read=change.read, remark=change.remark)

        entry = await desk.reading(write)
        await jobs.start("--offline")  # so that the library soon says what its lists say
        return json_reply(views.mention_view(entry))

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
