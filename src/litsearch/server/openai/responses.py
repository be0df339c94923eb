"""Answer by OpenAI's newer protocol: /v1/responses, without a memory of its own.

https://platform.openai.com/docs/api-reference/responses
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Iterator
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


class ResponsesRequest(BaseModel):
    """OpenAI's request: the conversation is sent whole, as `input`."""

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        json_schema_extra={"example": {"model": "litsearch", "input": "what is DoRA?"}},
    )

    model: str | None = Field(None, max_length=200)
    input: str | Annotated[list[Message], Field(min_length=1)] = Field(
        description="a question, or the messages of a conversation"
    )
    stream: bool | None = False
    max_output_tokens: Annotated[int, Field(ge=1), WHOLE] | None = None
    filters: FilterFields | None = Field(None, description="which part of the library is asked")

    @property
    def messages(self) -> list[Message]:
        """Return the input as messages."""
        if isinstance(self.input, str):
            return [Message(role="user", content=self.input)]
        return self.input


def router(state: State) -> APIRouter:
    """Return the route that responds."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI protocol"])

    @routes.post(
        "/responses",
        summary="Ask the library by the Responses protocol",
        responses=described(replies.Response, EVENTS) | responses(404, 409, 413),
    )
    async def post_responses(body: ResponsesRequest) -> Response:
        """Return the last question answered from the library; the messages before it say what it
        refers to.
        """
        refuse_unsupported(body.model_extra or {})
        model = body.model or LIBRARY
        filters = body.filters.filters if body.filters else Filters()
        limits = Limits(body.max_output_tokens)
        generator = generator_of(state, model)
        writing = await Writing.begin(state, body.messages, generator, filters, limits)
        reply = _Reply(model, word_count(body.messages))
        if not body.stream:
            return json_reply(reply.whole(await writing.whole()))
        events = reply.events(writing)
        return StreamingResponse(events, media_type=EVENT_STREAM, headers=NO_STORE)

    return routes


class _Reply:
    """One response, whole or as events."""

    def __init__(self, model: str, words: int) -> None:
        self._words = words  # of the request
        self._item = f"msg_{secrets.token_hex(12)}"
        self._place = {"item_id": self._item, "output_index": 0, "content_index": 0}
        self._head: dict[str, Any] = {
            "id": f"resp_{secrets.token_hex(12)}",
            "object": "response",
            "created_at": int(time.time()),
            "model": model,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "parallel_tool_calls": False,
            "temperature": None,
            "tool_choice": "none",
            "tools": [],
            "top_p": None,
        }
        self._number = 0

    def whole(self, pieces: list[Piece]) -> dict[str, Any]:
        """Return the whole response."""
        text, last = "".join(piece.text for piece in pieces), pieces[-1]
        written = len(text.split())
        usage = {
            "input_tokens": self._words,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": written,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": self._words + written,
        }
        view = self._head | {
            "status": "completed",
            "output": [self._message(text, last)],
            "usage": usage,
        }
        if last.finish == "length":
            view |= {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
        return view | {"citations": cited(last.answer)["citations"]}

    async def events(self, writing: Writing) -> AsyncIterator[str]:
        """Yield the response as events, its text as it comes."""
        try:
            for begun in self._begun():
                yield begun
            pieces: list[Piece] = []
            async for piece in writing.pieces():
                pieces.append(piece)
                if piece.text:
                    delta = {"delta": piece.text, "logprobs": []}
                    yield self._event("response.output_text.delta", self._place | delta)
            for event in self._done(pieces):
                yield event
        except LitsearchError as error:
            yield self._event("error", {"code": None, "message": str(error), "param": None})
        finally:
            writing.close()

    def _begun(self) -> Iterator[str]:
        begun = self._head | {"status": "in_progress", "output": [], "usage": None}
        item = {
            "id": self._item,
            "type": "message",
            "role": "assistant",
            "status": "in_progress",
            "content": [],
        }
        yield self._event("response.created", {"response": begun})
        yield self._event("response.in_progress", {"response": begun})
        yield self._event("response.output_item.added", {"output_index": 0, "item": item})
        yield self._event("response.content_part.added", self._place | {"part": _part("", [])})

    def _done(self, pieces: list[Piece]) -> Iterator[str]:
        text = "".join(piece.text for piece in pieces)
        message = self._message(text, pieces[-1])
        part = {"part": message["content"][0]}
        spoken = {"text": text, "logprobs": []}
        yield self._event("response.output_text.done", self._place | spoken)
        yield self._event("response.content_part.done", self._place | part)
        yield self._event("response.output_item.done", {"output_index": 0, "item": message})
        yield self._event("response.completed", {"response": self.whole(pieces)})

    def _message(self, text: str, last: Piece) -> dict[str, Any]:
        notes = url_annotations(last.answer, text) if last.answer else []
        flat = [{"type": note["type"], **note["url_citation"]} for note in notes]
        status = "completed" if last.finish == "stop" else "incomplete"
        content = [_part(text, flat)]
        return {
            "id": self._item,
            "type": "message",
            "role": "assistant",
            "status": status,
            "content": content,
        }

    def _event(self, name: str, data: dict[str, Any]) -> str:
        view = {"type": name, "sequence_number": self._number} | data
        self._number += 1
        return f"event: {name}\ndata: {json.dumps(view, ensure_ascii=False)}\n\n"


def _part(text: str, notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": notes, "logprobs": []}
