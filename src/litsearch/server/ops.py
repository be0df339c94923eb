"""Report how the service fares: health, readiness, counters, the log; and run builds asked for over
HTTP.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Annotated

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
from litsearch.errors import StoreError
from litsearch.patterns import expression
from litsearch.server.jobs import Jobs
from litsearch.server.openapi import described
from litsearch.server.problems import responses
from litsearch.server.state import State, check_same_library, json_reply
from litsearch.views import replies

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
_SECRETS = expression(
    r"(?i)((?:bearer|token|api[_-]?key|password|secret)[\"'=:\s]+)[^\s\"'&,;]{6,}"
)


class Metrics:
    """The counters of one app, for Prometheus."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        labels = ("method", "route", "status")
        self._requests = Counter(
            "litsearch_requests", "Requests answered", labels, registry=registry
        )
        self._seconds = Histogram(
            "litsearch_request_seconds",
            "How long requests took",
            ("route",),
            buckets=SECONDS,
            registry=registry,
        )
        self.active = Gauge(
            "litsearch_requests_active", "Requests being answered", registry=registry
        )
        self.wrong_tokens = Counter(
            "litsearch_wrong_tokens", "Requests with a wrong token", registry=registry
        )
        self._refused = Gauge(
            "litsearch_refused_busy", "Requests refused while busy", registry=registry
        )
        self._library = Gauge(
            "litsearch_library", "What the library holds", ("what",), registry=registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one request; methods that are none of HTTP's count as one, so that nobody can fill
        the memory.
        """
        label = method if method in METHODS else "other"
        self._requests.labels(label, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, counts: dict[str, int], refused: int) -> bytes:
        """Return everything, in the text format of Prometheus."""
        for what, count in counts.items():
            self._library.labels(what).set(count)
        self._refused.set(refused)
        return generate_latest(self._registry)


def _health(state: State, status: str) -> replies.Health:
    """Return the reply of a probe."""
    try:
        generation = state.library.generation.id
    except StoreError:
        generation = ""  # the process lives; readyz says what is wrong
    return {"status": status, "generation": generation, "version": __version__}


def router(state: State, metrics: Metrics, jobs: Jobs) -> APIRouter:
    """Return the routes of those who run the service."""
    routes = APIRouter(tags=["service"])

    @routes.get(
        "/healthz",
        summary="Whether the service is alive",
        responses=described(replies.Health) | {412: responses(412)[412]},
    )
    async def get_health(request: Request) -> Response:
        """Say that the process answers."""
        check_same_library(request, state)
        return json_reply(_health(state, "ok"))

    @routes.get(
        "/readyz",
        summary="Whether it can answer now: the index is there and open, and a thread is free",
        responses=described(replies.Health) | {503: responses()[503]},
    )
    async def get_ready() -> Response:
        """Say that the index is open and can be searched."""
        await state.reading(lambda: len(state.library.generation.vectors))
        return json_reply(_health(state, "ready"))

    @routes.get(
        "/metrics",
        summary="Counters in the text format of Prometheus",
        response_class=Response,
        responses=responses() | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    async def get_metrics() -> Response:
        """Counters and times of requests, for Prometheus."""
        refused = state.reading.refused + state.asking.refused
        body = metrics.text(dict(state.library.generation.manifest.counts), refused)
        return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")

    _add_builds(routes, state, jobs)
    return routes


def _add_builds(routes: APIRouter, state: State, jobs: Jobs) -> None:
    @routes.post(
        "/build",
        summary="Bring the index up to date with the lists, or tell of the build that runs",
        status_code=202,
        responses=described(replies.Job, status=202) | responses(),
    )
    async def post_build(request: Request) -> Response:
        """Bring the index up to date with the lists, in the background; the reply names the job."""
        _check_may_build(state, request)
        job = await jobs.start()
        prefix = request.scope.get("root_path", "")
        return json_reply(job.view(), 202, Location=f"{prefix}/build/{job.id}")

    @routes.get(
        "/build/{job_id}",
        summary="How far a build has come",
        responses=described(replies.Job) | responses(404, 422),
    )
    async def get_build(
        job_id: Annotated[str, Path(description="of the reply to POST /build")],
    ) -> Response:
        """How far a build is, or how it ended."""
        job = jobs.known.get(job_id)
        if job is None:
            raise HTTPException(404, "There is no such build; only the latest are kept.")
        return json_reply(job.view())


def _check_may_build(state: State, request: Request) -> None:
    """Raise HTTPException unless the settings and a token allow a build, which costs hours and
    requests elsewhere; a service that may be written to anyway, and has no tokens, needs none.
    """
    token = request.scope.get("token")
    if not state.settings.build:
        raise HTTPException(
            403, "Building over HTTP is off: set build = true under [serve] to allow it."
        )
    if state.settings.write and not request.scope.get("tokens_exist"):
        return
    if token is None or "build" not in token.scopes:
        raise HTTPException(403, "Building needs a token with the scope build.")


def redacted(text: str) -> str:
    """Return the text without what looks like a token, key or password."""
    return _SECRETS.sub(r"\1[redacted]", text)


class LogLines(logging.Formatter):
    """One JSON object a line, or plain lines on a terminal."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, without secrets."""
        fields = dict(getattr(record, "fields", {}))
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        message = record.getMessage()
        if self._plain:
            words = " ".join(f"{name}={value}" for name, value in fields.items())
            return redacted(f"{datetime.now():%H:%M:%S} {message} {words}".rstrip())
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message,
        }
        return redacted(json.dumps(line | fields, ensure_ascii=False, default=str))


def log_to_stderr(*, quiet: bool) -> None:
    """Send the service's log, and that of the server under it, to stderr; quiet: warnings and
    worse.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLines(plain=sys.stderr.isatty()))
    for name in ("litsearch", "uvicorn", "mcp"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO if name == "litsearch" and not quiet else logging.WARNING)
