"""Which certificate authorities are trusted: the usual ones, the system's, and those that the
environment names.
"""

from __future__ import annotations

import os
import ssl
from functools import cache
from pathlib import Path

import httpx

from litsearch.errors import ConfigError

# The first two are OpenSSL's, the others those of requests and curl. A company that puts an
# authority of its own into the traffic often sets only one of them.
VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def tls_context() -> ssl.SSLContext:
    """Return the settings of secure connections, which trust every authority that the environment
    names.

    Raises ConfigError when a variable names nothing that holds certificates.
    """
    return _context(tuple((name, os.environ.get(name, "")) for name in VARIABLES))


@cache  # reading the authorities takes 90 ms
def _context(named: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.set_default_verify_paths()
    for variable, path in named:
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
