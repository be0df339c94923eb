"""Writes answers into the folder of notes that the settings name: POST /vault."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app.folders import obsidian_address, vault_of
from litsearch.app.vault import write_note
from litsearch.config import place_of
from litsearch.server.openapi import described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.server.writes import check_may_write
from litsearch.views import replies


class NewVaultNote(BaseModel):
    """An answer or a conversation, as Markdown."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = Field(min_length=1, max_length=2000, examples=["What is DoRA?"])
    text: str = Field(min_length=1, max_length=500_000)


def router(state: State) -> APIRouter:
    """Return the route that writes notes."""
    routes = APIRouter(tags=["library"])

    @routes.post(
        "/vault",
        summary="Write an answer into the folder of notes",
        status_code=201,
        responses=described(replies.Noted, status=201) | responses(413, 422),
    )
    async def post_vault_note(note: NewVaultNote, request: Request) -> Response:
        """Write a note of its own, named after the question; no note is ever written over."""
        folder = _folder(state, check_may_write(state, request))
        path = await state.reading(lambda: write_note(folder, note.title, note.text))
        return json_reply(
            {"name": path.name, "open": obsidian_address(path, vault_of(folder))}, 201
        )

    return routes


def _folder(state: State, library: Path) -> Path:
    if not state.settings.vault:
        raise HTTPException(403, "No folder of notes is named: set vault under [serve].")
    return place_of(state.settings.vault, library)
