"""Who may use the service: named tokens with scopes, one a line: "laptop read,build 3f9c…"."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litsearch.errors import ConfigError

SCOPES = {"read", "build"}
LEAST = 16  # characters of a token
VARIABLE = "LITSEARCH_TOKENS"


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: never the token itself."""

    name: str
    scopes: frozenset[str]
    digest: bytes  # sha256


def read_tokens(folder: Path, file: str, environ: Mapping[str, str]) -> list[Token]:
    """The tokens of the file and of LITSEARCH_TOKENS. Raises ConfigError, which never shows a
    token.
    """
    text = environ.get(VARIABLE, "").replace(";", "\n")
    if file:
        try:
            text += "\n" + (folder / file).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise ConfigError(
                f"The file of tokens {folder / file} cannot be read.", "Correct tokens_file."
            ) from None
    lines = [
        line.split()
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    return [_token(parts) for parts in lines]


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
        raise ConfigError(
            f"The token {name!r} is too short.",
            f"Use {LEAST} characters or more, from a generator.",
        )
    return Token(name, scopes, hashlib.sha256(secret.encode()).digest())


def holder(tokens: Sequence[Token], authorization: str) -> Token | None:
    """The token that an Authorization header carries. All are compared, each in constant time."""
    kind, _, secret = authorization.partition(" ")
    if kind.lower() != "bearer":
        return None
    digest = hashlib.sha256(secret.strip().encode("utf-8", "replace")).digest()
    found = [token for token in tokens if hmac.compare_digest(token.digest, digest)]
    return found[0] if found else None
