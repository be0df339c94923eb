"""Reads the environment: the proxy of a request, hosts that go past it, certificates to trust.

HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are read in either case, as curl reads them.
NO_PROXY names hosts, domains (with all below them), addresses and networks (10.0.0.0/8, fd00::/8),
each with a port where it is meant, or "*". Trusted are the usual certificate authorities, the
system's, and those that SSL_CERT_FILE and its like name.
"""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from functools import cache
from pathlib import Path
from typing import TypeAlias
from urllib.request import getproxies, proxy_bypass

import httpx

from litsearch.errors import ConfigError

SOCKS = ("socks5", "socks5h")
_SCHEMES = ("http", "https", *SOCKS)
_HINT = "Name an http://, https://, socks5:// or socks5h:// proxy there, or unset it."
IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def proxy_for(scheme: str) -> httpx.URL | None:
    """Return the proxy for requests of a scheme, or None.

    Raises ConfigError when the variable holds no address of a proxy, or one of a kind that is not
    supported.
    """
    proxies = getproxies()
    key = scheme if proxies.get(scheme) else "all"
    address = proxies.get(key, "").strip()
    if not address:
        return None

    variable = f"{key.upper()}_PROXY"
    try:
        url = httpx.URL(address if "://" in address else f"http://{address}")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise ConfigError(f"{variable} does not hold the address of a proxy.", _HINT) from None

    if url.scheme == "socks":  # as desktops write it
        url = url.copy_with(scheme="socks5")
    if url.scheme not in _SCHEMES or not url.host or not 0 < (url.port or 1) < 65_536:
        shown = url.copy_with(userinfo=b"")
        raise ConfigError(f"{variable} names a proxy that cannot be used: {shown}.", _HINT)
    return url


def bypasses_proxy(host: str, port: int | None = None) -> bool:
    """Return whether NO_PROXY lists a host; without that variable, whether the operating system's
    settings do.
    """
    no_proxy = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    if not no_proxy:
        return bool(proxy_bypass(host))

    host = host.lower().rstrip(".")
    entries = re.split(r"[\s,]+", no_proxy.lower())
    return any(_matches(entry, host, port) for entry in filter(None, entries))


def _matches(entry: str, host: str, port: int | None) -> bool:
    """Return whether an entry of NO_PROXY is a host, or the domain or network that it lies in."""
    pattern, entry_port = _split_port(entry)
    if entry_port and entry_port != str(port):
        return False
    if pattern == "*":
        return True

    address = _address(host)
    if address is not None:
        network = _network(pattern)
        return network is not None and network.version == address.version and address in network

    domain = pattern.removeprefix("*").strip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _split_port(entry: str) -> tuple[str, str]:
    """Split "[::1]:8080" or "host:8080" at its port; an IPv6 address without brackets has none."""
    if entry.startswith("["):
        address, _, rest = entry[1:].partition("]")
        length, _, port = rest.partition(":")
        return address + length, port  # "[fd00::]/8" is a network

    if entry.count(":") == 1:
        host, _, port = entry.partition(":")
        return host, port
    return entry, ""


def _address(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _network(pattern: str) -> IPNetwork | None:
    try:
        return ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return None


# The first two are OpenSSL's, the others those of requests and curl. A company that puts an
# authority of its own into the traffic often sets only one of them.
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def tls_context() -> ssl.SSLContext:
    """Return the settings of secure connections, which trust every authority that the environment
    names.

    Raises ConfigError when a variable names nothing that holds certificates.
    """
    return _context(tuple((name, os.environ.get(name, "")) for name in CERTIFICATES))


@cache  # reading the authorities takes 90 ms
def _context(places: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.set_default_verify_paths()
    for variable, path in places:
        if path:
            _trust(context, variable, path)
    return context


def _trust(context: ssl.SSLContext, variable: str, path: str) -> None:
    """Add the authorities of a file or folder. Raises ConfigError, which names the variable."""
    hint = f"Correct {variable}, or unset it."
    try:
        if Path(path).is_dir():
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except FileNotFoundError:
        raise ConfigError(f"{variable} names {path}, which does not exist.", hint) from None
    except ssl.SSLError:
        raise ConfigError(f"{variable} names {path}, which holds no certificates.", hint) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            f"{variable} names {path}, which cannot be read: {reason}.", hint
        ) from None
