"""RFC 9457 problems: one table from error to status, and the same shape for whatever is refused."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from litsearch.errors import (
    ConfigError,
    GenerationError,
    IndexCorrupt,
    IndexLocked,
    IndexMismatch,
    IndexMissing,
    ListError,
    LitsearchError,
    MissingExtraError,
    QueryError,
)

STATUS: dict[type[LitsearchError], int] = {
    QueryError: 422,
    ListError: 409,
    ConfigError: 409,
    IndexLocked: 409,
    IndexMissing: 503,
    IndexMismatch: 503,
    IndexCorrupt: 503,
    GenerationError: 503,
    MissingExtraError: 409,
}
MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("litsearch.serve")
_MEANING = {
    400: "The body cannot be read",
    401: "A token is needed",
    403: "Not allowed",
    404: "There is no such thing",
    408: "The body did not arrive in time",
    409: "Not possible as things stand",
    413: "The body is too large",
    422: "The request cannot be understood",
    429: "Too many requests",
    503: "Busy, or the index or model is not to be had",
}


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route can answer with, for OpenAPI; any may be refused for want of a
    token or time.
    """
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    retry = {"Retry-After": {"description": "seconds", "schema": {"type": "string"}}}
    return {
        status: {"description": _MEANING[status], "content": {MEDIA_TYPE: schema}}
        | ({"headers": retry} if status in (429, 503) else {})
        for status in sorted(
            {401, 403, 429, 503, *statuses, *((400, 408) if 413 in statuses else ())}
        )
    }


def problem(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None, **more: object
) -> JSONResponse:
    """Problem details; `error` beside them has the shape that OpenAI's clients look for."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    body["error"] = {"message": detail, "type": title, "code": status}
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    app.add_exception_handler(LitsearchError, _of_error)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)


async def _of_error(_: Request, error: Exception) -> JSONResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    headers = {"Retry-After": "5"} if status == 503 else None
    return problem(
        status, type(error).__name__, str(error), headers, hint=getattr(error, "hint", "")
    )


async def _of_request(_: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    named = "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}"
        for fault in faults[:10]
    )
    return problem(422, "RequestError", f"The request cannot be understood: {named}.")


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    if status == 405:
        headers["Allow"] = _allowed(request)
    return problem(status, "HTTPError", str(getattr(error, "detail", error)), headers)


def _allowed(request: Request) -> str:
    """The methods of a path, whatever route each of them has."""
    here = [route for route in request.app.routes if route.matches(request.scope)[0] != Match.NONE]
    return ", ".join(
        sorted({method for route in here for method in getattr(route, "methods", None) or ()})
    )


async def _of_bug(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("bug", exc_info=error, extra={"fields": {"id": request.scope.get("request_id", "")}})
    return problem(
        500,
        "Bug",
        "Something went wrong that should not; the log has it under the id of this request.",
    )
