"""Check who may use the service: named tokens with scopes, and callers that guess at them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from litsearch.errors import ConfigError

SCOPES = {"read", "build"}
LEAST = 16  # characters of a token
VARIABLE = "LITSEARCH_TOKENS"

FIRST_DELAY = 0.1  # seconds that the first wrong token costs; each further one doubles it ...
LONGEST_DELAY = 5.0  # ... up to this
QUEUE = 8  # wrong tokens of one address that wait at once; more are refused
FORGOTTEN = 900.0  # seconds after which an address begins anew
ADDRESSES = 10_000  # that are remembered


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: never the token itself."""

    name: str
    scopes: frozenset[str]
    digest: bytes  # sha256


def read_tokens(folder: Path, file: str, environ: Mapping[str, str]) -> list[Token]:
    """Read the tokens of the file and of LITSEARCH_TOKENS. Raises ConfigError, which never shows a
    token.

    A line is a name, scopes and the token: "laptop read,build 3f9c…".
    """
    text = environ.get(VARIABLE, "").replace(";", "\n")
    if file:
        text += "\n" + _file_text(folder / file)

    lines = [line.strip() for line in text.splitlines()]
    return [_token(line.split()) for line in lines if line and not line.startswith("#")]


def _file_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"The file of tokens {path} cannot be read.", "Correct tokens_file."
        ) from None


def _token(parts: Sequence[str]) -> Token:
    hint = (
        "Write a name, scopes (read, build, or read,build) and a token, with a space between them."
    )
    if len(parts) != 3:
        raise ConfigError("A line of the tokens is not a name, scopes and a token.", hint)
    name, scopes, secret = parts[0], frozenset(parts[1].split(",")), parts[2]
    if not scopes <= SCOPES:
        raise ConfigError(f"The token {name!r} has scopes that are not known.", hint)
    if len(secret) < LEAST:
        hint = f"Use {LEAST} characters or more, from a generator."
        raise ConfigError(f"The token {name!r} is too short.", hint)
    return Token(name, scopes, hashlib.sha256(secret.encode()).digest())


def holder(tokens: Sequence[Token], authorization: str) -> Token | None:
    """Return the token that an Authorization header carries. All are compared, each in constant
    time.
    """
    kind, _, secret = authorization.partition(" ")
    if kind.lower() != "bearer":
        return None
    digest = hashlib.sha256(secret.strip().encode("utf-8", "replace")).digest()
    matches = [token for token in tokens if hmac.compare_digest(token.digest, digest)]
    return matches[0] if matches else None


def home_of(address: str) -> str:
    """Return what stands for whoever calls from an address: of IPv6 the network, since each home
    has 2^64 addresses of its own.
    """
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(place, ipaddress.IPv4Address):
        return address
    if place.ipv4_mapped:
        return str(place.ipv4_mapped)
    return str(ipaddress.ip_network((place.packed[:8] + bytes(8), 64)))


@dataclass(slots=True)
class _Record:
    """The wrong tokens of one address."""

    count: int = 0
    latest: float = 0.0
    waiting: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Guesses:
    """Counts wrong tokens by address and slows the address down; whoever has a right token never
    waits.
    """

    def __init__(self) -> None:
        self.total = 0
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def count(self, address: str) -> int:
        """Return how many wrong tokens came from an address lately."""
        return self._records[address].count if address in self._records else 0

    async def wait(self, address: str) -> bool:
        """Note a wrong token and let time pass, one token of an address after the other.

        Returns False, at once, when too many of the address wait already.
        """
        record = self._record(address, time.monotonic())
        self.total += 1
        record.count += 1
        if record.waiting >= QUEUE:
            return False

        record.waiting += 1
        try:
            async with record.turn:
                await asyncio.sleep(
                    min(FIRST_DELAY * 2.0 ** min(record.count - 1, 16), LONGEST_DELAY)
                )
        finally:
            record.waiting -= 1
        return True

    def _record(self, address: str, now: float) -> _Record:
        record = self._records.pop(address, None)
        if record is None or (now - record.latest > FORGOTTEN and not record.waiting):
            record = _Record()
        record.latest = now
        self._records[address] = record
        if len(self._records) > ADDRESSES:
            self._records.popitem(last=False)
        return record
