"""Search and answer: GET and POST /search, POST /ask."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from litsearch.app.library import Library
from litsearch.server.local import RECORDS, STEPS
from litsearch.server.openapi import EVENTS, described
from litsearch.server.parameters import AskRequest, SearchParameters, SearchRequest
from litsearch.server.problems import responses
from litsearch.server.state import State, check_same_library, json_reply
from litsearch.server.streaming import EVENT_STREAM, NO_STORE, AnswerStream, events, lines
from litsearch.types import Results
from litsearch.views import records
from litsearch.views.json import answer_view, results_view


def router(state: State) -> APIRouter:
    """Return the routes that find and answer."""
    routes = APIRouter(tags=["find"])
    _add_search(routes, state)
    _add_ask(routes, state)
    return routes


def _search(library: Library, query: SearchParameters | SearchRequest) -> Results:
    """Search as a request says."""
    return library.search(
        query.q,
        k=query.k,
        mode=query.mode,
        filters=query.filters,
        budget=query.budget,
        intent=query.intent,
    )


def _add_search(routes: APIRouter, state: State) -> None:
    library = state.library

    def key_of(query: SearchParameters | SearchRequest) -> str:
        # What a reranker manages within its time is another thing each time.
        if query.budget or library.reranks:
            return ""
        return repr((query.q, query.k, query.mode, query.filters, query.intent))

    @routes.get(
        "/search",
        summary="Find passages",
        responses=described(records.Results) | responses(409, 422),
    )
    async def get_search(request: Request, query: Annotated[SearchParameters, Query()]) -> Response:
        """Passages for a query, best first; filters hold before the cut."""
        search = partial(_search, library, query)
        return await state.get(request, lambda: results_view(search()), key_of(query))

    @routes.post(
        "/search",
        summary="Find passages",
        responses=described(records.Results) | responses(409, 412, 413, 422),
    )
    async def post_search(request: Request, query: SearchRequest) -> Response:
        """Return the same, with the query in a body."""
        search = partial(_search, library, query)
        check_same_library(request, state)
        if is_command(request, RECORDS):
            return Response(msgspec.msgpack.encode(await state.reading(search)), media_type=RECORDS)
        body = await state.body(lambda: results_view(search()), key_of(query))
        return Response(body, media_type="application/json")


def _add_ask(routes: APIRouter, state: State) -> None:
    library = state.library

    @routes.post(
        "/ask",
        summary="Answer a question, with citations; as events when text/event-stream is accepted",
        responses=described(records.Answer, EVENTS) | responses(409, 412, 413, 422),
    )
    async def post_ask(request: Request, query: AskRequest) -> Response:
        """Return an answer whose every sentence cites stored text, or a refusal with its reason and
        the nearest passages.
        """
        check_same_library(request, state)
        options: dict[str, Any] = {
            "k": query.k,
            "generator": query.generator,
            "turns": [turn.turn for turn in query.turns],
            "filters": query.filters,
        }
        kind = _kind_of_stream(request)
        if not kind:
            answer = await state.asking(lambda: library.ask(query.question, **options))
            return json_reply(answer_view(answer))
        stream = await AnswerStream.begin(state, library.answering(query.question, **options))
        stream_body = lines(stream) if kind == STEPS else events(stream)
        return StreamingResponse(stream_body, media_type=kind, headers=NO_STORE)


def _kind_of_stream(request: Request) -> str:
    """Return the media type that an answer is streamed in; "" for a whole one."""
    if is_command(request, STEPS):
        return STEPS
    return EVENT_STREAM if EVENT_STREAM in request.headers.get("accept", "") else ""


def is_command(request: Request, kind: str) -> bool:
    """Tell whether this is a command of this user, which takes a kind of records and shows them in
    its own ways.
    """
    return bool(request.scope.get("local")) and request.headers.get("accept") == kind
