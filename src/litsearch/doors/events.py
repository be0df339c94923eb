"""An answer as server-sent events: sources at once, then sentences as they are verified, then the whole answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Generator
from typing import Any

from litsearch.doors import views
from litsearch.errors import LitsearchError
from litsearch.types import Answer, AnswerSentence, AnswerStep

HEARTBEAT = 10.0  # seconds without an event, after which proxies begin to think that nobody is there
Steps = Generator[AnswerStep, None, None]
_log = logging.getLogger(__name__)


async def stream(first: AnswerStep, steps: Steps) -> AsyncIterator[str]:
    """`sources` (an answer of verbatim sentences), `sentence` (its citations are those of sources), `answer`.

    An error is an `error` event, with what would be a problem's title, detail and hint; when it is the language model
    that failed, an answer without it follows. When the reader leaves, the model is stopped.
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
        yield _event("error", {"title": type(error).__name__, "detail": "The answer broke off.", "hint": "Ask again."})
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
    """Stop answering as soon as the step that is being made is made; a model may take seconds to listen."""
    loop = asyncio.get_running_loop()
    task.add_done_callback(lambda done: loop.run_in_executor(None, _closed, done, steps))


def _closed(task: asyncio.Task[Any], steps: Steps) -> None:
    if not task.cancelled():  # else the service ends, and its thread is still at the step
        task.exception()  # that nobody waits for any more
        steps.close()


def _failure(error: LitsearchError) -> str:
    return _event("error", {"title": type(error).__name__, "detail": str(error), "hint": error.hint})


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
