"""Send an answer as server-sent events: sources at once, then sentences as they are verified, then
the whole.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Generator, Mapping
from dataclasses import asdict
from typing import Any

from starlette.exceptions import HTTPException

from litsearch.errors import LitsearchError
from litsearch.server.local import END, line, line_of
from litsearch.server.state import State
from litsearch.types import Answer, AnswerSentence, AnswerStep, Citation, Wait
from litsearch.views.json import answer_view, citation_view, sentence_view

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
