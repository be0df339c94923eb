"""Ask registers for a work: an open copy by its title, and arXiv's records of its papers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from litsearch.fetch.api_client import Services
from litsearch.types import Document, Entry, Source
from litsearch.works.identity import key_of, last_name, normal_title, plain_title
from litsearch.works.registers import ALONE_WORDS, SURE, Work, confidence


class Register(Protocol):
    """A service that knows works (a module in registers/)."""

    NAME: str
    SPACING_S: float

    def question(self, title: str, author: str) -> str:
        """Return the address that asks for a title."""
        ...

    def read(self, body: bytes) -> list[Work]:
        """Return the works of an answer. Raises ValueError when it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """An open copy of the work that a source names."""

    url: str
    register: str
    confidence: float
    by_author: bool

    @property
    def reason(self) -> str:
        """How it was found, as a verdict says it."""
        by = "title and author" if self.by_author else "title"
        return f"Found on {self.register} by {by}, confidence {self.confidence:.2f}."


class Resolver:
    """Finds open copies. registers: asked in this order, each at most once a title and interval."""

    def __init__(self, registers: Sequence[Register], services: Services) -> None:
        self._registers, self._services = registers, services

    def __call__(self, source: Source) -> Found | str:
        """Return the open copy of a source without address; or why none is surely it."""
        entry = source.entries[0]
        title = plain_title(entry.title)
        words = normal_title(title).split()
        if len(words) < (2 if entry.authors else ALONE_WORDS):
            return "Its title alone does not say for sure which work it is."
        silent = []
        for register in self._registers:
            copy = self._ask(register, entry, title)
            if isinstance(copy, Found):
                return copy
            silent += [] if copy else [register.NAME]
        if silent:
            names = " and ".join([*filter(None, [", ".join(silent[:-1])]), silent[-1]])
            return f"{names} could not be asked for it; a later build tries again."
        return "No open copy was found by its title."

    def _ask(self, register: Register, entry: Entry, title: str) -> Found | bool:
        """Return what a register knows: an open copy; True: nothing, as it once said; False: it has
        not been asked yet.
        """
        author = last_name(entry.authors[0]) if entry.authors else ""
        question = f"title:{register.NAME}:{normal_title(title)}|{author}|{entry.year or ''}"
        if not self._services.fresh(question):
            body = self._services.send(
                register.NAME, register.question(title, author), register.SPACING_S
            )
            if body is not None:
                self._services.keep(question, _best(register, entry, body))
        answer = self._services.kept(question)
        if answer is None:
            return self._services.known(question)
        url, sure = json.loads(answer)
        return Found(url, register.NAME, sure, bool(author))


def _best(register: Register, entry: Entry, body: bytes) -> str | None:
    """Return the surest open copy of an answer, as it is kept; None when none is sure enough."""
    try:
        works = register.read(body)
    except ValueError:
        return None
    rated = [(confidence(entry, work), work.url) for work in works if work.url]
    sure, url = max(rated, default=(0.0, None), key=lambda rating: rating[0])
    return json.dumps([url, sure]) if sure >= SURE else None


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
