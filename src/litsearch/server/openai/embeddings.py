"""Embed texts with the library's own model: /v1/embeddings."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from litsearch.server.openai.models import LIBRARY, embedding_model
from litsearch.server.openapi import described
from litsearch.server.problems import ApiError, responses
from litsearch.server.state import State, json_reply
from litsearch.views import replies

if TYPE_CHECKING:
    from litsearch.types import Vector

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


def router(state: State) -> APIRouter:
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
