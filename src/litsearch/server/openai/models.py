"""Name the models of the library, and embed by its own: /v1/models and /v1/embeddings."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from litsearch.server.openapi import described
from litsearch.server.problems import ApiError, responses
from litsearch.server.state import State, json_reply
from litsearch.views import replies

if TYPE_CHECKING:
    from litsearch.types import Vector

LIBRARY = "litsearch"


def router(state: State) -> APIRouter:
    """Return the routes that list models."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI protocol"])

    @routes.get(
        "/models",
        summary="The models that can run here",
        responses=described(replies.Models) | responses(),
    )
    async def get_models() -> Response:
        """Return the library by its settings and by each generator that is set up, and its
        embedder.
        """
        models = [_model(state, name) for name in [*chat_models(state), embedding_model(state)]]
        return json_reply({"object": "list", "data": models})

    @routes.get(
        "/models/{model:path}",
        summary="One of the models",
        responses=described(replies.Model) | responses(404, 422),
    )
    async def get_model(
        model: Annotated[str, Path(examples=["litsearch"], description="its name")],
    ) -> Response:
        """One model, by its name."""
        if model not in [*chat_models(state), embedding_model(state)]:
            raise _unknown(state, model)
        return json_reply(_model(state, model))

    return routes


def chat_models(state: State) -> list[str]:
    """Return the models that answer: the library by its settings, and by each generator that is set
    up.
    """
    return [LIBRARY, *(f"{LIBRARY}-{name}" for name in state.library.generators())]


def embedding_model(state: State) -> str:
    """Return the name of the embedder."""
    name: str = state.library.generation.manifest.facts.model
    return name


def generator_of(state: State, model: str) -> str | None:
    """Return the generator that a model's name asks for; None for that of the settings. Raises
    ApiError.
    """
    if model not in chat_models(state):
        raise _unknown(state, model)
    return model.removeprefix(f"{LIBRARY}-") if model != LIBRARY else None


def _unknown(state: State, model: str) -> ApiError:
    names = ", ".join(chat_models(state))
    detail = f"The model {model!r} does not exist. There are: {names}."
    return ApiError(404, detail, param="model", code="model_not_found")


def _model(state: State, name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": state.created, "owned_by": LIBRARY}


# The embedder reads the first few hundred words of a text.
Text = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
Texts = Annotated[list[Text], Field(min_length=1, max_length=256)]


class EmbeddingsRequest(BaseModel):
    """OpenAI's request."""

    model_config = ConfigDict(
        extra="allow", strict=True, json_schema_extra={"example": {"input": ["a text"]}}
    )

    model: str | None = Field(None, max_length=200)
    input: Text | Texts = Field(description="texts; numbers of tokens belong to another model")
    encoding_format: Literal["float", "base64"] | None = "float"


def embeddings_router(state: State) -> APIRouter:
    """Return the route that embeds."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI protocol"])

    @routes.post(
        "/embeddings",
        summary="Vectors of texts, by the library's embedder",
        responses=described(replies.Embeddings) | responses(404, 409, 413),
    )
    async def post_embeddings(body: EmbeddingsRequest) -> Response:
        """One unit vector a text, in their order."""
        model = embedding_model(state)
        if body.model not in (None, LIBRARY, model):
            detail = f"The model {body.model!r} does not exist. The embedder is {model}."
            raise ApiError(404, detail, param="model", code="model_not_found")
        texts = [body.input] if isinstance(body.input, str) else body.input
        vectors = await state.reading(lambda: [state.library.embed(text) for text in texts])
        dimensions = (body.model_extra or {}).get("dimensions")
        if dimensions not in (None, len(vectors[0])):
            raise ApiError(400, f"Vectors have {len(vectors[0])} dimensions.", param="dimensions")
        as_base64 = body.encoding_format == "base64"
        data = [_embedding(n, vector, packed=as_base64) for n, vector in enumerate(vectors)]
        count = sum(len(text.split()) for text in texts)
        usage = {"prompt_tokens": count, "total_tokens": count}
        return json_reply({"object": "list", "data": data, "model": model, "usage": usage})

    return routes


def _embedding(n: int, vector: Vector, *, packed: bool) -> dict[str, Any]:
    if packed:
        values: Any = base64.b64encode(vector.astype(np.float32).tobytes()).decode()
    else:
        values = [float(value) for value in vector]
    return {"object": "embedding", "index": n, "embedding": values}
