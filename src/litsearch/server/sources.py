"""What the library holds: /sources, /passages, /documents, /stats and /map."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.exceptions import HTTPException

from litsearch.answers.deep_links import deep_link
from litsearch.index import stats
from litsearch.server import schemas
from litsearch.server.problems import responses
from litsearch.server.search import Wanted
from litsearch.server.state import Desk
from litsearch.types import CatalogSource, Passage, Status
from litsearch.views import json

Order = Literal["list", "title", "-title", "year", "-year", "kind", "status"]
MOST = 1000  # sources of one page
SIMILAR = 8
Id = Annotated[str, Field(max_length=100, description="as other replies name it")]


class SourceQuery(Wanted):
    """What GET /sources is asked."""

    status: list[Status] = Field([], description="the verdict", examples=[["dead", "blocked"]])
    q: str = Field("", max_length=200, description="part of a title or of an author's name")
    sort: Order = Field("list", description="by the lists, or by this; - turns it round")
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to pass over")
    limit: int = Field(MOST, ge=1, le=MOST, description="how many to give", examples=[50])


def router(desk: Desk) -> APIRouter:
    """The routes that read."""
    routes = APIRouter(tags=["library"])
    _add_sources(routes, desk)
    _add_texts(routes, desk)

    @routes.get(
        "/stats",
        summary="What the library holds, counted",
        response_model=schemas.Stats,
        responses=responses(),
    )
    async def get_stats(request: Request) -> Response:
        """Counts by year, kind, topic, verdict, list and read state."""

        def make() -> dict[str, Any]:
            generation = desk.library.generation
            facts = {"generation": generation.id, "created": generation.manifest.created}
            counts = {
                "model": generation.manifest.facts.model,
                "counts": dict(generation.manifest.counts),
            }
            return facts | counts | stats.tallies(generation) | {"writable": desk.settings.write}

        return await desk.get(request, make)

    @routes.get(
        "/map", summary="The sources on a plane", response_model=schemas.Map, responses=responses()
    )
    async def get_map(request: Request) -> Response:
        """A place for every source, near those about the same, within -1 and 1."""

        def make() -> dict[str, Any]:
            generation = desk.library.generation
            places = stats.places(generation).tolist()
            rows = generation.catalog.sources()
            points = [json.point_view(row, x, y) for row, (x, y) in zip(rows, places, strict=True)]
            return {"generation": generation.id, "points": points}

        return await desk.get(request, make)

    return routes


def _add_sources(routes: APIRouter, desk: Desk) -> None:
    @routes.get(
        "/sources",
        summary="Sources with their verdicts, a page at a time; X-Total-Count and Link tell of the others",
        response_model=list[schemas.Source],
        responses=responses(422),
    )
    async def get_sources(request: Request, asked: Annotated[SourceQuery, Query()]) -> Response:
        """Sources by filters, part of a title or name, and verdict, in the order that is asked for."""
        total, end = 0, asked.offset + asked.limit

        def make() -> list[dict[str, Any]]:
            nonlocal total
            catalog = desk.library.catalog
            allowed = catalog.source_rows(asked.filters)
            rows = (
                catalog.sources() if allowed is None else list(catalog.sources_at(allowed).values())
            )
            kept = [row for row in rows if _meant(row, asked)]
            total = len(kept)
            return [
                json.verdict_view(row) for row in _ordered(kept, asked.sort)[asked.offset : end]
            ]

        reply = await desk.get(request, make)
        if reply.status_code == 200:
            reply.headers["X-Total-Count"] = str(total)
            if end < total:
                beyond = request.url.include_query_params(offset=end, limit=asked.limit)
                reply.headers["Link"] = f'<?{beyond.query}>; rel="next"'
        return reply

    @routes.get(
        "/sources/{source_id}",
        summary="One source: entries, verdict, passages, and the sources most like it",
        response_model=schemas.SourceWhole,
        responses=responses(404, 422),
    )
    async def get_source(request: Request, source_id: Id) -> Response:
        """Where the lists name it, what became of it, its passages in order, and the sources most
        like it.
        """

        def make() -> dict[str, Any]:
            generation = desk.library.generation
            row = _found(generation.catalog.source, source_id)
            passages = [json.passage_view(one) for one in generation.catalog.passages_of(source_id)]
            near = stats.similar(generation, source_id, SIMILAR)
            similar = [
                {"score": round(score, 4), "source": json.source_view(one)} for score, one in near
            ]
            more = {"document_url": row.document_url, "media_type": row.media_type}
            return json.verdict_view(row) | more | {"passages": passages, "similar": similar}

        return await desk.get(request, make)


def _add_texts(routes: APIRouter, desk: Desk) -> None:
    @routes.get(
        "/passages/{passage_id}",
        summary="One passage, with its source and neighbours",
        response_model=schemas.PassageWhole,
        responses=responses(404, 422),
    )
    async def get_passage(request: Request, passage_id: Id) -> Response:
        """Its text, its place in the source, and the passages before and after it."""

        def make() -> dict[str, Any]:
            catalog = desk.library.catalog
            _, passage = _found(catalog.passage, passage_id)
            row = catalog.source(passage.source_id)
            ids = [None, *(one.passage_id for one in catalog.passages_of(passage.source_id)), None]
            place = ids.index(passage_id)
            whose = {
                "source": json.source_view(row),
                "entries": [json.mention_view(e) for e in row.source.entries],
            }
            link = {"link": deep_link(row, passage.text, passage)}
            return (
                json.passage_view(passage)
                | whose
                | link
                | {"before": ids[place - 1], "after": ids[place + 1]}
            )

        return await desk.get(request, make)

    @routes.get(
        "/documents/{source_id}",
        summary="The stored text of a source, with a passage or a stretch of it marked",
        response_model=schemas.Document,
        responses=responses(404, 422),
    )
    async def get_document(
        request: Request,
        source_id: Id,
        passage: Annotated[Id | None, Query(description="id of the passage to mark")] = None,
        start: Annotated[int | None, Query(ge=0, description="first character to mark")] = None,
        end: Annotated[int | None, Query(ge=0, description="the character behind the mark")] = None,
    ) -> Response:
        """The text as it is stored, which all offsets count in."""

        def make() -> dict[str, Any]:
            catalog = desk.library.catalog
            row = _found(catalog.source, source_id)
            document = _found(catalog.document, source_id)
            mark = _marked(catalog.passages_of(source_id), row, document.text, passage, start, end)
            return json.document_view(document, "") | {
                "source": json.source_view(row),
                "mark": mark,
            }

        return await desk.get(request, make)


def _found(look: Any, name: str) -> Any:
    try:
        return look(name)
    except KeyError:
        raise HTTPException(404, f"The library has no {name!r}.") from None


def _marked(
    passages: list[Passage],
    row: CatalogSource,
    text: str,
    wanted: str | None,
    start: int | None,
    end: int | None,
) -> dict[str, Any] | None:
    """The stretch to mark: of the passage, or the characters that were named, within the text."""
    if wanted is not None:
        one = next((passage for passage in passages if passage.passage_id == wanted), None)
        if one is None:
            raise HTTPException(404, f"This source has no passage {wanted!r}.")
        start, end = one.start, one.end
    if start is None:
        return None
    start = min(start, len(text))
    end = min(max(end if end is not None else start, start), len(text))
    around = next((passage for passage in passages if passage.start <= start < passage.end), None)
    page, heading = (around.page, around.heading) if around else (None, ())
    place = {"start": start, "end": end, "page": page, "section": " > ".join(heading)}
    return place | {"link": deep_link(row, text[start:end], around)}


def _meant(row: CatalogSource, asked: SourceQuery) -> bool:
    titles = [row.title, *(entry.title for entry in row.source.entries), *row.authors]
    part = asked.q.casefold()
    return (not asked.status or row.verdict.status in asked.status) and any(
        part in title.casefold() for title in titles
    )


def _ordered(rows: list[CatalogSource], order: Order) -> list[CatalogSource]:
    """In this order; a source without a year comes last either way."""
    if order == "list":
        return rows
    name, down = order.removeprefix("-"), order.startswith("-")
    if name == "year":
        dated = sorted(
            (row for row in rows if row.year is not None),
            key=lambda row: row.year or 0,
            reverse=down,
        )
        return dated + [row for row in rows if row.year is None]
    keys = {
        "title": lambda row: row.title.casefold(),
        "kind": lambda row: row.source.kind,
        "status": lambda row: row.verdict.status,
    }
    return sorted(rows, key=keys[name], reverse=down)
