"""List the models by which the library can be asked: /v1/models."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from litsearch.server.openapi import described
from litsearch.server.problems import ApiError, responses
from litsearch.server.state import State, json_reply
from litsearch.views import replies

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
