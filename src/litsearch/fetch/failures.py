"""What went wrong with a request, as one clear sentence, a hint, and whether another try is worth
it.
"""

from __future__ import annotations

import errno
import ssl
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore
import httpx

from litsearch.errors import FetchError
from litsearch.fetch.addresses import shown
from litsearch.fetch.transport import NameNotFound
from litsearch.patterns import expression
from litsearch.types import Verdict


class Truncated(Exception):
    """A body that ended before its time."""


# What a connection, or a client around it, raises on purpose.
WIRE_ERRORS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    Truncated,
    UnicodeError,
)
STAND_IN = (
    "Put the page's file into config/files/, named by the source's id or title, or remove the link."
)
LATER = "Run litsearch build again later."
_OWN_AUTHORITY = (
    "If your network puts an authority of its own into secure connections,"
    f" name its file in SSL_CERT_FILE; else: {STAND_IN[0].lower()}{STAND_IN[1:]}"
)
# X509_V_ERR_..., self-signed or not signed by one that is known
_UNKNOWN_ISSUER = frozenset({18, 19, 20, 21})
_NETWORK = "Check the network, then run litsearch build again."
_TRANSIENT = frozenset({408, 425, 429})
_BLOCKED = {
    401: "asks for a login",
    402: "asks for payment",
    403: "refuses programs",
    407: "stands behind a proxy that asks for a login",
    429: "answers too many requests",
    451: "may not show the page for legal reasons",
    999: "refuses programs",
}
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


# What httpcore says of the replies of a SOCKS proxy.
_SOCKS_FAILURE = expression(r"could not connect: (?!Connection not allowed)")
_SOCKS_LOGIN = expression(r"USERNAME/PASSWORD|NO ACCEPTABLE METHODS|Invalid username")


class AskLater(FetchError):
    """Not to be asked before a time that is too far off to wait for: the site said so, or it failed
    too often.
    """

    def __init__(self, url: str, next_try: float, last: Verdict | None = None) -> None:
        when = datetime.fromtimestamp(next_try, UTC).strftime("%Y-%m-%d %H:%M UTC")
        if last is None or when in last.reason:
            super().__init__(
                f"{host_of(url)} wants no request before {when}.", LATER, status="blocked"
            )
        else:
            reason = f"{last.reason} It is asked again after {when}."
            super().__init__(
                reason, last.remedy, status=last.status, transient=last.status != "dead"
            )
        self.next_try = next_try


def of_status(url: str, status: int) -> FetchError:
    """Return the failure that an answer's status means."""
    host = host_of(url)
    if status in (404, 410):
        return FetchError(
            f"{shown(url)} is not there any more ({status}).", STAND_IN, status="dead"
        )
    if status in _BLOCKED:
        words = f"{host} {_BLOCKED[status]} ({status})."
        return FetchError(words, STAND_IN, status="blocked", transient=status in _TRANSIENT)
    if status >= 500 or status in _TRANSIENT:
        return FetchError(
            f"{host} failed with an error of its own ({status}).", LATER, transient=True
        )
    return FetchError(f"{shown(url)} was answered with status {status} and no page.", STAND_IN)


def of_error(url: str, error: Exception, *, proxied: bool, late: bool) -> FetchError:
    """Return the failure that an exception of the wire means.

    late: the time for the whole document is used up. `unreachable` is set when the host never
    answered.
    """
    host = host_of(url)
    if late:
        return FetchError(
            f"{shown(url)} took longer than allowed.", _raise_limit("total_timeout"), transient=True
        )
    if isinstance(error, NameNotFound):
        if proxied:
            return _unreachable("The proxy cannot be found.")
        return _unreachable(f"There is no host {shown(host)} to be found.")
    if isinstance(error, httpcore.ConnectTimeout):
        return _unreachable(f"{host} does not answer.")
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(f"{host} stopped answering.", LATER, transient=True)
    if isinstance(error, httpcore.ConnectError):
        return _of_connect(host, error, proxied=proxied)
    if isinstance(error, httpcore.ProxyError):
        return _of_proxy(host, str(error))
    if isinstance(error, httpcore.NetworkError | httpcore.RemoteProtocolError | Truncated):
        return FetchError(f"{host} cut the answer off.", LATER, transient=True)
    return FetchError(
        f"{shown(url)} cannot be asked for: {shown(str(error))}.", "Correct the link, or remove it."
    )


def network_fault(error: Exception, *, proxied: bool) -> bool:
    """Return whether the failure to reach a host may be the fault of this side's network."""
    if isinstance(error, NameNotFound):
        return error.temporary or proxied
    if isinstance(error, httpcore.ConnectTimeout):
        return True
    return isinstance(error, httpcore.ConnectError) and (proxied or _errno(error) in _NO_ROUTE)


def retry_after(header: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None when it says nothing usable."""
    header = (header or "").strip()
    if header.isascii() and header.isdigit() and len(header) < 10:
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def host_of(url: str) -> str:
    """Return the host of a checked URL."""
    return urlsplit(url).hostname or ""


def _of_connect(host: str, error: httpcore.ConnectError, *, proxied: bool) -> FetchError:
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        words = f"{host} has no valid certificate: {cause.verify_message}."
        hint = _OWN_AUTHORITY if cause.verify_code in _UNKNOWN_ISSUER else STAND_IN
        return FetchError(words, hint)
    if isinstance(cause, ssl.SSLError) and not isinstance(
        cause, ssl.SSLEOFError | ssl.SSLZeroReturnError
    ):
        return FetchError(
            f"{host} offers no secure connection: {cause.reason or 'TLS failed'}.", STAND_IN
        )
    if isinstance(
        cause, ssl.SSLError | ConnectionResetError | ConnectionAbortedError | BrokenPipeError
    ):
        return FetchError(f"{host} cut the connection.", LATER, transient=True)
    return _unreachable("The proxy cannot be reached." if proxied else f"{host} cannot be reached.")


def _of_proxy(host: str, answer: str) -> FetchError:
    """Return what a proxy's refusal means: "403 Forbidden", "502 Bad Gateway", a word of SOCKS."""
    shown_answer = shown(answer, 60).rstrip(".")
    if answer.startswith("5") or _SOCKS_FAILURE.search(answer):
        return _unreachable(f"The proxy cannot reach {host} ({shown_answer}).")
    if answer.startswith("407") or _SOCKS_LOGIN.search(answer):
        hint = "Write name and password into the proxy's address: socks5://name:password@host:port."
        return FetchError(f"The proxy refuses the login ({shown_answer}).", hint, status="blocked")
    return FetchError(
        f"The proxy refuses {host} ({shown_answer}).",
        "Ask whoever runs the proxy.",
        status="blocked",
    )


def _unreachable(words: str) -> FetchError:
    return FetchError(words, _NETWORK, transient=True, unreachable=True)


def _raise_limit(key: str) -> str:
    return f"Raise fetch.{key} in config/litsearch.toml, or remove the link."


def _errno(error: Exception) -> int | None:
    return getattr(_cause(error), "errno", None)


def _cause(error: Exception) -> object:
    """Return the error of the operating system inside one of httpcore, which drops __cause__ on its
    way through the pool.
    """
    return error.args[0] if error.args else None
