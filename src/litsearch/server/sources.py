"""List what the library holds: GET /sources, as JSON or for other programs, and one whole."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.exceptions import HTTPException

from litsearch.index.stats import similar as similar_sources
from litsearch.server.openapi import FilterParameters, Id, described
from litsearch.server.problems import responses
from litsearch.server.state import State
from litsearch.types import CatalogSource, Status
from litsearch.views import formats, records
from litsearch.views.json import passage_view, source_view, verdict_view

Order = Literal["list", "title", "-title", "year", "-year", "kind", "status"]
Format = Literal["json", "bibtex", "csl-json", "csv", "md", "opml", "netscape"]
MOST = 1000  # sources of one page
SIMILAR = 8


class SourceQuery(FilterParameters):
    """What GET /sources is asked."""

    status: list[Status] = Field([], description="the verdict", examples=[["dead", "blocked"]])
    q: str = Field("", max_length=200, description="part of a title or of an author's name")
    sort: Order = Field("list", description="by the lists, or by this; - turns it round")
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to pass over")
    limit: int = Field(MOST, ge=1, le=MOST, description="how many to give", examples=[50])
    format: Format = Field("json", description="for another program: text/plain")


def router(state: State) -> APIRouter:
    """Return the routes of sources."""
    routes = APIRouter(tags=["library"])
    text = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

    @routes.get(
        "/sources",
        summary="Sources with their verdicts, a page at a time",
        responses=described(records.Source, text[200]["content"], several=True) | responses(422),
    )
    async def get_sources(request: Request, query: Annotated[SourceQuery, Query()]) -> Response:
        """Find sources by filters, part of a name, and verdict; X-Total-Count and Link tell of
        others.
        """
        matching = await state.reading(lambda: _matching(state, query))
        end = query.offset + query.limit
        page = matching[query.offset : end]
        if query.format != "json":
            body = await state.reading(lambda: formats.sources(page, query.format))
            return Response(body, media_type="text/plain; charset=utf-8")

        reply = await state.get(request, lambda: [verdict_view(source) for source in page])
        if reply.status_code == 200:
            reply.headers["X-Total-Count"] = str(len(matching))
            if end < len(matching):
                beyond = request.url.include_query_params(offset=end, limit=query.limit)
                reply.headers["Link"] = f'<?{beyond.query}>; rel="next"'
        return reply

    @routes.get(
        "/sources/{source_id}",
        summary="One source: entries, verdict, passages, and the sources most like it",
        responses=described(records.SourceWhole) | responses(404, 422),
    )
    async def get_source(request: Request, source_id: Id) -> Response:
        """Where the lists name it, what became of it, its passages in order, and the sources most
        like it.
        """
        return await state.get(request, lambda: _whole(state, source_id))

    return routes


def source_of(state: State, source_id: str) -> CatalogSource:
    """Return a source. Raises HTTPException 404."""
    try:
        return state.library.catalog.source(source_id)
    except KeyError:
        raise HTTPException(404, f"The library has no {source_id!r}.") from None


def _matching(state: State, query: SourceQuery) -> list[CatalogSource]:
    """Return the sources that are meant, in the order that is asked for."""
    catalog = state.library.catalog
    rows = catalog.source_rows(query.filters)
    sources = catalog.sources() if rows is None else list(catalog.sources_at(rows).values())
    return _ordered([source for source in sources if _is_meant(source, query)], query.sort)


def _is_meant(source: CatalogSource, query: SourceQuery) -> bool:
    if query.status and source.verdict.status not in query.status:
        return False
    part = query.q.casefold()
    names = [source.title, *(entry.title for entry in source.entries), *source.authors]
    return any(part in name.casefold() for name in names)


def _ordered(sources: list[CatalogSource], order: Order) -> list[CatalogSource]:
    """Return the sources in this order; one without a year comes last either way."""
    if order == "list":
        return sources
    name, downward = order.removeprefix("-"), order.startswith("-")
    if name == "year":
        with_year = [source for source in sources if source.year is not None]
        without_year = [source for source in sources if source.year is None]
        return (
            sorted(with_year, key=lambda source: source.year or 0, reverse=downward) + without_year
        )
    keys = {
        "title": lambda source: source.title.casefold(),
        "kind": lambda source: source.kind,
        "status": lambda source: source.verdict.status,
    }
    return sorted(sources, key=keys[name], reverse=downward)


def _whole(state: State, source_id: str) -> records.SourceWhole:
    generation = state.library.generation
    source = source_of(state, source_id)
    similar: list[records.Similar] = []
    for score, neighbour in similar_sources(generation, source_id, SIMILAR):
        similar.append({"score": round(score, 4), "source": source_view(neighbour)})
    return {
        **verdict_view(source),
        "document_url": source.document_url,
        "media_type": source.media_type,
        "passages": [
            passage_view(passage) for passage in generation.catalog.passages_of(source_id)
        ],
        "similar": similar,
    }
