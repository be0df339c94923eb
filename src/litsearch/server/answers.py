"""Keep answers, and gives them again: GET, POST and DELETE /answers, and /answers/ID/replay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.app import kept_answers
from litsearch.errors import QueryError
from litsearch.server.openapi import described
from litsearch.server.parameters import AskRequest
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.server.writes import check_may_write
from litsearch.views import replies

AnswerId = Annotated[str, Path(max_length=16, pattern="^[0-9a-f]+$", description="of a kept one")]


def router(state: State) -> APIRouter:
    """Return the routes of kept answers."""
    routes = APIRouter(tags=["find"])
    _add_keeping(routes, state)
    _add_forgetting(routes, state)
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
        records = await state.reading(lambda: kept_answers.kept_answers(folder)) if folder else []
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
            return kept_answers.keep(
                folder,
                answer,
                question=query.question,
                k=query.k,
                filters=query.filters,
                turns=turns,
            )

        return json_reply(await state.asking(ask_and_keep), 201)


def _add_forgetting(routes: APIRouter, state: State) -> None:
    @routes.delete(
        "/answers/{answer_id}",
        summary="Keep an answer no longer",
        responses=described(replies.KeptAnswer) | responses(404, 422),
    )
    async def delete_answer(answer_id: AnswerId, request: Request) -> Response:
        """Remove a kept answer."""
        folder = check_may_write(state, request)
        return json_reply(
            await state.reading(lambda: _or_404(kept_answers.forget, folder, answer_id))
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
        record = await state.reading(lambda: _or_404(kept_answers.kept_answer, folder, answer_id))
        return json_reply(await state.asking(lambda: kept_answers.replay(state.library, record)))


def _or_404(
    act: Callable[[Folder, str], replies.KeptAnswer], folder: Folder, answer_id: str
) -> replies.KeptAnswer:
    """Return what an act on a kept answer returns. Raises HTTPException 404."""
    try:
        return act(folder, answer_id)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
