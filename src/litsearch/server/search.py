"""GET and POST /search, POST /ask."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Generator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.errors import LitsearchError
from litsearch.server import schemas
from litsearch.server.problems import responses
from litsearch.server.state import Desk, json_reply
from litsearch.types import Answer, AnswerSentence, AnswerStep, Filters, Kind, Mode, Turn
from litsearch.views import json as views

# seconds without an event, after which proxies begin to think that nobody is there
HEARTBEAT = 10.0
Steps = Generator[AnswerStep, None, None]
_log = logging.getLogger(__name__)


async def stream(first: AnswerStep, steps: Steps) -> AsyncIterator[str]:
    """`sources` (an answer of verbatim sentences), `sentence` (its citations are those of sources),
    `answer`.

    An error is an `error` event, with what would be a problem's title, detail and hint; when it is
    the language model that failed, an answer without it follows. When the reader leaves, the model
    is stopped.
    """
    last: Answer | None = first if isinstance(first, Answer) else None
    yield _event("sources", views.answer_view(last) if last else {})
    told = asyncio.get_running_loop().time()
    task = _next(steps)
    try:
        while True:
            while not (await asyncio.wait({task}, timeout=HEARTBEAT))[0]:
                yield ": still at work\n\n"
            step = task.result()
            if step is _DONE:
                break
            last = step if isinstance(step, Answer) else last
            now = asyncio.get_running_loop().time()
            if event := _told(step) or (": still at work\n\n" if now - told > HEARTBEAT else ""):
                told = now
                yield event
            task = _next(steps)
        if last:
            yield _event("answer", views.answer_view(last))
    except LitsearchError as error:
        yield _failure(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader must not take a cut line for an answer
        _log.exception("an answer broke off")
        yield _event(
            "error",
            {
                "title": type(error).__name__,
                "detail": "The answer broke off.",
                "hint": "Ask again.",
            },
        )
    finally:
        _close(task, steps)


_DONE = object()


def _next(steps: Steps) -> asyncio.Task[Any]:
    """The next step, waited for in a thread; _DONE at the end."""
    return asyncio.create_task(asyncio.to_thread(next, steps, _DONE))


def _told(step: AnswerStep) -> str:
    """The event of a step; "" when it has none."""
    if isinstance(step, AnswerSentence):
        return _event("sentence", views.sentence_view(step))
    return _failure(step) if isinstance(step, LitsearchError) else ""


def _close(task: asyncio.Task[Any], steps: Steps) -> None:
    """Stop answering as soon as the step that is being made is made; a model may take seconds to
    listen.
    """
    loop = asyncio.get_running_loop()
    task.add_done_callback(lambda done: loop.run_in_executor(None, _closed, done, steps))


def _closed(task: asyncio.Task[Any], steps: Steps) -> None:
    if not task.cancelled():  # else the service ends, and its thread is still at the step
        task.exception()  # that nobody waits for any more
        steps.close()


def _failure(error: LitsearchError) -> str:
    return _event(
        "error", {"title": type(error).__name__, "detail": str(error), "hint": error.hint}
    )


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


MAX_K = 1000
MAX_QUERY = 2000  # characters
MAX_STREAMS = 32
Wording = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_QUERY,
        pattern=r"[^\s\x00-\x1f\x7f-\x9f]",
        examples=["what is DoRA?"],
    ),
]


def _whole(value: object) -> object:
    """5.0 is a whole number in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
Year = Annotated[int, Field(ge=0, le=9999), WHOLE]
K = Annotated[int, Field(ge=1, le=MAX_K), WHOLE]
Budget = Annotated[
    str,
    Field(
        pattern=r"^([1-9][0-9]{0,4}ms|[1-9][0-9]?s)$",
        examples=["300ms"],
        description="how long a search may take with the reranker that the settings name; 409 when they name none",
    ),
]


class Wanted(BaseModel):
    """The filters as they stand in an address: each may be given several times."""

    model_config = ConfigDict(populate_by_name=True)

    list_: list[str] = Field(
        [], alias="list", description="path or name of a list", examples=[["papers.md"]]
    )
    topic: list[str] = Field(
        [], description="a topic, as /stats counts them", examples=[["Training"]]
    )
    kind: list[Kind] = Field([], description="what the source is", examples=[["paper", "article"]])
    section: list[str] = Field(
        [], description="part of a heading above an entry", examples=[["LoRA"]]
    )
    author: list[str] = Field([], description="part of an author's name", examples=[["Raschka"]])
    year: list[Year] = Field([], description="of publication", examples=[[2024]])
    site: list[str] = Field(
        [], description="a host, with or without a path", examples=[["arxiv.org"]]
    )
    unread: bool = Field(False, description="only what no list marks as read")

    @property
    def filters(self) -> Filters:
        """For the search."""
        several = (
            self.list_,
            self.topic,
            self.kind,
            self.section,
            self.author,
            self.year,
            self.site,
        )
        return _filters(*several, unread=self.unread)


