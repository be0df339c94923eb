"""The first of several addresses of one text that gives something: editions of a paper, names of a README."""

from __future__ import annotations

from collections.abc import Iterable

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import RawDocument


def first_of(get: Get, urls: Iterable[str]) -> RawDocument:
    """The first of the addresses that exists. Raises FetchError: the first failure that another build may mend.

    An address that is out of reach may be one that was never asked for, so the others, which may be kept, are tried.
    """
    missing: FetchError | None = None
    for url in urls:
        try:
            return get(url)
        except FetchError as error:
            if error.status != "dead" and not error.unreachable:
                raise
            if missing is None or (error.unreachable and not missing.unreachable):
                missing = error
    raise missing or FetchError("There was no address to ask.")
