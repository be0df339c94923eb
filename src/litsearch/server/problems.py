"""Turn every error into RFC 9457 problem details, by one table from error to status."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
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
    StoreUnavailable,
)
from litsearch.patterns import expression

STATUS: dict[type[LitsearchError], int] = {
    QueryError: 422,
    ListError: 409,
    ConfigError: 409,
    IndexLocked: 409,
    IndexMissing: 503,
    IndexMismatch: 503,
    IndexCorrupt: 503,
    StoreUnavailable: 503,
    GenerationError: 503,
    MissingExtraError: 409,
}
MEDIA_TYPE = "application/problem+json"
OPENAI_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}

_LOG = logging.getLogger("litsearch.serve")
_HALF = expression(rb"\\u[dD][89a-fA-F]")  # a character beyond 65,535 is written as two of these
_MEANINGS = {
    400: "The body cannot be read",
    401: "A token is needed",
    403: "Not allowed",
    404: "There is no such thing",
    408: "The body did not arrive in time",
    409: "Not possible as things stand",
    412: "The library is not the one that was meant",
    413: "The body is too large",
    415: "The body is encoded",
    422: "The request cannot be understood",
    429: "Too many requests",
    503: "Busy, or the index or model is not to be had",
}


class ApiError(HTTPException):
    """A refusal that names the parameter at fault, as clients of OpenAI expect it."""

    def __init__(
        self, status: int, detail: str, *, param: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(status, detail)
        self.param, self.code = param, code


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of a route for OpenAPI; any may lack a token or time."""
    with_body = (400, 408, 415) if 413 in statuses else ()
    all_statuses = sorted({401, 403, 429, 503, *statuses, *with_body})
    return {status: _response(status) for status in all_statuses}


def _response(status: int) -> dict[str, Any]:
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    response: dict[str, Any] = {"description": _MEANINGS[status], "content": {MEDIA_TYPE: schema}}
    if status in (429, 503):
        response["headers"] = {
            "Retry-After": {"description": "seconds", "schema": {"type": "string"}}
        }
    return response


def problem(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: object
) -> JSONResponse:
    """Return problem details; `error` beside them has the shape that OpenAI's clients look for."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    error = {
        "message": detail,
        "type": OPENAI_TYPES.get(
            status, "invalid_request_error" if status < 500 else "server_error"
        ),
        "param": more.pop("param", None),
        "code": more.pop("code", None),
    }
    return JSONResponse(
        body | more | {"error": error}, status, dict(headers or {}), media_type=MEDIA_TYPE
    )


async def check_characters(request: Request) -> None:
    """Raise HTTPException 422 for JSON that names half a character, which no text can hold."""
    body = b"" if request.method == "GET" else await request.body()
    if not _HALF.search(body) or "json" not in request.headers.get("content-type", ""):
        return
    try:
        json.dumps(await request.json(), ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        detail = (
            "The request cannot be understood: it holds half a character (a lone surrogate),"
            " or is nested too deeply."
        )
        raise HTTPException(400 if "/v1/" in request.url.path else 422, detail) from None


def add_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    app.add_exception_handler(LitsearchError, _of_error)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)


def status_of(error: LitsearchError) -> int:
    """Return the HTTP status of an error."""
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status
    return 500


async def _of_error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, LitsearchError):
        raise error
    status = status_of(error)
    headers = {"Retry-After": "5"} if status == 503 else None
    return problem(status, type(error).__name__, str(error), headers, hint=error.hint)


async def _of_request(request: Request, error: Exception) -> JSONResponse:
    faults = error.errors()[:10] if isinstance(error, RequestValidationError) else []
    messages = "; ".join(f"{_place(fault)}: {fault['msg']}" for fault in faults)
    sentence = f"The request cannot be understood: {messages}."
    # OpenAI's clients know 400 as their own mistake.
    status = 400 if "/v1/" in request.url.path else 422
    param = _place(faults[0]).split(".")[0] if faults else None
    return problem(status, "RequestError", sentence, param=param)


def _place(fault: Mapping[str, Any]) -> str:
    """Return where in a request a fault lies: "turns.0.question"."""
    return ".".join(map(str, fault["loc"][1:]))


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    if status == 405:
        headers["Allow"] = _allowed(request)
    param, code = getattr(error, "param", None), getattr(error, "code", None)
    return problem(
        status, "HTTPError", str(getattr(error, "detail", error)), headers, param=param, code=code
    )


def _allowed(request: Request) -> str:
    """Return the methods of a path, whatever route each of them has."""
    methods: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] != Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


async def _of_bug(request: Request, error: Exception) -> JSONResponse:
    fields = {"id": request.scope.get("request_id", "")}
    _LOG.error("bug", exc_info=error, extra={"fields": fields})
    detail = "Something went wrong that should not; the log has it under the id of this request."
    return problem(500, "Bug", detail)
