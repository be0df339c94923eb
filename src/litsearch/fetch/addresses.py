"""Which addresses may be asked: public http and https only.

A reading list is other people's text: it must not make this machine fetch from itself, its network
or its cloud's metadata service. The literal address in a URL is checked here, those that a name
resolves to in transport.py.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from litsearch.errors import FetchError
from litsearch.patterns import expression

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# What ipaddress of the oldest supported Python calls global although nothing public is there.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # the metadata and DNS address of a large cloud, in a public range
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "64:ff9b:1::/48",  # NAT64 into local networks
        "100::/64",
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ISATAP = expression(r"^(?:0000|0200):5efe$")
_LOCAL_NAME = expression(
    r"(?:^|\.)(?:localhost|localhost6|local|localdomain|localdomain6|internal|intranet|lan|home"
    r"|corp|private|home\.arpa)$"
)
_OLD_NUMBER = expression(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")
_HOST = expression(r"[a-z0-9_.-]{1,253}|[0-9a-f:.]{2,45}")
_BAD = expression(r"[\x00-\x20\x7f\\]")
MAX_URL = 8000  # characters
_HINT = "Correct the link in the list, or remove it."


def checked_url(url: str, *, allow_private: bool = False) -> str:
    """Return the URL as it may be requested: http or https, to a public host, no fragment, no
    login.

    Raises FetchError (permanent) for anything else.
    """
    if len(url) > MAX_URL or _BAD.search(url):
        raise _no_web_address(url)
    try:
        parts = urlsplit(url)
        host, port = plain_host(parts.hostname or ""), parts.port
    except ValueError:
        raise _no_web_address(url) from None

    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        words = f"{shown(url)} is not fetched: only http and https are."
        raise FetchError(words, _HINT, status="unsupported")
    if not _HOST.fullmatch(host):
        raise FetchError(f"{shown(url)} names no host.", _HINT)
    if not allow_private:
        refuse_private(host)

    netloc = _netloc(host, port)
    path = parts.path or "/"
    return parts._replace(scheme=scheme, netloc=netloc, path=path, fragment="").geturl()


def _netloc(host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port is None else f"{bracketed}:{port}"


def _no_web_address(url: str) -> FetchError:
    return FetchError(f"{shown(url)} is not a web address.", _HINT)


def plain_host(host: str) -> str:
    """Return a host as the resolver will see it: lower case, ASCII, without percent signs, wide
    digits or a closing dot.
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise ValueError("not a host name") from None
    return host.rstrip(".")


def refuse_private(host: str) -> None:
    """Raise FetchError when a host is a literal private address, in any notation, or a name of the
    local network.
    """
    address = literal(host)
    if address is not None:
        refuse_address(address, host)
    elif _LOCAL_NAME.search(host) or "." not in host:
        raise private(host)


def refuse_address(address: IPAddress, host: str) -> None:
    """Raise FetchError when an address, or one that it embeds, is not a public one."""
    if not is_public(address):
        raise private(host)


def literal(host: str) -> IPAddress | None:
    """Return the address that a host is written as (also in the decimal, octal and hexadecimal
    forms of inet_aton).
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not _OLD_NUMBER.fullmatch(host):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return ipaddress.IPv4Address(0)  # a number that is no address: refused, not resolved


def is_public(address: IPAddress) -> bool:
    """Return whether this is a unicast address of the public internet, whatever address it embeds
    included.
    """
    if isinstance(address, ipaddress.IPv6Address):
        embedded = _embedded(address)
        if embedded is not None:
            return is_public(embedded)
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def private(host: str) -> FetchError:
    """Return the refusal of a host."""
    return FetchError(
        f"{shown(host)} is an address of this machine or of a private network, which lists may not"
        " reach.",
        "Set fetch.allow_private in config/litsearch.toml if the link is meant, or remove it.",
    )


def shown(text: str, limit: int = 200) -> str:
    """Return foreign text for a message: printable and short."""
    if not text.isprintable():
        text = "".join(map(_printable, text))
    return text if len(text) <= limit else text[:limit] + "…"


def _printable(character: str) -> str:
    return character if character.isprintable() else "�"


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address inside a mapped, compatible, 6to4, NAT64 or ISATAP address."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64 or address in _COMPATIBLE or _ISATAP.match(address.exploded[20:29]):
        return low
    return None