class SearchQuery(Wanted):
    """What GET /search is asked."""

    q: Wording = Field(
        description='words, a question, "a phrase", -word, title:, author:, site:, year:, kind:'
    )
    k: K | None = Field(
        None, description="how many passages; by default as the settings say", examples=[10]
    )
    mode: Mode = Field(
        "hybrid", description="by meaning and words, by meaning alone, by words alone"
    )
    budget: Budget | None = Field(
        None, description="how long the reranker may take; 409 when the settings name none"
    )


class SearchRequest(BaseModel):
    """The names of GET /search, as JSON."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    q: Wording
    k: K | None = None
    mode: Mode = "hybrid"
    list_: str | list[str] | None = Field(None, alias="list")
    topic: str | list[str] | None = None
    kind: Kind | list[Kind] | None = None
    section: str | list[str] | None = None
    author: str | list[str] | None = None
    year: Year | list[Year] | None = None
    site: str | list[str] | None = None
    unread: bool = False
    budget: Budget | None = None


class EarlierTurn(BaseModel):
    """A question that was asked before, and its answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(max_length=MAX_QUERY)
    answer: str = Field("", max_length=6000)


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Wording
    k: K | None = None
    generator: str | None = Field(None, pattern="^(extractive|llama_cpp|openai)$")
    turns: list[EarlierTurn] = Field(
        [], max_length=10, description="the last questions and answers, oldest first"
    )


def _filters(*asked: Any, unread: bool) -> Filters:
    """Filters from lists, topics, kinds, sections, authors, years and sites, each one value,
    several or None.
    """
    names = ("lists", "topics", "kinds", "sections", "authors", "years", "sites")
    several = [
        () if value is None else tuple(value) if isinstance(value, list) else (value,)
        for value in asked
    ]
    return Filters(**dict(zip(names, several, strict=True)), unread=unread)


def router(desk: Desk) -> APIRouter:
    """The routes that find and answer."""
    routes = APIRouter(tags=["find"])
    library = desk.library

    def search(
        q: str, k: int | None, mode: Mode, filters: Filters, budget: str | None
    ) -> tuple[Any, str]:
        """What makes the reply, and what is the same of requests that have the same one."""

        def found() -> dict[str, Any]:
            return views.results_view(
                library.search(q, k=k, mode=mode, filters=filters, budget=budget)
            )

        # What a reranker manages within its time is another thing each time.
        return found, "" if budget or library.reranks else repr((q, k, mode, filters))

    @routes.get(
        "/search",
        summary="Find passages",
        response_model=schemas.Results,
        responses=responses(409, 422),
    )
    async def get_search(request: Request, asked: Annotated[SearchQuery, Query()]) -> Response:
        """Passages for a query, best first; filters hold before the cut."""
        return await desk.get(
            request, *search(asked.q, asked.k, asked.mode, asked.filters, asked.budget)
        )

    @routes.post(
        "/search",
        summary="Find passages",
        response_model=schemas.Results,
        responses=responses(409, 413, 422),
    )
    async def post_search(body: SearchRequest) -> Response:
        """The same, with the query in a body."""
        asked = (body.list_, body.topic, body.kind, body.section, body.author, body.year, body.site)
        filters = _filters(*asked, unread=body.unread)
        found = await desk.body(*search(body.q, body.k, body.mode, filters, body.budget))
        return Response(found, media_type="application/json")

    _add_ask(routes, desk)
    return routes


def _add_ask(routes: APIRouter, desk: Desk) -> None:
    library, streams = desk.library, [0]
    stream: dict[int | str, dict[str, Any]] = {200: {"content": schemas.EVENTS}}

    @routes.post(
        "/ask",
        summary="Answer a question, with citations; as events when text/event-stream is accepted",
        response_model=schemas.Answer,
        responses=stream | responses(409, 413, 422),
    )
    async def post_ask(body: AskRequest, request: Request) -> Response:
        """An answer whose every sentence cites stored text, or a refusal with its reason and the
        nearest passages.
        """
        turns = [Turn(turn.question, turn.answer) for turn in body.turns]
        if "text/event-stream" not in request.headers.get("accept", ""):
            answer = await desk.asking(
                lambda: library.ask(body.question, k=body.k, generator=body.generator, turns=turns)
            )
            return json_reply(views.answer_view(answer))
        steps = library.answering(body.question, k=body.k, generator=body.generator, turns=turns)
        return await streamed(desk, streams, steps)


async def streamed(
    desk: Desk, streams: list[int], steps: Generator[AnswerStep, None, None]
) -> StreamingResponse:
    """The steps of an answer as events; of so many at once. What cannot be asked is refused with a
    status.
    """
    if streams[0] >= MAX_STREAMS:
        raise HTTPException(503, "Too many answers are being streamed.", {"Retry-After": "5"})
    first = await desk.asking(lambda: next(steps))
    streams[0] += 1

    async def counted() -> Any:
        try:
            async for event in stream(first, steps):
                yield event
        finally:
            streams[0] -= 1

    kept = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(counted(), media_type="text/event-stream", headers=kept)
