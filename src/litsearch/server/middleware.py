"""Refuse what may not come in, before any route sees it: by host, origin, token, rate and size.

Every request gets an id, and is noted in the log and the metrics.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from litsearch.patterns import expression
from litsearch.server.auth import Guesses, Token, holder, home_of
from litsearch.server.ops import Metrics
from litsearch.server.problems import problem
from litsearch.server.state import API_VERSION

LOCAL_HOSTS = ["127.0.0.1", "localhost", "::1", "testserver"]
MAX_BODY = 100_000  # bytes
MAX_FILE = 60_000_000  # bytes of a body at /files
MAX_TALK = 4_000_000  # bytes of a conversation
MAX_ADDRESS = 16_000  # bytes of path and query
BODY_SECONDS = 20.0  # for a body to arrive
FILE_SECONDS = 300.0  # for a file

OPEN_PATHS = {
    "/healthz",
    "/readyz",
    "/",
    "/docs",
    "/favicon.ico",
}  # and the page's files: no word of the library
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
# No opener policy: it makes a browser start a second process for the page, 40 ms, and nothing here
# trusts an opener.
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "api-version": API_VERSION,
}
EXPOSED = "API-Version, ETag, Link, Location, Retry-After, X-Request-ID, X-Total-Count"
METHODS = "DELETE, GET, HEAD, PATCH, POST, PUT"
ALLOWED_HEADERS = "Authorization, Content-Type, Accept, If-None-Match, X-Request-ID"

_LOG = logging.getLogger("litsearch.serve")
_REQUEST_ID = expression(r"[\w.-]{1,64}", re.ASCII)
# What OpenAI's clients say of themselves, which a browser asks leave for.
_CLIENT_HEADER = expression(r"x-stainless-[a-z-]{1,40}|openai-[a-z-]{1,40}|x-[a-z-]{1,40}")


@dataclass(frozen=True)
class Rules:
    """Who may come in."""

    hosts: Sequence[str] | None = None  # names by which the service may be called; None: any
    tokens: Sequence[Token] = ()
    rate: float = 0.0  # requests a second of one token or address; 0: any number
    origins: Sequence[str] = ()  # of other sites whose pages may call


class Gate:
    """The outermost layer: refuses with problems, adds headers, and notes every request."""

    def __init__(self, app: ASGIApp, rules: Rules, metrics: Metrics) -> None:
        self._app, self._rules, self._metrics = app, rules, metrics
        self._rates, self._guesses = Rates(rules.rate), Guesses()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        headers = Headers(scope=scope)
        wanted_id = headers.get("x-request-id", "")
        scope["request_id"] = (
            wanted_id if _REQUEST_ID.fullmatch(wanted_id) else secrets.token_hex(8)
        )
        reply = _Reply(send, scope["request_id"], self._foreign(headers))
        began = time.perf_counter()

        self._metrics.active.inc()
        try:
            app: ASGIApp = await self._refusal(scope, headers) or self._app
            await app(scope, _Body(receive, _path(scope)), reply)
        finally:
            self._metrics.active.dec()
            self._note(scope, reply.status, time.perf_counter() - began)

    def _foreign(self, headers: Headers) -> str:
        """Return the origin of another site whose pages may call; "" for any other request."""
        origin = headers.get("origin", "")
        return origin if origin in self._rules.origins else ""

    async def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what is answered instead; None when the request may come in."""
        scope["token"], scope["tokens_exist"] = None, bool(self._rules.tokens)
        refusal = self._malformed(scope, headers) or self._stranger(scope, headers)
        if refusal or scope.get("local"):
            return refusal
        if preflight := self._preflight(scope, headers):
            return preflight

        token = holder(self._rules.tokens, headers.get("authorization", ""))
        scope["token"] = token
        return await self._unknown(scope, headers, token) or self._hasty(scope, token)

    def _malformed(self, scope: Scope, headers: Headers) -> Response | None:
        if "transfer-encoding" in headers and "content-length" in headers:
            # A proxy before this service may have believed the other one: nothing more is read from
            # it.
            return problem(
                400, "LengthError", "The request has two lengths.", {"Connection": "close"}
            )
        if headers.get("content-encoding", "identity").lower() != "identity":
            return problem(
                415, "EncodingError", "Bodies are read as they are: send no Content-Encoding."
            )
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return problem(414, "AddressError", f"An address may have {MAX_ADDRESS:,} bytes.")
        return None

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        host = _host_name(headers.get("host", ""))
        if len(headers.getlist("host")) > 1 or not host:
            return problem(400, "HostError", "The request does not name one host.")
        if self._rules.hosts is not None and host not in self._rules.hosts:
            return problem(400, "HostError", "The service is not known by this name.")
        origins = headers.getlist("origin")
        if not origins and not _is_part_of_other_page(headers):
            return None
        if len(origins) == 1 and (
            self._foreign(headers) or _place(origins[0]) == headers.get("host")
        ):
            return None
        detail = (
            "Pages of other sites may not call this service; [serve] origins names those that may."
        )
        return problem(403, "OriginError", detail)

    def _preflight(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the permission that a browser asks for before a page of another site calls."""
        if scope["method"] != "OPTIONS" or not self._foreign(headers):
            return None
        if "access-control-request-method" not in headers:
            return None
        requested = headers.get("access-control-request-headers", "").lower().split(",")
        names = [name.strip() for name in requested if _CLIENT_HEADER.fullmatch(name.strip())]
        reply_headers = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": ", ".join([ALLOWED_HEADERS, *names]),
            "Access-Control-Max-Age": "600",
        }
        return Response(status_code=204, headers=reply_headers)

    async def _unknown(
        self, scope: Scope, headers: Headers, token: Token | None
    ) -> Response | None:
        """Return the refusal of a caller without a token that may read."""
        path = _path(scope)
        if not self._rules.tokens or path in OPEN_PATHS or path.startswith("/web/"):
            return None
        if token is None:
            return await self._wrong_token(scope, headers)
        if "read" not in token.scopes and not path.startswith("/build"):
            return problem(403, "ScopeError", "This token may not read.")
        return None

    async def _wrong_token(self, scope: Scope, headers: Headers) -> Response:
        address = home_of(_client(scope))
        if "authorization" in headers:
            in_time = await self._guesses.wait(address)
            self._metrics.wrong_tokens.inc()
            count = self._guesses.count(address)
            _LOG.warning("wrong token", extra={"fields": {"client": address, "count": count}})
            if not in_time:
                return problem(429, "TokenError", "Too many wrong tokens.", {"Retry-After": "60"})
        detail = "Send one of the service's tokens: Authorization: Bearer …"
        return problem(401, "TokenError", detail, {"WWW-Authenticate": "Bearer"})

    def _hasty(self, scope: Scope, token: Token | None) -> Response | None:
        client = _client(scope)
        if token is None and client in LOCAL_HOSTS:
            return None
        wait = self._rates.wait(token.name if token else home_of(client), time.monotonic())
        if not wait:
            return None
        return problem(
            429, "RateError", "Too many requests at once.", {"Retry-After": str(int(wait) + 1)}
        )

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # The template of a route, so that neither metrics nor the log hold what people ask for.
        route = getattr(scope.get("route"), "path", "") or "other"
        self._metrics.answered(scope["method"], route, status, seconds)
        token = scope.get("token")
        caller = {"caller": token.name} if token else {"client": _client(scope)}
        fields = {
            "id": scope["request_id"],
            "method": scope["method"],
            "route": route,
            "status": status,
        }
        _LOG.info("request", extra={"fields": fields | {"ms": round(seconds * 1000, 1)} | caller})


class _Reply:
    """Adds the headers that every reply has, and remembers its status."""

    def __init__(self, send: Send, request_id: str, origin: str) -> None:
        self._send, self._request_id, self._origin = send, request_id, origin
        self.status = 500

    async def __call__(self, message: Message) -> None:
        """Send a message of a reply (ASGI)."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._complete(MutableHeaders(scope=message))
        await self._send(message)

    def _complete(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers["x-request-id"] = self._request_id
        headers.add_vary_header("Authorization")
        if self._origin:
            headers["access-control-allow-origin"] = self._origin
            headers["access-control-expose-headers"] = EXPOSED
            headers["cross-origin-resource-policy"] = "cross-origin"
            headers.add_vary_header("Origin")


class Rates:
    """A bucket of requests for each caller; the 10,000 latest callers are remembered."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str, now: float) -> float:
        """Return the seconds until a caller may come again; 0 when it may now. Three seconds' worth
        may come at once.
        """
        if not self._rate:
            return 0.0
        most = max(3 * self._rate, 1.0)
        tokens, last = self._buckets.pop(caller, (most, now))
        tokens = min(most, tokens + (now - last) * self._rate)
        enough = tokens >= 1
        self._buckets[caller] = (tokens - 1 if enough else tokens, now)
        if len(self._buckets) > 10_000:
            self._buckets.popitem(last=False)
        return 0.0 if enough else (1 - tokens) / self._rate


class _Body:
    """Refuses bodies that are too large, declared or not, before they are gathered, and those that
    trickle.
    """

    def __init__(self, receive: Receive, path: str) -> None:
        self._receive = receive
        is_file = path.startswith("/files/")
        is_talk = path.startswith(("/conversations/", "/vault"))
        self._most = self._left = MAX_FILE if is_file else MAX_TALK if is_talk else MAX_BODY
        self._until = time.monotonic() + (FILE_SECONDS if is_file else BODY_SECONDS)
        self._complete = False

    async def __call__(self) -> Message:
        """Receive a message (ASGI)."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._until - time.monotonic(), 0)):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The body of the request did not arrive in time.") from None

        self._left -= len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._left < 0:
            raise HTTPException(413, f"The body of a request may have {self._most:,} bytes.")
        return message


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _client(scope: Scope) -> str:
    return (scope.get("client") or ("", 0))[0]


def _is_part_of_other_page(headers: Headers) -> bool:
    """Tell what a page of another site loads, as an image or a frame, for which browsers name no
    origin. A link that somebody follows is none.
    """
    if headers.get("sec-fetch-site") not in ("cross-site", "same-site"):
        return False
    return headers.get("sec-fetch-dest") != "document"


def _host_name(host: str) -> str:
    """Return the name in a Host header, without port and brackets; "" for none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _place(origin: str) -> str:
    """Return the host and port of an origin; "" for none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
