"""Whether the service lives, is ready and how it fares; and builds that are asked for over HTTP."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.exceptions import HTTPException

from litsearch import __version__
from litsearch.server import schemas
from litsearch.server.problems import responses
from litsearch.server.state import Desk, json_reply
from litsearch.server.writes import Jobs

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        which = ("method", "route", "status")
        self._requests = Counter(
            "litsearch_requests", "Requests answered", which, registry=self._registry
        )
        self._seconds = Histogram(
            "litsearch_request_seconds",
            "How long requests took",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self.active = Gauge(
            "litsearch_requests_active", "Requests being answered", registry=self._registry
        )
        self._refused = Gauge(
            "litsearch_refused_busy", "Requests refused while busy", registry=self._registry
        )
        self._holds = Gauge(
            "litsearch_library", "What the library holds", ("what",), registry=self._registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one request; methods that are none of HTTP's count as one, so that nobody can fill
        the memory.
        """
        known = (
            method
            if method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
            else "other"
        )
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, counts: dict[str, int], refused: int) -> bytes:
        """Everything, in the text format of Prometheus."""
        for what, count in counts.items():
            self._holds.labels(what).set(count)
        self._refused.set(refused)
        return generate_latest(self._registry)


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
        "/build/{job_id}",
        summary="How far a build has come",
        response_model=schemas.Job,
        responses=responses(404, 422),
    )
    async def get_build(
        job_id: Annotated[str, Path(description="of the reply to POST /build")],
    ) -> Response:
        """How far a build is, or how it ended."""
        job = jobs.known.get(job_id)
        if job is None:
            raise HTTPException(404, "There is no such build; only the latest are kept.")
        return json_reply(job.view())


def _allowed(desk: Desk, request: Request) -> None:
    """Building costs hours and requests to other sites: it needs the setting and a token of its
    scope, always.
    """
    token = request.scope.get("token")
    if not desk.settings.build:
        raise HTTPException(
            403, "Building over HTTP is off: set build = true under [serve] to allow it."
        )
    if token is None or "build" not in token.scopes:
        raise HTTPException(403, "Building needs a token with the scope build.")


_SECRETS = re.compile(
    r"(?i)((?:bearer|token|api[_-]?key|password|secret)[\"'=:\s]+)[^\s\"'&,;]{6,}"
)


def redacted(text: str) -> str:
    """The text without what looks like a token, key or password."""
    return _SECRETS.sub(r"\1[redacted]", text)


class _Lines(logging.Formatter):
    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def format(self, record: logging.LogRecord) -> str:
        fields = dict(getattr(record, "fields", {}))
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        message = record.getMessage()
        if self._plain:
            said = " ".join(f"{name}={value}" for name, value in fields.items())
            return redacted(f"{datetime.now():%H:%M:%S} {message} {said}".rstrip())
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {
            "time": time,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message,
        } | fields
        return redacted(json.dumps(line, ensure_ascii=False, default=str))


def set_up(*, quiet: bool) -> None:
    """Send the service's log, and that of the server under it, to stderr; quiet: warnings and
    worse.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(plain=sys.stderr.isatty()))
    for name in ("litsearch", "uvicorn", "mcp"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO if name == "litsearch" and not quiet else logging.WARNING)
