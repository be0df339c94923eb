"""Keep what a reader saves: answers, highlights, conversations, and notes in a folder of notes.

GET, POST and DELETE /answers, and /answers/ID/replay; GET, POST and DELETE /notes; GET, PUT and
DELETE /conversations; POST /vault.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.app import saved
from litsearch.app.folders import obsidian_address, vault_of
from litsearch.app.saved import NoteBook, write_note
from litsearch.config import place_of
from litsearch.errors import QueryError
from litsearch.server.openapi import WHOLE, AskRequest, Id, described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.server.writes import check_may_write
from litsearch.views import replies

AnswerId = Annotated[str, Path(max_length=16, pattern="^[0-9a-f]+$", description="of a kept one")]


def answers_router(state: State) -> APIRouter:
    """Return the routes of kept answers."""
    routes = APIRouter(tags=["find"])
    _add_keeping(routes, state)
    _add_forgetting_of_answers(routes, state)
    _add_replay(routes, state)
    return routes


def _add_keeping(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/answers",
        summary="The answers that were kept",
        responses=described(replies.KeptAnswers) | responses(),
    )
    async def get_answers() -> Response:
        """Return kept answers, newest first, each with what was asked."""
        folder = state.folder
        records = await state.reading(lambda: saved.kept_answers(folder)) if folder else []
        writable = bool(folder and state.settings.write)
        vault = bool(writable and state.settings.vault)
        return json_reply({"answers": records, "writable": writable, "vault": vault})

    @routes.post(
        "/answers",
        summary="Answer a question, and keep the answer",
        status_code=201,
        responses=described(replies.KeptAnswer, status=201) | responses(409, 413, 422),
    )
    async def post_answer(query: AskRequest, request: Request) -> Response:
        """Ask, and write the answer with all that it was made with into config/answers.jsonl."""
        folder = check_may_write(state, request)
        turns = [turn.turn for turn in query.turns]

        def ask_and_keep() -> replies.KeptAnswer:
            """Ask, and keep the answer."""
            answer = state.library.ask(
                query.question,
                k=query.k,
                generator=query.generator,
                turns=turns,
                filters=query.filters,
            )
            return saved.keep_answer(
                folder,
                answer,
                question=query.question,
                k=query.k,
                filters=query.filters,
                turns=turns,
            )

        return json_reply(await state.asking(ask_and_keep), 201)


def _add_forgetting_of_answers(routes: APIRouter, state: State) -> None:
    @routes.delete(
        "/answers/{answer_id}",
        summary="Keep an answer no longer",
        responses=described(replies.KeptAnswer) | responses(404, 422),
    )
    async def delete_answer(answer_id: AnswerId, request: Request) -> Response:
        """Remove a kept answer."""
        folder = check_may_write(state, request)
        return json_reply(
            await state.reading(lambda: _or_404(saved.forget_answer, folder, answer_id))
        )


def _add_replay(routes: APIRouter, state: State) -> None:
    @routes.post(
        "/answers/{answer_id}/replay",
        summary="Give a kept answer again, or say what changed",
        responses=described(replies.Replay) | responses(404, 409, 422),
    )
    async def post_replay(answer_id: AnswerId) -> Response:
        """Ask again what was asked then, and compare the two."""
        folder = state.folder
        if folder is None:
            raise HTTPException(404, "This service keeps no answers.")
        record = await state.reading(lambda: _or_404(saved.kept_answer, folder, answer_id))
        return json_reply(await state.asking(lambda: saved.replay(state.library, record)))


def _or_404(
    act: Callable[[Folder, str], replies.KeptAnswer], folder: Folder, answer_id: str
) -> replies.KeptAnswer:
    """Return what an act on a kept answer returns. Raises HTTPException 404."""
    try:
        return act(folder, answer_id)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None


Offset = Annotated[int, Field(ge=0, le=100_000_000), WHOLE]


class NewNote(BaseModel):
    """A stretch of a text, by its place and by its words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    source: Id
    start: Offset
    end: Offset
    quote: str = Field(min_length=1, max_length=20_000)
    note: str = Field("", max_length=5000)


def notes_router(state: State) -> APIRouter:
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


def conversations_router(state: State) -> APIRouter:
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
        talks = await state.reading(lambda: saved.conversations(folder))
        return json_reply({"conversations": talks, "kept": True})

    @routes.put(
        "/conversations/{talk_id}",
        summary="Keep a conversation",
        responses=described(replies.Conversation) | responses(413, 422),
    )
    async def put_conversation(talk_id: TalkId, talk: Turns, request: Request) -> Response:
        """Write it into config/conversations.jsonl, in place of what it was."""
        folder = _folder_of_conversations(state, request)
        changed: replies.Conversation = {"id": talk_id, "turns": talk.model_dump()["turns"]}
        await state.reading(lambda: saved.keep_conversation(folder, changed))
        return json_reply(changed)

    _add_forgetting_of_conversations(routes, state)
    return routes


def _add_forgetting_of_conversations(routes: APIRouter, state: State) -> None:
    @routes.delete(
        "/conversations",
        summary="Keep no conversation any longer",
        responses=described(replies.Conversations) | responses(),
    )
    async def delete_conversations(request: Request) -> Response:
        """Remove all of them."""
        folder = _folder_of_conversations(state, request)
        await state.reading(lambda: saved.forget_conversations(folder))
        return json_reply({"conversations": [], "kept": True})


def _folder_of_conversations(state: State, request: Request) -> Folder:
    """Return the library folder. Raises HTTPException 403 unless conversations are kept in it."""
    folder = check_may_write(state, request)
    if not state.settings.history:
        raise HTTPException(403, "Each browser keeps its own: set history = true under [serve].")
    return folder


class NewVaultNote(BaseModel):
    """An answer or a conversation, as Markdown."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = Field(min_length=1, max_length=2000, examples=["What is DoRA?"])
    text: str = Field(min_length=1, max_length=500_000)


def vault_router(state: State) -> APIRouter:
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
        folder = _folder_of_notes(state, check_may_write(state, request))
        path = await state.reading(lambda: write_note(folder, note.title, note.text))
        return json_reply(
            {"name": path.name, "open": obsidian_address(path, vault_of(folder))}, 201
        )

    return routes


def _folder_of_notes(state: State, library: Folder) -> Folder:
    if not state.settings.vault:
        raise HTTPException(403, "No folder of notes is named: set vault under [serve].")
    return place_of(state.settings.vault, library)
