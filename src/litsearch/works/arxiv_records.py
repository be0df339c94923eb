"""Titles, authors and dates of arXiv papers as arXiv has them, asked for in batches: better than
what a PDF shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from litsearch.fetch.api_client import Services
from litsearch.types import Document
from litsearch.works.identity import key_of
from litsearch.works.title_match import Work

_PREFIX = "arxiv:"


class Archive(Protocol):
    """The service that has the records (registers/arxiv)."""

    NAME: str
    SPACING_S: float
    BATCH: int

    def records(self, ids: Iterable[str]) -> str:
        """Return the address that asks for the records of papers."""
        ...

    def read(self, body: bytes) -> list[Work]:
        """Return the papers of an answer. Raises ValueError when it is none."""
        ...


class Records:
    """What arXiv says of the papers of a build. urls: those that the build will want, so that one
    question does.
    """

    def __init__(self, archive: Archive, services: Services, urls: Iterable[str]) -> None:
        self._archive, self._services = archive, services
        papers = {_paper(url) for url in urls} - {""}
        self._missing = sorted(paper for paper in papers if not services.fresh(_question(paper)))

    def __call__(self, url: str) -> str:
        """Return the record of a paper as text that `apply` reads; "" when there is none or the
        address is no paper's.
        """
        paper = _paper(url)
        if not paper:
            return ""
        batch, self._missing = (
            self._missing[: self._archive.BATCH],
            self._missing[self._archive.BATCH :],
        )
        while batch and self._ask(batch):
            batch, self._missing = (
                self._missing[: self._archive.BATCH],
                self._missing[self._archive.BATCH :],
            )
        return self._services.kept(_question(paper)) or ""

    def _ask(self, papers: list[str]) -> bool:
        """Ask for the records of a batch; False when the service gives nothing now."""
        body = self._services.send(
            self._archive.NAME, self._archive.records(papers), self._archive.SPACING_S
        )
        if body is None:
            return False
        try:
            works = {_paper(work.url or ""): work for work in self._archive.read(body)}
        except ValueError:
            works = {}
        for paper in papers:
            work = works.get(paper)
            text = (
                json.dumps([work.title, work.authors, work.published], ensure_ascii=False)
                if work
                else None
            )
            self._services.keep(_question(paper), text)
        return True


def apply(record: str, document: Document) -> Document:
    """Return a document with the title, authors and date of its record; as it was, without one."""
    if not record:
        return document
    title, authors, published = json.loads(record)
    return replace(
        document, title=title, authors=tuple(authors), published=published or document.published
    )


def _paper(url: str) -> str:
    """Return the number of an arXiv paper; "" for other addresses."""
    key = key_of(url) if url else ""
    return key.removeprefix(_PREFIX) if key.startswith(_PREFIX) else ""


def _question(paper: str) -> str:
    return f"record:{_PREFIX}{paper}"
