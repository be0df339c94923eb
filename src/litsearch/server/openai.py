"""The library as a model of the OpenAI protocol: /v1/models and /v1/chat/completions.

Any client of that protocol can ask it; citations stand in the text, as `annotations`, and whole as
`citations`. https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from litsearch.answers.deep_links import deep_link
from litsearch.server import schemas
from litsearch.server.problems import responses
from litsearch.server.search import MAX_QUERY
from litsearch.server.state import Desk, json_reply
from litsearch.types import Answer
from litsearch.views import json as views

MODELS = {
    "litsearch": None,
    **{f"litsearch-{name}": name for name in ("extractive", "llama_cpp", "openai")},
}
NO_QUESTION = "There is no question in these messages."
View = dict[str, Any]


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str | None = None


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        """Its text."""
        if isinstance(self.content, list):
            return " ".join(part.text or "" for part in self.content)
        return self.content or ""


class ChatRequest(BaseModel):
    """What of OpenAI's request is used; the rest is accepted and ignored."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "example": {
                "model": "litsearch",
                "messages": [{"role": "user", "content": "what is DoRA?"}],
            }
        },
    )

    model: Literal[
        "litsearch", "litsearch-extractive", "litsearch-llama_cpp", "litsearch-openai"
    ] = "litsearch"
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: bool | None = False

    @property
    def question(self) -> str:
        """What the user said last, as far as a question may be long."""
        said = [message.words for message in self.messages if message.role == "user"]
        return " ".join(said[-1].replace("\0", " ").split())[:MAX_QUERY] if said else ""


class Model(BaseModel):
    """A model by which the library can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(BaseModel):
    """All of them."""

    object: Literal["list"]
    data: list[Model]


class Choice(BaseModel):
    """The one answer."""

    index: int
    message: View
    finish_reason: str


class Completion(BaseModel):
    """OpenAI's chat completion, with `citations` as POST /ask gives them."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: dict[str, int] = Field(description="counted in words")
    citations: list[View]
    status: str


def router(desk: Desk) -> APIRouter:
    """The routes under /v1."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI protocol"])

    @routes.get(
        "/models", summary="The names by which the library can be asked", response_model=Models
    )
    async def get_models() -> Response:
        """The models of this service: one, which is the library."""
        return json_reply({"object": "list", "data": [_model(name) for name in MODELS]})

    @routes.get(
        "/models/{model}",
        summary="One of the models",
        response_model=Model,
        responses=responses(404, 422),
    )
    async def get_model(
        model: Annotated[str, Path(examples=["litsearch"], description="its name")],
    ) -> Response:
        """One model, by its name."""
        if model not in MODELS:
            raise HTTPException(404, f"There is no model {model!r}.")
        return json_reply(_model(model))

    @routes.post(
        "/chat/completions",
        summary="Ask the library as a language model is asked",
        response_model=Completion,
        responses=responses(409, 413, 422) | {200: {"content": schemas.EVENTS}},
    )
    async def post_chat(body: ChatRequest) -> Response:
        """The last question answered from the library; the turns before it say what it refers to."""
        answer = None
        if body.question:
            generator = MODELS[body.model]
            answer = await desk.asking(lambda: desk.library.ask(body.question, generator=generator))
        head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "created": int(time.time()),
            "model": body.model,
        }
        if body.stream:
            kept = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(
                _chunks(head, answer), media_type="text/event-stream", headers=kept
            )
        return json_reply(_completion(head, body.question, answer))

    return routes


def _model(name: str) -> View:
    return {"id": name, "object": "model", "created": 0, "owned_by": "litsearch"}


def _completion(head: View, question: str, answer: Answer | None) -> View:
    text = spoken(answer)
    message = {
        "role": "assistant",
        "content": text,
        "refusal": None,
        "annotations": _annotations(answer, text),
    }
    asked, told = len(question.split()), len(text.split())
    usage = {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return (
        head | {"object": "chat.completion", "choices": [choice], "usage": usage} | _cited(answer)
    )


async def _chunks(head: View, answer: Answer | None) -> AsyncIterator[str]:
    """The text sentence by sentence, then the reason to stop together with the citations."""
    text = spoken(answer)
    pieces = text.splitlines(keepends=True)
    deltas: list[View] = [
        {"role": "assistant", "content": ""},
        *({"content": piece} for piece in pieces),
    ]
    for delta in deltas:
        yield _event(head, {"index": 0, "delta": delta, "finish_reason": None})
    last = {
        "index": 0,
        "delta": {"annotations": _annotations(answer, text)},
        "finish_reason": "stop",
    }
    yield _event(head, last, _cited(answer))
    yield "data: [DONE]\n\n"


def _event(head: View, choice: View, more: View | None = None) -> str:
    chunk = head | {"object": "chat.completion.chunk", "choices": [choice]} | (more or {})
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def _cited(answer: Answer | None) -> View:
    citations = [views.citation_view(one) for one in answer.citations] if answer else []
    return {"citations": citations, "status": answer.status if answer else "declined"}


def spoken(answer: Answer | None) -> str:
    """An answer as a message in Markdown: sentences with their markers, then what each marker leads
    to.
    """
    if answer is None:
        return NO_QUESTION
    if not answer.answered:
        return f"No answer in this library. {answer.reason}".strip()
    weak = [f"Not sure. {answer.reason}"] if answer.status == "weak" else []
    return "\n\n".join([*weak, answer.text, "\n".join(_references(answer))])


def _references(answer: Answer) -> Iterator[str]:
    for one in answer.citations:
        link = deep_link(one.source, one.quote, one.passage, one.beside)
        title = one.source.title.replace("[", "(").replace("]", ")")
        yield f"[{one.n}] [{title}]({link})" if link else f"[{one.n}] {title}"


def _annotations(answer: Answer | None, text: str) -> list[View]:
    """Citations as OpenAI's web search gives them: where in the text a marker stands, and what it
    leads to.
    """
    found = []
    for one in answer.citations if answer else ():
        mark = f"[{one.n}]"
        place = text.find(mark)
        link = deep_link(one.source, one.quote, one.passage, one.beside)
        cited = {
            "start_index": place,
            "end_index": place + len(mark),
            "title": one.source.title,
            "url": link,
        }
        if link and place >= 0:
            found.append({"type": "url_citation", "url_citation": cited})
    return found
