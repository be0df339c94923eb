"""Gives the images of a text, as they were downloaded: /figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.app.figures import image, image_inside, kept
from litsearch.extract.blocks import INSIDE
from litsearch.server.middleware import POLICY
from litsearch.server.openapi import described
from litsearch.server.parameters import Id
from litsearch.server.problems import responses
from litsearch.server.sources import source_of
from litsearch.server.state import State, json_reply
from litsearch.types import Figure
from litsearch.views import records

# An image that is opened by itself is no page: nothing in it runs or is loaded.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; sandbox",
    "Cache-Control": "private, max-age=86400",
}
SCHEMA = {"schema": {"type": "string", "format": "binary"}}
Number = Annotated[int, InPath(ge=0, le=10_000, description="of the image, from 0")]


def router(state: State) -> APIRouter:
    """Return the routes of images."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/figures/{source_id}",
        summary="The images of a source that the library has",
        responses=described(records.Figures) | responses(404, 422),
    )
    async def get_figures(request: Request, source_id: Id) -> Response:
        """Return where in the text they stand, and what is said to show in them."""
        return json_reply(await state.reading(lambda: _figures(state, source_id)))

    @routes.get(
        "/figures/{source_id}/{number}",
        summary="One image of a source",
        response_class=Response,
        responses=responses(404, 422) | {200: {"content": {"image/*": SCHEMA}}},
    )
    async def get_figure(source_id: Id, number: Number) -> Response:
        """Return the bytes as they came: PNG, JPEG, GIF, WebP or AVIF, nothing else."""
        image = await state.reading(lambda: _image(state, source_id, number))
        if image is None:
            raise HTTPException(404, "There is no such image of this source.")
        body, media_type = image
        return Response(body, media_type=media_type, headers=HEADERS)

    return routes


def _figures(state: State, source_id: str) -> records.Figures:
    figures = _all(state, source_id)
    numbers = kept(state.folder, figures) if state.folder else []
    rows: list[records.Figure] = []
    for number in numbers:
        at, _, alt = figures[number]
        rows.append({"number": number, "at": at, "alt": alt})
    return {"figures": rows}


def _image(state: State, source_id: str, number: int) -> tuple[bytes, str] | None:
    figures = _all(state, source_id)
    if state.folder is None or number >= len(figures):
        return None
    address = figures[number][1]
    if address.startswith(INSIDE):
        source = source_of(state, source_id)
        return image_inside(state.folder, state.config, source, address)
    return image(state.folder, address)


def _all(state: State, source_id: str) -> tuple[Figure, ...]:
    """Return the images that a text names."""
    try:
        return state.library.catalog.document(source_id).figures
    except KeyError:
        raise HTTPException(404, f"The library has no text of {source_id!r}.") from None
