"""Show the library from afar, and what changed in it: /stats, /map, /facets, /lists, /changes.

And /questions, /history since a time, and /feed.atom.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.app import history, suggestions
from litsearch.app.editing import MARKDOWN, is_example
from litsearch.app.lists import read_lists
from litsearch.app.maintenance import changes_since, generations
from litsearch.app.saved import kept_answers, lost_quotes
from litsearch.errors import IndexMissing, LitsearchError, QueryError
from litsearch.index.stats import FacetCounts, facet_counts, places, regions, tallies
from litsearch.server.openapi import FilterParameters, described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.types import Entry, Filters
from litsearch.views import build_records, formats, replies
from litsearch.views.json import changes_view, point_view

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


FEED = 50  # entries
ATOM = "application/atom+xml"
# A span, a day or the id of a generation.
TIME = r"^([0-9]{1,4}[hdw]|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}T[0-9]{6}[0-9A-Za-z-]{0,60})$"
Form = Annotated[Literal["json", "md"], Query(description="JSON, or a digest to read as Markdown")]
Since = Annotated[
    str,
    Query(
        pattern=TIME,
        description="12h, 7d, 2w, a day or a generation",
        examples=["7d"],
    ),
]


def changes_router(state: State) -> APIRouter:
    """Return the routes of what changed."""
    routes = APIRouter(tags=["library"])
    _add_changes(routes, state)
    _add_history(routes, state)
    return routes


def _add_changes(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/changes",
        summary="What changed since a generation of the index",
        responses=described(build_records.Changes) | responses(404, 422),
    )
    async def get_changes(
        request: Request,
        since: Annotated[str, Query(max_length=100, description="id of a generation that is kept")],
    ) -> Response:
        """Return what is new, gone, newly reachable, lost, edited and listed otherwise."""
        folder = state.folder
        summaries = await state.reading(lambda: generations(folder)) if folder else []
        if folder is None or since not in {generation.id for generation in summaries}:
            raise HTTPException(404, f"There is no generation {since!r} any more.")
        return await state.get(request, lambda: changes_view(changes_since(folder, since).changes))


def _add_history(routes: APIRouter, state: State) -> None:
    markdown = {"text/markdown": {"schema": {"type": "string"}}}

    @routes.get(
        "/history",
        summary="What builds changed since a time, also when their generations are gone",
        responses=described(build_records.DigestWithAnswers, markdown) | responses(404, 422),
    )
    async def get_history(
        since: Since = "7d",
        format: Form = "json",  # noqa: A002 - its name everywhere
    ) -> Response:
        """Return what came, went or can be read now, and which kept answers lost a quote."""
        digest = await state.reading(lambda: _digest(state, since))
        if format == "json":
            return json_reply(digest)
        text = formats.digest_markdown(digest, digest["answers"])
        return Response(text, media_type="text/markdown; charset=utf-8")

    @routes.get(
        "/feed.atom",
        summary="New and newly reachable works, as an Atom feed",
        responses=responses() | {200: {"content": {ATOM: {"schema": {"type": "string"}}}}},
    )
    async def get_feed(request: Request) -> Response:
        """Return the works that came or could be read last, newest first."""
        address = str(request.url_for("get_feed"))
        body = await state.reading(lambda: _feed(state, address))
        return Response(body, media_type=f"{ATOM}; charset=utf-8")


def _digest(state: State, since: str) -> build_records.DigestWithAnswers:
    if state.folder is None:
        raise HTTPException(404, "This service has no library folder.")
    try:
        digest = history.digest(state.folder, since)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
    lost = lost_quotes(state.library.catalog, kept_answers(state.folder))
    return {**digest, "answers": list(lost)}


def _feed(state: State, address: str) -> str:
    entries: list[formats.FeedEntry] = []
    for build in history.builds(state.folder) if state.folder else ():
        for group in ("new", "reachable"):
            rows = build.sources.get(group, [])
            build_entries = [formats.FeedEntry(build.created, group, row) for row in rows]
            entries = [*build_entries, *entries]
    updated = entries[0].updated if entries else state.library.generation.manifest.created
    name = f"litsearch: {state.folder.resolve().name}" if state.folder else "litsearch"
    return formats.atom(name, address, updated, entries[:FEED])
