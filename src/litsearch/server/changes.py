"""Report what changed: GET /changes between two generations, /history since a time, and
/feed.atom.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.app import history
from litsearch.app.maintenance import changes_since, generations
from litsearch.app.saved import kept_answers, lost_quotes
from litsearch.errors import QueryError
from litsearch.server.openapi import described
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.views import build_records, formats
from litsearch.views.json import changes_view

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


def router(state: State) -> APIRouter:
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
