"""Whether the service lives, is ready and how it fares; and builds that are asked for over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch import __version__
from litsearch.doors.http import schemas
from litsearch.doors.http.desk import Desk, json_reply
from litsearch.doors.http.jobs import Jobs
from litsearch.doors.http.metrics import Metrics
from litsearch.doors.http.problems import responses


def router(desk: Desk, metrics: Metrics, jobs: Jobs) -> APIRouter:
    """The routes of those who run the service."""
    routes = APIRouter(tags=["service"])

    def health(status: str) -> dict[str, Any]:
        return {"status": status, "generation": desk.library.generation.id, "version": __version__}

    @routes.get("/healthz", summary="Whether the service is alive", response_model=schemas.Health)
    async def get_health() -> Response:
        """The process answers."""
        return json_reply(health("ok"))

    @routes.get(
        "/readyz",
        summary="Whether it can answer now: the index is open, and a thread is free",
        response_model=schemas.Health,
        responses={503: responses()[503]},
    )
    async def get_ready() -> Response:
        """The index is open and can be searched."""
        await desk.reading(lambda: len(desk.library.generation.vectors))
        return json_reply(health("ready"))

    @routes.get(
        "/metrics",
        summary="Counters in the text format of Prometheus",
        response_class=Response,
        responses=responses() | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    async def get_metrics() -> Response:
        """Counters and times of requests, for Prometheus."""
        refused = desk.reading.refused + desk.asking.refused
        body = metrics.text(dict(desk.library.generation.manifest.counts), refused)
        return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")

    _add_builds(routes, desk, jobs)
    return routes


def _add_builds(routes: APIRouter, desk: Desk, jobs: Jobs) -> None:
    @routes.post(
        "/build",
        summary="Bring the index up to date with the lists; a build that runs already is the one that is told of",
        status_code=202,
        response_model=schemas.Job,
        responses=responses(),
    )
    async def post_build(request: Request) -> Response:
        """Bring the index up to date with the lists, in the background; the reply names the job."""
        _allowed(desk, request)
        job = await jobs.start()
        here = request.scope.get("root_path", "")
        return json_reply(job.view(), 202, Location=f"{here}/build/{job.id}")

    @routes.get(
        "/build/{job_id}", summary="How far a build has come", response_model=schemas.Job, responses=responses(404, 422)
    )
    async def get_build(job_id: Annotated[str, Path(description="of the reply to POST /build")]) -> Response:
        """How far a build is, or how it ended."""
        job = jobs.known.get(job_id)
        if job is None:
            raise HTTPException(404, "There is no such build; only the latest are kept.")
        return json_reply(job.view())


def _allowed(desk: Desk, request: Request) -> None:
    """Building costs hours and requests to other sites: it needs the setting and a token of its scope, always."""
    token = request.scope.get("token")
    if not desk.settings.build:
        raise HTTPException(403, "Building over HTTP is off: set build = true under [serve] to allow it.")
    if token is None or "build" not in token.scopes:
        raise HTTPException(403, "Building needs a token with the scope build.")
