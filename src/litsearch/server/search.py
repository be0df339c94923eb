"""Search and answer: GET and POST /search, POST /ask, whole or as server-sent events."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Generator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from litsearch.app.library import Library
from litsearch.errors import LitsearchError
from litsearch.server.local import END, RECORDS, STEPS, line, line_of
from litsearch.server.openapi import EVENTS, AskRequest, SearchParameters, SearchRequest, described
from litsearch.server.problems import responses
from litsearch.server.state import State, check_same_library, json_reply
from litsearch.types import Answer, AnswerSentence, AnswerStep, Citation, Results, Wait
from litsearch.views import records
from litsearch.views.json import answer_view, citation_view, results_view, sentence_view


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


HEARTBEAT = (
    10.0  # seconds without an event, after which proxies begin to think that nobody is there
)
MAX_STREAMS = 32
EVENT_STREAM = "text/event-stream"
NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
STILL_AT_WORK = ": still at work\n\n"

Steps = Generator[AnswerStep, None, None]
_END = object()
_LOG = logging.getLogger(__name__)


class AnswerStream:
    """The steps of an answer, each made in a thread. Closing it stops the model."""

    def __init__(self, state: State, steps: Steps) -> None:
        """Raise HTTPException 503 when too many answers are being made."""
        if state.streams.busy >= MAX_STREAMS:
            raise HTTPException(503, "Too many answers are streamed.", {"Retry-After": "5"})
        self._state, self._steps = state, steps
        self._next: asyncio.Future[Any] | None = None
        self._closed = False
        state.streams.busy += 1

    @classmethod
    async def begin(cls, state: State, steps: Steps) -> AnswerStream:
        """Make the first step, so that what cannot be asked is refused with a status.

        Raises QueryError, ConfigError, StoreError, HTTPException.
        """
        stream = cls(state, steps)
        try:
            first = await state.asking(lambda: next(steps, _END))
        except BaseException:
            stream.close()
            raise
        stream._next = asyncio.get_running_loop().create_future()
        stream._next.set_result(first)
        return stream

    def __aiter__(self) -> AnswerStream:
        return self

    async def __anext__(self) -> AnswerStep:
        step = await asyncio.shield(self._start())
        self._next = None
        if step is _END:
            raise StopAsyncIteration
        answer_step: AnswerStep = step
        return answer_step

    async def is_ready(self, seconds: float) -> bool:
        """Wait so long for the next step; True when it is there."""
        ready, _ = await asyncio.wait({self._start()}, timeout=seconds)
        return bool(ready)

    def close(self) -> None:
        """Stop answering as soon as the step that is being made is made.

        A model may take seconds to listen, for which nobody waits.
        """
        if self._closed:
            return
        self._closed = True
        self._state.streams.busy -= 1
        loop = asyncio.get_running_loop()
        if self._next is None:
            loop.run_in_executor(None, self._steps.close)
        else:
            self._next.add_done_callback(lambda step: self._close_after(loop, step))

    def _close_after(self, loop: asyncio.AbstractEventLoop, step: asyncio.Future[Any]) -> None:
        if not step.cancelled():  # else the service ends, and its thread is still at the step
            step.exception()  # that nobody waits for any more
            loop.run_in_executor(None, self._steps.close)

    def _start(self) -> asyncio.Future[Any]:
        if self._next is None:
            self._next = asyncio.ensure_future(asyncio.to_thread(next, self._steps, _END))
        return self._next


async def events(stream: AnswerStream) -> AsyncIterator[str]:
    """Yield `sources` (an answer of verbatim sentences), then of a language model each `sentence`
    after the `citation` that it cites by its number, then the whole `answer`; `progress` tells of
    a wait.

    An error is an `error` event, with what would be a problem's title, detail and hint; when it is
    the language model that failed, an answer without it follows.
    """
    last = asyncio.get_running_loop().time()
    answer: Answer | None = None
    try:
        while (step := await _next_step(stream)) is not _END:
            text = _event_of(step, is_first=answer is None)
            answer = step if isinstance(step, Answer) else answer
            now = asyncio.get_running_loop().time()
            if text or now - last >= HEARTBEAT:
                last = now
                yield text or STILL_AT_WORK
        if answer is not None:
            yield event("answer", answer_view(answer))
    except LitsearchError as error:
        yield failure(error)
    except Exception as error:  # noqa: BLE001 - the reader must not take a cut line for an answer
        _LOG.exception("an answer broke off")
        detail = {"title": type(error).__name__, "detail": "The answer broke off."}
        yield event("error", detail | {"hint": "Ask again."})
    finally:
        stream.close()


async def lines(stream: AnswerStream) -> AsyncIterator[bytes]:
    """Yield the steps of an answer as a command of this user reads them."""
    try:
        async for step in stream:
            yield line_of(step)
        yield line(END)
    finally:
        stream.close()


async def _next_step(stream: AnswerStream) -> object:
    """Return the next step; None when none came for a while, _END at the end."""
    if not await stream.is_ready(HEARTBEAT):
        return None
    return await anext(stream, _END)


def _event_of(step: object, *, is_first: bool) -> str:
    """Return the event of a step; "" when it has none."""
    if isinstance(step, Answer):
        return event("sources", answer_view(step)) if is_first else ""
    if isinstance(step, Citation):
        return event("citation", citation_view(step))
    if isinstance(step, AnswerSentence):
        return event("sentence", sentence_view(step))
    if isinstance(step, Wait):
        return event("progress", asdict(step))
    return failure(step) if isinstance(step, LitsearchError) else ""


def event(name: str, data: Mapping[str, Any]) -> str:
    """Return one event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def failure(error: LitsearchError) -> str:
    """Return the event of an error."""
    return event("error", {"title": type(error).__name__, "detail": str(error), "hint": error.hint})
