"""An answer as server-sent events: sources at once, then sentences as they are verified, then the whole answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Generator
from typing import Any

from litsearch.doors import views
from litsearch.errors import LitsearchError
from litsearch.types import Answer, AnswerSentence

HEARTBEAT = 10.0  # seconds without an event, after which proxies begin to think that nobody is there
Steps = Generator[Answer | AnswerSentence, None, None]


async def stream(first: Answer | AnswerSentence, steps: Steps) -> AsyncIterator[str]:
    """`sources` (an answer of verbatim sentences), `sentence` (its citations are those of sources), `answer`.

    An error is an `error` event, with what would be a problem's title, detail and hint. When the reader leaves, the
    language model is stopped.
    """
    last: Answer | AnswerSentence = first
    yield _event("sources", views.answer_view(first) if isinstance(first, Answer) else {})
    task = _next(steps)
    try:
        while True:
            while not (await asyncio.wait({task}, timeout=HEARTBEAT))[0]:
                yield ": still at work\n\n"
            step = task.result()
            if step is None:
                break
            last = step
            if isinstance(step, AnswerSentence):
                yield _event("sentence", views.sentence_view(step))
            task = _next(steps)
        if isinstance(last, Answer):
            yield _event("answer", views.answer_view(last))
    except LitsearchError as error:
        yield _event("error", {"title": type(error).__name__, "detail": str(error), "hint": error.hint})
    finally:
        if task.done():
            await asyncio.to_thread(steps.close)
        else:
            task.add_done_callback(lambda _: steps.close())


def _next(steps: Steps) -> asyncio.Task[Answer | AnswerSentence | None]:
    """The next step, waited for in a thread; None at the end."""
    return asyncio.create_task(asyncio.to_thread(next, steps, None))


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
