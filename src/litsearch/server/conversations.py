"""Keeps the page's conversations in the library: GET, PUT and DELETE /conversations."""

from __future__ import annotations

from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app import conversations
from litsearch.server.openapi import described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.server.writes import check_may_write
from litsearch.views import replies

TalkId = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9-]{1,60}$", description="as the page names a conversation")
]


class Asked(BaseModel):
    """A question with what was answered."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(min_length=1, max_length=2000)
    filters: dict[str, Any] = {}
    answer: dict[str, Any] = {}


class Turns(BaseModel):
    """The turns of a conversation, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    turns: list[Asked] = Field(max_length=200)


def router(state: State) -> APIRouter:
    """Return the routes of conversations."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/conversations",
        summary="Conversations that the library keeps",
        responses=described(replies.Conversations) | responses(),
    )
    async def get_conversations() -> Response:
        """Return them, newest first; none where each browser keeps its own."""
        folder = state.folder
        if folder is None or not (state.settings.write and state.settings.history):
            return json_reply({"conversations": [], "kept": False})
        talks = await state.reading(lambda: conversations.conversations(folder))
        return json_reply({"conversations": talks, "kept": True})

    @routes.put(
        "/conversations/{talk_id}",
        summary="Keep a conversation",
        responses=described(replies.Conversation) | responses(413, 422),
    )
    async def put_conversation(talk_id: TalkId, talk: Turns, request: Request) -> Response:
        """Write it into config/conversations.jsonl, in place of what it was."""
        folder = _folder(state, request)
        changed: replies.Conversation = {"id": talk_id, "turns": talk.model_dump()["turns"]}
        await state.reading(lambda: conversations.keep(folder, changed))
        return json_reply(changed)

    _add_forgetting(routes, state)
    return routes


def _add_forgetting(routes: APIRouter, state: State) -> None:
    @routes.delete(
        "/conversations",
        summary="Keep no conversation any longer",
        responses=described(replies.Conversations) | responses(),
    )
    async def delete_conversations(request: Request) -> Response:
        """Remove all of them."""
        folder = _folder(state, request)
        await state.reading(lambda: conversations.forget(folder))
        return json_reply({"conversations": [], "kept": True})


def _folder(state: State, request: Request) -> Folder:
    """Return the library folder. Raises HTTPException 403 unless conversations are kept in it."""
    folder = check_may_write(state, request)
    if not state.settings.history:
        raise HTTPException(403, "Each browser keeps its own: set history = true under [serve].")
    return folder
