"""Edit the lists: add links and files, change and remove entries, and undo every edit."""

from __future__ import annotations

from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app import adapters, adding, editing
from litsearch.app.editing import Edit, Shape
from litsearch.server.jobs import Job, Jobs
from litsearch.server.openapi import WHOLE, Id, described
from litsearch.server.problems import responses
from litsearch.server.sources import source_of
from litsearch.server.state import State, json_reply
from litsearch.types import Entry
from litsearch.views import replies
from litsearch.views.json import dropped_view, mention_view

UNDONE = 50  # edits that can be undone
BYTES = {"application/octet-stream": {"schema": {"type": "string"}}}  # as OpenAPI describes them
SHOWN = 20  # lines that became no entry
Line = Annotated[int, Field(ge=1, le=10_000_000), WHOLE]
Tag = Annotated[str, Field(pattern=r"^#?[\w/-]{1,50}$")]
ListName = Annotated[
    str, Query(max_length=500, description="path or name of the list; by default the first one")
]
Section = Annotated[str, Query(max_length=200, description="made when it is not there")]


class Place(BaseModel):
    """Where a list names a source."""

    model_config = ConfigDict(extra="forbid", strict=True)

    list: str = Field(max_length=500, examples=["config/lists/llm.md"])
    line: Line
    title: str = Field(
        max_length=2000, description="as the list has it, so that another entry is never changed"
    )


class Change(Place):
    """What to write there."""

    read: bool | None = None
    remark: Annotated[str, Field(max_length=500)] = ""
    new_title: Annotated[str, Field(max_length=500)] = ""
    tags: Annotated[list[Tag], Field(max_length=20)] = []


class NewEntry(BaseModel):
    """A link to be put into a list."""

    model_config = ConfigDict(extra="forbid", strict=True)

    url: str = Field(min_length=1, max_length=2000, examples=["https://example.org/article"])
    title: str = Field("", max_length=500)
    remark: str = Field("", max_length=500)
    list: str = Field(
        "", max_length=500, description="path or name of the list; by default the first one"
    )
    section: str = Field("", max_length=200, description="made when it is not there")


class Writer:
    """Does edits, remembers how to undo them, and lets a build follow each."""

    def __init__(self, state: State, jobs: Jobs) -> None:
        self._state, self._jobs = state, jobs
        self._edits: dict[str, Edit] = {}

    def remember(self, edit: Edit) -> str:
        """Return the id by which an edit can be undone."""
        self._edits[edit.id] = edit
        while len(self._edits) > UNDONE:
            del self._edits[next(iter(self._edits))]
        return edit.id

    def take(self, edit_id: str) -> Edit:
        """Return an edit, to be undone. Raises HTTPException 404."""
        if edit_id not in self._edits:
            raise HTTPException(404, "This edit can no longer be undone here.")
        return self._edits.pop(edit_id)

    async def build(self, *, fetch: bool = False) -> Job:
        """Let the library soon say what its lists say; fetch: and download what is new, where that
        is allowed.
        """
        online = fetch and self._state.settings.build
        return await self._jobs.start_after(*(() if online else ("--offline",)))


def router(state: State, jobs: Jobs) -> APIRouter:
    """Return the routes that write; refused unless write = true, and where there are tokens without
    the scope build.
    """
    routes = APIRouter(tags=["library"])
    writer = Writer(state, jobs)
    _add_links(routes, state, writer)
    _add_files(routes, state, writer)
    _add_editing(routes, state, writer)
    _add_repairs(routes, state, writer)
    return routes


def _add_links(routes: APIRouter, state: State, writer: Writer) -> None:
    @routes.post(
        "/entries",
        summary="Put a link into a list",
        status_code=201,
        responses=described(replies.Added, status=201) | responses(409, 413, 422),
    )
    async def post_entry(entry: NewEntry, request: Request) -> Response:
        """Write one more line into a Markdown list; a build follows, which fetches it when build =
        true.
        """
        folder = check_may_write(state, request)
        adding.check_link(state.config, entry.url)
        where = {"list_name": entry.list, "section": entry.section}
        what = {"url": entry.url, "title": entry.title, "remark": entry.remark}
        edit = await state.reading(lambda: editing.add_link(folder, **what, **where))
        job = await writer.build(fetch=True)
        return json_reply(_added(edit, writer.remember(edit), job), 201)


