"""Show the library from afar: /stats, /map, /facets, /lists and /questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from litsearch.app import suggestions
from litsearch.app.editing import MARKDOWN, is_example
from litsearch.app.lists import read_lists
from litsearch.errors import IndexMissing, LitsearchError
from litsearch.index.stats import FacetCounts, facet_counts, places, regions, tallies
from litsearch.server.openapi import FilterParameters, described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.types import Entry, Filters
from litsearch.views import replies
from litsearch.views.json import point_view

MOST = 100  # values of one filter
NEAR = Query(
    max_length=2000,
    description="a question whose sources the new ones are about",
    examples=["what is DoRA?"],
)


def router(state: State) -> APIRouter:
    """Return the routes that count and suggest."""
    routes = APIRouter(tags=["library"])
    _add_counts(routes, state)
    _add_suggestions(routes, state)
    return routes


def _add_counts(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/stats",
        summary="What the library holds, counted",
        responses=described(replies.Stats) | responses(),
    )
    async def get_stats(request: Request) -> Response:
        """Return counts by year, kind, topic, verdict, list and read state."""
        try:
            return await state.get(request, lambda: _stats(state))
        except IndexMissing:
            if not state.settings.write:
                raise
            return json_reply(_nothing_yet(state))

    @routes.get(
        "/map", summary="The sources on a plane", responses=described(replies.Map) | responses()
    )
    async def get_map(request: Request) -> Response:
        """Return a place for every source, near those about the same, within -1 and 1."""
        return await state.get(request, lambda: _map(state), "map")

    @routes.get(
        "/facets",
        summary="The values of every filter, counted",
        responses=described(replies.Facets) | responses(422),
    )
    async def get_facets(request: Request, query: Annotated[FilterParameters, Query()]) -> Response:
        """How many sources have each value: of one field under the filters of the others."""
        filters = query.filters
        return await state.get(request, lambda: _facets(state, filters), f"facets {filters}")

    @routes.get(
        "/lists",
        summary="The lists with their sections",
        responses=described(replies.Lists) | responses(),
    )
    async def get_lists(request: Request) -> Response:
        """Every list, its sections in order, and how much of it is unread."""
        try:
            return await state.get(request, lambda: _lists(state))
        except IndexMissing:
            if not state.settings.write:
                raise
            return json_reply(await state.reading(lambda: _lists_here(state)))


def _add_suggestions(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/questions",
        summary="Questions that this library answers",
        responses=described(replies.Questions) | responses(422),
    )
    async def get_questions(request: Request, near: Annotated[str, NEAR] = "") -> Response:
        """Return a few, from the headings and titles of sources; each was asked, and answered,
        before it is given.
        """

        def make() -> replies.Questions:
            return {"questions": suggestions.questions(state.library, near)}

        return await state.get(request, make, f"questions {near}")


def _stats(state: State) -> replies.Stats:
    generation = state.library.generation
    manifest = generation.manifest
    counts = {name: _tallies(rows) for name, rows in tallies(generation).items()}
    return {
        "generation": generation.id,
        "created": manifest.created,
        "model": manifest.facts.model,
        "counts": dict(manifest.counts),
        "year": counts["year"],
        "kind": counts["kind"],
        "topic": counts["topic"],
        "status": counts["status"],
        "read": counts["read"],
        "list": counts["list"],
        "writable": state.settings.write,
    }


def _nothing_yet(state: State) -> replies.Stats:
    """Return the counts of a library that waits to be filled."""
    return {
        "generation": "",
        "created": "",
        "model": state.config.embedder.model,
        "counts": {"sources": 0, "entries": 0, "passages": 0, "sentences": 0},
        "year": [],
        "kind": [],
        "topic": [],
        "status": [],
        "read": [],
        "list": [],
        "writable": True,
    }


def _map(state: State) -> replies.Map:
    generation = state.library.generation
    sources, plane = generation.catalog.sources(), places(generation)
    spots = plane.tolist()
    points = [point_view(source, x, y) for source, (x, y) in zip(sources, spots, strict=True)]
    labels: list[replies.Region] = [
        {"name": region.name, "x": region.x, "y": region.y, "count": region.count}
        for region in regions(sources, plane)
    ]
    return {"generation": generation.id, "points": points, "regions": labels}


def _tallies(rows: list[dict[str, Any]]) -> replies.Tallies:
    return [{"value": row["value"], "count": row["count"]} for row in rows]


def _facets(state: State, filters: Filters) -> replies.Facets:
    catalog = state.library.catalog
    counts = facet_counts(catalog, filters)
    titles = {source.source_id: source.title for source in catalog.sources()}
    sources = _facet(counts, "sources")
    for row in sources:
        row["title"] = titles.get(row["value"], row["value"])
    return {
        "total": counts.total,
        "unread": counts.unread,
        "list": _facet(counts, "lists"),
        "section": _facet(counts, "sections"),
        "topic": _facet(counts, "topics"),
        "author": _facet(counts, "authors"),
        "year": sorted(_facet(counts, "years"), key=lambda row: row["value"], reverse=True),
        "kind": _facet(counts, "kinds"),
        "site": _facet(counts, "sites"),
        "language": _facet(counts, "languages"),
        "source": sources,
    }


def _facet(counts: FacetCounts, field: str) -> replies.Facet:
    return [
        {"value": value, "count": count} for value, count in counts.fields[field].most_common(MOST)
    ]


def _lists(state: State) -> replies.Lists:
    """Return the lists in order, with what of them the page's form needs."""
    sources = state.library.catalog.sources()
    return _counted(state, (entry for source in sources for entry in source.entries))


def _lists_here(state: State) -> replies.Lists:
    """Return the lists of a library that was never built, as their files have them."""
    if state.folder is None:
        return {"lists": []}
    try:
        files = read_lists(state.folder, (), state.config.lists)
    except LitsearchError:
        return {"lists": []}  # the build will say what is wrong with them
    return _counted(state, (entry for file in files for entry in file.entries))


def _counted(state: State, entries: Iterable[Entry]) -> replies.Lists:
    rows: dict[str, replies.ReadingList] = {}
    for entry in entries:
        row = rows.setdefault(entry.list, _reading_list(state, entry.list))
        row["sources"] += 1
        row["unread"] += not entry.read
        if entry.section and entry.section[-1] not in row["sections"]:
            row["sections"].append(entry.section[-1])
    return {"lists": list(rows.values())}


def _is_example(state: State, name: str) -> bool:
    return state.folder is not None and is_example(state.folder, name)


def _reading_list(state: State, name: str) -> replies.ReadingList:
    can_be = name.lower().endswith(MARKDOWN) and not _is_example(state, name)
    writable = state.settings.write and can_be
    return {"list": name, "writable": writable, "sections": [], "sources": 0, "unread": 0}
