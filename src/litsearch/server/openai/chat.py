"""Answer as a language model does: /v1/chat/completions.

Citations stand in the text, as `annotations`, and whole as `citations`.
https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from litsearch.errors import LitsearchError
from litsearch.server.openai.messages import (
    Limits,
    Message,
    Piece,
    Writing,
    cited,
    refuse_unsupported,
    word_count,
)
from litsearch.server.openai.models import LIBRARY, generator_of
from litsearch.server.openapi import EVENTS, WHOLE, FilterFields, described
from litsearch.server.problems import responses
from litsearch.server.search import EVENT_STREAM, NO_STORE
from litsearch.server.state import State, json_reply
from litsearch.types import Filters
from litsearch.views import replies
from litsearch.views.answers import url_annotations

Count = Annotated[int, Field(ge=1), WHOLE]


class StreamOptions(BaseModel):
    """What a stream holds besides the text."""

    model_config = ConfigDict(strict=True)

    include_usage: bool | None = False


class ChatRequest(BaseModel):
    """OpenAI's request. What changes nothing here, as a temperature, is accepted; what cannot be
    done is refused.
    """

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        json_schema_extra={
            "example": {
                "model": "litsearch",
                "messages": [{"role": "user", "content": "what is DoRA?"}],
            }
        },
    )

    model: str | None = Field(None, max_length=200)
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    stop: str | list[str] | None = None
    max_tokens: Count | None = Field(
        None, description="counted in words; sentences are left out whole"
    )
    max_completion_tokens: Count | None = None
    filters: FilterFields | None = Field(None, description="which part of the library is asked")

    @property
    def limits(self) -> Limits:
        """Return where the reply has to end."""
        stops = [self.stop] if isinstance(self.stop, str) else self.stop or []
        return Limits(self.max_completion_tokens or self.max_tokens, tuple(stops))


def router(state: State) -> APIRouter:
    """Return the route that chats."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI protocol"])

    @routes.post(
        "/chat/completions",
        summary="Ask the library as a language model is asked",
        responses=described(replies.Completion, EVENTS) | responses(404, 409, 413),
    )
    async def post_chat(body: ChatRequest) -> Response:
        """Return the last question answered; the turns before it say what it refers to."""
        refuse_unsupported(body.model_extra or {})
        model = body.model or LIBRARY
        filters = body.filters.filters if body.filters else Filters()
        generator = generator_of(state, model)
        writing = await Writing.begin(state, body.messages, generator, filters, body.limits)
        reply = _Reply(model, word_count(body.messages))
        if not body.stream:
            return json_reply(reply.completion(await writing.whole()))
        usage = bool(body.stream_options and body.stream_options.include_usage)
        chunks = reply.chunks(writing, usage=usage)
        return StreamingResponse(chunks, media_type=EVENT_STREAM, headers=NO_STORE)

    return routes


class _Reply:
    """One reply in OpenAI's shape, whole or in chunks."""

    def __init__(self, model: str, words: int) -> None:
        self._words = words  # of the request
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "created": int(time.time()),
            "model": model,
        }

    def completion(self, pieces: list[Piece]) -> dict[str, Any]:
        """Return the whole reply."""
        text, last = "".join(piece.text for piece in pieces), pieces[-1]
        notes = url_annotations(last.answer, text) if last.answer else []
        message = {"role": "assistant", "content": text, "refusal": None, "annotations": notes}
        choice = {"index": 0, "message": message, "finish_reason": last.finish, "logprobs": None}
        view = self._head | {
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(text),
        }
        return view | cited(last.answer)

    async def chunks(self, writing: Writing, *, usage: bool) -> AsyncIterator[str]:
        """Yield the text as it comes, then the reason to stop together with the citations."""
        more = {"usage": None} if usage else {}
        yield self._chunk({"role": "assistant", "content": ""}, None, more)
        text, last = "", Piece("")
        try:
            async for last in writing.pieces():
                text += last.text
                if last.text:
                    yield self._chunk({"content": last.text}, None, more)
            notes = url_annotations(last.answer, text) if last.answer else []
            yield self._chunk({"annotations": notes}, last.finish, more | cited(last.answer))
            if usage:
                whole = {"object": "chat.completion.chunk", "choices": []}
                yield _event(self._head | whole | {"usage": self._usage(text)})
        except LitsearchError as error:
            yield _event({"error": {"message": str(error), "type": "server_error", "code": None}})
        finally:
            writing.close()
        yield "data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], finish: str | None, more: dict[str, Any]) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _event(self._head | {"object": "chat.completion.chunk", "choices": [choice]} | more)

    def _usage(self, text: str) -> dict[str, int]:
        written = len(text.split())
        return {
            "prompt_tokens": self._words,
            "completion_tokens": written,
            "total_tokens": self._words + written,
        }


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
