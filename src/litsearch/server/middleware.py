"""What every request passes first: a name for it, the host and origin it came by, its token, its
rate, its size.
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

from litsearch.server.auth import Token, holder
from litsearch.server.ops import Metrics
from litsearch.server.problems import problem
from litsearch.server.state import API_VERSION

LOCAL_HOSTS = ["127.0.0.1", "localhost", "::1", "testserver"]
MAX_BODY = 100_000  # bytes
MAX_ADDRESS = 16_000  # bytes of path and query
BODY_SECONDS = 20.0  # for a body to arrive
# and the files of the page: no word of the library
_OPEN = ("/healthz", "/readyz", "/", "/docs", "/favicon.ico")
_LOG = logging.getLogger("litsearch.serve")
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
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


@dataclass(frozen=True)
class Rules:
    """Who may come in. hosts: the names by which the service may be called; None: any."""

    hosts: Sequence[str] | None = None
    tokens: Sequence[Token] = ()
    rate: float = 0.0  # requests a second of one token or address; 0: any number


class Gate:
    """The outermost layer. It refuses with problems, and notes every request in the log and the
    metrics.
    """

    def __init__(self, app: ASGIApp, rules: Rules, metrics: Metrics) -> None:
        self._app, self._rules, self._metrics = app, rules, metrics
        self._rates = _Rates(rules.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        scope["request_id"] = given if _ID.fullmatch(given) else secrets.token_hex(8)
        began, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer["x-request-id"] = scope["request_id"]
                answer.add_vary_header("Authorization")
            await send(message)

        self._metrics.active.inc()
        try:
            inner: ASGIApp = self._refusal(scope, headers) or self._app
            await inner(scope, _Body(receive), noting)
        finally:
            self._metrics.active.dec()
            self._note(scope, status, time.perf_counter() - began)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered instead; None when the request may come in."""
        host = _name(headers.get("host", ""))
        if self._rules.hosts is not None and host not in self._rules.hosts:
            return problem(400, "HostError", "The service is not known by this name.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return problem(414, "AddressError", f"An address may have {MAX_ADDRESS:,} bytes.")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return problem(403, "OriginError", "Pages of other sites may not call this service.")
        token = holder(self._rules.tokens, headers.get("authorization", ""))
        return self._unknown(scope, token) or self._hasty(scope, token)

    def _unknown(self, scope: Scope, token: Token | None) -> Response | None:
        scope["token"], scope["tokens_exist"] = token, bool(self._rules.tokens)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not self._rules.tokens or path in _OPEN or path.startswith("/web/"):
            return None
        if token is None:
            detail = "Send one of the service's tokens: Authorization: Bearer …"
            return problem(401, "TokenError", detail, {"WWW-Authenticate": "Bearer"})
        if "read" not in token.scopes and not path.startswith("/build"):
            return problem(403, "ScopeError", "This token may not read.")
        return None

    def _hasty(self, scope: Scope, token: Token | None) -> Response | None:
        client = (scope.get("client") or ("", 0))[0]
        if token is None and client in LOCAL_HOSTS:
            return None
        wait = self._rates.wait(token.name if token else client, time.monotonic())
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
        fields = {
            "id": scope["request_id"],
            "method": scope["method"],
            "route": route,
            "status": status,
        }
        who = {"caller": token.name} if token else {"client": (scope.get("client") or ("", 0))[0]}
        _LOG.info("request", extra={"fields": fields | {"ms": round(seconds * 1000, 1)} | who})


class _Rates:
    """A bucket of tokens for each caller, of which the 10,000 latest are known."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, now: float) -> float:
        """Seconds until this caller may come again; 0 when it may now. Three seconds' worth may
        come at once.
        """
        if not self._rate:
            return 0.0
        most = max(3 * self._rate, 1.0)
        left, seen = self._known.pop(who, (most, now))
        left = min(most, left + (now - seen) * self._rate)
        enough = left >= 1
        self._known[who] = (left - 1 if enough else left, now)
        if len(self._known) > 10_000:
            self._known.popitem(last=False)
        return 0.0 if enough else (1 - left) / self._rate


class _Body:
    """Refuses bodies over MAX_BODY, declared or not, before they are gathered, and those that
    trickle.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left, self._whole = MAX_BODY, False
        self._until = time.monotonic() + BODY_SECONDS

    async def __call__(self) -> Message:
        """ASGI receive."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._until - time.monotonic(), 0)):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The body of the request did not arrive in time.") from None
        self._left -= len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._left < 0:
            raise HTTPException(413, f"The body of a request may have {MAX_BODY:,} bytes.")
        return message


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
