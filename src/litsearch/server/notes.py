"""Keep highlights and notes of the reader: GET, POST and DELETE /notes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app.notes import NoteBook
from litsearch.server.openapi import described
from litsearch.server.parameters import WHOLE, Id
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.server.writes import check_may_write
from litsearch.views import replies

Offset = Annotated[int, Field(ge=0, le=100_000_000), WHOLE]


class NewNote(BaseModel):
    """A stretch of a text, by its place and by its words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    source: Id
    start: Offset
    end: Offset
    quote: str = Field(min_length=1, max_length=20_000)
    note: str = Field("", max_length=5000)


def router(state: State) -> APIRouter:
    """Return the routes of notes."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/notes",
        summary="Highlights and notes",
        responses=described(replies.Notes) | responses(422),
    )
    async def get_notes(
        source: Annotated[Id, Query(description="of this source alone")] = "",
    ) -> Response:
        """Return what was highlighted, in the order of the texts."""
        folder = state.folder
        notes = await state.reading(lambda: NoteBook(folder).of(source)) if folder else []
        return json_reply({"notes": notes, "writable": bool(folder and state.settings.write)})

    @routes.post(
        "/notes",
        summary="Highlight a stretch of a text",
        status_code=201,
        responses=described(replies.Note, status=201) | responses(413, 422),
    )
    async def post_note(note: NewNote, request: Request) -> Response:
        """Keep a highlight in the library: in config/notes.jsonl, by offsets and by its words."""
        folder = check_may_write(state, request)
        view = await state.reading(lambda: NoteBook(folder).add(**note.model_dump()))
        return json_reply(view, 201)

    @routes.delete(
        "/notes/{note_id}",
        summary="Remove a highlight",
        responses=described(replies.Note) | responses(404, 422),
    )
    async def delete_note(note_id: Id, request: Request) -> Response:
        """Remove a highlight and its note."""
        folder = check_may_write(state, request)
        gone = await state.reading(lambda: NoteBook(folder).remove(note_id))
        if gone is None:
            raise HTTPException(404, f"There is no note {note_id!r}.")
        return json_reply(gone)

    return routes