def _add_files(routes: APIRouter, state: State, writer: Writer) -> None:
    @routes.put(
        "/files/{name}",
        summary="Put a file into the library",
        status_code=201,
        responses=described(replies.Added, status=201) | responses(404, 409, 413, 422),
        openapi_extra={"requestBody": {"content": BYTES}},
    )
    async def put_file(
        name: Annotated[str, Path(max_length=200, description="its name, with the suffix")],
        request: Request,
        list: ListName = "",  # noqa: A002 - its name everywhere
        section: Section = "",
        source: Annotated[Id, Query(description="a source that the file stands in for")] = "",
        shape: Annotated[
            Shape, Query(description="what the file is, when its content does not say")
        ] = "",
    ) -> Response:
        """Keep a document as an entry of a list; a list, or bookmarks, as a list of its own."""
        folder = check_may_write(state, request)
        if source:
            source_of(state, source)
        body = await request.body()
        edit = await state.reading(
            lambda: editing.add_file(folder, name, body, list, section, source, shape)
        )
        job = await writer.build(fetch=not source)
        return json_reply(_added(edit, writer.remember(edit), job), 201)


def _add_editing(routes: APIRouter, state: State, writer: Writer) -> None:
    @routes.patch(
        "/sources/{source_id}",
        summary="Change the read mark, title, remark or tags of an entry in its list file",
        responses=described(replies.Edit) | responses(404, 409, 413, 422),
    )
    async def patch_source(source_id: Id, change: Change, request: Request) -> Response:
        """Write into the line of a list that names the source, and no other."""
        folder = check_may_write(state, request)

        def write() -> tuple[Edit, Entry]:
            """Change the line that the request names."""
            return editing.change(
                folder,
                _entry_at(state, source_id, change),
                read=change.read,
                remark=change.remark,
                title=change.new_title,
                tags=change.tags,
            )

        edit, entry = await state.reading(write)
        job = await writer.build()
        undo = writer.remember(edit)
        view: replies.Edit = {**mention_view(entry), "undo": undo, "job": job.view()}
        return json_reply(view)

    @routes.delete(
        "/sources/{source_id}",
        summary="Take an entry out of a list",
        responses=described(replies.Removed) | responses(404, 409, 413, 422),
    )
    async def delete_entry(
        source_id: Id, place: Annotated[Place, Body()], request: Request
    ) -> Response:
        """Take out the line of a list that names the source, and no other."""
        folder = check_may_write(state, request)
        edit = await state.reading(
            lambda: editing.remove(folder, _entry_at(state, source_id, place))
        )
        return json_reply(await _removed(writer, edit))


def _add_repairs(routes: APIRouter, state: State, writer: Writer) -> None:
    @routes.post(
        "/sources/{source_id}/retry",
        summary="Fetch a source once more",
        status_code=202,
        responses=described(replies.Removed, status=202) | responses(404, 422),
    )
    async def retry_source(source_id: Id, request: Request) -> Response:
        """Start a build that asks for it, however lately it failed; it needs build = true."""
        folder = check_may_write(state, request)
        if not state.settings.build:
            raise HTTPException(403, "Fetching is off: set build = true under [serve] to allow it.")
        source = source_of(state, source_id)
        await state.reading(lambda: adapters.ask_again(folder, state.config, source))
        job = await writer.build(fetch=True)
        return json_reply({"list": source.entries[0].list, "undo": "", "job": job.view()}, 202)

    @routes.post(
        "/undo/{edit_id}",
        summary="Undo an edit",
        responses=described(replies.Removed) | responses(404, 409, 422),
    )
    async def post_undo(edit_id: Id, request: Request) -> Response:
        """Give the list file back what it had, unless it was changed since."""
        folder = check_may_write(state, request)
        edit = writer.take(edit_id)
        undone = await state.reading(lambda: editing.undo(folder, edit))
        return json_reply(await _removed(writer, undone))


def check_may_write(state: State, request: Request) -> Folder:
    """Return the library folder. Raises HTTPException 403 unless the setting, and a token, allow to
    write.
    """
    token = request.scope.get("token")
    if state.folder is None or not state.settings.write:
        raise HTTPException(403, "Writing is off: set write = true under [serve] to allow it.")
    if request.scope.get("tokens_exist") and (token is None or "build" not in token.scopes):
        raise HTTPException(403, "Writing needs a token with the scope build.")
    return state.folder


def _entry_at(state: State, source_id: str, place: Place) -> Entry:
    """Return the entry that is meant. Raises HTTPException."""
    identity = (place.list, place.line, place.title)
    for entry in source_of(state, source_id).entries:
        if (entry.list, entry.line, entry.title) == identity:
            return entry
    raise HTTPException(409, "The library does not know this entry there: read the source again.")


def _added(edit: Edit, undo: str, job: Job) -> replies.Added:
    entry = mention_view(edit.entry) if edit.entry else None
    return {
        "entry": entry,
        "list": edit.list,
        "entries": edit.entries,
        "dropped": [dropped_view(dropped) for dropped in edit.dropped[:SHOWN]],
        "undo": undo,
        "job": job.view(),
    }


async def _removed(writer: Writer, edit: Edit) -> replies.Removed:
    job = await writer.build()
    return {"list": edit.list, "undo": writer.remember(edit), "job": job.view()}
