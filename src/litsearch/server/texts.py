"""Give the texts: /passages, /documents, and at /originals the bytes that a text came from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.answers.deep_links import deep_link
from litsearch.server.formulas import formulas
from litsearch.server.middleware import POLICY
from litsearch.server.openapi import described
from litsearch.server.parameters import Id
from litsearch.server.problems import responses
from litsearch.server.sources import source_of
from litsearch.server.state import State
from litsearch.types import CatalogSource, Document, Passage
from litsearch.views import records
from litsearch.views.json import mentions, passage_view, source_view, span_view

SHOWN = "application/pdf"  # the one kind that a browser shows and that runs nothing of the page


def router(state: State) -> APIRouter:
    """Return the routes of texts."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/passages/{passage_id}",
        summary="One passage, with its source and neighbours",
        responses=described(records.PassageWhole) | responses(404, 422),
    )
    async def get_passage(request: Request, passage_id: Id) -> Response:
        """Its text, its place in the source, and the passages before and after it."""
        return await state.get(request, lambda: _passage(state, passage_id))

    @routes.get(
        "/documents/{source_id}",
        summary="The stored text of a source, with a passage or a stretch of it marked",
        responses=described(records.Document) | responses(404, 422),
    )
    async def get_document(
        request: Request,
        source_id: Id,
        passage: Annotated[Id | None, Query(description="id of the passage to mark")] = None,
        start: Annotated[int | None, Query(ge=0, description="first character to mark")] = None,
        end: Annotated[int | None, Query(ge=0, description="the character behind the mark")] = None,
        math: Annotated[bool, Query(description="with the formulas as MathML")] = False,
    ) -> Response:
        """Return the text as it is stored, which all offsets count in."""
        stretch = (passage, start, end)
        return await state.get(request, lambda: _document(state, source_id, stretch, math=math))

    _add_originals(routes, state)
    return routes


def _add_originals(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/originals/{source_id}",
        summary="The PDF that the text of a source came from",
        response_class=Response,
        responses=responses(404, 422)
        | {200: {"content": {SHOWN: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def get_original(source_id: Id) -> Response:
        """Return the bytes as they were downloaded, to be shown by the browser itself; PDF only."""
        source = source_of(state, source_id)
        body = await state.reading(lambda: state.library.original(source_id))
        if body is None or source.media_type != SHOWN:
            raise HTTPException(404, "There is no PDF of this source.")
        # The page of this service may show it in a frame, and nobody else's.
        headers_of_frame = {
            "Content-Security-Policy": POLICY.replace(
                "frame-ancestors 'none'", "frame-ancestors 'self'"
            ),
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "private, max-age=3600",
        }
        return Response(body, media_type=SHOWN, headers=headers_of_frame)


def _passage(state: State, passage_id: str) -> records.PassageWhole:
    catalog = state.library.catalog
    try:
        _, passage = catalog.passage(passage_id)
    except KeyError:
        raise HTTPException(404, f"The library has no {passage_id!r}.") from None
    source = catalog.source(passage.source_id)
    ids = [None, *(sibling.passage_id for sibling in catalog.passages_of(passage.source_id)), None]
    place = ids.index(passage_id)
    return {
        **passage_view(passage),
        "source": source_view(source),
        "entries": mentions(source),
        "link": deep_link(source, passage.text, passage),
        "before": ids[place - 1],
        "after": ids[place + 1],
    }


def _document(
    state: State, source_id: str, stretch: tuple[str | None, int | None, int | None], *, math: bool
) -> records.Document:
    source = source_of(state, source_id)
    try:
        document = state.library.catalog.document(source_id)
    except KeyError:
        raise HTTPException(404, f"The library has no text of {source_id!r}.") from None
    view: records.Document = {
        "source": source_view(source),
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "media_type": document.media_type,
        "text": document.text,
        "spans": [span_view(span) for span in document.spans],
        "mark": _mark(state, source, document, stretch),
        "original": source.media_type == SHOWN,
    }
    if math:
        view["math"] = formulas(document.text, document.spans)
    return view


def _mark(
    state: State,
    source: CatalogSource,
    document: Document,
    stretch: tuple[str | None, int | None, int | None],
) -> records.Mark | None:
    """Return the stretch to mark: of the passage, or the characters that were named, within the
    text.
    """
    passage_id, start, end = stretch
    passages = state.library.catalog.passages_of(source.source_id)
    if passage_id is not None:
        passage = _of_id(passages, passage_id)
        start, end = passage.start, passage.end
    if start is None:
        return None

    length = len(document.text)
    start = min(start, length)
    end = min(max(end if end is not None else start, start), length)
    around = next((passage for passage in passages if passage.start <= start < passage.end), None)
    return {
        "start": start,
        "end": end,
        "page": around.page if around else None,
        "section": " > ".join(around.heading) if around else "",
        "link": deep_link(source, document.text[start:end], around),
    }


def _of_id(passages: list[Passage], passage_id: str) -> Passage:
    for passage in passages:
        if passage.passage_id == passage_id:
            return passage
    raise HTTPException(404, f"This source has no passage {passage_id!r}.")
